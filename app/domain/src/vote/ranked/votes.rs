//! Votes as fixed-point numbers: nine decimal places, exact, never floating.
//!
//! Whole votes, the five places of the Scottish rules and the nine of Meek all fit, so that a
//! stage adds up to the last place. Not here: rounding, which belongs to the rule that asks for it.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub, SubAssign};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Billionths in one vote.
pub(super) const UNIT: i128 = 1_000_000_000;
/// Billionths in one hundred-thousandth, the unit of the Scottish rules.
const PER_HUNDRED_THOUSANDTH: i128 = 10_000;

/// A number of votes, counted in billionths.
///
/// In JSON a plain number: whole when it is whole, else with its decimals, which a double holds to
/// all nine places up to a million votes, and to the five of the Scottish rules far beyond.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Votes(i128);

impl Votes {
    /// No votes.
    pub const ZERO: Self = Self(0);

    /// This many whole votes.
    #[must_use]
    pub const fn whole(votes: u64) -> Self {
        Self(votes as i128 * UNIT)
    }

    /// From billionths of a vote.
    #[must_use]
    pub const fn billionths(billionths: i128) -> Self {
        Self(billionths)
    }

    /// From hundred-thousandths of a vote.
    #[must_use]
    pub const fn hundred_thousandths(units: u64) -> Self {
        Self(units as i128 * PER_HUNDRED_THOUSANDTH)
    }

    /// In billionths of a vote.
    #[must_use]
    pub const fn as_billionths(self) -> i128 {
        self.0
    }
}

impl Add for Votes {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Votes {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Votes {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl SubAssign for Votes {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Sum for Votes {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Votes {
    /// Decimal; with a precision (`{:.5}`) cut after that many places, without one all nine places
    /// less their trailing noughts.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.0.unsigned_abs();
        let unit = UNIT.unsigned_abs();
        let decimals = format!("{:09}", size % unit);
        let decimals = match out.precision() {
            Some(places) => decimals.get(..places.min(9)).unwrap_or_default(),
            None => decimals.trim_end_matches('0'),
        };
        let sign = if self.0 < 0 { "-" } else { "" };
        let point = if decimals.is_empty() { "" } else { "." };
        out.pad_integral(true, "", &format!("{sign}{}{point}{decimals}", size / unit))
    }
}

impl fmt::Debug for Votes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{self}")
    }
}

impl Serialize for Votes {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if self.0 % UNIT == 0 {
            to.serialize_i64(i64::try_from(self.0 / UNIT).unwrap_or(i64::MAX))
        } else {
            to.serialize_f64(self.0 as f64 / UNIT as f64)
        }
    }
}

impl<'de> Deserialize<'de> for Votes {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let votes = f64::deserialize(from)?;
        Ok(Self((votes * UNIT as f64).round() as i128))
    }
}
