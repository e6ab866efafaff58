//! What the pages of this slice show.

use jiff::Timestamp;

use super::Role;
use crate::ids::{PersonId, TeamId};
use crate::letter::Trouble;

/// Where a person's account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonState {
    /// Invited, no password yet.
    Invited,
    /// Can sign in.
    Active,
    /// Can't sign in.
    Disabled,
}

/// One role of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRole {
    /// The team.
    pub team: TeamId,
    /// Its name with its organisation's.
    pub team_name: String,
    /// The role.
    pub role: Role,
    /// Whether the administrator who looks may take it away.
    pub removable: bool,
}

/// A person as administrators see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonView {
    /// Identity.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Account.
    pub state: PersonState,
    /// Roles, by team.
    pub roles: Vec<HeldRole>,
    /// Whether the administrator who looks may enable the account or invite them again.
    pub may_manage_account: bool,
    /// Whether that administrator may disable it.
    pub may_disable: bool,
}

/// One's own account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnAccount {
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Each role with the full name of its team, by team.
    pub roles: Vec<(Role, String)>,
}

/// Whose a one-time link is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkView {
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
}

/// A team that roles can be given in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamChoice {
    /// Identity.
    pub id: TeamId,
    /// Name with its organisation's.
    pub name: String,
}

/// One page of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeopleView {
    /// By name.
    pub people: Vec<PersonView>,
    /// How many there are in all.
    pub total: u64,
    /// This page, from 1.
    pub page: u64,
    /// How many pages.
    pub pages: u64,
}

/// Whom a letter is for, as administrators see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LetterTo {
    /// Somebody who works here, at this address.
    Staff(String),
    /// A resident. Nothing of the address is known here.
    Resident,
    /// It can't be read.
    Unknown,
}

/// A letter that did not leave, as administrators see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterView {
    /// Its number.
    pub id: i64,
    /// Whom it is for.
    pub to: LetterTo,
    /// Its subject; empty where it can't be read.
    pub subject: String,
    /// When it was written.
    pub written: Timestamp,
    /// How often it was tried.
    pub tries: i32,
    /// Why the last try failed.
    pub trouble: Trouble,
    /// When it is tried again; nothing where it is given up.
    pub next: Option<Timestamp>,
    /// When it is removed.
    pub removed: Timestamp,
}

/// Letters that did not leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LettersView {
    /// One page of them, the latest first.
    pub letters: Vec<LetterView>,
    /// How many there are.
    pub total: u64,
    /// This page, from 1.
    pub page: u64,
    /// How many pages.
    pub pages: u64,
    /// What became of the one that somebody wanted to be sent again a moment ago: whether it is sent.
    pub again: Option<bool>,
}

/// One thing on a desk: where it leads, what it is and how much waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskItem {
    /// Address.
    pub path: String,
    /// Name.
    pub title: String,
    /// A sentence on what one does there.
    pub about: String,
    /// What waits, in words; empty where nothing is counted.
    pub waiting: String,
}

/// A demonstration's person, as its sign-in page shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemonstrationPerson {
    /// Name.
    pub name: String,
    /// Role in words, with the team.
    pub role: String,
    /// Address to sign in with.
    pub email: String,
    /// The password that everybody knows.
    pub password: String,
}
