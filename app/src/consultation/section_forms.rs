//! The sections of a draft as forms: how each is first shown, read, and set beside what a colleague
//! saved meanwhile.
//!
//! Deliberately not here: the rules of a draft (`domain::consultation::draft`) and its gates.

use domain::account::Email;
use domain::consultation::draft::{About, Contact, Dates, NewOption, Places, Scope, Section};
use domain::consultation::read::{ConsultationDetail, SectionView};
use domain::ids::{AreaId, TeamId};
use domain::typed;

use super::forms::{
    MOST_BODY, at_most, empty_entry, moment, needed, of_option, of_question, of_view,
};
use crate::messages::{consultation as words, typed_days};
use crate::pairs::Pairs;
use crate::ui::conflict::{KEY, with_version};
use crate::ui::dates;
use crate::ui::form::FormState;

/// A section as it is first shown; with `entry`, the form that changes that entry of a list. `key` is
/// the key of a form that adds. Nothing where there is no such entry.
pub fn first(view: &SectionView, entry: Option<i64>, key: String) -> Option<FormState> {
    let state = saved(view, entry)?;
    Some(if view.section.is_list() && entry.is_none() {
        state.with(KEY, key)
    } else {
        with_version(state, view.version)
    })
}

/// What is saved, as the form would show it; nothing where an entry is gone.
fn saved(view: &SectionView, entry: Option<i64>) -> Option<FormState> {
    let detail = &view.detail;
    match (view.section, entry) {
        (Section::Options, Some(id)) => detail
            .options
            .iter()
            .find(|option| option.id.0 == id)
            .map(of_option),
        (Section::Questions, Some(id)) => detail
            .questions
            .iter()
            .find(|question| question.id.0 == id)
            .map(of_question),
        (section, None) if section.is_list() => Some(empty_entry()),
        (section, _) if section.is_list() => None,
        _ => Some(of_view(detail)),
    }
}

/// The form of an entry that a colleague removed: what was typed, now to be added as a new one.
#[must_use]
pub fn as_new(mut state: FormState, key: String) -> FormState {
    state = state.with("entry", "").with(KEY, key);
    state.refuse("", words::REMOVED);
    state
}

