//! What the sections of a draft say, as its authors write them, and the rules that hold for them
//! while it is written.
//!
//! Deliberately not here: how many characters a field takes (the forms), and what has to be there
//! before review (the gates).

use jiff::Timestamp;

use super::{Choices, QuestionKind};
use crate::account::Email;
use crate::calendar;
use crate::ids::{AreaId, ConsultationId, OptionId, QuestionId, TeamId};
use crate::names;
use crate::typed;

/// A section of a draft: one page at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// What it is about.
    About,
    /// What can change.
    Scope,
    /// The options.
    Options,
    /// Where, and with whom.
    Places,
    /// The questions.
    Questions,
    /// The owner's statements.
    Statements,
    /// The documents.
    Documents,
    /// When, and under which regime.
    Dates,
    /// Whom to ask.
    Contact,
}

impl Section {
    /// Every section.
    pub const ALL: [Section; 9] = [
        Section::About,
        Section::Scope,
        Section::Options,
        Section::Places,
        Section::Questions,
        Section::Statements,
        Section::Documents,
        Section::Dates,
        Section::Contact,
    ];

    /// Its word in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Section::About => "about",
            Section::Scope => "scope",
            Section::Options => "options",
            Section::Places => "areas",
            Section::Questions => "questions",
            Section::Statements => "statements",
            Section::Documents => "documents",
            Section::Dates => "dates",
            Section::Contact => "contact",
        }
    }

    /// The section of a word in an address, if it is one.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.code() == code)
    }

    /// Whether it is a list of things that are added one by one, each changed for itself.
    pub fn is_list(self) -> bool {
        matches!(
            self,
            Section::Options | Section::Questions | Section::Statements | Section::Documents
        )
    }

    /// What its version is kept under.
    pub fn subject(self, of: ConsultationId) -> String {
        let part = match self {
            Section::Places => "places",
            other => other.code(),
        };
        format!("consultation/{of}/{part}")
    }
}

/// What the version of an option is kept under.
pub fn option_subject(which: OptionId) -> String {
    format!("option/{which}")
}

/// What the version of a question is kept under.
pub fn question_subject(which: QuestionId) -> String {
    format!("question/{which}")
}

/// What it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Title.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// Markdown.
    pub body: String,
    /// Topic.
    pub topic: String,
}

/// What can change, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// What is open.
    pub open: String,
    /// What is open within limits.
    pub limited: String,
    /// What is fixed.
    pub fixed: String,
    /// Why.
    pub reason: String,
}

/// When, and under which regime.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dates {
    /// The regime's code.
    pub regime: String,
    /// Opening.
    pub opens: Option<Timestamp>,
    /// Closing.
    pub closes: Option<Timestamp>,
    /// Why it closes then.
    pub reason: String,
}

/// Whom to ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// A name or a team.
    pub name: String,
    /// An email address.
    pub email: String,
}

/// Where, and with whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The areas it is about.
    pub areas: Vec<AreaId>,
    /// The partner teams.
    pub partners: Vec<TeamId>,
}

/// An option as its authors write it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewOption {
    /// Its title.
    pub title: String,
    /// What it means.
    pub description: String,
    /// Whether it is to do nothing.
    pub do_nothing: bool,
}

/// A question as its authors write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewQuestion {
    /// Its page, from 1.
    pub page: i32,
    /// How it is answered.
    pub kind: QuestionKind,
    /// The question.
    pub prompt: String,
    /// Help.
    pub hint: String,
    /// Whether an answer is needed.
    pub required: bool,
    /// Whether free text may be published after moderation.
    pub published: bool,
    /// Its choices or its scale.
    pub choices: Choices,
}

/// Why a section of a draft is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DraftRefused {
    /// It has no title.
    #[error("no title")]
    NoTitle,
    /// There is no such regime.
    #[error("no such regime")]
    UnknownRegime,
    /// It would open or close in a year of another age.
    #[error("a year of another age")]
    YearOutOfReach,
    /// It would close before it opens.
    #[error("it closes before it opens")]
    ClosesBeforeItOpens,
    /// The regime allows no vote: grounds decide, not numbers.
    #[error("the regime allows no vote")]
    VoteNotAllowed,
    /// Fewer than two choices, or more than [`MOST_CHOICES`].
    #[error("too few choices or too many")]
    Choices,
    /// The ends of a scale are no ends, or further apart than [`LONGEST_SCALE`].
    #[error("no scale")]
    Scale,
    /// A page that a questionnaire does not have: 1 to [`MOST_PAGES`].
    #[error("no such page")]
    Page,
    /// The contact's address is none.
    #[error("no email address")]
    Email,
    /// A colleague removed what was to be changed.
    #[error("a colleague removed it")]
    Removed,
}

