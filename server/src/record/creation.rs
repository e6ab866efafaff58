//! What each form has made: the same form sent twice makes one thing.
//!
//! Invariant: a key is kept inside the transaction that makes the thing and holds its root, so of
//! two clicks at the same time the second one finds what the first one made. A key counts for the person
//! who sent it, so that nobody takes another's.

use std::fmt::Debug;

use domain::edit::CreationKey;
use entity::creation;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, DbErr, EntityTrait};

use crate::granted::Granted;
use crate::secret;

fn stored<Root>(granted: &Granted<'_, Root>, key: &CreationKey) -> Option<String> {
    let key = key.as_str();
    let by = granted
        .by()
        .map_or_else(String::new, |person| person.to_string());
    (!key.is_empty()).then(|| secret::hash(format!("{by}/{key}")))
}

/// The key of a form together with what was typed into it. A second click sends the same words and
/// makes nothing new; somebody who goes back and types other words into the same form means another
/// thing, and nothing of it is lost.
#[must_use]
pub fn key_with(key: &CreationKey, says: &(impl Debug + ?Sized)) -> CreationKey {
    if key.as_str().is_empty() {
        return key.clone();
    }
    CreationKey::typed(&secret::hash(format!("{}/{says:?}", key.as_str())))
}

/// What this form has made, by id or name; nothing where it is sent for the first time.
pub async fn made<Root>(
    granted: &Granted<'_, Root>,
    key: &CreationKey,
) -> Result<Option<String>, DbErr> {
    let Some(key_hash) = stored(granted, key) else {
        return Ok(None);
    };
    Ok(creation::Entity::find_by_id(key_hash)
        .one(granted.tx())
        .await?
        .map(|row| row.made))
}

/// Says what this form has made.
pub async fn keep<Root>(
    granted: &Granted<'_, Root>,
    key: &CreationKey,
    made: impl std::fmt::Display,
) -> Result<(), DbErr> {
    let Some(key_hash) = stored(granted, key) else {
        return Ok(());
    };
    creation::Entity::insert(creation::ActiveModel {
        key_hash: Set(key_hash),
        made: Set(made.to_string()),
    })
    // Roots are locked one by one, so the same key may be kept by two of them at one moment: what
    // was made first stays what the key stands for.
    .on_conflict(
        OnConflict::column(creation::Column::KeyHash)
            .do_nothing()
            .to_owned(),
    )
    .exec_without_returning(granted.tx())
    .await
    .map(drop)
}
