//! What came of a consultation, and what is coming in while it goes on.

use domain::calendar::uk_day;
use domain::consultation::policy::{Permission, may};
use domain::consultation::{Consultation, Stage};
use domain::ids::ConsultationId;
use domain::insight::disclosure::{ANALYST, Shown};
use domain::insight::read::{OutcomeView, PublishedWords, WatchView};
use domain::insight::release::Of;
use jiff::civil::Date;
use sea_orm::{ConnectionTrait, DbErr};

use super::ballots;
use super::figures::figures;
use crate::consultation::queries::permitted;
use crate::consultation::rows::{outcome, questions};
use crate::error::Denied;
use crate::granted::Caller;
use crate::insight::rows::{release, theme};
use crate::poll::rows::lines::lines;
use crate::response::rows::moderation;

/// The most free-text answers on an outcome page.
const MOST_WORDS: usize = 30;

/// What comes in, for its teams.
///
/// # Errors
/// Not found, or why it is not permitted.
pub async fn watch(
    db: &impl ConnectionTrait,
    caller: &Caller,
    slug: &str,
) -> Result<WatchView, Denied> {
    let on = permitted(db, caller, slug, Permission::Watch).await?;
    let phase = on.context(caller.now);
    Ok(WatchView {
        figures: figures(db, on.id, ANALYST).await?,
        stage: phase.stage,
        closes: on.milestones.closes,
        now: caller.now,
        may_answer: domain::insight::policy::may_read_answers(&caller.actor, &phase).is_ok(),
        may_export: may(&caller.actor, Permission::Export, &phase).is_ok(),
        slug: on.slug,
        title: on.title,
    })
}

/// What came of it, for everybody; not found before it has closed.
///
/// # Errors
/// Not found, or why it is not permitted.
pub async fn outcome(
    db: &impl ConnectionTrait,
    caller: &Caller,
    slug: &str,
) -> Result<OutcomeView, Denied> {
    let on = permitted(db, caller, slug, Permission::View).await?;
    let stage = on.stage(caller.now);
    if !stage.has_closed() {
        return Err(Denied::NotFound);
    }
    let today = uk_day(caller.now);
    view(db, on, stage, today).await.map_err(Denied::from)
}

async fn view(
    db: &impl ConnectionTrait,
    on: Consultation,
    stage: Stage,
    today: Date,
) -> Result<OutcomeView, DbErr> {
    let themes = if stage.is_answered() {
        theme::of(db, on.id).await?
    } else {
        Vec::new()
    };
    Ok(OutcomeView {
        responses: release::last(db, Of::Responses(on.id))
            .await?
            .map(|released| released.cells),
        voters: release::shown(db, &[Of::Votes(on.id)])
            .await?
            .into_values()
            .next()
            .unwrap_or(Shown::Hidden),
        words: published_words(db, on.id).await?,
        polls: lines(db, on.id).await?,
        ballots: ballots::of(db, &[on.id]).await?.remove(&on.id),
        stage,
        closed: on.milestones.closes,
        decided: on.milestones.decided,
        decision: outcome::decision(db, on.id).await?,
        themes,
        attribution: outcome::attribution(db, on.id).await?,
        invented: on.invented,
        today,
        slug: on.slug,
        title: on.title,
    })
}

/// Approved words whose authors agreed to publish them, question by question.
async fn published_words(
    db: &impl ConnectionTrait,
    id: ConsultationId,
) -> Result<Vec<PublishedWords>, DbErr> {
    let mut words = Vec::new();
    for question in questions(db, id).await? {
        let room = MOST_WORDS.saturating_sub(words.len());
        if room == 0 {
            break;
        }
        if !question.published {
            continue;
        }
        for one in moderation::publishable(db, question.id.0, room as u64).await? {
            words.push(PublishedWords {
                question: question.prompt.clone(),
                words: one.text,
                name: one.name,
            });
        }
    }
    Ok(words)
}
