//! Bounds on what comes from one network, and on guesses.
//!
//! What somebody does honestly is bounded by rate, generously, since a library or a school shares one
//! address. What may be a guess (a password, a code, the token of a link) is bounded by how many were
//! wrong: a right one does not count, so that many people behind one address shut nobody out.
//!
//! Bounds, not accounts of people: keys live in memory only and are dropped when idle.

mod guesses;

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use domain::account::Email;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::client::ClientAddress;
use crate::error::Denied;
use crate::secret::{self, Secret};
pub use guesses::{Guess, Guessed};
use guesses::{Guesses, Key};

/// What is bounded by rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limited {
    /// What sends a letter to an address that somebody types.
    Letter,
    /// Responses, statements, concerns, ballots.
    Submit,
    /// Votes: a click each, so many more than other things, and from a library or a school for
    /// many people at once.
    Vote,
}

/// The limiters.
pub struct Limits {
    guesses: Guesses,
    letter: DefaultKeyedRateLimiter<IpAddr>,
    submit: DefaultKeyedRateLimiter<IpAddr>,
    vote: DefaultKeyedRateLimiter<IpAddr>,
    off: AtomicBool,
}

fn quota(burst: u32, one_every: Duration) -> Quota {
    let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
    Quota::with_period(one_every)
        .unwrap_or(Quota::per_minute(burst))
        .allow_burst(burst)
}

impl Default for Limits {
    fn default() -> Self {
        Self::new()
    }
}

impl Limits {
    /// Strict where somebody guesses, generous where a library shares one address.
    pub fn new() -> Self {
        Self {
            guesses: Guesses::default(),
            // A room full of people who ask for their ballot papers.
            letter: RateLimiter::keyed(quota(120, Duration::from_secs(5))),
            submit: RateLimiter::keyed(quota(600, Duration::from_millis(200))),
            // Sixty people in one room who vote every four seconds, and a first rush.
            vote: RateLimiter::keyed(quota(1_800, Duration::from_millis(66))),
            off: AtomicBool::new(false),
        }
    }

    /// Lets everything through: for measurements from one address.
    pub fn turn_off(&self) {
        self.off.store(true, Ordering::Relaxed);
    }

    fn is_off(&self) -> bool {
        self.off.load(Ordering::Relaxed)
    }

    /// Counts one request from this address.
    ///
    /// # Errors
    /// [`Denied::TooMany`] with the seconds to wait.
    pub fn check(&self, what: Limited, client: ClientAddress) -> Result<(), Denied> {
        let limiter = match what {
            Limited::Letter => &self.letter,
            Limited::Submit => &self.submit,
            Limited::Vote => &self.vote,
        };
        if self.is_off() {
            return Ok(());
        }
        limiter.check_key(&client.ip()).map_err(|until| {
            Denied::TooMany(
                until
                    .wait_time_from(DefaultClock::default().now())
                    .as_secs()
                    + 1,
            )
        })
    }

    /// Takes one of the wrong guesses that this account has, whoever asks and whether or not it
    /// exists. Taken before the guess is looked at: of many guesses sent at one moment no more are
    /// looked at than of guesses sent one by one, and a right one among too many says nothing. One
    /// that is right is given back, and one that nobody could look at; any other counts.
    ///
    /// # Errors
    /// [`Denied::TooMany`] with the seconds to wait.
    pub async fn reserve(&self, account: &str) -> Result<Guess<'_>, Denied> {
        self.take(Key::Account(account.to_owned())).await
    }

    /// Takes one of the wrong guesses that this address has, as [`Limits::reserve`] does.
    ///
    /// # Errors
    /// [`Denied::TooMany`] with the seconds to wait.
    pub async fn guess(&self, what: Guessed, client: ClientAddress) -> Result<Guess<'_>, Denied> {
        self.take(Key::Client(what, client.ip())).await
    }

    async fn take(&self, key: Key) -> Result<Guess<'_>, Denied> {
        if self.is_off() {
            return Ok(Guess::free(&self.guesses));
        }
        self.guesses.take(key).await.map_err(Denied::TooMany)
    }

    /// Counts something that is done to this account, of which there are as many as wrong guesses.
    ///
    /// # Errors
    /// [`Denied::TooMany`] with the seconds to wait.
    pub fn count(&self, account: &str) -> Result<(), Denied> {
        if self.is_off() {
            return Ok(());
        }
        let key = Key::Account(account.to_owned());
        self.guesses.count(key).map_err(Denied::TooMany)
    }

    /// Counts a letter that somebody has sent to this address: nobody's letter box is filled by somebody
    /// else, whose network is bounded by [`Limited::Letter`]. Of the address a keyed hash is kept.
    ///
    /// # Errors
    /// [`Denied::TooMany`] with the seconds to wait.
    pub fn letter_to(&self, secret: &Secret, to: &Email) -> Result<(), Denied> {
        self.count(&secret::hex(
            &secret.mac("letters-to", to.as_str().as_bytes()),
        ))
    }

    /// Forgets idle keys.
    pub fn sweep(&self) {
        self.letter.retain_recent();
        self.submit.retain_recent();
        self.vote.retain_recent();
        self.guesses.sweep(Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_one_address_does_is_not_counted_against_another() {
        let limits = Limits::new();
        let client = |last| ClientAddress::new(IpAddr::from([192, 0, 2, last]));
        while limits.check(Limited::Letter, client(1)).is_ok() {}
        assert!(limits.check(Limited::Letter, client(2)).is_ok());
        assert!(limits.check(Limited::Submit, client(1)).is_ok());
        while limits.guess(Guessed::Code, client(1)).await.is_ok() {}
        assert!(limits.guess(Guessed::Code, client(2)).await.is_ok());
        assert!(limits.guess(Guessed::Password, client(1)).await.is_ok());
    }
}
