//! Sending a response.

use domain::code::Code;
use domain::ids::{AreaId, QuestionId};
use domain::response::grace::{SendRefused, may_send};
use domain::response::{
    Answer, Channel, NotAnswered, Publication, Respondent, Submission, check_answers,
};

use crate::App;
use crate::error::{Denied, Fault, Refused};
use crate::granted::Caller;
use crate::response::commands::letter;
use crate::response::commands::response_writer::{PendingResponse, Taken};
use crate::response::key::Key;
use crate::response::queries::questionnaire::Questionnaire;
use crate::response::rows::{KeyedSubmission, stored};
use crate::secret::receipt_hash;

/// Sends a response.
#[derive(Clone, Debug)]
pub struct SendResponse {
    /// The consultation, by its name in addresses.
    pub on: String,
    /// The key of its check page: sent twice, it is one response with one receipt.
    pub key: Key,
    /// How it came.
    pub channel: Channel,
    /// The ward, where it was said.
    pub area: Option<AreaId>,
    /// What the public may see.
    pub publication: Publication,
    /// Who responds.
    pub respondent: Respondent,
    /// Answers in the order of the questions.
    pub answers: Vec<(QuestionId, Answer)>,
    /// Whether it is invented for a demonstration or a measurement.
    pub invented: bool,
}

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

/// Why a response is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendResponseRefused {
    /// It may not be sent at this moment.
    NotTaken(SendRefused),
    /// It does not answer the questionnaire as it is now.
    NotAnswered(NotAnswered),
    /// Nothing can be written at this moment. Sending it again can't make a second.
    NotSaved,
}

/// Writes a response. When this returns it is on the disk.
///
/// # Errors
/// Why it is not taken; nothing was acknowledged then. What was taken before stays taken, however
/// late it is sent again.
pub async fn send_response(
    app: &App,
    caller: &Caller,
    command: SendResponse,
) -> Result<Sent, Refused<SendResponseRefused>> {
    send(app, caller, command)
        .await
        .map_err(|refused| match refused {
            Refused::Denied(Denied::Fault(Fault::Unavailable)) => {
                Refused::Because(SendResponseRefused::NotSaved)
            }
            other => other,
        })
}

async fn send(
    app: &App,
    caller: &Caller,
    command: SendResponse,
) -> Result<Sent, Refused<SendResponseRefused>> {
    let found = app.questionnaires.of(&app.db, &command.on).await?;
    let on = found
        .filter(|on| on.consultation.stage(caller.now).is_public())
        .ok_or(Denied::NotFound)?;
    let offered = Publication::offered(&on.consultation.publication_profile);
    let lives = command.area;
    let named = command.publication == Publication::Named;
    if !offered.contains(&command.publication)
        || (named && command.respondent.name.is_none())
        || lives.is_some_and(|area| on.wards.iter().all(|ward| ward.id != area))
    {
        return Err(Denied::Malformed.into());
    }
    let code = command.key.receipt(&app.config.secret);
    let issued = command.key.issued;
    let answers = command.answers.clone();
    if let Err(wrong) = check_answers(&on.questions, &answers) {
        // What was taken before stays taken, whatever is sent now.
        return match before(app, &on, &code, &answers).await? {
            Some(sent) => Ok(sent),
            None => Err(Refused::Because(
                match may_send(&on.consultation.milestones, issued, caller.now) {
                    Err(refused) => SendResponseRefused::NotTaken(refused),
                    Ok(()) => SendResponseRefused::NotAnswered(wrong),
                },
            )),
        };
    }
    // Asked here so that what is too late costs no write; asked again inside the write.
    let taken = match may_send(&on.consultation.milestones, issued, caller.now) {
        Err(refused) => Taken::Refused(refused),
        Ok(()) => {
            let to = command.respondent.email.iter();
            let effects = to
                .map(|to| letter::receipt(app, &on.about.title, to, &code, caller.now))
                .collect();
            let submission = Submission {
                consultation: on.consultation.id,
                channel: command.channel,
                area: command.area,
                publication: command.publication,
                respondent: command.respondent,
                answers: command.answers,
                at: caller.now,
                invented: command.invented,
            };
            let pending = PendingResponse {
                keyed: KeyedSubmission {
                    key: command.key.stored(),
                    receipt_hash: receipt_hash(&code),
                    submission,
                },
                issued,
                effects,
            };
            app.responses.write(pending).await?
        }
    };
    if taken == Taken::New {
        return Ok(Sent::New);
    }
    match (before(app, &on, &code, &answers).await?, taken) {
        (Some(sent), _) => Ok(sent),
        (None, Taken::Refused(refused)) => {
            Err(Refused::Because(SendResponseRefused::NotTaken(refused)))
        }
        (None, _) => Err(Fault::unexpected("a key is taken without its receipt").into()),
    }
}

/// What of this key was taken before, if anything was.
async fn before(
    app: &App,
    on: &Questionnaire,
    code: &Code,
    answers: &[(QuestionId, Answer)],
) -> Result<Option<Sent>, Denied> {
    let db = app.db.read();
    let Some(found) = stored::by_receipt(db, code).await? else {
        return Ok(None);
    };
    let before = stored::answers(db, &on.questions, found.id).await?;
    let same = before.len() == answers.len()
        && before
            .iter()
            .zip(answers)
            .all(|(one, (question, answer))| one.question == *question && one.answer == *answer);
    Ok(Some(if same { Sent::Again } else { Sent::Changed }))
}
