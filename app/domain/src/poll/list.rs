//! The published list of ballots: all that is needed to count again, and nothing about a person.
//!
//! A voter's receipt holds their voting code and the commitment of the ballot as it was sent. The
//! list is in the order of the commitments, which are hashes: an order that gives nothing away. Its own
//! hash is in the record of what staff did. Invariant: no code, elector, time, channel or place is in it.

use serde::{Deserialize, Serialize};

use super::ballot::Choices;
use super::model::{Method, Poll};
use crate::code::Code;
use crate::digest::hash;

/// The name of this form of file.
pub const FORMAT: &str = "soundings-ballots/1";

/// A poll with every ballot, as published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BallotList {
    /// [`FORMAT`].
    pub format: String,
    /// The public address of the poll: part of every commitment.
    pub poll: String,
    /// What was asked.
    pub question: String,
    /// How ballots were marked, and are counted.
    pub method: Method,
    /// Whether the result was declared binding.
    pub binding: bool,
    /// Who could vote: `open`, `email`, `ward`, `register`.
    pub electorate: String,
    /// The SHA-256 of the seed, as shown while the poll was open.
    pub seed_hash: String,
    /// The seed of draws by lot.
    pub seed: String,
    /// What was on the paper.
    pub options: Vec<ListedOption>,
    /// The ballots, by commitment.
    pub ballots: Vec<ListedBallot>,
}

/// An option in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedOption {
    /// Its position on the paper, from 1.
    pub position: i32,
    /// Its name.
    pub name: String,
    /// What it costs, in pence.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cost: Option<u64>,
}

/// A ballot in the list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ListedBallot {
    /// See [`commitment`].
    pub commitment: String,
    /// [`Choices::text`].
    pub choices: String,
    /// Set aside as not one person's own: left out of the result, counted in the result with all.
    /// Lists published before this name was agreed say `quarantined`.
    #[serde(
        skip_serializing_if = "std::ops::Not::not",
        default,
        alias = "quarantined"
    )]
    pub set_aside: bool,
}

/// What a voter's receipt shows and the list publishes: the lower-case hexadecimal SHA-256 of the
/// poll's public address, the voting code in capitals without its dashes (O as 0, I and L as 1), and
/// the text of the choices, with a line feed between each.
pub fn commitment(poll: &str, code: &Code, choices: &Choices) -> String {
    of_text(poll, code, &choices.text())
}

fn of_text(poll: &str, code: &Code, choices: &str) -> String {
    let code = code.look_alikes_as_digits();
    hash(format!("{poll}\n{}\n{choices}", code.letters()))
}

/// What is wrong with a list itself, before its ballots are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub enum ListRefused {
    /// It is of another form than [`FORMAT`].
    Format,
    /// The seed is not the one whose hash was shown before.
    Seed,
    /// A ballot stands before one with a smaller commitment, or twice.
    Order {
        /// Its place, from 1.
        place: usize,
    },
}

impl BallotList {
    /// The list of a poll, put in its order.
    pub fn new(address: &str, poll: &Poll, mut ballots: Vec<ListedBallot>) -> Self {
        ballots.sort_unstable();
        Self {
            format: FORMAT.to_owned(),
            poll: address.to_owned(),
            question: poll.question.clone(),
            method: poll.method.clone(),
            binding: poll.binding,
            electorate: poll.electorate.code().to_owned(),
            seed_hash: poll.seed_hash.clone(),
            seed: poll.seed.clone(),
            options: poll
                .options
                .iter()
                .map(|one| ListedOption {
                    position: one.position,
                    name: one.name.clone(),
                    cost: one.cost,
                })
                .collect(),
            ballots,
        }
    }

    /// Whether the list is whole in itself: its form, its seed, its order.
    ///
    /// # Errors
    /// The first thing wrong.
    pub fn check(&self) -> Result<(), ListRefused> {
        if self.format != FORMAT {
            return Err(ListRefused::Format);
        }
        if hash(&self.seed) != self.seed_hash {
            return Err(ListRefused::Seed);
        }
        let mut before = "";
        for (place, ballot) in (1..).zip(&self.ballots) {
            if ballot.commitment.as_str() <= before {
                return Err(ListRefused::Order { place });
            }
            before = &ballot.commitment;
        }
        Ok(())
    }

    /// The place, from 1, and the ballot that was cast with this voting code.
    pub fn find(&self, code: &Code) -> Option<(usize, &ListedBallot)> {
        (1..)
            .zip(&self.ballots)
            .find(|(_, ballot)| ballot.commitment == of_text(&self.poll, code, &ballot.choices))
    }

    /// The poll that the ballots of this list are checked against.
    pub fn as_poll(&self) -> Poll {
        use crate::ids::{ConsultationId, PollId, PollOptionId};
        Poll {
            id: PollId(0),
            consultation: ConsultationId(0),
            number: 0,
            question: self.question.clone(),
            help: String::new(),
            method: self.method.clone(),
            electorate: super::Electorate::Open,
            binding: self.binding,
            options: self
                .options
                .iter()
                .map(|one| super::PollOption {
                    id: PollOptionId(0),
                    position: one.position,
                    name: one.name.clone(),
                    description: String::new(),
                    cost: one.cost,
                    area: None,
                    picture: None,
                })
                .collect(),
            seed_hash: self.seed_hash.clone(),
            seed: self.seed.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commitment_of_a_code_and_its_choices_is_the_one_published_so_far() {
        let poll = "/consultations/crossing/polls/1";
        for typed in ["0O1I-LABC-DEFG-HJKM", "0o1i\u{2011}labc\u{2013}defg hjkm."] {
            assert_eq!(
                of_text(poll, &Code::typed(typed), "1:1 2:1"),
                "6c6fc23fec2ef63a231bc4b417faca518f6c2ed26bf40a610ef612e86f128900"
            );
        }
    }
}
