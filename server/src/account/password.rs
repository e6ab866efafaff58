//! Passwords: argon2id on threads of its own.
//!
//! Invariant: checking takes the same work whether or not the person exists. No more are hashed at a
//! time than there are `THREADS`, whoever asks and whoever goes away meanwhile, and each in memory
//! that its thread has for good: taken afresh for every hash, an allocator would keep many times as much.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use domain::account::{MAXIMUM_LENGTH, normalised};
use subtle::ConstantTimeEq;
use tokio::sync::oneshot;

/// The most bytes of a password as it is typed: a character in parts is up to four, of four bytes each.
const MOST_TYPED: usize = MAXIMUM_LENGTH * 4 * 4;

/// How many are hashed at a time.
const THREADS: usize = 2;

/// What argon2 works in.
type Memory = Vec<Block>;
type Work = Box<dyn FnOnce(&mut Memory) + Send>;

/// Hashes and checks passwords.
#[derive(Clone)]
pub struct Hasher {
    params: Params,
    dummy: Arc<OnceLock<String>>,
    queue: Sender<Work>,
}

/// A password could not be hashed.
#[derive(Debug, thiserror::Error)]
#[error("password hashing failed: {0}")]
pub struct HashFailed(String);

impl Hasher {
    /// With this memory in KiB and this number of passes.
    pub fn new((memory, passes): (u32, u32)) -> Self {
        let params = Params::new(memory, passes, 1, None).unwrap_or(Params::DEFAULT);
        let (queue, waiting) = channel();
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..THREADS {
            let waiting = Arc::clone(&waiting);
            let begun = thread::Builder::new()
                .name("passwords".to_owned())
                .spawn(move || {
                    let mut memory = Memory::new();
                    while one(&waiting, &mut memory) {}
                });
            if let Err(error) = begun {
                tracing::error!(%error, "a thread for passwords could not be begun");
            }
        }
        Self {
            params,
            dummy: Arc::default(),
            queue,
        }
    }

    /// The hash of a new password, as a PHC string.
    ///
    /// # Errors
    /// Where hashing fails.
    pub async fn hash(&self, password: String) -> Result<String, HashFailed> {
        let params = self.params.clone();
        self.run(move |memory| hash(memory, params, &normalised(&password)))
            .await?
    }

    /// Whether the password is the one of this hash. Without a hash it works as long and says no, as it
    /// does where so much is typed that it can be nobody's.
    /// Passwords set before they were normalised are known as they were typed.
    ///
    /// # Errors
    /// Where a stored hash can't be read.
    pub async fn verify(
        &self,
        password: String,
        stored: Option<String>,
    ) -> Result<bool, HashFailed> {
        let params = self.params.clone();
        let dummy = Arc::clone(&self.dummy);
        let possible = password.len() <= MOST_TYPED;
        let password = if possible { password } else { String::new() };
        self.run(move |memory| {
            let known = stored.is_some();
            let stored = match stored {
                Some(stored) => stored,
                None => match dummy.get() {
                    Some(dummy) => dummy.clone(),
                    None => {
                        let fresh = hash(memory, params, "nobody's password")?;
                        dummy.get_or_init(|| fresh).clone()
                    }
                },
            };
            let form = normalised(&password);
            let right = is_of(memory, &stored, &form)?
                || form != password && is_of(memory, &stored, &password)?;
            Ok(right && known && possible)
        })
        .await?
    }

    /// Waits for its turn. What nobody waits for any more is not done.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Memory) -> T + Send + 'static,
    ) -> Result<T, HashFailed> {
        let (tell, told) = oneshot::channel();
        let work = move |memory: &mut Memory| {
            if !tell.is_closed() {
                let _ = tell.send(work(memory));
            }
        };
        self.queue.send(Box::new(work)).map_err(failed)?;
        told.await.map_err(failed)
    }
}

/// Does what is next, and says whether anything can follow.
fn one(waiting: &Mutex<Receiver<Work>>, memory: &mut Memory) -> bool {
    let next = match waiting.lock() {
        Ok(waiting) => waiting.recv(),
        Err(_) => return false,
    };
    match next {
        // Whoever waits for work that panicked is told that it failed, and the thread goes on.
        Ok(work) => {
            let _ = catch_unwind(AssertUnwindSafe(|| work(memory)));
            true
        }
        Err(_) => false,
    }
}

