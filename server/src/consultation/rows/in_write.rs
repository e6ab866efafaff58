//! Consultations as writes of the group commit read them.
//!
//! No lock is taken. What voters write changes nothing that officers decide on, so it comes before
//! or after what an officer does at the same moment, and both orders end alike; a lock would make
//! every voter of a batch wait for one officer.

use domain::consultation::Consultation;

use super::by_slug as read;
use crate::db::{Savepoint, Written};
use crate::granted::RootInWrite;

/// The consultation of this slug.
pub async fn by_slug<'tx>(
    tx: &'tx Savepoint,
    slug: &str,
) -> Written<Option<RootInWrite<'tx, Consultation>>> {
    Ok(read(tx, slug).await?.map(|on| RootInWrite::new(tx, on)))
}
