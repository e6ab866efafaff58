//! Acknowledged, durable votes on statements: each from a browser that was never here before.
//!
//! Invariant: a vote counts only when the server has acknowledged it by a redirect, and the rows
//! are counted afterwards.

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::bench::client::{Client, post};
use crate::bench::durable::input;
use crate::bench::load::{self, Load, Measure, median};
use crate::bench::process::Process;
use server::App;
use server::cli::CliError;

const CLIENTS: usize = 64;

/// The middle run of votes by so many people at once.
///
/// # Errors
/// Where nothing is open to votes, an answer is unexpected, or votes and rows differ.
pub async fn sqlite(server: &Process, app: &App, measure: Measure) -> Result<Load, CliError> {
    let (path, statement) = open(server, app).await?;
    let before = stored(app).await?;
    let (mut runs, mut sent) = (Vec::new(), 0);
    for _ in 0..measure.runs {
        let (path, body) = (path.clone(), format!("statement={statement}&vote=agree"));
        let servers = [server.address];
        let load = load::run(&servers, CLIENTS, measure.period, 303, move |address| {
            post(address, &path, &body, "").into_bytes()
        })
        .await?;
        sent += load.requests as u64;
        runs.push(load);
    }
    let stored = stored(app).await? - before;
    if stored != sent {
        return Err(CliError::Failed(format!(
            "{sent} votes were acknowledged, but {stored} are stored."
        )));
    }
    Ok(median(&runs, |load| load.per_second).unwrap_or_default())
}

/// The address of a voting page that is open, and the statement it shows.
async fn open(server: &Process, app: &App) -> Result<(String, String), CliError> {
    let mut client = Client::connect(server.address).await?;
    let published = entity::consultation::Entity::find()
        .filter(entity::consultation::Column::PublishedAt.is_not_null())
        .all(app.db.read())
        .await?;
    for row in published {
        let path = app::paths::vote(&row.slug);
        let page = client.get(&path, "").await?;
        if let Some(statement) = input(&page.text(), "statement") {
            return Ok((path, statement));
        }
    }
    Err(CliError::Failed("Nothing is open to votes.".into()))
}

async fn stored(app: &App) -> Result<u64, CliError> {
    Ok(entity::statement_vote::Entity::find()
        .count(app.db.read())
        .await?)
}