fn failed(error: impl std::fmt::Display) -> HashFailed {
    HashFailed(error.to_string())
}

fn hash(memory: &mut Memory, params: Params, password: &str) -> Result<String, HashFailed> {
    let mut salt = [0; Salt::RECOMMENDED_LENGTH];
    getrandom::fill(&mut salt).map_err(failed)?;
    let kept = ParamsString::try_from(&params).map_err(failed)?;
    let mut out = [0; Params::DEFAULT_OUTPUT_LEN];
    let (algorithm, version) = (Algorithm::Argon2id, Version::V0x13);
    let argon2 = Argon2::new(algorithm, version, params);
    fill(memory, &argon2, password, &salt, &mut out)?;
    let hash = PasswordHash {
        algorithm: algorithm.ident(),
        version: Some(version.into()),
        params: kept,
        salt: Some(Salt::new(&salt).map_err(failed)?),
        hash: Some(Output::new(&out).map_err(failed)?),
    };
    Ok(hash.to_string())
}

/// Whether the password is the one of this hash, by the parameters that stand in it.
fn is_of(memory: &mut Memory, stored: &str, password: &str) -> Result<bool, HashFailed> {
    let stored = PasswordHash::new(stored).map_err(failed)?;
    let algorithm = Algorithm::try_from(stored.algorithm.as_str()).map_err(failed)?;
    let version = match stored.version {
        Some(version) => Version::try_from(version).map_err(failed)?,
        None => Version::default(),
    };
    let params = Params::try_from(&stored).map_err(failed)?;
    let (Some(salt), Some(expected)) = (stored.salt, stored.hash) else {
        return Err(failed("a stored hash without salt or digest"));
    };
    let mut out = vec![0; expected.len()];
    let argon2 = Argon2::new(algorithm, version, params);
    fill(memory, &argon2, password, &salt, &mut out)?;
    Ok(out.ct_eq(expected.as_bytes()).into())
}

