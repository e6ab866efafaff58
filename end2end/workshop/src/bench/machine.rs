//! The machine that was measured on: cores, and who else used it.

use serde::Serialize;

use server::cli::CliError;

/// What figures depend on besides the build.
#[derive(Clone, Debug, Serialize)]
pub struct Machine {
    pub cores: usize,
    pub processor: String,
    /// Optimised or not: figures of an unoptimised build say nothing.
    pub optimised: bool,
    /// Mean number of tasks that ran or waited in the last minute, before and after.
    pub load_before: f64,
    pub load_after: f64,
}

impl Machine {
    /// As it is before measuring.
    pub fn new() -> Result<Self, CliError> {
        let about = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let processor = about
            .lines()
            .find_map(|line| line.strip_prefix("model name"))
            .map(|rest| rest.trim_start_matches([' ', '\t', ':']).to_owned());
        Ok(Self {
            cores: std::thread::available_parallelism()?.get(),
            processor: processor.unwrap_or_else(|| "unknown".to_owned()),
            optimised: !cfg!(debug_assertions),
            load_before: load()?,
            load_after: 0.0,
        })
    }

    /// With the load after measuring.
    pub fn after(self) -> Result<Self, CliError> {
        Ok(Self {
            load_after: load()?,
            ..self
        })
    }
}

fn load() -> Result<f64, CliError> {
    let text = std::fs::read_to_string("/proc/loadavg")?;
    let first = text.split(' ').next().and_then(|word| word.parse().ok());
    Ok(first.unwrap_or_default())
}
