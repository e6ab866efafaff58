//! A register as a CSV file: names and addresses, and a note where two people have the same.
//!
//! Invariant: a file with one wrong row is refused whole, with the line and the reason of each of
//! the first few. Whoever is on it is on it once.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use domain::poll::NewElector;
use domain::poll::new::RegisterRow;
use domain::table::{Row, Table, TableFault, TableRefused};
use domain::text::{NotText, text};
use domain::typed;

use crate::poll::rows::electors::elector_key;

/// The most bytes of a file.
pub const MOST_BYTES: usize = 5 * 1024 * 1024;
/// The most electors of a poll.
pub const MOST_ELECTORS: usize = 20_000;
/// Wrong rows that are named.
const MOST_NAMED: usize = 20;
/// Letters of a name, its note included, and of an address.
const MOST_OF_A_NAME: usize = 120;
const MOST_OF_AN_ADDRESS: usize = 400;

/// Why a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileRefused {
    /// Too many bytes or rows.
    TooLarge,
    /// Not UTF-8.
    NotText(NotText),
    /// Not a table with columns for name and address.
    Table(TableRefused),
    /// Nobody in it.
    Empty,
    /// Rows that are wrong: line, reason.
    Rows(Vec<(usize, RegisterRow)>),
}

/// A row that was read.
struct Read {
    line: usize,
    elector: NewElector,
    note: String,
}

/// Reads a file.
///
/// # Errors
/// [`FileRefused`].
pub fn read(bytes: &[u8]) -> Result<Vec<NewElector>, FileRefused> {
    if bytes.len() > MOST_BYTES {
        return Err(FileRefused::TooLarge);
    }
    let text = text(bytes).map_err(FileRefused::NotText)?;
    let mut table = Table::open(&text).map_err(of_table)?;
    let named =
        |wanted: &'static [&'static str]| move |head: &str| wanted.contains(&plain(head).as_str());
    let name = named(&["name", "fullname", "elector", "electorname", "names"]);
    let address = named(&["address", "fulladdress", "postaladdress", "addresses"]);
    let name = table.need("name", name).map_err(of_table)?;
    let address = table.need("address", address).map_err(of_table)?;
    let is_note = named(&["note", "notes", "reference", "ref"]);
    let note = table.head().iter().position(|head| is_note(head));
    let (mut read, mut wrong) = (Vec::new(), Vec::new());
    while let Some(next) = table.next_row() {
        let found = match next {
            Ok(found) => row(&found, name, address, note).map_err(|why| (found.line, why)),
            Err(TableRefused {
                line,
                fault: TableFault::Cells { have, need },
            }) => Err((line, RegisterRow::Cells { have, need })),
            Err(refused) => return Err(FileRefused::Table(refused)),
        };
        match found {
            Ok(one) => read.push(one),
            Err(why) => wrong.push(why),
        }
        if read.len() > MOST_ELECTORS {
            return Err(FileRefused::TooLarge);
        }
        if wrong.len() == MOST_NAMED {
            break;
        }
    }
    let electors = each_once(read, &mut wrong);
    if !wrong.is_empty() {
        wrong.sort_by_key(|(line, _)| *line);
        wrong.truncate(MOST_NAMED);
        return Err(FileRefused::Rows(wrong));
    }
    if electors.is_empty() {
        return Err(FileRefused::Empty);
    }
    Ok(electors)
}

fn of_table(refused: TableRefused) -> FileRefused {
    match refused.fault {
        TableFault::Empty => FileRefused::Empty,
        _ => FileRefused::Table(refused),
    }
}

