//! What is stored and can't be read is a fault, never empty.

use std::fmt::Display;

use jiff::Timestamp;
use sea_orm::DbErr;

/// The meaning of a stored word, or the fault that it has none. `of` says what holds it.
///
/// # Errors
/// Where nothing was found for it.
pub fn stored<T>(found: Option<T>, of: impl Display, word: &str) -> Result<T, DbErr> {
    found.ok_or_else(|| DbErr::Custom(format!("{of} holds “{word}”, which can’t be read")))
}

/// What a row points to, or holds in every case, or the fault that it is not there. `what` says what.
///
/// # Errors
/// Where it is not there.
pub fn there<T>(found: Option<T>, what: impl Display) -> Result<T, DbErr> {
    found.ok_or_else(|| DbErr::Custom(format!("{what} is not there")))
}

/// A stored count. `of` says of what.
///
/// # Errors
/// Where it is less than nothing.
pub fn count(count: i64, of: impl Display) -> Result<u64, DbErr> {
    stored(u64::try_from(count).ok(), of, &count.to_string())
}

/// A stored time, in milliseconds since 1970.
///
/// # Errors
/// Where no calendar reaches so far.
pub fn moment(millis: i64) -> Result<Timestamp, DbErr> {
    let found = Timestamp::from_millisecond(millis).ok();
    stored(found, "a time", &millis.to_string())
}

/// A stored time that may not have come.
///
/// # Errors
/// As [`moment`].
pub fn moment_if(millis: Option<i64>) -> Result<Option<Timestamp>, DbErr> {
    millis.map(moment).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_not_be_read_is_a_fault_that_says_what_it_is() {
        let said = stored(None::<u8>, "poll 3", "best").expect_err("a fault");
        assert!(said.to_string().contains("poll 3 holds “best”"), "{said}");
        let said = there(None::<u8>, "the team of poll 3").expect_err("a fault");
        assert!(said.to_string().contains("the team of poll 3"), "{said}");
        assert_eq!(count(3, "votes").expect("a count"), 3);
        assert!(count(-1, "votes").is_err());
        assert!(moment(0).is_ok());
        assert!(moment(i64::MAX).is_err());
        assert!(moment_if(Some(i64::MIN)).is_err());
        assert_eq!(moment_if(None).expect("none"), None);
    }
}
