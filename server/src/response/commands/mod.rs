//! Use cases on responses: one function, one durable write.

mod export_responses;
mod letter;
mod mail_receipt;
mod recount_tallies;
pub mod response_writer;
mod send_response;

pub use export_responses::{ExportResponses, export_responses};
pub use mail_receipt::{MailReceipt, mail_receipt};
pub use recount_tallies::{RecountTallies, recount_tallies};
pub use send_response::{SendResponse, SendResponseRefused, Sent, send_response};
