//! What a start costs: from starting the process until it answers that it is ready.

use server::cli::CliError;

use crate::bench::load::median;
use crate::bench::process::Folder;
use crate::bench::stand;

/// From starting the process until it is ready: the middle of some starts.
pub async fn cold(folder: &Folder, url: &str, runs: usize) -> Result<f64, CliError> {
    let mut times = Vec::new();
    for _ in 0..runs {
        let mut server = stand::serve(folder.path(), url).await?;
        times.push(server.cold_start.as_secs_f64() * 1e3);
        server.stop();
    }
    Ok(median(&times, |time| *time).unwrap_or_default())
}