/// The name of a column, however it is written.
fn plain(head: &str) -> String {
    head.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Everybody once. Where several have one name and one address, their notes go behind their names,
/// and where those do not tell them apart the rows are wrong.
fn each_once(mut read: Vec<Read>, wrong: &mut Vec<(usize, RegisterRow)>) -> Vec<NewElector> {
    let mut same: HashMap<String, usize> = HashMap::new();
    let keys: Vec<String> = read.iter().map(|one| elector_key(&one.elector)).collect();
    for key in &keys {
        *same.entry(key.clone()).or_default() += 1;
    }
    for (one, key) in read.iter_mut().zip(&keys) {
        if same.get(key).is_some_and(|many| *many > 1) && !one.note.is_empty() {
            one.elector.name = format!("{} ({})", one.elector.name, one.note);
        }
    }
    let mut seen: HashMap<String, usize> = HashMap::new();
    for one in &read {
        if one.elector.name.chars().count() > MOST_OF_A_NAME {
            wrong.push((one.line, RegisterRow::TooLong));
        }
        match seen.entry(elector_key(&one.elector)) {
            Entry::Occupied(first) => {
                let first = *first.get();
                wrong.push((one.line, RegisterRow::Twice { first }));
            }
            Entry::Vacant(free) => {
                free.insert(one.line);
            }
        }
    }
    read.into_iter().map(|one| one.elector).collect()
}

fn row(
    row: &Row<'_, '_>,
    name: usize,
    address: usize,
    note: Option<usize>,
) -> Result<Read, RegisterRow> {
    let [name, address, note] = [
        row.cell(name),
        row.cell(address),
        note.map_or("", |note| row.cell(note)),
    ]
    .map(|cell| typed::meant(cell.to_owned()).replace('\t', " "));
    if !name.contains(char::is_alphanumeric) {
        return Err(RegisterRow::NameMissing);
    }
    if !address.contains(char::is_alphanumeric) {
        return Err(RegisterRow::AddressMissing);
    }
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = one_line(&name);
    if name.chars().count() > MOST_OF_A_NAME || address.chars().count() > MOST_OF_AN_ADDRESS {
        return Err(RegisterRow::TooLong);
    }
    // Parts of an address stand on lines of their own on the envelope.
    let address: Vec<&str> = address
        .split([',', '\n', ';'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    Ok(Read {
        line: row.line,
        elector: NewElector {
            name,
            address: address.join("\n"),
        },
        note: one_line(&note),
    })
}

#[cfg(test)]
mod tests {
    use domain::text::Encoding;

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

    /// Small files in which something went wrong once.
    fn case(name: &str) -> Result<Vec<NewElector>, FileRefused> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/files/register");
        read(&std::fs::read(format!("{folder}/{name}")).expect("a file"))
    }

    fn names(electors: &[NewElector]) -> Vec<&str> {
        electors.iter().map(|one| one.name.as_str()).collect()
    }

    fn separated(found: char) -> FileRefused {
        FileRefused::Table(TableRefused {
            line: 1,
            fault: TableFault::Separator(found),
        })
    }

    #[test]
    fn a_file_from_a_spreadsheet_is_read_or_it_is_said_what_it_is() {
        let read = case("trailing_comma_rows.csv").expect("read");
        assert_eq!(names(&read), ["Ada Byron", "Bea Ó Néill"]);
        let read = case("quoted_newline.csv").expect("read");
        assert_eq!(read[0].address, "1 High Street\nNorwich\nNR1 1AA");
        assert_eq!(case("semicolon.csv"), Err(separated(';')));
        assert_eq!(case("tab.csv"), Err(separated('\t')));
        let found = Encoding::Utf16;
        let refused = FileRefused::NotText(NotText { line: 1, found });
        assert_eq!(case("utf16_Excel_Unicode_text_.csv"), Err(refused));
        let line = 2;
        let fault = TableFault::OpenMark;
        let refused = FileRefused::Table(TableRefused { line, fault });
        assert_eq!(case("unclosed_quote.csv"), Err(refused));
    }

    #[test]
    fn one_person_is_on_it_once_however_their_name_is_written() {
        let twice = FileRefused::Rows(vec![(3, RegisterRow::Twice { first: 2 })]);
        assert_eq!(case("case_NFD_dup.csv"), Err(twice));
    }

    #[test]
    fn two_people_of_one_name_at_one_address_are_told_apart_by_a_note() {
        let twice = FileRefused::Rows(vec![(5, RegisterRow::Twice { first: 4 })]);
        assert_eq!(case("father_and_son.csv"), Err(twice));
        let both = case("father_and_son_with_notes.csv").expect("read");
        assert_eq!(
            names(&both),
            [
                "Ada Byron",
                "Bea Ó Néill",
                "John Smith (senior)",
                "John Smith (junior)"
            ]
        );
        for (file, wanted) in [
            ("name,address,Reference\nA,B,1\nA,B,\nC,B,3\n", Ok(3)),
            ("name,address,note\nA,B,x\nA,B,X\n", Err(3)),
            ("name,address,note\nA,B,\nA,B,\n", Err(3)),
            ("name,address,note\nA (x),B,\nA,B,x\nA,B,y\n", Err(3)),
        ] {
            match (read(file.as_bytes()), wanted) {
                (Ok(read), Ok(many)) => assert_eq!(read.len(), many, "{file}"),
                (Err(FileRefused::Rows(rows)), Err(line)) => {
                    let reason = RegisterRow::Twice { first: 2 };
                    assert_eq!(rows, [(line, reason)], "{file}");
                }
                (other, _) => panic!("{file}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_line_break_of_any_kind_is_one_and_other_control_characters_are_what_they_meant() {
        let file = "name,address\nAda,1 High Street\u{b}Norwich\nBea\u{85}Lee,2 High Street\n";
        let found = read(file.as_bytes()).expect("read");
        assert_eq!(found[0].address, "1 High Street\nNorwich");
        assert_eq!(found[1].name, "Bea Lee");
        let found = read(file.replace('\n', "\r").as_bytes()).expect("read");
        assert_eq!(found.len(), 2);
        let found = read("name,address\nO\u{92}Neil\u{7},1\tHigh St\n".as_bytes()).expect("read");
        assert_eq!(found[0].name, "O’Neil");
        assert_eq!(found[0].address, "1 High St");
    }

    #[test]
    fn wrong_rows_are_named_with_line_and_reason() {
        let file = "name,address\nAda,1 High Street\n,2 High Street\nBea\nada,1 high street\n\
            Cy,3 High Street,Norwich\n\u{200b},4 High Street\n";
        let refused = read(file.as_bytes()).expect_err("refused");
        let cells = |have| RegisterRow::Cells { have, need: 2 };
        assert_eq!(
            refused,
            FileRefused::Rows(vec![
                (3, RegisterRow::NameMissing),
                (4, cells(1)),
                (5, RegisterRow::Twice { first: 2 }),
                (6, cells(3)),
                (7, RegisterRow::NameMissing),
            ])
        );
        let table = |fault| FileRefused::Table(TableRefused { line: 1, fault });
        for (file, why) in [
            ("who,where\nA,B\n", table(TableFault::NoColumn("name"))),
            ("name,where\nA,B\n", table(TableFault::NoColumn("address"))),
            (
                "name,full name,address\nA,B,C\n",
                table(TableFault::ColumnTwice("name")),
            ),
            ("name,address\n", FileRefused::Empty),
            ("", FileRefused::Empty),
        ] {
            assert_eq!(read(file.as_bytes()), Err(why));
        }
    }
}
