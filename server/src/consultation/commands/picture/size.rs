//! How large a picture says that it is.

use crate::consultation::commands::uploaded::DocumentRefused;

/// The most pixels along a side.
pub(super) const MOST_ALONG: u32 = 16_384;

/// How large a picture says that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Size {
    pub width: u32,
    pub height: u32,
}

impl Size {
    /// That it is no picture, or has more pixels than these.
    pub fn bounded(self, most_pixels: u64) -> Result<(), DocumentRefused> {
        let pixels = u64::from(self.width) * u64::from(self.height);
        if pixels == 0 {
            Err(DocumentRefused::WrongKind)
        } else if self.width.max(self.height) > MOST_ALONG || pixels > most_pixels {
            Err(DocumentRefused::TooManyPixels)
        } else {
            Ok(())
        }
    }
}
