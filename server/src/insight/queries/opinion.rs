//! What people think of a consultation.
//!
//! Rules. It is public from the first day of voting, once as many have voted as the disclosure rule
//! asks for, as it was released. The votes themselves are public once voting has ended and there are as many people as
//! groups are made of; voters are told so before they vote. A statement that is not approved at the
//! moment of asking is in none of it, however old the analysis is.

use domain::consultation::policy::Permission;
use domain::consultation::{Consultation, Stage};
use domain::ids::ConsultationId;
use domain::insight::disclosure::{PUBLIC, Shown};
use domain::insight::opinion::{OpinionView, ReleasedOpinion, Standing};
use domain::insight::release::Of;
use domain::vote::opinion::Settings;

use crate::App;
use crate::consultation::queries::permitted;
use crate::consultation::rows::outcome;
use crate::error::Denied;
use crate::granted::Caller;
use crate::insight::rows::release;
use crate::vote;
use crate::vote::routing;

/// The consultation, if anything can be voted on in it.
async fn voted_on(app: &App, caller: &Caller, slug: &str) -> Result<Consultation, Denied> {
    let on = permitted(app.db.read(), caller, slug, Permission::View).await?;
    let begun = on.stage(caller.now).has_opened();
    let any = || vote::queries::count(app.db.read(), on.id);
    if on.voting_allowed && begun && any().await? > 0 {
        Ok(on)
    } else {
        Err(Denied::NotFound)
    }
}

/// What everybody may see of what people think.
///
/// # Errors
/// Not found where nothing can be voted on, or why it is not permitted.
pub async fn view(app: &App, caller: &Caller, slug: &str) -> Result<OpinionView, Denied> {
    let on = voted_on(app, caller, slug).await?;
    let db = app.db.read();
    let released = release::last::<Option<ReleasedOpinion>>(db, Of::Votes(on.id)).await?;
    let open = on.stage(caller.now) == Stage::Open;
    let fewest = Settings::public().fewest_people() as u64;
    let counted = released.as_ref().map(|one| one.made.last.counted.people);
    let at_least = |number| counted.is_some_and(|people| people.at_least(number));
    // Whether so many have voted yet is told by the first release alone.
    let shown = released
        .and_then(|released| released.cells)
        .filter(|_| at_least(PUBLIC.threshold));
    let (standing, aside) = match shown {
        None => {
            let need = PUBLIC.threshold;
            (Standing::TooEarly { need }, Shown::Hidden)
        }
        Some(found) => {
            let texts = vote::queries::matrix::texts(db, on.id).await?;
            let opinion = found.opinion.worded(&texts);
            (Standing::Found(Box::new(opinion)), found.aside)
        }
    };
    Ok(OpinionView {
        open,
        aside,
        standing,
        votes_public: !open && at_least(fewest),
        routing: routing::seed(&app.config.secret, on.id),
        attribution: outcome::attribution(db, on.id).await?,
        invented: on.invented,
        slug: on.slug,
        title: on.title,
    })
}

/// Votes that anybody may count again.
#[derive(Clone, Debug)]
pub struct PublicVotes {
    /// Of which consultation.
    pub id: ConsultationId,
    /// Its title.
    pub title: String,
    /// Who voted, shuffled.
    pub people: Vec<i64>,
}

/// The votes, once they are public.
///
/// # Errors
/// Not found as long as they are not, or why it is not permitted.
pub async fn votes(app: &App, caller: &Caller, slug: &str) -> Result<PublicVotes, Denied> {
    let on = voted_on(app, caller, slug).await?;
    if on.stage(caller.now) == Stage::Open {
        return Err(Denied::NotFound);
    }
    let secret = &app.config.secret;
    let people = vote::queries::matrix::participants(app.db.read(), secret, on.id).await?;
    if people.len() < Settings::public().fewest_people() {
        return Err(Denied::NotFound);
    }
    Ok(PublicVotes {
        id: on.id,
        title: on.title,
        people,
    })
}
