//! Consultations as cards that say when they close, and the look-up by postcode.

use domain::consultation::Stage;
use domain::council::read::NearbyConsultation;
use jiff::Timestamp;
use leptos::prelude::*;

use crate::consultation::pages::{stage, when};
use crate::paths;
use crate::ui::field::text_input;
use crate::ui::form::{ButtonKind, FormState, button, get_form};
use crate::ui::label::Field;
use crate::ui::parts::{Card, cards, tag};

/// The cards of a list.
pub fn list(consultations: Vec<NearbyConsultation>, now: Timestamp) -> AnyView {
    cards(consultations.into_iter().map(|c| card(c, now)).collect())
}

fn card(c: NearbyConsultation, now: Timestamp) -> Card {
    let (word, tone) = stage(c.stage);
    let mut facts = Vec::new();
    facts.extend(when(now, c.stage, c.opens, c.closes));
    if !c.team.is_empty() {
        facts.push(c.team);
    }
    Card {
        href: if matches!(c.stage, Stage::Answered | Stage::Decided) {
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
