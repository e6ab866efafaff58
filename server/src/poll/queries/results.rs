//! The result of a poll: counted away from the requests, kept by the hash of what was counted.
//!
//! Invariant: nothing is counted for anybody before `policy::may_see_result` allows it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use domain::consultation::Consultation;
use domain::poll::count::CountRefused;
use domain::poll::list::hash;
use domain::poll::read::{Published, ResultView};
use domain::poll::{BallotList, Counted, Poll, count};
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, DbErr};

use crate::App;
use crate::error::Fault;
use crate::poll::queries;
use crate::poll::rows::ballots;

/// The most results kept in memory.
const MOST_KEPT: usize = 64;

/// A count without and, where ballots were set aside, with them.
#[derive(Debug, Default, PartialEq)]
pub struct Working {
    /// The result.
    pub counted: Option<Counted>,
    /// The result with every ballot.
    pub with_all: Option<Counted>,
}

/// Counts by the hash of the list they were made from.
#[derive(Default)]
pub struct Results(Mutex<HashMap<String, Arc<Working>>>);

impl Results {
    fn get(&self, key: &str) -> Option<Arc<Working>> {
        self.0.lock().ok()?.get(key).cloned()
    }

    fn put(&self, key: String, working: &Arc<Working>) {
        if let Ok(mut kept) = self.0.lock() {
            if kept.len() >= MOST_KEPT {
                kept.clear();
            }
            kept.insert(key, Arc::clone(working));
        }
    }
}

/// What a poll's page and its result show around the count. No count, no seed.
pub async fn frame(
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

/// Adds the count. Ask `policy::may_see_result` first.
///
/// # Errors
/// A list that can't be counted is a fault.
pub async fn counted(
    app: &App,
    on: &Consultation,
    poll: &Poll,
    mut view: ResultView,
) -> Result<(ResultView, Arc<Working>), Fault> {
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
    Ok((view, working))
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
