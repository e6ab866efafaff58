//! Why a conversation was not imported.

use domain::vote::opinion::read::ReadError;

/// Why a conversation was not imported.
#[derive(Debug, thiserror::Error)]
pub enum PolisRefused {
    /// A line is not what the format says.
    #[error(transparent)]
    Line(ReadError),
    /// There is no team to own it, or the regime is missing.
    #[error("no {0} in this database; make one first")]
    Missing(&'static str),
}
