//! Responses that wait, written many to a statement inside the shared commit.
//!
//! Invariant: a response is answered after the commit that holds it; its effects are written with it,
//! and only where it is new.

use sea_orm::{DatabaseTransaction, DbErr};

use crate::db::Writer;
use crate::db::gather::Gatherer;
use crate::record::outbox::{self, Effect};
use crate::response::rows::{self, Keyed};

/// How many responses share a batch at most.
const MOST_TOGETHER: usize = 256;

/// A response and what happens once it is taken.
#[derive(Clone, Debug)]
pub struct PendingResponse {
    /// The response.
    pub keyed: Keyed,
    /// Carried out only where the response is new.
    pub effects: Vec<Effect>,
}

/// The way to the writer for responses; of each it says whether it is new, or its key was taken
/// before.
pub type ResponseWriter = Gatherer<PendingResponse, bool>;

/// Starts it.
pub fn start(writer: Writer) -> ResponseWriter {
    Gatherer::start(writer, MOST_TOGETHER, |tx, responses| {
        Box::pin(write(tx, responses))
    })
}

async fn write(
    tx: &DatabaseTransaction,
    responses: &[PendingResponse],
) -> Result<Vec<bool>, DbErr> {
    let batch: Vec<&Keyed> = responses.iter().map(|one| &one.keyed).collect();
    let fresh = rows::write(tx, &batch).await?;
    for (one, _) in responses.iter().zip(&fresh).filter(|(_, fresh)| **fresh) {
        for effect in &one.effects {
            outbox::push(tx, one.keyed.submission.at, effect).await?;
        }
    }
    Ok(fresh)
}
