//! Voting codes: 80 random bits as people can read them aloud, and what is stored of them.
//!
//! Invariant: a code is minted before a paper is issued and travels in the voter's own form and
//! cookie; the database has its hash alone.

use axum::http::{HeaderMap, HeaderValue, header};
use domain::ids::PollId;
use domain::poll::list::normal_code;

use crate::config::Config;
use crate::secret;

/// The cookie of a voter, for the pages of one poll only.
const COOKIE: &str = "ballot";
/// Crockford's base 32: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A fresh code: four groups of four.
///
/// # Errors
/// Where the operating system gives no randomness.
pub fn fresh() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)?;
    let letters: String = bytes
        .iter()
        .filter_map(|byte| ALPHABET.get(usize::from(byte & 31)))
        .map(|letter| char::from(*letter))
        .collect();
    Ok(fold(&letters))
}

/// A typed code in its one form, in groups of four.
pub fn fold(typed: &str) -> String {
    let bare: Vec<char> = normal_code(typed)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(32)
        .collect();
    bare.chunks(4)
        .map(|group| group.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join("-")
}

/// What is stored of a code in this poll.
pub fn hash(poll: PollId, code: &str) -> String {
    secret::hash(&format!("ballot/{poll}/{}", normal_code(code)))
}

fn purpose(poll: PollId) -> String {
    format!("ballot/{poll}")
}

/// A code as it travels in a form or a cookie: only codes that were minted here open a paper, so
/// that nobody chooses one that somebody else might choose too.
pub fn sign(config: &Config, poll: PollId, code: &str) -> String {
    config.secret.sign(&purpose(poll), code)
}

/// The code of a signed text, if it is ours.
pub fn verify(config: &Config, poll: PollId, signed: &str) -> Option<String> {
    let code = config.secret.verify(&purpose(poll), signed)?;
    Some(code.to_owned())
}

/// The code that this browser holds for this poll.
pub fn held(config: &Config, poll: PollId, headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().strip_prefix("ballot="))
        .find_map(|signed| verify(config, poll, signed))
}

/// The cookie that keeps a code for the pages of its poll, or that forgets it.
pub fn cookie(config: &Config, path: &str, signed: Option<&str>) -> Option<HeaderValue> {
    let secure = if config.is_https() { "; Secure" } else { "" };
    let (value, age) = signed.map_or(("", 0), |signed| (signed, 15_552_000));
    HeaderValue::from_str(&format!(
        "{COOKIE}={value}; Path={path}; Max-Age={age}; HttpOnly; SameSite=Lax{secure}"
    ))
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_however_it_is_typed_and_in_its_own_poll_only() {
        let code = fresh().expect("random");
        assert_eq!(code.len(), 19);
        assert_eq!(fold(&code), code);
        let typed = code.to_lowercase().replace('-', " ").replace('0', "o");
        assert_eq!(hash(PollId(1), &typed), hash(PollId(1), &code));
        assert_ne!(hash(PollId(1), &code), hash(PollId(2), &code));
        assert_ne!(code, fresh().expect("random"));
    }
}
