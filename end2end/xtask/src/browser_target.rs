//! The standard library for browsers (wasm32-unknown-unknown).
//!
//! Where rustup can fetch it, rustup does. Where only package registries can be reached, it is
//! built from Debian's `rust-src` of the very same compiler version.

use std::fs;
use std::path::{Path, PathBuf};

use crate::shell::{has, must, output, program, target};

const TARGET: &str = "wasm32-unknown-unknown";
/// Suites that may hold the sources of this compiler, most likely first.
const SUITES: [&str; 3] = ["trixie-backports", "forky", "sid"];

/// Whether the compiler has it.
pub fn is_there() -> bool {
    library().is_ok_and(|folder| {
        fs::read_dir(folder).is_ok_and(|mut entries| {
            entries.any(|entry| {
                entry.is_ok_and(|e| e.file_name().to_string_lossy().starts_with("libstd-"))
            })
        })
    })
}

fn library() -> Result<PathBuf, String> {
    output(program("rustc").args(["--print", "target-libdir", "--target", TARGET]))
        .map(PathBuf::from)
}

/// Makes sure that it is there.
///
/// # Errors
/// A sentence that says what to do by hand.
pub fn ensure() -> Result<(), String> {
    if is_there() {
        return Ok(());
    }
    if has("rustup") {
        println!("    asking rustup for {TARGET}");
        let _ = program("rustup").args(["target", "add", TARGET]).status();
        if is_there() {
            return Ok(());
        }
    }
    println!("    rustup can't fetch it here: building it from Debian's rust-src");
    from_source().map_err(|why| {
        format!(
            "The browser target is missing and can't be built here: {why} Where the network \
             allows it, run: rustup target add {TARGET}"
        )
    })
}

fn from_source() -> Result<(), String> {
    let folder = target().join("browser-target");
    fs::create_dir_all(folder.join("lists")).map_err(|e| format!("{e}."))?;
    let version = output(program("rustc").arg("--version"))?;
    let version = version
        .split_whitespace()
        .nth(1)
        .unwrap_or_default()
        .to_owned();
    let sources = fetch(&folder, &version)?;
    let sysroot = PathBuf::from(output(program("rustc").args(["--print", "sysroot"]))?);
    let place = sysroot.join("lib/rustlib/src");
    fs::create_dir_all(&place).map_err(|e| format!("{e}."))?;
    let link = place.join("rust");
    if link.symlink_metadata().is_ok() {
        fs::remove_file(&link)
            .or_else(|_| fs::remove_dir_all(&link))
            .map_err(|e| format!("{e}."))?;
    }
    must(program("cp").arg("-a").arg(&sources).arg(&link))?;
    let built = build_stub(&folder)?;
    let library = sysroot.join("lib/rustlib").join(TARGET).join("lib");
    fs::create_dir_all(&library).map_err(|e| format!("{e}."))?;
    for entry in fs::read_dir(&built).map_err(|e| format!("{e}."))? {
        let path = entry.map_err(|e| format!("{e}."))?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.starts_with("lib") && name.ends_with(".rlib") && !name.starts_with("libstub-") {
            fs::copy(&path, library.join(&name)).map_err(|e| format!("{e}."))?;
        }
    }
    // What was built against another standard library can't be linked with this one.
    let _ = fs::remove_dir_all(target().join(TARGET));
    if is_there() {
        Ok(())
    } else {
        Err("the build left no library behind.".to_owned())
    }
}

