//! PostgreSQL's own programs do the work; the password goes by environment, never by argument.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::cli::CliError;

pub(super) fn dump(url: &str, file: File) -> Result<(), CliError> {
    let mut command = program("pg_dump", url)?;
    command
        .args(["--format=custom", "--no-owner", "--no-privileges"])
        .stdout(file);
    run(command, "pg_dump")
}

pub(super) fn load(url: &str, file: &Path) -> Result<(), CliError> {
    let mut command = program("pg_restore", url)?;
    let name = decode(url::Url::parse(url)?.path().trim_start_matches('/'));
    command
        .args([
            "--no-owner",
            "--no-privileges",
            "--exit-on-error",
            "--single-transaction",
        ])
        .arg(format!("--dbname={name}"))
        .stdin(File::open(file)?);
    run(command, "pg_restore")
}

fn program(name: &str, url: &str) -> Result<Command, CliError> {
    let url = url::Url::parse(url)?;
    let mut command = Command::new(name);
    command
        .env("PGDATABASE", decode(url.path().trim_start_matches('/')))
        .stderr(Stdio::inherit());
    if let Some(host) = url.host_str().filter(|host| !host.is_empty()) {
        command.env("PGHOST", decode(host));
    }
    if let Some((_, host)) = url.query_pairs().find(|(key, _)| key == "host") {
        command.env("PGHOST", host.as_ref());
    }
    if let Some(port) = url.port() {
        command.env("PGPORT", port.to_string());
    }
    if !url.username().is_empty() {
        command.env("PGUSER", decode(url.username()));
    }
    if let Some(password) = url.password() {
        command.env("PGPASSWORD", decode(password));
    }
    Ok(command)
}

/// A part of an address without its percent signs.
fn decode(text: &str) -> String {
    url::form_urlencoded::parse(format!("v={}", text.replace('+', "%2B")).as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

fn run(mut command: Command, name: &str) -> Result<(), CliError> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(CliError::Failed(format!(
            "{name} failed; it says why above."
        ))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(CliError::Usage(
            format!("{name} is not on this machine: install Debian's postgresql-client package."),
        )),
        Err(error) => Err(CliError::Failed(format!("{name} can't be run: {error}."))),
    }
}
