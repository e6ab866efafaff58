//! Use cases on what people said: one file each, one function, one transaction.
//!
//! All of them hold the consultation, so that of two things done to its themes, answers and decision
//! at one moment the second one sees the first.

mod add_theme;
mod change_theme;
mod decide;
mod keep_promise;
mod publish_answers;
mod release_counts;
mod remove_theme;
mod tell_taken_part;

pub use add_theme::{AddTheme, add_theme};
pub use change_theme::{ChangeTheme, change_theme};
pub use decide::{Decide, decide};
pub use keep_promise::{KeepPromise, keep_promise};
pub use publish_answers::{PublishAnswers, publish_answers};
pub use release_counts::{ReleaseCounts, release_counts};
pub use remove_theme::{RemoveTheme, remove_theme};
pub use tell_taken_part::{TellTakenPart, tell_taken_part};

use domain::consultation::Consultation;
use domain::insight::ThemeRefused;

use crate::error::Fault;
use crate::granted::Granted;
use crate::record::{audit, site};

/// Why a theme is not saved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SaveThemeRefused {
    /// Parts of it are missing.
    #[error("parts are missing: {0:?}")]
    Missing(Vec<ThemeRefused>),
    /// A colleague has removed the theme that was to be changed.
    #[error("removed")]
    Removed,
}

/// Records what was done, and says that public pages may have changed.
async fn record(
    granted: &Granted<'_, Consultation>,
    kind: &str,
    detail: &str,
) -> Result<(), Fault> {
    audit::append(granted, kind, &granted.root().slug, detail).await?;
    site::changed(granted).await?;
    Ok(())
}
