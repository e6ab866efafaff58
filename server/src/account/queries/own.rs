//! One's own account, and whose a link is.

use domain::account::read::{LinkView, OwnAccount};
use domain::account::{Actor, Membership};
use domain::names;
use jiff::Timestamp;
use sea_orm::ConnectionTrait;

use crate::account::rows::links::{self, Purpose};
use crate::account::rows::people;
use crate::council::rows::teams;
use crate::db::there;
use crate::error::{Denied, Fault};

/// The account of whoever asks.
///
/// # Errors
/// Nobody is signed in.
pub async fn account(db: &impl ConnectionTrait, actor: &Actor) -> Result<OwnAccount, Denied> {
    let member = actor.signed_in()?;
    let account = people::by_id(db, member.person)
        .await?
        .ok_or(Denied::NotFound)?;
    Ok(OwnAccount {
        name: account.name,
        email: account.email,
        roles: named(db, &member.roles).await?,
    })
}

/// These roles with the full names of their teams, by team.
async fn named(
    db: &impl ConnectionTrait,
    held: &[Membership],
) -> Result<Vec<(domain::account::Role, String)>, Fault> {
    let teams = teams::teams(db, held.iter().map(|one| one.team)).await?;
    let mut named = Vec::with_capacity(held.len());
    for one in held {
        let team = there(teams.get(&one.team), format_args!("team {}", one.team))?;
        named.push((one.role, team.full_name()));
    }
    named.sort_by_key(|(role, _)| *role);
    names::sort_by_name(&mut named, |(_, team)| team);
    Ok(named)
}

/// Whose link this is, while it works.
pub async fn link(
    db: &impl ConnectionTrait,
    now: Timestamp,
    token: &str,
    purpose: Purpose,
) -> Result<Option<LinkView>, Fault> {
    let holder = links::look(db, now, token, purpose).await?;
    Ok(holder.map(|account| LinkView {
        name: account.name,
        email: account.email,
    }))
}
