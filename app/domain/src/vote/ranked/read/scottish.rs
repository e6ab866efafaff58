//! The CSV in which the ballots of Scottish council elections are collected (MGGG, `scot-elex`).
//!
//! First row `candidates,seats,`; then a row a ranking, `count,first,second,…,`; then a row a
//! candidate, `"Candidate n","name","party",`; last the ward. Every row may end with a comma.

use super::super::election::{Candidate, Election, Gather, check_shape};
use super::{ReadError, Reason};

/// Reads such a file.
///
/// # Errors
/// [`ReadError`] with the line and the reason.
pub fn scottish_csv(text: &str) -> Result<Election, ReadError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut rows = (1..)
        .zip(text.lines())
        .filter(|(_, row)| !row.trim().is_empty())
        .peekable();
    let (first, header) = rows.next().ok_or(ReadError::at(1, Reason::Empty))?;
    let mut numbers = plain(header).map(str::parse::<u32>);
    let (Some(Ok(candidates)), Some(Ok(seats)), None) =
        (numbers.next(), numbers.next(), numbers.next())
    else {
        return Err(ReadError::at(first, Reason::BadHeader));
    };
    let count = candidates as usize;
    check_shape(count, seats).map_err(|refused| ReadError::at(first, refused.into()))?;

    let mut gather = Gather::new(count);
    let mut ranking = Vec::new();
    let mut last = first;
    while let Some((line, row)) = rows.next_if(|(_, row)| !names_somebody(row)) {
        let papers = ballot(row, &mut ranking).map_err(|reason| ReadError::at(line, reason))?;
        gather
            .push(papers, &ranking)
            .map_err(|fault| ReadError::at(line, fault.into()))?;
        last = line;
    }

    let mut named: Vec<Option<Candidate>> = vec![None; count];
    let mut title = None;
    for (line, row) in rows {
        last = line;
        let fields = quoted(row).ok_or(ReadError::at(line, Reason::BadName))?;
        let number = fields
            .first()
            .and_then(|field| field.strip_prefix("Candidate "));
        match (number, fields.as_slice()) {
            _ if title.is_some() => return Err(ReadError::at(line, Reason::TrailingText)),
            (Some(number), [_, name, party @ ..]) if party.len() <= 1 => {
                let place = number
                    .parse::<usize>()
                    .ok()
                    .and_then(|number| number.checked_sub(1));
                let slot = place.and_then(|place| named.get_mut(place));
                let slot = slot.ok_or(ReadError::at(line, Reason::BadName))?;
                if slot.is_some() || name.trim().is_empty() {
                    return Err(ReadError::at(line, Reason::BadName));
                }
                let party = party.first().filter(|party| !party.is_empty()).cloned();
                *slot = Some(Candidate {
                    name: name.clone(),
                    party,
                    withdrawn: false,
                });
            }
            (_, [ward]) => title = Some(ward.clone()),
            _ => return Err(ReadError::at(line, Reason::BadName)),
        }
    }
    let candidates: Option<Vec<Candidate>> = named.into_iter().collect();
    let candidates = candidates.ok_or(ReadError::at(last, Reason::MissingName))?;
    gather
        .finish(title, seats, candidates)
        .map_err(|refused| ReadError::at(last, refused.into()))
}

/// Whether the ballots are over. Spreadsheets drop quotation marks that are not needed.
fn names_somebody(row: &str) -> bool {
    let row = row.trim_start();
    row.starts_with('"') || row.starts_with("Candidate ")
}

/// The fields of a row of numbers, less one comma at the end.
fn plain(row: &str) -> impl Iterator<Item = &str> {
    let row = row.trim_end();
    row.strip_suffix(',')
        .unwrap_or(row)
        .split(',')
        .map(str::trim)
}

/// How many, with the preferences put in `ranking`.
fn ballot(row: &str, ranking: &mut Vec<u16>) -> Result<u64, Reason> {
    ranking.clear();
    let mut fields = plain(row);
    let count: u64 = fields
        .next()
        .and_then(|field| field.parse().ok())
        .ok_or(Reason::BadCount)?;
    if count == 0 {
        return Err(Reason::BadCount);
    }
    for field in fields {
        if field.contains('=') {
            return Err(Reason::EqualRanking);
        }
        let number: u16 = field.parse().map_err(|_| Reason::BadPreference)?;
        ranking.push(number.checked_sub(1).ok_or(Reason::BadPreference)?);
    }
    Ok(count)
}

/// The fields of a row of text, quoted or not, `""` for a quotation mark, less an empty one at the
/// end. Nothing if a quotation mark is out of place.
fn quoted(row: &str) -> Option<Vec<String>> {
    let mut fields = Vec::new();
    let mut rest = row.trim();
    loop {
        rest = rest.trim_start();
        let mut field = String::new();
        if let Some(mut body) = rest.strip_prefix('"') {
            loop {
                let (part, after) = body.split_once('"')?;
                field.push_str(part);
                let Some(more) = after.strip_prefix('"') else {
                    rest = after.trim_start();
                    break;
                };
                field.push('"');
                body = more;
            }
        } else {
            let end = rest.find(',').unwrap_or(rest.len());
            let (plain, after) = rest.split_at_checked(end)?;
            if plain.contains('"') {
                return None;
            }
            field.push_str(plain.trim_end());
            rest = after;
        }
        fields.push(field);
        match rest.strip_prefix(',') {
            Some("") => return Some(fields),
            Some(more) => rest = more,
            None if rest.is_empty() => return Some(fields),
            None => return None,
        }
    }
}
