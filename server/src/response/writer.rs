//! The group-commit writer: gathers what waits, commits it as one transaction, then answers.
//!
//! Invariant: nobody is answered with success before the commit that holds their write; a batch
//! whose commit fails acknowledges nobody. There is no artificial delay: while one batch is being
//! committed the next one gathers, so batches grow with load.

use std::future::Future;
use std::pin::Pin;

use sea_orm::{DatabaseTransaction, DbErr, TransactionTrait};
use tokio::sync::{mpsc, oneshot};

use super::rows::{self, Keyed};
use crate::db::Db;
use crate::http::Error;
use crate::record::outbox::{self, Effect};

/// How many writes may wait. One more is answered 503.
const MOST_WAITING: usize = 2_048;
/// How many writes share a commit at most.
const MOST_TOGETHER: usize = 256;

/// A response and what happens once it is taken.
#[derive(Clone, Debug)]
pub struct NewResponse {
    /// The response.
    pub keyed: Keyed,
    /// Carried out only where the response is new.
    pub effects: Vec<Effect>,
}

/// A write that was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WriteRefused {
    /// Too many wait already.
    #[error("the queue is full")]
    QueueFull,
    /// The database did not take it.
    #[error("nothing can be written")]
    NotWritten,
}

impl From<WriteRefused> for Error {
    fn from(_: WriteRefused) -> Self {
        Error::Unavailable
    }
}

type Work<'a> = Pin<Box<dyn Future<Output = Result<(), DbErr>> + Send + 'a>>;
type Act = Box<dyn for<'a> FnOnce(&'a DatabaseTransaction) -> Work<'a> + Send>;
type Done<T> = oneshot::Sender<Result<T, WriteRefused>>;

enum Job {
    Response(Box<NewResponse>, Done<bool>),
    Act(Act, Done<()>),
}

/// The way to it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Writer {
    jobs: mpsc::Sender<Job>,
}

impl Writer {
    /// Starts it. It ends when the last handle is dropped and the queue is empty.
    pub fn start(db: Db) -> Self {
        let (jobs, queue) = mpsc::channel(MOST_WAITING);
        tokio::spawn(run(db, queue));
        Self { jobs }
    }

    /// Writes a response; `true` if it is new, `false` if its key was taken before. Both are safe
    /// on the disk when this returns.
    ///
    /// # Errors
    /// Nothing was written, or it is not known to be.
    pub async fn response(&self, new: NewResponse) -> Result<bool, WriteRefused> {
        let (done, answer) = oneshot::channel();
        self.wait(Job::Response(Box::new(new), done), answer).await
    }

    /// Carries out another slice's write inside the shared transaction, under a savepoint of its
    /// own, so that it costs no commit. What it returns comes back after the commit.
    ///
    /// # Errors
    /// Nothing was written, or it is not known to be.
    pub async fn act<T, F>(&self, act: F) -> Result<T, WriteRefused>
    where
        T: Send + 'static,
        F: for<'a> FnOnce(
                &'a DatabaseTransaction,
            )
                -> Pin<Box<dyn Future<Output = Result<T, DbErr>> + Send + 'a>>
            + Send
            + 'static,
    {
        let (result, returned) = oneshot::channel();
        let act: Act = Box::new(move |tx| {
            Box::pin(async move {
                // The caller may have gone away; the write is done all the same.
                let _ = result.send(act(tx).await?);
                Ok(())
            })
        });
        let (done, answer) = oneshot::channel();
        self.wait(Job::Act(act, done), answer).await?;
        returned.await.map_err(|_| WriteRefused::NotWritten)
    }

    async fn wait<T>(
        &self,
        job: Job,
        answer: oneshot::Receiver<Result<T, WriteRefused>>,
    ) -> Result<T, WriteRefused> {
        self.jobs.try_send(job).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => WriteRefused::QueueFull,
            mpsc::error::TrySendError::Closed(_) => WriteRefused::NotWritten,
        })?;
        answer.await.map_err(|_| WriteRefused::NotWritten)?
    }
}

