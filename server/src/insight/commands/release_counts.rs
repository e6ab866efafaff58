//! The program releases what everybody may see of the counts of a consultation.
//!
//! Invariant: nothing public shows a count of people but from a release; what is due is for
//! `domain::insight::release`.

use domain::calendar::uk_day;
use domain::consultation::Consultation;
use domain::ids::ConsultationId;
use domain::insight::disclosure::{PUBLIC, People};
use domain::insight::opinion::{Finding, ReleasedOpinion, opinion};
use domain::insight::release::{Last, Of, ReleasedResponses, is_due};
use domain::response::GRACE_MINUTES;
use domain::vote::opinion::Settings;
use jiff::SignedDuration;
use serde::Serialize;
use serde::de::IgnoredAny;

use crate::App;
use crate::consultation::rows;
use crate::error::{Denied, Fault};
use crate::granted::{Caller, Granted};
use crate::insight::queries::figures;
use crate::insight::rows::release::{self, Released};
use crate::poll::rows::{ballots, polls};
use crate::record::site;
use crate::response::rows::counts;
use crate::vote::queries::opinion::latest;
use crate::vote::rows::{opinion as votes, set_aside};

/// Releases what is due of one consultation.
#[derive(Clone, Copy, Debug)]
pub struct ReleaseCounts {
    /// Which consultation.
    pub on: ConsultationId,
}

/// Releases what is due, and says how much that was.
///
/// # Errors
/// Not found where there is no such consultation.
pub async fn release_counts(
    app: &App,
    caller: &Caller,
    command: ReleaseCounts,
) -> Result<usize, Denied> {
    let tx = app.db.begin().await?;
    let locked = rows::lock(&tx, command.on).await?.ok_or(Denied::NotFound)?;
    let granted = Granted::to_the_program(&tx, caller.now, locked).await;
    if !granted.root().stage(caller.now).has_opened() {
        return Ok(0);
    }
    let made = usize::from(responses(&granted).await?)
        + usize::from(opinions(app, &granted).await?)
        + turnouts(&granted).await?;
    if made > 0 {
        site::changed(&granted).await?;
        tx.commit().await?;
    }
    Ok(made)
}

/// Whether no more can come: it has closed, and so has the time for those who had begun before.
fn is_complete(granted: &Granted<'_, Consultation>) -> bool {
    let grace = SignedDuration::from_mins(GRACE_MINUTES);
    let closes = granted.root().milestones.closes;
    closes.is_some_and(|closes| granted.now().duration_since(closes) >= grace)
}

async fn responses(granted: &Granted<'_, Consultation>) -> Result<bool, Fault> {
    let id = granted.root().id;
    let so_far = counts::responses(granted.tx(), &[id]).await?;
    let people = People::counted(so_far.get(&id).copied().unwrap_or_default());
    let of = Of::Responses(id);
    let Some(due) = due(granted, of, people, is_complete(granted)).await? else {
        return Ok(false);
    };
    let cells = if due.next.complete {
        // All of them are read at once, so the tables and their total are of one moment.
        ReleasedResponses::complete(figures::counted(granted.tx(), id).await?)
    } else {
        ReleasedResponses::so_far(people)
    };
    due.write(granted, of, 0, cells).await?;
    Ok(true)
}

async fn opinions(app: &App, granted: &Granted<'_, Consultation>) -> Result<bool, Fault> {
    let id = granted.root().id;
    let Some(found) = latest(app, id) else {
        return Ok(false);
    };
    // It is worked out again at once, and released then.
    if votes::version(granted.tx(), id).await? != found.version {
        return Ok(false);
    }
    let of = Of::Votes(id);
    let people = People::counted(found.participants as u64);
    let due = match due(granted, of, people, is_complete(granted)).await? {
        Some(due) => due,
        None => {
            // Once voting has ended and the votes themselves are public, so is what a moderator who
            // looks at those set aside makes of them.
            let last = release::last::<IgnoredAny>(granted.tx(), of).await?;
            let public = people.at_least(Settings::public().fewest_people() as u64);
            match last.filter(|last| last.last.complete && last.version != found.version) {
                Some(last) if public => Due {
                    before: Some(last.number()),
                    next: Last {
                        people,
                        ..next(granted, people, true)
                    },
                },
                _ => return Ok(false),
            }
        }
    };
    let finding = Finding {
        analysis: &found.analysis,
        statements: &found.statements,
        participants: found.participants,
        votes: found.votes,
        picture: found.picture.as_ref(),
    };
    let aside = People::counted(set_aside::count(granted.tx(), id).await?);
    let cells = ReleasedOpinion {
        opinion: opinion(finding, PUBLIC),
        aside: PUBLIC.people(aside),
    };
    due.write(granted, of, found.version, cells).await?;
    Ok(true)
}

/// How many have voted in each poll. Paper comes in until the counting is complete, and then its
/// ballots are public themselves: no release of a poll is the last.
async fn turnouts(granted: &Granted<'_, Consultation>) -> Result<usize, Fault> {
    let on = polls::all(granted.tx(), granted.root().id).await?;
    let ids: Vec<_> = on.iter().map(|poll| poll.id).collect();
    let mut made = 0;
    for (id, turnout) in ballots::cast(granted.tx(), &ids).await? {
        let people = People::counted(turnout.online).and(People::counted(turnout.paper));
        if let Some(due) = due(granted, Of::Ballots(id), people, false).await? {
            due.write(granted, Of::Ballots(id), 0, PUBLIC.people(people))
                .await?;
            made += 1;
        }
    }
    Ok(made)
}

/// A release that is to be written.
struct Due {
    before: Option<i32>,
    next: Last,
}

fn next<Root>(granted: &Granted<'_, Root>, people: People, complete: bool) -> Last {
    Last {
        on: uk_day(granted.now()),
        people,
        complete,
    }
}

async fn due(
    granted: &Granted<'_, Consultation>,
    of: Of,
    people: People,
    complete: bool,
) -> Result<Option<Due>, Fault> {
    let before = release::last::<IgnoredAny>(granted.tx(), of).await?;
    let next = next(granted, people, complete);
    let last = before.as_ref().map(|one| &one.last);
    Ok(is_due(last, people, next.on, complete).then(|| Due {
        before: before.as_ref().map(Released::number),
        next,
    }))
}

impl Due {
    async fn write<Cells: Serialize>(
        self,
        granted: &Granted<'_, Consultation>,
        of: Of,
        version: i64,
        cells: Cells,
    ) -> Result<(), Fault> {
        let next = Released::of(self.next, version, cells);
        release::insert(granted, of, self.before, &next).await?;
        Ok(())
    }
}
