//! Islands of the dashboards and of what people think.

mod lit;
mod live;

pub use lit::Lit;
pub use live::Live;
