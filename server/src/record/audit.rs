//! What staff do, one entry each, chained by hash so that a change or a gap shows.
//!
//! Invariant: `hash = SHA-256(previous_hash ‖ at ‖ person ‖ kind ‖ subject ‖ detail)`; an entry
//! holds no personal data of residents, so erasure never touches the chain.

use domain::ids::PersonId;
use entity::audit_entry;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, DbErr,
    EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::granted::Permitted;
use crate::secret;

/// Adds an entry, by whom the permission is, at its moment, inside its transaction.
pub async fn append(
    permitted: &impl Permitted,
    kind: &str,
    subject: &str,
    detail: &str,
) -> Result<(), DbErr> {
    let tx = permitted.connection();
    if tx.get_database_backend() == DbBackend::Postgres {
        // Two processes must not both follow the same entry.
        tx.execute_unprepared("LOCK TABLE audit_entry IN EXCLUSIVE MODE")
            .await?;
    }
    let previous = audit_entry::Entity::find()
        .order_by_desc(audit_entry::Column::Id)
        .limit(1)
        .one(tx)
        .await?
        .map(|entry| entry.hash)
        .unwrap_or_default();
    let at = permitted.now().as_millisecond();
    let person = permitted.by().map(|p| p.0);
    let hash = chain(&previous, at, person, kind, subject, detail);
    audit_entry::ActiveModel {
        at: Set(at),
        person_id: Set(person),
        kind: Set(kind.to_owned()),
        subject: Set(subject.to_owned()),
        detail: Set(detail.to_owned()),
        previous_hash: Set(previous),
        hash: Set(hash),
        ..Default::default()
    }
    .insert(tx)
    .await
    .map(drop)
}

/// Everybody who has an entry of this kind on this subject.
pub async fn editors_of(
    db: &impl ConnectionTrait,
    subject: &str,
    kind: &str,
) -> Result<Vec<PersonId>, DbErr> {
    let found: Vec<Option<i64>> = audit_entry::Entity::find()
        .select_only()
        .column(audit_entry::Column::PersonId)
        .filter(audit_entry::Column::Subject.eq(subject))
        .filter(audit_entry::Column::Kind.eq(kind))
        .distinct()
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().flatten().map(PersonId).collect())
}

/// What the last entry of this kind on this subject says; nothing where there is none, or where it
/// says nothing.
pub async fn last_note(
    db: &impl ConnectionTrait,
    subject: &str,
    kind: &str,
) -> Result<Option<String>, DbErr> {
    Ok(audit_entry::Entity::find()
        .filter(audit_entry::Column::Subject.eq(subject))
        .filter(audit_entry::Column::Kind.eq(kind))
        .order_by_desc(audit_entry::Column::Id)
        .limit(1)
        .one(db)
        .await?
        .map(|entry| entry.detail)
        .filter(|note| !note.is_empty()))
}

/// A place in the record: after so many entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// How many.
    pub entries: u64,
    /// The id of the last of them.
    pub last_entry: i64,
    /// Its hash.
    pub hash: String,
}

/// How far the record could be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Followed {
    /// To its end.
    To(Place),
    /// Not beyond the one before the entry of this id.
    BrokenAt(i64),
}

/// Follows the record from a place to its end, and shows each place on the way.
pub async fn follow(
    db: &impl ConnectionTrait,
    mut place: Place,
    mut seen: impl FnMut(&Place),
) -> Result<Followed, DbErr> {
    loop {
        let entries = audit_entry::Entity::find()
            .filter(audit_entry::Column::Id.gt(place.last_entry))
            .order_by_asc(audit_entry::Column::Id)
            .limit(5_000)
            .all(db)
            .await?;
        if entries.is_empty() {
            return Ok(Followed::To(place));
        }
        for e in entries {
            let previous = place.hash;
            let hash = chain(&previous, e.at, e.person_id, &e.kind, &e.subject, &e.detail);
            if e.previous_hash != previous || e.hash != hash {
                return Ok(Followed::BrokenAt(e.id));
            }
            place = Place {
                entries: place.entries + 1,
                last_entry: e.id,
                hash,
            };
            seen(&place);
        }
    }
}

/// What the whole chain of the record looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chain {
    /// So many entries follow one from the other.
    Whole(u64),
    /// The entry of this id does not follow from the one before it.
    BrokenAt(i64),
}

/// Reads the whole chain.
pub async fn verify(db: &impl ConnectionTrait) -> Result<Chain, DbErr> {
    Ok(match follow(db, Place::default(), |_| {}).await? {
        Followed::To(place) => Chain::Whole(place.entries),
        Followed::BrokenAt(entry) => Chain::BrokenAt(entry),
    })
}

/// Whether the entry of this place is still there as it was. The beginning always is.
pub async fn is_there(db: &impl ConnectionTrait, place: &Place) -> Result<bool, DbErr> {
    if place.entries == 0 {
        return Ok(true);
    }
    let entry = audit_entry::Entity::find_by_id(place.last_entry)
        .one(db)
        .await?;
    Ok(entry.is_some_and(|entry| entry.hash == place.hash))
}

fn chain(
    previous: &str,
    at: i64,
    person: Option<i64>,
    kind: &str,
    subject: &str,
    detail: &str,
) -> String {
    let person = person.map(|p| p.to_string()).unwrap_or_default();
    secret::hash([previous, &at.to_string(), &person, kind, subject, detail].join("\u{1f}"))
}
