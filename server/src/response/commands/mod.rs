//! Sending a response, one durable write; sending its receipt by mail.

pub mod recount;
pub mod response_writer;

use app::messages::response as words;
use app::ui::dates;
use domain::council::Postcode;
use domain::ids::AreaId;
use domain::response::Submission;
use entity::postcode;
use jiff::Timestamp;
use sea_orm::{DbErr, EntityTrait};

use crate::App;
use crate::http::Error;
use crate::mail::Letter;
use crate::record::outbox::{self, Effect};
use crate::response::commands::response_writer::PendingResponse;
use crate::response::key::Key;
use crate::response::queries;
use crate::response::queries::questionnaire::Questionnaire;
use crate::response::rows::Keyed;
use crate::secret::code_hash;

/// What became of a response that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It is taken.
    New,
    /// It was taken before: a retry, a double click, the back button.
    Again,
    /// It was taken before, with other answers than these.
    Changed,
}

/// Writes a response. When this returns it is on the disk.
///
/// # Errors
/// Unavailable where nothing can be written; nothing was acknowledged then.
pub async fn send(
    app: &App,
    on: &Questionnaire,
    key: &Key,
    submission: Submission,
) -> Result<Sent, Error> {
    let code = key.receipt(&app.config.secret);
    let hash = code_hash(&code);
    let code = code.to_string();
    let effects = submission
        .respondent
        .email
        .iter()
        .map(|to| letter(app, on, to, &code, submission.at))
        .collect();
    let keyed = Keyed {
        key: key.stored(),
        receipt_hash: hash.clone(),
        submission,
    };
    let answers = keyed.submission.answers.clone();
    if app
        .responses
        .write(PendingResponse { keyed, effects })
        .await?
    {
        return Ok(Sent::New);
    }
    let Some(found) = queries::by_receipt(app.db.read(), &hash).await? else {
        return Err(Error::unexpected("a key is taken without its receipt"));
    };
    let before = queries::answers(app.db.read(), &on.questions, found.id).await?;
    Ok(if before == answers {
        Sent::Again
    } else {
        Sent::Changed
    })
}

fn letter(app: &App, on: &Questionnaire, to: &str, code: &str, at: Timestamp) -> Effect {
    let look_up = format!("{}{}", app.config.base_url, app::paths::RECEIPT);
    Effect::Mail(Letter {
        to: to.to_owned(),
        subject: words::RECEIPT_SUBJECT.to_owned(),
        body: words::receipt_letter(&on.about.title, code, &dates::long(at), &look_up),
    })
}

/// Has the receipt sent to this address, once.
///
/// # Errors
/// Those of the database.
pub async fn mail_receipt(
    app: &App,
    on: &Questionnaire,
    to: &str,
    code: &str,
    at: Timestamp,
    now: Timestamp,
) -> Result<(), Error> {
    let effect = letter(app, on, to, code, at);
    let tx = app.db.begin().await?;
    outbox::push(&tx, now, &effect).await?;
    tx.commit().await?;
    Ok(())
}

/// The ward of a postcode, if it is one of ours.
///
/// # Errors
/// Those of the database.
pub async fn ward_of(app: &App, typed: &str) -> Result<Option<AreaId>, DbErr> {
    let Ok(postcode) = Postcode::parse(typed) else {
        return Ok(None);
    };
    Ok(postcode::Entity::find_by_id(postcode.as_str().to_owned())
        .one(app.db.read())
        .await?
        .map(|row| AreaId(row.area_id)))
}
