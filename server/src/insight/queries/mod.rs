//! Reads of themes, answers and outcomes for the desk and for everybody.

pub mod ballots;
mod dashboard;
pub mod due;
pub mod figures;
pub mod opinion;
pub mod opinion_files;
pub mod outcome;

pub use crate::insight::rows::theme::of as themes;
pub use dashboard::outcomes;

use domain::account::{Actor, NotPermitted};
use domain::consultation::Consultation;
use domain::consultation::policy::{Context, Permission};
use domain::edit::{Changed, Version};
use domain::ids::ThemeId;
use domain::insight::Theme;
use domain::insight::policy::{came_too_late, may_read_answers};
use sea_orm::ConnectionTrait;

use crate::account::rows::member;
use crate::consultation::queries::{permitted, permitted_by};
use crate::consultation::rows;
use crate::error::Denied;
use crate::granted::Caller;
use crate::insight::rows::theme;
use crate::record::revision;

/// The answers of a consultation at the desk.
#[derive(Clone, Debug)]
pub struct Answers {
    /// Whose they are.
    pub on: Consultation,
    /// The themes with what is answered of them.
    pub themes: Vec<Theme>,
}

/// The answers, if the caller may read them at the desk.
///
/// # Errors
/// Not found, or why it is not permitted.
pub async fn answers(
    db: &impl ConnectionTrait,
    caller: &Caller,
    slug: &str,
) -> Result<Answers, Denied> {
    answers_of(db, found(db, caller, slug, may_read_answers).await?).await
}

/// The answers, for somebody who may decide.
///
/// # Errors
/// Not found, or why it is not permitted.
pub async fn to_decide(
    db: &impl ConnectionTrait,
    caller: &Caller,
    slug: &str,
) -> Result<Answers, Denied> {
    answers_of(db, permitted(db, caller, slug, Permission::Decide).await?).await
}

async fn answers_of(db: &impl ConnectionTrait, on: Consultation) -> Result<Answers, Denied> {
    let themes = theme::of(db, on.id).await?;
    Ok(Answers { on, themes })
}

/// A theme as its form shows it.
#[derive(Clone, Debug)]
pub struct ThemeInForm {
    /// The consultation's title.
    pub title: String,
    /// What it says.
    pub theme: Theme,
    /// How often it was changed.
    pub version: Version,
}

/// One theme, if the caller may answer.
///
/// # Errors
/// Not found, or why it is not permitted.
pub async fn theme(
    db: &impl ConnectionTrait,
    caller: &Caller,
    slug: &str,
    id: ThemeId,
) -> Result<ThemeInForm, Denied> {
    let on = permitted(db, caller, slug, Permission::Answer).await?;
    let version = revision::version(db, &theme::subject(id)).await?;
    let theme = theme::of(db, on.id)
        .await?
        .into_iter()
        .find(|theme| theme.id == Some(id))
        .ok_or(Denied::NotFound)?;
    Ok(ThemeInForm {
        title: on.title,
        theme,
        version,
    })
}

/// The decision that a colleague recorded before this person could do what they meant to do.
#[derive(Clone, Debug)]
pub struct DecidedFirst {
    /// The consultation's title.
    pub title: String,
    /// Who recorded it, and when.
    pub changed: Changed,
}

/// Who decided and when, for somebody whom nothing but that decision stops.
///
/// # Errors
/// Where it is something else that stops them.
pub async fn decided_first(
    db: &impl ConnectionTrait,
    caller: &Caller,
    slug: &str,
) -> Result<DecidedFirst, Denied> {
    let too_late = |actor: &Actor, on: &Context| {
        if came_too_late(actor, on) {
            Ok(())
        } else {
            Err(NotPermitted::NotNow)
        }
    };
    let on = found(db, caller, slug, too_late).await?;
    let recorded = rows::outcome::recorded_decision(db, slug)
        .await?
        .ok_or(NotPermitted::NotNow)?;
    Ok(DecidedFirst {
        title: on.title,
        changed: Changed {
            by: member::name_of(db, recorded.by).await?,
            at: recorded.at,
            version: Version::default(),
        },
    })
}

/// The consultation, if this policy of its answers says yes.
async fn found(
    db: &impl ConnectionTrait,
    caller: &Caller,
    slug: &str,
    policy: impl FnOnce(&Actor, &Context) -> Result<(), NotPermitted>,
) -> Result<Consultation, Denied> {
    permitted_by(db, caller, slug, |actor, on, now| {
        policy(actor, &on.context(now))
    })
    .await
}
