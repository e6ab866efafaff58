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

/// The morning on which something opens that many days from now: a working day, and not at Christmas.
pub(super) fn opening(now: Timestamp, from_now: i64) -> Timestamp {
    let step = if from_now < 0 { -1 } else { 1 };
    morning_of(working(days(now, from_now), step))
}

/// The end of the day on which something closes that many days from now: a working day. What would
/// close at Christmas closes after it, or before it where it has closed already.
pub(super) fn closing(now: Timestamp, from_now: i64) -> Timestamp {
    let day = days(now, from_now);
    let forward = from_now > 0 && is_christmas(day);
    end_of(working(day, if forward { 1 } else { -1 }))
}

/// The first working day from this one on, one way or the other.
fn working(day: Timestamp, step: i64) -> Timestamp {
    let mut day = day;
    while is_christmas(day)
        || domain::calendar::uk_clock(day)
            .weekday()
            .to_monday_zero_offset()
            > 4
    {
        day = days(day, step);
    }
    day
}

/// From 20 December until 5 January, when nobody answers.
fn is_christmas(day: Timestamp) -> bool {
    let day = domain::calendar::uk_day(day);
    matches!((day.month(), day.day()), (12, 20..) | (1, ..=5))
}

/// Nine in the morning of that day in the United Kingdom.
fn morning_of(day: Timestamp) -> Timestamp {
    let local = domain::calendar::uk_clock(day);
    local
        .with()
        .time(jiff::civil::time(9, 0, 0, 0))
        .build()
        .map_or(day, |zoned| zoned.timestamp())
}

/// The last minute of that day in the United Kingdom.
fn end_of(day: Timestamp) -> Timestamp {
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
