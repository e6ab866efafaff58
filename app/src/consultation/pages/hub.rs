//! The hub: what is open, coming, closed, decided; found by words, place and topic.

use domain::consultation::Stage;
use domain::consultation::read::{HubView, Listed};
use jiff::Timestamp;
use leptos::prelude::*;

use crate::insight::pages::stage as stage_tag;
use crate::paths;
use crate::ui::field::{Field, select, text_input};
use crate::ui::form::{ButtonKind, FormState, button, get_form};
use crate::ui::parts::{self, Card};
use crate::ui::table::pagination;
use crate::ui::{chart::number_text, dates};

const STAGES: [(&str, &str); 5] = [
    ("", "All"),
    ("open", "Open now"),
    ("forthcoming", "Opening soon"),
    ("closed", "Closed, being considered"),
    ("decided", "Decided"),
];

/// The page.
pub fn hub(view: HubView) -> AnyView {
    let search = &view.search;
    let mut state = FormState::new()
        .with("q", &search.words)
        .with("postcode", &search.postcode)
        .with("ward", &search.ward)
        .with("topic", &search.topic)
        .with("stage", &search.stage);
    if view.unknown_postcode {
        state.refuse(
            "postcode",
            "We do not know this postcode. Check it, or choose your ward",
        );
    }
    let any = |label: &str, rest: Vec<(String, String)>| {
        std::iter::once((String::new(), label.to_owned()))
            .chain(rest)
            .collect::<Vec<_>>()
    };
    let wards = any("Anywhere", view.wards.clone());
    let topics = any(
        "Any topic",
        view.topics.iter().map(|t| (t.clone(), t.clone())).collect(),
    );
    let stages: Vec<(String, String)> = STAGES
        .iter()
        .map(|(code, name)| ((*code).to_owned(), (*name).to_owned()))
        .collect();
    let form = get_form(
        paths::HUB,
        view! {
            {text_input(&state, Field::new("q", "Words").kind("search"))}
            {text_input(&state, Field::new("postcode", "Postcode").width(10).autocomplete("postal-code"))}
            {select(&state, Field::new("ward", "Ward"), &wards)}
            {select(&state, Field::new("topic", "Topic"), &topics)}
            {select(&state, Field::new("stage", "Stage"), &stages)}
            {button(ButtonKind::Secondary, "Search")}
        },
    );
    let place = view
        .ward_name
        .clone()
        .map(|ward| format!(" about {ward}"))
        .unwrap_or_default();
    let count = match view.total {
        1 => format!("1 consultation{place}"),
        n => format!("{} consultations{place}", number_text(n)),
    };
    let list = if view.found.is_empty() {
        parts::empty(
            "Nothing fits. Try fewer words, another place, or look at everything.",
            Some((paths::HUB.to_owned(), "Show every consultation".to_owned())),
        )
    } else {
        parts::cards(
            view.found
                .iter()
                .map(|listed| card(listed, view.now))
                .collect(),
        )
    };
    view! {
        {parts::heading("", "Consultations", "Say what you think before decisions are made. You need no account.")}
        <div class="app-filters" role="search">{form}</div>
        <h2 class="govuk-heading-m" id="found">{count}</h2>
        {list}
        {pagination(&address(&view), view.page, view.pages)}
        <p class="govuk-body-s">
            <a class="govuk-link" href="/consultations.atom">"Follow what is new (Atom feed)"</a>
        </p>
    }
    .into_any()
}

fn address(view: &HubView) -> String {
    let search = &view.search;
    let query: Vec<String> = [
        ("q", &search.words),
        ("postcode", &search.postcode),
        ("ward", &search.ward),
        ("topic", &search.topic),
        ("stage", &search.stage),
    ]
    .into_iter()
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

/// One consultation as a card: its stage, when it closes and why that date.
pub fn card(listed: &Listed, now: Timestamp) -> Card {
    let (word, tone) = stage_tag(listed.stage);
    let mut facts = Vec::new();
    match (listed.stage, listed.opens, listed.closes) {
        (Stage::Scheduled, Some(opens), _) => facts.push(format!("Opens {}", dates::long(opens))),
        (Stage::Open, _, Some(closes)) => {
            facts.push(format!(
                "{}, {}",
                capital(&dates::closes(now, closes)),
                dates::long(closes)
            ));
            if !listed.closing_reason.is_empty() {
                facts.push(format!("Why that date: {}", listed.closing_reason));
            }
        }
        (_, _, Some(closes)) => facts.push(format!("Closed {}", dates::long_date(closes))),
        _ => {}
    }
    if !listed.teams.is_empty() {
        facts.push(format!("Asked by {}", listed.teams.join(", ")));
    }
    let outcome = matches!(
        listed.stage,
        Stage::Closed | Stage::Answered | Stage::Decided
    );
    Card {
        href: if outcome {
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

/// A sentence's first letter in capitals.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// The Atom feed (RFC 4287): `(slug, title, summary, published, updated)` for each entry.
pub fn atom(
    base_url: &str,
    updated: Timestamp,
    entries: &[(String, String, String, Timestamp, Timestamp)],
) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
         <title>Consultations</title>\n<id>{base}/consultations</id>\n\
         <link href=\"{base}/consultations\"/>\n\
         <link rel=\"self\" href=\"{base}/consultations.atom\"/>\n<updated>{updated}</updated>\n\
         <author><name>{base}</name></author>\n",
        base = escape(base_url)
    );
    for (slug, title, summary, published, changed) in entries {
        let address = escape(&format!("{base_url}{}", paths::consultation(slug)));
        out.push_str(&format!(
            "<entry>\n<title>{}</title>\n<id>{address}</id>\n<link href=\"{address}\"/>\n\
             <published>{published}</published>\n<updated>{changed}</updated>\n\
             <summary>{}</summary>\n</entry>\n",
            escape(title),
            escape(summary)
        ));
    }
    out.push_str("</feed>\n");
    out
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
