//! A form in parts, files among them.

use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::http::StatusCode;
use domain::typed;

use super::bounds::{Bounds, MOST_BYTES};
use super::reading::{Reading, Upload};
use super::room::Room;
use crate::http::Error;

/// Reads it, and its files where they are wanted. What goes beyond is taken and let go, so that whoever
/// sends it reads the answer.
pub(super) async fn read(
    mut multipart: Multipart,
    bounds: Bounds,
    room: Room,
    with_files: bool,
) -> Reading {
    let mut reading = Reading::begun(room);
    loop {
        let mut field = match multipart.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return reading,
            Err(error) => {
                reading.refuse(why(&error));
                return reading;
            }
        };
        if reading.is_full(bounds) {
            continue;
        }
        let name = typed::meant(field.name().unwrap_or_default().to_owned());
        let file_name = field.file_name().map(str::to_owned);
        let most = match &file_name {
            None => reading.left(bounds),
            Some(_) if with_files => MOST_BYTES,
            Some(_) => 0,
        };
        let bytes = match part(&mut field, most, &mut reading).await {
            Ok(bytes) => bytes,
            Err(error) => {
                reading.refuse(why(&error));
                return reading;
            }
        };
        match file_name {
            Some(file_name) if file_name.is_empty() => {}
            Some(file_name) => {
                reading.files = true;
                if with_files {
                    reading.uploads.push(Upload {
                        field: name,
                        file_name: typed::in_one_line(&typed::meant(file_name)).into_owned(),
                        bytes: bytes.into(),
                    });
                }
            }
            None => {
                let text = reading.words(bytes);
                reading.push(name, text, bounds);
            }
        }
    }
}

/// The bytes of a part, no more than these.
async fn part(
    field: &mut Field<'_>,
    most: usize,
    reading: &mut Reading,
) -> Result<Vec<u8>, MultipartError> {
    let is_text = field.file_name().is_none();
    let mut bytes = Vec::new();
    while let Some(came) = field.chunk().await? {
        let kept = reading.keeps(came.len(), most - bytes.len()).await;
        bytes.extend_from_slice(came.get(..kept).unwrap_or_default());
        if is_text && kept < came.len() {
            reading.cut = true;
            reading.refuse_more();
        }
    }
    Ok(bytes)
}

fn why(error: &MultipartError) -> Error {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Error::TooLarge
    } else {
        Error::Malformed
    }
}
