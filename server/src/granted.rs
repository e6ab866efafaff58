//! Permission that can be spent inside one transaction, and nowhere else.
//!
//! A use case begins a transaction, locks the root of what it changes, and asks the policy of the
//! locked row. What it gets is a [`Granted`]: it borrows the transaction, carries the row, can't be
//! copied, and is what every function that writes asks for. So a write without permission does not
//! compile, nothing is asked before the lock that is not asked again behind it, and two people who
//! do two things to one thing at the same time come one after the other, on PostgreSQL too.
//!
//! Locks are always taken in this order, and within a kind by rising id, so that nobody waits in a
//! circle: organisation, consultation, poll, concern.
//!
//! What residents send in goes through the group-commit writer, many to a transaction, where a lock
//! on a consultation would make everybody wait for one officer. There the root is [`RootInWrite`]:
//! read
//! inside the write, and locked shared where those who publish it lock it for themselves. What the
//! policy then gives is an [`Admitted`], with the same rule: whatever writes demands it. What every
//! slice writes, the record, letters and the version of what is public, asks for either of them:
//! [`Permitted`].
//!
//! Deliberately not here: the policies (they are in `domain`) and the locks (each slice's `rows`).

use domain::account::Actor;
use domain::ids::PersonId;
use jiff::Timestamp;
use sea_orm::ConnectionTrait;

use crate::account::rows::member;
use crate::db::{Point, Savepoint, Tx};
use crate::error::Denied;

/// Who asks, and when.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who.
    pub actor: Actor,
    /// When. One moment for the whole of a request.
    pub now: Timestamp,
}

impl Caller {
    /// Somebody who need not say who they are.
    pub fn anyone(now: Timestamp) -> Self {
        Self {
            actor: Actor::Anyone,
            now,
        }
    }

    /// A member of staff.
    pub fn member(member: domain::account::Member, now: Timestamp) -> Self {
        Self {
            actor: Actor::Member(member),
            now,
        }
    }

    /// The same caller, not before this moment.
    #[must_use]
    pub fn not_before(&self, earliest: Option<Timestamp>) -> Self {
        Self {
            actor: self.actor.clone(),
            now: earliest.map_or(self.now, |earliest| self.now.max(earliest)),
        }
    }

    /// The person, if they are signed in.
    pub fn person(&self) -> Option<PersonId> {
        self.actor.member().map(|member| member.person)
    }
}

/// A root whose row this transaction holds until it ends. Made by `rows` alone.
#[derive(Debug)]
pub struct Locked<Root>(Root);

impl<Root> Locked<Root> {
    /// Says that the row of this value is locked.
    pub fn new(root: Root) -> Self {
        Self(root)
    }

    /// The root, before anybody is permitted anything.
    pub(crate) fn root(&self) -> &Root {
        &self.0
    }
}

/// Permission for one use case on one root, inside one transaction.
#[derive(Debug)]
pub struct Granted<'tx, Root> {
    tx: &'tx Tx,
    root: Root,
    by: Option<PersonId>,
    now: Timestamp,
}

impl<'tx, Root> Granted<'tx, Root> {
    /// Asks the policy about the locked root. Roles are read again behind the lock, so that whoever
    /// was disabled a moment ago does nothing more.
    ///
    /// # Errors
    /// What the policy says.
    pub async fn ask<E: Into<Denied>>(
        tx: &'tx Tx,
        caller: &Caller,
        locked: Locked<Root>,
        policy: impl FnOnce(&Actor, &Root) -> Result<(), E>,
    ) -> Result<Self, Denied> {
        Self::ask_with_reason(tx, caller, locked, |actor, root| {
            policy(actor, root).map_err(Into::into)
        })
        .await
    }

