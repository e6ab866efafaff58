//! The matrix of votes: participants × statements, kept sparse.
//!
//! Invariant: rows and columns are in the order of their ids and each cell holds one vote, the
//! latest, so that the order in which votes came in changes nothing, to the last bit.
#![allow(
    clippy::indexing_slicing,
    reason = "places of people and statements are those the builder gave out"
)]

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::vote::statement::Vote;

/// Who voted: the number in the file or the table.
pub type Person = i64;
/// Which statement: the number in the file or the table.
pub type Statement = i64;

/// Whether a statement may be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Moderation {
    /// A moderator let it stand.
    Accepted,
    /// Nobody has looked yet.
    #[default]
    Unmoderated,
    /// A moderator took it out.
    Rejected,
}

/// What is known of a statement besides its votes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Whether it may be shown.
    pub moderation: Moderation,
    /// A question about the voter rather than an opinion: never used to form groups.
    pub meta: bool,
}

/// One vote of one person on one statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cast {
    /// Who.
    pub person: Person,
    /// On what.
    pub statement: Statement,
    /// +1 agree, −1 disagree, 0 pass.
    pub value: i8,
}

impl Cast {
    /// A vote of the domain's type.
    pub fn new(person: Person, statement: Statement, vote: Vote) -> Self {
        let value = match vote {
            Vote::Agree => 1,
            Vote::Disagree => -1,
            Vote::Pass => 0,
        };
        Cast {
            person,
            statement,
            value,
        }
    }
}

/// Participants × statements, the latest vote in each cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VoteMatrix {
    people: Vec<Person>,
    statements: Vec<Statement>,
    about: Vec<About>,
    /// Where each row starts in `cells`; one more than there are people.
    starts: Vec<usize>,
    /// `column × 4 + (value + 1)`, by row, by column.
    cells: Vec<u32>,
}

/// A cell of the matrix as code: column and value in one number.
pub(super) fn code(column: usize, value: i8) -> u32 {
    let value = match value {
        1.. => 2,
        0 => 1,
        _ => 0,
    };
    u32::try_from(column).unwrap_or(u32::MAX >> 2) << 2 | value
}

/// Column and value of a cell.
pub(super) fn decode(cell: u32) -> (usize, i8) {
    let value = match cell & 3 {
        0 => -1,
        1 => 0,
        _ => 1,
    };
    ((cell >> 2) as usize, value)
}

impl VoteMatrix {
    /// A matrix of votes in the order they were cast: of several by one person on one statement the
    /// last counts.
    pub fn from_votes(votes: impl IntoIterator<Item = Cast>) -> Self {
        Self::default().with_votes(votes)
    }

    /// The same matrix after more votes, in the order they were cast.
    #[must_use]
    pub fn with_votes(&self, votes: impl IntoIterator<Item = Cast>) -> Self {
        let mut new: Vec<Cast> = votes.into_iter().collect();
        // Stable: among equals the order of vote stays, and the last is kept below.
        new.sort_by_key(|cast| (cast.person, cast.statement));
        let mut people: Vec<Person> = new.iter().map(|cast| cast.person).collect();
        people.dedup();
        let mut statements: Vec<Statement> = new.iter().map(|cast| cast.statement).collect();
        let mut wider = self.with_people(people);
        statements.sort_unstable();
        statements.dedup();
        wider = wider.with_statements(statements.into_iter().map(|id| (id, None)));
        if new.is_empty() {
            return wider;
        }
        let mut cells = Vec::with_capacity(wider.cells.len() + new.len());
        let mut starts = Vec::with_capacity(wider.starts.len());
        let mut later = new.iter().peekable();
        let mut row: Vec<u32> = Vec::new();
        for (place, person) in wider.people.iter().enumerate() {
            starts.push(cells.len());
            let old = wider.row(place);
            if later.peek().is_none_or(|cast| cast.person != *person) {
                cells.extend_from_slice(old);
                continue;
            }
            row.clear();
            while let Some(cast) = later.next_if(|cast| cast.person == *person) {
                let Some(column) = wider.column(cast.statement) else {
                    continue;
                };
                let cell = code(column, cast.value);
                match row.last_mut() {
                    Some(last) if *last >> 2 == cell >> 2 => *last = cell,
                    _ => row.push(cell),
                }
            }
            let mut kept = old.iter().copied().peekable();
            for cell in row.iter().copied() {
                while let Some(before) = kept.next_if(|old| old >> 2 < cell >> 2) {
                    cells.push(before);
                }
                let _replaced = kept.next_if(|old| old >> 2 == cell >> 2);
                cells.push(cell);
            }
            cells.extend(kept);
        }
        starts.push(cells.len());
        wider.cells = cells;
        wider.starts = starts;
        wider
    }

