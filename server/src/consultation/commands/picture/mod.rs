//! A picture without what a camera or a program wrote into it: place, time, owner, thumbnails.
//!
//! Invariant: what comes out draws what came in, the way up and in the colours that it was meant, and
//! holds nothing else. A JPEG on its side is turned; a PNG keeps the note that says so, alone. Of a profile
//! of colours what draws is kept. Size is bounded before anything is read by it, and again afterwards. What
//! follows the end of a picture, or of its pixels, is dropped, so a file that is two things at once is one
//! thing afterwards.

mod exif;
mod jpeg;
mod png;
mod profile;
#[cfg(test)]
mod samples;
mod size;
mod turned;

use bytes::Bytes;
use size::Size;
use tokio::sync::Semaphore;

use crate::consultation::commands::uploaded::DocumentRefused;

/// One at a time: a photograph takes three bytes a pixel while it is turned; one that is drawn in passes
/// two more for each of its three or four samples.
static TURN: Semaphore = Semaphore::const_new(1);
/// How many times fewer pixels are taken of a photograph that is drawn in passes and has to be turned.
const FEWER_IN_PASSES: u64 = 3;

/// The most of a picture that is taken and stored.
#[derive(Clone, Copy, Debug)]
pub(super) struct Most {
    /// Its pixels.
    pub pixels: u64,
    /// Its bytes.
    pub bytes: usize,
}

/// The bytes that draw the picture, upright.
///
/// # Errors
/// That it is no whole PNG or JPEG, has more than these, or can't be turned.
pub(super) async fn cleaned(bytes: Bytes, most: Most) -> Result<Vec<u8>, DocumentRefused> {
    let turn = TURN.acquire().await;
    let clean = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        clean(&bytes, most)
    });
    clean.await.unwrap_or_else(|error| {
        tracing::error!(%error, "a picture could not be read");
        Err(DocumentRefused::WrongKind)
    })
}

fn clean(bytes: &[u8], most: Most) -> Result<Vec<u8>, DocumentRefused> {
    let bounded = |size: Size| size.bounded(most.pixels);
    let clean = if png::is_png(bytes) {
        png::clean(bytes, bounded)?
    } else {
        let read = jpeg::clean(bytes, bounded)?;
        if read.orientation.is_upright() {
            read.bytes
        } else {
            let fits = !read.in_passes || read.size.bounded(most.pixels / FEWER_IN_PASSES).is_ok();
            let turned = fits.then(|| turned::upright(&read, most.bytes)).flatten();
            turned.ok_or(DocumentRefused::NotTurned)?
        }
    };
    if clean.len() > most.bytes {
        return Err(DocumentRefused::TooLarge);
    }
    Ok(clean)
}
