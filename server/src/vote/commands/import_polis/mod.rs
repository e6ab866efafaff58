//! Open-data conversations of Polis as consultations, with their statements and latest votes.
//!
//! Invariant: safe to run twice (the import key is unique), and the tallies that are stored equal
//! those of the published matrix. Format: `comments.csv` and `participants-votes.csv` of the
//! repository compdemocracy/openData; `summary.csv` where it is there.

mod read;
mod refused;

pub use read::Files;
pub use refused::PolisRefused;

use jiff::Timestamp;

use read::{Conversation, read};

use crate::App;
use crate::consultation::rows::imported::{self as consultations, ImportedConsultation, Owner};
use crate::council::rows::owner;
use crate::error::Refused;
use crate::granted::{Caller, Granted};
use crate::record::{audit, site};
use crate::vote::routing;
use crate::vote::rows::imported;
use crate::vote::rows::opinion::{self, Routing};

/// Imports a conversation as a closed consultation.
#[derive(Clone, Debug)]
pub struct ImportPolis {
    /// The files.
    pub files: Files,
    /// The team that is to own it, by address name; the first team otherwise.
    pub owner: Option<String>,
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The consultation's address name.
    pub slug: String,
    /// Whether it was there already.
    pub already: bool,
    /// Participants, statements, agrees, disagrees, passes.
    pub counts: [usize; 5],
    /// How many of the statements nobody has moderated: they are shown once somebody here has.
    pub waiting: usize,
}

/// Imports a conversation. A second time it finds what came in.
///
/// # Errors
/// See [`PolisRefused`]; nothing is stored then.
pub async fn import_polis(
    app: &App,
    caller: &Caller,
    command: ImportPolis,
) -> Result<Imported, Refused<PolisRefused>> {
    let conversation =
        read(&command.files).map_err(|wrong| Refused::Because(PolisRefused::Line(wrong)))?;
    let (counts, waiting) = (conversation.counts(), conversation.waiting());
    let name = &command.files.name;
    let key = format!("polis:{name}");
    let tx = app.db.begin().await?;
    let missing = |what| Refused::Because(PolisRefused::Missing(what));
    let locked = owner::lock(&tx, command.owner.as_deref())
        .await?
        .ok_or(missing("team"))?;
    let granted = Granted::to_the_program(&tx, caller.now, locked).await;
    if let Some(slug) = consultations::by_key(&tx, &key).await? {
        return Ok(Imported {
            slug,
            already: true,
            counts,
            waiting,
        });
    }
    let owner = Owner {
        team: granted.root().id,
        name: granted.root().name.clone(),
        email: granted.root().email.clone(),
    };
    let new = as_consultation(&conversation, name, key, owner, caller.now);
    let (id, slug) = consultations::insert(&granted, new)
        .await?
        .ok_or(missing("non-statutory regime"))?;
    let Conversation {
        comments, votes, ..
    } = conversation;
    imported::insert(&granted, id, comments, &votes).await?;
    let routing = Routing {
        seed: routing::seed(&app.config.secret, id),
        rule: routing::RULE,
    };
    opinion::begin(&granted, id, routing).await?;
    audit::append(&granted, "import-polis", &slug, &format!("{counts:?}")).await?;
    site::changed(&granted).await?;
    tx.commit().await?;
    Ok(Imported {
        slug,
        already: false,
        counts,
        waiting,
    })
}

fn as_consultation(
    from: &Conversation,
    name: &str,
    key: String,
    owner: Owner,
    now: Timestamp,
) -> ImportedConsultation {
    let times = || from.comments.iter().map(|c| c.at).filter(|at| *at > 0);
    let opened = times().min().unwrap_or(now.as_millisecond());
    let closed = times().max().unwrap_or(opened).max(opened + 1) + 86_400_000;
    let said = |text: &str, otherwise: &str| {
        if text.trim().is_empty() {
            otherwise.to_owned()
        } else {
            text.trim().to_owned()
        }
    };
    ImportedConsultation {
        key,
        named: format!("conversation {name}"),
        title: said(&from.summary.topic, "An opinion conversation"),
        summary: "A real conversation, imported from open data to show how opinion groups are \
                  found. It was not held here and nothing is decided by it."
            .to_owned(),
        body: said(
            &from.summary.description,
            "People agreed or disagreed with one another’s statements.",
        ),
        topic: "Imported conversation".to_owned(),
        owner,
        open_scope: "Nothing: this conversation is over.".to_owned(),
        fixed_scope: "Everything: it is shown as it was published.".to_owned(),
        scope_reason: "It was held by somebody else and is open data.".to_owned(),
        closing_reason: "The day after the last statement in the published file.".to_owned(),
        attribution:
            "Data was gathered using the Polis software (see: compdemocracy.org/polis and \
                      github.com/compdemocracy/polis) and is sub-licensed under CC BY 4.0 with \
                      Attribution to The Computational Democracy Project."
                .to_owned(),
        opened,
        closed: closed.min(now.as_millisecond()),
    }
}
