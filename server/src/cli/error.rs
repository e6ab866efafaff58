//! How a command ends where it does not end well.

/// Why a command could not do its work.
#[derive(Debug)]
pub enum CliError {
    /// What was asked for is wrong: exit code 2.
    Usage(String),
    /// It went wrong: exit code 1.
    Failed(String),
}

impl<E: std::error::Error> From<E> for CliError {
    fn from(error: E) -> Self {
        Self::Failed(error.to_string())
    }
}
