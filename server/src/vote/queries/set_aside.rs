//! Which voters are set aside and why, and the counts with and without them.

use std::collections::BTreeMap;

use domain::consultation::policy::{Permission, may};
use domain::ids::StatementId;
use domain::vote::read::{SetAsideLine, SetAsideStatement, SetAsideView};
use domain::vote::statement::Votes;
use domain::vote::stuffing::Flag;
use sea_orm::ConnectionTrait;

use crate::consultation::queries::permitted;
use crate::error::Denied;
use crate::granted::Caller;
use crate::vote::queries::{matrix, results};
use crate::vote::rows::set_aside::{FlaggedVoter, flagged};

/// Voters whose votes are read at once.
const VOTERS_AT_ONCE: usize = 2_000;

/// The page of votes that are set aside, for whoever may watch what is coming in.
///
/// # Errors
/// Not found, or not permitted.
pub async fn view(
    db: &impl ConnectionTrait,
    caller: &Caller,
    slug: &str,
) -> Result<SetAsideView, Denied> {
    let on = permitted(db, caller, slug, Permission::Watch).await?;
    let voters = flagged(db, on.id).await?;
    let mut theirs: BTreeMap<StatementId, Votes> = BTreeMap::new();
    let ids: Vec<i64> = voters
        .iter()
        .filter(|one| one.set_aside)
        .map(|one| one.voter)
        .collect();
    for some in ids.chunks(VOTERS_AT_ONCE) {
        let votes = matrix::votes_of(db, on.id, some).await?;
        for (statement, value) in votes.into_values().flatten() {
            let sum = theirs.entry(StatementId(statement)).or_default();
            match value {
                1 => sum.agrees += 1,
                -1 => sum.disagrees += 1,
                _ => sum.passes += 1,
            }
        }
    }
    let statements = results(db, on.id)
        .await?
        .into_iter()
        .map(|one| {
            let less = theirs.get(&one.id).copied().unwrap_or_default();
            SetAsideStatement {
                text: one.text,
                with: one.votes,
                without: Votes {
                    agrees: one.votes.agrees - less.agrees,
                    disagrees: one.votes.disagrees - less.disagrees,
                    passes: one.votes.passes - less.passes,
                },
            }
        })
        .collect();
    let context = on.context(caller.now);
    Ok(SetAsideView {
        may_decide: may(&caller.actor, Permission::Moderate, &context).is_ok(),
        slug: on.slug,
        title: on.title,
        lines: lines(&voters),
        statements,
    })
}

fn lines(voters: &[FlaggedVoter]) -> Vec<SetAsideLine> {
    let with = |flag: Flag, set_aside: bool| {
        voters
            .iter()
            .filter(|one| one.flag == flag && one.set_aside == set_aside)
            .count()
    };
    Flag::ALL
        .into_iter()
        .map(|flag| SetAsideLine {
            flag,
            set_aside: with(flag, true),
            let_back: with(flag, false),
        })
        .filter(|line| line.set_aside + line.let_back > 0)
        .collect()
}
