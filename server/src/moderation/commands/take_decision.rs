//! Taking a decision on one text: approve, hold or reject it.
//!
//! Invariant: a decision is on the text as the moderator saw it. Whoever looks at an older page learns
//! what a colleague decided, and nothing becomes public by their click.

use domain::account::NotPermitted;
use domain::consultation::policy::{Permission, may};
use domain::edit::Version;
use domain::ids::{AnswerId, ConsultationId, StatementId};
use domain::moderation::policy::may_see_queue;
use domain::moderation::{Decision, Reason, SubjectKind};

use crate::App;
use crate::consultation::rows::lock;
use crate::db::Tx;
use crate::error::{Denied, Fault};
use crate::granted::{Caller, Granted};
use crate::moderation::rows::decision as decisions;
use crate::record::revision::{self, Moved};
use crate::record::{audit, site};
use crate::response::rows::moderation as answers;
use crate::vote::rows::moderation as statements;

/// Takes a decision on one text.
#[derive(Clone, Copy, Debug)]
pub struct TakeDecision {
    /// What it is.
    pub kind: SubjectKind,
    /// Which one.
    pub id: i64,
    /// What the moderator decides.
    pub decision: Decision,
    /// How often it had been decided on, on the page that the moderator saw.
    pub seen: Version,
}

/// Records the decision, and moves the text to its new state with the counts of it.
///
/// # Errors
/// That a colleague decided otherwise since; not found where there is no such text; whoever does not
/// moderate its consultation.
pub async fn take_decision(
    app: &App,
    caller: &Caller,
    command: TakeDecision,
) -> Result<(), Denied> {
    let TakeDecision {
        kind, id, decision, ..
    } = command;
    let tx = app.db.begin().await?;
    let locked = match consultation_of(&tx, kind, id).await? {
        Some(consultation) => lock(&tx, consultation).await?,
        None => None,
    };
    let Some(locked) = locked else {
        // Whoever moderates nothing learns nothing of what there is.
        may_see_queue(&caller.actor)?;
        return Err(Denied::NotFound);
    };
    let now = caller.now;
    let on = Granted::ask(&tx, caller, locked, |actor, on| {
        may(actor, Permission::Moderate, &on.context(now))
    })
    .await?;
    let by = on.by().ok_or(NotPermitted::SignInFirst)?;
    let subject = decisions::subject(kind, id);
    if revision::advance(&on, &subject, command.seen, &decision).await? == Moved::Already {
        return Ok(());
    }
    match kind {
        SubjectKind::Answer => {
            let text = answers::text(&tx, AnswerId(id)).await?;
            let text = text.ok_or(Denied::NotFound)?;
            answers::move_text(&on, &text, decision.state()).await?;
        }
        SubjectKind::Statement => {
            let (state, reason) = (decision.state(), decision.reason());
            statements::move_statement(&on, StatementId(id), state, reason).await?;
        }
    }
    decisions::insert(&on, by, kind, id, decision).await?;
    let entry = format!("moderate-{}", decision.word());
    let reason = decision.reason().map(Reason::code).unwrap_or_default();
    audit::append(&on, &entry, &subject, reason).await?;
    site::changed(&on).await?;
    tx.commit().await?;
    Ok(())
}

async fn consultation_of(
    tx: &Tx,
    kind: SubjectKind,
    id: i64,
) -> Result<Option<ConsultationId>, Fault> {
    Ok(match kind {
        SubjectKind::Answer => answers::consultation_of(tx, AnswerId(id)).await?,
        SubjectKind::Statement => statements::statement(tx, StatementId(id))
            .await?
            .map(|statement| statement.consultation),
    })
}
