//! Durable responses on each database, in turn with the loop that writes by hand.

use serde::Serialize;

use sea_orm::{ConnectionTrait, Database};

use crate::bench::durable::{self, Form};
use crate::bench::load::{Load, Measure, median};
use crate::bench::process::{Folder, Process};
use crate::bench::raw;
use crate::bench::stand::{self, Open};
use server::App;
use server::cli::CliError;

/// Clients at once, each in a closed loop.
const CLIENTS: [usize; 3] = [1, 16, 64];
/// Server processes on PostgreSQL.
const PROCESSES: usize = 3;
/// Connections of the loop on PostgreSQL.
const CONNECTIONS: usize = 16;

/// Responses by HTTP against the same rows by hand.
#[derive(Clone, Debug, Serialize)]
pub struct Durable {
    pub server_processes: usize,
    /// The middle run at each number of clients.
    pub by_clients: Vec<Load>,
    /// By hand, one response a commit.
    pub raw_one_a_commit: Load,
    /// By hand, 128 responses a commit; SQLite only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw_128_a_commit: Option<Load>,
    /// By hand through SQLite’s C interface, 128 responses a commit: the limit; SQLite only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw_in_c: Option<Load>,
    /// At 64 clients, over the loop: the middle of the runs.
    pub ratio_to_one_a_commit: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ratio_to_128_a_commit: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ratio_to_raw_in_c: Option<f64>,
    /// Of all servers, user and kernel, at 64 clients.
    pub cpu_ms_per_response: f64,
    pub runs: usize,
}

#[derive(Default)]
struct Turns {
    by_clients: [Vec<Load>; 3],
    one: Vec<Load>,
    many: Vec<Load>,
    in_c: Vec<Load>,
    cpu_ms: f64,
}

impl Turns {
    async fn servers(
        &mut self,
        servers: &[&Process],
        form: &Form,
        measure: Measure,
    ) -> Result<usize, CliError> {
        let addresses: Vec<_> = servers.iter().map(|server| server.address).collect();
        let mut sent = 0;
        for (clients, runs) in CLIENTS.into_iter().zip(&mut self.by_clients) {
            let before = cpu(servers)?;
            let load = form.load(&addresses, clients, measure.period).await?;
            self.cpu_ms = (cpu(servers)? - before) / load.requests.max(1) as f64;
            sent += load.requests;
            runs.push(load);
        }
        Ok(sent)
    }

    fn result(self, server_processes: usize) -> Durable {
        let middle = |runs: &[Load]| median(runs, |load| load.per_second);
        let most = self.by_clients.last().cloned().unwrap_or_default();
        let ratio = |to: &[Load]| {
            let ratios: Vec<f64> = most
                .iter()
                .zip(to)
                .map(|(our, raw)| our.per_second / raw.per_second)
                .collect();
            median(&ratios, |ratio| *ratio)
        };
        Durable {
            server_processes,
            by_clients: self
                .by_clients
                .iter()
                .filter_map(|runs| middle(runs))
                .collect(),
            ratio_to_one_a_commit: ratio(&self.one).unwrap_or_default(),
            ratio_to_128_a_commit: ratio(&self.many),
            ratio_to_raw_in_c: ratio(&self.in_c),
            raw_one_a_commit: middle(&self.one).unwrap_or_default(),
            raw_128_a_commit: middle(&self.many),
            raw_in_c: middle(&self.in_c),
            cpu_ms_per_response: self.cpu_ms,
            runs: self.one.len(),
        }
    }
}

fn cpu(servers: &[&Process]) -> Result<f64, CliError> {
    servers.iter().map(|server| server.cpu_ms()).sum()
}

/// On SQLite: `by_hand` is a copy of the database for the loop.
pub async fn sqlite(
    server: &Process,
    app: &App,
    open: &Open,
    by_hand: &str,
    measure: Measure,
) -> Result<Durable, CliError> {
    let form = durable::form(server.address, open).await?;
    let before = stored(app).await?;
    let mut turns = Turns::default();
    let mut sent = 0;
    for _ in 0..measure.runs {
        sent += turns.servers(&[server], &form, measure).await?;
        turns
            .one
            .push(raw::sqlite(by_hand, open, 1, measure.period).await?);
        turns
            .many
            .push(raw::sqlite(by_hand, open, 128, measure.period).await?);
        let in_c = raw::sqlite_in_c(by_hand, open, measure.period).await?;
        turns.in_c.push(in_c);
    }
    check(sent, stored(app).await? - before)?;
    Ok(turns.result(1))
}

/// On PostgreSQL, in two databases made for it on this server and removed again.
pub async fn postgresql(
    server: &str,
    folder: &Folder,
    measure: Measure,
) -> Result<Durable, CliError> {
    let name = format!("soundings_bench_{}", server::secret::token()?);
    let by_hand = format!("{name}_by_hand");
    let connection = Database::connect(server).await?;
    for name in [&name, &by_hand] {
        connection
            .execute_unprepared(&format!("CREATE DATABASE {name}"))
            .await?;
    }
    let measured = on_postgresql(server, &name, &by_hand, folder, measure).await;
    for name in [&name, &by_hand] {
        connection
            .execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)"))
            .await?;
    }
    connection.close().await?;
    measured
}

async fn on_postgresql(
    server: &str,
    name: &str,
    by_hand: &str,
    folder: &Folder,
    measure: Measure,
) -> Result<Durable, CliError> {
    let mut url = url::Url::parse(server)
        .map_err(|error| CliError::Usage(format!("--postgres is not a URL: {error}.")))?;
    url.set_path(by_hand);
    let raw_url = url.to_string();
    let (other, raw_open) = stand::prepare(folder.path(), &raw_url).await?;
    other.db.close().await;
    url.set_path(name);
    let (app, open) = stand::prepare(folder.path(), url.as_str()).await?;
    let mut servers = Vec::new();
    for _ in 0..PROCESSES {
        servers.push(stand::serve(folder.path(), url.as_str()).await?);
    }
    let all: Vec<&Process> = servers.iter().collect();
    let first = all.first().ok_or(CliError::Failed("No server.".into()))?;
    let form = durable::form(first.address, &open).await?;
    let before = stored(&app).await?;
    let mut turns = Turns::default();
    let mut sent = 0;
    for _ in 0..measure.runs {
        sent += turns.servers(&all, &form, measure).await?;
        turns
            .one
            .push(raw::postgres(&raw_url, &raw_open, CONNECTIONS, measure.period).await?);
    }
    check(sent, stored(&app).await? - before)?;
    app.db.close().await;
    Ok(turns.result(PROCESSES))
}

async fn stored(app: &App) -> Result<u64, CliError> {
    use sea_orm::{EntityTrait, PaginatorTrait};
    Ok(entity::response::Entity::find()
        .count(app.db.read())
        .await?)
}

/// What was acknowledged must be there, neither less nor more.
fn check(sent: usize, stored: u64) -> Result<(), CliError> {
    if sent as u64 == stored {
        return Ok(());
    }
    Err(CliError::Failed(format!(
        "{sent} responses were acknowledged, but {stored} are stored."
    )))
}
