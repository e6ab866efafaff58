//! A transaction that may write, and the two places inside it at which a test may hold it.
//!
//! Invariant: it is rolled back unless [`Tx::commit`] answers. A test that asks what two people do
//! to one thing at the same time stops one of them here; a server never does.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement,
};

/// A place inside a use case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Point {
    /// The transaction has begun and nothing is locked or read yet.
    Begun,
    /// The root is locked and the policy has said yes.
    Granted,
    /// Everything is written and nothing is committed.
    BeforeCommit,
}

/// Holds use cases at their points.
pub trait Gate: Send + Sync + std::fmt::Debug {
    /// Returns when the use case may go on.
    fn pass(&self, at: Point) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;
}

/// A transaction that may write.
#[derive(Debug)]
pub struct Tx {
    inner: DatabaseTransaction,
    gate: Option<Arc<dyn Gate>>,
}

impl Tx {
    pub(super) fn new(inner: DatabaseTransaction, gate: Option<Arc<dyn Gate>>) -> Self {
        Self { inner, gate }
    }

    /// Makes what was written last.
    ///
    /// # Errors
    /// What the database says; it is then not known to be written.
    pub async fn commit(self) -> Result<(), DbErr> {
        self.reach(Point::BeforeCommit).await;
        self.inner.commit().await
    }

    /// Waits at this point if a test asks for it.
    pub async fn reach(&self, at: Point) {
        if let Some(gate) = &self.gate {
            gate.pass(at).await;
        }
    }

    /// The driver's transaction, for what only it can do: savepoints and streams.
    pub fn inner(&self) -> &DatabaseTransaction {
        &self.inner
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Tx {
    fn get_database_backend(&self) -> DbBackend {
        self.inner.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.inner.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.inner.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.inner.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.inner.query_all_raw(statement).await
    }
}
