//! A form's fields as they came: names may repeat, order is kept.

/// Names and values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs(Vec<(String, String)>);

impl Pairs {
    /// Takes what was read.
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// The first value of this name with the spaces around it taken off, or nothing.
    pub fn one(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(n, _)| n == name)
            .map_or("", |(_, value)| value.trim())
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

    /// The values that somebody wrote in words of their own: what would be lost with the form. Names,
    /// keys and choices are none; nor is a password, which no page shows.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.iter()
            .filter(|(name, _)| !name.contains(PASSWORD))
            .map(|(_, value)| value.trim())
            .filter(|value| value.contains(char::is_whitespace))
    }

    /// Whether a password is in it.
    pub fn has_password(&self) -> bool {
        self.iter().any(|(name, _)| name.contains(PASSWORD))
    }
}

/// What the name of every field for a password holds.
const PASSWORD: &str = "password";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_somebody_wrote_and_never_a_password() {
        let pairs = Pairs::new(
            [
                ("key", "0123abc"),
                ("what", " Cars race here "),
                ("category", "roads"),
                ("new-password", "a barge full of coal"),
                ("note", "one\ntwo"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec(),
        );
        assert_eq!(
            pairs.words().collect::<Vec<_>>(),
            ["Cars race here", "one\ntwo"]
        );
        assert!(pairs.has_password());
        assert!(!Pairs::default().has_password());
    }
}
