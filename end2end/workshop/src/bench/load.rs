//! Load: many clients for a bounded time, and what their requests took.
//!
//! Closed loop: a client sends its next request when it has the answer to the last. Invariant: an
//! answer that is not the expected one ends the measurement with an error, so nothing failed is
//! ever counted as fast.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::bench::client::Client;
use server::cli::CliError;

/// How long and how often.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// Of one run.
    pub period: Duration,
    /// Turns of each side.
    pub runs: usize,
}

/// What a run of load took.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Load {
    pub clients: usize,
    pub requests: usize,
    pub seconds: f64,
    pub per_second: f64,
    pub p50_ms: f64,
    pub p95_ms: f64,
    pub p99_ms: f64,
    pub max_ms: f64,
}

impl Load {
    /// From the time each request took.
    pub fn from_times(clients: usize, wall: Duration, mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let at = |part: f64| {
            // Nearest rank.
            let rank = (part * times.len() as f64).ceil() as usize;
            times
                .get(rank.saturating_sub(1))
                .map_or(0.0, |time| time.as_secs_f64() * 1e3)
        };
        Self {
            clients,
            requests: times.len(),
            seconds: wall.as_secs_f64(),
            per_second: times.len() as f64 / wall.as_secs_f64().max(1e-9),
            p50_ms: at(0.5),
            p95_ms: at(0.95),
            p99_ms: at(0.99),
            max_ms: at(1.0),
        }
    }
}

/// `clients` connections, spread over the servers, send what `request` makes for its server, for
/// `period`; every answer must have `status`.
///
/// # Errors
/// The first that fails or answers otherwise.
pub async fn run<F>(
    servers: &[SocketAddr],
    clients: usize,
    period: Duration,
    status: u16,
    request: F,
) -> Result<Load, CliError>
where
    F: Fn(SocketAddr) -> Vec<u8> + Clone + Send + 'static,
{
    let mut connections = Vec::with_capacity(clients);
    for address in servers.iter().cycle().take(clients) {
        connections.push((*address, Client::connect(*address).await?));
    }
    let begin = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for (address, mut client) in connections {
        let request = request.clone();
        tasks.spawn(async move {
            let mut times = Vec::new();
            while begin.elapsed() < period {
                let bytes = request(address);
                let sent = Instant::now();
                let answer = client.send(&bytes).await?;
                times.push(sent.elapsed());
                if answer.status != status {
                    return Err(CliError::Failed(format!(
                        "An answer had status {} instead of {status}: {}",
                        answer.status,
                        answer.text().chars().take(300).collect::<String>()
                    )));
                }
            }
            Ok(times)
        });
    }
    let mut times = Vec::new();
    while let Some(done) = tasks.join_next().await {
        times.extend(done??);
    }
    Ok(Load::from_times(clients, begin.elapsed(), times))
}

/// The middle one of these, by `key`.
pub fn median<T: Clone>(runs: &[T], key: impl Fn(&T) -> f64) -> Option<T> {
    let mut sorted: Vec<&T> = runs.iter().collect();
    sorted.sort_by(|a, b| key(a).total_cmp(&key(b)));
    sorted.get(sorted.len() / 2).map(|one| (*one).clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_by_nearest_rank() {
        let times = (1..=100).rev().map(Duration::from_millis).collect();
        let load = Load::from_times(4, Duration::from_secs(2), times);
        assert_eq!(load.per_second, 50.0);
        for (found, wanted) in [
            (load.p50_ms, 50.0),
            (load.p95_ms, 95.0),
            (load.p99_ms, 99.0),
            (load.max_ms, 100.0),
        ] {
            assert!((found - wanted).abs() < 1e-6, "{found} {wanted}");
        }
        assert_eq!(median(&[3.0, 1.0, 2.0], |x: &f64| *x), Some(2.0));
    }
}
