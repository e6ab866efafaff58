//! The first page: whose it is, what is open near you, what closes soonest, what changed.

use domain::council::read::{Changed, HomeView};
use jiff::Timestamp;
use leptos::prelude::*;

use super::areas::sources;
use super::map::borough;
use super::near;
use crate::paths;
use crate::ui::form::FormState;
use crate::ui::parts::{Card, Tone, cards, empty, grid, tag};
use crate::ui::{dates, markdown};

/// How many open consultations the page shows.
const SHOWN: u64 = 4;
/// The most characters of what changed, on its card.
const OF_A_CHANGE: usize = 220;

/// The page.
pub fn home(view: HomeView, now: Timestamp) -> AnyView {
    let open = if view.open.is_empty() {
        empty(
            "Nothing is open just now.",
            Some((
                paths::HUB.to_owned(),
                "See what is coming and what was decided".to_owned(),
            )),
        )
    } else {
        near::list(view.open.clone(), now)
    };
    let more = (view.open_total > SHOWN).then(|| {
        let all = format!("See all {} open consultations", view.open_total);
        view! { <p class="govuk-body"><a class="govuk-link" href=paths::HUB>{all}</a></p> }
    });
    let coming = (!view.coming.is_empty()).then(|| {
        view! {
            <section>
                <h2 class="govuk-heading-l">"Opening soon"</h2>
                {near::list(view.coming.clone(), now)}
            </section>
        }
        .into_any()
    });
    let changed = (!view.decided.is_empty()).then(|| {
        let changes = view.decided.iter().map(change).collect();
        view! {
            <section>
                <h2 class="govuk-heading-l">"What changed because people spoke"</h2>
                {cards(changes)}
                <p class="govuk-body"><a class="govuk-link" href=paths::OUTCOMES>"See every outcome, and what was promised"</a></p>
            </section>
        }
        .into_any()
    });
    let rest = match (coming, changed) {
        (Some(coming), Some(changed)) => grid(vec![coming, changed]),
        (coming, changed) => view! { {coming} {changed} }.into_any(),
    };
    view! {
        {hero(&view)}
        <h2 class="govuk-heading-l">"Open now, closing soonest"</h2>
        {open}
        {more}
        {rest}
        {(!view.wards.is_empty()).then(sources)}
    }
    .into_any()
}

/// Whose site it is, what it is for, and one's own place in a picture of all of them.
fn hero(view: &HomeView) -> AnyView {
    let place = (!view.place.is_empty())
        .then(|| view! { <p class="app-caption app-hero__place">{view.place.clone()}</p> });
    let look_up = (!view.wards.is_empty()).then(|| {
        view! {
            <h2 class="govuk-heading-m">"What is open near you?"</h2>
            {near::postcode_form(&FormState::new())}
            <p class="govuk-body"><a class="govuk-link" href=paths::AREAS>"Or choose your area from a list"</a></p>
        }
    });
    let picture = (!view.wards.is_empty()).then(|| {
        let caption = format!("The {} wards of the borough", view.wards.len());
        view! {
            <figure class="app-hero__picture">
                {borough(&view.wards)}
                <figcaption class="app-hero__caption">{caption}</figcaption>
            </figure>
        }
    });
    view! {
        <div class="app-hero">
            <div class="app-hero__words">
                {place}
                <h1 class="govuk-heading-xl">"Say what you think. See what it changes."</h1>
                <p class="govuk-body-l">"Your council, police and voluntary groups ask you here before they decide, and tell you what came of it. You need no account."</p>
                {look_up}
                <p class="govuk-body">
                    <a class="govuk-link" href=paths::RECEIPT>"I took part: what happened to what I said?"</a>
                </p>
            </div>
            {picture}
        </div>
    }
    .into_any()
}

/// What was done, in the words of who did it; where nothing was, what was decided.
fn change(changed: &Changed) -> Card {
    let words = if changed.done.is_empty() {
        markdown::words(&changed.decision)
    } else {
        changed.done.join(" ")
    };
    let decided = changed
        .decided
        .map(|at| format!("Decided {}", dates::date(at)));
    Card {
        href: paths::outcome(&changed.slug),
        title: changed.title.clone(),
        tag: Some(tag(Tone::Done, "Decided")),
        summary: markdown::beginning(&words, OF_A_CHANGE),
        facts: decided.into_iter().collect(),
    }
}
