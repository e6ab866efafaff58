//! The same form again, when what it asked for was refused: nothing that was typed is lost.
//!
//! Three refusals are answered so, and [`again`] puts the reason of each above the form: a rule of
//! the use case; a colleague who changed the same thing first; and a stage that has moved on while
//! the person was typing (somebody sent the draft for review, the consultation closed). A door
//! writes
//!
//! ```ignore
//! let saved = commands::change_about(&context.app, &context, command).await;
//! let Err(refused) = saved else { return Ok(see_other(next)) };
//! let FormAgain { state, changed } = again(state, refused, |rule, state| state.refuse("title", words(rule)))?;
//! ```
//!
//! and shows its page at 422 with this state; with `changed`, the page also shows what the colleague
//! saved (`ui::conflict::theirs`). Whatever else was refused is not for a form to answer and comes
//! back as the error that it is. The page is then loaded by permission to see it, not to change it,
//! since that is what was refused.

use app::ui::conflict;
use app::ui::form::FormState;
use domain::edit::Changed;

use crate::error::{Answerable, Denied, Refused};
use crate::http::{Error, fresh_form};

/// A form that is shown again.
#[derive(Clone, Debug, Default)]
pub struct FormAgain {
    /// What it holds, with the reason above it.
    pub state: FormState,
    /// Who was first, if a colleague was.
    pub changed: Option<Changed>,
}

impl From<FormState> for FormAgain {
    fn from(state: FormState) -> Self {
        Self {
            state,
            changed: None,
        }
    }
}

/// The form again with the reason above it, and who was first, if a colleague was. `rule` says a rule
/// of the use case at the field that it is about.
///
/// # Errors
/// What no form can answer.
pub fn again<R>(
    mut state: FormState,
    refused: impl Into<Refused<R>>,
    rule: impl FnOnce(R, &mut FormState),
) -> Result<FormAgain, Error> {
    Ok(match refused.into().answerable()? {
        Answerable::Rule(refused) => {
            rule(refused, &mut state);
            state.into()
        }
        Answerable::Changed(changed) => FormAgain {
            state: conflict::with_newer(state, &changed),
            changed: Some(changed),
        },
        Answerable::NotNow => conflict::not_now(state).into(),
    })
}

/// For a use case without rules of its own: [`again`] has none to say.
pub fn no_rule(rule: std::convert::Infallible, _: &mut FormState) {
    match rule {}
}

/// The page of a list again after something of it was not removed, with why, and with an empty form.
///
/// # Errors
/// What no form can answer.
pub fn not_removed(denied: Denied) -> Result<FormState, Error> {
    let state = fresh_form()?;
    match denied {
        Denied::Changed(changed) => Ok(conflict::not_removed(state, &changed)),
        denied => again(state, denied, no_rule).map(|again| again.state),
    }
}
