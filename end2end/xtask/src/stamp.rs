//! Doing a step only when what it depends on has changed.
//!
//! A stamp is a digest of names and contents (FNV-1a, 64 bits): it guards work, not security.

use std::fs;
use std::path::{Path, PathBuf};

/// A digest of everything under these paths.
pub fn of(paths: &[PathBuf]) -> String {
    let mut digest = 0xcbf2_9ce4_8422_2325_u64;
    for path in paths {
        add(path, &mut digest);
    }
    format!("{digest:016x}")
}

fn add(path: &Path, digest: &mut u64) {
    let mut feed = |bytes: &[u8]| {
        for byte in bytes {
            *digest = (*digest ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    };
    if path.is_dir() {
        let mut entries: Vec<PathBuf> = fs::read_dir(path)
            .map(|entries| {
                entries
                    .filter_map(|entry| Some(entry.ok()?.path()))
                    .collect()
            })
            .unwrap_or_default();
        entries.sort();
        for entry in entries {
            if !entry.ends_with("node_modules") && !entry.ends_with("target") {
                add(&entry, digest);
            }
        }
    } else if let Ok(bytes) = fs::read(path) {
        feed(path.file_name().unwrap_or_default().as_encoded_bytes());
        feed(&bytes);
    }
}

/// Whether the stamp of this name says that the work was done on this input.
pub fn is_done(folder: &Path, name: &str, inputs: &[PathBuf]) -> bool {
    fs::read_to_string(file(folder, name)).is_ok_and(|then| then == of(inputs))
}

/// Removes the stamp of this name.
pub fn forget(folder: &Path, name: &str) {
    let _ = fs::remove_file(file(folder, name));
}

fn file(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!(".{name}.stamp"))
}

/// Does the work unless the stamp of this name says that it was done on the same input.
///
/// # Errors
/// The work's own; then there is no stamp.
pub fn unless_done(
    folder: &Path,
    name: &str,
    inputs: &[PathBuf],
    work: impl FnOnce() -> Result<(), String>,
) -> Result<bool, String> {
    let stamp = file(folder, name);
    let now = of(inputs);
    if fs::read_to_string(&stamp).is_ok_and(|then| then == now) {
        return Ok(false);
    }
    let _ = fs::remove_file(&stamp);
    work()?;
    fs::write(&stamp, now)
        .map_err(|error| format!("{} can't be written: {error}.", stamp.display()))?;
    Ok(true)
}