/// The most choices of a question.
pub const MOST_CHOICES: usize = 50;
/// How far the ends of a scale may lie apart.
pub const LONGEST_SCALE: i64 = 10;
/// The most pages of a questionnaire.
pub const MOST_PAGES: i32 = 30;

fn trimmed(text: &str) -> String {
    typed::trimmed(text).to_owned()
}

impl About {
    /// Without spaces around its words.
    ///
    /// # Errors
    /// [`DraftRefused::NoTitle`].
    pub fn checked(&self) -> Result<Self, DraftRefused> {
        if typed::is_blank(&self.title) {
            return Err(DraftRefused::NoTitle);
        }
        Ok(Self {
            title: trimmed(&self.title),
            summary: trimmed(&self.summary),
            body: trimmed(&self.body),
            topic: trimmed(&self.topic),
        })
    }
}

impl Scope {
    /// Without spaces around its words.
    #[must_use]
    pub fn trimmed(&self) -> Self {
        Self {
            open: trimmed(&self.open),
            limited: trimmed(&self.limited),
            fixed: trimmed(&self.fixed),
            reason: trimmed(&self.reason),
        }
    }
}

impl Dates {
    /// Without spaces around its words.
    ///
    /// # Errors
    /// [`DraftRefused::YearOutOfReach`], [`DraftRefused::ClosesBeforeItOpens`].
    pub fn checked(&self) -> Result<Self, DraftRefused> {
        let mut ends = self.opens.into_iter().chain(self.closes);
        if !ends.all(|end| calendar::is_within_reach(calendar::uk_day(end))) {
            return Err(DraftRefused::YearOutOfReach);
        }
        match (self.opens, self.closes) {
            (Some(opens), Some(closes)) if closes <= opens => {
                Err(DraftRefused::ClosesBeforeItOpens)
            }
            _ => Ok(Self {
                reason: trimmed(&self.reason),
                ..self.clone()
            }),
        }
    }
}

impl Contact {
    /// Without spaces around its words.
    ///
    /// # Errors
    /// [`DraftRefused::Email`].
    pub fn checked(&self) -> Result<Self, DraftRefused> {
        let email = trimmed(&self.email);
        if Email::parse(&email).is_err() {
            return Err(DraftRefused::Email);
        }
        Ok(Self {
            name: trimmed(&self.name),
            email,
        })
    }
}

impl NewOption {
    /// Without spaces around its words.
    #[must_use]
    pub fn trimmed(&self) -> Self {
        Self {
            title: trimmed(&self.title),
            description: trimmed(&self.description),
            do_nothing: self.do_nothing,
        }
    }
}

/// Everything that has to be put right before a question has something to choose from, on a page that
/// there is: [`DraftRefused::Page`], and [`DraftRefused::Choices`] or [`DraftRefused::Scale`], which
/// nobody can tell while no kind is chosen.
pub fn question_faults(
    page: i32,
    kind: Option<QuestionKind>,
    choices: &Choices,
) -> Vec<DraftRefused> {
    let mut found = Vec::new();
    if !(1..=MOST_PAGES).contains(&page) {
        found.push(DraftRefused::Page);
    }
    match kind {
        Some(QuestionKind::SingleChoice | QuestionKind::MultipleChoice) => {
            if !(2..=MOST_CHOICES).contains(&choices.items.len()) {
                found.push(DraftRefused::Choices);
            }
        }
        Some(QuestionKind::Scale) => {
            if !(1..=LONGEST_SCALE).contains(&choices.to.saturating_sub(choices.from)) {
                found.push(DraftRefused::Scale);
            }
        }
        Some(QuestionKind::ShortText | QuestionKind::LongText | QuestionKind::StatementBlock)
        | None => {}
    }
    found
}

impl NewQuestion {
    /// Without spaces around its words.
    ///
    /// # Errors
    /// The first of [`question_faults`]; [`DraftRefused::VoteNotAllowed`] for statements in the
    /// questionnaire where the regime allows no vote.
    pub fn checked(&self, voting_allowed: bool) -> Result<Self, DraftRefused> {
        if self.kind == QuestionKind::StatementBlock && !voting_allowed {
            return Err(DraftRefused::VoteNotAllowed);
        }
        let faults = question_faults(self.page, Some(self.kind), &self.choices);
        if let Some(fault) = faults.first() {
            return Err(*fault);
        }
        Ok(Self {
            prompt: trimmed(&self.prompt),
            hint: trimmed(&self.hint),
            ..self.clone()
        })
    }
}

/// What an address name may not be, since a page of that name stands where it would.
pub const RESERVED: [&str; 1] = ["new"];

