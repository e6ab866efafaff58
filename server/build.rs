//! Makes sure that the folder of browser assets exists, so that a plain `cargo check` works.
//! `cargo xtask assets` fills it; its path comes in SOUNDINGS_SITE_DIR.

use std::path::PathBuf;

fn main() {
    println!("cargo::rerun-if-env-changed=SOUNDINGS_SITE_DIR");
    println!("cargo::rerun-if-env-changed=CARGO_TARGET_DIR");
    let folder = std::env::var("SOUNDINGS_SITE_DIR")
        .map(PathBuf::from)
        .unwrap_or_else(|_| {
            let target = std::env::var("CARGO_TARGET_DIR")
                .map(PathBuf::from)
                .unwrap_or_else(|_| {
                    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
                        .join("..")
                        .join("target")
                });
            target.join("site")
        });
    if let Err(error) = std::fs::create_dir_all(&folder) {
        println!("cargo::error=the folder of browser assets can't be made: {error}");
    }
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rustc-env=SOUNDINGS_SITE_DIR={}", folder.display());
}
