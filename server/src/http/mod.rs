//! The front door: what every request passes, and how every page and refusal is answered.

mod assets;
mod cache;
mod client;
mod error;
mod form;
mod headers;
mod limits;
mod negotiate;
mod visit;

pub use assets::{asset_paths, serve_asset};
pub use cache::{PageCache, cached, expire_after_writing, packed};
pub use client::ClientAddress;
pub use error::{Error, Failure, render_failures};
pub use form::{Form, Upload};
pub use headers::security_headers;
pub use limits::{Limited, Limits};
pub use negotiate::see_other;
pub use visit::Visit;
