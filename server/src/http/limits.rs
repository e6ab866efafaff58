//! Rate limits by client network and, for sign-in, by account.
//!
//! Bounds, not accounts of people: keys live in memory only and are dropped when idle.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::{ClientAddress, Error};

/// What is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limited {
    /// Tries to sign in or to get a reset link.
    SignIn,
    /// Look-ups of receipts.
    Receipt,
    /// Responses, votes, statements, concerns.
    Submit,
}

/// The limiters.
pub struct Limits {
    sign_in: DefaultKeyedRateLimiter<IpAddr>,
    account: DefaultKeyedRateLimiter<String>,
    receipt: DefaultKeyedRateLimiter<IpAddr>,
    submit: DefaultKeyedRateLimiter<IpAddr>,
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
            account: RateLimiter::keyed(quota(10, Duration::from_secs(60))),
            receipt: RateLimiter::keyed(quota(30, Duration::from_secs(10))),
            submit: RateLimiter::keyed(quota(600, Duration::from_millis(200))),
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
    /// [`Error::TooMany`] with the seconds to wait.
    pub fn check(&self, what: Limited, client: ClientAddress) -> Result<(), Error> {
        let limiter = match what {
            Limited::SignIn => &self.sign_in,
            Limited::Receipt => &self.receipt,
            Limited::Submit => &self.submit,
        };
        if self.off.load(std::sync::atomic::Ordering::Relaxed) {
            return Ok(());
        }
        limiter.check_key(&client.0).map_err(|until| {
            Error::TooMany(
                until
                    .wait_time_from(DefaultClock::default().now())
                    .as_secs()
                    + 1,
            )
        })
    }

    /// Counts one failed try on this account, whoever makes it.
    ///
    /// # Errors
    /// [`Error::TooMany`] with the seconds to wait.
    pub fn check_account(&self, email: &str) -> Result<(), Error> {
        self.account
            .check_key(&email.trim().to_lowercase())
            .map_err(|until| {
                Error::TooMany(
                    until
                        .wait_time_from(DefaultClock::default().now())
                        .as_secs()
                        + 1,
                )
            })
    }

    /// Forgets idle keys.
    pub fn sweep(&self) {
        self.sign_in.retain_recent();
        self.receipt.retain_recent();
        self.submit.retain_recent();
        self.account.retain_recent();
    }
}
