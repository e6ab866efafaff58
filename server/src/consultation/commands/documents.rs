//! Documents of a draft, typed by their content, kept in the database.

use domain::account::Member;
use domain::ids::{ConsultationId, DocumentId};
use entity::document;
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter,
};

use crate::App;
use crate::consultation::commands::editing;
use crate::consultation::commands::kind::Kind;
use crate::http::{Error, Upload};
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

/// Adds a document. The same file sent twice is stored once.
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
    let Some(kind) = Kind::of(&upload.bytes, &upload.file_name) else {
        return Ok(Err(DocumentRefused::WrongKind));
    };
    let file_name = kind.name(&upload.file_name);
    let title = match title.trim() {
        "" => file_name.clone(),
        typed => typed.to_owned(),
    };
    let digest = secret::hex(&<sha2::Sha256 as sha2::Digest>::digest(&upload.bytes));
    let draft = editing(app, member, id, now).await?;
    let there = document::Entity::find()
        .filter(document::Column::ConsultationId.eq(id.0))
        .filter(document::Column::Sha256.eq(&digest))
        .filter(document::Column::Title.eq(&title))
        .count(&draft.tx)
        .await?;
    if there == 0 {
        document::ActiveModel {
            token: Set(secret::token().map_err(Error::unexpected)?),
            consultation_id: Set(Some(id.0)),
            title: Set(title),
            content_type: Set(kind.media_type.to_owned()),
            size: Set(i64::try_from(upload.bytes.len()).unwrap_or(i64::MAX)),
            sha256: Set(digest.clone()),
            content: Set(upload.bytes.to_vec()),
            file_name: Set(file_name),
            uploaded_by: Set(member.person.0),
            uploaded_at: Set(now.as_millisecond()),
            ..Default::default()
        }
        .insert(&draft.tx)
        .await?;
    }
    draft
        .done(&format!("add document, SHA-256 {digest}"))
        .await
        .map(Ok)
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
    let draft = editing(app, member, id, now).await?;
    document::Entity::delete_many()
        .filter(document::Column::ConsultationId.eq(id.0))
        .filter(document::Column::Id.eq(which.0))
        .exec(&draft.tx)
        .await?;
    draft.done("remove document").await
}
