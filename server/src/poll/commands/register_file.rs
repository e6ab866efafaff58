//! A register as a CSV file: names and addresses.
//!
//! Invariant: a file with one wrong row is refused whole, with the line and the reason of each of
//! the first few.

use std::collections::HashSet;

use domain::poll::NewElector;
use domain::poll::new::RegisterRow;

use crate::poll::rows::electors::elector_key;

/// The most bytes of a file.
pub const MOST_BYTES: usize = 5 * 1024 * 1024;
/// The most electors of a poll.
pub const MOST_ELECTORS: usize = 20_000;
/// Wrong rows that are named.
const MOST_NAMED: usize = 20;

/// Why a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileRefused {
    /// Too many bytes or rows.
    TooLarge,
    /// Not text.
    NotText,
    /// No columns for name and address.
    Columns,
    /// Nobody in it.
    Empty,
    /// Rows that are wrong: line, reason.
    Rows(Vec<(u64, RegisterRow)>),
}

/// Reads a file.
///
/// # Errors
/// [`FileRefused`].
pub fn read(bytes: &[u8]) -> Result<Vec<NewElector>, FileRefused> {
    if bytes.len() > MOST_BYTES {
        return Err(FileRefused::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| FileRefused::NotText)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    if text.contains(odd) {
        return Err(FileRefused::NotText);
    }
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let head = reader.headers().map_err(|_| FileRefused::NotText)?.clone();
    let column = |wanted: &[&str]| {
        head.iter().position(|name| {
            let plain: String = name
                .chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect();
            wanted.contains(&plain.as_str())
        })
    };
    let name = column(&["name", "fullname", "elector", "electorname", "names"]);
    let address = column(&["address", "fulladdress", "postaladdress", "addresses"]);
    let (Some(name), Some(address)) = (name, address) else {
        return Err(FileRefused::Columns);
    };
    let (mut electors, mut wrong) = (Vec::new(), Vec::new());
    let mut seen = HashSet::new();
    for record in reader.records() {
        let record = record.map_err(|_| FileRefused::NotText)?;
        let line = record.position().map_or(0, csv::Position::line);
        match row(&record, head.len(), name, address, &mut seen) {
            Ok(elector) => electors.push(elector),
            Err(reason) => wrong.push((line, reason)),
        }
        if electors.len() > MOST_ELECTORS {
            return Err(FileRefused::TooLarge);
        }
        if wrong.len() == MOST_NAMED {
            break;
        }
    }
    if !wrong.is_empty() {
        return Err(FileRefused::Rows(wrong));
    }
    if electors.is_empty() {
        return Err(FileRefused::Empty);
    }
    Ok(electors)
}

fn row(
    record: &csv::StringRecord,
    columns: usize,
    name: usize,
    address: usize,
    seen: &mut HashSet<String>,
) -> Result<NewElector, RegisterRow> {
    if record.len() != columns {
        return Err(RegisterRow::Fields);
    }
    let field = |at: usize| record.get(at).unwrap_or_default().trim();
    let (name, address) = (field(name), field(address));
    if name.is_empty() {
        return Err(RegisterRow::NameMissing);
    }
    if address.is_empty() {
        return Err(RegisterRow::AddressMissing);
    }
    if name.chars().count() > 120 || address.chars().count() > 400 {
        return Err(RegisterRow::TooLong);
    }
    // Parts of an address stand on lines of their own on the envelope.
    let lines: Vec<&str> = address
        .split([',', '\n', ';'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let elector = NewElector {
        name: name.to_owned(),
        address: lines.join("\n"),
    };
    if !seen.insert(elector_key(&elector)) {
        return Err(RegisterRow::Twice);
    }
    Ok(elector)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_their_names_however_they_are_written() {
        let file = "\u{feff}No., Full Name ,ADDRESS\n1,Ada Byron,\"1 High Street, Norwich\"\n";
        let read = read(file.as_bytes()).expect("read");
        assert_eq!(
            read,
            [NewElector {
                name: "Ada Byron".to_owned(),
                address: "1 High Street\nNorwich".to_owned(),
            }]
        );
    }

    #[test]
    fn wrong_rows_are_named_with_line_and_reason() {
        let file = "name,address\nAda,1 High Street\n,2 High Street\nBea\nada,1 high street\n";
        let refused = read(file.as_bytes()).expect_err("refused");
        assert_eq!(
            refused,
            FileRefused::Rows(vec![
                (3, RegisterRow::NameMissing),
                (4, RegisterRow::Fields),
                (5, RegisterRow::Twice),
            ])
        );
        for (file, why) in [
            ("who,where\nA,B\n", FileRefused::Columns),
            ("name,address\n", FileRefused::Empty),
            ("name,address\nA\u{7},B\n", FileRefused::NotText),
        ] {
            assert_eq!(read(file.as_bytes()), Err(why));
        }
    }
}
