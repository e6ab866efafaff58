//! The group-commit writer: gathers what waits, commits it as one transaction, then answers.
//!
//! It knows no slice: each hands it writes. Invariants: nobody is answered with success before the
//! commit that holds their write; a batch whose commit fails acknowledges nobody; a write that fails
//! or panics sinks nobody else, since each has a savepoint of its own; a batch that hangs is rolled
//! back at a time limit and run again one by one, so that only the write that hangs is refused; the
//! writes of a batch are carried out in their [`Order`], so that two processes take what they lock in
//! one order, and a write that still had to give way to another process is run again by itself.
//! There is no artificial delay: while one batch is being committed the next one gathers, so batches
//! grow with load.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use sea_orm::{ConnAcquireErr, ConnectionTrait, DatabaseTransaction, DbErr, TransactionTrait};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use super::Db;
use super::fault::{is_deadlock, is_passing};
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
    /// The write itself is wrong: it failed or panicked, and the log says how. Nothing of it is there.
    #[error("a write failed; its cause stands in the log")]
    Faulty,
}

impl From<WriteRefused> for Fault {
    fn from(refused: WriteRefused) -> Self {
        match refused {
            WriteRefused::QueueFull | WriteRefused::NotWritten => Fault::Unavailable,
            WriteRefused::Faulty => Fault::unexpected(refused),
        }
    }
}

impl From<WriteRefused> for Denied {
    fn from(refused: WriteRefused) -> Self {
        Self::Fault(refused.into())
    }
}

impl<R> From<WriteRefused> for Refused<R> {
    fn from(refused: WriteRefused) -> Self {
        Self::Denied(refused.into())
    }
}

/// When a write of a batch is carried out: those of a lower order first. A slice whose writes lock
/// what writes of other consultations lock too has an order of its own, the same in every process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Order(pub u8);

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
    order: Order,
    write: Erased,
    done: oneshot::Sender<Result<(), WriteRefused>>,
}

/// The way to it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Writer {
    queue: mpsc::Sender<Waiting>,
    order: Order,
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
        Self {
            queue,
            order: Order::default(),
        }
    }

    /// The same writer, for writes of this order.
    #[must_use]
    pub fn at(&self, order: Order) -> Self {
        Self {
            queue: self.queue.clone(),
            order,
        }
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
                    Err(Refused::Denied(Denied::Fault(fault))) => Err(of_database(fault)),
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
                order: self.order,
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

/// The fault of a write as what the database said, where it was the database.
fn of_database(fault: Fault) -> DbErr {
    match fault {
        Fault::Unavailable => DbErr::ConnectionAcquire(ConnAcquireErr::Timeout),
        Fault::Unexpected(cause) => match cause.downcast::<DbErr>() {
            Ok(error) => *error,
            Err(cause) => DbErr::Custom(cause.to_string()),
        },
    }
}

async fn run(db: Db, patience: Patience, mut queue: mpsc::Receiver<Waiting>) {
    let mut batch = Vec::with_capacity(MOST_TOGETHER);
    while queue.recv_many(&mut batch, MOST_TOGETHER).await > 0 {
        metrics::histogram!("writer_batch").record(batch.len() as f64);
        batch.sort_by_key(|one| one.order);
        let (writes, dones): (Vec<Erased>, Vec<_>) =
            batch.drain(..).map(|one| (one.write, one.done)).unzip();
        let outcomes = match timeout(patience.batch, commit(&db, &writes)).await {
            Ok(Ok(done)) => settle(&db, patience, &writes, done).await,
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

/// What became of one write of a batch that was committed.
enum Done {
    /// It is answered.
    So(Result<(), WriteRefused>),
    /// It gave way to another process, and nothing of it is there.
    GaveWay,
}

async fn commit(db: &Db, writes: &[Erased]) -> Result<Vec<Done>, DbErr> {
    let tx = db.begin().await?;
    let mut outcomes = Vec::with_capacity(writes.len());
    for write in writes {
        let savepoint = tx.inner().begin().await?;
        // A panic is this write's alone: what it wrote is rolled back to its savepoint.
        let done = AssertUnwindSafe(write(&savepoint)).catch_unwind().await;
        outcomes.push(match done {
            Ok(Ok(Outcome::Done)) => {
                savepoint.commit().await?;
                Done::So(Ok(()))
            }
            Ok(Ok(Outcome::Refused)) => {
                savepoint.rollback().await?;
                Done::So(Ok(()))
            }
            Ok(Err(error)) => {
                savepoint.rollback().await?;
                if is_deadlock(&error) {
                    Done::GaveWay
                } else {
                    tracing::error!(%error, "a write was refused");
                    Done::So(Err(if is_passing(&error) {
                        WriteRefused::NotWritten
                    } else {
                        WriteRefused::Faulty
                    }))
                }
            }
            Err(_) => {
                savepoint.rollback().await?;
                tracing::error!("a write panicked");
                Done::So(Err(WriteRefused::Faulty))
            }
        });
    }
    tx.commit().await?;
    Ok(outcomes)
}

/// What became of each write of a batch, once those that gave way have been run again.
async fn settle(db: &Db, patience: Patience, writes: &[Erased], done: Vec<Done>) -> Outcomes {
    let mut outcomes = Vec::with_capacity(writes.len());
    for (write, done) in writes.iter().zip(done) {
        outcomes.push(match done {
            Done::So(outcome) => outcome,
            Done::GaveWay => by_itself(db, patience, write).await,
        });
    }
    outcomes
}

/// Each in a transaction of its own, after they hung together.
async fn one_by_one(db: &Db, patience: Patience, writes: &[Erased]) -> Outcomes {
    let mut outcomes = Vec::with_capacity(writes.len());
    for write in writes {
        outcomes.push(by_itself(db, patience, write).await);
    }
    outcomes
}

/// One in a transaction of its own.
async fn by_itself(db: &Db, patience: Patience, write: &Erased) -> Result<(), WriteRefused> {
    let alone = std::slice::from_ref(write);
    match timeout(patience.alone, commit(db, alone)).await {
        Ok(Ok(mut done)) => match done.pop() {
            Some(Done::So(outcome)) => outcome,
            Some(Done::GaveWay) | None => Err(WriteRefused::NotWritten),
        },
        Ok(Err(error)) => {
            tracing::error!(%error, "a write was refused by itself");
            Err(WriteRefused::NotWritten)
        }
        Err(_) => {
            tracing::error!("a write hung by itself");
            Err(WriteRefused::NotWritten)
        }
    }
}
