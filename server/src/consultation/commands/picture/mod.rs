//! A picture without what a camera or a program wrote into it: place, time, owner, thumbnails.
//!
//! Invariant: what comes out draws what came in, as it was meant to be seen, and holds nothing else.
//! Its size is bounded before anything is read by it. What follows the end of a picture, or of its
//! pixels, is dropped, so a file that is two things at once is one thing afterwards.

mod exif;
mod jpeg;
mod png;
#[cfg(test)]
mod samples;
mod size;
mod turned;

use bytes::Bytes;
use size::Size;
use tokio::sync::Semaphore;

use crate::consultation::commands::uploaded::DocumentRefused;

/// One at a time: a photograph takes three bytes a pixel while it is turned.
static TURN: Semaphore = Semaphore::const_new(1);

/// The bytes that draw the picture, upright.
///
/// # Errors
/// That it is no whole PNG or JPEG, or has more pixels than these.
pub(super) async fn cleaned(bytes: Bytes, most_pixels: u64) -> Result<Vec<u8>, DocumentRefused> {
    let turn = TURN.acquire().await;
    let clean = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        clean(&bytes, most_pixels)
    });
    clean.await.unwrap_or_else(|error| {
        tracing::error!(%error, "a picture could not be read");
        Err(DocumentRefused::WrongKind)
    })
}

fn clean(bytes: &[u8], most_pixels: u64) -> Result<Vec<u8>, DocumentRefused> {
    let bounded = |size: Size| size.bounded(most_pixels);
    if png::is_png(bytes) {
        png::clean(bytes, bounded)
    } else {
        let read = jpeg::clean(bytes, bounded)?;
        if read.orientation.is_upright() {
            Ok(read.bytes)
        } else {
            turned::upright(&read.bytes, read.orientation).ok_or(DocumentRefused::WrongKind)
        }
    }
}
