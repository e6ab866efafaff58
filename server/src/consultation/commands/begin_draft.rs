//! Beginning a draft.

use domain::consultation::draft::DraftRefused;
use domain::consultation::policy::may_create;
use domain::edit::CreationKey;
use domain::ids::{ConsultationId, TeamId};
use domain::typed;

use crate::App;
use crate::consultation::rows;
use crate::council;
use crate::error::{Denied, Fault, Refused};
use crate::granted::{Caller, Granted};
use crate::record::{audit, creation};

/// Begins a draft for a team.
#[derive(Clone, Debug)]
pub struct BeginDraft {
    /// Its title; its address name is made from it.
    pub title: String,
    /// The owner team.
    pub team: TeamId,
    /// The regime's code.
    pub regime: String,
    /// Whether it is invented for a demonstration.
    pub invented: bool,
    /// The form's key.
    pub key: CreationKey,
}

/// A draft that was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BegunDraft {
    /// Which one.
    pub id: ConsultationId,
    /// Its name in addresses.
    pub slug: String,
}

/// Begins a draft; a second click gives the one that the first began.
///
/// # Errors
/// No title or no such regime; a team that the caller is no officer of.
pub async fn begin_draft(
    app: &App,
    caller: &Caller,
    command: BeginDraft,
) -> Result<BegunDraft, Refused<DraftRefused>> {
    let tx = app.db.begin().await?;
    let Some(locked) = council::rows::locks::lock_team(&tx, command.team).await? else {
        return Err(Denied::Malformed.into());
    };
    let owner = Granted::ask(&tx, caller, locked, |actor, team| {
        may_create(actor, team.id)
    })
    .await?;
    let says = (&command.title, &command.regime);
    let key = creation::key_with(&command.key, &says);
    if let Some(slug) = creation::made(&owner, &key).await? {
        let begun = rows::by_slug(&tx, &slug).await?;
        let begun = begun.ok_or_else(|| Fault::unexpected("a draft that was begun is gone"))?;
        return Ok(BegunDraft { id: begun.id, slug });
    }
    let title = typed::trimmed(&command.title);
    if title.is_empty() {
        return Err(Refused::Because(DraftRefused::NoTitle));
    }
    let Some(regime) = rows::draft::regime(&tx, &command.regime).await? else {
        return Err(Refused::Because(DraftRefused::UnknownRegime));
    };
    let (id, slug) = rows::draft::insert(&owner, title, regime, command.invented).await?;
    creation::keep(&owner, &key, &slug).await?;
    audit::append(&owner, "begin-draft", &slug, title).await?;
    tx.commit().await?;
    Ok(BegunDraft { id, slug })
}
