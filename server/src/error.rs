//! How a use case ends where it does not end well. There is no HTTP here: the doors alone know what
//! an answer looks like.
//!
//! Three things say no, and different people act on each: a rule of the domain, with a reason that
//! the person can do something about ([`Refused::Because`]); the policy, or a colleague who was
//! there first ([`Denied`]); the machine under us ([`Fault`]), which is logged once, at the edge.

use domain::account::NotPermitted;
use domain::edit::Changed;

/// Nobody said no: something under us failed.
#[derive(Debug)]
pub enum Fault {
    /// Nothing can be written at this moment, and nothing was acknowledged. It passes by itself.
    Unavailable,
    /// A fault of ours, with its cause.
    Unexpected(Box<dyn std::error::Error + Send + Sync>),
}

impl Fault {
    /// A fault with a cause that can be shown as text in the log.
    pub fn unexpected(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Unexpected(cause.into())
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unavailable => f.write_str("nothing can be written at this moment"),
            Self::Unexpected(cause) => write!(f, "{cause}"),
        }
    }
}

impl std::error::Error for Fault {}

impl From<sea_orm::DbErr> for Fault {
    fn from(error: sea_orm::DbErr) -> Self {
        if crate::db::fault::is_passing(&error) {
            tracing::error!(%error, "the database takes nothing at this moment");
            Self::Unavailable
        } else {
            Self::Unexpected(Box::new(error))
        }
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        Self::unexpected(error)
    }
}

impl From<getrandom::Error> for Fault {
    fn from(error: getrandom::Error) -> Self {
        Self::unexpected(error.to_string())
    }
}

/// Why a use case did not happen, whatever its own rules say.
#[derive(Debug)]
pub enum Denied {
    /// The policy says no, or the thing must not be known to exist.
    NotPermitted(NotPermitted),
    /// There is no such thing.
    NotFound,
    /// The command names something that none of our forms can name.
    Malformed,
    /// Too many tries, with the seconds to wait.
    TooMany(u64),
    /// Somebody else changed it since this person saw it. Nothing was written.
    Changed(Changed),
    /// Something under us failed.
    Fault(Fault),
}

impl std::fmt::Display for Denied {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotPermitted(why) => write!(f, "not permitted: {why:?}"),
            Self::NotFound => f.write_str("there is no such thing"),
            Self::Malformed => f.write_str("malformed"),
            Self::TooMany(seconds) => write!(f, "too many tries; again in {seconds} s"),
            Self::Changed(changed) => write!(f, "changed by {} at {}", changed.by, changed.at),
            Self::Fault(fault) => write!(f, "{fault}"),
        }
    }
}

impl std::error::Error for Denied {}

impl From<NotPermitted> for Denied {
    fn from(why: NotPermitted) -> Self {
        Self::NotPermitted(why)
    }
}

/// What is a fault for one is a fault for all.
macro_rules! faults {
    ($($fault:ty),*) => {$(
        impl From<$fault> for Denied {
            fn from(fault: $fault) -> Self {
                Self::Fault(fault.into())
            }
        }

        impl<R> From<$fault> for Refused<R> {
            fn from(fault: $fault) -> Self {
                Self::Denied(fault.into())
            }
        }
    )*};
}

faults!(Fault, sea_orm::DbErr, getrandom::Error, serde_json::Error);

/// Why a use case with rules of its own did not happen.
#[derive(Debug)]
pub enum Refused<R> {
    /// A rule says no, with a reason that the person can act on.
    Because(R),
    /// Anything else.
    Denied(Denied),
}

/// A refusal that a door answers with the same page at 422, every word kept.
#[derive(Debug)]
pub enum Answerable<R> {
    /// A rule says no.
    Rule(R),
    /// A colleague was there first: the page shows both.
    Changed(Changed),
    /// It is this person's to do, but the thing has moved on to another stage: the page says so.
    NotNow,
}

impl<R> Refused<R> {
    /// What the same page can answer.
    ///
    /// # Errors
    /// Whatever else it was.
    pub fn answerable(self) -> Result<Answerable<R>, Denied> {
        match self {
            Self::Because(rule) => Ok(Answerable::Rule(rule)),
            Self::Denied(Denied::Changed(changed)) => Ok(Answerable::Changed(changed)),
            Self::Denied(Denied::NotPermitted(NotPermitted::NotNow)) => Ok(Answerable::NotNow),
            Self::Denied(denied) => Err(denied),
        }
    }

    /// The rule that said no. A door answers it with the same page at 422.
    ///
    /// # Errors
    /// Whatever else it was.
    pub fn because(self) -> Result<R, Denied> {
        match self {
            Self::Because(rule) => Ok(rule),
            Self::Denied(denied) => Err(denied),
        }
    }
}

impl<R: std::fmt::Debug> std::fmt::Display for Refused<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Because(rule) => write!(f, "a rule says no: {rule:?}"),
            Self::Denied(denied) => write!(f, "{denied}"),
        }
    }
}

impl<R: std::fmt::Debug> std::error::Error for Refused<R> {}

impl<R> From<Denied> for Refused<R> {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
    }
}

impl<R> From<NotPermitted> for Refused<R> {
    fn from(why: NotPermitted) -> Self {
        Self::Denied(why.into())
    }
}
