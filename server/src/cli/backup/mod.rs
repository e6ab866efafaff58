//! `soundings backup FILE` and `soundings restore FILE`.
//!
//! A backup is one file: a first line that says what it is, of which kind, how long and with which
//! SHA-256, then the content as the database itself writes it (SQLite's `VACUUM INTO`, PostgreSQL's
//! `pg_dump`). Invariant: a backup is whole or not there; nothing is restored from a damaged one,
//! nor over anything.

mod postgresql;

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};

use crate::cli::open::{Held, held};
use crate::cli::{CliError, open_existing};
use crate::config::Config;
use crate::db::{Db, sqlite_file};
use crate::private;
use crate::secret::hex;

const MARK: &str = "SOUNDINGS-BACKUP-1";

/// Write everything to one file, while the site may go on
#[derive(Args, Debug)]
pub struct Backup {
    /// The file to write; it must not exist
    file: PathBuf,
}

/// Bring a backup back into an empty database
#[derive(Args, Debug)]
pub struct Restore {
    /// A file that `soundings backup` wrote
    file: PathBuf,
}

impl Backup {
    /// Writes it.
    pub async fn run(self, config: Config) -> Result<(), CliError> {
        if self.file.exists() {
            return Err(CliError::Usage(format!(
                "{} exists already: name another file.",
                self.file.display()
            )));
        }
        let content = beside(&self.file, "content");
        let db = open_existing(&config).await?;
        let written =
            private::create_file(&content).map_err(|error| cannot(&content, "written", &error));
        let written = match written {
            Err(error) => Err(error),
            Ok(_) if db.is_sqlite() => vacuum_into(&db, &content).await,
            Ok(file) => postgresql::dump(&config.database_url, file),
        };
        db.close().await;
        let kind = if db.is_sqlite() {
            "sqlite"
        } else {
            "postgresql"
        };
        let packed = written.and_then(|()| pack(kind, &content, &self.file));
        let _ = std::fs::remove_file(&content);
        let bytes = packed?;
        println!(
            "{} holds everything in the database, in {bytes} bytes. The keys beside it, or in \
             SOUNDINGS_SECRET, are not in it: keep a copy of them apart.",
            self.file.display()
        );
        Ok(())
    }
}

impl Restore {
    /// Brings it back.
    pub async fn run(self, config: Config) -> Result<(), CliError> {
        let kind = if config.database_url.starts_with("sqlite:") {
            "sqlite"
        } else {
            "postgresql"
        };
        refuse_occupied(&config).await?;
        let target = match sqlite_file(&config.database_url) {
            Some(path) => path,
            None => self.file.clone(),
        };
        let content = beside(&target, "restoring");
        let done = match unpack(kind, &self.file, &content) {
            Err(error) => Err(error),
            Ok(()) if kind == "sqlite" => place_sqlite(&content, &target).await,
            Ok(()) => postgresql::load(&config.database_url, &content),
        };
        let _ = std::fs::remove_file(&content);
        done?;
        println!("Restored from {}.", self.file.display());
        Ok(())
    }
}

fn cannot(file: &Path, what: &str, error: &std::io::Error) -> CliError {
    CliError::Failed(format!("{} can't be {what}: {error}.", file.display()))
}

fn beside(file: &Path, what: &str) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{what}-{}", std::process::id()));
    file.with_file_name(name)
}

async fn vacuum_into(db: &Db, file: &Path) -> Result<(), CliError> {
    let name = file.display().to_string().replace('\'', "''");
    db.read()
        .execute_unprepared(&format!("VACUUM INTO '{name}'"))
        .await
        .map_err(|error| CliError::Failed(format!("The backup can't be written: {error}.")))?;
    Ok(())
}

/// Puts the first line before the content, on the disk before it has its name.
fn pack(kind: &str, content: &Path, file: &Path) -> Result<u64, CliError> {
    let (digest, length) = digest_of(&mut File::open(content)?)?;
    let part = beside(file, "part");
    let mut out = private::create_file(&part)?;
    writeln!(out, "{MARK} {kind} {length} {digest}")?;
    std::io::copy(&mut File::open(content)?, &mut out)?;
    out.sync_all()?;
    std::fs::rename(&part, file)?;
    Ok(length)
}

/// Checks the first line against the content, and writes the content out.
fn unpack(kind: &str, file: &Path, content: &Path) -> Result<(), CliError> {
    let damaged = |why: &str| {
        CliError::Usage(format!(
            "{} is damaged: {why}. Nothing was restored.",
            file.display()
        ))
    };
    let opened = File::open(file)
        .map_err(|error| CliError::Usage(format!("{} can't be read: {error}.", file.display())))?;
    let mut reader = BufReader::new(opened);
    let mut first = Vec::new();
    reader.by_ref().take(200).read_until(b'\n', &mut first)?;
    let first = String::from_utf8_lossy(&first).into_owned();
    let words: Vec<&str> = first.split_whitespace().collect();
    let [MARK, of, length, digest] = words.as_slice() else {
        return Err(CliError::Usage(format!(
            "{} is not a backup of Soundings.",
            file.display()
        )));
    };
    if *of != kind {
        return Err(CliError::Usage(format!(
            "The backup is of {of} and SOUNDINGS_DATABASE_URL names {kind}."
        )));
    }
    let mut out =
        private::create_file(content).map_err(|error| cannot(content, "written", &error))?;
    let copied = std::io::copy(&mut reader, &mut out)?;
    out.sync_all()?;
    if copied.to_string() != *length {
        return Err(damaged("its length is not the one it was written with"));
    }
    if digest_of(&mut File::open(content)?)?.0 != *digest {
        return Err(damaged("its checksum is not the one it was written with"));
    }
    Ok(())
}

fn digest_of(reader: &mut impl Read) -> Result<(String, u64), CliError> {
    let mut digest = Sha256::new();
    let mut length = 0;
    let mut buffer = vec![0_u8; 1 << 16];
    loop {
        let read = reader.read(&mut buffer)?;
        if read == 0 {
            return Ok((hex(&digest.finalize()), length));
        }
        digest.update(buffer.get(..read).unwrap_or_default());
        length += read as u64;
    }
}

async fn refuse_occupied(config: &Config) -> Result<(), CliError> {
    let occupied = |by: &str| {
        Err(CliError::Usage(format!(
            "SOUNDINGS_DATABASE_URL names a database that {by}: name an empty one."
        )))
    };
    match held(config).await? {
        Held::Nothing => Ok(()),
        Held::Site => occupied("is in use"),
        Held::Another => occupied("holds something else"),
    }
}

/// Asks SQLite itself whether the content is sound, then gives it its name.
async fn place_sqlite(content: &Path, target: &Path) -> Result<(), CliError> {
    let db = Db::open(&format!("sqlite://{}", content.display())).await?;
    let sound = db
        .read()
        .query_one_raw(sea_orm::Statement::from_string(
            sea_orm::DbBackend::Sqlite,
            "PRAGMA integrity_check",
        ))
        .await?
        .and_then(|row| row.try_get_by_index::<String>(0).ok());
    db.close().await;
    for ending in ["-wal", "-shm"] {
        let mut name = content.as_os_str().to_owned();
        name.push(ending);
        let _ = std::fs::remove_file(name);
    }
    if sound.as_deref() != Some("ok") {
        return Err(CliError::Failed(
            "SQLite finds the content of the backup unsound. Nothing was restored.".to_owned(),
        ));
    }
    std::fs::rename(content, target)?;
    Ok(())
}
