//! Rows of a file in which cells are set apart by a separator (RFC 4180), with the line each begins
//! on. The only place where such a file is taken apart.
//!
//! A cell may stand in quotation marks and hold line ends, separators and doubled marks. A mark that
//! is not closed where its cell ends is refused, with the line where it opens: readers that take the
//! end of the file for a closing mark lose every row behind it. Rows with nothing in them are
//! skipped. A cell is borrowed from the text unless it has doubled marks: a file of 30 MB is read
//! without a copy. What the cells mean is not here; columns are in `table`.

use std::borrow::Cow;

use crate::typed;

/// The rows of a text.
#[derive(Clone)]
pub struct Rows<'a> {
    rest: &'a str,
    line: usize,
    last: usize,
    separator: char,
    marks_inside: bool,
    text_column: Option<usize>,
}

/// A quotation mark out of place, and the line it is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It opens a cell and is not closed where the cell ends.
    Open(usize),
    /// It is within a cell that does not begin with one.
    Inside(usize),
}

impl<'a> Rows<'a> {
    /// The rows of a text ([`crate::text::plain`]) with commas.
    pub fn of(text: &'a str) -> Self {
        Self {
            rest: text,
            line: 1,
            last: 0,
            separator: ',',
            marks_inside: false,
            text_column: None,
        }
    }

    /// With another separator.
    #[must_use]
    pub fn separated_by(self, separator: char) -> Self {
        Self { separator, ..self }
    }

    /// A mark within a cell that does not begin with one is a letter like any other.
    #[must_use]
    pub fn with_marks_inside(self) -> Self {
        let marks_inside = true;
        Self {
            marks_inside,
            ..self
        }
    }

    /// From now on this column is the last and holds text: where it is not in quotation marks, it
    /// goes to the end of its line, separators and marks included.
    pub fn text_to_the_end(&mut self, column: usize) {
        self.text_column = Some(column);
    }

    /// The last line that was read; 0 before the first.
    pub fn last_line(&self) -> usize {
        self.last
    }

    /// The next row that has anything in it into `cells`, and its line; `None` at the end.
    pub fn next_into(&mut self, cells: &mut Vec<Cow<'a, str>>) -> Option<Result<usize, Mark>> {
        loop {
            cells.clear();
            if self.rest.is_empty() {
                return None;
            }
            let line = self.line;
            if let Err(mark) = self.row(cells) {
                return Some(Err(mark));
            }
            if cells.iter().any(|cell| !typed::is_blank(cell)) {
                return Some(Ok(line));
            }
        }
    }

    /// One row, to the end of its line.
    fn row(&mut self, cells: &mut Vec<Cow<'a, str>>) -> Result<(), Mark> {
        loop {
            let space = |c: char| c == ' ' || (c == '\t' && self.separator != '\t');
            let start = match self.marks_inside {
                true => self.rest,
                false => self.rest.trim_start_matches(space),
            };
            let cell = if let Some(quoted) = start.strip_prefix('"') {
                let opened = Mark::Open(self.line);
                let (cell, after) = quoted_cell(quoted).ok_or(opened)?;
                self.line += cell.matches('\n').count();
                self.rest = after.trim_start_matches(space);
                if !self.rest.is_empty() && !self.at_end_of_cell() {
                    return Err(opened);
                }
                cell
            } else {
                let text = self.text_column == Some(cells.len());
                let ends = |c: char| c == '\n' || (c == self.separator && !text);
                let end = self.rest.find(ends).unwrap_or(self.rest.len());
                let (cell, after) = self.rest.split_at_checked(end).unwrap_or_default();
                self.rest = after;
                let cell = match after.starts_with(self.separator) {
                    true => cell,
                    false => cell.strip_suffix('\r').unwrap_or(cell),
                };
                let padding = |c: char| c == self.separator || c.is_whitespace();
                if text {
                    Cow::Borrowed(cell.trim_end_matches(padding))
                } else if cell.contains('"') && !self.marks_inside {
                    return Err(Mark::Inside(self.line));
                } else {
                    Cow::Borrowed(cell)
                }
            };
            cells.push(cell);
            if let Some(rest) = self.rest.strip_prefix(self.separator) {
                self.rest = rest;
                continue;
            }
            self.last = self.line;
            let end = self.rest.strip_prefix('\r').unwrap_or(self.rest);
            if let Some(rest) = end.strip_prefix('\n') {
                self.rest = rest;
                self.line += 1;
            } else {
                self.rest = "";
            }
            return Ok(());
        }
    }

