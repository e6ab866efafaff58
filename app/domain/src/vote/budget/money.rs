//! Money of a budget, in whole minor units: reading it from a decimal, writing it back.
//!
//! Not here: currencies and their names. Invariant: no amount is ever rounded, and none is read that
//! may mean two: three digits behind a separator are decimals to some and thousands to others.

use std::fmt;

use serde::{Serialize, Serializer};

/// An amount in minor units (pennies, cents, grosze): a hundredth of the currency's unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pennies(u64);

/// The largest amount held: a thousand million million minor units, exact as a 64-bit float too.
pub const MOST: u64 = 1_000_000_000_000_000;

/// Why a text is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum MoneyRefused {
    /// Digits set apart so that it may be decimals or thousands: `300,000`, `20.000`, `1,00`.
    #[error("decimals or thousands")]
    Ambiguous,
    /// Not digits, with a separator at most where one may be.
    #[error("not an amount")]
    NotAnAmount,
    /// More than [`MOST`].
    #[error("too much")]
    TooLarge,
}

/// Whether a text is digits and separators and nothing else.
fn separated(text: &str) -> bool {
    text.bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
}

impl Pennies {
    /// `None` above [`MOST`].
    pub fn new(minor_units: u64) -> Option<Self> {
        (minor_units <= MOST).then_some(Self(minor_units))
    }

    /// Minor units.
    pub fn minor(self) -> u64 {
        self.0
    }

    /// Reads the amount of a file: `1734355`, `1734355.5`, `1734355.54` or `1734355,54`. Digits, and
    /// behind one separator one or two decimals; thousands are never set apart.
    ///
    /// # Errors
    /// [`MoneyRefused`] for anything else, a sign and a currency included.
    pub fn parse(text: &str) -> Result<Self, MoneyRefused> {
        let text = text.trim();
        let (whole, decimals) = match text.split_once(['.', ',']) {
            Some((_, decimals)) if decimals.len() >= 3 && separated(text) => {
                return Err(MoneyRefused::Ambiguous);
            }
            Some((whole, decimals)) => (whole, Some(decimals)),
            None => (text, None),
        };
        if decimals.is_some_and(|decimals| !(1..=2).contains(&decimals.len())) {
            return Err(MoneyRefused::NotAnAmount);
        }
        Self::of_parts(whole, decimals.unwrap_or_default())
    }

    /// Reads an amount as people write pounds: `1234`, `1,234`, `1234.50`, `£1,234.50`. A comma
    /// stands before each three digits or nowhere, a point before two.
    ///
    /// # Errors
    /// [`MoneyRefused`] for anything else.
    pub fn typed(text: &str) -> Result<Self, MoneyRefused> {
        let text = text.trim();
        let text = text.strip_prefix('£').unwrap_or(text).trim_start();
        let (whole, decimals) = match text.split_once('.') {
            Some((whole, decimals)) if decimals.len() == 2 => (whole, decimals),
            Some(_) if separated(text) => return Err(MoneyRefused::Ambiguous),
            Some(_) => return Err(MoneyRefused::NotAnAmount),
            None => (text, ""),
        };
        let mut groups = whole.split(',');
        let first = groups.next().unwrap_or_default();
        let mut rest = groups.peekable();
        let grouped = rest.peek().is_some();
        if grouped && (!(1..=3).contains(&first.len()) || first.starts_with('0'))
            || !rest.all(|group| group.len() == 3)
        {
            return Err(match separated(text) {
                true => MoneyRefused::Ambiguous,
                false => MoneyRefused::NotAnAmount,
            });
        }
        Self::of_parts(&whole.replace(',', ""), decimals)
    }

    fn of_parts(whole: &str, decimals: &str) -> Result<Self, MoneyRefused> {
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(decimals) {
            return Err(MoneyRefused::NotAnAmount);
        }
        let number = |digits: &str| digits.parse::<u64>().map_err(|_| MoneyRefused::TooLarge);
        let hundredths = match decimals.len() {
            0 => 0,
            1 => number(decimals)? * 10,
            _ => number(decimals)?,
        };
        number(whole)?
            .checked_mul(100)
            .and_then(|units| units.checked_add(hundredths))
            .and_then(Self::new)
            .ok_or(MoneyRefused::TooLarge)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_amounts_of_a_file_have_no_thousands_set_apart() {
        for (text, minor) in [
            ("300000", 30_000_000),
            ("300000.00", 30_000_000),
            ("300000,00", 30_000_000),
            (" 1734355.5 ", 173_435_550),
            ("0,07", 7),
            ("0", 0),
        ] {
            assert_eq!(
                Pennies::parse(text).map(Pennies::minor),
                Ok(minor),
                "{text}"
            );
        }
        for text in [
            "300,000",
            "300.000",
            "1,234,567",
            "1.234.567",
            "1.234,56",
            "1,234.56",
            "0.000",
            "100.0000",
            "7.125",
        ] {
            assert_eq!(Pennies::parse(text), Err(MoneyRefused::Ambiguous), "{text}");
        }
        for text in [
            "",
            ".",
            "5.",
            ".5",
            "-1",
            "+1",
            "£300000",
            "300 000",
            "300'000",
            "1e5",
            "inf",
            "NaN",
            "12 000,000",
            "٣",
            "300000 zł",
        ] {
            assert_eq!(
                Pennies::parse(text),
                Err(MoneyRefused::NotAnAmount),
                "{text}"
            );
        }
        for text in [
            "10000000000001",
            "99999999999999999999",
            "18446744073709551615",
        ] {
            assert_eq!(Pennies::parse(text), Err(MoneyRefused::TooLarge), "{text}");
        }
    }

    #[test]
    fn what_people_type_has_commas_before_each_three_digits_or_none() {
        for (text, minor) in [
            ("1234", 123_400),
            ("1,234", 123_400),
            ("£1,234.50", 123_450),
            (" £ 12,345,678 ", 1_234_567_800),
            ("1234.50", 123_450),
            ("0.07", 7),
            ("200000", 20_000_000),
        ] {
            assert_eq!(
                Pennies::typed(text).map(Pennies::minor),
                Ok(minor),
                "{text}"
            );
        }
        for text in [
            "20.000",
            "1,00",
            "1,000,00",
            "6.200",
            "1,23,456",
            "1234,567",
            ",123",
            "1,",
            "0,500",
            "1.234,56",
            "1.234.567",
            "12.5",
            "12.",
            "1,2345",
            "1,,234",
        ] {
            assert_eq!(Pennies::typed(text), Err(MoneyRefused::Ambiguous), "{text}");
        }
        for text in [
            "", "£", "-1", "1 234", "twelve", "€5", "5£", "££5", "1e3", "£1,2a4",
        ] {
            assert_eq!(
                Pennies::typed(text),
                Err(MoneyRefused::NotAnAmount),
                "{text}"
            );
        }
        assert_eq!(
            Pennies::typed("10,000,000,000,001"),
            Err(MoneyRefused::TooLarge)
        );
    }
}
