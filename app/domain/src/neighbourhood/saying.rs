//! *You said, we did*: what people said to a team about an area, and what it did.

use crate::typed;

/// The most characters of each half.
pub const MOST_OF_A_SAYING: usize = 1_000;

/// The two halves as they were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saying {
    /// What people said.
    pub said: String,
    /// What was done.
    pub done: String,
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SayingRefused {
    /// Nothing that people said.
    #[error("nothing said")]
    NothingSaid,
    /// What people said has more than [`MOST_OF_A_SAYING`].
    #[error("said too long")]
    SaidTooLong,
    /// Nothing that was done.
    #[error("nothing done")]
    NothingDone,
    /// What was done has more than [`MOST_OF_A_SAYING`].
    #[error("done too long")]
    DoneTooLong,
}

/// Checks it.
///
/// # Errors
/// Everything that is wrong, in the order of the form.
pub fn check_saying(new: &Saying) -> Result<Saying, Vec<SayingRefused>> {
    let (said, done) = (typed::trimmed(&new.said), typed::trimmed(&new.done));
    let mut refused = Vec::new();
    for (text, missing, too_long) in [
        (said, SayingRefused::NothingSaid, SayingRefused::SaidTooLong),
        (done, SayingRefused::NothingDone, SayingRefused::DoneTooLong),
    ] {
        match text.chars().count() {
            0 => refused.push(missing),
            n if n > MOST_OF_A_SAYING => refused.push(too_long),
            _ => {}
        }
    }
    if refused.is_empty() {
        Ok(Saying {
            said: said.to_owned(),
            done: done.to_owned(),
        })
    } else {
        Err(refused)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_halves_are_said_in_no_more_than_a_thousand_characters() {
        let whole = Saying {
            said: " It is dark. ".into(),
            done: "Six lamps work again.".into(),
        };
        let checked = check_saying(&whole).map(|saying| saying.said);
        assert_eq!(checked.as_deref(), Ok("It is dark."));
        assert_eq!(
            check_saying(&Saying::default()),
            Err(vec![SayingRefused::NothingSaid, SayingRefused::NothingDone])
        );
        let long = Saying {
            done: "x".repeat(MOST_OF_A_SAYING + 1),
            ..whole
        };
        assert_eq!(check_saying(&long), Err(vec![SayingRefused::DoneTooLong]));
    }
}
