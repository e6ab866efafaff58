//! What a command works on: the configured database, or the whole application.

use crate::cli::error::CliError;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, sqlite_file};
use crate::record::site;

/// Opens the configured database.
///
/// # Errors
/// One sentence, without the password that the URL may hold.
pub async fn open(config: &Config) -> Result<Db, CliError> {
    Db::open(&config.database_url)
        .await
        .map_err(|error| CliError::Failed(format!("The database can't be opened: {error}.")))
}

/// The same for commands that only look: where there is no database, none is made.
///
/// # Errors
/// There is none, or it holds no site.
pub async fn open_existing(config: &Config) -> Result<Db, CliError> {
    if let Some(path) = sqlite_file(&config.database_url)
        && !path.exists()
    {
        return Err(CliError::Usage(format!(
            "SOUNDINGS_DATABASE_URL names a database that is not there: {}.",
            path.display()
        )));
    }
    let db = open(config).await?;
    // A database without our tables has no state to read.
    if site::state(db.read()).await.is_err() {
        db.close().await;
        return Err(CliError::Usage(
            "SOUNDINGS_DATABASE_URL names a database that holds no site of Soundings.".to_owned(),
        ));
    }
    Ok(db)
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
