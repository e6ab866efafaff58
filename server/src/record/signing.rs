//! The key that signs the head of the record, and a signed head as it is published, mailed and kept
//! by others.
//!
//! Invariant: a head is all that is needed to check it: how many entries the record had, the hash of
//! the last, when, by which key, and the signature of these. So a record that was cut, emptied or
//! rebuilt differs from a head that somebody kept elsewhere, and whoever changed it can't sign
//! another without the key, which is not in the database.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use jiff::Timestamp;

use crate::secret::{Secret, hex};

/// The key (Ed25519, RFC 8032). Its `Debug` says nothing.
#[derive(Clone)]
pub struct RecordKey(SigningKey);

impl std::fmt::Debug for RecordKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecordKey(…)")
    }
}

impl RecordKey {
    /// The key of these 64 hexadecimal digits.
    pub fn read(text: &str) -> Option<Self> {
        Some(Self(SigningKey::from_bytes(&bytes(text.trim())?)))
    }

    /// The key that follows from the server's secret, where it has none of its own.
    pub fn derived(secret: &Secret) -> Self {
        Self(SigningKey::from_bytes(&secret.mac("record-key", b"")))
    }

    /// What anybody needs to check a signature with.
    pub fn public(&self) -> String {
        hex(self.0.verifying_key().as_bytes())
    }

    /// Signs that the record had so many entries at this moment, of which the last has this hash.
    pub fn sign(&self, entries: u64, hash: String, at: Timestamp) -> Head {
        let at = Timestamp::from_second(at.as_second()).unwrap_or(at);
        let signature = self.0.sign(message(entries, &hash, at).as_bytes());
        Head {
            entries,
            hash,
            at,
            key: self.public(),
            signature: hex(&signature.to_bytes()),
        }
    }
}

/// A signed head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// How many entries the record had.
    pub entries: u64,
    /// The hash of the last of them.
    pub hash: String,
    /// When it was signed, to the second.
    pub at: Timestamp,
    /// By which public key.
    pub key: String,
    /// The signature.
    pub signature: String,
}

fn message(entries: u64, hash: &str, at: Timestamp) -> String {
    format!("soundings record head 1\n{entries}\n{hash}\n{at}\n")
}

impl Head {
    /// Whether the key that it names has signed it.
    pub fn is_signed(&self) -> bool {
        let check = || {
            let key = VerifyingKey::from_bytes(&bytes(&self.key)?).ok()?;
            let signature = Signature::from_bytes(&bytes(&self.signature)?);
            let said = message(self.entries, &self.hash, self.at);
            key.verify_strict(said.as_bytes(), &signature).ok()
        };
        check().is_some()
    }
}

/// As text, in lines that no letter breaks.
impl std::fmt::Display for Head {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (first, second) = self.signature.split_at_checked(64).unwrap_or_default();
        writeln!(f, "head {} {}", self.entries, self.at)?;
        writeln!(f, "hash {}", self.hash)?;
        writeln!(f, "key  {}", self.key)?;
        writeln!(f, "sign {first}\n     {second}")
    }
}

/// The text of heads is not whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: a head is not whole")]
pub struct HeadsUnreadable {
    /// Where it begins.
    pub line: usize,
}

/// The heads in a text: what was downloaded, or letters as they were kept, with whatever else
/// stands around them. Marks of quotation before a line are passed over.
///
/// # Errors
/// A head that begins and does not go on as one.
pub fn heads(text: &str) -> Result<Vec<Head>, HeadsUnreadable> {
    let lines: Vec<Vec<&str>> = text
        .lines()
        .map(|line| {
            let line = line.trim_start_matches(['>', ' ', '\t', '\u{feff}']);
            line.split_whitespace().collect()
        })
        .collect();
    let mut found = Vec::new();
    for (number, words) in (1..).zip(&lines) {
        let ["head", entries, at] = words.as_slice() else {
            continue;
        };
        let (Ok(entries), Ok(at)) = (entries.parse(), at.parse()) else {
            // Words of somebody's letter.
            continue;
        };
        let after: Vec<&[&str]> = lines
            .iter()
            .skip(number)
            .map(Vec::as_slice)
            .filter(|words| !words.is_empty())
            .take(4)
            .collect();
        let [["hash", hash], ["key", key], ["sign", first], [second]] = after.as_slice() else {
            return Err(HeadsUnreadable { line: number });
        };
        found.push(Head {
            entries,
            hash: (*hash).to_owned(),
            at,
            key: (*key).to_owned(),
            signature: format!("{first}{second}"),
        });
    }
    Ok(found)
}

/// The bytes of so many hexadecimal digits.
fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits: Vec<u8> = text
        .chars()
        .map(|digit| {
            digit
                .to_digit(16)
                .and_then(|value| u8::try_from(value).ok())
        })
        .collect::<Option<_>>()?;
    if digits.len() != N * 2 {
        return None;
    }
    let pairs: Vec<u8> = digits
        .chunks_exact(2)
        .map(|pair| pair.iter().fold(0, |sum, digit| sum << 4 | digit))
        .collect();
    pairs.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(fill: &str) -> RecordKey {
        RecordKey::read(&fill.repeat(32)).expect("a key")
    }

    fn signed() -> Head {
        let at = "2026-11-26T19:00:00.5Z".parse().expect("a moment");
        key("0a").sign(682, "ab".repeat(32), at)
    }

    #[test]
    fn a_key_is_sixty_four_digits_and_shows_itself_to_nobody() {
        for text in [
            "",
            "0a",
            &"0g".repeat(32),
            &"0a".repeat(33),
            &"é".repeat(64),
        ] {
            assert!(RecordKey::read(text).is_none(), "{text}");
        }
        assert!(!format!("{:?}", key("0a")).contains("10"));
        // RFC 8032, 7.1, test 1.
        let rfc = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
        let public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        assert_eq!(RecordKey::read(rfc).expect("a key").public(), public);
    }

    #[test]
    fn a_head_is_signed_by_its_key_as_it_is_and_in_no_part_another() {
        let head = signed();
        assert!(head.is_signed());
        let later = Timestamp::from_second(head.at.as_second() + 1).expect("a moment");
        let others = [
            Head {
                entries: 681,
                ..head.clone()
            },
            Head {
                hash: "ac".repeat(32),
                ..head.clone()
            },
            Head {
                at: later,
                ..head.clone()
            },
            Head {
                key: key("0b").public(),
                ..head.clone()
            },
            Head {
                key: "0".repeat(63),
                ..head.clone()
            },
            Head {
                signature: "00".repeat(64),
                ..head.clone()
            },
            Head {
                signature: String::new(),
                ..head.clone()
            },
        ];
        for other in others {
            assert!(!other.is_signed(), "{other:?}");
        }
    }

    #[test]
    fn heads_are_read_back_from_a_page_and_from_a_letter_that_was_sent_on() {
        let head = signed();
        let page = format!("# What this is\n\n{head}\n{head}");
        assert_eq!(heads(&page), Ok(vec![head.clone(), head.clone()]));
        assert!(head.to_string().lines().all(|line| line.len() < 76));
        let letter: String = format!("Hello,\n\nthe head of the record\n{head}\nBye\n")
            .lines()
            .map(|line| format!("> {line}\r\n"))
            .collect();
        assert_eq!(heads(&letter), Ok(vec![head.clone()]));
        let cut: String = head
            .to_string()
            .lines()
            .take(3)
            .collect::<Vec<_>>()
            .join("\n");
        assert_eq!(heads(&cut), Err(HeadsUnreadable { line: 1 }));
        assert_eq!(heads("nothing"), Ok(Vec::new()));
    }
}
