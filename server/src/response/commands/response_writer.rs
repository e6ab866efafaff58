//! Responses that wait, written many to a statement inside the shared commit.
//!
//! Invariant: a response is answered after the commit that holds it; its effects are written with it,
//! and only where it is new. Whether it may still be sent is asked inside the write, of the
//! consultation as it is then: one statement for a whole batch.

use domain::response::grace::{SendRefused, may_send};
use jiff::Timestamp;

use crate::consultation::rows::brief;
use crate::db::gather::Gatherer;
use crate::db::{Order, Savepoint, Writer, Written};
use crate::record::outbox::{self, Effect};
use crate::response::rows::{self, KeyedSubmission, PermittedResponse};

/// How many responses share a batch at most.
const MOST_TOGETHER: usize = 256;

/// After votes: both keep rows of counts until the commit.
const ORDER: Order = Order(2);

/// A response and what happens once it is taken.
#[derive(Clone, Debug)]
pub struct PendingResponse {
    /// The response.
    pub keyed: KeyedSubmission,
    /// When its key was issued.
    pub issued: Timestamp,
    /// Carried out only where the response is new.
    pub effects: Vec<Effect>,
}

/// What became of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is taken.
    New,
    /// Its key was taken before.
    Before,
    /// It may not be sent, and nothing of it was written.
    Refused(SendRefused),
}

/// The way to the writer for responses.
pub type ResponseWriter = Gatherer<PendingResponse, Taken>;

/// Starts it.
pub fn start(writer: Writer) -> ResponseWriter {
    Gatherer::start(writer.at(ORDER), MOST_TOGETHER, |tx, responses| {
        Box::pin(write(tx, responses))
    })
}

async fn write(tx: &Savepoint, responses: &[PendingResponse]) -> Written<Vec<Taken>> {
    let on = responses
        .iter()
        .map(|one| one.keyed.submission.consultation);
    let consultations = brief::hold_milestones(tx, on).await?;
    let mut taken = Vec::with_capacity(responses.len());
    let mut permitted = Vec::with_capacity(responses.len());
    for one in responses {
        let submission = &one.keyed.submission;
        let asked = match consultations.get(&submission.consultation) {
            Some(on) => on.admit(submission.at, |on| may_send(on, one.issued, submission.at)),
            None => Err(SendRefused::NotOpen),
        };
        taken.push(match asked {
            Ok(admitted) => {
                permitted.push(PermittedResponse::new(admitted, &one.keyed));
                Taken::Before
            }
            Err(refused) => Taken::Refused(refused),
        });
    }
    let mut written = permitted.iter().zip(rows::write(&permitted).await?);
    for (one, taken) in responses.iter().zip(&mut taken) {
        if *taken != Taken::Before {
            continue;
        }
        if let Some((permitted, true)) = written.next() {
            *taken = Taken::New;
            outbox::push_all(permitted.by(), &one.effects).await?;
        }
    }
    Ok(taken)
}