    /// The same for a policy that says no with a reason that the person can act on.
    ///
    /// # Errors
    /// What the policy says.
    pub async fn ask_with_reason<E: From<Denied>>(
        tx: &'tx Tx,
        caller: &Caller,
        locked: Locked<Root>,
        policy: impl FnOnce(&Actor, &Root) -> Result<(), E>,
    ) -> Result<Self, E> {
        let actor = match caller.person() {
            Some(person) => member::held(tx, person)
                .await
                .map_err(Denied::from)?
                .map_or(Actor::Anyone, Actor::Member),
            None => Actor::Anyone,
        };
        policy(&actor, &locked.0)?;
        tx.reach(Point::Granted).await;
        Ok(Self {
            tx,
            root: locked.0,
            by: actor.member().map(|member| member.person),
            now: caller.now,
        })
    }

    /// For what nobody asks for: the jobs, and whoever holds the machine and its command line.
    pub async fn to_the_program(tx: &'tx Tx, now: Timestamp, locked: Locked<Root>) -> Self {
        tx.reach(Point::Granted).await;
        Self {
            tx,
            root: locked.0,
            by: None,
            now,
        }
    }

    /// The locked root as the policy saw it.
    pub fn root(&self) -> &Root {
        &self.root
    }

    /// Who was permitted; nobody for residents and for the program.
    pub fn by(&self) -> Option<PersonId> {
        self.by
    }

    /// The moment of the use case.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The transaction, for `rows` and `record`.
    pub fn tx(&self) -> &'tx Tx {
        self.tx
    }
}

mod sealed {
    /// Nothing outside this file gives permission.
    pub trait Sealed {}
}

/// Permission for something, whatever it is: what a write asks for that goes with any use case.
pub trait Permitted: sealed::Sealed + Sync {
    /// The transaction that it is spent in.
    fn connection(&self) -> &impl ConnectionTrait;

    /// Who was permitted; nobody for residents and for the program.
    fn by(&self) -> Option<PersonId>;

    /// The moment of the use case.
    fn now(&self) -> Timestamp;
}

impl<Root> sealed::Sealed for Granted<'_, Root> {}

impl<Root: Sync> Permitted for Granted<'_, Root> {
    fn connection(&self) -> &impl ConnectionTrait {
        self.tx
    }

    fn by(&self) -> Option<PersonId> {
        self.by
    }

    fn now(&self) -> Timestamp {
        self.now
    }
}

/// A root as a write of the group commit reads it, with whatever lock keeps what the policy asks of
/// it true until the write is done. Made by `rows` alone, which say what that is.
#[derive(Debug)]
pub struct RootInWrite<'tx, Root> {
    tx: &'tx Savepoint,
    root: Root,
}

impl<'tx, Root> RootInWrite<'tx, Root> {
    /// Says that this value was read inside this write, and how it is held is for `rows` to say.
    pub fn new(tx: &'tx Savepoint, root: Root) -> Self {
        Self { tx, root }
    }

    /// Asks the policy whether somebody who need not say who they are may do this, at the moment at
    /// which they asked.
    ///
    /// # Errors
    /// What the policy says.
    pub fn admit<E>(
        &self,
        now: Timestamp,
        policy: impl FnOnce(&Root) -> Result<(), E>,
    ) -> Result<Admitted<'_, Root>, E> {
        policy(&self.root)?;
        Ok(Admitted { held: self, now })
    }
}

/// Permission for one write of somebody who need not say who they are.
#[derive(Debug)]
pub struct Admitted<'tx, Root> {
    held: &'tx RootInWrite<'tx, Root>,
    now: Timestamp,
}

impl<'tx, Root> Admitted<'tx, Root> {
    /// The root as the policy saw it.
    pub fn root(&self) -> &'tx Root {
        &self.held.root
    }

    /// The moment at which they asked.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The transaction, for `rows`.
    pub fn tx(&self) -> &'tx Savepoint {
        self.held.tx
    }
}

impl<Root> sealed::Sealed for Admitted<'_, Root> {}

impl<Root: Sync> Permitted for Admitted<'_, Root> {
    fn connection(&self) -> &impl ConnectionTrait {
        self.held.tx
    }

    fn by(&self) -> Option<PersonId> {
        None
    }

    fn now(&self) -> Timestamp {
        self.now
    }
}
