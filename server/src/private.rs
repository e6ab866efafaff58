//! Files and folders that only the account of the server reads: databases, backups, letters. They hold
//! names and addresses.

use std::fs::{DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// A new file, or an emptied one, that only its owner reads and writes.
///
/// # Errors
/// Where it can't be made.
pub fn create_file(path: &Path) -> io::Result<File> {
    let file = writing().create(true).truncate(true).open(path)?;
    // One that was there keeps its mode when it is opened.
    file.set_permissions(Permissions::from_mode(0o600))?;
    Ok(file)
}

/// A new file that only its owner reads and writes; none where there is one of this name.
///
/// # Errors
/// Where it can't be made, because there is one too.
pub fn create_new_file(path: &Path) -> io::Result<File> {
    writing().create_new(true).open(path)
}

/// The same, but what is there already is left as it is.
///
/// # Errors
/// Where it can't be made.
pub fn create_missing_file(path: &Path) -> io::Result<()> {
    match create_new_file(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map(drop),
    }
}

/// A folder, with those above it, where it is missing; only its owner sees what is in it.
///
/// # Errors
/// Where it can't be made.
pub fn create_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

fn writing() -> OpenOptions {
    let mut options = File::options();
    options.write(true).mode(0o600);
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_is_its_owners_alone_and_what_is_there_is_left() {
        let folder = tempfile::tempdir().expect("a folder");
        let mode = |name: &str| {
            let found = std::fs::metadata(folder.path().join(name)).expect("there");
            found.permissions().mode() & 0o777
        };
        create_file(&folder.path().join("file")).expect("made");
        assert_eq!(mode("file"), 0o600);
        create_missing_file(&folder.path().join("new")).expect("made");
        assert_eq!(mode("new"), 0o600);
        std::fs::write(folder.path().join("new"), "words").expect("written");
        create_missing_file(&folder.path().join("new")).expect("left");
        let there = create_new_file(&folder.path().join("new")).expect_err("left");
        assert_eq!(there.kind(), io::ErrorKind::AlreadyExists);
        let kept = std::fs::read_to_string(folder.path().join("new"));
        assert_eq!(kept.expect("reads"), "words");
        create_folder(&folder.path().join("a/b")).expect("made");
        assert_eq!((mode("a"), mode("a/b")), (0o700, 0o700));
    }
}
