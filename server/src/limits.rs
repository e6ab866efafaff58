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

/// Failed tries on one account that are taken within [`FAILURES_COUNT_FOR`].
const MOST_FAILURES: usize = 10;
const FAILURES_COUNT_FOR: Duration = Duration::from_secs(600);

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
    failures: Mutex<HashMap<String, Vec<Instant>>>,
    receipt: DefaultKeyedRateLimiter<IpAddr>,
    submit: DefaultKeyedRateLimiter<IpAddr>,
    vote: DefaultKeyedRateLimiter<IpAddr>,
    off: std::sync::atomic::AtomicBool,
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
    /// The limits of QUALITY.md S10, and generous ones where a library shares one address.
    pub fn new() -> Self {
        Self {
            sign_in: RateLimiter::keyed(quota(40, Duration::from_secs(15))),
            failures: Mutex::default(),
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

    /// Whether a password may be tried on this account. Asked before the password is looked at, so
    /// that a right guess among too many tells nothing.
    ///
    /// # Errors
    /// [`Denied::TooMany`] with the seconds to wait.
    pub fn account_open(&self, account: &str) -> Result<(), Denied> {
        if self.off.load(std::sync::atomic::Ordering::Relaxed) {
            return Ok(());
        }
        let now = Instant::now();
        let Ok(mut failures) = self.failures.lock() else {
            return Ok(());
        };
        let Some(held) = failures.get_mut(account) else {
            return Ok(());
        };
        held.retain(|at| now.duration_since(*at) < FAILURES_COUNT_FOR);
        match held.first() {
            Some(first) if held.len() >= MOST_FAILURES => {
                let wait = FAILURES_COUNT_FOR.saturating_sub(now.duration_since(*first));
                Err(Denied::TooMany(wait.as_secs() + 1))
            }
            _ => Ok(()),
        }
    }

    /// Counts one failed try on this account, whoever makes it and whether or not it exists.
    pub fn count_failure(&self, account: &str) {
        if let Ok(mut failures) = self.failures.lock() {
            failures
                .entry(account.to_owned())
                .or_default()
                .push(Instant::now());
        }
    }

    /// Forgets idle keys.
    pub fn sweep(&self) {
        self.sign_in.retain_recent();
        self.receipt.retain_recent();
        self.submit.retain_recent();
        self.vote.retain_recent();
        if let Ok(mut failures) = self.failures.lock() {
            let now = Instant::now();
            failures.retain(|_, held| {
                held.retain(|at| now.duration_since(*at) < FAILURES_COUNT_FOR);
                !held.is_empty()
            });
        }
    }
}
