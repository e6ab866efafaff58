//! Voting codes: 80 random bits as people can read them aloud, and what is stored of them.
//!
//! Invariant: a code is minted before a paper is issued and travels in the voter's own form and
//! cookie; the database has its hash alone.

use domain::code::Code;
use domain::ids::PollId;

use crate::secret::{self, Secret};

/// A fresh code.
///
/// # Errors
/// Where the operating system gives no randomness.
pub fn fresh() -> Result<Code, getrandom::Error> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)?;
    Ok(Code::fresh(&bytes))
}

/// A voting code as somebody typed it.
pub fn typed(typed: &str) -> Code {
    Code::typed(typed).look_alikes_as_digits()
}

/// What is stored of a voting code in this poll.
pub fn hash(poll: PollId, code: &Code) -> String {
    let code = code.look_alikes_as_digits();
    secret::hash(format!("ballot/{poll}/{}", code.letters()))
}

/// What is stored of the code of a letter in this poll.
pub fn letter_hash(poll: PollId, code: &str) -> String {
    secret::hash(format!("letter/{poll}/{}", typed(code).letters()))
}

fn purpose(poll: PollId) -> String {
    format!("ballot/{poll}")
}

/// A code as it travels in a form or a cookie: only codes that were minted here open a paper, so
/// that nobody chooses one that somebody else might choose too.
pub fn sign(secret: &Secret, poll: PollId, code: &Code) -> String {
    secret.sign(&purpose(poll), &code.to_string())
}

/// The code of a signed text, if it is ours.
pub fn verify(secret: &Secret, poll: PollId, signed: &str) -> Option<Code> {
    secret.verify(&purpose(poll), signed).map(typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_of_codes_is_what_was_stored_so_far() {
        for typed in ["0O1I-LABC-DEFG-HJKM", "0o1i\u{2013}labc\u{2011}defg hjkm."] {
            assert_eq!(
                hash(PollId(7), &Code::typed(typed)),
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
        assert_eq!(code.to_string().len(), 19);
        assert_ne!(hash(PollId(1), &code), hash(PollId(2), &code));
        let letter = letter_hash(PollId(1), code.letters());
        assert_ne!(hash(PollId(1), &code), letter);
        let secret = Secret::new("s");
        let signed = sign(&secret, PollId(1), &code);
        assert_eq!(verify(&secret, PollId(1), &signed), Some(code.clone()));
        assert_eq!(verify(&secret, PollId(2), &signed), None);
        assert_ne!(code, fresh().expect("random"));
    }
}
