//! A table from a spreadsheet: a row that names the columns, then rows with a cell for each.
//!
//! Cells are trimmed. What a spreadsheet pads with is ignored: empty rows, and empty cells behind
//! the last column. Anything else that does not fit the columns is refused with its line, and so is
//! a file with another separator, which is named.

use std::borrow::Cow;

use crate::rows::{Mark, Rows};
use crate::typed;

/// Why a table is refused, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault:?}")]
pub struct TableRefused {
    /// From 1.
    pub line: usize,
    /// What is wrong there.
    pub fault: TableFault,
}

/// What is wrong with a line of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFault {
    /// There is nothing in the file.
    Empty,
    /// The cells are not set apart by commas but by this.
    Separator(char),
    /// No column of this name.
    NoColumn(&'static str),
    /// More than one column of this name.
    ColumnTwice(&'static str),
    /// A quotation mark opens here and is not closed where its cell ends.
    OpenMark,
    /// A quotation mark within a cell that does not begin with one.
    MarkInside,
    /// More or fewer cells than columns.
    Cells {
        /// How many there are.
        have: usize,
        /// How many there should be.
        need: usize,
    },
}

impl From<Mark> for TableRefused {
    fn from(mark: Mark) -> Self {
        let (line, fault) = match mark {
            Mark::Open(line) => (line, TableFault::OpenMark),
            Mark::Inside(line) => (line, TableFault::MarkInside),
        };
        Self { line, fault }
    }
}

/// A table whose first row has been read.
pub struct Table<'a> {
    rows: Rows<'a>,
    cells: Vec<Cow<'a, str>>,
    head: Vec<String>,
    line: usize,
}

/// A row of a table: as many cells as there are columns.
#[derive(Clone, Copy)]
pub struct Row<'r, 'a> {
    /// The line it begins on, from 1.
    pub line: usize,
    cells: &'r [Cow<'a, str>],
}

impl Row<'_, '_> {
    /// The cell of a column, trimmed.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }

    /// All cells in their order, trimmed.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|cell| cell.trim())
    }
}

impl<'a> Table<'a> {
    /// Opens the table of a text ([`crate::text::plain`]) and reads the names of its columns.
    ///
    /// # Errors
    /// [`TableRefused`] where there is no first row, or another separator.
    pub fn open(text: &'a str) -> Result<Self, TableRefused> {
        let mut table = Self {
            rows: Rows::of(text),
            cells: Vec::new(),
            head: Vec::new(),
            line: 1,
        };
        table.read_head()?;
        // Some spreadsheets say in a line of its own what separates the cells.
        if table.head == ["sep="] {
            table.read_head()?;
        }
        match table.head.as_slice() {
            [only] => table.other_separator(only).map_or(Ok(table), Err),
            _ => Ok(table),
        }
    }

