//! What is to be released of the counts of a consultation now.
//!
//! Deliberately not here: when a release is due (`domain::insight::release`), and what it shows.

use domain::calendar::uk_day;
use domain::consultation::Consultation;
use domain::ids::{ConsultationId, PollId};
use domain::insight::disclosure::People;
use domain::insight::release::{Counted, Last, Of, is_due, is_due_again};
use domain::response::GRACE_MINUTES;
use domain::vote::opinion::Settings;
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ConnectionTrait, DbErr};

use crate::App;
use crate::insight::rows::release::{self, Made};
use crate::poll::rows::{ballots, counts as lists, polls};
use crate::response::rows::counts;
use crate::vote::queries::opinion::latest;
use crate::vote::rows::{opinion as votes, set_aside};

/// How long what was sent in time may take until it is stored.
const STORED_WITHIN_MINUTES: i64 = 5;

/// A release that is to be made.
#[derive(Clone, Copy, Debug)]
pub struct Due {
    /// Of what.
    pub of: Of,
    /// When it is made, and of how many.
    pub made: Made,
}

/// What is to be released of a consultation now.
///
/// # Errors
/// A count that can't be read is a fault.
pub async fn due(
    app: &App,
    db: &impl ConnectionTrait,
    on: &Consultation,
    now: Timestamp,
) -> Result<Vec<Due>, DbErr> {
    let mut due = Vec::new();
    if !on.stage(now).has_opened() {
        return Ok(due);
    }
    let complete = is_complete(on, now);
    let today = uk_day(now);
    let next = |counted, complete| Last {
        on: today,
        counted,
        complete,
    };
    let so_far = counts::responses(db, &[on.id]).await?;
    let responses = Counted {
        people: People::counted(so_far.get(&on.id).copied().unwrap_or_default()),
        ..Counted::default()
    };
    let of = Of::Responses(on.id);
    let before = release::last_made(db, of).await?;
    due.extend(after(of, before, next(responses, complete), 0));
    let of = Of::Votes(on.id);
    let before = release::last_made(db, of).await?;
    if let Some((counted, version)) = voters(app, db, on.id, complete).await? {
        due.extend(after(of, before, next(counted, complete), version));
    }
    for (id, turnout) in turnouts(db, on.id).await? {
        let before = release::last_made(db, Of::Ballots(id)).await?;
        // Paper comes in until the counting is complete, and then its ballots are public themselves.
        due.extend(after(Of::Ballots(id), before, next(turnout, false), 0));
    }
    Ok(due)
}

/// The release after this one, if it is due.
fn after(of: Of, before: Option<Made>, next: Last, version: i64) -> Option<Due> {
    let last = before.as_ref().map(|made| &made.last);
    let again = before.is_some_and(|made| {
        let public = Settings::public().fewest_people() as u64;
        made.version != version && is_due_again(&made.last, next.counted, public)
    });
    let due = is_due(of, last, next.counted, next.on, next.complete) || again;
    due.then_some(Due {
        of,
        made: Made {
            number: before.map_or(0, |made| made.number).saturating_add(1),
            last: next,
            version,
        },
    })
}

/// Whether no more can come: it has closed, and so has the time for those who had begun before.
fn is_complete(on: &Consultation, now: Timestamp) -> bool {
    let after = SignedDuration::from_mins(GRACE_MINUTES + STORED_WITHIN_MINUTES);
    let closes = on.milestones.closes;
    closes.is_some_and(|closes| now.duration_since(closes) >= after)
}

/// Who voted on statements, and the version of their votes: as they were worked out last, which is
/// behind while people vote. Nothing while the last votes are not worked out; where nobody has ever
/// voted there is nothing to work out.
async fn voters(
    app: &App,
    db: &impl ConnectionTrait,
    id: ConsultationId,
    complete: bool,
) -> Result<Option<(Counted, i64)>, DbErr> {
    let version = votes::version(db, id).await?;
    let people = match latest(app, id) {
        Some(found) if !complete || found.version == version => found.participants as u64,
        None if version == 0 => 0,
        _ => return Ok(None),
    };
    let counted = Counted {
        people: People::counted(people),
        aside: People::counted(set_aside::count(db, id).await?),
    };
    Ok(Some((counted, version)))
}

/// How many have voted in each poll whose ballots are not published.
async fn turnouts(
    db: &impl ConnectionTrait,
    id: ConsultationId,
) -> Result<Vec<(PollId, Counted)>, DbErr> {
    let on = polls::all(db, id).await?;
    let ids: Vec<PollId> = on.iter().map(|poll| poll.id).collect();
    let published = lists::published_of(db, &ids).await?;
    let open: Vec<PollId> = ids
        .into_iter()
        .filter(|id| !published.contains(id))
        .collect();
    let cast = ballots::cast(db, &open).await?;
    let counted = cast.into_iter().map(|(id, turnout)| {
        let people = People::counted(turnout.online).and(People::counted(turnout.paper));
        let counted = Counted {
            people,
            ..Counted::default()
        };
        (id, counted)
    });
    Ok(counted.collect())
}