/// The address names for a title in the order in which they are tried.
pub fn slugs(title: &str) -> impl Iterator<Item = String> {
    names::slugs(title, "consultation").filter(|name| !RESERVED.contains(&name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first_two(title: &str) -> Vec<String> {
        slugs(title).take(2).collect()
    }

    #[test]
    fn an_address_name_is_made_of_the_title_and_is_never_that_of_another_page() {
        assert_eq!(
            first_two("A crossing, on Canal Street!"),
            ["a-crossing-on-canal-street", "a-crossing-on-canal-street-2"]
        );
        assert_eq!(first_two("Café Zoë"), ["cafe-zoe", "cafe-zoe-2"]);
        assert_eq!(first_two("公園"), ["consultation", "consultation-2"]);
        for name in RESERVED {
            assert_eq!(first_two(name), [format!("{name}-2"), format!("{name}-3")]);
        }
        assert_eq!(first_two("NÉW!"), ["new-2", "new-3"]);
    }

    #[test]
    fn a_section_is_taken_without_spaces_around_it_and_refused_with_its_reason() {
        let about = About {
            title: " A ".to_owned(),
            ..About::default()
        };
        assert_eq!(about.checked().map(|a| a.title), Ok("A".to_owned()));
        assert_eq!(About::default().checked(), Err(DraftRefused::NoTitle));
        let at = |second: i64| Timestamp::from_second(1_800_000_000 + second).ok();
        let dates = Dates {
            opens: at(10),
            closes: at(10),
            ..Dates::default()
        };
        assert_eq!(dates.checked(), Err(DraftRefused::ClosesBeforeItOpens));
        let of_long_ago = Dates {
            opens: "0026-12-01T09:00:00Z".parse().ok(),
            ..dates
        };
        assert_eq!(of_long_ago.checked(), Err(DraftRefused::YearOutOfReach));
        let question = NewQuestion {
            page: 1,
            kind: QuestionKind::StatementBlock,
            prompt: " Do you agree? ".to_owned(),
            hint: String::new(),
            required: false,
            published: true,
            choices: Choices::default(),
        };
        assert_eq!(question.checked(false), Err(DraftRefused::VoteNotAllowed));
        let taken = question.checked(true);
        assert_eq!(taken.map(|q| q.prompt), Ok("Do you agree?".to_owned()));
        let contact = |email: &str| Contact {
            name: " Us ".to_owned(),
            email: email.to_owned(),
        };
        let taken = contact(" us@council.example ").checked();
        assert_eq!(taken.map(|c| c.email), Ok("us@council.example".to_owned()));
        assert_eq!(contact("us").checked(), Err(DraftRefused::Email));
    }

    #[test]
    fn a_question_offers_something_to_choose_on_a_page_that_there_is() {
        let of = |kind, page, items: usize, ends: (i64, i64)| {
            let question = NewQuestion {
                page,
                kind,
                prompt: "How?".to_owned(),
                hint: String::new(),
                required: false,
                published: true,
                choices: Choices {
                    items: vec!["One".to_owned(); items],
                    from: ends.0,
                    to: ends.1,
                    ..Choices::default()
                },
            };
            question.checked(true).map(drop)
        };
        for kind in [QuestionKind::SingleChoice, QuestionKind::MultipleChoice] {
            for (items, right) in [
                (1, Err(DraftRefused::Choices)),
                (2, Ok(())),
                (MOST_CHOICES, Ok(())),
                (MOST_CHOICES + 1, Err(DraftRefused::Choices)),
            ] {
                assert_eq!(of(kind, 1, items, (0, 0)), right, "{kind:?} {items}");
            }
        }
        for (ends, right) in [
            ((1, 1), Err(DraftRefused::Scale)),
            ((2, 1), Err(DraftRefused::Scale)),
            ((0, 1), Ok(())),
            ((-5, 5), Ok(())),
            ((0, 11), Err(DraftRefused::Scale)),
            ((i64::MIN, i64::MAX), Err(DraftRefused::Scale)),
        ] {
            assert_eq!(of(QuestionKind::Scale, 1, 0, ends), right, "{ends:?}");
        }
        for (page, right) in [
            (0, Err(DraftRefused::Page)),
            (1, Ok(())),
            (MOST_PAGES, Ok(())),
            (MOST_PAGES + 1, Err(DraftRefused::Page)),
        ] {
            assert_eq!(of(QuestionKind::LongText, page, 0, (0, 0)), right);
        }
        // All of it at once, and the page though nobody chose a kind.
        let faults = |kind, page| question_faults(page, kind, &Choices::default());
        let choice = Some(QuestionKind::SingleChoice);
        let both = [DraftRefused::Page, DraftRefused::Choices];
        assert_eq!(faults(choice, 0), both);
        let both = [DraftRefused::Page, DraftRefused::Scale];
        assert_eq!(faults(Some(QuestionKind::Scale), 0), both);
        assert_eq!(faults(None, 0), [DraftRefused::Page]);
        assert_eq!(faults(None, 1), []);
    }
}
