//! Keys that the program makes for itself: files beside an SQLite database.
//!
//! Invariant: a key is 256 random bits, made once; its file is for its owner alone, is there whole or
//! not at all, and is never written over. Its value is in no log and in no backup of the database.
//! Deliberately not here: what a key is for (`config`).

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::private;
use crate::secret::hex;

/// Where a key of a database is, or is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFile(PathBuf);

/// Why a key can't be had, in one sentence.
#[derive(Debug, thiserror::Error)]
#[error("The key {}: {why}.", path.display())]
pub struct KeyRefused {
    path: PathBuf,
    why: String,
}

/// A fresh key in hexadecimal.
///
/// # Errors
/// Where the operating system gives no randomness.
pub fn fresh() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)?;
    Ok(hex(&bytes))
}

impl KeyFile {
    /// The file of this ending beside a database.
    pub fn beside(database: &Path, ending: &str) -> Self {
        let mut name = database.as_os_str().to_owned();
        name.push(".");
        name.push(ending);
        Self(PathBuf::from(name))
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The key, where there is one.
    ///
    /// # Errors
    /// A file that others may read, or that holds no key.
    pub fn read(&self) -> Result<Option<String>, KeyRefused> {
        let text = match std::fs::read_to_string(&self.0) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.refused(format!("it can't be read ({error})"))),
        };
        let mode = std::fs::metadata(&self.0)
            .map_err(|error| self.refused(format!("it can't be read ({error})")))?
            .permissions()
            .mode();
        if mode & 0o077 != 0 {
            return Err(self.refused("others can read it: give it the file mode 600".to_owned()));
        }
        let key = text.trim();
        if key.len() != 64 || !key.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(self.refused("it does not hold 64 hexadecimal digits".to_owned()));
        }
        Ok(Some(key.to_ascii_lowercase()))
    }

    /// Stores a fresh key, and says so once in the log; the key that is there where another program
    /// was first.
    ///
    /// # Errors
    /// Where it can't be written.
    pub fn keep(&self, fresh: &str) -> Result<String, KeyRefused> {
        let written = self
            .write(fresh)
            .map_err(|error| self.refused(format!("it can't be written ({error})")))?;
        if written {
            tracing::info!(
                file = %self.0.display(),
                "a key was made; no backup of the database holds it: keep a copy of it apart"
            );
            return Ok(fresh.to_owned());
        }
        self.read()?
            .ok_or_else(|| self.refused("it was there and is gone".to_owned()))
    }

    /// Whether the file is new. It has its name only once it is on the disk.
    fn write(&self, key: &str) -> std::io::Result<bool> {
        let mut part = self.0.as_os_str().to_owned();
        part.push(format!(".part-{}", std::process::id()));
        let _ = std::fs::remove_file(&part);
        let linked = self.write_as(Path::new(&part), key);
        let _ = std::fs::remove_file(&part);
        linked
    }

    fn write_as(&self, part: &Path, key: &str) -> std::io::Result<bool> {
        let mut file = private::create_new_file(part)?;
        writeln!(file, "{key}")?;
        file.sync_all()?;
        match std::fs::hard_link(part, &self.0) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => return Ok(false),
            Err(error) => return Err(error),
        }
        let folder = self.0.parent().filter(|path| !path.as_os_str().is_empty());
        std::fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
        Ok(true)
    }

    fn refused(&self, why: String) -> KeyRefused {
        KeyRefused {
            path: self.0.clone(),
            why,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_for_its_owner_alone_and_never_written_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = KeyFile::beside(&folder.path().join("s.db"), "secret");
        assert_eq!(file.read().expect("reads"), None);
        let (first, second) = (fresh().expect("random"), fresh().expect("random"));
        assert_ne!(first, second);
        assert_eq!(file.keep(&first).expect("kept"), first);
        assert_eq!(file.keep(&second).expect("there"), first, "who was first");
        let mode = std::fs::metadata(file.path()).expect("there").permissions();
        assert_eq!(mode.mode() & 0o777, 0o600);
        let left = std::fs::read_dir(folder.path()).expect("reads").count();
        assert_eq!(left, 1, "nothing half-made is left");
    }

    #[test]
    fn a_file_that_others_can_read_or_that_holds_no_key_is_refused_and_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = KeyFile::beside(&folder.path().join("s.db"), "secret");
        let key = file.keep(&fresh().expect("random")).expect("kept");
        let open =
            |mode| std::fs::set_permissions(file.path(), std::fs::Permissions::from_mode(mode));
        for mode in [0o640, 0o604] {
            open(mode).expect("changed");
            let said = file.read().expect_err("refused").to_string();
            assert!(said.contains("600") && !said.contains(&key), "{said}");
        }
        open(0o600).expect("changed");
        for text in ["", "short", &"g".repeat(64), &"a".repeat(65)] {
            std::fs::write(file.path(), text).expect("writes");
            file.read().expect_err("no key");
            file.keep(&key).expect_err("not written over");
        }
    }
}
