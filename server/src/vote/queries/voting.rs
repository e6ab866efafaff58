//! The voting page of one voter, and statements like the one they are about to add.

use std::collections::HashMap;

use domain::consultation::Consultation;
use domain::ids::{ConsultationId, StatementId};
use domain::vote::opinion as rules;
use domain::vote::read::{StatementResult, StatementView, VoteView};
use domain::vote::statement::Vote;
use entity::statement_vote;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use crate::App;
use crate::vote::queries::approved;
use crate::vote::routing::{self, Draw};
use crate::vote::rows::{statements, voters, votes};

/// The most statements that are offered before one's own is sent.
const MOST_ALIKE: usize = 3;

/// What of the voting page its address says.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// A statement to look at again.
    pub statement: Option<StatementId>,
    /// The statement that was voted on just now.
    pub after: Option<StatementId>,
}

/// The voting page of the voter with this cookie.
pub async fn page(
    app: &App,
    on: &Consultation,
    token: &str,
    wanted: Wanted,
) -> Result<VoteView, DbErr> {
    let db = app.db.read();
    let hash = voters::token_hash(on.id, token);
    let statements = approved(db, on.id).await?;
    let (votes, waiting) = match voters::find(db, on.id, &hash).await? {
        Some(voter) => (
            votes_of(db, voter, None).await?,
            statements::waiting(db, voter).await?,
        ),
        None => (HashMap::new(), 0),
    };
    let draw = Draw {
        weighed: app.opinions.weighed(on.id),
        seed: routing::seed(&app.config.secret, on.id),
    };
    let seen: Vec<i64> = votes.keys().map(|id| id.0).collect();
    let drawn = draw.choose(&statements, &seen, &hash);
    let show = |one: &StatementResult| StatementView {
        id: one.id,
        text: one.text.clone(),
        vote: votes.get(&one.id).copied(),
    };
    Ok(VoteView {
        slug: on.slug.clone(),
        title: on.title.clone(),
        closes: String::new(),
        last: wanted
            .after
            .and_then(|id| statements.iter().find(|one| one.id == id))
            .filter(|one| votes.contains_key(&one.id))
            .map(show),
        current: wanted
            .statement
            .and_then(|id| statements.iter().find(|one| one.id == id))
            .or(drawn)
            .map(show),
        all: statements.len(),
        voted: statements
            .iter()
            .filter(|one| votes.contains_key(&one.id))
            .map(show)
            .collect(),
        may_add: on.statements_open,
        waiting,
        key: String::new(),
    })
}

/// Approved statements that say nearly the same as `text`, the nearest first, with the votes of the
/// voter with this cookie.
pub async fn alike(
    db: &impl ConnectionTrait,
    on: ConsultationId,
    token: &str,
    text: &str,
) -> Result<Vec<StatementView>, DbErr> {
    let statements = approved(db, on).await?;
    let near: Vec<&StatementResult> = rules::alike(
        text,
        statements.iter().map(|one| (one.id.0, one.text.as_str())),
    )
    .into_iter()
    .take(MOST_ALIKE)
    .filter_map(|near| statements.iter().find(|one| one.id.0 == near.statement))
    .collect();
    if near.is_empty() {
        return Ok(Vec::new());
    }
    let hash = voters::token_hash(on, token);
    let votes = match voters::find(db, on, &hash).await? {
        Some(voter) => votes_of(db, voter, Some(&near)).await?,
        None => HashMap::new(),
    };
    Ok(near
        .into_iter()
        .map(|one| StatementView {
            id: one.id,
            text: one.text.clone(),
            vote: votes.get(&one.id).copied(),
        })
        .collect())
}

/// The votes of a voter, on these statements or on all.
async fn votes_of(
    db: &impl ConnectionTrait,
    voter: i64,
    on: Option<&[&StatementResult]>,
) -> Result<HashMap<StatementId, Vote>, DbErr> {
    let mut cast = statement_vote::Entity::find().filter(statement_vote::Column::VoterId.eq(voter));
    if let Some(on) = on {
        let ids = on.iter().map(|one| one.id.0);
        cast = cast.filter(statement_vote::Column::StatementId.is_in(ids));
    }
    cast.all(db)
        .await?
        .into_iter()
        .map(|row| Ok((StatementId(row.statement_id), votes::read(row.value)?)))
        .collect()
}
