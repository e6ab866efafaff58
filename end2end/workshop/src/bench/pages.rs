//! The consultation page: how fast, how much processor time, and against a bare handler.

use std::net::SocketAddr;
use std::time::Duration;

use serde::Serialize;

use crate::bench::client::Client;
use crate::bench::load::{self, Load};
use crate::bench::process::{Folder, Process, free_port};
use crate::bench::stand;
use server::cli::CliError;

/// Connections that read at once.
const CLIENTS: usize = 16;
/// As the browser of a resident who has voted on statements sends it.
const VOTED: &str = "Cookie: voter=0123456789abcdef0123456789abcdef\r\n";
const BROTLI: &str = "Accept-Encoding: br\r\n";

/// Reading one public page without an account.
#[derive(Clone, Debug, Serialize)]
pub struct Page {
    pub path: String,
    /// Of the answer's body, brotli, and once unpacked.
    pub bytes_brotli: usize,
    pub bytes: usize,
    /// The middle run.
    pub load: Load,
    /// Of the server, user and kernel together, over all runs.
    pub cpu_ms_per_request: f64,
    /// Processor time of the same page for a resident whose browser sends a cookie, and for somebody who
    /// is signed in, over that of the page without one.
    pub with_cookie_cost_ratio: f64,
    pub signed_in_cost_ratio: f64,
    /// A bare axum handler in a process of its own, answering with the same bytes.
    pub bare: Load,
    pub bare_cpu_ms_per_request: f64,
    /// Requests a second of the page over those of the handler: the middle of the runs.
    pub ratio: f64,
    pub runs: usize,
}

/// Reads the page, in turn with the bare handler, `runs` times for `period` each.
pub async fn measure(
    server: &Process,
    folder: &Folder,
    path: &str,
    runs: usize,
    period: Duration,
) -> Result<Page, CliError> {
    let mut client = Client::connect(server.address).await?;
    let plain = client.get(path, "").await?;
    let packed = client.get(path, BROTLI).await?;
    if plain.status != 200 || packed.header("content-encoding") != Some("br") {
        return Err(CliError::Failed(format!(
            "{path} is not there, or not packed."
        )));
    }
    let file = folder.path().join("page.br");
    std::fs::write(&file, &packed.body)?;
    let bare = start_bare(&file.display().to_string()).await?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let (mut our_cpu, mut their_cpu) = (0.0, 0.0);
    let session = format!("Cookie: {}\r\n", stand::sign_in(server.address).await?);
    let (mut with_cookie, mut signed_in) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        let before = server.cpu_ms()?;
        let load = read(server.address, path, period).await?;
        let cost = server.cpu_ms()? - before;
        our_cpu += cost;
        let of_one = cost / load.requests.max(1) as f64;
        ours.push(load);
        for (cookie, ratios) in [(VOTED, &mut with_cookie), (&session, &mut signed_in)] {
            let before = server.cpu_ms()?;
            let load = read_with(server.address, path, cookie, period / 2).await?;
            let more = (server.cpu_ms()? - before) / load.requests.max(1) as f64;
            ratios.push(more / of_one);
        }
        let before = bare.cpu_ms()?;
        theirs.push(read(bare.address, "/", period).await?);
        their_cpu += bare.cpu_ms()? - before;
    }
    let requests = |loads: &[Load]| loads.iter().map(|load| load.requests).sum::<usize>() as f64;
    let ratios: Vec<f64> = ours
        .iter()
        .zip(&theirs)
        .map(|(our, their)| our.per_second / their.per_second)
        .collect();
    Ok(Page {
        path: path.to_owned(),
        bytes_brotli: packed.body.len(),
        bytes: plain.body.len(),
        cpu_ms_per_request: our_cpu / requests(&ours).max(1.0),
        bare_cpu_ms_per_request: their_cpu / requests(&theirs).max(1.0),
        load: load::median(&ours, |load| load.per_second).unwrap_or_default(),
        bare: load::median(&theirs, |load| load.per_second).unwrap_or_default(),
        with_cookie_cost_ratio: load::median(&with_cookie, |ratio| *ratio).unwrap_or_default(),
        signed_in_cost_ratio: load::median(&signed_in, |ratio| *ratio).unwrap_or_default(),
        ratio: load::median(&ratios, |ratio| *ratio).unwrap_or_default(),
        runs,
    })
}

/// One run of reading a page.
pub async fn read(address: SocketAddr, path: &str, period: Duration) -> Result<Load, CliError> {
    read_with(address, path, "", period).await
}

/// The same, with further header lines.
async fn read_with(
    address: SocketAddr,
    path: &str,
    headers: &str,
    period: Duration,
) -> Result<Load, CliError> {
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n{BROTLI}{headers}\r\n");
    let request = request.into_bytes();
    load::run(&[address], CLIENTS, period, 200, move |_| request.clone()).await
}

async fn start_bare(file: &str) -> Result<Process, CliError> {
    let address = free_port()?;
    let environment = [
        ("SOUNDINGS_LISTEN", address.to_string()),
        ("SOUNDINGS_BASE_URL", format!("http://{address}")),
    ];
    let own = std::env::current_exe()?;
    Process::start(&own, address, &["bench", "--bare", file], &environment, "/").await
}
