//! Who does what in the stories, and when: what the tellers of stories share.

use domain::account::Member;
use domain::ids::PersonId;
use entity::person;
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use server::App;
use server::account::rows::member::member;
use server::cli::CliError;

/// Who acts in the stories.
pub(super) struct Cast {
    pub(super) officer: Member,
    pub(super) approver: Member,
    pub(super) moderator: Member,
}

/// The invented person of this address.
pub(super) async fn who(app: &App, email: &str) -> Result<Member, CliError> {
    let row = person::Entity::find()
        .filter(person::Column::Email.eq(email))
        .one(app.db.read())
        .await?;
    let found = match row {
        Some(row) => member(app.db.read(), PersonId(row.id)).await?,
        None => None,
    };
    found.ok_or_else(|| CliError::Failed(format!("There is nobody called {email}.")))
}

/// So many days later, or earlier.
pub(super) fn days(now: Timestamp, days: i64) -> Timestamp {
    now.saturating_add(SignedDuration::from_hours(24 * days))
        .unwrap_or(now)
}

/// Nine in the morning of that day in the United Kingdom.
pub(super) fn morning_of(day: Timestamp) -> Timestamp {
    let local = domain::calendar::uk_clock(day);
    local
        .with()
        .time(jiff::civil::time(9, 0, 0, 0))
        .build()
        .map_or(day, |zoned| zoned.timestamp())
}

/// The last minute of that day in the United Kingdom.
pub(super) fn end_of(day: Timestamp) -> Timestamp {
    let local = domain::calendar::uk_clock(day);
    local
        .with()
        .hour(23)
        .minute(59)
        .second(0)
        .subsec_nanosecond(0)
        .build()
        .map_or(day, |zoned| zoned.timestamp())
}

/// A story that a use case refuses is a fault of the story.
pub(super) fn passed<T: std::fmt::Debug>(outcome: Result<(), T>) -> Result<(), CliError> {
    outcome.map_err(|gaps| CliError::Failed(format!("A story has gaps: {gaps:?}.")))
}
