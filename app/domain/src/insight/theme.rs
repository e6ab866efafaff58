//! Themes and their answers, and the fourth Gunning gate: conscientious consideration.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::edit::AsRead;
use crate::ids::ThemeId;
use crate::typed;

/// What the council did about a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It did what was asked.
    Did,
    /// It did part of it.
    Partly,
    /// It did not.
    DidNot,
}

impl Outcome {
    /// Whether something is other than it would have been.
    pub fn changed_something(self) -> bool {
        match self {
            Self::Did | Self::Partly => true,
            Self::DidNot => false,
        }
    }
}

/// A theme: what was asked, what people said, what was done, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Which one, once it is stored.
    pub id: Option<ThemeId>,
    /// What it is about.
    pub title: String,
    /// What the council asked.
    pub we_asked: String,
    /// What people said.
    pub you_said: String,
    /// Whether the council did it.
    pub outcome: Option<Outcome>,
    /// What the council did.
    pub we_did: String,
    /// Why, or why not.
    pub because: String,
    /// What the council promises, if anything.
    pub promise: String,
    /// By when, an ISO date.
    pub promise_due: Option<Date>,
    /// Whether the promise is kept.
    pub kept: bool,
}

/// How far a promise has come on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromiseState {
    /// It is kept.
    Kept,
    /// Its day has not passed.
    NotDue,
    /// Its day has passed, and it is not kept.
    Overdue,
}

impl Theme {
    /// How far its promise has come; nothing where it promises nothing. A promise may be kept on its day.
    pub fn promise_on(&self, today: Date) -> Option<PromiseState> {
        let overdue = self.promise_due.is_some_and(|due| due < today);
        match (self.promise.is_empty(), self.kept, overdue) {
            (true, ..) => None,
            (_, true, _) => Some(PromiseState::Kept),
            (_, _, true) => Some(PromiseState::Overdue),
            _ => Some(PromiseState::NotDue),
        }
    }
}

/// What is missing of a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ThemeRefused {
    /// No title.
    #[error("no title")]
    NoTitle,
    /// What people said is missing.
    #[error("nothing said")]
    NothingSaid,
    /// Neither done nor not done.
    #[error("no outcome")]
    NoOutcome,
    /// What was done is missing.
    #[error("nothing done")]
    NothingDone,
    /// No reason.
    #[error("no reason")]
    NoReason,
    /// A promise without a day.
    #[error("no day")]
    NoDayForPromise,
}

/// Whether a theme is answered.
///
/// # Errors
/// Everything that is missing.
pub fn check_theme(theme: &Theme) -> Result<(), Vec<ThemeRefused>> {
    let blank = typed::is_blank;
    let missing: Vec<ThemeRefused> = [
        (blank(&theme.title), ThemeRefused::NoTitle),
        (blank(&theme.you_said), ThemeRefused::NothingSaid),
        (theme.outcome.is_none(), ThemeRefused::NoOutcome),
        (
            blank(&theme.we_did) && theme.outcome != Some(Outcome::DidNot),
            ThemeRefused::NothingDone,
        ),
        (blank(&theme.because), ThemeRefused::NoReason),
        (
            !blank(&theme.promise) && theme.promise_due.is_none(),
            ThemeRefused::NoDayForPromise,
        ),
    ]
    .into_iter()
    .filter_map(|(wrong, refused)| wrong.then_some(refused))
    .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(missing)
    }
}

/// Whether a theme may be saved as it is: before the answers are published its title is enough, and
/// from then on it stays whole.
///
/// # Errors
/// Everything that is missing, where that is too much.
pub fn check_saved(theme: &Theme, published: bool) -> Result<(), Vec<ThemeRefused>> {
    match check_theme(theme) {
        Err(missing) if published || missing.contains(&ThemeRefused::NoTitle) => Err(missing),
        _ => Ok(()),
    }
}

/// The themes as somebody read them. Keeping a promise changes nothing of what was answered.
pub fn as_read(themes: &[Theme]) -> AsRead {
    let said: Vec<Theme> = themes
        .iter()
        .map(|theme| Theme {
            kept: false,
            ..theme.clone()
        })
        .collect();
    AsRead::of(&said)
}

/// Why a decision, or publishing the answers, is refused. The principle is *consideration*:
/// R v Brent LBC, ex p Gunning (1985) 84 LGR 168.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecideRefused {
    /// There is no theme at all.
    #[error("no theme")]
    NoTheme,
    /// A theme says something else than when it was read, or one is more or fewer.
    #[error("the themes changed since they were read")]
    ThemesChanged,
    /// Some themes have no whole answer.
    #[error("{0} themes are not answered")]
    NotAnswered(usize),
    /// The decision has no words.
    #[error("no decision")]
    NoWords,
    /// The equality assessment has no date.
    #[error("no equality assessment")]
    NoEqualityAssessment,
    /// The equality assessment is dated after the decision.
    #[error("the equality assessment is dated after the decision")]
    EqualityAssessmentTooLate,
}

/// Whether the answers may be published: every theme is answered, and is what was read.
///
/// # Errors
/// What is missing.
pub fn check_answers(themes: &[Theme], read: &AsRead) -> Result<(), DecideRefused> {
    if themes.is_empty() {
        return Err(DecideRefused::NoTheme);
    }
    if as_read(themes) != *read {
        return Err(DecideRefused::ThemesChanged);
    }
    match themes
        .iter()
        .filter(|theme| check_theme(theme).is_err())
        .count()
    {
        0 => Ok(()),
        open => Err(DecideRefused::NotAnswered(open)),
    }
}

