//! The hub: what is open, coming, closed, decided; found by words, place and topic.

use domain::consultation::Stage;
use domain::consultation::read::{HubView, Listed, Search, Sort};
use jiff::Timestamp;
use leptos::prelude::*;

use super::stage::{tag_of, when};
use crate::messages::consultation as words;
use crate::paths;
use crate::ui::chart::number_text;
use crate::ui::field::{Field, select, text_input};
use crate::ui::form::{ButtonKind, FormState, button, error_summary};
use crate::ui::parts::{self, Card};
use crate::ui::table::pagination;

const STAGES: [(&str, &str); 5] = [
    ("", "All"),
    ("open", "Open now"),
    ("forthcoming", "Opening soon"),
    ("closed", "Closed, being considered"),
    ("decided", "Decided"),
];

const ORDERS: [(Sort, &str); 3] = [
    (Sort::Closing, "Closing soonest"),
    (Sort::Newest, "Newest first"),
    (Sort::Title, "A to Z"),
];

/// The page.
pub fn hub(view: HubView) -> AnyView {
    let state = state(&view);
    let count = match (view.total, &view.ward_name) {
        (1, None) => "1 consultation".to_owned(),
        (1, Some(ward)) => format!("1 consultation about {ward}"),
        (n, None) => format!("{} consultations", number_text(n)),
        (n, Some(ward)) => format!("{} consultations about {ward}", number_text(n)),
    };
    let list = if !view.found.is_empty() {
        sections(&view)
    } else if view.search.is_empty() {
        parts::empty(
            "There are no consultations yet. Follow the feed below to hear when one begins.",
            None,
        )
    } else {
        parts::empty(
            "No consultations match. Try fewer words or another place, or look at everything.",
            Some((paths::HUB.to_owned(), "Show every consultation".to_owned())),
        )
    };
    view! {
        {error_summary(&state.errors)}
        {parts::heading("", "Consultations", "Say what you think before decisions are made.")}
        {filters(&view, &state)}
        <p class="govuk-body govuk-!-font-weight-bold" id="found">{count}</p>
        {list}
        {pagination(&address(&view.search), view.page, view.pages)}
        <p class="govuk-body-s">
            <a class="govuk-link" href=paths::FEED>"Follow what is new (Atom feed)"</a>
        </p>
    }
    .into_any()
}

fn state(view: &HubView) -> FormState {
    let search = &view.search;
    let mut state = FormState::new()
        .with("q", &search.words)
        .with("postcode", &search.postcode)
        .with("ward", &search.ward)
        .with("topic", &search.topic)
        .with("stage", &search.stage)
        .with("sort", search.sort.code());
    if view.unknown_postcode {
        state.refuse("postcode", words::UNKNOWN_POSTCODE);
    }
    state
}

fn filters(view: &HubView, state: &FormState) -> AnyView {
    let any = |label: &str, rest: Vec<(String, String)>| {
        std::iter::once((String::new(), label.to_owned()))
            .chain(rest)
            .collect::<Vec<_>>()
    };
    let topics = view.topics.iter().map(|t| (t.clone(), t.clone())).collect();
    let stages: Vec<(String, String)> = STAGES
        .iter()
        .map(|(code, name)| ((*code).to_owned(), (*name).to_owned()))
        .collect();
    let orders: Vec<(String, String)> = ORDERS
        .iter()
        .map(|(sort, name)| (sort.code().to_owned(), (*name).to_owned()))
        .collect();
    // What narrows the list stays in sight; a phone folds it away only while none of it is used.
    let search = &view.search;
    let used = Search {
        words: String::new(),
        ..search.clone()
    };
    let open = used != Search::default();
    view! {
        <form method="get" action=paths::HUB role="search" aria-label="Consultations" class="app-filters">
            {text_input(state, Field::new("q", "Search for words").kind("search"))}
            {parts::fold("Place, topic and order", open, view! {
                {text_input(state, Field::new("postcode", "Postcode").autocomplete("postal-code"))}
                {select(state, Field::new("ward", "Ward"), &any("Anywhere", view.wards.clone()))}
                {select(state, Field::new("topic", "Topic"), &any("Any topic", topics))}
                {select(state, Field::new("stage", "Stage"), &stages)}
                {select(state, Field::new("sort", "Order"), &orders)}
            })}
            {button(ButtonKind::Secondary, "Search")}
        </form>
    }
    .into_any()
}

/// The heading under which a stage is listed.
fn section_of(stage: Stage) -> &'static str {
    match stage {
        Stage::Open => "Open now",
        Stage::Scheduled => "Opening soon",
        Stage::Decided => "Decided",
        _ => "Closed, being considered",
    }
}

/// What was found, in the sections of the hub; it comes in their order. Another order has no sections.
fn sections(view: &HubView) -> AnyView {
    if view.search.sort != Sort::Closing {
        let name = ORDERS
            .iter()
            .find(|(sort, _)| *sort == view.search.sort)
            .map_or("", |(_, name)| *name);
        let all = view.found.iter().map(|one| card(one, view.now)).collect();
        return view! { <h2 class="govuk-heading-l">{name}</h2>{parts::cards(all)} }.into_any();
    }
    let mut sections: Vec<(&'static str, Vec<Card>)> = Vec::new();
    // What was held elsewhere comes last, whenever that was.
    let (imported, held): (Vec<&Listed>, Vec<&Listed>) =
        view.found.iter().partition(|listed| listed.imported);
    for listed in held {
        let name = section_of(listed.stage);
        let card = card(listed, view.now);
        match sections.last_mut() {
            Some((last, cards)) if *last == name => cards.push(card),
            _ => sections.push((name, vec![card])),
        }
    }
    if !imported.is_empty() {
        let cards = imported.iter().map(|listed| card(listed, view.now));
        sections.push(("Open data from elsewhere", cards.collect()));
    }
    sections
        .into_iter()
        .map(|(name, cards)| view! { <h2 class="govuk-heading-l">{name}</h2>{parts::cards(cards)} })
        .collect_view()
        .into_any()
}

/// The address of a search, without its page.
fn address(search: &Search) -> String {
    let query: Vec<String> = [
        ("q", &search.words),
        ("postcode", &search.postcode),
        ("ward", &search.ward),
        ("topic", &search.topic),
        ("stage", &search.stage),
    ]
    .into_iter()
    .map(|(name, value)| (name, value.as_str()))
    .chain([("sort", search.sort.code())])
    .filter(|(_, value)| !value.is_empty())
    .map(|(name, value)| format!("{name}={}", encode(value)))
    .collect();
    if query.is_empty() {
        paths::HUB.to_owned()
    } else {
        format!("{}?{}", paths::HUB, query.join("&"))
    }
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

/// One consultation as a card: its stage, when it closes and who asks. Why that date is on its page.
pub fn card(listed: &Listed, now: Timestamp) -> Card {
    let (word, tone) = tag_of(listed);
    let mut facts = Vec::new();
    facts.extend(when(now, listed.stage, listed.opens, listed.closes));
    if listed.imported {
        facts.push("Held by somebody else, and shown here to try out the analysis".to_owned());
    } else if !listed.teams.is_empty() {
        facts.push(listed.teams.join(", "));
    }
    let ended = matches!(listed.stage, Stage::Answered | Stage::Decided);
    Card {
        href: if ended {
            paths::outcome(&listed.slug)
        } else {
            paths::consultation(&listed.slug)
        },
        title: listed.title.clone(),
        tag: Some(parts::tag(tone, word)),
        summary: listed.summary.clone(),
        facts,
    }
}
