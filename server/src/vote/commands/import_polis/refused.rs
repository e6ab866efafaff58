//! Why a folder of a conversation was not imported.

/// Why a folder was not imported.
#[derive(Debug, thiserror::Error)]
pub enum PolisRefused {
    /// A file can't be read.
    #[error("{file} can't be read: {why}")]
    File {
        /// Its name.
        file: String,
        /// Why.
        why: String,
    },
    /// A line is not what the format says.
    #[error("{file}, line {line}: {why}")]
    Line {
        /// The file.
        file: &'static str,
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        why: &'static str,
    },
    /// There is no team to own it, or the regime is missing.
    #[error("no {0} in this database; make one first")]
    Missing(&'static str),
}
