//! The group-commit writer: gathers what waits, commits it as one transaction, then answers.
//!
//! It knows no slice: each hands it writes. Invariants: nobody is answered with success before the
//! commit that holds their write; a batch whose commit fails acknowledges nobody; a write that fails
//! or panics sinks nobody else, since each has a savepoint of its own; a batch that hangs is rolled
//! back at a time limit and run again one by one, so that only the write that hangs is refused.
//! There is no artificial delay: while one batch is being committed the next one gathers, so batches
//! grow with load.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, TransactionTrait};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use super::Db;
use crate::error::{Denied, Fault, Refused};

/// How many writes may wait. One more is refused.
const MOST_WAITING: usize = 4_096;
/// How many writes share a commit at most.
const MOST_TOGETHER: usize = 256;

/// How long the writer waits before it takes a transaction to hang.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For a batch.
    pub batch: Duration,
    /// For one write by itself, after its batch hung.
    pub alone: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            batch: Duration::from_secs(15),
            alone: Duration::from_secs(5),
        }
    }
}

/// A write that was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WriteRefused {
    /// Too many wait already.
    #[error("the queue is full")]
    QueueFull,
    /// The database did not take it, or it is not known whether it did.
    #[error("nothing can be written")]
    NotWritten,
}

impl From<WriteRefused> for Fault {
    fn from(_: WriteRefused) -> Self {
        Fault::Unavailable
    }
}

/// What a write is given: its own part of the shared transaction, which is rolled back by itself.
pub type Savepoint = DatabaseTransaction;

/// What a write gives back. A refusal of the domain is part of `T`, since nothing has gone wrong.
pub type Written<T> = Result<T, DbErr>;

/// What a write does inside the transaction it is given.
pub type Work<'a, T> = Pin<Box<dyn Future<Output = Result<T, DbErr>> + Send + 'a>>;

/// What a write decides inside the transaction it is given.
pub type Deciding<'a, T, R> = Pin<Box<dyn Future<Output = Result<T, Refused<R>>> + Send + 'a>>;

/// Whether what a write has written stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Done,
    /// It was refused for a reason: nothing went wrong and nothing of it stays.
    Refused,
}

type Erased = Arc<dyn for<'a> Fn(&'a Savepoint) -> Work<'a, Outcome> + Send + Sync>;

struct Waiting {
    write: Erased,
    done: oneshot::Sender<Result<(), WriteRefused>>,
}

/// The way to it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Writer {
    queue: mpsc::Sender<Waiting>,
}

impl Writer {
    /// Starts it. It ends when the last handle is dropped and nothing waits.
    pub fn start(db: Db) -> Self {
        Self::with_patience(db, Patience::default())
    }

    /// Starts it with other time limits.
    pub fn with_patience(db: Db, patience: Patience) -> Self {
        let (queue, waiting) = mpsc::channel(MOST_WAITING);
        tokio::spawn(run(db, patience, waiting));
        Self { queue }
    }

    /// Carries out a write inside the shared transaction, under a savepoint of its own, so that it
    /// costs no commit. What it returns comes back after the commit.
    ///
    /// It may be carried out again if its batch hangs, after the first try was rolled back, or where
    /// it is not known whether the commit came through: twice must do what once does.
    ///
    /// # Errors
    /// Nothing was written, or it is not known to be.
    pub async fn write<T, F>(&self, write: F) -> Result<T, WriteRefused>
    where
        T: Send + 'static,
        F: for<'a> Fn(&'a Savepoint) -> Work<'a, T> + Send + Sync + 'static,
    {
        let write = Arc::new(write);
        self.carry_out(move |tx| {
            let write = Arc::clone(&write);
            Box::pin(async move { Ok((write(tx).await?, Outcome::Done)) })
        })
        .await
    }

    /// The same for a use case, which may refuse: then nothing of it is written.
    ///
    /// # Errors
    /// The refusal; or nothing was written, or it is not known to be.
    pub async fn decide<T, R, F>(&self, use_case: F) -> Result<T, Refused<R>>
    where
        T: Send + 'static,
        R: Send + 'static,
        F: for<'a> Fn(&'a Savepoint) -> Deciding<'a, T, R> + Send + Sync + 'static,
    {
        let use_case = Arc::new(use_case);
        self.carry_out(move |tx| {
            let use_case = Arc::clone(&use_case);
            Box::pin(async move {
                match use_case(tx).await {
                    Ok(value) => Ok((Ok(value), Outcome::Done)),
                    // Rolled back and logged like any other, and the batch goes on without it.
                    Err(Refused::Denied(Denied::Fault(fault))) => {
                        Err(DbErr::Custom(fault.to_string()))
                    }
                    Err(refused) => Ok((Err(refused), Outcome::Refused)),
                }
            })
        })
        .await?
    }

    async fn carry_out<T, F>(&self, write: F) -> Result<T, WriteRefused>
    where
        T: Send + 'static,
        F: for<'a> Fn(&'a Savepoint) -> Work<'a, (T, Outcome)> + Send + Sync + 'static,
    {
        let kept: Arc<std::sync::Mutex<Option<T>>> = Arc::default();
        let result = Arc::clone(&kept);
        let write = Arc::new(write);
        let erased: Erased = Arc::new(move |tx| {
            let (write, result) = (Arc::clone(&write), Arc::clone(&result));
            Box::pin(async move {
                let (value, outcome) = write(tx).await?;
                if let Ok(mut kept) = result.lock() {
                    *kept = Some(value);
                }
                Ok(outcome)
            })
        });
        let (done, answer) = oneshot::channel();
        self.queue
            .try_send(Waiting {
                write: erased,
                done,
            })
            .map_err(|error| match error {
                mpsc::error::TrySendError::Full(_) => WriteRefused::QueueFull,
                mpsc::error::TrySendError::Closed(_) => WriteRefused::NotWritten,
            })?;
        answer.await.map_err(|_| WriteRefused::NotWritten)??;
        let mut kept = kept.lock().map_err(|_| WriteRefused::NotWritten)?;
        kept.take().ok_or(WriteRefused::NotWritten)
    }

    /// Whether a write comes through: an empty one takes the whole way and is committed.
    ///
    /// # Errors
    /// As [`Writer::write`], or where it takes longer than this.
    pub async fn is_ready(&self, within: Duration) -> Result<(), WriteRefused> {
        let empty = self
            .write(|tx| Box::pin(async move { tx.execute_unprepared("SELECT 1").await.map(drop) }));
        timeout(within, empty)
            .await
            .map_err(|_| WriteRefused::NotWritten)?
    }
}

