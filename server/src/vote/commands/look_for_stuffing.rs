//! The program looks for voters who look as if a program had voted, and sets them aside.
//!
//! Invariant: whoever a person has looked at is not flagged again; what the program does is on the
//! record. Deliberately not here: the rules (`domain::vote::stuffing`), and any request: a job calls
//! this before it works out what people think.

use domain::ids::ConsultationId;
use domain::vote::stuffing::{Voter, flags};

use super::set_voters_aside::SET_ASIDE;
use crate::App;
use crate::consultation::rows;
use crate::error::{Denied, Fault};
use crate::granted::{Caller, Granted};
use crate::record::audit;
use crate::vote::queries::matrix;
use crate::vote::rows::set_aside;

/// Voters whose votes are read at once.
const VOTERS_AT_ONCE: usize = 2_000;

/// Looks at the voters of a consultation.
#[derive(Clone, Copy, Debug)]
pub struct LookForStuffing {
    /// Which consultation.
    pub on: ConsultationId,
}

/// Sets aside whoever is to be. What is looked at is read before the transaction, since it may be
/// much, and takes no part in it but as numbers of voters: whom a person has looked at meanwhile is
/// seen behind the lock.
///
/// # Errors
/// Not found where there is no such consultation.
pub async fn look_for_stuffing(
    app: &App,
    caller: &Caller,
    command: LookForStuffing,
) -> Result<(), Denied> {
    let voters = voters(app, command.on).await?;
    if voters.is_empty() {
        return Ok(());
    }
    let found = tokio::task::spawn_blocking(move || flags(&voters))
        .await
        .map_err(Fault::unexpected)?;
    if found.is_empty() {
        return Ok(());
    }
    let tx = app.db.begin().await?;
    let locked = rows::lock(&tx, command.on).await?.ok_or(Denied::NotFound)?;
    let granted = Granted::to_the_program(&tx, caller.now, locked).await;
    let counts = set_aside::set_aside_new(&granted, &found).await?;
    if counts.is_empty() {
        return Ok(());
    }
    let by_reason: Vec<String> = counts
        .iter()
        .map(|(flag, voters)| format!("{} {voters}", flag.code()))
        .collect();
    let (subject, detail) = (format!("consultation/{}", command.on), by_reason.join(", "));
    audit::append(&granted, SET_ASIDE, &subject, &detail).await?;
    tx.commit().await?;
    Ok(())
}

/// The voters of whom it is still known where they came from, as the rules see them.
async fn voters(app: &App, id: ConsultationId) -> Result<Vec<Voter>, Denied> {
    let db = app.db.read();
    let sources = set_aside::sources(db, id).await?;
    let ids: Vec<i64> = sources.keys().copied().collect();
    let mut voters = Vec::with_capacity(ids.len());
    for some in ids.chunks(VOTERS_AT_ONCE) {
        let mut votes = matrix::votes_of(db, id, some).await?;
        voters.extend(some.iter().filter_map(|voter| {
            let from = sources.get(voter)?;
            Some(Voter {
                id: *voter,
                source: u64::try_from(from.mark)
                    .ok()
                    .map(|mark| (u32::try_from(from.day).unwrap_or(0), mark)),
                read: from.read,
                votes: votes
                    .remove(voter)?
                    .into_iter()
                    .filter_map(|(statement, value)| Some((statement, i8::try_from(value).ok()?)))
                    .collect(),
            })
        }));
    }
    Ok(voters)
}
