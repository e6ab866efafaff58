//! Telling everyone who took part and left an address that there is an outcome. Carried out by the
//! jobs, as an effect of the decision.
//!
//! Invariant: an address is kept until then and no longer: the letter and the removal of the address
//! are one transaction, so nobody is told twice however often the effect is begun. Each transaction
//! takes some hundred addresses, so that nobody else waits long to write; before each of them the
//! effect must still be this attempt's.

use domain::consultation::Consultation;
use domain::ids::ConsultationId;

use crate::App;
use crate::consultation::rows;
use crate::error::Denied;
use crate::granted::{Caller, Granted};
use crate::mail::Letter;
use crate::record::outbox::{self, Attempt, Effect};
use crate::response::rows::left::{self, LeftAddress};

/// How many addresses are taken in one transaction.
const AT_ONCE: u64 = 500;

/// Tells everyone who left an address.
#[derive(Clone, Copy, Debug)]
pub struct TellTakenPart {
    /// The consultation that was decided.
    pub consultation: ConsultationId,
    /// Which attempt at which effect this is.
    pub attempt: Attempt,
}

/// Writes a letter for each address that was left, and removes the address.
///
/// # Errors
/// What the database says. What was written until then stays written; the next attempt goes on
/// from there.
pub async fn tell_taken_part(
    app: &App,
    caller: &Caller,
    command: TellTakenPart,
) -> Result<(), Denied> {
    while tell_some(app, caller, command).await? {}
    Ok(())
}

/// Whether there may be more.
async fn tell_some(app: &App, caller: &Caller, command: TellTakenPart) -> Result<bool, Denied> {
    let tx = app.db.begin().await?;
    let Some(locked) = rows::lock(&tx, command.consultation).await? else {
        return Ok(false);
    };
    let on = Granted::to_the_program(&tx, caller.now, locked).await;
    // The lease is counted from this page on, not from the first.
    if !outbox::hold(&on, command.attempt, app.clock.now()).await? {
        return Ok(false);
    }
    let page = left::next(&on, AT_ONCE).await?;
    if page.is_empty() {
        return Ok(false);
    }
    let letters: Vec<Effect> = page
        .iter()
        .map(|address| Effect::Mail(letter(&app.config.base_url, on.root(), address)))
        .collect();
    outbox::push_all(&on, &letters).await?;
    left::forget(&on, &page).await?;
    tx.commit().await?;
    Ok(true)
}

fn letter(base_url: &str, on: &Consultation, to: &LeftAddress) -> Letter {
    Letter::to_resident(
        to.email.clone(),
        format!("What came of “{}”", on.title),
        format!(
            "You took part in “{}”.\n\nThe decision is recorded. Read what people said, what was \
             done about it and why:\n\n{base_url}{}\n\nWith the code on your receipt you can also \
             see what became of your own words:\n\n{base_url}{}\n\nWe used your address for this \
             letter because you asked us to tell you the outcome.\n",
            on.title,
            app::paths::outcome(&on.slug),
            app::paths::RECEIPT,
        ),
    )
}
