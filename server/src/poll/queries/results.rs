//! The result of a poll: counted away from the requests, kept by the hash of what was counted.
//!
//! Invariant: nothing is counted for anybody but the published list, and not before `policy::hidden` says
//! that it is shown.

use std::sync::Arc;

use domain::consultation::Consultation;
use domain::poll::count::CountRefused;
use domain::poll::policy::{Hidden, hidden};
use domain::poll::read::{Published, ResultView};
use domain::poll::{BallotList, Poll, count};
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, DbErr};

use crate::App;
use crate::error::{Denied, Fault};
use crate::poll::queries::{self, kept_results::Working};
use crate::poll::rows::counts::ListHead;

/// A result as everybody may see it now.
pub struct PublicResult {
    /// What the page shows, with the count where it is shown.
    pub view: ResultView,
    /// The whole working; or why no count is shown.
    pub working: Result<Arc<Working>, Hidden>,
}

/// The result of a poll, as far as everybody may see it now.
///
/// # Errors
/// Not found where nobody may know of a result; a list that can't be counted is a fault.
pub async fn public(
    app: &App,
    on: &Consultation,
    poll: &Poll,
    now: Timestamp,
) -> Result<PublicResult, Denied> {
    let db = app.db.read();
    let list = queries::head(db, poll.id).await?;
    let why = hidden(on, list.is_some(), now)?;
    let view = frame(db, on, poll, list.is_some(), now).await?;
    match (list, why) {
        (Some(list), None) => counted(app, poll, list, view).await.map_err(Denied::from),
        (_, why) => Ok(PublicResult {
            view,
            working: Err(why.unwrap_or(Hidden::BeingCounted)),
        }),
    }
}

/// What a poll's page and its result show around the count. No count, no seed.
async fn frame(
    db: &impl ConnectionTrait,
    on: &Consultation,
    poll: &Poll,
    published: bool,
    now: Timestamp,
) -> Result<ResultView, DbErr> {
    let mut shown = poll.clone();
    shown.seed.clear();
    Ok(ResultView {
        turnout: queries::public_turnout(db, poll, published).await?,
        view: queries::view(db, on, shown, now).await?,
        counted: None,
        with_all: None,
        published: None,
    })
}

/// Adds the count of the published list.
async fn counted(
    app: &App,
    poll: &Poll,
    list: ListHead,
    mut view: ResultView,
) -> Result<PublicResult, Fault> {
    view.published = Some(Published {
        hash: list.list_hash.clone(),
        at: app::ui::dates::long(list.published_at),
        seed: poll.seed.clone(),
    });
    let key = list.list_hash;
    let working = match app.results.get(&key) {
        Some(known) => known,
        None => {
            let list = queries::published(app.db.read(), poll.id).await?;
            let text = list.map(|list| list.list).unwrap_or_default();
            let working = Arc::new(
                tokio::task::spawn_blocking(move || work(&text))
                    .await
                    .map_err(Fault::unexpected)??,
            );
            app.results.put(key, &working);
            working
        }
    };
    view.counted.clone_from(&working.counted);
    view.with_all.clone_from(&working.with_all);
    Ok(PublicResult {
        view,
        working: Ok(working),
    })
}

fn work(text: &str) -> Result<Working, Fault> {
    let list: BallotList = serde_json::from_str(text).map_err(Fault::unexpected)?;
    let one = |with_all| match count(&list, with_all) {
        Ok(counted) => Ok(Some(counted)),
        Err(CountRefused::NoBallots) => Ok(None),
        Err(refused) => Err(Fault::unexpected(refused)),
    };
    let aside = list.ballots.iter().any(|ballot| ballot.set_aside);
    Ok(Working {
        counted: one(false)?,
        with_all: if aside { one(true)? } else { None },
    })
}
