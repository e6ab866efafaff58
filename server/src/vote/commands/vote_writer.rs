//! Votes that wait, written many to a statement inside the shared commit.
//!
//! While one batch is on its way to the disk the next one gathers, so a vote costs a fraction of
//! the ten statements of its batch. Invariant: a vote is answered after the commit that holds it;
//! whether votes are taken is asked inside that commit, of each vote by itself.

use std::collections::{HashMap, HashSet};

use domain::account::NotPermitted;
use domain::consultation::Consultation;
use domain::ids::{ConsultationId, StatementId};
use domain::vote::statement::{Vote, may_vote};
use jiff::Timestamp;

use super::voted::Voted;
use crate::consultation::rows::in_write;
use crate::db::gather::Gatherer;
use crate::db::{Order, Savepoint, Writer, Written};
use crate::error::Denied;
use crate::granted::RootInWrite;
use crate::secret::Secret;
use crate::vote::routing;
use crate::vote::rows::opinion::Routing;
use crate::vote::rows::set_aside::Source;
use crate::vote::rows::votes::NewVote;
use crate::vote::rows::{statements, voters, votes};

/// How many votes share a batch at most.
const MOST_TOGETHER: usize = 512;

/// Before responses: whoever adds to the counts of statements holds one lock for all of them.
pub(super) const ORDER: Order = Order(1);

/// A vote on its way to the writer.
#[derive(Clone)]
pub struct PendingVote {
    /// The consultation's address name.
    pub on: String,
    /// The voter's cookie.
    pub token: String,
    /// The statement.
    pub statement: StatementId,
    /// What they think of it.
    pub vote: Vote,
    /// What is kept of where the vote comes from, if anything is.
    pub source: Option<Source>,
    /// From which the order of statements is drawn.
    pub secret: Secret,
    /// Where the consultation is said to be voted in.
    pub voted: Voted,
    /// When they voted.
    pub now: Timestamp,
}

/// The way to the writer for votes.
pub type VoteWriter = Gatherer<PendingVote, Result<(), Denied>>;

/// Starts it.
pub fn start(writer: Writer) -> VoteWriter {
    Gatherer::start(writer.at(ORDER), MOST_TOGETHER, |tx, votes| {
        Box::pin(write(tx, votes))
    })
}

/// Writes those votes of a batch that are taken, and says of each what became of it.
async fn write(tx: &Savepoint, pending: &[PendingVote]) -> Written<Vec<Result<(), Denied>>> {
    votes::lock(tx).await?;
    let roots = roots(tx, pending).await?;
    let mut ids: Vec<StatementId> = pending.iter().map(|one| one.statement).collect();
    ids.sort_unstable_by_key(|id| id.0);
    ids.dedup();
    let open = statements::open_to_votes(tx, &ids).await?;
    let mut taken = Vec::with_capacity(pending.len());
    let mut answers = Vec::with_capacity(pending.len());
    for one in pending {
        let root = roots.get(one.on.as_str());
        answers.push(admit(one, root, &open).map(|vote| {
            one.voted.add(vote.by.root().id);
            taken.push(vote);
        }));
    }
    votes::cast(&taken).await?;
    Ok(answers)
}

async fn roots<'tx, 'p>(
    tx: &'tx Savepoint,
    pending: &'p [PendingVote],
) -> Written<HashMap<&'p str, RootInWrite<'tx, Consultation>>> {
    let mut roots = HashMap::new();
    for one in pending {
        let slug = one.on.as_str();
        if !roots.contains_key(slug)
            && let Some(root) = in_write::by_slug(tx, slug).await?
        {
            roots.insert(slug, root);
        }
    }
    Ok(roots)
}

fn admit<'a>(
    pending: &PendingVote,
    root: Option<&'a RootInWrite<'a, Consultation>>,
    open: &HashSet<(StatementId, ConsultationId)>,
) -> Result<NewVote<'a>, Denied> {
    let now = pending.now;
    let by = root
        .ok_or(Denied::NotFound)?
        .admit(now, |on| may_vote(on, now))
        .map_err(NotPermitted::from)?;
    let on = by.root().id;
    if !open.contains(&(pending.statement, on)) {
        return Err(Denied::NotFound);
    }
    Ok(NewVote {
        token_hash: voters::token_hash(on, &pending.token),
        statement: pending.statement,
        vote: pending.vote,
        source: pending.source,
        routing: Routing {
            seed: routing::seed(&pending.secret, on),
            rule: routing::RULE,
        },
        by,
    })
}
