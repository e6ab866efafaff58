//! The CSV in which the ballots of Scottish council elections are collected (MGGG, `scot-elex`).
//!
//! First row `candidates,seats,`; then a row a ranking, `count,first,second,…,`; then a row a
//! candidate, `"Candidate n","name","party",`; last the ward. Empty cells at the end of a row are
//! padding, and so are empty rows.

use std::borrow::Cow;

use super::super::election::{Candidate, Election, Gather, check_shape};
use super::{ReadError, Reason};
use crate::rows::{Mark, Rows};
use crate::text::plain;

/// Reads such a file.
///
/// # Errors
/// [`ReadError`] with the line and the reason.
pub fn scottish_csv(text: &str) -> Result<Election, ReadError> {
    let text = plain(text);
    let mut rows = Padded::of(&text);
    let first = rows.next()?.ok_or(ReadError::at(1, Reason::Empty))?;
    let [candidates, seats] = rows.cells.as_slice() else {
        return Err(ReadError::at(first, Reason::BadHeader));
    };
    let number = |cell: &str| {
        let number = cell.trim().parse::<u32>();
        number.map_err(|_| ReadError::at(first, Reason::BadHeader))
    };
    let (candidates, seats) = (number(candidates)?, number(seats)?);
    let count = candidates as usize;
    check_shape(count, seats).map_err(|refused| ReadError::at(first, refused.into()))?;

    let mut gather = Gather::new(count);
    let mut ranking = Vec::new();
    let mut named: Vec<Option<Candidate>> = vec![None; count];
    let mut title = None;
    let mut ballots_over = false;
    while let Some(line) = rows.next()? {
        let at = |reason| ReadError::at(line, reason);
        let cell = |place: usize| rows.cells.get(place).map_or("", |cell| cell.trim());
        let number = cell(0).strip_prefix("Candidate ");
        if number.is_none() && !ballots_over {
            let papers = ballot(&rows.cells, &mut ranking).map_err(at)?;
            gather
                .push(papers, &ranking)
                .map_err(|fault| at(fault.into()))?;
            continue;
        }
        ballots_over = true;
        if title.is_some() {
            return Err(at(Reason::TrailingText));
        }
        let Some(number) = number else {
            // A ballot here would be read as the name of the ward.
            if rows.cells.len() > 1 || cell(0).parse::<u64>().is_ok() {
                return Err(at(Reason::BadName));
            }
            title = Some(cell(0).to_owned());
            continue;
        };
        let place = number
            .trim()
            .parse::<usize>()
            .ok()
            .and_then(|number| number.checked_sub(1));
        let slot = place.and_then(|place| named.get_mut(place));
        let slot = slot.ok_or(at(Reason::BadName))?;
        if slot.is_some() || cell(1).is_empty() || rows.cells.len() > 3 {
            return Err(at(Reason::BadName));
        }
        *slot = Some(Candidate {
            name: cell(1).to_owned(),
            party: Some(cell(2).to_owned()).filter(|party| !party.is_empty()),
            withdrawn: false,
        });
    }
    let last = rows.line;
    let candidates: Option<Vec<Candidate>> = named.into_iter().collect();
    let candidates = candidates.ok_or(ReadError::at(last, Reason::MissingName))?;
    gather
        .finish(title, seats, candidates)
        .map_err(|refused| ReadError::at(last, refused.into()))
}

/// Rows without the empty cells at their end.
struct Padded<'a> {
    rows: Rows<'a>,
    cells: Vec<Cow<'a, str>>,
    /// The line of the last row.
    line: usize,
}

impl<'a> Padded<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            rows: Rows::of(text),
            cells: Vec::new(),
            line: 1,
        }
    }

    /// Whether there is another row, and its line.
    fn next(&mut self) -> Result<Option<usize>, ReadError> {
        match self.rows.next_into(&mut self.cells) {
            None => Ok(None),
            Some(Err(Mark::Open(line))) => Err(ReadError::at(line, Reason::OpenMark)),
            Some(Err(Mark::Inside(line))) => Err(ReadError::at(line, Reason::BadName)),
            Some(Ok(line)) => {
                while self.cells.last().is_some_and(|cell| cell.trim().is_empty()) {
                    self.cells.pop();
                }
                self.line = line;
                Ok(Some(line))
            }
        }
    }
}

/// How many, with the preferences put in `ranking`.
fn ballot(cells: &[Cow<'_, str>], ranking: &mut Vec<u16>) -> Result<u64, Reason> {
    ranking.clear();
    let mut cells = cells.iter().map(|cell| cell.trim());
    let count: u64 = cells
        .next()
        .and_then(|cell| cell.parse().ok())
        .ok_or(Reason::BadCount)?;
    if count == 0 {
        return Err(Reason::BadCount);
    }
    for cell in cells {
        if cell.contains('=') {
            return Err(Reason::EqualRanking);
        }
        let number: u16 = cell.parse().map_err(|_| Reason::BadPreference)?;
        ranking.push(number.checked_sub(1).ok_or(Reason::BadPreference)?);
    }
    Ok(count)
}
