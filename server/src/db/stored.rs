//! What is stored and can't be read is a fault, never empty.

use sea_orm::DbErr;

/// The meaning of a stored word, or the fault that it has none. `of` says what holds it.
///
/// # Errors
/// Where nothing was found for it.
pub fn stored<T>(found: Option<T>, of: impl std::fmt::Display, word: &str) -> Result<T, DbErr> {
    found.ok_or_else(|| DbErr::Custom(format!("{of} holds “{word}”, which can’t be read")))
}
