//! What other registries bring: npm packages for the front end, Debian packages for the tests.

use std::path::Path;

use crate::shell::{end2end, has, must, output, program};
use crate::stamp;

/// The oldest Node that the front-end packages run on.
const NODE_AT_LEAST: u32 = 20;

/// Checks Node.
///
/// # Errors
/// One sentence with the command that fixes it.
pub fn node() -> Result<(), String> {
    let remedy = "Install it with your system's packages, for example: apt-get install nodejs npm";
    if !has("node") || !has("npm") {
        return Err(format!(
            "Node.js {NODE_AT_LEAST} or newer is missing. {remedy}"
        ));
    }
    let version = output(program("node").arg("--version"))?;
    let major = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|n| n.parse().ok());
    if major.unwrap_or(0) < NODE_AT_LEAST {
        return Err(format!(
            "Node.js {version} is too old; {NODE_AT_LEAST} is needed. {remedy}"
        ));
    }
    Ok(())
}

/// Installs the front-end packages as the lock file says.
///
/// # Errors
/// Those of npm.
pub fn npm() -> Result<(), String> {
    install(&end2end())
}

/// Installs the packages of a folder as its lock file says.
///
/// # Errors
/// Those of npm.
pub fn install(folder: &Path) -> Result<(), String> {
    node()?;
    let modules = folder.join("node_modules");
    let inputs = [
        folder.join("package.json"),
        folder.join("package-lock.json"),
    ];
    if !modules.exists() {
        std::fs::create_dir_all(&modules).map_err(|error| format!("{error}."))?;
    }
    let stamp_folder = modules.join(".cache");
    let work = || {
        must(program("npm").current_dir(folder).args([
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ]))?;
        std::fs::create_dir_all(&stamp_folder).map_err(|error| format!("{error}."))
    };
    stamp::unless_done(&stamp_folder, "npm", &inputs, work).map(drop)
}

/// Makes sure of Debian's packages for the tests: a database server, a browser.
///
/// # Errors
/// One sentence where one is missing and can't be installed.
pub fn debian() -> Result<(), String> {
    let mut missing = Vec::new();
    if crate::postgres::programs().is_none() {
        missing.push("postgresql");
    }
    if !Path::new("/usr/bin/chromium").exists() {
        missing.push("chromium");
    }
    if !Path::new("/usr/bin/chromedriver").exists() {
        missing.push("chromium-driver");
    }
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    let remedy = format!("The tests need {list}. Install with: apt-get install {list}");
    if !has("apt-get") {
        return Err(remedy);
    }
    println!("    installing {list}");
    let root = output(program("id").arg("-u"))? == "0";
    let apt = |arguments: &[&str]| {
        let mut command = if root {
            program("apt-get")
        } else {
            program("sudo")
        };
        if !root {
            command.args(["-n", "apt-get"]);
        }
        command
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(arguments);
        must(command.stdout(std::process::Stdio::null()))
    };
    apt(&["-qq", "update"]).map_err(|_| remedy.clone())?;
    let mut install = vec!["-qq", "install", "-y", "--no-install-recommends"];
    install.extend(missing.iter().copied());
    apt(&install).map_err(|_| remedy)
}
