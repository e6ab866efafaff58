//! Consultations as cards that say when they close, and the look-up by postcode.

use domain::consultation::Stage;
use domain::council::read::NearbyConsultation;
use jiff::Timestamp;
use leptos::prelude::*;

use crate::paths;
use crate::ui::dates;
use crate::ui::field::text_input;
use crate::ui::form::{ButtonKind, FormState, button, get_form};
use crate::ui::label::Field;
use crate::ui::parts::{Card, Tone, cards, tag};

/// The cards of a list.
pub fn list(consultations: Vec<NearbyConsultation>, now: Timestamp) -> AnyView {
    cards(consultations.into_iter().map(|c| card(c, now)).collect())
}

fn card(c: NearbyConsultation, now: Timestamp) -> Card {
    let (tone, word) = match c.stage {
        Stage::Open => (Tone::Live, "Open"),
        Stage::Scheduled => (Tone::Waiting, "Opens soon"),
        Stage::Answered => (Tone::Done, "Answered"),
        Stage::Decided => (Tone::Done, "Decided"),
        _ => (Tone::Neutral, "Closed"),
    };
    let mut facts = Vec::new();
    let when = match (c.stage, c.opens, c.closes, c.decided) {
        (Stage::Scheduled, Some(opens), ..) => Some((dates::opens(now, opens), dates::long(opens))),
        (Stage::Decided, _, _, Some(decided)) => Some(("decided".to_owned(), dates::date(decided))),
        (_, _, Some(closes), _) if closes > now => {
            Some((dates::closes(now, closes), dates::until(closes)))
        }
        (_, _, Some(closes), _) => Some(("closed".to_owned(), dates::last_day(closes))),
        _ => None,
    };
    facts.extend(when.map(|(what, date)| format!("{}: {date}", capital(&what))));
    if !c.team.is_empty() {
        facts.push(format!("Set up by {}", c.team));
    }
    Card {
        href: if c.stage == Stage::Decided {
            paths::outcome(&c.slug)
        } else {
            paths::consultation(&c.slug)
        },
        title: c.title,
        tag: Some(tag(tone, word)),
        summary: c.summary,
        facts,
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().collect::<String>() + chars.as_str())
        .unwrap_or_default()
}

/// Ask for a postcode.
pub fn postcode_form(form: &FormState) -> AnyView {
    let field = Field::new("postcode", "Your postcode")
        .hint("For example, DY1 1HF. We do not keep it.")
        .autocomplete("postal-code")
        .width(10);
    get_form(
        paths::AREAS,
        view! {
            {text_input(form, field)}
            {button(ButtonKind::Primary, "Find what is near me")}
        },
    )
}
