//! A poll, an option and an elector as an officer describes them, before they are stored.

use super::model::{Electorate, Method};
use crate::ids::AreaId;
use crate::typed;

/// A poll as an officer describes it, with nothing on its paper yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPoll {
    /// What is asked.
    pub question: String,
    /// What a voter should know; Markdown.
    pub help: String,
    /// How ballots are marked and counted.
    pub method: Method,
    /// Who may vote.
    pub electorate: Electorate,
    /// Whether the result binds the owner.
    pub binding: bool,
}

impl NewPoll {
    /// As it begins: open to anybody, indicative.
    pub fn beginning(question: &str, method: Method) -> Self {
        Self {
            question: typed::trimmed(question).to_owned(),
            help: String::new(),
            method,
            electorate: Electorate::Open,
            binding: false,
        }
    }
}

/// An option as an officer describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewOption {
    /// Its name.
    pub name: String,
    /// A sentence or two.
    pub description: String,
    /// What it costs, in pence.
    pub cost: Option<u64>,
    /// The area it is for.
    pub area: Option<AreaId>,
    /// What its picture shows, where it has one.
    pub alt: String,
}

/// Somebody who may vote.
#[derive(Clone, PartialEq, Eq)]
pub struct NewElector {
    /// Their name.
    pub name: String,
    /// Their address, a line each.
    pub address: String,
}

impl std::fmt::Debug for NewElector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewElector(…)")
    }
}

/// Why a row of a register is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegisterRow {
    /// No name.
    NameMissing,
    /// No address.
    AddressMissing,
    /// Too long.
    TooLong,
    /// The same person at the same address is further up, and no note tells the two apart.
    Twice {
        /// The line where they are first.
        first: usize,
    },
    /// Not as many cells as columns.
    Cells {
        /// How many there are.
        have: usize,
        /// How many there should be.
        need: usize,
    },
}
