//! Adding a document to a draft: typed by its content, kept in the database.

use domain::consultation::policy::Permission;
use domain::edit::CreationKey;
use domain::typed;

use crate::App;
use crate::consultation::commands::file_kind::FileKind;
use crate::consultation::commands::grant::grant;
use crate::consultation::commands::picture::{Most, cleaned};
use crate::consultation::commands::uploaded::{DocumentRefused, UploadedFile};
use crate::consultation::rows;
use crate::consultation::rows::documents::NewFile;
use crate::error::Refused;
use crate::granted::Caller;
use crate::record::creation;
use crate::secret;

/// The most bytes of a document.
pub const MOST_BYTES: usize = 10 * 1024 * 1024;
/// The most pixels of a document that is a picture.
pub const MOST_PIXELS: u64 = 50_000_000;

const MOST_OF_A_PICTURE: Most = Most {
    pixels: MOST_PIXELS,
    bytes: MOST_BYTES,
};

/// Adds a document.
#[derive(Clone, Debug)]
pub struct AddDocument {
    /// The draft's name in addresses.
    pub on: String,
    /// Its title; the file's name where it is empty.
    pub title: String,
    /// The file, if one was sent.
    pub file: Option<UploadedFile>,
    /// The form's key.
    pub key: CreationKey,
}

/// Adds a document.
///
/// # Errors
/// Why the file is not taken.
pub async fn add_document(
    app: &App,
    caller: &Caller,
    command: AddDocument,
) -> Result<(), Refused<DocumentRefused>> {
    // What takes long is done before anybody waits for the lock, and for nobody but staff.
    caller.actor.signed_in()?;
    let file = command.file.as_ref();
    let says = file.map(|file| (&file.name, secret::hash(&file.bytes)));
    let key = creation::key_with(&command.key, &(&command.title, says));
    let new = read(typed::trimmed(&command.title), command.file).await;
    let tx = app.db.begin().await?;
    let draft = grant(&tx, caller, &command.on, Permission::Edit).await?;
    if creation::made(&draft, &key).await?.is_some() {
        return Ok(());
    }
    let new = new.map_err(Refused::Because)?;
    let stored = rows::documents::insert_document(&draft, new).await?;
    creation::keep(&draft, &key, stored.id).await?;
    let what = format!("add document, SHA-256 {}", stored.digest);
    rows::steps::record_edit(&draft, &what).await?;
    tx.commit().await?;
    Ok(())
}

/// What is stored of a file. A photograph says where it was taken to whoever reads the plan that it is
/// part of, so pictures are stored as pictures of options are.
async fn read(title: &str, file: Option<UploadedFile>) -> Result<NewFile, DocumentRefused> {
    let Some(file) = file.filter(|file| !file.bytes.is_empty()) else {
        return Err(DocumentRefused::Missing);
    };
    if file.bytes.len() > MOST_BYTES {
        return Err(DocumentRefused::TooLarge);
    }
    let kind = FileKind::of(&file.bytes, &file.name).ok_or(DocumentRefused::WrongKind)?;
    let file_name = kind.name(&file.name);
    let content = match kind.is_picture() {
        true => cleaned(file.bytes, MOST_OF_A_PICTURE).await?,
        false => file.bytes.to_vec(),
    };
    Ok(NewFile {
        title: if title.is_empty() {
            file_name.clone()
        } else {
            title.to_owned()
        },
        file_name,
        media_type: kind.media_type,
        content,
    })
}
