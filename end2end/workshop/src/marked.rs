//! Which databases the workshop may write into: an empty one, and one that is marked as a
//! demonstration.
//!
//! Invariant: a database with anything real in it is refused before anything is written, its schema
//! included. The mark is never taken away, and `soundings serve` refuses a public address under it.

use domain::account::read::DemonstrationPerson;
use entity::{demonstration_person, site_state};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, QueryFilter,
};
use server::App;
use server::cli::CliError;
use server::clock::Clock;
use server::config::Config;
use server::council::rows::locks;
use server::db::Db;
use server::granted::Granted;
use server::record::site;

/// Where something real would be.
const OCCUPIED: [&str; 6] = [
    "organisation",
    "team",
    "person",
    "area",
    "consultation",
    "concern",
];

/// Opens the configured database, refuses it where it is neither empty nor marked, and brings it to
/// the newest schema.
///
/// # Errors
/// [`CliError::Usage`] where it is refused.
pub async fn application(config: Config) -> Result<App, CliError> {
    let db = server::cli::open(&config).await?;
    refuse_others(&db).await?;
    server::db::migrate(&db).await?;
    App::new(config, db, Clock::default()).map_err(|e| CliError::Usage(e.to_string()))
}

/// Opens the configured database where it is marked, and brings it to the newest schema. Where there is
/// none, none is made.
///
/// # Errors
/// [`CliError::Usage`] where it is not there or not marked; for one that is empty, with this sentence.
pub async fn only_marked(config: Config, empty: &str) -> Result<App, CliError> {
    let db = server::cli::open_existing(&config).await?;
    refuse_others(&db).await?;
    if !is_marked(db.read()).await? {
        return Err(CliError::Usage(empty.to_owned()));
    }
    server::db::migrate(&db).await?;
    App::new(config, db, Clock::default()).map_err(|e| CliError::Usage(e.to_string()))
}

/// Refuses a database that is neither empty nor marked as a demonstration.
///
/// # Errors
/// [`CliError::Usage`] with the sentence.
pub async fn refuse_others(db: &Db) -> Result<(), CliError> {
    if is_marked(db.read()).await? || is_empty(db.read()).await? {
        return Ok(());
    }
    Err(CliError::Usage(
        "This database holds something that is not a demonstration: name an empty one in \
         SOUNDINGS_DATABASE_URL."
            .to_owned(),
    ))
}

/// Marks an empty database as a demonstration, for good.
///
/// # Errors
/// [`CliError::Usage`] where it is neither empty nor marked already.
pub async fn mark(app: &App) -> Result<(), CliError> {
    refuse_others(&app.db).await?;
    mark_regardless(app).await
}

/// Marks a database whatever is in it: for tests that begin with people and nothing else.
///
/// # Errors
/// Where the database can't be written.
pub async fn mark_regardless(app: &App) -> Result<(), CliError> {
    let tx = app.db.begin().await?;
    let locked = locks::lock_partnership(&tx).await?;
    let granted = Granted::to_the_program(&tx, app.clock.now(), locked).await;
    site::changed(&granted).await?;
    site_state::Entity::update_many()
        .col_expr(site_state::Column::IsDemonstration, Expr::value(true))
        .filter(site_state::Column::Id.eq(1))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Stores whom the sign-in page shows, in place of those it showed before.
///
/// # Errors
/// [`CliError::Usage`] where the database is not marked: a real one holds no passwords.
pub async fn show_on_sign_in(app: &App, people: &[DemonstrationPerson]) -> Result<(), CliError> {
    let tx = app.db.begin().await?;
    if !is_marked(&tx).await? {
        return Err(CliError::Usage(
            "Only a database that is marked as a demonstration shows passwords.".to_owned(),
        ));
    }
    demonstration_person::Entity::delete_many()
        .exec(&tx)
        .await?;
    let rows = (1..).zip(people).map(|(id, person)| {
        let person = person.clone();
        demonstration_person::ActiveModel {
            id: Set(id),
            name: Set(person.name),
            role: Set(person.role),
            email: Set(person.email),
            password: Set(person.password),
        }
    });
    demonstration_person::Entity::insert_many(rows)
        .exec_without_returning(&tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

// By hand, as the schema may be an older one here, or none.

async fn is_marked(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let marked = "SELECT 1 FROM site_state WHERE is_demonstration LIMIT 1";
    Ok(has_table(db, "site_state").await? && any(db, marked).await?)
}

async fn is_empty(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    for table in OCCUPIED {
        let query = format!("SELECT 1 FROM {table} LIMIT 1");
        if has_table(db, table).await? && any(db, &query).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn has_table(db: &impl ConnectionTrait, table: &str) -> Result<bool, DbErr> {
    let query = match db.get_database_backend() {
        DbBackend::Sqlite => {
            format!("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '{table}'")
        }
        _ => format!("SELECT 1 WHERE to_regclass('{table}') IS NOT NULL"),
    };
    any(db, &query).await
}

async fn any(db: &impl ConnectionTrait, query: &str) -> Result<bool, DbErr> {
    let statement = sea_orm::Statement::from_string(db.get_database_backend(), query);
    Ok(db.query_one_raw(statement).await?.is_some())
}