async fn run(db: Db, mut queue: mpsc::Receiver<Job>) {
    let mut batch = Vec::with_capacity(MOST_TOGETHER);
    while queue.recv_many(&mut batch, MOST_TOGETHER).await > 0 {
        let mut responses = Vec::new();
        let mut acts = Vec::new();
        for job in batch.drain(..) {
            match job {
                Job::Response(new, done) => responses.push((new, done)),
                Job::Act(act, done) => acts.push((act, done)),
            }
        }
        let news: Vec<&NewResponse> = responses.iter().map(|(new, _)| &**new).collect();
        let (acts, dones): (Vec<Act>, Vec<Done<()>>) = acts.into_iter().unzip();
        metrics::histogram!("writer_batch").record((news.len() + acts.len()) as f64);
        match commit(&db, &news, acts).await {
            Ok((taken, acted)) => {
                for ((_, done), outcome) in responses.into_iter().zip(taken) {
                    let _ = done.send(outcome);
                }
                for (done, outcome) in dones.into_iter().zip(acted) {
                    let _ = done.send(outcome);
                }
            }
            Err(error) => {
                tracing::error!(%error, writes = responses.len() + dones.len(), "a commit failed");
                for (_, done) in responses {
                    let _ = done.send(Err(WriteRefused::NotWritten));
                }
                for done in dones {
                    let _ = done.send(Err(WriteRefused::NotWritten));
                }
            }
        }
    }
}

type Outcomes<T> = Vec<Result<T, WriteRefused>>;

async fn commit(
    db: &Db,
    news: &[&NewResponse],
    acts: Vec<Act>,
) -> Result<(Outcomes<bool>, Outcomes<()>), DbErr> {
    let mut tx = db.begin().await?;
    let taken = match write(&tx, news).await {
        Ok(fresh) => fresh.into_iter().map(Ok).collect(),
        // One by one only where the whole batch is refused.
        Err(error) => {
            tx.rollback().await?;
            tx = db.begin().await?;
            match news {
                [_] => vec![refused(&error)],
                _ => one_by_one(&tx, news).await?,
            }
        }
    };
    let mut acted = Vec::with_capacity(acts.len());
    for act in acts {
        let savepoint = tx.begin().await?;
        acted.push(match act(&savepoint).await {
            Ok(()) => {
                savepoint.commit().await?;
                Ok(())
            }
            Err(error) => {
                savepoint.rollback().await?;
                refused(&error)
            }
        });
    }
    tx.commit().await?;
    Ok((taken, acted))
}

fn refused<T>(error: &DbErr) -> Result<T, WriteRefused> {
    tracing::error!(%error, "a write was refused");
    Err(WriteRefused::NotWritten)
}

/// Each under a savepoint of its own, so that one refusal sinks nobody else.
async fn one_by_one(
    tx: &DatabaseTransaction,
    news: &[&NewResponse],
) -> Result<Outcomes<bool>, DbErr> {
    let mut taken = Vec::with_capacity(news.len());
    for new in news {
        let savepoint = tx.begin().await?;
        taken.push(match write(&savepoint, &[new]).await {
            Ok(fresh) => {
                savepoint.commit().await?;
                Ok(fresh == [true])
            }
            Err(error) => {
                savepoint.rollback().await?;
                refused(&error)
            }
        });
    }
    Ok(taken)
}

async fn write(tx: &DatabaseTransaction, news: &[&NewResponse]) -> Result<Vec<bool>, DbErr> {
    if news.is_empty() {
        return Ok(Vec::new());
    }
    let batch: Vec<&Keyed> = news.iter().map(|new| &new.keyed).collect();
    let fresh = rows::write(tx, &batch).await?;
    for (new, _) in news.iter().zip(&fresh).filter(|(_, fresh)| **fresh) {
        for effect in &new.effects {
            outbox::push(tx, new.keyed.submission.at, effect).await?;
        }
    }
    Ok(fresh)
}
