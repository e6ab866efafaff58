//! Guesses that were wrong, and those that are being looked at.
//!
//! Invariant: of one key no more guesses are wrong or being looked at than it has. One that comes
//! while the last ones are being looked at waits for what becomes of them.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::sync::Notify;
use tokio::sync::futures::OwnedNotified;

use crate::error::{Denied, Refused};

/// For how long a wrong guess counts.
const COUNT_FOR: Duration = Duration::from_secs(600);

/// What somebody may be guessing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Guessed {
    /// A password, or the token of a link that sets one.
    Password,
    /// The code of a receipt, a letter or a ballot paper.
    Code,
}

/// Whose guesses are counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// Those at an account.
    Account(String),
    /// Those from an address.
    Client(Guessed, IpAddr),
}

impl Key {
    /// How many wrong ones it has.
    fn most(&self) -> usize {
        match self {
            Key::Account(_) => 10,
            Key::Client(Guessed::Password, _) => 40,
            Key::Client(Guessed::Code, _) => 30,
        }
    }
}

/// The guesses of one key.
#[derive(Debug, Default)]
struct Tries {
    wrong: Vec<Instant>,
    looked_at: usize,
    /// Told when one has been looked at.
    done: Arc<Notify>,
}

impl Tries {
    fn forget_old(&mut self, now: Instant) {
        self.wrong
            .retain(|at| now.saturating_duration_since(*at) < COUNT_FOR);
    }

    fn is_idle(&self) -> bool {
        self.wrong.is_empty() && self.looked_at == 0
    }

    /// The seconds until the oldest wrong one counts no more.
    fn wait(&self, now: Instant) -> u64 {
        let oldest = self.wrong.first().copied().unwrap_or(now);
        let gone = now.saturating_duration_since(oldest);
        COUNT_FOR.saturating_sub(gone).as_secs() + 1
    }
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Guesses(Mutex<HashMap<Key, Tries>>);

/// Whether one more may be looked at.
enum Admission {
    Admitted,
    /// Too many were wrong: in so many seconds.
    Shut(u64),
    /// The last ones are being looked at.
    Wait(OwnedNotified),
}

/// One guess, taken before anything is looked at. It counts as wrong, whatever became of it, unless it
/// is given back.
#[must_use = "a guess that is right is given back"]
pub struct Guess<'a> {
    guesses: &'a Guesses,
    key: Option<Key>,
}

impl<'a> Guess<'a> {
    /// One that never counts.
    pub(super) fn free(guesses: &'a Guesses) -> Self {
        Self { guesses, key: None }
    }

    /// It was right, or no guess: it does not count.
    pub fn give_back(mut self) {
        if let Some(key) = self.key.take() {
            self.guesses.ended(key, false);
        }
    }

    /// What was looked up by it. It counts where there is nothing; where nobody could look, it was none.
    ///
    /// # Errors
    /// Why nobody could look.
    pub fn looked_up<T, E>(self, found: Result<Option<T>, E>) -> Result<Option<T>, E> {
        if !matches!(found, Ok(None)) {
            self.give_back();
        }
        found
    }

    /// What a use case answered that it was given to. It counts where that is a refusal; where nobody
    /// could say, since something failed or there are too many tries of another kind, it was none.
    ///
    /// # Errors
    /// The refusal.
    pub fn answered<T, R>(self, answer: Result<T, Refused<R>>) -> Result<T, Refused<R>> {
        let is_refused = match &answer {
            Ok(_) | Err(Refused::Denied(Denied::Fault(_) | Denied::TooMany(_))) => false,
            Err(_) => true,
        };
        if !is_refused {
            self.give_back();
        }
        answer
    }
}

impl Drop for Guess<'_> {
    fn drop(&mut self) {
        if let Some(key) = self.key.take() {
            self.guesses.ended(key, true);
        }
    }
}

