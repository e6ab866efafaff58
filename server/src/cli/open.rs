//! What a command works on: the configured database, or the whole application.

use crate::cli::error::CliError;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;

/// Opens the configured database.
///
/// # Errors
/// One sentence, without the password that the URL may hold.
pub async fn open(config: &Config) -> Result<Db, CliError> {
    Db::open(&config.database_url)
        .await
        .map_err(|error| CliError::Failed(format!("The database can't be opened: {error}.")))
}

/// A running application for commands that use its use cases.
///
/// # Errors
/// Where the database or mail can't be used.
pub async fn application(config: Config) -> Result<crate::App, CliError> {
    let db = open(&config).await?;
    crate::db::migrate(&db).await?;
    crate::App::new(config, db, Clock::default()).map_err(|e| CliError::Usage(e.to_string()))
}
