//! Versions of what people change in forms, so that nobody overwrites what they have not seen.
//!
//! Invariant: a version moves inside the transaction that holds the root of what it is of, so two
//! changes of one thing come one after the other, and the second one sees the first.

use std::fmt::Debug;

use domain::edit::{Changed, Version, Versions};
use entity::revision;
use jiff::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
};

use crate::account::rows::member;
use crate::db::{moment, moment_if};
use crate::error::Denied;
use crate::granted::Granted;
use crate::secret;

/// What became of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// The change is to be written.
    On,
    /// The thing says exactly this already, by the change that came last: a second click, or a
    /// colleague of one mind. There is nothing to write.
    Already,
}

/// Moves the version of a thing on, if it is still the one that the person saw. `says` is the whole
/// of what the change says; only its hash is kept.
///
/// # Errors
/// [`Denied::Changed`] where somebody has changed it since.
pub async fn advance<Root>(
    granted: &Granted<'_, Root>,
    subject: &str,
    seen: Version,
    says: &(impl Debug + Sync),
) -> Result<Moved, Denied> {
    let hash = secret::hash(format!("{says:?}"));
    let found = revision::Entity::find_by_id(subject)
        .one(granted.tx())
        .await?;
    let now = found.as_ref().map_or(0, |row| row.version);
    if now != seen.0 {
        if let Some(row) = found {
            if row.content_hash == hash {
                return Ok(Moved::Already);
            }
            return Err(Denied::Changed(changed(granted.tx(), row).await?));
        }
        // The form shows a version that was never made, or whose thing was removed and made again.
        return Err(Denied::Changed(Changed {
            by: member::SOMEBODY.to_owned(),
            at: granted.now(),
            version: Version(0),
        }));
    }
    let row = revision::ActiveModel {
        subject: Set(subject.to_owned()),
        version: Set(now + 1),
        content_hash: Set(hash),
        person_id: Set(granted.by().map(|person| person.0)),
        at: Set(granted.now().as_millisecond()),
    };
    revision::Entity::insert(row)
        .on_conflict(
            OnConflict::column(revision::Column::Subject)
                .update_columns([
                    revision::Column::Version,
                    revision::Column::ContentHash,
                    revision::Column::PersonId,
                    revision::Column::At,
                ])
                .to_owned(),
        )
        .exec_without_returning(granted.tx())
        .await?;
    Ok(Moved::On)
}

async fn changed(db: &impl ConnectionTrait, row: revision::Model) -> Result<Changed, DbErr> {
    Ok(Changed {
        by: member::name_of(db, row.person_id.map(Into::into)).await?,
        at: moment(row.at)?,
        version: Version(row.version),
    })
}

/// The version of a thing now.
pub async fn version(db: &impl ConnectionTrait, subject: &str) -> Result<Version, DbErr> {
    Ok(revision::Entity::find_by_id(subject)
        .one(db)
        .await?
        .map(|row| Version(row.version))
        .unwrap_or_default())
}

/// The versions of several things. Read them before the words they are of.
pub async fn versions(db: &impl ConnectionTrait, subjects: &[String]) -> Result<Versions, DbErr> {
    let found = revision::Entity::find()
        .filter(revision::Column::Subject.is_in(subjects.iter().map(String::as_str)))
        .all(db)
        .await?;
    let known = found
        .into_iter()
        .map(|row| (row.subject, Version(row.version)));
    Ok(Versions::new(known))
}

/// Who changed any of these things last, and when: what somebody learns whose reading of them is no
/// longer theirs.
pub async fn last_change<Root>(
    granted: &Granted<'_, Root>,
    subjects: &[String],
) -> Result<Changed, DbErr> {
    let found = revision::Entity::find()
        .filter(revision::Column::Subject.is_in(subjects.iter().map(String::as_str)))
        .order_by_desc(revision::Column::At)
        .one(granted.tx())
        .await?;
    match found {
        Some(row) => changed(granted.tx(), row).await,
        // Nothing of it has a version yet: a part was added or taken away.
        None => Ok(Changed {
            by: member::SOMEBODY.to_owned(),
            at: granted.now(),
            version: Version::default(),
        }),
    }
}

/// When a thing was last changed, if ever.
pub async fn changed_at(
    db: &impl ConnectionTrait,
    subject: &str,
) -> Result<Option<Timestamp>, DbErr> {
    let found = revision::Entity::find_by_id(subject).one(db).await?;
    moment_if(found.map(|row| row.at))
}
