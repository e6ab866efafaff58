//! Many small writes of one kind as one: what waits is handed to the writer together, so that each
//! costs a share of the statements of its batch.
//!
//! While one batch is on its way to the disk the next one gathers. Invariant: each is answered after
//! the commit that holds it, and one that can't be written sinks nobody else.

use std::sync::Arc;

use sea_orm::DatabaseTransaction;
use tokio::sync::{mpsc, oneshot};

use super::writer::{Work, WriteRefused, Writer};

/// How many may wait. One more is refused.
const MOST_WAITING: usize = 4_096;

/// How a batch of `P` is written: what became of each, in their order.
pub type WriteMany<P, A> = for<'a> fn(&'a DatabaseTransaction, &'a [P]) -> Work<'a, Vec<A>>;

struct Waiting<P, A> {
    one: P,
    done: oneshot::Sender<Result<A, WriteRefused>>,
}

/// The way to the writer for one kind of small write. Cheap to clone.
#[derive(Debug)]
pub struct Gatherer<P, A>(mpsc::Sender<Waiting<P, A>>);

impl<P, A> Clone for Gatherer<P, A> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<P, A> Gatherer<P, A>
where
    P: Clone + Send + Sync + 'static,
    A: Send + 'static,
{
    /// Starts it. It ends when the last handle is dropped and nothing waits.
    pub fn start(writer: Writer, most_together: usize, write: WriteMany<P, A>) -> Self {
        let (queue, waiting) = mpsc::channel(MOST_WAITING);
        tokio::spawn(run(writer, most_together, write, waiting));
        Self(queue)
    }

    /// Writes one; it is safe on the disk when this returns.
    ///
    /// # Errors
    /// Nothing was written, or it is not known to be.
    pub async fn write(&self, one: P) -> Result<A, WriteRefused> {
        let (done, answer) = oneshot::channel();
        self.0
            .try_send(Waiting { one, done })
            .map_err(|error| match error {
                mpsc::error::TrySendError::Full(_) => WriteRefused::QueueFull,
                mpsc::error::TrySendError::Closed(_) => WriteRefused::NotWritten,
            })?;
        answer.await.map_err(|_| WriteRefused::NotWritten)?
    }
}

async fn run<P, A>(
    writer: Writer,
    most_together: usize,
    write: WriteMany<P, A>,
    mut queue: mpsc::Receiver<Waiting<P, A>>,
) where
    P: Clone + Send + Sync + 'static,
    A: Send + 'static,
{
    let mut batch = Vec::with_capacity(most_together);
    while queue.recv_many(&mut batch, most_together).await > 0 {
        let (many, dones): (Vec<P>, Vec<_>) =
            batch.drain(..).map(|one| (one.one, one.done)).unzip();
        let many: Arc<[P]> = many.into();
        match together(&writer, write, Arc::clone(&many)).await {
            Ok(answers) => {
                for (done, answer) in dones.into_iter().zip(answers) {
                    let _ = done.send(Ok(answer));
                }
            }
            // One that can't be written must not sink the others.
            Err(WriteRefused::NotWritten | WriteRefused::Faulty) if many.len() > 1 => {
                for (one, done) in many.iter().zip(dones) {
                    let alone: Arc<[P]> = Arc::from([one.clone()]);
                    let answer = together(&writer, write, alone).await;
                    let answer = answer.and_then(|answers| {
                        answers.into_iter().next().ok_or(WriteRefused::NotWritten)
                    });
                    let _ = done.send(answer);
                }
            }
            Err(refused) => {
                for done in dones {
                    let _ = done.send(Err(refused));
                }
            }
        }
    }
}

async fn together<P, A>(
    writer: &Writer,
    write: WriteMany<P, A>,
    many: Arc<[P]>,
) -> Result<Vec<A>, WriteRefused>
where
    P: Send + Sync + 'static,
    A: Send + 'static,
{
    writer
        .write(move |tx| {
            let many = Arc::clone(&many);
            Box::pin(async move { write(tx, &many).await })
        })
        .await
}