/// Fields that are compared, and what they are called.
type Compared = (&'static str, &'static [&'static str]);

fn compared(section: Section) -> &'static [Compared] {
    match section {
        Section::About => &[
            ("Title", &["title"]),
            ("Summary", &["summary"]),
            ("Topic", &["topic"]),
            ("The text", &["body"]),
        ],
        Section::Scope => &[
            ("What is open?", &["open"]),
            ("What is limited?", &["limited"]),
            ("What is fixed?", &["fixed"]),
            ("Why?", &["reason"]),
        ],
        Section::Dates => &[
            ("Which rule is it held under?", &["regime"]),
            (
                "When does it open?",
                &["opens-day", "opens-month", "opens-year", "opens-time"],
            ),
            (
                "When does it close?",
                &["closes-day", "closes-month", "closes-year", "closes-time"],
            ),
            ("Why that date?", &["closing_reason"]),
        ],
        Section::Contact => &[
            ("Name or team", &["contact_name"]),
            ("Email address", &["contact_email"]),
        ],
        Section::Places => &[
            ("Which wards is it about?", &["areas"]),
            ("Which other teams share it?", &["partners"]),
        ],
        Section::Options => &[
            ("Title", &["title"]),
            ("What it means", &["description"]),
            ("This option is to do nothing", &["do_nothing"]),
        ],
        Section::Questions => &[
            ("The question", &["prompt"]),
            ("Help below the question", &["hint"]),
            ("How is it answered?", &["kind"]),
            ("Choices", &["choices"]),
            ("Other, in people’s own words", &["other"]),
            ("Lowest number", &["from"]),
            ("What the lowest number means", &["low"]),
            ("Highest number", &["to"]),
            ("What the highest number means", &["high"]),
            ("Page", &["page"]),
            ("An answer is needed", &["required"]),
            ("Published after moderation", &["published"]),
        ],
        Section::Statements | Section::Documents => &[],
    }
}

/// What a colleague saved where it differs from what this person typed: each field by its label.
pub fn theirs(view: &SectionView, typed: &FormState) -> Vec<(String, String)> {
    if view.section == Section::Statements {
        let now = words::residents_add(view.detail.statements_open);
        return vec![("Statements of residents".to_owned(), now.to_owned())];
    }
    let entry = typed.get("entry").parse().ok();
    let Some(saved) = saved(view, entry) else {
        return Vec::new();
    };
    compared(view.section)
        .iter()
        .filter(|(_, fields)| fields.iter().any(|field| differ(&saved, typed, field)))
        .map(|(label, fields)| {
            let field = fields.first().copied().unwrap_or_default();
            ((*label).to_owned(), said(view, &saved, field))
        })
        .collect()
}

fn differ(saved: &FormState, typed: &FormState, field: &str) -> bool {
    let plain = |state: &FormState| -> Vec<String> {
        let mut values: Vec<String> = state
            .all(field)
            .iter()
            .map(|value| typed::trimmed(value).to_owned())
            .filter(|value| !value.is_empty())
            .collect();
        values.sort_unstable();
        values
    };
    plain(saved) != plain(typed)
}

/// A saved field in words that people read.
fn said(view: &SectionView, saved: &FormState, field: &str) -> String {
    let detail: &ConsultationDetail = &view.detail;
    let names = |list: &[(String, String)]| {
        let chosen = list.iter().filter(|(id, _)| saved.has(field, id));
        chosen
            .map(|(_, name)| name.as_str())
            .collect::<Vec<_>>()
            .join("\n")
    };
    match field {
        "regime" => detail.regime.name.clone(),
        "opens-day" => detail.listed.opens.map(dates::long).unwrap_or_default(),
        "closes-day" => detail.listed.closes.map(dates::until).unwrap_or_default(),
        "areas" => names(&view.choices.wards),
        "partners" => names(&view.choices.teams),
        "kind" => domain::consultation::QuestionKind::from_code(saved.get(field))
            .map(|kind| words::kind(kind).to_owned())
            .unwrap_or_default(),
        "do_nothing" | "other" | "required" | "published" => {
            if saved.get(field).is_empty() {
                "No".to_owned()
            } else {
                "Yes".to_owned()
            }
        }
        _ => saved.get(field).to_owned(),
    }
}

/// Reads what it is about; what is wrong is refused in `state`.
pub fn about(pairs: &Pairs, state: &mut FormState) -> About {
    needed(state, pairs, "title", words::TITLE_MISSING, 150);
    needed(state, pairs, "summary", "Write a summary", 400);
    needed(state, pairs, "topic", "Give it a topic", 40);
    needed(state, pairs, "body", "Write the text", MOST_BODY);
    About {
        title: pairs.one("title").to_owned(),
        summary: pairs.one("summary").to_owned(),
        body: pairs.one("body").to_owned(),
        topic: pairs.one("topic").to_owned(),
    }
}

/// Reads what can change; what is wrong is refused in `state`.
pub fn scope(pairs: &Pairs, state: &mut FormState) -> Scope {
    needed(state, pairs, "open", "Say what is open to change", 5_000);
    at_most(state, pairs, "limited", 5_000);
    at_most(state, pairs, "fixed", 5_000);
    if pairs.one("limited").is_empty() && pairs.one("fixed").is_empty() {
        state.refuse("limited", "Say what is limited, or what is fixed");
    }
    needed(state, pairs, "reason", "Say why", 5_000);
    Scope {
        open: pairs.one("open").to_owned(),
        limited: pairs.one("limited").to_owned(),
        fixed: pairs.one("fixed").to_owned(),
        reason: pairs.one("reason").to_owned(),
    }
}

/// Reads period and regime; what is no moment is refused in `state`.
pub fn dates(pairs: &Pairs, state: &mut FormState) -> Dates {
    let mut read = |name: &str| {
        moment(pairs, name).unwrap_or_else(|why| {
            state.refuse(name, typed_days::moment(why));
            None
        })
    };
    let (opens, closes) = (read("opens"), read("closes"));
    at_most(state, pairs, "closing_reason", 500);
    Dates {
        regime: pairs.one("regime").to_owned(),
        opens,
        closes,
        reason: pairs.one("closing_reason").to_owned(),
    }
}

/// Reads whom to ask; what is wrong is refused in `state`.
pub fn contact(pairs: &Pairs, state: &mut FormState) -> Contact {
    needed(state, pairs, "contact_name", "Give a name or a team", 100);
    if Email::parse(pairs.one("contact_email")).is_err() {
        state.refuse("contact_email", words::EMAIL_REFUSED);
    }
    Contact {
        name: pairs.one("contact_name").to_owned(),
        email: pairs.one("contact_email").to_owned(),
    }
}

/// Reads where and with whom.
pub fn places(pairs: &Pairs) -> Places {
    fn numbers<T: From<i64>>(pairs: &Pairs, name: &str) -> Vec<T> {
        pairs
            .all(name)
            .filter_map(|value| value.parse::<i64>().ok())
            .map(T::from)
            .collect()
    }
    Places {
        areas: numbers::<AreaId>(pairs, "areas"),
        partners: numbers::<TeamId>(pairs, "partners"),
    }
}

/// Reads an option; what is wrong is refused in `state`.
pub fn option(pairs: &Pairs, state: &mut FormState) -> NewOption {
    needed(state, pairs, "title", words::OPTION_MISSING, 150);
    at_most(state, pairs, "description", 5_000);
    NewOption {
        title: pairs.one("title").to_owned(),
        description: pairs.one("description").to_owned(),
        do_nothing: pairs.has("do_nothing"),
    }
}
