//! Rate limits by client network and, for sign-in, by account.
//!
//! Bounds, not accounts of people: keys live in memory only and are dropped when idle.

use std::collections::HashMap;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::client::ClientAddress;
use crate::error::Denied;

/// Tries on one account that are looked at within [`TRIES_COUNT_FOR`].
const MOST_TRIES: usize = 10;
const TRIES_COUNT_FOR: Duration = Duration::from_secs(600);

/// What is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limited {
    /// Tries to sign in or to get a reset link.
    SignIn,
    /// Look-ups of receipts.
    Receipt,
    /// Responses, statements, concerns.
    Submit,
    /// Votes: a click each, so many more than other things, and from a library or a school for
    /// many people at once.
    Vote,
}

/// The limiters.
pub struct Limits {
    sign_in: DefaultKeyedRateLimiter<IpAddr>,
    tries: Mutex<HashMap<String, Vec<Instant>>>,
    receipt: DefaultKeyedRateLimiter<IpAddr>,
    submit: DefaultKeyedRateLimiter<IpAddr>,
    vote: DefaultKeyedRateLimiter<IpAddr>,
    off: std::sync::atomic::AtomicBool,
}

/// One try on an account, taken before anything is looked at. It counts unless it is given back.
#[must_use = "a try that succeeds is given back"]
pub struct Try<'a> {
    limits: &'a Limits,
    account: String,
    at: Instant,
}

impl Try<'_> {
    /// It succeeded: it does not count.
    pub fn give_back(self) {
        if let Ok(mut tries) = self.limits.tries.lock()
            && let Some(held) = tries.get_mut(&self.account)
            && let Some(place) = held.iter().position(|at| *at == self.at)
        {
            held.remove(place);
        }
    }

    /// It counts, whatever came of it.
    pub fn keep(self) {}
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
    /// Strict where somebody guesses a password, generous where a library shares one address.
    pub fn new() -> Self {
        Self {
            sign_in: RateLimiter::keyed(quota(40, Duration::from_secs(15))),
            tries: Mutex::default(),
            receipt: RateLimiter::keyed(quota(30, Duration::from_secs(10))),
            submit: RateLimiter::keyed(quota(600, Duration::from_millis(200))),
            // Sixty people in one room who vote every four seconds, and a first rush.
            vote: RateLimiter::keyed(quota(1_800, Duration::from_millis(66))),
            off: std::sync::atomic::AtomicBool::new(false),
        }
    }

    /// Lets everything through: for measurements from one address.
    pub fn turn_off(&self) {
        self.off.store(true, std::sync::atomic::Ordering::Relaxed);
    }

    /// Counts one try from this address.
    ///
    /// # Errors
    /// [`Denied::TooMany`] with the seconds to wait.
    pub fn check(&self, what: Limited, client: ClientAddress) -> Result<(), Denied> {
        let limiter = match what {
            Limited::SignIn => &self.sign_in,
            Limited::Receipt => &self.receipt,
            Limited::Submit => &self.submit,
            Limited::Vote => &self.vote,
        };
        if self.off.load(std::sync::atomic::Ordering::Relaxed) {
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

    /// Takes one of the tries that this account has, whoever asks and whether or not it exists.
    /// Taken before the password is looked at, in one step: of many guesses sent at one moment no
    /// more are looked at than of guesses sent one by one, and a right one among too many says
    /// nothing. A try that succeeds is given back; any other counts.
    ///
    /// # Errors
    /// [`Denied::TooMany`] with the seconds to wait.
    pub fn reserve(&self, account: &str) -> Result<Try<'_>, Denied> {
        let now = Instant::now();
        let taken = Try {
            limits: self,
            account: account.to_owned(),
            at: now,
        };
        if self.off.load(std::sync::atomic::Ordering::Relaxed) {
            return Ok(taken);
        }
        let Ok(mut tries) = self.tries.lock() else {
            return Ok(taken);
        };
        let held = tries.entry(account.to_owned()).or_default();
        held.retain(|at| now.duration_since(*at) < TRIES_COUNT_FOR);
        match held.first() {
            Some(first) if held.len() >= MOST_TRIES => {
                let wait = TRIES_COUNT_FOR.saturating_sub(now.duration_since(*first));
                Err(Denied::TooMany(wait.as_secs() + 1))
            }
            _ => {
                held.push(now);
                Ok(taken)
            }
        }
    }

    /// Forgets idle keys.
    pub fn sweep(&self) {
        self.sign_in.retain_recent();
        self.receipt.retain_recent();
        self.submit.retain_recent();
        self.vote.retain_recent();
        if let Ok(mut tries) = self.tries.lock() {
            let now = Instant::now();
            tries.retain(|_, held| {
                held.retain(|at| now.duration_since(*at) < TRIES_COUNT_FOR);
                !held.is_empty()
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_tries_are_taken_and_one_that_succeeds_makes_room() {
        let limits = Limits::new();
        let mut tries: Vec<_> = (0..10)
            .map(|_| limits.reserve("a").expect("free"))
            .collect();
        assert!(matches!(limits.reserve("a"), Err(Denied::TooMany(_))));
        assert!(limits.reserve("b").is_ok(), "another account");
        tries.pop().expect("a try").give_back();
        limits.reserve("a").expect("room for one").keep();
        assert!(limits.reserve("a").is_err());
    }
}
