//! Pictures of things within a draft, such as what is on a ballot paper: no documents of its own.
//!
//! Invariant: what a camera or a program wrote into a picture is not stored.

use domain::consultation::Consultation;

use crate::consultation::commands::file_kind::FileKind;
use crate::consultation::commands::picture::{Most, cleaned};
use crate::consultation::commands::uploaded::DocumentRefused;
use crate::consultation::rows::documents::{NewFile, insert_picture};
use crate::error::Fault;
use crate::granted::Granted;
use crate::secret;

/// The most bytes of a picture.
pub const MOST_PICTURE_BYTES: usize = 2 * 1024 * 1024;
/// The most pixels of it: several are on one page, on anybody's phone.
pub const MOST_PICTURE_PIXELS: u64 = 25_000_000;

const MOST_PICTURE: Most = Most {
    pixels: MOST_PICTURE_PIXELS,
    bytes: MOST_PICTURE_BYTES,
};

/// A picture as it came.
#[derive(Clone, Debug)]
pub struct NewPicture {
    /// The name of its file.
    pub file_name: String,
    /// Its bytes.
    pub bytes: bytes::Bytes,
}

/// Reads a picture, if one was sent.
///
/// # Errors
/// As [`NewPicture::read`].
pub async fn read_picture(
    picture: Option<NewPicture>,
) -> Result<Option<CleanPicture>, DocumentRefused> {
    match picture {
        Some(picture) => picture.read().await.map(Some),
        None => Ok(None),
    }
}

/// A picture without what a camera wrote into it.
#[derive(Clone, Debug)]
pub struct CleanPicture(NewFile);

impl NewPicture {
    /// Reads it and takes out what does not draw it.
    ///
    /// # Errors
    /// That it is too large, or none of the kinds that we take.
    pub async fn read(self) -> Result<CleanPicture, DocumentRefused> {
        if self.bytes.len() > MOST_PICTURE_BYTES {
            return Err(DocumentRefused::TooLarge);
        }
        let kind = FileKind::of(&self.bytes, &self.file_name).ok_or(DocumentRefused::WrongKind)?;
        if !kind.is_picture() {
            return Err(DocumentRefused::WrongKind);
        }
        let content = cleaned(self.bytes, MOST_PICTURE).await?;
        Ok(CleanPicture(NewFile {
            title: String::new(),
            file_name: kind.name("picture"),
            media_type: kind.media_type,
            content,
        }))
    }
}

impl CleanPicture {
    /// The SHA-256 of what is stored, in hexadecimal.
    pub fn digest(&self) -> String {
        secret::hash(&self.0.content)
    }
}

/// Stores a picture inside the transaction of the use case that it belongs to, and gives its token.
/// `alt` says what it shows.
///
/// # Errors
/// Nobody in person stores it.
pub async fn store_picture(
    draft: &Granted<'_, Consultation>,
    picture: CleanPicture,
    alt: &str,
) -> Result<String, Fault> {
    let file = NewFile {
        title: alt.to_owned(),
        ..picture.0
    };
    Ok(insert_picture(draft, file).await?.token)
}
