//! The META section: keys and values, read as numbers and money where asked.

use super::super::money::Pennies;
use super::lines::{header, points, refuse, section};
use super::rows::Rows;
use super::{PbReason, PbRefusal, Section};

/// The section as it stands.
pub(super) struct Meta {
    /// Where it opened: the line that its refusals name.
    pub line: usize,
    pub pairs: Vec<(String, String)>,
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
        let mut pairs = Vec::new();
        while let Some(row) = rows.next_row()? {
            match section(&row) {
                Some(Section::Projects) => {
                    return Ok((
                        Self {
                            line: first.line,
                            pairs,
                        },
                        row.line,
                    ));
                }
                Some(section) => return refuse(row.line, PbReason::SectionOrder { section }),
                None => {
                    let key = row.get(Some(0)).unwrap_or_default().to_owned();
                    if let Some(value) = row.get(Some(1)) {
                        pairs.push((key, value.to_owned()));
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

    fn bad(&self, field: &'static str, value: &str) -> PbRefusal {
        let reason = PbReason::BadNumber {
            field,
            value: value.to_owned(),
        };
        PbRefusal {
            line: self.line,
            reason,
        }
    }

    pub fn money(&self, key: &'static str) -> Result<Option<Pennies>, PbRefusal> {
        let read = |v| Pennies::parse(v).ok_or_else(|| self.bad(key, v));
        self.get(key).map(read).transpose()
    }

    pub fn number(&self, key: &'static str) -> Result<Option<u64>, PbRefusal> {
        let read = |v: &str| v.parse().map_err(|_| self.bad(key, v));
        self.get(key).map(read).transpose()
    }

    pub fn points(&self, key: &'static str, scale: u32) -> Result<Option<i32>, PbRefusal> {
        let read = |v| points(v, scale).ok_or_else(|| self.bad(key, v));
        self.get(key).map(read).transpose()
    }

    pub fn agrees(&self, key: &'static str, found: usize) -> Result<(), PbRefusal> {
        let found = found as u64;
        match self.number(key)? {
            Some(declared) if declared != found => refuse(
                self.line,
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
