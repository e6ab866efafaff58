//! `workshop bench`: measures the product on loopback.
//!
//! It starts servers of its own (`soundings`, as built beside this program) on databases of its own,
//! loads them with a small client, and prints what came out. Where the answer is a ratio, the two
//! sides take turns (A-B-A-B) and the middle ratio of the runs is reported, since other work shares
//! the machine: load before and after is part of the answer. Invariant: nothing it made is left behind.

mod bare;
mod client;
mod durable;
mod load;
mod machine;
mod pages;
mod process;
mod raw;
mod report;
mod responses;
mod sizes;
mod stand;
mod start;
mod stored;
mod votes;

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use client::Client;
use load::Measure;
use process::{Folder, Process};
use report::Report;
use server::cli::CliError;
use server::config::Config;

/// Measure this build on this machine
#[derive(Args, Debug)]
pub struct Bench {
    /// Print one JSON object instead of a table
    #[arg(long)]
    json: bool,
    /// A PostgreSQL server on which databases may be made, such as postgres://me@127.0.0.1/postgres
    #[arg(long)]
    postgres: Option<String>,
    /// Shorter runs and less data
    #[arg(long)]
    quick: bool,
    /// Serve this file and nothing else: what pages are measured against
    #[arg(long, hide = true)]
    bare: Option<PathBuf>,
}

impl Bench {
    /// Measures and prints.
    ///
    /// # Errors
    /// Where a server can't be started or answers anything unexpected.
    pub async fn run(self, config: Config) -> Result<(), CliError> {
        if let Some(file) = &self.bare {
            return bare::serve(file, &config).await;
        }
        let report = self.measure().await?;
        if self.json {
            println!("{}", serde_json::to_string_pretty(&report)?);
        } else {
            print!("{}", report.text());
        }
        Ok(())
    }

    async fn measure(&self) -> Result<Report, CliError> {
        let measure = Measure {
            period: Duration::from_millis(if self.quick { 500 } else { 2_000 }),
            runs: if self.quick { 1 } else { 5 },
        };
        let machine = machine::Machine::new()?;
        let folder = Folder::new()?;
        eprintln!("Making a demonstration and a consultation …");
        let file = folder.path().join("soundings.db").display().to_string();
        let url = format!("sqlite://{file}");
        let (app, open) = stand::prepare(folder.path(), &url).await?;
        let by_hand = folder.path().join("by-hand.db").display().to_string();
        let empty = folder.path().join("empty.db").display().to_string();
        copy(&app, &by_hand).await?;
        copy(&app, &empty).await?;

        eprintln!("Starting a server …");
        let mut server = stand::serve(folder.path(), &url).await?;
        let idle_mib = server.resident_mib()?;
        let bytes = self.bytes(&server, &open).await?;
        eprintln!("Reading the consultation page …");
        let path = app::paths::consultation(&open.slug);
        let page = pages::measure(&server, &folder, &path, measure.runs, measure.period).await?;
        eprintln!("Sending responses, SQLite …");
        let sqlite = responses::sqlite(&server, &app, &open, &by_hand, measure).await?;
        eprintln!("Sending votes, SQLite …");
        let votes = votes::sqlite(&server, &app, measure).await?;
        let memory = report::Memory {
            idle_mib,
            after_load_mib: server.resident_mib()?,
            peak_mib: server.peak_mib()?,
        };
        server.stop();
        let cold_start_ms = start::cold(&folder, &url, measure.runs).await?;
        app.db.close().await;
        let many = if self.quick { 20_000 } else { 1_000_000 };
        eprintln!("Storing {many} responses …");
        let stored = stored::measure(&folder, &empty, &open, many, measure).await?;
        let postgresql = match &self.postgres {
            None => None,
            Some(server) => {
                eprintln!("Sending responses, PostgreSQL …");
                Some(responses::postgresql(server, &folder, measure).await?)
            }
        };
        Ok(Report {
            quick: self.quick,
            machine: machine.after()?,
            consultation_page: page,
            durable_sqlite: sqlite,
            votes_sqlite: votes,
            durable_postgresql: postgresql,
            stored,
            memory,
            cold_start_ms,
            bytes,
        })
    }

    async fn bytes(
        &self,
        server: &Process,
        open: &stand::Open,
    ) -> Result<std::collections::BTreeMap<String, sizes::PageBytes>, CliError> {
        let mut client = Client::connect(server.address).await?;
        let outcomes = client.get(app::paths::OUTCOMES, "").await?.text();
        let outcome = outcomes
            .split('"')
            .find(|text| text.starts_with("/consultations/") && text.ends_with("/outcome"))
            .map_or_else(|| app::paths::OUTCOMES.to_owned(), str::to_owned);
        let pages = [
            ("home", "/".to_owned()),
            ("hub", app::paths::HUB.to_owned()),
            ("consultation", app::paths::consultation(&open.slug)),
            ("respond", app::paths::respond(&open.slug)),
            ("outcome", outcome),
        ];
        sizes::measure(&mut client, &pages).await
    }
}

/// A copy of the database as it stands, for the loop that writes by hand.
async fn copy(app: &server::App, file: &str) -> Result<(), CliError> {
    use sea_orm::ConnectionTrait;
    app.db
        .writing()
        .execute_unprepared(&format!("VACUUM INTO '{}'", file.replace('\'', "''")))
        .await?;
    Ok(())
}
