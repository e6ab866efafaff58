//! Ballots as rows. No row leads to an elector.

use std::collections::HashMap;

use domain::consultation::Consultation;
use domain::ids::PollId;
use domain::poll::list::ListedBallot;
use domain::poll::read::Turnout;
use domain::poll::{Choices, Poll, marks};
use entity::poll_ballot;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, QuerySelect,
};

use super::unreadable;
use crate::db::count;
use crate::granted::Granted;

/// Rows named in one statement.
const AT_ONCE: usize = 500;

/// How many ballots of these polls were cast, by channel. Who could vote is not in it.
pub async fn cast(
    db: &impl ConnectionTrait,
    polls: &[PollId],
) -> Result<HashMap<PollId, Turnout>, DbErr> {
    let mut turnouts: HashMap<PollId, Turnout> = HashMap::new();
    if polls.is_empty() {
        return Ok(turnouts);
    }
    let found: Vec<(i64, bool, bool, i64)> = poll_ballot::Entity::find()
        .select_only()
        .column(poll_ballot::Column::PollId)
        .column(poll_ballot::Column::Paper)
        .column(poll_ballot::Column::SetAside)
        .column_as(poll_ballot::Column::PollId.count(), "ballots")
        .filter(poll_ballot::Column::PollId.is_in(polls.iter().map(|id| id.0)))
        .filter(poll_ballot::Column::Choices.is_not_null())
        .group_by(poll_ballot::Column::PollId)
        .group_by(poll_ballot::Column::Paper)
        .group_by(poll_ballot::Column::SetAside)
        .into_tuple()
        .all(db)
        .await?;
    for (poll, paper, set_aside, ballots) in found {
        let turnout = turnouts.entry(PollId(poll)).or_default();
        let ballots = count(ballots, format!("ballots of poll {poll}"))?;
        if paper {
            turnout.paper += ballots;
        } else {
            turnout.online += ballots;
        }
        if set_aside {
            turnout.set_aside += ballots;
        }
    }
    Ok(turnouts)
}

/// A ballot paper as its voter sees it.
#[derive(Clone, Debug)]
pub struct Ballot {
    /// What it says; none where it was not cast.
    pub choices: Option<Choices>,
    /// Its commitment, once cast.
    pub commitment: Option<String>,
}

/// The ballot paper under the hash of a code, if one was issued.
///
/// # Errors
/// Marks that can't be read are a fault.
pub async fn find(
    db: &impl ConnectionTrait,
    poll: &Poll,
    code_hash: String,
) -> Result<Option<Ballot>, DbErr> {
    let found = poll_ballot::Entity::find_by_id((poll.id.0, code_hash))
        .one(db)
        .await?;
    let Some(row) = found else { return Ok(None) };
    let read = |text: String| {
        let whose = || format!("a ballot of poll {}", poll.id);
        let given = marks(&text).ok_or_else(|| unreadable(whose(), "what it says", "no marks"))?;
        poll.choices(&given)
            .map_err(|why| unreadable(whose(), "what it says", why))
    };
    Ok(Some(Ballot {
        choices: row.choices.map(read).transpose()?,
        commitment: row.commitment,
    }))
}

/// Whether there is a ballot paper under the hash of a code.
pub async fn is_there(
    db: &impl ConnectionTrait,
    poll: PollId,
    code_hash: &str,
) -> Result<bool, DbErr> {
    let there = poll_ballot::Entity::find_by_id((poll.0, code_hash.to_owned()))
        .count(db)
        .await?;
    Ok(there > 0)
}

/// Whether a ballot was cast under the hash of a code.
pub async fn was_cast(
    db: &impl ConnectionTrait,
    poll: PollId,
    code_hash: &str,
) -> Result<bool, DbErr> {
    let cast = poll_ballot::Entity::find_by_id((poll.0, code_hash.to_owned()))
        .filter(poll_ballot::Column::Choices.is_not_null())
        .count(db)
        .await?;
    Ok(cast > 0)
}

/// A ballot that came on paper.
#[derive(Clone, Debug)]
pub struct PaperBallot<'a> {
    /// What is stored of the code that nobody holds.
    pub code_hash: String,
    /// What it says.
    pub choices: &'a Choices,
    /// Its place in the published list.
    pub commitment: String,
}

/// Adds a ballot that came on paper.
pub async fn insert_paper(
    granted: &Granted<'_, Consultation>,
    poll: PollId,
    ballot: PaperBallot<'_>,
) -> Result<(), DbErr> {
    poll_ballot::Entity::insert(poll_ballot::ActiveModel {
        poll_id: Set(poll.0),
        code_hash: Set(ballot.code_hash),
        choices: Set(Some(ballot.choices.text())),
        commitment: Set(Some(ballot.commitment)),
        paper: Set(true),
        set_aside: Set(false),
        source: Set(None),
    })
    .exec_without_returning(granted.tx())
    .await
    .map(drop)
}

/// The ballots that were cast, as they are listed. Ask [`domain::poll::policy::hidden`]
/// before you show anything of them.
///
/// # Errors
/// A ballot of which only a part is there is a fault.
pub async fn listed(db: &impl ConnectionTrait, poll: PollId) -> Result<Vec<ListedBallot>, DbErr> {
    let mut listed = Vec::new();
    for row in poll_ballot::Entity::find()
        .filter(poll_ballot::Column::PollId.eq(poll.0))
        .all(db)
        .await?
    {
        match (row.commitment, row.choices) {
            (Some(commitment), Some(choices)) => listed.push(ListedBallot {
                commitment,
                choices,
                set_aside: row.set_aside,
            }),
            // A paper that was issued and not cast.
            (None, None) => {}
            _ => {
                let whose = format!("a ballot of poll {poll}");
                return Err(unreadable(whose, "what it says", "half a ballot"));
            }
        }
    }
    Ok(listed)
}

/// A ballot that was cast, as it is looked at for stuffing.
#[derive(Clone, Debug)]
pub struct CastBallot {
    /// Which one.
    pub code_hash: String,
    /// The text of what it says.
    pub choices: String,
    /// Whether it is set aside already.
    pub set_aside: bool,
}

/// The ballots that were cast, to find those that one program sent.
pub async fn all_cast(db: &impl ConnectionTrait, poll: PollId) -> Result<Vec<CastBallot>, DbErr> {
    let found = poll_ballot::Entity::find()
        .filter(poll_ballot::Column::PollId.eq(poll.0))
        .filter(poll_ballot::Column::Choices.is_not_null())
        .all(db)
        .await?;
    Ok(found
        .into_iter()
        .map(|row| CastBallot {
            code_hash: row.code_hash,
            choices: row.choices.unwrap_or_default(),
            set_aside: row.set_aside,
        })
        .collect())
}

/// Sets these ballots aside, or lets them back, and says for how many that is a change.
pub async fn set_aside(
    granted: &Granted<'_, Consultation>,
    poll: PollId,
    code_hashes: &[String],
    set_aside: bool,
) -> Result<u64, DbErr> {
    let mut changed = 0;
    for some in code_hashes.chunks(AT_ONCE) {
        changed += poll_ballot::Entity::update_many()
            .col_expr(poll_ballot::Column::SetAside, Expr::value(set_aside))
            .filter(poll_ballot::Column::PollId.eq(poll.0))
            .filter(poll_ballot::Column::CodeHash.is_in(some.iter().map(String::as_str)))
            .filter(poll_ballot::Column::SetAside.eq(!set_aside))
            .exec(granted.tx())
            .await?
            .rows_affected;
    }
    Ok(changed)
}
