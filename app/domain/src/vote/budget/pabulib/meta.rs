//! The META section: keys and values, read as numbers and money where asked.

use super::super::money::Pennies;
use super::lines::{header, money, points, refuse, section};
use super::rows::Rows;
use super::{PbReason, PbRefusal, Section};

/// The section as it stands.
pub(super) struct Meta {
    /// Where it opened: the line that is named where a key is missing.
    pub line: usize,
    pub pairs: Vec<(String, String)>,
    /// The line of each pair.
    lines: Vec<usize>,
}

impl Meta {
    /// The section, and the line where PROJECTS opened.
    pub fn read(rows: &mut Rows<'_>) -> Result<(Self, usize), PbRefusal> {
        let Some(first) = rows.next_row()? else {
            return refuse(1, PbReason::Empty);
        };
        match section(&first) {
            Some(Section::Meta) => {}
            Some(section) => return refuse(first.line, PbReason::SectionOrder { section }),
            None => return refuse(first.line, PbReason::NoSection),
        }
        header(rows, Section::Meta)?;
        let (mut pairs, mut lines) = (Vec::new(), Vec::new());
        while let Some(row) = rows.next_row()? {
            match section(&row) {
                Some(Section::Projects) => {
                    return Ok((
                        Self {
                            line: first.line,
                            pairs,
                            lines,
                        },
                        row.line,
                    ));
                }
                Some(section) => return refuse(row.line, PbReason::SectionOrder { section }),
                None => {
                    let key = row.get(Some(0)).unwrap_or_default().to_owned();
                    if let Some(value) = row.get(Some(1)) {
                        pairs.push((key, value.to_owned()));
                        lines.push(row.line);
                    }
                }
            }
        }
        refuse(
            rows.line(),
            PbReason::SectionMissing {
                section: Section::Projects,
            },
        )
    }

    pub fn get(&self, key: &str) -> Option<&str> {
        self.pairs
            .iter()
            .rev()
            .find(|(k, _)| k == key)
            .map(|(_, v)| v.as_str())
    }

    pub fn lacks(&self, key: &'static str) -> PbRefusal {
        PbRefusal {
            line: self.line,
            reason: PbReason::MetaMissing { key },
        }
    }

    /// A value and its line. Two lines that say two things of one key are refused.
    fn one(&self, key: &'static str) -> Result<Option<(usize, &str)>, PbRefusal> {
        let mut all = self
            .lines
            .iter()
            .zip(&self.pairs)
            .filter(|(_, (known, _))| known == key)
            .map(|(line, (_, value))| (*line, value.as_str()));
        let Some((first, value)) = all.next() else {
            return Ok(None);
        };
        match all.find(|(_, other)| *other != value) {
            Some((line, _)) => refuse(line, PbReason::MetaTwice { key, first }),
            None => Ok(Some((first, value))),
        }
    }

    /// The line of a key, or of the section.
    pub fn line_of(&self, key: &str) -> usize {
        let place = self.pairs.iter().rposition(|(known, _)| known == key);
        let line = place.and_then(|place| self.lines.get(place));
        line.copied().unwrap_or(self.line)
    }

    /// A value, read; where it can't be, the line is the one that it is on.
    fn read_as<T>(
        &self,
        key: &'static str,
        read: impl Fn(&str) -> Result<T, PbReason>,
    ) -> Result<Option<T>, PbRefusal> {
        let Some((line, value)) = self.one(key)? else {
            return Ok(None);
        };
        read(value)
            .map(Some)
            .map_err(|reason| PbRefusal { line, reason })
    }

    pub fn money(&self, key: &'static str) -> Result<Option<Pennies>, PbRefusal> {
        self.read_as(key, |value| money(key, value))
    }

    pub fn number(&self, key: &'static str) -> Result<Option<u64>, PbRefusal> {
        self.read_as(key, |value| value.parse().map_err(|_| bad(key, value)))
    }

    pub fn points(&self, key: &'static str, scale: u32) -> Result<Option<i32>, PbRefusal> {
        self.read_as(key, |value| {
            // Of a bound: thousands to some, decimals to others.
            let decimals = value.split_once('.').map_or("", |(_, decimals)| decimals);
            if decimals.len() == 3 {
                let value = value.to_owned();
                return Err(PbReason::Ambiguous { field: key, value });
            }
            points(value, scale).ok_or_else(|| bad(key, value))
        })
    }

    pub fn agrees(&self, key: &'static str, found: usize) -> Result<(), PbRefusal> {
        let found = found as u64;
        match self.number(key)? {
            Some(declared) if declared != found => refuse(
                self.line_of(key),
                PbReason::CountMismatch {
                    key,
                    declared,
                    found,
                },
            ),
            _ => Ok(()),
        }
    }
}

fn bad(field: &'static str, value: &str) -> PbReason {
    PbReason::BadNumber {
        field,
        value: value.to_owned(),
    }
}
