//! What a use case on a draft says to the form that asked for it.

use app::messages::consultation as words;
use app::ui::form::FormState;
use domain::consultation::draft::DraftRefused;

use crate::error::{Denied, Refused};
use crate::http::{Error, FormAgain, again, no_rule};

/// Nothing where it was done; else the form again, and who was first, if somebody was.
pub(super) type Again = Option<FormAgain>;

/// Of a use case with the rules of a draft.
pub(super) fn said<T>(
    state: FormState,
    outcome: Result<T, Refused<DraftRefused>>,
) -> Result<Again, Error> {
    match outcome {
        Ok(_) => Ok(None),
        Err(refused) => again(state, refused, |rule, state| {
            let (field, message) = words::draft(rule);
            state.refuse(field, message);
        })
        .map(Some),
    }
}

/// Of a use case without rules of its own.
pub(super) fn said_plainly<T>(
    state: FormState,
    outcome: Result<T, Denied>,
) -> Result<Again, Error> {
    match outcome {
        Ok(_) => Ok(None),
        Err(denied) => again(state, denied, no_rule).map(Some),
    }
}
