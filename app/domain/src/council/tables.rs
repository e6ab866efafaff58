//! Tables of places from a spreadsheet: census figures of areas, and the postcodes in them.
//!
//! Invariant: what is returned can be stored as it is; a table with one thing wrong is refused as a
//! whole, with the line. Whether its areas are known is not asked here.

use std::collections::{HashMap, HashSet};

use super::Postcode;
use crate::table::{Row, Table, TableFault, TableRefused};
use crate::text::plain;

/// More people than any area has; a larger number is a slip.
const MOST_PEOPLE: u64 = 1_000_000_000;
/// The column of how many live there.
const RESIDENTS: &str = "residents";

/// The figures of one area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaFigures {
    /// The area's code.
    pub code: String,
    /// How many live there, where the table says so.
    pub residents: Option<u64>,
    /// A measure, such as `age: Aged 15 years and under`, and how many; in the order of the table.
    pub measures: Vec<(String, u64)>,
}

/// The postcodes of a table, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Postcodes {
    /// Each with the code of its area and its town.
    pub placed: Vec<PlacedPostcode>,
    /// Rows that say again what another says.
    pub repeated: usize,
}

/// A postcode and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedPostcode {
    /// The postcode.
    pub postcode: Postcode,
    /// The code of its area.
    pub code: String,
    /// Its town.
    pub town: String,
}

/// Why a table of places is refused, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault:?}")]
pub struct PlacesRefused {
    /// From 1.
    pub line: usize,
    /// What is wrong there.
    pub fault: PlacesFault,
}

/// What is wrong with a line of a table of places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlacesFault {
    /// It is not a row of the table.
    Table(TableFault),
    /// The first line names no columns but is of a place already.
    NoHead,
    /// Fewer columns than a table of this kind has.
    FewColumns(usize),
    /// A column without a name, by its place from 1, or with a name that another has.
    Column(usize),
    /// No code of an area.
    NoCode,
    /// Not a postcode.
    NotAPostcode(String),
    /// Not a number of people, in whole digits, in this column.
    NotACount {
        /// What it says.
        cell: String,
        /// The name of the column.
        column: String,
    },
    /// Something else was said of the same area or postcode on that line.
    Twice {
        /// Which.
        what: String,
        /// The line where it is first.
        first: usize,
    },
}

impl From<TableRefused> for PlacesRefused {
    fn from(refused: TableRefused) -> Self {
        Self {
            line: refused.line,
            fault: PlacesFault::Table(refused.fault),
        }
    }
}

/// Reads a table of figures: the code of an area first, its name second, `residents` and then a
/// column a measure.
///
/// # Errors
/// [`PlacesRefused`].
pub fn figures(text: &str) -> Result<Vec<AreaFigures>, PlacesRefused> {
    let text = plain(text);
    let mut table = Table::open(&text)?;
    let head = table.head().to_vec();
    let wrong = |fault| PlacesRefused {
        line: table.line(),
        fault,
    };
    if head.len() < 3 {
        return Err(wrong(PlacesFault::FewColumns(3)));
    }
    if head.iter().skip(2).any(|head| count(head).is_some()) {
        return Err(wrong(PlacesFault::NoHead));
    }
    let mut names = HashSet::new();
    for (place, name) in (1..).zip(&head).skip(2) {
        if name.is_empty() || !names.insert(name.to_lowercase()) {
            return Err(wrong(PlacesFault::Column(place)));
        }
    }
    let mut found = Vec::new();
    let mut seen = HashMap::new();
    while let Some(row) = table.next_row() {
        let row = row?;
        let wrong = |fault| at(&row, fault);
        let code = code(&row, 0)?;
        if let Some(first) = seen.insert(code.clone(), row.line) {
            return Err(wrong(PlacesFault::Twice { what: code, first }));
        }
        let mut area = AreaFigures {
            code,
            residents: None,
            measures: Vec::with_capacity(head.len()),
        };
        for (name, cell) in head.iter().zip(row.cells()).skip(2) {
            let Some(count) = count(cell) else {
                return Err(wrong(PlacesFault::NotACount {
                    cell: cell.to_owned(),
                    column: name.clone(),
                }));
            };
            if name.eq_ignore_ascii_case(RESIDENTS) {
                area.residents = Some(count);
            } else {
                area.measures.push((name.clone(), count));
            }
        }
        found.push(area);
    }
    Ok(found)
}

/// Reads a table of postcodes: postcode, code of the area, town.
///
/// # Errors
/// [`PlacesRefused`].
pub fn postcodes(text: &str) -> Result<Postcodes, PlacesRefused> {
    let text = plain(text);
    let mut table = Table::open(&text)?;
    let wrong = |fault| PlacesRefused {
        line: table.line(),
        fault,
    };
    if table.head().len() < 2 {
        return Err(wrong(PlacesFault::FewColumns(2)));
    }
    if table
        .head()
        .first()
        .is_some_and(|head| Postcode::parse(head).is_ok())
    {
        return Err(wrong(PlacesFault::NoHead));
    }
    let mut found = Postcodes::default();
    let mut seen: HashMap<Postcode, (usize, usize)> = HashMap::new();
    while let Some(row) = table.next_row() {
        let row = row?;
        let wrong = |fault| at(&row, fault);
        let Ok(postcode) = Postcode::parse(row.cell(0)) else {
            return Err(wrong(PlacesFault::NotAPostcode(row.cell(0).to_owned())));
        };
        let one = PlacedPostcode {
            code: code(&row, 1)?,
            town: row.cell(2).to_owned(),
            postcode: postcode.clone(),
        };
        match seen.get(&postcode) {
            None => {
                seen.insert(postcode, (row.line, found.placed.len()));
                found.placed.push(one);
            }
            Some((_, place)) if found.placed.get(*place) == Some(&one) => found.repeated += 1,
            Some((first, _)) => {
                return Err(wrong(PlacesFault::Twice {
                    what: postcode.as_str().to_owned(),
                    first: *first,
                }));
            }
        }
    }
    Ok(found)
}

