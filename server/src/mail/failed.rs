//! Why a letter did not leave, told apart by what can be done about it. What a mail server answers is
//! not kept: it may name the address.

use std::error::Error;

use domain::letter::Trouble;
use lettre::transport::smtp;

/// A message could not be handed over. The address is not in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("mail not sent: {0}")]
pub struct MailFailed(pub Trouble);

impl From<smtp::Error> for MailFailed {
    fn from(error: smtp::Error) -> Self {
        Self(if let Some(code) = error.status() {
            let words = error.source().map(ToString::to_string);
            Trouble::answered(code.into(), &words.unwrap_or_default())
        } else if error.is_tls() {
            Trouble::NoEncryption
        } else if error.is_timeout() {
            Trouble::NoAnswer
        } else if error.is_client() || error.is_response() {
            Trouble::NotUnderstood
        } else {
            Trouble::NoConnection
        })
    }
}
