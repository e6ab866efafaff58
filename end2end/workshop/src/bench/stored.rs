//! Many stored responses against few: what the page, a submission, the dashboard and the start
//! cost then.
//!
//! Two servers on two copies of one database, one with a thousand responses, one with a million,
//! take turns. Invariant: the million are made by the product's own loader, the same each time.

use std::time::Duration;

use serde::Serialize;

use crate::bench::client::{Client, Download, post};
use crate::bench::durable::{self, Form};
use crate::bench::load::{self, Load, Measure, median};
use crate::bench::process::{Folder, Process};
use crate::bench::stand::{self, Open};
use crate::bench::{pages, start};
use crate::load as loader;
use server::cli::CliError;

/// Clients that send responses while costs are compared.
const CLIENTS: usize = 16;
/// Officers who look at the dashboard at once.
const OFFICERS: usize = 2;
const FEW: u64 = 1_000;

/// What stored responses cost.
#[derive(Clone, Debug, Serialize)]
pub struct Stored {
    pub few: u64,
    pub many: u64,
    pub load_seconds: f64,
    /// Processor time of a page, and of a response, with many over that with few: the middle of
    /// the runs.
    pub page_cost_ratio: f64,
    pub response_cost_ratio: f64,
    /// Page and responses with many.
    pub page: Load,
    pub responses: Load,
    /// The officer's dashboard with many, while a resident sends one response after another.
    pub dashboard: Load,
    pub dashboard_writes: Load,
    /// All responses as CSV, while residents go on sending.
    pub csv: Download,
    /// What the server’s memory grew by meanwhile.
    pub csv_growth_mib: f64,
    pub cold_start_ms: f64,
    pub idle_mib: f64,
    pub peak_mib: f64,
    pub runs: usize,
}

struct Side {
    server: Process,
    form: Form,
    path: String,
}

impl Side {
    async fn new(folder: &Folder, url: &str, open: &Open) -> Result<Self, CliError> {
        let server = stand::serve(folder.path(), url).await?;
        let form = durable::form(server.address, open).await?;
        Ok(Self {
            server,
            form,
            path: app::paths::consultation(&open.slug),
        })
    }

    /// The load and the processor time of one request in milliseconds.
    async fn page(&self, period: Duration) -> Result<(Load, f64), CliError> {
        let before = self.server.cpu_ms()?;
        let load = pages::read(self.server.address, &self.path, period).await?;
        let cost = (self.server.cpu_ms()? - before) / load.requests.max(1) as f64;
        Ok((load, cost))
    }

    async fn send(&self, period: Duration) -> Result<(Load, f64), CliError> {
        let before = self.server.cpu_ms()?;
        let servers = [self.server.address];
        let load = self.form.load(&servers, CLIENTS, period).await?;
        let cost = (self.server.cpu_ms()? - before) / load.requests.max(1) as f64;
        Ok((load, cost))
    }
}

/// Measures with `many` responses in a database that begins as a copy of `file`.
pub async fn measure(
    folder: &Folder,
    file: &str,
    open: &Open,
    many: u64,
    measure: Measure,
) -> Result<Stored, CliError> {
    let path = |name: &str| folder.path().join(name);
    let url = |name: &str| format!("sqlite://{}", path(name).display());
    let (few_url, many_url) = (url("few.db"), url("many.db"));
    let mut load_seconds = 0.0;
    for (name, count) in [("few.db", FEW), ("many.db", many)] {
        std::fs::copy(file, path(name))?;
        let app = stand::open(folder.path(), &url(name)).await?;
        let loaded = loader::load(&app, &open.slug, count).await?;
        load_seconds = loaded.seconds;
        app.db.close().await;
    }
    let cold_start_ms = start::cold(folder, &many_url, measure.runs).await?;
    let few = Side::new(folder, &few_url, open).await?;
    let large = Side::new(folder, &many_url, open).await?;
    let idle_mib = large.server.resident_mib()?;
    // Neither side pays for its first requests in the figures.
    for side in [&few, &large] {
        side.page(measure.period / 4).await?;
        side.send(measure.period / 4).await?;
    }
    let (mut page, mut send) = (Vec::new(), Vec::new());
    let (mut page_ratios, mut send_ratios) = (Vec::new(), Vec::new());
    for _ in 0..measure.runs {
        let (_, cost) = few.page(measure.period).await?;
        let (load, more) = large.page(measure.period).await?;
        page.push(load);
        page_ratios.push(more / cost);
        let (_, cost) = few.send(measure.period).await?;
        let (load, more) = large.send(measure.period).await?;
        send.push(load);
        send_ratios.push(more / cost);
    }
    let servers = [large.server.address];
    let period = measure.period * 2;
    let (dashboard, writes) = tokio::join!(
        dashboard(&large.server, open, period),
        large.form.load(&servers, 1, period)
    );
    let cookie = stand::sign_in(large.server.address).await?;
    let before = large.server.peak_mib()?;
    let (csv, sent) = tokio::join!(
        csv(&large.server, open, &cookie),
        large.form.load(&servers, CLIENTS, measure.period)
    );
    sent?;
    let csv_growth_mib = large.server.peak_mib()? - before;
    Ok(Stored {
        few: FEW,
        many,
        load_seconds,
        page_cost_ratio: median(&page_ratios, |ratio| *ratio).unwrap_or_default(),
        response_cost_ratio: median(&send_ratios, |ratio| *ratio).unwrap_or_default(),
        page: median(&page, |load| load.per_second).unwrap_or_default(),
        responses: median(&send, |load| load.per_second).unwrap_or_default(),
        dashboard: dashboard?,
        dashboard_writes: writes?,
        csv: csv?,
        csv_growth_mib,
        cold_start_ms,
        idle_mib,
        peak_mib: large.server.peak_mib()?,
        runs: measure.runs,
    })
}

/// Downloads every response.
async fn csv(server: &Process, open: &Open, cookie: &str) -> Result<Download, CliError> {
    let path = app::paths::desk_consultation(&open.slug, "export");
    let cookie = format!("Cookie: {cookie}\r\n");
    let request = post(server.address, &path, "format=csv", &cookie);
    let mut client = Client::connect(server.address).await?;
    Ok(client.download(request.as_bytes()).await?)
}

/// An officer signs in and looks at what comes in, again and again.
async fn dashboard(server: &Process, open: &Open, period: Duration) -> Result<Load, CliError> {
    let cookie = stand::sign_in(server.address).await?;
    let path = app::paths::desk_consultation(&open.slug, "watch");
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: {}\r\nCookie: {cookie}\r\n\r\n",
        server.address
    )
    .into_bytes();
    let servers = [server.address];
    load::run(&servers, OFFICERS, period, 200, move |_| request.clone()).await
}
