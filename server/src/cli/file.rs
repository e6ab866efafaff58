//! A file that somebody names on the command line, as text.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use app::messages::file as words;

use crate::cli::CliError;

/// Files larger than this are refused, so that a wrong path can't fill the memory.
pub const MOST_MEBIBYTES: u64 = 512;

/// The bytes of a file; `None` where there are too many.
///
/// # Errors
/// That it can't be read.
pub fn bytes(path: &Path) -> std::io::Result<Option<Vec<u8>>> {
    let most = MOST_MEBIBYTES * 1024 * 1024;
    let file = File::open(path)?;
    let size = usize::try_from(file.metadata()?.len().min(most)).unwrap_or_default();
    let mut bytes = Vec::with_capacity(size);
    file.take(most + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

/// The text of a file, whatever its byte-order mark and its line ends.
///
/// # Errors
/// [`CliError::Usage`] where it can't be read or is not UTF-8, with the line.
pub fn text(path: &Path) -> Result<String, CliError> {
    let refused =
        |why: String| CliError::Usage(format!("{} can’t be read: {why}.", path.display()));
    let bytes = bytes(path)
        .map_err(|error| refused(error.to_string()))?
        .ok_or_else(|| refused(format!("it is larger than {MOST_MEBIBYTES} MiB")))?;
    domain::text::text(&bytes)
        .map(|text| text.into_owned())
        .map_err(|found| refused(words::not_text(found)))
}
