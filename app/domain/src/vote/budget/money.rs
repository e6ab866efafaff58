//! Money of a budget, in whole minor units: reading it from a decimal, writing it back.
//!
//! Not here: currencies and their names. Invariant: no amount is ever rounded; an amount with more
//! than two decimals is refused.

use std::fmt;

use serde::{Serialize, Serializer};

/// An amount in minor units (pennies, cents, grosze): a hundredth of the currency's unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pennies(u64);

/// The largest amount held: a thousand million million minor units, exact as a 64-bit float too.
pub const MOST: u64 = 1_000_000_000_000_000;

impl Pennies {
    /// `None` above [`MOST`].
    pub fn new(minor_units: u64) -> Option<Self> {
        (minor_units <= MOST).then_some(Self(minor_units))
    }

    /// Minor units.
    pub fn minor(self) -> u64 {
        self.0
    }

    /// Reads `1734355.54` or `1734355,54`: digits, then at most two decimals that matter.
    /// `None` for anything else, a sign included.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (whole, decimals) = text.split_once(['.', ',']).unwrap_or((text, ""));
        let decimals = decimals.trim_end_matches('0');
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || decimals.len() > 2 || !digits(whole) || !digits(decimals) {
            return None;
        }
        let hundredths: u64 = match decimals.len() {
            0 => 0,
            1 => decimals.parse::<u64>().ok()? * 10,
            _ => decimals.parse().ok()?,
        };
        let units: u64 = whole.parse().ok()?;
        Self::new(units.checked_mul(100)?.checked_add(hundredths)?)
    }

    /// `None` when `other` is more than there is.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// The sum of many amounts; wide, so that it cannot overflow.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> u128 {
        amounts.into_iter().map(|a| u128::from(a.0)).sum()
    }
}

impl fmt::Display for Pennies {
    /// `1000`, or `1000.50` when there are minor units.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (units, hundredths) = (self.0 / 100, self.0 % 100);
        if hundredths == 0 {
            write!(f, "{units}")
        } else {
            write!(f, "{units}.{hundredths:02}")
        }
    }
}

impl Serialize for Pennies {
    /// A JSON number in the currency's unit, whole where it is whole. Exact: see [`MOST`].
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_multiple_of(100) {
            serializer.serialize_u64(self.0 / 100)
        } else {
            serializer.serialize_f64(self.0 as f64 / 100.0)
        }
    }
}
