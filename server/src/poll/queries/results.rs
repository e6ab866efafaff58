//! The result of a poll: counted away from the requests, kept by the hash of what was counted.
//!
//! Invariant: nothing is counted for anybody before `policy::hidden` says that it is shown.

use std::sync::Arc;

use domain::consultation::Consultation;
use domain::digest::hash;
use domain::poll::count::CountRefused;
use domain::poll::policy::{Hidden, hidden};
use domain::poll::read::{Published, ResultView};
use domain::poll::{BallotList, Poll, count};
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, DbErr};

use crate::App;
use crate::error::{Denied, Fault};
use crate::poll::queries::{self, kept_results::Working};
use crate::poll::rows::ballots;

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
    let view = frame(app.db.read(), on, poll, now).await?;
    let ballots = view.turnout.online + view.turnout.paper;
    if let Some(why) = hidden(on, poll, ballots, now)? {
        return Ok(PublicResult {
            view,
            working: Err(why),
        });
    }
    counted(app, on, poll, view).await.map_err(Denied::from)
}

/// What a poll's page and its result show around the count. No count, no seed.
async fn frame(
    db: &impl ConnectionTrait,
    on: &Consultation,
    poll: &Poll,
    now: Timestamp,
) -> Result<ResultView, DbErr> {
    let mut shown = poll.clone();
    shown.seed.clear();
    Ok(ResultView {
        turnout: queries::turnout(db, poll).await?,
        view: queries::view(db, on, shown, now).await?,
        counted: None,
        with_all: None,
        published: None,
    })
}

/// Adds the count.
async fn counted(
    app: &App,
    on: &Consultation,
    poll: &Poll,
    mut view: ResultView,
) -> Result<PublicResult, Fault> {
    let db = app.db.read();
    let (text, key) = match queries::published(db, poll.id).await? {
        Some(row) => {
            view.published = Some(Published {
                hash: row.list_hash.clone(),
                at: app::ui::dates::long(row.published_at),
                seed: poll.seed.clone(),
            });
            (row.list, row.list_hash)
        }
        None => {
            let ballots = ballots::listed(db, poll.id).await?;
            let list = BallotList::new(&app::paths::poll(&on.slug, poll.number), poll, ballots);
            let text = serde_json::to_string(&list).map_err(Fault::unexpected)?;
            let key = hash(&text);
            (text, key)
        }
    };
    let working = match app.results.get(&key) {
        Some(known) => known,
        None => {
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