fn fill(
    memory: &mut Memory,
    argon2: &Argon2<'_>,
    password: &str,
    salt: &[u8],
    out: &mut [u8],
) -> Result<(), HashFailed> {
    let blocks = argon2.params().block_count();
    if memory.len() < blocks {
        // To the byte: what is added by doubling is never used.
        memory.reserve_exact(blocks - memory.len());
        memory.resize(blocks, Block::new());
    }
    argon2
        .hash_password_into_with_memory(password.as_bytes(), salt, out, memory)
        .map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    #[tokio::test]
    async fn a_password_is_known_again_and_another_is_not() {
        let hasher = Hasher::new((8, 1));
        let right = || "a barge full of coal".to_owned();
        let stored = hasher.hash(right()).await.expect("hashed");
        let asked = async |typed: &str, stored: Option<String>| {
            let answer = hasher.verify(typed.to_owned(), stored).await;
            answer.expect("looked at")
        };
        assert!(asked(&right(), Some(stored.clone())).await);
        assert!(!asked("a barge", Some(stored)).await);
        assert!(!asked(&right(), None).await);
    }

    #[tokio::test]
    async fn what_is_longer_than_any_password_is_wrong_and_the_longest_is_right() {
        let hasher = Hasher::new((8, 1));
        // Three characters each, of which a keyboard may make one.
        let longest = "\u{1112}\u{1161}\u{11ab}".repeat(MAXIMUM_LENGTH);
        assert_eq!(normalised(&longest).chars().count(), MAXIMUM_LENGTH);
        for (typed, right) in [(longest, true), ("a".repeat(MOST_TYPED + 1), false)] {
            let stored = hasher.hash(typed.clone()).await.expect("hashed");
            let answer = hasher.verify(typed, Some(stored)).await;
            assert_eq!(answer.expect("looked at"), right);
        }
        // Nor is it taken for an empty one.
        let empty = hasher.hash(String::new()).await.expect("hashed");
        let long = hasher.verify("a".repeat(1_000_000), Some(empty)).await;
        assert!(!long.expect("looked at"));
    }

    #[tokio::test]
    async fn a_hash_is_what_the_library_makes_and_takes() {
        use argon2::{PasswordHasher, PasswordVerifier};
        let hasher = Hasher::new((64, 2));
        let made = hasher.hash("heron canal".to_owned()).await.expect("hashed");
        assert!(made.starts_with("$argon2id$v=19$m=64,t=2,p=1$"), "{made}");
        let parsed = PasswordHash::new(&made).expect("a hash");
        let library = Argon2::default();
        assert!(library.verify_password(b"heron canal", &parsed).is_ok());
        assert!(library.verify_password(b"heron", &parsed).is_err());
        // One that was made with other parameters, smaller and larger.
        for (memory, passes, lanes) in [(8, 1, 1), (256, 3, 2)] {
            let params = Params::new(memory, passes, lanes, None).expect("parameters");
            let other = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
            let made = other
                .hash_password(b"heron canal")
                .expect("hashed")
                .to_string();
            let right = hasher.verify("heron canal".to_owned(), Some(made.clone()));
            assert!(right.await.expect("looked at"));
            let wrong = hasher.verify("heron".to_owned(), Some(made));
            assert!(!wrong.await.expect("looked at"));
        }
        let none = hasher.verify("heron".to_owned(), Some("nothing".to_owned()));
        assert!(none.await.is_err());
    }

    #[tokio::test]
    async fn two_at_a_time_on_the_same_two_threads_whoever_goes_away_and_whatever_panics() {
        let hasher = Hasher::new((8, 1));
        let now = Arc::new(AtomicUsize::new(0));
        let most = Arc::new(AtomicUsize::new(0));
        let threads = Arc::new(Mutex::new(HashSet::new()));
        let mut asked = Vec::new();
        for nth in 0..40 {
            let (hasher, now, most) = (hasher.clone(), Arc::clone(&now), Arc::clone(&most));
            let threads = Arc::clone(&threads);
            asked.push(tokio::spawn(async move {
                let work = move |_: &mut Memory| {
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    let mut seen = threads.lock().expect("whole");
                    seen.insert(thread::current().id());
                    drop(seen);
                    thread::sleep(Duration::from_millis(5));
                    now.fetch_sub(1, Ordering::SeqCst);
                    assert!(nth % 10 != 9, "one that panics");
                };
                hasher.run(work).await.is_ok()
            }));
        }
        for (nth, one) in asked.into_iter().enumerate() {
            // Every third one goes away; what it began goes on without it.
            if nth % 3 == 0 {
                one.abort();
            } else {
                assert_eq!(one.await.expect("answered"), nth % 10 != 9, "{nth}");
            }
        }
        assert!(most.load(Ordering::SeqCst) <= THREADS);
        assert!(threads.lock().expect("whole").len() <= THREADS);
        assert!(hasher.hash("still there".to_owned()).await.is_ok());
    }

    const COMPOSED: &str = "zo\u{eb} heron canal \u{e9}t\u{e9}";
    const APART: &str = "zoe\u{308} heron canal e\u{301}te\u{301}";

    #[tokio::test]
    async fn a_password_is_the_same_however_a_keyboard_writes_it() {
        let hasher = Hasher::new((8, 1));
        for set in [COMPOSED, APART] {
            let stored = hasher.hash(set.to_owned()).await.expect("hashed");
            for typed in [COMPOSED, APART] {
                let right = hasher.verify(typed.to_owned(), Some(stored.clone())).await;
                assert!(right.expect("checked"), "{set:?} {typed:?}");
            }
            let other = "zoe heron canal ete".to_owned();
            assert!(!hasher.verify(other, Some(stored)).await.expect("checked"));
        }
    }

    #[tokio::test]
    async fn a_password_of_before_still_opens() {
        let hasher = Hasher::new((8, 1));
        let params = hasher.params.clone();
        let before = hasher
            .run(move |memory| hash(memory, params, APART))
            .await
            .expect("hashed")
            .expect("hashed");
        let opens = |typed: &str| hasher.verify(typed.to_owned(), Some(before.clone()));
        assert!(opens(APART).await.expect("checked"));
        assert!(!opens(COMPOSED).await.expect("checked"));
        assert!(
            !hasher
                .verify(APART.to_owned(), None)
                .await
                .expect("checked")
        );
    }
}
