//! What a password must be. Length counts, composition rules do not (NIST SP 800-63B §3.1.1.2,
//! NCSC password guidance). How it is kept is the server's matter.

use unicode_normalization::UnicodeNormalization;

/// The fewest characters of a password.
pub const MINIMUM_LENGTH: usize = 12;
/// The most characters: bounds the work of hashing.
pub const MAXIMUM_LENGTH: usize = 128;

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordRefused {
    /// Fewer than [`MINIMUM_LENGTH`] characters.
    #[error("too short")]
    TooShort,
    /// More than `MAXIMUM_LENGTH` characters.
    #[error("too long")]
    TooLong,
    /// One of the words that are guessed first, or the person's own name or address.
    #[error("easy to guess")]
    EasyToGuess,
}

/// A password as it is kept and compared: in Unicode's form NFKC, since one keyboard writes *é* as one
/// character and another as two (NIST SP 800-63B §3.1.1.2).
pub fn normalised(password: &str) -> String {
    password.nfkc().collect()
}

/// Checks a new password for a person with this name and email address.
///
/// # Errors
/// The reason for which it is refused.
pub fn check_password(password: &str, name: &str, email: &str) -> Result<(), PasswordRefused> {
    let password = normalised(password);
    let length = password.chars().count();
    if length < MINIMUM_LENGTH {
        return Err(PasswordRefused::TooShort);
    }
    if length > MAXIMUM_LENGTH {
        return Err(PasswordRefused::TooLong);
    }
    let folded: String = password
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    let distinct: std::collections::BTreeSet<char> = folded.chars().collect();
    let mailbox = email.split('@').next().unwrap_or_default().to_lowercase();
    let own = |word: &str| {
        let word: String = word
            .to_lowercase()
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect();
        word.chars().count() >= 6 && folded == word
    };
    if distinct.len() < 5
        || own(name)
        || own(&mailbox)
        || own(email)
        || [
            "password1234",
            "passwordpassword",
            "123456789012",
            "qwertyuiop12",
            "letmeinplease",
        ]
        .contains(&folded.as_str())
    {
        return Err(PasswordRefused::EasyToGuess);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_ordinary_sentence_is_accepted_and_short_or_guessable_words_are_not() {
        let check = |p: &str| check_password(p, "Asha Kaur Bains", "asha.bains@example.org");
        assert_eq!(check("a heron on the canal"), Ok(()));
        // Twelve characters with their accents apart are no twelve.
        assert_eq!(
            check("e\u{301}a\u{301}o\u{301}u\u{301}i\u{301}y\u{301}"),
            Err(PasswordRefused::TooShort)
        );
        assert_eq!(
            check("ＰａｓｓｗｏｒＤ1234"),
            Err(PasswordRefused::EasyToGuess)
        );
        assert_eq!(check("short"), Err(PasswordRefused::TooShort));
        assert_eq!(check(&"ab".repeat(65)), Err(PasswordRefused::TooLong));
        assert_eq!(check("aaaaaaaaaaaaaa"), Err(PasswordRefused::EasyToGuess));
        assert_eq!(check("Asha Kaur Bains"), Err(PasswordRefused::EasyToGuess));
        assert_eq!(check("Password-1234"), Err(PasswordRefused::EasyToGuess));
    }
}
