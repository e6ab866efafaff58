//! How this slice leaves entries in the record.

use domain::ids::PersonId;
use sea_orm::DbErr;

use crate::granted::Granted;
use crate::record::audit;

/// How the record names a person: by number, never by name.
pub fn subject(id: PersonId) -> String {
    format!("person {id}")
}

/// Leaves an entry about a person.
pub async fn record<Root>(
    granted: &Granted<'_, Root>,
    kind: &str,
    about: PersonId,
    detail: &str,
) -> Result<(), DbErr> {
    note(granted, kind, &subject(about), detail).await
}

/// Leaves an entry about something else than a person.
pub async fn note<Root>(
    granted: &Granted<'_, Root>,
    kind: &str,
    subject: &str,
    detail: &str,
) -> Result<(), DbErr> {
    let (tx, now, by) = (granted.tx(), granted.now(), granted.by());
    audit::append(tx, now, by, kind, subject, detail).await
}
