//! What the pages of this slice show.

use jiff::Timestamp;

use super::{Answer, Publication};
use crate::consultation::read::OptionView;
use crate::consultation::{Question, Stage};
use crate::council::Area;
use crate::insight::Theme;
use crate::moderation::{Reason, State};
use crate::personal::Personal;

/// The consultation around every page of responding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Its name in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// When it closes.
    pub closes: Option<Timestamp>,
    /// Whether it has statements that can be voted on.
    pub voting: bool,
}

/// Where somebody is in the questionnaire: its pages, then *about you*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RespondView {
    /// The consultation.
    pub about: About,
    /// This page, from 1.
    pub page: usize,
    /// How many there are, *about you* included.
    pub pages: usize,
    /// The questions of this page; none on *about you*.
    pub questions: Vec<Question>,
    /// What can be decided: what a choice of the same name means.
    pub options: Vec<OptionView>,
    /// Wards to choose from, by name, on *about you*.
    pub wards: Vec<Area>,
    /// What one can choose for publication, on *about you*.
    pub publications: &'static [Publication],
    /// Fields of the other pages, carried along.
    pub carried: Vec<(String, String)>,
    /// Whether one came from *check your answers* and goes back there.
    pub from_check: bool,
}

/// One question as it is checked before sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The question.
    pub question: Question,
    /// Its page, from 1.
    pub page: usize,
    /// What was answered.
    pub answer: Option<Answer>,
    /// What may be personal in its free text.
    pub personal: Vec<Personal>,
}

/// *Check your answers*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckView {
    /// The consultation.
    pub about: About,
    /// Every question that is asked.
    pub answers: Vec<Checked>,
    /// The page of *about you*, from 1.
    pub about_you: usize,
    /// The ward, where it was said.
    pub ward: Option<String>,
    /// Name.
    pub name: String,
    /// Organisation.
    pub organisation: String,
    /// Email address.
    pub email: String,
    /// What the public may see.
    pub publication: Publication,
    /// Every field, to be sent.
    pub carried: Vec<(String, String)>,
    /// The signed key that makes a second sending harmless.
    pub key: String,
    /// Why it is shown again.
    pub again: Option<Again>,
}

/// Why *check your answers* is shown again instead of a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// The page had been open for too long.
    Expired,
    /// Nothing can be written at this moment.
    NotSaved,
}

/// The receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptView {
    /// The consultation.
    pub about: About,
    /// The code.
    pub code: String,
    /// When the response was taken.
    pub at: Timestamp,
    /// Whether a letter with the receipt is on its way.
    pub mailed: bool,
    /// Whether it was sent before, with other answers than these.
    pub already_sent: bool,
}

/// A free-text answer and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The question.
    pub prompt: String,
    /// The words, or the choice in words.
    pub text: String,
    /// How far it has come in moderation; nothing where there is no free text.
    pub moderation: Option<State>,
    /// Why it was rejected.
    pub reason: Option<Reason>,
    /// Whether the public can read it.
    pub public: bool,
}

/// *My thread*: one response from sending to decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadView {
    /// The consultation.
    pub about: About,
    /// When the response was taken.
    pub at: Timestamp,
    /// Where the consultation stands.
    pub stage: Stage,
    /// The choice of publication.
    pub publication: Publication,
    /// What was answered, in order.
    pub said: Vec<Said>,
    /// Answers to themes, once published.
    pub themes: Vec<Theme>,
    /// The decision, once recorded.
    pub decision: Option<(Timestamp, String)>,
}
