//! An email address as people are known by it. Whether it can be reached shows only when a
//! message arrives, so the shape is checked loosely.

/// An address in lower case without spaces around it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Email(String);

/// What was typed can't be an email address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an email address")]
pub struct EmailRefused;

impl Email {
    /// Reads an address. RFC 5321 bounds it to 254 characters.
    ///
    /// # Errors
    /// [`EmailRefused`] where it has no single `@` with something on both sides, no dot in the
    /// domain, or a space.
    pub fn parse(typed: &str) -> Result<Self, EmailRefused> {
        let text = typed.trim().to_lowercase();
        let (mailbox, domain) = text.split_once('@').ok_or(EmailRefused)?;
        let odd = |c: char| c.is_whitespace() || c.is_control() || "<>,;()[]\"\\".contains(c);
        let shaped = !mailbox.is_empty()
            && text.chars().count() <= 254
            && !domain.contains('@')
            && domain.contains('.')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
            && !domain.contains("..")
            && !text.chars().any(odd);
        if shaped {
            Ok(Self(text))
        } else {
            Err(EmailRefused)
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_whatever_its_case_and_nonsense_is_refused() {
        assert_eq!(
            Email::parse(" Asha.Bains@Example.ORG ").map(|e| e.0),
            Ok("asha.bains@example.org".to_owned())
        );
        for wrong in [
            "",
            "asha",
            "@example.org",
            "asha@",
            "asha@example",
            "a b@example.org",
            "a@b@example.org",
            "a@example..org",
            "Asha <a@example.org>",
            "a@.org",
        ] {
            assert_eq!(Email::parse(wrong), Err(EmailRefused), "{wrong}");
        }
    }
}
