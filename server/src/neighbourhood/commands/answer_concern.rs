//! Answering a concern: whose it is, how far it has come, a reply to its author.

use app::messages::neighbourhood as words;
use app::paths;
use domain::edit::{CreationKey, Version};
use domain::ids::ConcernId;
use domain::neighbourhood::policy::may_answer;
use domain::neighbourhood::{Answer, AnswerRefused, Concern, NewAnswer, changes, check_answer};

use crate::App;
use crate::error::{Denied, Refused};
use crate::granted::{Caller, Granted};
use crate::mail::Letter;
use crate::neighbourhood::rows::{concern, contact, event};
use crate::record::outbox::{self, Effect};
use crate::record::{audit, creation, revision};

/// Answers a concern.
#[derive(Clone, Debug)]
pub struct AnswerConcern {
    /// Which one.
    pub concern: ConcernId,
    /// The answer as it was typed.
    pub answer: NewAnswer,
    /// The version that the person saw.
    pub seen: Version,
    /// The key of the form: sent twice, it is one answer and one letter.
    pub key: CreationKey,
}

/// Records whose it is, how far it has come, and a reply. What changes nothing leaves no trace.
///
/// # Errors
/// What is missing, in the order of the form; a colleague answered it since this person saw it.
pub async fn answer_concern(
    app: &App,
    caller: &Caller,
    command: AnswerConcern,
) -> Result<(), Refused<Vec<AnswerRefused>>> {
    let id = command.concern;
    caller.actor.signed_in()?;
    let tx = app.db.begin().await?;
    let locked = concern::lock(&tx, id).await?.ok_or(Denied::NotFound)?;
    let granted = Granted::ask(&tx, caller, locked, may_answer).await?;
    let key = creation::key_with(&command.key, &command.answer);
    if creation::made(&granted, &key).await?.is_some() {
        return Ok(());
    }
    let subject = concern::subject(id);
    let moved = revision::advance(&granted, &subject, command.seen, &command.answer).await?;
    if moved == revision::Moved::Already {
        return Ok(());
    }
    let before = granted.root();
    let answer = check_answer(&command.answer, before.status).map_err(Refused::Because)?;
    let events = changes(before, &answer);
    if events.is_empty() {
        return Ok(());
    }
    event::insert(&granted, &events).await?;
    concern::update(&granted, &answer).await?;
    if !answer.reply.is_empty() {
        tell_author(app, &granted, &answer).await?;
    }
    creation::keep(&granted, &key, id).await?;
    let kinds: Vec<&str> = events.iter().map(|event| event.kind()).collect();
    audit::append(&granted, "answer-concern", &subject, &kinds.join(",")).await?;
    tx.commit().await?;
    Ok(())
}

async fn tell_author(
    app: &App,
    granted: &Granted<'_, Concern>,
    answer: &Answer,
) -> Result<(), Denied> {
    let Some(to) = contact::address(granted).await? else {
        return Ok(());
    };
    let letter = Letter::to_resident(
        to,
        words::REPLY_SUBJECT.to_owned(),
        words::reply_letter(
            &answer.reply,
            &words::with_whom(&answer.route),
            &format!("{}{}", app.config.base_url, paths::CONCERN_LOOK_UP),
        ),
    );
    outbox::push(granted, &Effect::Mail(letter)).await?;
    Ok(())
}
