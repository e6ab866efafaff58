//! Use cases on a consultation: a command and one function in one transaction each, a file a use case.

mod add_document;
mod add_option;
mod add_question;
mod add_statement;
mod approve;
mod begin_draft;
mod change_about;
mod change_contact;
mod change_dates;
mod change_option;
mod change_places;
mod change_question;
mod change_scope;
mod file_kind;
mod gates;
mod grant;
mod open_statements;
mod picture;
mod publish;
mod remove_document;
mod remove_option;
mod remove_question;
mod remove_statement;
mod send_back;
mod store_picture;
mod submit_for_review;
mod uploaded;
mod withdraw;

pub use add_document::{AddDocument, MOST_BYTES, add_document};
pub use add_option::{AddOption, add_option};
pub use add_question::{AddQuestion, add_question};
pub use add_statement::{AddStatement, AddStatementRefused, add_statement};
pub use approve::{Approve, approve};
pub use begin_draft::{BeginDraft, BegunDraft, begin_draft};
pub use change_about::{ChangeAbout, change_about};
pub use change_contact::{ChangeContact, change_contact};
pub use change_dates::{ChangeDates, change_dates};
pub use change_option::{ChangeOption, change_option};
pub use change_places::{ChangePlaces, change_places};
pub use change_question::{ChangeQuestion, change_question};
pub use change_scope::{ChangeScope, change_scope};
pub use gates::GatesRefused;
pub use grant::{Turn, grant, grant_by, grant_if, turn};
pub use open_statements::{OpenStatements, open_statements};
pub use publish::{Publish, publish};
pub use remove_document::{RemoveDocument, remove_document};
pub use remove_option::{RemoveOption, remove_option};
pub use remove_question::{RemoveQuestion, remove_question};
pub use remove_statement::{RemoveStatement, remove_statement};
pub use send_back::{SendBack, send_back};
pub use store_picture::{
    CleanPicture, MOST_PICTURE_BYTES, MOST_PICTURE_PIXELS, NewPicture, read_picture, store_picture,
};
pub use submit_for_review::{SubmitForReview, submit_for_review};
pub use uploaded::{DocumentRefused, UploadedFile};
pub use withdraw::{Withdraw, withdraw};
