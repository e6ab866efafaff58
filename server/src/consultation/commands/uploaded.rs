//! A file as somebody sent it, and why it is not taken.

/// A file as it was sent.
#[derive(Clone, Debug, Default)]
pub struct UploadedFile {
    /// The name that its sender gave it.
    pub name: String,
    /// Its bytes.
    pub bytes: bytes::Bytes,
}

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentRefused {
    /// No file.
    Missing,
    /// More than are taken of a document, or of a picture.
    TooLarge,
    /// A picture with more pixels than are taken.
    TooManyPixels,
    /// A picture that is stored on its side and can't be turned.
    NotTurned,
    /// None of the kinds that people can open safely.
    WrongKind,
}
