//! Passwords: argon2id on a blocking thread, a bounded number at a time.
//!
//! Invariant: checking takes the same work whether or not the person exists.

use std::sync::Arc;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::account::normalised;
use tokio::sync::Semaphore;

/// Hashes and checks passwords.
#[derive(Clone)]
pub struct Hasher {
    argon2: Argon2<'static>,
    dummy: Arc<std::sync::OnceLock<String>>,
    slots: Arc<Semaphore>,
}

/// A password could not be hashed.
#[derive(Debug, thiserror::Error)]
#[error("password hashing failed: {0}")]
pub struct HashFailed(String);

impl Hasher {
    /// With this memory in KiB and this number of passes.
    pub fn new((memory, passes): (u32, u32)) -> Self {
        let params = Params::new(memory, passes, 1, None).unwrap_or(Params::DEFAULT);
        Self {
            argon2: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            dummy: Arc::default(),
            slots: Arc::new(Semaphore::new(2)),
        }
    }

    /// The hash of a new password, as a PHC string.
    ///
    /// # Errors
    /// Where hashing fails.
    pub async fn hash(&self, password: String) -> Result<String, HashFailed> {
        let argon2 = self.argon2.clone();
        self.run(move || hash(&argon2, &normalised(&password)))
            .await?
    }

    /// Whether the password is the one of this hash. Without a hash it works as long and says no.
    /// Passwords set before they were normalised are known as they were typed.
    ///
    /// # Errors
    /// Where a stored hash can't be read.
    pub async fn verify(
        &self,
        password: String,
        stored: Option<String>,
    ) -> Result<bool, HashFailed> {
        let argon2 = self.argon2.clone();
        let dummy = Arc::clone(&self.dummy);
        self.run(move || {
            let known = stored.is_some();
            let stored = match stored {
                Some(stored) => stored,
                None => match dummy.get() {
                    Some(dummy) => dummy.clone(),
                    None => {
                        let fresh = hash(&argon2, "nobody's password")?;
                        dummy.get_or_init(|| fresh).clone()
                    }
                },
            };
            let parsed =
                PasswordHash::new(&stored).map_err(|error| HashFailed(error.to_string()))?;
            let is_it = |text: &str| argon2.verify_password(text.as_bytes(), &parsed).is_ok();
            let form = normalised(&password);
            let right = is_it(&form) || (form != password && is_it(&password));
            Ok(right && known)
        })
        .await?
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, HashFailed> {
        let _slot = self
            .slots
            .acquire()
            .await
            .map_err(|error| HashFailed(error.to_string()))?;
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|error| HashFailed(error.to_string()))
    }
}

fn hash(argon2: &Argon2<'_>, password: &str) -> Result<String, HashFailed> {
    argon2
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| HashFailed(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let before = hash(&hasher.argon2, APART).expect("hashed");
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
