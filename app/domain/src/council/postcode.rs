//! A United Kingdom postcode, as people type it and as it is kept.

/// A postcode in its usual form: outward code, one space, inward code, capitals.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Postcode(String);

/// What was typed can't be a postcode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a postcode")]
pub struct PostcodeRefused;

impl Postcode {
    /// Reads a postcode, whatever its spaces and case, with or without what ends a sentence behind it, and
    /// with the letter O where only a nought can be.
    ///
    /// # Errors
    /// [`PostcodeRefused`] where the shape is not that of BS 7666: two to four characters
    /// that begin with a letter, then a digit and two letters.
    pub fn parse(typed: &str) -> Result<Self, PostcodeRefused> {
        let mut bare: Vec<char> = typed
            .trim_end_matches(|c: char| c.is_whitespace() || ".,;:".contains(c))
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| c.to_ascii_uppercase())
            .take(9)
            .collect();
        if !(5..=7).contains(&bare.len()) || !bare.iter().all(char::is_ascii_alphanumeric) {
            return Err(PostcodeRefused);
        }
        let at = bare.len() - 3;
        if let Some(first @ 'O') = bare.get_mut(at) {
            *first = '0';
        }
        let (outward, inward) = bare.split_at(at);
        let shaped = matches!(inward, [a, b, c]
            if a.is_ascii_digit() && b.is_ascii_alphabetic() && c.is_ascii_alphabetic())
            && outward.first().is_some_and(char::is_ascii_alphabetic)
            && outward.iter().any(char::is_ascii_digit);
        if !shaped {
            return Err(PostcodeRefused);
        }
        Ok(Self(outward.iter().chain(&[' ']).chain(inward).collect()))
    }

    /// The usual form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postcode_is_read_however_it_is_typed() {
        for typed in ["DY1 1HF", "dy11hf", " dy 1 1h f ", "DY1-1HF"] {
            assert_eq!(
                Postcode::parse(typed).map(|p| p.0),
                Ok("DY1 1HF".into()),
                "{typed}"
            );
        }
        for typed in ["B62 0AA", "B62 OAA", "b62oaa.", "B62 0AA,", " B62 0AA. "] {
            assert_eq!(
                Postcode::parse(typed).map(|p| p.0),
                Ok("B62 0AA".into()),
                "{typed}"
            );
        }
        for typed in [
            "",
            "DY1.1HF",
            "DY1",
            "Dudley",
            "1DY 1HF",
            "DY1 1H1",
            "DY1 1HFX9",
            "ДY1 1HF",
        ] {
            assert_eq!(Postcode::parse(typed), Err(PostcodeRefused), "{typed}");
        }
    }
}
