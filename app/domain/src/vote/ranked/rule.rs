//! The names of the rules.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A rule by which ranked ballots are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Single transferable vote of Scottish council elections: SSI 2011/399, schedule 1.
    StvScotland,
    /// Single transferable vote by Meek's method: Hill, Wichmann and Woodall, *Algorithm 123*.
    Meek,
    /// Instant run-off: one seat, majority of the ballots still in play.
    Irv,
    /// Schulze's method by margins: one seat.
    Schulze,
    /// Tideman's ranked pairs by margins: one seat.
    RankedPairs,
    /// Borda's points: a report, which elects nobody.
    Borda,
    /// Every candidate ranked counts as approved, whatever the rank.
    Approval,
}

impl Rule {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 7] = [
        Self::StvScotland,
        Self::Meek,
        Self::Irv,
        Self::Schulze,
        Self::RankedPairs,
        Self::Borda,
        Self::Approval,
    ];

    /// The name on the command line and in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::StvScotland => "stv-scotland",
            Self::Meek => "meek",
            Self::Irv => "irv",
            Self::Schulze => "schulze",
            Self::RankedPairs => "ranked-pairs",
            Self::Borda => "borda",
            Self::Approval => "approval",
        }
    }

    /// Whether the rule fills one seat whatever the election has.
    #[must_use]
    pub const fn fills_one_seat(self) -> bool {
        matches!(self, Self::Irv | Self::Schulze | Self::RankedPairs)
    }
}

/// No rule has this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("UnknownRule")]
pub struct UnknownRule;

impl FromStr for Rule {
    type Err = UnknownRule;
    /// Takes `_` for `-` and capitals too.
    fn from_str(name: &str) -> Result<Self, UnknownRule> {
        let name = name.to_ascii_lowercase().replace('_', "-");
        Self::ALL
            .into_iter()
            .find(|rule| rule.as_str() == name)
            .ok_or(UnknownRule)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}