    fn at_end_of_cell(&self) -> bool {
        self.rest.starts_with([self.separator, '\n']) || self.rest.starts_with("\r\n")
    }
}

/// A cell after its opening mark, and what follows its closing mark.
fn quoted_cell(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let mut from = 0;
    let mut doubled = false;
    loop {
        let at = from + text.get(from..)?.find('"')?;
        let after = text.get(at + 1..)?;
        if after.starts_with('"') {
            doubled = true;
            from = at + 2;
            continue;
        }
        let cell = text.get(..at)?;
        let cell = if doubled {
            Cow::Owned(cell.replace("\"\"", "\""))
        } else {
            Cow::Borrowed(cell)
        };
        return Some((cell, after));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Read = Result<Vec<(usize, Vec<String>)>, Mark>;

    fn all(mut rows: Rows<'_>) -> Read {
        let (mut found, mut cells) = (Vec::new(), Vec::new());
        while let Some(row) = rows.next_into(&mut cells) {
            found.push((row?, cells.iter().map(|cell| cell.to_string()).collect()));
        }
        Ok(found)
    }

    fn strings(row: &[&str]) -> Vec<String> {
        row.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn cells_in_marks_hold_separators_marks_and_line_ends() {
        let text = "a, \"b, \"\"c\"\"\nd\" ,\r\n\n , ,\ne,f";
        assert_eq!(
            all(Rows::of(text)),
            Ok(vec![
                (1, strings(&["a", "b, \"c\"\nd", ""])),
                (5, strings(&["e", "f"])),
            ])
        );
    }

    #[test]
    fn a_mark_that_is_not_closed_where_its_cell_ends_is_refused_where_it_opens() {
        for text in [
            "name,address\nAda,\"1 High Street\nBea,2 High Street\n",
            "name,address\nAda,\"1 High Street\nBea,\"2 High Street\"\n",
            "name,address\nAda,\"1 High Street\nBea,2 High Street\n\"Cy\",3 High Street\n",
            "name,address\n\"Ada\" Byron,1 High Street\n",
            "name,address\nAda,\"",
            "name,address\nAda,\"1 High Street\"\"\n",
        ] {
            assert_eq!(all(Rows::of(text)), Err(Mark::Open(2)), "{text}");
        }
        let within = "\na,\"b\nc\",\"d\n";
        assert_eq!(all(Rows::of(within)), Err(Mark::Open(3)));
    }

    #[test]
    fn a_mark_inside_a_cell_is_refused_or_a_letter_as_the_format_has_it() {
        let text = "a,b \"c\" d,1\"\n";
        assert_eq!(all(Rows::of(text)), Err(Mark::Inside(1)));
        assert_eq!(
            all(Rows::of(text).with_marks_inside()),
            Ok(vec![(1, strings(&["a", "b \"c\" d", "1\""]))])
        );
    }

    #[test]
    fn text_in_the_last_column_goes_to_the_end_of_its_line() {
        let mut rows =
            Rows::of("1,Trees, \"old\" benches, and shade\r\n2,\"a, b\"\n3,c,,\n4,d, ,\n");
        rows.text_to_the_end(1);
        assert_eq!(
            all(rows),
            Ok(vec![
                (1, strings(&["1", "Trees, \"old\" benches, and shade"])),
                (2, strings(&["2", "a, b"])),
                (3, strings(&["3", "c"])),
                (4, strings(&["4", "d"])),
            ])
        );
        let mut rows = Rows::of("1,\"Trees\", and shade\n");
        rows.text_to_the_end(1);
        let more = strings(&["1", "Trees", " and shade"]);
        assert_eq!(all(rows), Ok(vec![(1, more)]));
    }
}
