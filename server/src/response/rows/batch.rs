//! A batch of responses as rows: on SQLite many to a statement, on PostgreSQL one statement for all.
//!
//! Invariant: rows and tallies of a batch are written in the transaction given, or not at all.

use std::collections::{BTreeMap, HashSet};

use domain::calendar::uk_day;
use domain::response::tally;
use sea_orm::{ConnectionTrait, DbBackend, DbErr};

use crate::granted::Permitted;
use crate::response::rows::keyed::{KeyedSubmission, PermittedResponse};
use crate::response::rows::{postgresql, sqlite};

/// Writes a batch and says of each, in order, whether it is new; a key that is there already, or
/// earlier in the batch, is not.
///
/// # Errors
/// The transaction is then to be rolled back.
pub async fn write(batch: &[PermittedResponse<'_>]) -> Result<Vec<bool>, DbErr> {
    // All of a batch are written in the transaction of the first.
    let Some(by) = batch.first().map(PermittedResponse::by) else {
        return Ok(Vec::new());
    };
    let backend = by.connection().get_database_backend();
    let mut keys = HashSet::with_capacity(batch.len());
    let (places, first): (Vec<usize>, Vec<&KeyedSubmission>) = batch
        .iter()
        .map(PermittedResponse::keyed)
        .enumerate()
        .filter(|(_, keyed)| keys.insert(keyed.key.as_str()))
        .unzip();
    let new = if backend == DbBackend::Postgres {
        postgresql::insert(by, &first).await?
    } else {
        sqlite::insert(by, &first).await?
    };
    let mut counts: BTreeMap<i64, BTreeMap<tally::Key, i64>> = BTreeMap::new();
    let mut fresh = vec![false; batch.len()];
    for place in new {
        if let (Some(keyed), Some(is_new)) = (
            first.get(place),
            places.get(place).and_then(|at| fresh.get_mut(*at)),
        ) {
            *is_new = true;
            let one = &keyed.submission;
            tally::add(
                counts.entry(one.consultation.0).or_default(),
                one,
                uk_day(one.at),
            );
        }
    }
    // Counts come last and in the order of their keys: on PostgreSQL their rows stay locked from
    // here to the commit, and two processes take them in the same order.
    add_counts(by, counts).await?;
    Ok(fresh)
}

/// Adds to the kept counts.
pub(super) async fn add_counts(
    by: &impl Permitted,
    counts: BTreeMap<i64, BTreeMap<tally::Key, i64>>,
) -> Result<(), DbErr> {
    if by.connection().get_database_backend() == DbBackend::Postgres {
        postgresql::add_counts(by, counts).await
    } else {
        sqlite::add_counts(by, counts).await
    }
}
