//! The front door: what every request passes, and how every page and refusal is answered.

mod again;
mod assets;
mod cache;
mod client;
mod context;
pub mod cookie;
mod error;
mod failure_page;
mod form;
mod fresh;
mod headers;
mod negotiate;

pub use again::{FormAgain, again, no_rule, not_removed};
pub use assets::{asset_paths, serve_asset};
pub use cache::{cached, expire_after_writing, packed};
pub use context::RequestContext;
pub use error::{Error, Failure};
pub use failure_page::render_failures;
pub use form::{Bounds, Form, Upload};
pub use fresh::{fresh_form, fresh_key, with_fresh_key};
pub use headers::security_headers;
pub use negotiate::see_other;
