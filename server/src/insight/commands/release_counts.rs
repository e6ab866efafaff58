//! The program releases what everybody may see of the counts of a consultation.
//!
//! Invariant: nothing public shows a count of people but from a release. What is due is looked for
//! without a lock, and again behind it, so that whoever writes waits only where something is released.

use domain::consultation::Consultation;
use domain::ids::ConsultationId;
use domain::insight::disclosure::{PUBLIC, Shown};
use domain::insight::opinion::{Finding, ReleasedOpinion, opinion};
use domain::insight::release::{Of, ReleasedResponses};
use domain::vote::opinion::Settings;

use crate::App;
use crate::consultation::rows;
use crate::error::{Denied, Fault};
use crate::granted::{Caller, Granted};
use crate::insight::queries::due::{Due, due};
use crate::insight::queries::figures;
use crate::insight::rows::release::{self, Made};
use crate::record::site;
use crate::vote::queries::opinion::latest;

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
    let db = app.db.read();
    let on = rows::by_id(db, command.on).await?.ok_or(Denied::NotFound)?;
    if due(app, db, &on, caller.now).await?.is_empty() {
        return Ok(0);
    }
    let tx = app.db.begin().await?;
    let locked = rows::lock(&tx, command.on).await?.ok_or(Denied::NotFound)?;
    let granted = Granted::to_the_program(&tx, caller.now, locked).await;
    let due = due(app, &tx, granted.root(), caller.now).await?;
    for one in &due {
        write(app, &granted, one).await?;
    }
    if !due.is_empty() {
        site::changed(&granted).await?;
        tx.commit().await?;
    }
    Ok(due.len())
}

async fn write(app: &App, granted: &Granted<'_, Consultation>, due: &Due) -> Result<(), Fault> {
    let Due { of, made } = due;
    let (of, made) = (*of, *made);
    let people = PUBLIC.people(made.last.counted.people);
    match of {
        Of::Responses(id) => {
            let cells = if made.last.complete {
                ReleasedResponses::complete(figures::counted(granted.tx(), id).await?)
            } else {
                ReleasedResponses::so_far(made.last.counted.people)
            };
            release::insert(granted, of, made, people, &cells).await?;
        }
        Of::Votes(id) => {
            let aside = PUBLIC.people(made.last.counted.aside);
            let cells = thought(app, id, &made, aside);
            release::insert(granted, of, made, people, &cells).await?;
        }
        Of::Ballots(_) | Of::Concerns(_) => {
            release::insert(granted, of, made, people, &people).await?;
        }
    }
    Ok(())
}

/// What people think, as it was worked out last; nothing where nobody ever voted.
fn thought(app: &App, id: ConsultationId, made: &Made, aside: Shown) -> Option<ReleasedOpinion> {
    let found = latest(app, id)?;
    let public = Settings::public().fewest_people() as u64;
    let finding = Finding {
        analysis: &found.analysis,
        statements: &found.statements,
        participants: found.participants,
        votes: found.votes,
        picture: found.picture.as_ref(),
    };
    let votes_are_public = made.last.complete && made.last.counted.people.at_least(public);
    Some(ReleasedOpinion {
        opinion: opinion(finding, PUBLIC, votes_are_public),
        aside,
    })
}