    fn read_head(&mut self) -> Result<(), TableRefused> {
        let row = self.rows.next_into(&mut self.cells);
        self.line = row.ok_or(TableRefused {
            line: 1,
            fault: TableFault::Empty,
        })??;
        // A tab would be trimmed away.
        let only = self.cells.len() == 1;
        let trim = |cell: &Cow<'_, str>| match only {
            true => cell.trim_matches(' ').to_owned(),
            false => cell.trim().to_owned(),
        };
        self.head = self.cells.iter().map(trim).collect();
        while self.head.last().is_some_and(String::is_empty) {
            self.head.pop();
        }
        Ok(())
    }

    /// The separator that is in this text rather than a comma.
    fn other_separator(&self, text: &str) -> Option<TableRefused> {
        let found = [';', '\t', '|']
            .into_iter()
            .max_by_key(|c| text.matches(*c).count());
        let found = found.filter(|c| text.contains(*c))?;
        Some(self.refused(TableFault::Separator(found)))
    }

    fn refused(&self, fault: TableFault) -> TableRefused {
        TableRefused {
            line: self.line,
            fault,
        }
    }

    /// The line of the names.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The names of the columns.
    pub fn head(&self) -> &[String] {
        &self.head
    }

    /// Where the one column is whose name is that.
    ///
    /// # Errors
    /// [`TableRefused`] where there are none or several.
    pub fn need(
        &self,
        name: &'static str,
        is: impl Fn(&str) -> bool,
    ) -> Result<usize, TableRefused> {
        self.may_have(name, is)?.ok_or_else(|| {
            let all = self.head.join("");
            let cuts = self.head.len().saturating_sub(1);
            self.other_separator(&all)
                .filter(|refused| match refused.fault {
                    TableFault::Separator(found) => all.matches(found).count() > cuts,
                    _ => false,
                })
                .unwrap_or_else(|| self.refused(TableFault::NoColumn(name)))
        })
    }

    /// Where the one column is whose name is that, if there is one.
    ///
    /// # Errors
    /// [`TableRefused`] where there are several.
    pub fn may_have(
        &self,
        name: &'static str,
        is: impl Fn(&str) -> bool,
    ) -> Result<Option<usize>, TableRefused> {
        let mut found = (0..).zip(&self.head).filter(|(_, head)| is(head));
        let first = found.next().map(|(column, _)| column);
        match found.next() {
            Some(_) => Err(self.refused(TableFault::ColumnTwice(name))),
            None => Ok(first),
        }
    }

    /// From now on, where this column is the last one, text that is not in quotation marks goes to
    /// the end of its line, commas included.
    pub fn text_column(&mut self, column: usize) {
        if column + 1 == self.head.len() {
            self.rows.text_to_the_end(column);
        }
    }

    /// The next row; `None` at the end. A row is refused that has more or fewer cells than columns.
    pub fn next_row(&mut self) -> Option<Result<Row<'_, 'a>, TableRefused>> {
        let line = match self.rows.next_into(&mut self.cells)? {
            Ok(line) => line,
            Err(mark) => return Some(Err(mark.into())),
        };
        let need = self.head.len();
        while self.cells.len() > need && self.cells.last().is_some_and(|cell| typed::is_blank(cell))
        {
            self.cells.pop();
        }
        if self.cells.len() != need {
            let have = self.cells.len();
            let fault = TableFault::Cells { have, need };
            return Some(Err(TableRefused { line, fault }));
        }
        let cells = self.cells.as_slice();
        Some(Ok(Row { line, cells }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<(usize, Vec<String>)>, TableRefused> {
        let mut table = Table::open(text)?;
        let mut found = Vec::new();
        while let Some(row) = table.next_row() {
            let row = row?;
            found.push((row.line, row.cells().map(str::to_owned).collect()));
        }
        Ok(found)
    }

    fn refused(text: &str) -> (usize, TableFault) {
        let refused = read(text).expect_err("refused");
        (refused.line, refused.fault)
    }

    #[test]
    fn what_a_spreadsheet_pads_with_is_ignored() {
        let want = vec![(2, vec!["Ada".to_owned(), "1 High Street".to_owned()])];
        for text in [
            "name,address\nAda,1 High Street\n",
            "name,address\nAda,1 High Street,\n,\n,,,\n\n",
            "name,address,,\n Ada ,1 High Street ,,\n",
            "name,address\r\n\"Ada\", \"1 High Street\" ,, \r\n",
        ] {
            assert_eq!(read(text), Ok(want.clone()), "{text}");
        }
        let named = read("sep=,\nname,address\nAda,1 High Street\n").unwrap();
        assert_eq!(named.len(), 1);
        assert_eq!(named[0].0, 3);
    }

    #[test]
    fn rows_that_do_not_fit_the_columns_are_refused_with_their_line() {
        let cells = |have, need| TableFault::Cells { have, need };
        assert_eq!(refused("a,b\n1,2\n1\n"), (3, cells(1, 2)));
        assert_eq!(refused("a,b\n1,2,3,\n"), (2, cells(3, 2)));
        assert_eq!(refused("a,b\n1,2,,3\n"), (2, cells(4, 2)));
        assert_eq!(refused("a,b\n\n1,\"2\n"), (3, TableFault::OpenMark));
        assert_eq!(refused("a,b\n1,2\"\n"), (2, TableFault::MarkInside));
        assert_eq!(refused(" ,\n"), (1, TableFault::Empty));
    }

    #[test]
    fn another_separator_is_named() {
        for (text, found) in [
            ("name;address\nAda;1\n", ';'),
            ("name\taddress\nAda\t1\n", '\t'),
            ("name|address\n", '|'),
            ("sep=;\nname;address\n", ';'),
        ] {
            assert_eq!(refused(text), (1, TableFault::Separator(found)), "{text}");
        }
        let table = Table::open("name;address;place, town\n").unwrap();
        let refused = table.need("name", |head| head == "name").unwrap_err();
        assert_eq!(refused.fault, TableFault::Separator(';'));
        let table = Table::open("who,where; when,why,how\n").unwrap();
        let refused = table.need("name", |head| head == "name").unwrap_err();
        assert_eq!(refused.fault, TableFault::NoColumn("name"));
        let table = Table::open("name,name\n").unwrap();
        let refused = table.need("name", |head| head == "name").unwrap_err();
        assert_eq!(refused.fault, TableFault::ColumnTwice("name"));
    }
}
