//! Forms that make something: as it is first shown, each carries a key of its own, so that two clicks on
//! it make one thing.

use app::ui::conflict::KEY;
use app::ui::form::FormState;

use crate::http::Error;
use crate::secret;

/// A key that no form has carried.
///
/// # Errors
/// Where the operating system gives no randomness.
pub fn fresh_key() -> Result<String, Error> {
    Ok(secret::token()?)
}

/// An empty form with a key of its own.
///
/// # Errors
/// As [`fresh_key`].
pub fn fresh_form() -> Result<FormState, Error> {
    with_fresh_key(FormState::new())
}

/// The same form with a key of its own.
///
/// # Errors
/// As [`fresh_key`].
pub fn with_fresh_key(state: FormState) -> Result<FormState, Error> {
    Ok(state.with(KEY, fresh_key()?))
}