/// Whether the decision may be recorded on this day, by somebody who has read these themes.
///
/// # Errors
/// Everything that is missing.
pub fn check_decision(
    themes: &[Theme],
    read: &AsRead,
    words: &str,
    equality_assessed: Option<Date>,
    today: Date,
) -> Result<(), Vec<DecideRefused>> {
    let mut missing: Vec<DecideRefused> = check_answers(themes, read).err().into_iter().collect();
    if typed::is_blank(words) {
        missing.push(DecideRefused::NoWords);
    }
    match equality_assessed {
        None => missing.push(DecideRefused::NoEqualityAssessment),
        Some(day) if day > today => missing.push(DecideRefused::EqualityAssessmentTooLate),
        Some(_) => {}
    }
    if missing.is_empty() {
        Ok(())
    } else {
        Err(missing)
    }
}

impl Outcome {
    /// Every outcome in the order a form offers them.
    pub const ALL: [Outcome; 3] = [Outcome::Did, Outcome::Partly, Outcome::DidNot];

    /// The word stored for it.
    pub fn code(self) -> &'static str {
        match self {
            Outcome::Did => "did",
            Outcome::Partly => "partly",
            Outcome::DidNot => "did-not",
        }
    }

    /// The outcome of a stored word, if it is one.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_is_not_broken_before_its_day_has_passed() {
        let due = jiff::civil::date(2027, 3, 1);
        let promised = Theme {
            promise: "It opens".into(),
            promise_due: Some(due),
            ..whole()
        };
        let (before, after) = (due, jiff::civil::date(2027, 3, 2));
        assert_eq!(promised.promise_on(before), Some(PromiseState::NotDue));
        assert_eq!(promised.promise_on(after), Some(PromiseState::Overdue));
        let kept = Theme {
            kept: true,
            ..promised
        };
        assert_eq!(kept.promise_on(before), Some(PromiseState::Kept));
        let none = Theme {
            promise: String::new(),
            ..kept
        };
        assert_eq!(none.promise_on(after), None);
    }

    #[test]
    fn an_unfinished_theme_may_be_saved_with_a_title_until_the_answers_are_published() {
        let begun = Theme {
            you_said: String::new(),
            outcome: None,
            ..whole()
        };
        assert_eq!(check_saved(&begun, false), Ok(()));
        let missing = vec![ThemeRefused::NothingSaid, ThemeRefused::NoOutcome];
        assert_eq!(check_saved(&begun, true), Err(missing));
        assert_eq!(check_saved(&whole(), true), Ok(()));
        let unnamed = Theme {
            title: " ".into(),
            ..whole()
        };
        for published in [false, true] {
            let missing = vec![ThemeRefused::NoTitle];
            assert_eq!(check_saved(&unnamed, published), Err(missing));
        }
    }

    fn whole() -> Theme {
        Theme {
            id: None,
            title: "The crossing".into(),
            we_asked: "Where?".into(),
            you_said: "By the school".into(),
            outcome: Some(Outcome::Did),
            we_did: "Moved it".into(),
            because: "It is where children cross".into(),
            promise: String::new(),
            promise_due: None,
            kept: false,
        }
    }

    #[test]
    fn no_decision_until_every_theme_is_answered_and_equality_was_assessed_before_it() {
        let today = Date::constant(2026, 11, 23);
        let yes = |themes: &[Theme]| {
            let read = as_read(themes);
            check_decision(themes, &read, "We go ahead", Some(today), today)
        };
        assert_eq!(yes(&[whole()]), Ok(()));
        assert_eq!(yes(&[]), Err(vec![DecideRefused::NoTheme]));
        let open = Theme {
            because: " ".into(),
            ..whole()
        };
        assert_eq!(
            yes(&[whole(), open]),
            Err(vec![DecideRefused::NotAnswered(1)])
        );
        assert_eq!(
            check_decision(
                &[whole()],
                &as_read(&[whole()]),
                " ",
                Some(Date::constant(2026, 11, 24)),
                today
            ),
            Err(vec![
                DecideRefused::NoWords,
                DecideRefused::EqualityAssessmentTooLate
            ])
        );
        let refused = Theme {
            outcome: Some(Outcome::DidNot),
            we_did: String::new(),
            ..whole()
        };
        assert_eq!(check_theme(&refused), Ok(()));
        let vague = Theme {
            promise: "A second one".into(),
            ..whole()
        };
        assert_eq!(
            check_theme(&vague),
            Err(vec![ThemeRefused::NoDayForPromise])
        );
    }

    #[test]
    fn answers_are_published_as_they_were_read_and_not_otherwise() {
        let read = as_read(&[whole()]);
        assert_eq!(check_answers(&[whole()], &read), Ok(()));
        assert_eq!(AsRead::typed(read.as_str()), read);
        let kept = Theme {
            kept: true,
            ..whole()
        };
        assert_eq!(check_answers(&[kept], &read), Ok(()));
        let other = Theme {
            because: "It is cheap".into(),
            ..whole()
        };
        for themes in [vec![other], vec![whole(), whole()]] {
            let changed = Err(DecideRefused::ThemesChanged);
            assert_eq!(check_answers(&themes, &read), changed);
        }
        let unread = check_answers(&[whole()], &AsRead::default());
        assert_eq!(unread, Err(DecideRefused::ThemesChanged));
    }
}
