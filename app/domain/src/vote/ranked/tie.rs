//! Ties: by the stages before, else by a lot that anyone can draw again.
//!
//! The lot of a candidate is the SHA-256 of the published seed, the stage, the reason for the draw
//! and the candidate's name, so it depends on neither the order of the ballots nor of the
//! candidates. The invariant: no tie is broken by chance without a [`Draw`] in the working.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::votes::Votes;

/// The published seed of the draws, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TieBreak {
    seed: String,
}

impl TieBreak {
    /// Draws from this seed; publish it before the close.
    #[must_use]
    pub fn seeded(seed: impl Into<String>) -> Self {
        Self { seed: seed.into() }
    }

    /// The seed.
    #[must_use]
    pub fn seed(&self) -> &str {
        &self.seed
    }

    /// The lot of one name: lower-case hexadecimal SHA-256 of `seed`, `stage`, `purpose` and
    /// `name`, a line feed between each. The lowest lot is drawn.
    #[must_use]
    pub fn lot(&self, stage: u32, purpose: Purpose, name: &str) -> String {
        let text = format!("{}\n{stage}\n{}\n{name}", self.seed, purpose.as_str());
        Sha256::digest(text)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}

/// What a draw decided: what happens to the one drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Is excluded.
    Exclude,
    /// Has their surplus transferred first.
    TransferFirst,
    /// Is elected first, of those elected at one stage.
    ElectFirst,
    /// Wins.
    Win,
    /// Has their victory locked first (ranked pairs).
    LockFirst,
}

impl Purpose {
    /// The word in the text whose hash is the lot, and in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exclude => "exclude",
            Self::TransferFirst => "transfer-first",
            Self::ElectFirst => "elect-first",
            Self::Win => "win",
            Self::LockFirst => "lock-first",
        }
    }
}

/// One draw by lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draw {
    /// The stage whose totals were tied.
    pub stage: u32,
    /// What the draw decided.
    pub purpose: Purpose,
    /// Those tied with their lots, lowest first: the first was drawn.
    pub lots: Vec<Lot>,
}

/// A name and its lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lot {
    /// Whose.
    pub name: String,
    /// Hexadecimal, see [`TieBreak::lot`].
    pub lot: String,
}

impl Draw {
    /// Draws among these; the first of [`Draw::lots`] is the one drawn.
    #[must_use]
    pub fn among(tie: &TieBreak, stage: u32, purpose: Purpose, names: Vec<String>) -> Self {
        let mut lots: Vec<Lot> = names
            .into_iter()
            .map(|name| Lot {
                lot: tie.lot(stage, purpose, &name),
                name,
            })
            .collect();
        lots.sort_by(|a, b| a.lot.cmp(&b.lot));
        Self {
            stage,
            purpose,
            lots,
        }
    }

    /// Who was drawn.
    #[must_use]
    pub fn drawn(&self) -> Option<&str> {
        self.lots.first().map(|lot| lot.name.as_str())
    }
}

/// Whether the tie looks for the most votes or the fewest.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Extreme {
    Most,
    Fewest,
}

impl Extreme {
    fn best(self, a: Votes, b: Votes) -> Ordering {
        match self {
            Self::Most => a.cmp(&b),
            Self::Fewest => b.cmp(&a),
        }
    }
}

/// Those of `tied` who are still level after looking back, stage by stage, most recent first, at
/// the most recent stage at which they were unequal (SSI 2011/399, schedule 1, on equal surpluses
/// and equal lowest).
pub(super) fn look_back(tied: &[usize], history: &[Vec<Votes>], extreme: Extreme) -> Vec<usize> {
    let mut level = tied.to_vec();
    for totals in history.iter().rev() {
        if level.len() < 2 {
            break;
        }
        let of = |candidate: &usize| totals.get(*candidate).copied().unwrap_or_default();
        if let Some(best) = level.iter().map(of).max_by(|a, b| extreme.best(*a, *b)) {
            level.retain(|candidate| of(candidate) == best);
        }
    }
    level
}