    /// The same matrix with rows for these people too, with or without votes.
    #[must_use]
    pub fn with_people(&self, people: impl IntoIterator<Item = Person>) -> Self {
        let mut all = self.people.clone();
        all.extend(people);
        all.sort_unstable();
        all.dedup();
        let mut starts = Vec::with_capacity(all.len() + 1);
        let mut old = 0;
        for person in &all {
            starts.push(self.starts.get(old).copied().unwrap_or(self.cells.len()));
            if self.people.get(old) == Some(person) {
                old += 1;
            }
        }
        starts.push(self.cells.len());
        VoteMatrix {
            people: all,
            starts,
            statements: self.statements.clone(),
            about: self.about.clone(),
            cells: self.cells.clone(),
        }
    }

    /// The same matrix with columns for these statements too, and what is known of them; `None`
    /// leaves what was known.
    #[must_use]
    pub fn with_statements(
        &self,
        statements: impl IntoIterator<Item = (Statement, Option<About>)>,
    ) -> Self {
        let mut known: BTreeMap<Statement, About> = self
            .statements
            .iter()
            .copied()
            .zip(self.about.iter().copied())
            .collect();
        for (id, about) in statements {
            let entry = known.entry(id).or_default();
            if let Some(about) = about {
                *entry = about;
            }
        }
        let statements: Vec<Statement> = known.keys().copied().collect();
        let about: Vec<About> = known.values().copied().collect();
        let mut cells = self.cells.clone();
        if statements.len() != self.statements.len() {
            let moved: Vec<u32> = self
                .statements
                .iter()
                .map(|id| statements.partition_point(|other| other < id))
                .map(|place| u32::try_from(place).unwrap_or(u32::MAX >> 2))
                .collect();
            for cell in &mut cells {
                *cell = moved[(*cell >> 2) as usize] << 2 | (*cell & 3);
            }
        }
        VoteMatrix {
            statements,
            about,
            cells,
            people: self.people.clone(),
            starts: self.starts.clone(),
        }
    }

    /// The people, by id: the rows.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// The statements, by id: the columns.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// What is known of the statements, in the order of the columns.
    pub fn about(&self) -> &[About] {
        &self.about
    }

    /// How many votes: agree, disagree and pass.
    pub fn votes(&self) -> usize {
        self.cells.len()
    }

    /// The votes of the person in this row: column and value.
    pub fn votes_of(&self, row: usize) -> impl Iterator<Item = (usize, i8)> + '_ {
        self.row(row).iter().map(|cell| decode(*cell))
    }

    /// Every vote.
    pub fn casts(&self) -> impl Iterator<Item = Cast> + '_ {
        self.people
            .iter()
            .enumerate()
            .flat_map(move |(row, person)| {
                self.votes_of(row).map(move |(column, value)| Cast {
                    person: *person,
                    statement: self.statements[column],
                    value,
                })
            })
    }

    /// The cells of a row, as [`code`].
    pub(super) fn row(&self, row: usize) -> &[u32] {
        match (self.starts.get(row), self.starts.get(row + 1)) {
            (Some(start), Some(end)) => self.cells.get(*start..*end).unwrap_or_default(),
            _ => &[],
        }
    }

    /// Where a statement's column is.
    pub fn column(&self, statement: Statement) -> Option<usize> {
        self.statements.binary_search(&statement).ok()
    }

    /// Where a person's row is.
    pub fn row_of(&self, person: Person) -> Option<usize> {
        self.people.binary_search(&person).ok()
    }

    /// Which columns are left out: rejected and meta, and with `strict` those nobody moderated.
    pub fn hidden(&self, strict: bool) -> Vec<bool> {
        self.about
            .iter()
            .map(|about| {
                about.meta
                    || match about.moderation {
                        Moderation::Rejected => true,
                        Moderation::Unmoderated => strict,
                        Moderation::Accepted => false,
                    }
            })
            .collect()
    }
}
