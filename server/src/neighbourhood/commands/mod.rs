//! Use cases on concerns: one function, one transaction.

mod answer_concern;
mod forget_contacts;
mod mail_concern_receipt;
mod raise_concern;
mod release_concerns;
mod say_what_was_done;

pub use answer_concern::{AnswerConcern, answer_concern};
pub use forget_contacts::{ForgetContacts, forget_contacts};
pub use mail_concern_receipt::{MailConcernReceipt, mail_concern_receipt};
pub use raise_concern::{RaiseConcern, raise_concern};
pub use release_concerns::{ReleaseConcerns, release_concerns};
pub use say_what_was_done::{SayWhatWasDone, say_what_was_done};
