//! Voting codes: 80 random bits as people can read them aloud, and what is stored of them.
//!
//! Invariant: a code is minted before a paper is issued and travels in the voter's own form and
//! cookie; the database has its hash alone.

use axum::http::{HeaderMap, HeaderValue, header};
use domain::code::Code;
use domain::ids::PollId;

use crate::config::Config;
use crate::secret;

/// The cookie of a voter, for the pages of one poll only.
const COOKIE: &str = "ballot";

/// A fresh code.
///
/// # Errors
/// Where the operating system gives no randomness.
pub fn fresh() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)?;
    Ok(Code::fresh(&bytes).to_string())
}

/// A voting code as somebody typed it.
pub fn typed(typed: &str) -> Code {
    Code::typed(typed).look_alikes_as_digits()
}

/// What is stored of a voting code in this poll.
pub fn hash(poll: PollId, code: &str) -> String {
    secret::hash(&format!("ballot/{poll}/{}", typed(code).letters()))
}

/// What is stored of the code of a letter in this poll.
pub fn letter_hash(poll: PollId, code: &str) -> String {
    secret::hash(&format!("letter/{poll}/{}", typed(code).letters()))
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
    fn what_is_stored_of_codes_is_what_was_stored_so_far() {
        for typed in ["0O1I-LABC-DEFG-HJKM", "0o1i\u{2013}labc\u{2011}defg hjkm."] {
            assert_eq!(
                hash(PollId(7), typed),
                "3d73755badea5887662a9ba0ab8ac3d1143c0ac55c631d5f6b9077811ab7cfcf"
            );
        }
        for typed in ["LLAB-CDEF-GHJK-LMNP", "llab cdef\u{2013}ghjk 1mnp"] {
            assert_eq!(
                letter_hash(PollId(7), typed),
                "befd1572deab4262dea880a42d1d92e705bb5557db10101675610515b17e6c11"
            );
        }
    }

    #[test]
    fn a_code_is_found_in_its_own_poll_only() {
        let code = fresh().expect("random");
        assert_eq!(code.len(), 19);
        assert_ne!(hash(PollId(1), &code), hash(PollId(2), &code));
        assert_ne!(hash(PollId(1), &code), letter_hash(PollId(1), &code));
        assert_ne!(code, fresh().expect("random"));
    }
}