impl Guesses {
    /// Takes one.
    ///
    /// # Errors
    /// The seconds to wait.
    pub async fn take(&self, key: Key) -> Result<Guess<'_>, u64> {
        loop {
            match self.one_more(&key) {
                Admission::Admitted => {
                    return Ok(Guess {
                        guesses: self,
                        key: Some(key),
                    });
                }
                Admission::Shut(seconds) => return Err(seconds),
                Admission::Wait(done) => done.await,
            }
        }
    }

    fn one_more(&self, key: &Key) -> Admission {
        let now = Instant::now();
        let Ok(mut all) = self.0.lock() else {
            return Admission::Shut(COUNT_FOR.as_secs());
        };
        let tries = all.entry(key.clone()).or_default();
        tries.forget_old(now);
        if tries.wrong.len() >= key.most() {
            Admission::Shut(tries.wait(now))
        } else if tries.wrong.len() + tries.looked_at >= key.most() {
            Admission::Wait(Arc::clone(&tries.done).notified_owned())
        } else {
            tries.looked_at += 1;
            Admission::Admitted
        }
    }

    /// Counts one at once.
    ///
    /// # Errors
    /// The seconds to wait.
    pub fn count(&self, key: Key) -> Result<(), u64> {
        let now = Instant::now();
        let Ok(mut all) = self.0.lock() else {
            return Err(COUNT_FOR.as_secs());
        };
        let most = key.most();
        let tries = all.entry(key).or_default();
        tries.forget_old(now);
        if tries.wrong.len() + tries.looked_at >= most {
            return Err(tries.wait(now));
        }
        tries.wrong.push(now);
        Ok(())
    }

    fn ended(&self, key: Key, wrong: bool) {
        let Ok(mut all) = self.0.lock() else { return };
        let Some(tries) = all.get_mut(&key) else {
            return;
        };
        tries.looked_at = tries.looked_at.saturating_sub(1);
        if wrong {
            tries.wrong.push(Instant::now());
        }
        tries.done.notify_waiters();
        if tries.is_idle() {
            all.remove(&key);
        }
    }

    /// Forgets keys of which nothing counts any more.
    pub fn sweep(&self, now: Instant) {
        if let Ok(mut all) = self.0.lock() {
            all.retain(|_, tries| {
                tries.forget_old(now);
                !tries.is_idle()
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Fault;

    fn account() -> Key {
        Key::Account("a".to_owned())
    }

    #[tokio::test]
    async fn ten_wrong_ones_are_looked_at_and_right_ones_make_room() {
        let guesses = Guesses::default();
        for _ in 0..50 {
            guesses.take(account()).await.expect("free").give_back();
        }
        for _ in 0..10 {
            drop(guesses.take(account()).await.expect("free"));
        }
        assert!(matches!(guesses.take(account()).await, Err(1..=601)));
        let other = Key::Account("b".to_owned());
        assert!(guesses.take(other).await.is_ok(), "another account");
        assert_eq!(
            guesses.count(account()),
            Err(600),
            "nor is anything counted"
        );
    }

    #[tokio::test]
    async fn who_comes_while_ten_are_looked_at_waits_for_what_becomes_of_them() {
        let guesses = Arc::new(Guesses::default());
        for right in [true, false] {
            let mut looked_at = Vec::new();
            for _ in 0..10 {
                looked_at.push(guesses.take(account()).await.expect("free"));
            }
            let asks = Arc::clone(&guesses);
            let next = tokio::spawn(async move {
                let next = asks.take(account()).await;
                next.map(Guess::give_back).is_ok()
            });
            tokio::task::yield_now().await;
            assert!(!next.is_finished(), "it waits");
            for one in looked_at {
                if right {
                    one.give_back();
                } else {
                    drop(one);
                }
            }
            assert_eq!(next.await.expect("answered"), right);
        }
    }

    #[tokio::test]
    async fn what_nobody_could_look_at_was_no_guess() {
        let guesses = Guesses::default();
        let take = async || guesses.take(account()).await.expect("free");
        for _ in 0..30 {
            let _ = take().await.looked_up::<(), _>(Err("away"));
            let _ = take().await.looked_up(Ok::<_, &str>(Some(1)));
            let _ = take().await.answered(Ok::<_, Refused<()>>(1));
            for nobody in [Denied::Fault(Fault::Unavailable), Denied::TooMany(5)] {
                let _ = take().await.answered::<(), ()>(Err(nobody.into()));
            }
        }
        for _ in 0..5 {
            let _ = take()
                .await
                .answered::<(), _>(Err(Refused::Because("wrong")));
            let _ = take().await.looked_up(Ok::<Option<()>, &str>(None));
        }
        assert!(guesses.take(account()).await.is_err());
    }

    #[tokio::test]
    async fn a_key_of_which_nothing_counts_is_forgotten() {
        let guesses = Guesses::default();
        guesses.take(account()).await.expect("free").give_back();
        assert!(guesses.0.lock().expect("whole").is_empty());
        guesses.count(account()).expect("free");
        guesses.sweep(Instant::now());
        assert_eq!(guesses.0.lock().expect("whole").len(), 1);
        guesses.sweep(Instant::now() + COUNT_FOR);
        assert!(guesses.0.lock().expect("whole").is_empty());
    }
}
