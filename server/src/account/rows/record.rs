//! How this slice leaves entries in the record.

use domain::ids::PersonId;
use sea_orm::DbErr;

use crate::granted::Permitted;
use crate::record::audit;

/// How the record names a person: by number, never by name.
pub fn subject(id: PersonId) -> String {
    format!("person {id}")
}

/// Leaves an entry about a person.
pub async fn record(
    permitted: &impl Permitted,
    kind: &str,
    about: PersonId,
    detail: &str,
) -> Result<(), DbErr> {
    note(permitted, kind, &subject(about), detail).await
}

/// Leaves an entry about something else than a person.
pub async fn note(
    permitted: &impl Permitted,
    kind: &str,
    subject: &str,
    detail: &str,
) -> Result<(), DbErr> {
    audit::append(permitted, kind, subject, detail).await
}
