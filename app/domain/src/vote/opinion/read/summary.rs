//! `summary.csv`: a row a fact, its name and what is said of it.

use super::{ReadError, Reason, Source};
use crate::rows::Rows;
use crate::table::TableRefused;
use crate::text::plain;

/// What is used of a summary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// What the conversation was about.
    pub topic: String,
    /// What was said about it at more length.
    pub description: String,
    /// The fewest people of a group that was shown, where the file says so.
    pub smallest_group: Option<usize>,
}

/// Reads the file. Of what is not in quotation marks the commas are the text's.
///
/// # Errors
/// [`ReadError`] with the line and the reason.
pub fn summary(text: &str) -> Result<Summary, ReadError> {
    let text = plain(text);
    let mut rows = Rows::of(&text);
    rows.text_to_the_end(1);
    let mut found = Summary::default();
    let mut cells = Vec::new();
    while let Some(row) = rows.next_into(&mut cells) {
        let line =
            row.map_err(|mark| ReadError::table(Source::Summary, TableRefused::from(mark)))?;
        let cell = |column: usize| cells.get(column).map_or("", |cell| cell.trim());
        let said = cell(1).to_owned();
        match cell(0) {
            "topic" => found.topic = said,
            "conversation-description" => found.description = said,
            "smallest-group" => {
                let reason = Reason::NotANumber("smallest-group");
                let number = said
                    .parse()
                    .map_err(|_| ReadError::new(Source::Summary, line, reason))?;
                found.smallest_group = Some(number);
            }
            _ => {}
        }
    }
    Ok(found)
}
