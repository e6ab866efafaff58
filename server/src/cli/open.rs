//! What a command works on: the configured database, or the whole application.

use std::path::Path;

use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::sqlx::{self, ConnectOptions, Connection, Row};
use sea_orm::{ConnectionTrait, Statement};

use crate::cli::error::CliError;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, sqlite_file};

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
    if held(config).await? != Held::Site {
        return Err(CliError::Usage(
            "SOUNDINGS_DATABASE_URL names a database that holds no site of Soundings.".to_owned(),
        ));
    }
    open(config).await
}

/// What is in the configured database before anything is done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// No table, or not even a file.
    Nothing,
    /// A site of Soundings, of whatever version.
    Site,
    /// Tables of something else.
    Another,
}

/// Looks into the configured database. An SQLite file is only read: opened as one of ours, another
/// program's would be changed.
///
/// # Errors
/// It can't be read: a file that is no database, or a server that does not answer.
pub(super) async fn held(config: &Config) -> Result<Held, CliError> {
    let tables = match sqlite_file(&config.database_url) {
        Some(path) if !path.exists() => Vec::new(),
        Some(path) => tables_of_file(&path).await.map_err(|error| {
            CliError::Usage(format!(
                "SOUNDINGS_DATABASE_URL names {}, which can't be read as a database: {error}.",
                path.display()
            ))
        })?,
        None => tables(config).await?,
    };
    Ok(if tables.is_empty() {
        Held::Nothing
    } else if ["site_state", "seaql_migrations"]
        .iter()
        .all(|ours| tables.iter().any(|table| table == ours))
    {
        Held::Site
    } else {
        Held::Another
    })
}

async fn tables_of_file(path: &Path) -> Result<Vec<String>, sqlx::Error> {
    let options = SqliteConnectOptions::new().filename(path).read_only(true);
    let mut connection = options.connect().await?;
    let rows = sqlx::query("SELECT name FROM sqlite_master WHERE type = 'table'")
        .fetch_all(&mut connection)
        .await;
    connection.close().await?;
    rows?.iter().map(|row| row.try_get(0)).collect()
}

/// The tables where ours would be, without those of PostgreSQL's extensions.
async fn tables(config: &Config) -> Result<Vec<String>, CliError> {
    let db = open(config).await?;
    let asked = if db.is_sqlite() {
        "SELECT name FROM sqlite_master WHERE type = 'table'"
    } else {
        "SELECT CAST(c.relname AS TEXT) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'f') AND NOT EXISTS \
         (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"
    };
    let asked = Statement::from_string(db.backend(), asked);
    let rows = db.read().query_all_raw(asked).await;
    db.close().await;
    let rows = rows?;
    let names = rows.iter().map(|row| row.try_get_by_index::<String>(0));
    names.collect::<Result<_, _>>().map_err(CliError::from)
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
