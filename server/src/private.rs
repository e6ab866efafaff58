//! Files and folders that only the account of the server reads: databases, backups, letters. They hold
//! names and addresses.

use std::fs::File;
use std::io;
use std::path::Path;

/// A new file, or an emptied one, that only its owner reads and writes.
///
/// # Errors
/// Where it can't be made.
pub fn create_file(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    let file = owners_alone(options).open(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
    }
    Ok(file)
}

/// The same, but what is there already is left as it is.
///
/// # Errors
/// Where it can't be made.
pub fn create_missing_file(path: &Path) -> io::Result<()> {
    let mut options = File::options();
    options.write(true).create_new(true);
    match owners_alone(options).open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map(drop),
    }
}

/// A folder, with those above it, where it is missing; only its owner sees what is in it.
///
/// # Errors
/// Where it can't be made.
pub fn create_folder(path: &Path) -> io::Result<()> {
    let mut folder = std::fs::DirBuilder::new();
    folder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        folder.mode(0o700);
    }
    folder.create(path)
}

fn owners_alone(options: std::fs::OpenOptions) -> std::fs::OpenOptions {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let mut options = options;
        options.mode(0o600);
        options
    }
    #[cfg(not(unix))]
    options
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

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
        let kept = std::fs::read_to_string(folder.path().join("new"));
        assert_eq!(kept.expect("reads"), "words");
        create_folder(&folder.path().join("a/b")).expect("made");
        assert_eq!((mode("a"), mode("a/b")), (0o700, 0o700));
    }
}
