//! Documents of a draft, typed by their content, kept in the database.

use domain::account::Member;
use domain::consultation::policy::Act;
use domain::ids::{ConsultationId, DocumentId};
use entity::document;
use jiff::Timestamp;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use super::permitted;
use crate::App;
use crate::http::{Error, Upload};
use crate::record::{audit, site};
use crate::secret;

/// The most bytes of a document.
pub const MOST_BYTES: usize = 10 * 1024 * 1024;

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentRefused {
    /// No file.
    Missing,
    /// More than [`MOST_BYTES`].
    TooLarge,
    /// None of the kinds that people can open safely.
    WrongKind,
}

/// The media type of these bytes, by what they are and not by their name.
fn kind_of(bytes: &[u8], name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    if bytes.starts_with(b"%PDF-") {
        return Some("application/pdf");
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some("image/png");
    }
    if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        return Some("image/jpeg");
    }
    if bytes.starts_with(b"PK\x03\x04") {
        if name.ends_with(".docx") {
            return Some("application/vnd.openxmlformats-officedocument.wordprocessingml.document");
        }
        if name.ends_with(".xlsx") {
            return Some("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        }
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    if text
        .chars()
        .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
    {
        return None;
    }
    if name.ends_with(".csv") {
        Some("text/csv")
    } else if name.ends_with(".txt") {
        Some("text/plain")
    } else {
        None
    }
}

/// Adds a document.
///
/// # Errors
/// The refusal inside; permission and the database outside.
pub async fn add_document(
    app: &App,
    member: &Member,
    id: ConsultationId,
    title: &str,
    upload: Option<&Upload>,
    now: Timestamp,
) -> Result<Result<(), DocumentRefused>, Error> {
    let Some(upload) = upload.filter(|upload| !upload.bytes.is_empty()) else {
        return Ok(Err(DocumentRefused::Missing));
    };
    if upload.bytes.len() > MOST_BYTES {
        return Ok(Err(DocumentRefused::TooLarge));
    }
    let Some(kind) = kind_of(&upload.bytes, &upload.file_name) else {
        return Ok(Err(DocumentRefused::WrongKind));
    };
    // The name is shown and offered when it is downloaded: letters, digits and a few marks only.
    let file_name: String = upload
        .file_name
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or_default()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '_' | '(' | ')'))
        .take(120)
        .collect();
    let tx = app.db.begin().await?;
    let on = permitted(&tx, member, id, Act::Edit, now).await?;
    let title = if title.trim().is_empty() {
        file_name.clone()
    } else {
        title.trim().to_owned()
    };
    document::ActiveModel {
        token: Set(secret::token().map_err(Error::unexpected)?),
        consultation_id: Set(Some(id.0)),
        title: Set(title.clone()),
        content_type: Set(kind.to_owned()),
        size: Set(i64::try_from(upload.bytes.len()).unwrap_or(i64::MAX)),
        sha256: Set(secret::hex(&<sha2::Sha256 as sha2::Digest>::digest(
            &upload.bytes,
        ))),
        content: Set(upload.bytes.to_vec()),
        file_name: Set(file_name),
        uploaded_by: Set(member.person.0),
        uploaded_at: Set(now.as_millisecond()),
        ..Default::default()
    }
    .insert(&tx)
    .await?;
    audit::append(
        &tx,
        now,
        Some(member.person),
        "add-document",
        &on.slug,
        &title,
    )
    .await?;
    site::changed(&tx).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// Takes a document away.
///
/// # Errors
/// Permission, the database.
pub async fn remove_document(
    app: &App,
    member: &Member,
    id: ConsultationId,
    which: DocumentId,
    now: Timestamp,
) -> Result<(), Error> {
    let tx = app.db.begin().await?;
    let on = permitted(&tx, member, id, Act::Edit, now).await?;
    document::Entity::delete_many()
        .filter(document::Column::ConsultationId.eq(id.0))
        .filter(document::Column::Id.eq(which.0))
        .exec(&tx)
        .await?;
    audit::append(
        &tx,
        now,
        Some(member.person),
        "remove-document",
        &on.slug,
        "",
    )
    .await?;
    site::changed(&tx).await?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say_and_never_a_script() {
        assert_eq!(
            kind_of(b"%PDF-1.7 ...", "plan.png"),
            Some("application/pdf")
        );
        assert_eq!(kind_of(b"a,b\n1,2\n", "plan.csv"), Some("text/csv"));
        assert_eq!(kind_of(b"<svg onload=alert(1)>", "plan.svg"), None);
        assert_eq!(kind_of(b"<html>", "plan.html"), None);
        assert_eq!(kind_of(b"PK\x03\x04....", "plan.exe"), None);
        assert_eq!(kind_of(b"MZ\x90\x00\x03", "plan.txt"), None);
    }
}
