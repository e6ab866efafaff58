//! Styles, fonts and the browser part, put where the server embeds them from.

use std::fs;
use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::Bindgen;

use crate::shell::{cargo, end2end, must, program, root, site, target};
use crate::{browser_target, packages, stamp};

/// What the compiler uses and every browser of the last years knows; no more than that.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];
const FONT: &str = "node_modules/@fontsource-variable/atkinson-hyperlegible-next";

/// How the browser part is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// Soon, and larger: for development and journeys.
    Soon,
    /// As small as it gets: what residents load, and what is measured.
    Small,
}

impl Browser {
    fn stamp(self) -> &'static str {
        match self {
            Browser::Soon => "islands-soon",
            Browser::Small => "islands-small",
        }
    }
}

/// Builds what has changed and returns the folder. What is there small serves where it may be large.
///
/// # Errors
/// The first step that fails.
pub fn build(browser: Browser) -> Result<PathBuf, String> {
    packages::npm()?;
    let site = site();
    for folder in ["islands", "fonts"] {
        fs::create_dir_all(site.join(folder)).map_err(|error| format!("{error}."))?;
    }
    let lock = end2end().join("package-lock.json");
    let styles = stamp::unless_done(
        &site,
        "styles",
        &[root().join("style"), lock.clone()],
        styles,
    )?;
    let script = end2end().join("support/pack.mjs");
    let inputs = [
        root().join("app"),
        root().join("Cargo.toml"),
        root().join("Cargo.lock"),
        root().join("end2end/xtask/src/assets.rs"),
        lock,
    ];
    let small = Browser::Small.stamp();
    let islands = if browser == Browser::Soon && stamp::is_done(&site, small, &inputs) {
        false
    } else {
        stamp::unless_done(&site, browser.stamp(), &inputs, || islands(browser))?
    };
    if styles || islands {
        println!("    packing");
        must(program("node").arg(script).arg(&site))?;
    }
    Ok(site)
}

fn styles() -> Result<(), String> {
    println!("    styles and fonts");
    let (root, site) = (root(), site());
    must(
        program("node")
            .arg(end2end().join("node_modules/sass/sass.js"))
            .args(["--quiet-deps", "--style=compressed", "--no-source-map"])
            .arg(format!(
                "--load-path={}",
                end2end().join("node_modules").display()
            ))
            .arg(root.join("style/main.scss"))
            .arg(site.join("app.css")),
    )?;
    let copy = |from: &Path, to: &str| {
        fs::copy(from, site.join(to))
            .map(drop)
            .map_err(|error| format!("{} can't be copied: {error}.", from.display()))
    };
    copy(&root.join("style/loader.js"), "loader.js")?;
    let font = end2end().join(FONT);
    copy(
        &font.join("files/atkinson-hyperlegible-next-latin-wght-normal.woff2"),
        "fonts/atkinson-hyperlegible-next-latin.woff2",
    )?;
    copy(&font.join("LICENSE"), "fonts/LICENCE.txt")
}

fn islands(browser: Browser) -> Result<(), String> {
    browser_target::ensure()?;
    println!("    the browser part");
    for other in [Browser::Soon, Browser::Small] {
        stamp::forget(&site(), other.stamp());
    }
    let (settings, folder): (&[&str], &str) = match browser {
        // In the profile of the server, so that what runs while both are built is built once.
        Browser::Soon => (&["--config=profile.dev.opt-level=\"s\""], "debug"),
        Browser::Small => (&["--profile=wasm-release"], "wasm-release"),
    };
    must(
        cargo()
            .args([
                "rustc",
                "--quiet",
                "--package=app",
                "--lib",
                "--crate-type=cdylib",
                "--target=wasm32-unknown-unknown",
                "--no-default-features",
                "--features=hydrate",
            ])
            .args(settings),
    )?;
    let wasm = target().join(format!("wasm32-unknown-unknown/{folder}/app.wasm"));
    let folder = site().join("islands");
    Bindgen::new()
        .input_path(&wasm)
        .web(true)
        .and_then(|bindgen| {
            bindgen
                .typescript(false)
                .remove_producers_section(true)
                .generate(&folder)
        })
        .map_err(|error| format!("wasm-bindgen failed: {error:#}."))?;
    let module = folder.join("app_bg.wasm");
    must(
        program("node")
            .arg(end2end().join("node_modules/binaryen/bin/wasm-opt"))
            .arg("-Oz")
            .args(FEATURES)
            .arg(&module)
            .arg("-o")
            .arg(&module),
    )
}
