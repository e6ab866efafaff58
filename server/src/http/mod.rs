//! The front door: what every request passes, and how every page and refusal is answered.

mod address;
mod again;
mod assets;
mod cache;
mod client;
mod context;
pub mod cookie;
mod encoding;
mod error;
mod failure_page;
mod form;
mod fresh;
mod headers;
mod listen;
mod negotiate;
mod path;
mod patience;
mod percent;
mod query;

pub use address::readable_address;
pub use again::{FormAgain, again, no_rule, not_removed};
pub use assets::{asset_paths, serve_asset};
pub use cache::{Cached, cached, expire_after_writing, packed};
pub use context::RequestContext;
pub use encoding::is_known;
pub use error::{Error, Failure};
pub use failure_page::render_failures;
pub use form::{Bounds, Form, MOST_BYTES, Upload};
pub use fresh::{fresh_form, fresh_key, with_fresh_key};
pub use headers::{no_plain_origin, security_headers};
pub use listen::{Patience, listen};
pub use negotiate::{is_own, see_other};
pub use path::Path;
pub use query::Query;
