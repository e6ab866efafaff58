//! The parts pages are made of: shell, form fields, content parts, charts, Markdown, dates.
//!
//! Server only. A part is a pure function of what it is given; it reads no context, holds no
//! signal and knows no slice. Deliberately not here: wording of refusals (`messages`), routes,
//! anything that decides. Invariant: nothing here writes an inline script or a style attribute,
//! because the content security policy would drop it.

pub mod chart;
pub mod choice;
pub mod conflict;
pub mod dates;
pub mod field;
pub mod form;
pub mod frame;
pub mod label;
pub mod markdown;
pub mod model;
pub mod navigation;
pub mod parts;
pub mod personal;
pub mod progress;
pub mod receipt;
pub mod shell;
pub mod table;
