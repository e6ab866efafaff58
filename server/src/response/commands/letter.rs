//! The letter with a receipt.

use app::messages::response as words;
use app::ui::dates;
use domain::code::Code;
use jiff::Timestamp;

use crate::App;
use crate::mail::Letter;
use crate::record::outbox::Effect;

/// The receipt of a response to the consultation of this title, taken at this time, on its way to
/// this address.
pub(super) fn receipt(app: &App, title: &str, to: &str, code: &Code, at: Timestamp) -> Effect {
    let look_up = format!("{}{}", app.config.base_url, app::paths::RECEIPT);
    Effect::Mail(Letter::to_resident(
        to.to_owned(),
        words::RECEIPT_SUBJECT.to_owned(),
        words::receipt_letter(title, &code.to_string(), &dates::long(at), &look_up),
    ))
}
