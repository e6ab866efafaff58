//! Reads of the queue. Who wrote a text is never read here.

use std::collections::HashMap;

use domain::edit::Versions;
use domain::ids::{AnswerId, ConsultationId, StatementId, TeamId};
use domain::moderation::policy::may_see_queue;
use domain::moderation::read::{Item, Queue, QueueFilter};
use domain::moderation::{Reason, State, SubjectKind};
use sea_orm::{ConnectionTrait, DbErr};

pub use crate::moderation::rows::decision::latest_reasons;

use crate::consultation::rows::overview;
use crate::error::Denied;
use crate::granted::Caller;
use crate::moderation::rows::decision;
use crate::record::revision;
use crate::response::rows::moderation::{self as answers, AnswerText};
use crate::vote::rows::moderation::{self as statements, ModeratedStatement};

const A_PAGE: u64 = 20;

/// Consultations with their titles.
type Titles = HashMap<ConsultationId, String>;

/// How many texts wait for a moderator of these teams.
pub async fn waiting(db: &impl ConnectionTrait, teams: &[TeamId]) -> Result<u64, DbErr> {
    let titles = overview::of_teams(db, teams).await?;
    let ids: Vec<ConsultationId> = titles.into_keys().collect();
    Ok(answers::count(db, &ids, State::Held).await?
        + statements::count(db, &ids, State::Held).await?)
}

/// A page of the queue of this moderator, oldest first.
///
/// # Errors
/// Whoever moderates for no team.
pub async fn queue(
    db: &impl ConnectionTrait,
    caller: &Caller,
    filter: QueueFilter,
) -> Result<Queue, Denied> {
    let teams = may_see_queue(&caller.actor)?;
    let titles = overview::of_teams(db, &teams).await?;
    let ids: Vec<ConsultationId> = titles.keys().copied().collect();
    let QueueFilter { kind, state, .. } = filter;
    let waiting = [
        answers::count(db, &ids, State::Held).await?,
        statements::count(db, &ids, State::Held).await?,
    ];
    let total = match kind {
        SubjectKind::Answer => answers::count(db, &ids, state).await?,
        SubjectKind::Statement => statements::count(db, &ids, state).await?,
    };
    let pages = total.div_ceil(A_PAGE).max(1);
    let page = filter.page.clamp(1, pages);
    let offset = (page - 1) * A_PAGE;
    let read = async || match kind {
        SubjectKind::Statement => {
            let found = statements::statements(db, &ids, state, offset, A_PAGE).await?;
            Ok::<_, DbErr>(statement_items(&titles, found))
        }
        SubjectKind::Answer => {
            let found = answers::texts(db, &ids, state, offset, A_PAGE).await?;
            answer_items(db, &titles, found).await
        }
    };
    let subjects: Vec<String> = read().await?.iter().map(subject).collect();
    let versions = revision::versions(db, &subjects).await?;
    // Once more, now that the versions are known.
    let items = read().await?;
    Ok(Queue {
        items: completed(db, items, &versions).await?,
        filter: QueueFilter { kind, state, page },
        total,
        waiting,
        pages,
    })
}

/// One text of the consultations of this moderator.
///
/// # Errors
/// Not found; whoever moderates for no team.
pub async fn item(
    db: &impl ConnectionTrait,
    caller: &Caller,
    kind: SubjectKind,
    id: i64,
) -> Result<Item, Denied> {
    let teams = may_see_queue(&caller.actor)?;
    let titles = overview::of_teams(db, &teams).await?;
    let versions = revision::versions(db, &[decision::subject(kind, id)]).await?;
    let items = match kind {
        SubjectKind::Statement => {
            let found = statements::statement(db, StatementId(id)).await?;
            statement_items(&titles, found)
        }
        SubjectKind::Answer => {
            let found = answers::text(db, AnswerId(id)).await?;
            answer_items(db, &titles, found).await?
        }
    };
    let items = completed(db, items, &versions).await?;
    items.into_iter().next().ok_or(Denied::NotFound)
}

fn statement_items(
    titles: &Titles,
    found: impl IntoIterator<Item = ModeratedStatement>,
) -> Vec<Item> {
    found
        .into_iter()
        .filter_map(|statement| {
            Some(Item {
                kind: SubjectKind::Statement,
                id: statement.id.0,
                consultation: titles.get(&statement.consultation)?.clone(),
                context: String::new(),
                text: statement.text,
                state: statement.state,
                reason: statement.reason,
                private: false,
                version: Default::default(),
            })
        })
        .collect()
}

async fn answer_items(
    db: &impl ConnectionTrait,
    titles: &Titles,
    found: impl IntoIterator<Item = AnswerText>,
) -> Result<Vec<Item>, DbErr> {
    let found: Vec<AnswerText> = found.into_iter().collect();
    let questions = overview::question_names(db, found.iter().map(|text| text.question)).await?;
    Ok(found
        .into_iter()
        .filter_map(|text| {
            let question = questions.get(&text.question)?;
            Some(Item {
                kind: SubjectKind::Answer,
                id: text.id.0,
                consultation: titles.get(&question.consultation)?.clone(),
                context: question.prompt.clone(),
                text: text.text,
                state: text.state,
                reason: None,
                private: text.private,
                version: Default::default(),
            })
        })
        .collect())
}

/// What the versions of a text are kept under.
fn subject(item: &Item) -> String {
    decision::subject(item.kind, item.id)
}

/// The same with their versions, and the reasons of those that are rejected.
async fn completed(
    db: &impl ConnectionTrait,
    mut items: Vec<Item>,
    versions: &Versions,
) -> Result<Vec<Item>, DbErr> {
    for item in &mut items {
        item.version = versions.of(&subject(item));
    }
    for kind in [SubjectKind::Answer, SubjectKind::Statement] {
        let rejected = items
            .iter()
            .filter(|item| item.kind == kind && item.state == State::Rejected)
            .map(|item| item.id)
            .collect::<Vec<_>>();
        if rejected.is_empty() {
            continue;
        }
        let reasons: HashMap<i64, Reason> = latest_reasons(db, kind, rejected).await?;
        for item in items.iter_mut().filter(|item| item.kind == kind) {
            if item.state == State::Rejected {
                item.reason = reasons.get(&item.id).copied().or(item.reason);
            }
        }
    }
    Ok(items)
}