async fn run(db: Db, patience: Patience, mut queue: mpsc::Receiver<Waiting>) {
    let mut batch = Vec::with_capacity(MOST_TOGETHER);
    while queue.recv_many(&mut batch, MOST_TOGETHER).await > 0 {
        metrics::histogram!("writer_batch").record(batch.len() as f64);
        let (writes, dones): (Vec<Erased>, Vec<_>) =
            batch.drain(..).map(|one| (one.write, one.done)).unzip();
        let outcomes = match timeout(patience.batch, commit(&db, &writes)).await {
            Ok(Ok(outcomes)) => outcomes,
            Ok(Err(error)) => {
                tracing::error!(%error, writes = writes.len(), "a commit failed");
                vec![Err(WriteRefused::NotWritten); writes.len()]
            }
            Err(_) => {
                tracing::error!(writes = writes.len(), "a batch of writes hung");
                one_by_one(&db, patience, &writes).await
            }
        };
        for (done, outcome) in dones.into_iter().zip(outcomes) {
            // Whoever asked may have gone away; the write is done all the same.
            let _ = done.send(outcome);
        }
    }
}

type Outcomes = Vec<Result<(), WriteRefused>>;

async fn commit(db: &Db, writes: &[Erased]) -> Result<Outcomes, DbErr> {
    let tx = db.begin().await?;
    let mut outcomes = Vec::with_capacity(writes.len());
    for write in writes {
        let savepoint = tx.inner().begin().await?;
        // A panic is this write's alone: what it wrote is rolled back to its savepoint.
        let done = AssertUnwindSafe(write(&savepoint)).catch_unwind().await;
        outcomes.push(match done {
            Ok(Ok(Outcome::Done)) => {
                savepoint.commit().await?;
                Ok(())
            }
            Ok(Ok(Outcome::Refused)) => {
                savepoint.rollback().await?;
                Ok(())
            }
            Ok(Err(error)) => {
                savepoint.rollback().await?;
                tracing::error!(%error, "a write was refused");
                Err(WriteRefused::NotWritten)
            }
            Err(_) => {
                savepoint.rollback().await?;
                tracing::error!("a write panicked");
                Err(WriteRefused::NotWritten)
            }
        });
    }
    tx.commit().await?;
    Ok(outcomes)
}

/// Each in a transaction of its own, after they hung together.
async fn one_by_one(db: &Db, patience: Patience, writes: &[Erased]) -> Outcomes {
    let mut outcomes = Vec::with_capacity(writes.len());
    for write in writes {
        let alone = std::slice::from_ref(write);
        outcomes.push(match timeout(patience.alone, commit(db, alone)).await {
            Ok(Ok(done)) => done
                .into_iter()
                .next()
                .unwrap_or(Err(WriteRefused::NotWritten)),
            Ok(Err(error)) => {
                tracing::error!(%error, "a write was refused by itself");
                Err(WriteRefused::NotWritten)
            }
            Err(_) => {
                tracing::error!("a write hung by itself");
                Err(WriteRefused::NotWritten)
            }
        });
    }
    outcomes
}
