//! A concern: what, where in words, whose it is, and how far it has come.

use serde::{Deserialize, Serialize};

use crate::account::Email;
use crate::typed;

/// What a concern is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Noise, intimidation, groups that make others afraid.
    AntiSocialBehaviour,
    /// Speeding, dangerous parking.
    Roads,
    /// Litter, fly-tipping, graffiti.
    Litter,
    /// Dark or broken lights.
    Lighting,
    /// Parks and open spaces.
    Parks,
    /// Drink or drugs in public places.
    DrinkAndDrugs,
    /// A place where people feel unsafe.
    FeelingUnsafe,
    /// Anything else.
    Other,
}

/// Whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ownership {
    /// Nobody has looked yet.
    Open,
    /// The neighbourhood police team's.
    Ours,
    /// The council's.
    Council,
    /// Somebody else's.
    Another,
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Received.
    New,
    /// Being looked into.
    LookingInto,
    /// Something is planned.
    Planned,
    /// Done.
    Done,
    /// Nothing will be done; the reply says why.
    NoAction,
}

/// A concern as a resident sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewConcern {
    /// What it is about.
    pub category: Option<Category>,
    /// What happens.
    pub what: String,
    /// Where, in words.
    pub place: String,
    /// Whether the team may get in touch.
    pub may_contact: bool,
    /// A name, if they gave one.
    pub name: String,
    /// An email address, if they gave one.
    pub email: String,
}

/// What is missing or too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConcernRefused {
    /// No category.
    #[error("no category")]
    NoCategory,
    /// Nothing written.
    #[error("nothing written")]
    NothingWritten,
    /// More than [`MOST_CHARACTERS`].
    #[error("too long by {over}")]
    TooLong {
        /// Characters too many.
        over: usize,
    },
    /// No place.
    #[error("no place")]
    NoPlace,
    /// More than `MOST_OF_A_PLACE`.
    #[error("place too long by {over}")]
    PlaceTooLong {
        /// Characters too many.
        over: usize,
    },
    /// More than `MOST_OF_A_NAME`.
    #[error("name too long by {over}")]
    NameTooLong {
        /// Characters too many.
        over: usize,
    },
    /// Nobody of a neighbourhood team reads concerns about this area.
    #[error("nobody reads it")]
    NobodyReads,
    /// May be contacted, but there is no address to do so.
    #[error("no address")]
    NoAddress,
    /// The address is none.
    #[error("not an address")]
    NotAnAddress,
}

/// The most characters of what happens.
pub const MOST_CHARACTERS: usize = 3_000;
/// The most characters of where it happens.
pub const MOST_OF_A_PLACE: usize = 300;
/// The most characters of a name.
pub const MOST_OF_A_NAME: usize = 100;

/// How many characters too many, if any.
fn over(text: &str, most: usize) -> Option<usize> {
    text.chars()
        .count()
        .checked_sub(most)
        .filter(|over| *over > 0)
}

/// Checks a concern and says what it is about.
///
/// # Errors
/// Everything that is missing, in the order of the form.
pub fn check_concern(new: &NewConcern) -> Result<Category, Vec<ConcernRefused>> {
    let mut refused = Vec::new();
    if new.category.is_none() {
        refused.push(ConcernRefused::NoCategory);
    }
    if typed::is_blank(&new.what) {
        refused.push(ConcernRefused::NothingWritten);
    } else if let Some(over) = over(&new.what, MOST_CHARACTERS) {
        refused.push(ConcernRefused::TooLong { over });
    }
    if typed::is_blank(&new.place) {
        refused.push(ConcernRefused::NoPlace);
    } else if let Some(over) = over(&new.place, MOST_OF_A_PLACE) {
        refused.push(ConcernRefused::PlaceTooLong { over });
    }
    if let Some(over) = over(&new.name, MOST_OF_A_NAME) {
        refused.push(ConcernRefused::NameTooLong { over });
    }
    let email = typed::trimmed(&new.email);
    if new.may_contact && email.is_empty() {
        refused.push(ConcernRefused::NoAddress);
    } else if !email.is_empty() && Email::parse(email).is_err() {
        refused.push(ConcernRefused::NotAnAddress);
    }
    match new.category {
        Some(category) if refused.is_empty() => Ok(category),
        _ => Err(refused),
    }
}

macro_rules! codes {
    ($name:ident: $($variant:ident = $code:literal),+) => {
        impl $name {
            /// Every one, in the order a form offers them.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word stored for it.
            pub fn code(self) -> &'static str {
                match self { $($name::$variant => $code),+ }
            }

            /// The one of a stored word, if it is one.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}

codes!(Category: AntiSocialBehaviour = "anti-social-behaviour", Roads = "roads", Litter = "litter",
    Lighting = "lighting", Parks = "parks", DrinkAndDrugs = "drink-and-drugs",
    FeelingUnsafe = "feeling-unsafe", Other = "other");
codes!(Ownership: Open = "open", Ours = "ours", Council = "council", Another = "another");
codes!(Status: New = "new", LookingInto = "looking-into", Planned = "planned", Done = "done",
    NoAction = "no-action");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_concern_needs_what_and_where_and_an_address_only_to_be_contacted() {
        let whole = NewConcern {
            category: Some(Category::Roads),
            what: "Cars race past the school".into(),
            place: "Priory Road, by the school gate".into(),
            may_contact: false,
            name: String::new(),
            email: String::new(),
        };
        assert_eq!(check_concern(&whole), Ok(Category::Roads));
        let contact = NewConcern {
            may_contact: true,
            ..whole.clone()
        };
        assert_eq!(
            check_concern(&contact),
            Err(vec![ConcernRefused::NoAddress])
        );
        let wrong = NewConcern {
            email: "me at home".into(),
            ..contact
        };
        assert_eq!(
            check_concern(&wrong),
            Err(vec![ConcernRefused::NotAnAddress])
        );
        let long = NewConcern {
            place: "x".repeat(MOST_OF_A_PLACE + 2),
            name: "é".repeat(MOST_OF_A_NAME + 1),
            ..whole.clone()
        };
        assert_eq!(
            check_concern(&long),
            Err(vec![
                ConcernRefused::PlaceTooLong { over: 2 },
                ConcernRefused::NameTooLong { over: 1 }
            ])
        );
        let empty = NewConcern {
            category: None,
            what: " ".into(),
            place: "\u{3164}".into(),
            ..whole
        };
        assert_eq!(
            check_concern(&empty),
            Err(vec![
                ConcernRefused::NoCategory,
                ConcernRefused::NothingWritten,
                ConcernRefused::NoPlace
            ])
        );
    }
}
