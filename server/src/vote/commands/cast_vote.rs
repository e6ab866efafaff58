//! Casting a vote on a statement, or changing it.
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

use crate::App;
use crate::client::ClientAddress;
use crate::consultation::rows::held;
use crate::db::gather::Gatherer;
use crate::db::{Savepoint, Writer, Written};
use crate::error::Denied;
use crate::granted::{Caller, Held};
use crate::vote::rows::opinion::Routing;
use crate::vote::rows::votes::NewVote;
use crate::vote::rows::{statements, voters, votes};
use crate::vote::{routing, source};

/// How many votes share a batch at most.
const MOST_TOGETHER: usize = 512;

/// Takes a vote of the voter with this cookie, or replaces their earlier one.
#[derive(Clone, Debug)]
pub struct CastVote {
    /// The consultation's address name.
    pub on: String,
    /// The voter's cookie.
    pub token: String,
    /// The statement.
    pub statement: StatementId,
    /// What they think of it.
    pub vote: Vote,
    /// Where the vote comes from; nowhere for the votes of a demonstration.
    pub from: Option<Origin>,
}

/// Where a vote comes from.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    /// The address.
    pub client: ClientAddress,
    /// Whether the voting page had been given to this browser.
    pub page_read: bool,
}

/// A vote on its way to the writer.
#[derive(Clone)]
pub struct PendingVote {
    app: App,
    command: CastVote,
    now: Timestamp,
}

/// The way to the writer for votes.
pub type VoteWriter = Gatherer<PendingVote, Result<(), Denied>>;

/// Starts it.
pub fn start_vote_writer(writer: Writer) -> VoteWriter {
    Gatherer::start(writer, MOST_TOGETHER, |tx, votes| {
        Box::pin(write(tx, votes))
    })
}

/// Takes a vote.
///
/// # Errors
/// Not permitted where votes are not taken now; not found where the statement is not open to votes
/// here.
pub async fn cast_vote(app: &App, caller: &Caller, command: CastVote) -> Result<(), Denied> {
    let vote = PendingVote {
        app: app.clone(),
        command,
        now: caller.now,
    };
    app.votes.write(vote).await?
}

/// Writes those votes of a batch that are taken, and says of each what became of it.
async fn write(tx: &Savepoint, pending: &[PendingVote]) -> Written<Vec<Result<(), Denied>>> {
    votes::lock(tx).await?;
    let roots = roots(tx, pending).await?;
    let mut ids: Vec<StatementId> = pending.iter().map(|one| one.command.statement).collect();
    ids.sort_unstable_by_key(|id| id.0);
    ids.dedup();
    let open = statements::open_to_votes(tx, &ids).await?;
    let mut taken = Vec::with_capacity(pending.len());
    let mut answers = Vec::with_capacity(pending.len());
    for one in pending {
        let root = roots.get(one.command.on.as_str());
        answers.push(admit(one, root, &open).map(|vote| taken.push(vote)));
    }
    votes::cast(&taken).await?;
    Ok(answers)
}

async fn roots<'tx, 'p>(
    tx: &'tx Savepoint,
    pending: &'p [PendingVote],
) -> Written<HashMap<&'p str, Held<'tx, Consultation>>> {
    let mut roots = HashMap::new();
    for one in pending {
        let slug = one.command.on.as_str();
        if !roots.contains_key(slug)
            && let Some(root) = held::by_slug(tx, slug).await?
        {
            roots.insert(slug, root);
        }
    }
    Ok(roots)
}

fn admit<'a>(
    pending: &PendingVote,
    root: Option<&'a Held<'a, Consultation>>,
    open: &HashSet<(StatementId, ConsultationId)>,
) -> Result<NewVote<'a>, Denied> {
    let PendingVote { app, command, now } = pending;
    let by = root
        .ok_or(Denied::NotFound)?
        .admit(*now, |on| may_vote(on, *now))
        .map_err(NotPermitted::from)?;
    let on = by.root().id;
    if !open.contains(&(command.statement, on)) {
        return Err(Denied::NotFound);
    }
    let secret = &app.config.secret;
    Ok(NewVote {
        token_hash: voters::token_hash(on, &command.token),
        statement: command.statement,
        vote: command.vote,
        source: command
            .from
            .map(|from| source::of(secret, from.client, *now, from.page_read)),
        routing: Routing {
            seed: routing::seed(secret, on),
            rule: routing::RULE,
        },
        by,
    })
}