/// Downloads and unpacks the sources of this compiler with the machine's own Debian mirror.
fn fetch(folder: &Path, version: &str) -> Result<PathBuf, String> {
    let unpacked = folder.join("x/usr/src").join(format!("rustc-{version}"));
    if unpacked.exists() {
        return Ok(unpacked);
    }
    let keyring = Path::new("/usr/share/keyrings/debian-archive-keyring.gpg");
    if !has("apt-get") || !keyring.exists() {
        return Err("this is not a Debian machine.".to_owned());
    }
    let mirror = mirror().ok_or("no Debian mirror is configured.")?;
    let list = folder.join("sources.list");
    let lines: Vec<String> = SUITES
        .iter()
        .map(|suite| {
            format!(
                "deb [signed-by={}] {mirror} {suite} main\n",
                keyring.display()
            )
        })
        .collect();
    let apt = |suite: usize, tool: &str| -> Result<std::process::Command, String> {
        fs::write(&list, lines.get(suite).cloned().unwrap_or_default())
            .map_err(|e| format!("{e}."))?;
        let mut command = program(tool);
        command.current_dir(folder).args([
            "-o".to_owned(),
            format!("Dir::Etc::sourcelist={}", list.display()),
            "-o".to_owned(),
            "Dir::Etc::sourceparts=/dev/null".to_owned(),
            "-o".to_owned(),
            format!("Dir::State::lists={}", folder.join("lists").display()),
        ]);
        Ok(command)
    };
    for (place, suite) in SUITES.iter().enumerate() {
        println!("    looking in {suite} for the sources of rustc {version}");
        if must(apt(place, "apt-get")?.args(["-qq", "update"])).is_err() {
            continue;
        }
        let found = output(apt(place, "apt-cache")?.args(["madison", "rust-src"]))?;
        let package = found
            .lines()
            .filter_map(|line| line.split('|').nth(1))
            .map(str::trim)
            .find(|candidate| candidate.split(['+', '-']).next() == Some(version));
        if let Some(package) = package {
            must(apt(place, "apt-get")?.args(["-qq", "download", &format!("rust-src={package}")]))?;
            let archive = fs::read_dir(folder)
                .map_err(|e| format!("{e}."))?
                .filter_map(|entry| Some(entry.ok()?.path()))
                .find(|path| path.extension().is_some_and(|end| end == "deb"))
                .ok_or("the package did not arrive.")?;
            must(
                program("dpkg")
                    .arg("-x")
                    .arg(&archive)
                    .arg(folder.join("x")),
            )?;
            let _ = fs::remove_file(archive);
            return if unpacked.exists() {
                Ok(unpacked)
            } else {
                Err("the package holds no sources.".to_owned())
            };
        }
    }
    Err(format!(
        "no suite of the Debian mirror has the sources of rustc {version}."
    ))
}

/// The mirror that this machine's apt uses for Debian itself.
fn mirror() -> Option<String> {
    let folder = Path::new("/etc/apt/sources.list.d");
    let modern = fs::read_dir(folder)
        .ok()
        .into_iter()
        .flatten()
        .filter_map(|entry| fs::read_to_string(entry.ok()?.path()).ok())
        .filter(|text| text.contains("debian-archive-keyring"))
        .find_map(|text| {
            text.lines()
                .find_map(|line| Some(line.strip_prefix("URIs:")?.trim().to_owned()))
        });
    modern.or_else(|| {
        fs::read_to_string("/etc/apt/sources.list")
            .ok()?
            .lines()
            .find_map(|line| {
                let rest = line.strip_prefix("deb ")?;
                rest.split_whitespace()
                    .find(|word| word.starts_with("http"))
                    .map(str::to_owned)
            })
    })
}

/// Builds an empty library for the target, and with it the standard library.
fn build_stub(folder: &Path) -> Result<PathBuf, String> {
    let stub = folder.join("stub");
    fs::create_dir_all(stub.join("src")).map_err(|e| format!("{e}."))?;
    let manifest =
        "[package]\nname = \"stub\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n[workspace]\n";
    fs::write(stub.join("Cargo.toml"), manifest).map_err(|e| format!("{e}."))?;
    fs::write(stub.join("src/lib.rs"), "").map_err(|e| format!("{e}."))?;
    let built = stub.join("target");
    // Bitcode is kept, since the browser part is linked with link-time optimisation.
    must(
        crate::shell::cargo()
            .current_dir(&stub)
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTFLAGS", "-Cembed-bitcode=yes")
            .env("CARGO_TARGET_DIR", &built)
            .args(["build", "--quiet", "--release", "--target", TARGET])
            .arg("-Zbuild-std=std,panic_abort"),
    )?;
    Ok(built.join(TARGET).join("release/deps"))
}
