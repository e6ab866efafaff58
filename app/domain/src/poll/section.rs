//! The parts of a poll that have a form, and so a version, of their own.
//!
//! Two officers who change two parts at one moment both keep what they wrote; two who change one
//! part see each other's. Deliberately not here: where versions are kept.

use serde::Deserialize;

use super::model::Poll;
use crate::edit::{AsRead, Version};
use crate::ids::{PollId, PollOptionId};

/// Where a poll is: its consultation's address name, and its number there.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
pub struct PollAddress {
    /// The address name of its consultation.
    pub slug: String,
    /// Its number within the consultation.
    pub number: i32,
}

/// A part of a poll that is changed by one form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// What is asked, and what a voter should know.
    Question,
    /// Of which kind it is.
    Kind,
    /// How ballots are marked and counted.
    Rule,
    /// Who may vote.
    Electorate,
    /// What the result is worth, and when it is seen.
    Weight,
    /// Who is on the register.
    Register,
}

impl Section {
    /// Every section.
    pub const ALL: [Self; 6] = [
        Self::Question,
        Self::Kind,
        Self::Rule,
        Self::Electorate,
        Self::Weight,
        Self::Register,
    ];

    /// Its word in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Kind => "kind",
            Self::Rule => "rule",
            Self::Electorate => "electorate",
            Self::Weight => "weight",
            Self::Register => "register",
        }
    }

    /// The section of this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.code() == code)
    }

    /// What its version is kept under.
    pub fn subject(self, poll: PollId) -> String {
        format!("poll/{poll}/{}", self.code())
    }
}

/// What the version of an option is kept under.
pub fn option_subject(option: PollOptionId) -> String {
    format!("poll-option/{option}")
}

/// What the versions of all its parts are kept under.
pub fn subjects(poll: &Poll) -> Vec<String> {
    let sections = Section::ALL.into_iter().map(|part| part.subject(poll.id));
    let options = poll.options.iter().map(|one| option_subject(one.id));
    sections.chain(options).collect()
}

/// A poll as somebody read it, with its register of this version. Its seed is not for reading.
pub fn as_read(poll: &Poll, register: Version) -> AsRead {
    let shown = Poll {
        seed: String::new(),
        ..poll.clone()
    };
    AsRead::of(&(shown, register))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_section_has_a_word_and_a_version_of_its_own() {
        let mut subjects: Vec<String> = Section::ALL
            .into_iter()
            .map(|section| section.subject(PollId(7)))
            .collect();
        subjects.push(option_subject(PollOptionId(7)));
        let all = subjects.len();
        subjects.sort_unstable();
        subjects.dedup();
        assert_eq!(subjects.len(), all);
        for section in Section::ALL {
            assert_eq!(Section::from_code(section.code()), Some(section));
        }
        assert_eq!(Section::from_code("options"), None);
    }
}
