//! A form's fields as they came: names may repeat, order is kept.

use std::sync::Arc;

use domain::typed;

/// Names and values. A clone is another way to the same ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs(Arc<Vec<(String, String)>>);

impl Pairs {
    /// Takes what was read.
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        Self(Arc::new(pairs))
    }

    /// The first value of this name with the spaces around it taken off; nothing where there is none or
    /// nothing can be seen of it.
    pub fn one(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(n, _)| n == name)
            .map_or("", |(_, value)| typed::trimmed(value))
    }

    /// Whether the name was sent at all.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(n, _)| n == name)
    }

    /// Every value of this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }

    /// Every pair in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The values that somebody typed or chose: all but what the page carries, which has names of its
    /// own. A password is none, since no page shows it.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.iter()
            .filter(|(name, _)| !name.contains(PASSWORD) && !CARRIED.contains(name))
            .map(|(_, value)| typed::trimmed(value))
            .filter(|value| !value.is_empty())
    }

    /// Whether anything was sent but names without values.
    pub fn is_blank(&self) -> bool {
        self.iter().all(|(_, value)| typed::is_blank(value))
    }

    /// Whether a password is in it.
    pub fn has_password(&self) -> bool {
        self.iter().any(|(name, _)| name.contains(PASSWORD))
    }
}

/// What the name of every field for a password holds.
const PASSWORD: &str = "password";
/// What pages put into their forms for themselves: keys and versions, a signed ballot paper, the marks
/// of a ballot keyed once, where to go next, what a button is for. No field has such a name.
const CARRIED: [&str; 15] = [
    "key",
    "version",
    "read",
    "paper",
    "token",
    "first",
    "next",
    "entry",
    "item",
    "option",
    "statement",
    "go",
    "held",
    "show",
    "anyway",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_somebody_wrote_and_never_a_password() {
        let pairs = Pairs::new(
            [
                ("key", "0123ABC"),
                ("paper", "AAAA-BBBB.00"),
                ("item", "17"),
                ("empty", " "),
                ("what", " Cars race here "),
                ("category", "roads"),
                ("place", "litter"),
                ("open", "no"),
                ("new-password", "a barge full of coal"),
                ("note", "one\ntwo"),
                ("choice", "Yes"),
                ("reply", "不同意"),
                ("cost", "12.50"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec(),
        );
        assert_eq!(
            pairs.words().collect::<Vec<_>>(),
            [
                "Cars race here",
                "roads",
                "litter",
                "no",
                "one\ntwo",
                "Yes",
                "不同意",
                "12.50"
            ]
        );
        assert!(pairs.has_password());
        assert!(!Pairs::default().has_password());
        assert!(Pairs::default().is_blank() && !pairs.is_blank());
    }

    /// What somebody types into a field of a carried name would be lost with a refusal.
    #[test]
    fn no_field_has_the_name_of_what_a_page_carries() {
        let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
        let mut fields = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let text = std::fs::read_to_string(&path).expect("a source");
                for after in text.split("Field::new(\"").skip(1) {
                    let name = after.split('"').next().unwrap_or_default();
                    assert!(!CARRIED.contains(&name), "{name} in {}", path.display());
                    fields += 1;
                }
                for tag in text.split('<').filter(|tag| tag.starts_with("textarea")) {
                    let carried = |name: &&str| tag.contains(&format!("name=\"{name}\""));
                    assert!(!CARRIED.iter().any(carried), "{}: {tag}", path.display());
                }
            }
        }
        assert!(fields > 50, "{fields}");
    }
}
