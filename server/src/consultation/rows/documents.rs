//! Documents of a draft and pictures of things in it, as rows.
//!
//! A picture is no document of the consultation's own: it belongs to what shows it, and is in no list.

use domain::consultation::Consultation;
use domain::consultation::read::DocumentView;
use domain::ids::{ConsultationId, DocumentId};
use entity::document;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

use crate::db::count;
use crate::error::Fault;
use crate::granted::Granted;
use crate::secret;

/// A file to store.
#[derive(Clone, Debug)]
pub struct NewFile {
    /// What people see as its title; of a picture, what it shows.
    pub title: String,
    /// Its name when it is downloaded.
    pub file_name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// What was stored.
#[derive(Clone, Debug)]
pub struct StoredFile {
    /// Which one.
    pub id: DocumentId,
    /// The token in its address.
    pub token: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub digest: String,
}

/// A file as it is downloaded.
#[derive(Clone, Debug)]
pub struct DownloadedFile {
    /// The consultation whose document it is; nothing for a picture.
    pub of: Option<ConsultationId>,
    /// Its name.
    pub file_name: String,
    /// Its media type.
    pub media_type: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// Stores a document of a draft.
///
/// # Errors
/// Nobody in person stores it.
pub async fn insert_document(
    draft: &Granted<'_, Consultation>,
    new: NewFile,
) -> Result<StoredFile, Fault> {
    insert(draft, Some(draft.root().id), new).await
}

/// Stores a picture of something in a draft.
///
/// # Errors
/// Nobody in person stores it.
pub async fn insert_picture(
    draft: &Granted<'_, Consultation>,
    new: NewFile,
) -> Result<StoredFile, Fault> {
    insert(draft, None, new).await
}

async fn insert(
    draft: &Granted<'_, Consultation>,
    of: Option<ConsultationId>,
    new: NewFile,
) -> Result<StoredFile, Fault> {
    let by = draft
        .by()
        .ok_or_else(|| Fault::unexpected("a file is stored by nobody"))?;
    let token = secret::token()?;
    let digest = secret::hash(&new.content);
    let row = document::ActiveModel {
        token: Set(token.clone()),
        consultation_id: Set(of.map(|id| id.0)),
        title: Set(new.title),
        content_type: Set(new.media_type.to_owned()),
        size: Set(i64::try_from(new.content.len()).unwrap_or(i64::MAX)),
        sha256: Set(digest.clone()),
        content: Set(new.content),
        file_name: Set(new.file_name),
        uploaded_by: Set(by.0),
        uploaded_at: Set(draft.now().as_millisecond()),
        ..Default::default()
    };
    let id = DocumentId(row.insert(draft.tx()).await?.id);
    Ok(StoredFile { id, token, digest })
}

/// Takes a document of this draft away; whether it was there.
pub async fn delete_document(
    draft: &Granted<'_, Consultation>,
    which: DocumentId,
) -> Result<bool, DbErr> {
    Ok(document::Entity::delete_many()
        .filter(document::Column::ConsultationId.eq(draft.root().id.0))
        .filter(document::Column::Id.eq(which.0))
        .exec(draft.tx())
        .await?
        .rows_affected
        > 0)
}

/// The documents of a consultation, without their bytes.
pub async fn documents(
    db: &impl ConnectionTrait,
    id: ConsultationId,
) -> Result<Vec<DocumentView>, DbErr> {
    document::Entity::find()
        .select_only()
        .columns([
            document::Column::Id,
            document::Column::Token,
            document::Column::Title,
            document::Column::FileName,
            document::Column::Size,
        ])
        .filter(document::Column::ConsultationId.eq(id.0))
        .order_by_asc(document::Column::Id)
        .into_tuple::<(i64, String, String, String, i64)>()
        .all(db)
        .await?
        .into_iter()
        .map(|(id, token, title, file_name, size)| {
            Ok(DocumentView {
                id: DocumentId(id),
                token,
                title,
                file_name,
                size: count(size, "the size of a document")?,
            })
        })
        .collect()
}

/// The file of this token.
pub async fn by_token(
    db: &impl ConnectionTrait,
    token: &str,
) -> Result<Option<DownloadedFile>, DbErr> {
    Ok(document::Entity::find()
        .filter(document::Column::Token.eq(token))
        .one(db)
        .await?
        .map(|row| DownloadedFile {
            of: row.consultation_id.map(ConsultationId),
            file_name: row.file_name,
            media_type: row.content_type,
            content: row.content,
        }))
}
