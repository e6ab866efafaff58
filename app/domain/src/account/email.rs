//! An email address as people are known by it: one that a letter can be sent to. Whether it reaches
//! anybody shows only when it arrives.
//!
//! Invariant: what is taken here is taken by what sends letters (a test of the server holds it to
//! that), so nobody is promised a letter that can't leave.

use crate::typed;

/// An address in lower case without spaces around it, its domain in ASCII, as mail servers know it: one
/// address, one text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Email(String);

/// What was typed can't be an email address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an email address")]
pub struct EmailRefused;

/// The most characters of an address, of its part before the `@`, of its domain and of a label of it
/// (RFC 5321 §4.5.3.1, RFC 1035 §2.3.4).
const MOST: usize = 254;
const MOST_OF_A_MAILBOX: usize = 64;
const MOST_OF_A_DOMAIN: usize = 253;
const MOST_OF_A_LABEL: usize = 63;

impl Email {
    /// Reads an address.
    ///
    /// # Errors
    /// [`EmailRefused`] where no letter can be sent to it: the part before the `@` is no dot-atom of
    /// ASCII (RFC 5322 §3.2.3; quoted ones are left out), or the domain is no name of at least two
    /// labels. A domain in other letters is taken (IDNA).
    pub fn parse(text: &str) -> Result<Self, EmailRefused> {
        let text = typed::trimmed(text).to_lowercase();
        let (mailbox, domain) = text.split_once('@').ok_or(EmailRefused)?;
        let domain = idna::domain_to_ascii(domain).map_err(|_| EmailRefused)?;
        let address = format!("{mailbox}@{domain}");
        if is_mailbox(mailbox) && is_domain(&domain) && address.len() <= MOST {
            Ok(Self(address))
        } else {
            Err(EmailRefused)
        }
    }

    /// The address under which somebody who typed this is known, whatever its shape.
    pub fn known_as(text: &str) -> String {
        match Self::parse(text) {
            Ok(email) => email.0,
            Err(EmailRefused) => typed::trimmed(text).to_lowercase(),
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_mailbox(mailbox: &str) -> bool {
    let atom = |atom: &str| {
        let taken = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b);
        !atom.is_empty() && atom.bytes().all(taken)
    };
    mailbox.len() <= MOST_OF_A_MAILBOX && mailbox.split('.').all(atom)
}

fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        let taken = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        (1..=MOST_OF_A_LABEL).contains(&label.len())
            && label.bytes().all(taken)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let top = domain.rsplit('.').next().unwrap_or_default();
    domain.len() <= MOST_OF_A_DOMAIN
        && domain.contains('.')
        && domain.split('.').all(label)
        // The numbers of a machine are no name.
        && !top.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_whatever_its_case_and_nonsense_is_refused() {
        let address = |text: &str| Email::parse(text).map(|email| email.0);
        assert_eq!(
            address(" Asha.Bains@Example.ORG "),
            Ok("asha.bains@example.org".to_owned())
        );
        for right in [
            "o'neil@example.org",
            "a+b@x.example.org",
            "a@1.co.uk",
            "a_b-c@example.org",
        ] {
            assert_eq!(address(right), Ok(right.to_owned()));
        }
        for wrong in [
            "",
            "\u{200b}",
            "asha",
            "@example.org",
            "asha@",
            "asha@example",
            "a b@example.org",
            "a@b@example.org",
            "a@example..org",
            "Asha <a@example.org>",
            "a@.org",
            "a@example.org.",
            "ann.@example.org",
            ".ann@example.org",
            "an..n@example.org",
            "a@-x.org",
            "a@x-.org",
            "a@ex_ample.org",
            "a@ex!ample.org",
            "a@10.0.0.1",
            "a@[10.0.0.1]",
            "\"a b\"@example.org",
            "a\u{200b}@example.org",
            "zoë@example.org",
            "a@example.org, b@example.org",
        ] {
            assert_eq!(Email::parse(wrong), Err(EmailRefused), "{wrong}");
        }
    }

    #[test]
    fn an_address_is_no_longer_than_mail_servers_take() {
        let ok = |mailbox: usize, label: usize| {
            let address = format!("{}@{}.org", "a".repeat(mailbox), "b".repeat(label));
            Email::parse(&address).is_ok()
        };
        assert!(ok(64, 63) && !ok(65, 63) && !ok(64, 64));
        let long = |labels: usize| format!("a@{}org", "b23456789.".repeat(labels));
        assert!(Email::parse(&long(24)).is_ok() && Email::parse(&long(26)).is_err());
    }

    #[test]
    fn a_domain_in_other_letters_is_known_as_mail_servers_know_it() {
        for text in [
            "Ann@Bücher.example",
            "ann@bu\u{308}cher.example",
            "ann@xn--bcher-kva.example",
        ] {
            assert_eq!(Email::known_as(text), "ann@xn--bcher-kva.example");
        }
        assert_eq!(Email::known_as(" No Address "), "no address");
    }
}