fn at(row: &Row<'_, '_>, fault: PlacesFault) -> PlacesRefused {
    PlacesRefused {
        line: row.line,
        fault,
    }
}

fn code(row: &Row<'_, '_>, column: usize) -> Result<String, PlacesRefused> {
    match row.cell(column) {
        "" => Err(at(row, PlacesFault::NoCode)),
        code => Ok(code.to_owned()),
    }
}

/// A number of people: digits, behind which some programs write `.0`.
fn count(cell: &str) -> Option<u64> {
    let digits = cell.strip_suffix(".0").unwrap_or(cell);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok().filter(|count| *count <= MOST_PEOPLE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong_figures(text: &str) -> (usize, PlacesFault) {
        let refused = figures(text).expect_err("refused");
        (refused.line, refused.fault)
    }

    fn wrong_postcodes(text: &str) -> (usize, PlacesFault) {
        let refused = postcodes(text).expect_err("refused");
        (refused.line, refused.fault)
    }

    #[test]
    fn figures_are_read_with_the_residents_however_they_are_written() {
        for text in [
            "code,name,residents,age: Old\nE05999001,Amble,120,7\n",
            "\u{feff}code,name,Residents,age: Old,\r\n E05999001 ,Amble, 120 ,7.0,\r\n,,,\r\n",
            "code,name,RESIDENTS,age: Old\rE05999001,\"Amble\",120,7\r",
        ] {
            assert_eq!(
                figures(text),
                Ok(vec![AreaFigures {
                    code: "E05999001".to_owned(),
                    residents: Some(120),
                    measures: vec![("age: Old".to_owned(), 7)],
                }]),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_number_of_people_is_refused_with_its_line() {
        for cell in [
            "inf",
            "-inf",
            "NaN",
            "infinity",
            "-1",
            "+1",
            "1e3",
            "1.5",
            "12.000",
            "\"1,234\"",
            "1 234",
            "",
            "n/a",
            "1000000001",
            "99999999999999999999999",
        ] {
            let text = format!("code,name,residents\nE1,A,1\nE2,B,{cell}\n");
            let fault = PlacesFault::NotACount {
                cell: cell.replace('"', ""),
                column: "residents".to_owned(),
            };
            assert_eq!(wrong_figures(&text), (3, fault), "{cell}");
        }
    }

    #[test]
    fn figures_that_contradict_themselves_are_refused() {
        let twice = PlacesFault::Twice {
            what: "E1".to_owned(),
            first: 2,
        };
        assert_eq!(
            wrong_figures("code,name,residents\nE1,A,1\nE1 ,A,2\n"),
            (3, twice)
        );
        assert_eq!(
            wrong_figures("code,name,residents,Residents\nE1,A,1,2\n"),
            (1, PlacesFault::Column(4))
        );
        assert_eq!(
            wrong_figures("code,name,,old\nE1,A,1,2\n"),
            (1, PlacesFault::Column(3))
        );
        assert_eq!(wrong_figures("E1,A,1\nE2,B,2\n"), (1, PlacesFault::NoHead));
        assert_eq!(
            wrong_figures("code,name\nE1,A\n"),
            (1, PlacesFault::FewColumns(3))
        );
        assert_eq!(
            wrong_figures("code,name,residents\nE1,\"A,1\n"),
            (2, PlacesFault::Table(TableFault::OpenMark))
        );
        assert_eq!(
            wrong_figures("code;name;residents\nE1;A;1\n"),
            (1, PlacesFault::Table(TableFault::Separator(';')))
        );
    }

    #[test]
    fn a_postcode_is_one_however_it_is_written() {
        let text =
            "postcode,code,town\nDY1 1HF,E1 ,Dudley\nDY1 1HG,E1,Dudley\nDY11HG, E1,Dudley,\n";
        let read = postcodes(text).expect("read");
        assert_eq!((read.placed.len(), read.repeated), (2, 1));
        assert!(read.placed.iter().all(|one| one.code == "E1"));
        let moved = text.replace("DY11HG, E1", "DY11HG,E2");
        let twice = PlacesFault::Twice {
            what: "DY1 1HG".to_owned(),
            first: 3,
        };
        assert_eq!(wrong_postcodes(&moved), (4, twice));
    }

    #[test]
    fn a_table_that_is_not_of_postcodes_is_refused_with_its_line() {
        let fault = PlacesFault::Table(TableFault::Separator(';'));
        assert_eq!(
            wrong_postcodes("postcode;code;town\nDY1 1HF;E1;Dudley\n"),
            (1, fault)
        );
        assert_eq!(
            wrong_postcodes("DY1 1HF,E1,Dudley\nDY1 1HG,E1,Dudley\n"),
            (1, PlacesFault::NoHead)
        );
        assert_eq!(
            wrong_postcodes("code,postcode,town\nE05999001,DY1 1HF,Dudley\n"),
            (2, PlacesFault::NotAPostcode("E05999001".to_owned()))
        );
        assert_eq!(
            wrong_postcodes("postcode,code\nDY1 1HF, \n"),
            (2, PlacesFault::NoCode)
        );
        assert_eq!(
            wrong_postcodes("postcode,code,town\nDY1 1HF,E1,\"Dudley\nDY1 1HG,E1,Dudley\n"),
            (2, PlacesFault::Table(TableFault::OpenMark))
        );
    }
}
