//! Pages of what came in and what came of it.

mod answer;
mod decide;
mod figures;
mod opinion;
mod outcome;
mod outcomes;
mod released;
mod theme;
mod watch;

pub use answer::answer;
pub use decide::decide;
pub use figures::figures;
pub use opinion::opinion;
pub use outcome::outcome;
pub use outcomes::outcomes;
use released::released;
pub use theme::{ThemeForm, remove, theme};
pub use watch::{region, watch};

pub use crate::consultation::pages::stage;
