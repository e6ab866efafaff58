//! The first page: what is open near you, what closes soonest, what was decided.

use domain::council::read::HomeView;
use jiff::Timestamp;
use leptos::prelude::*;

use super::near;
use crate::paths;
use crate::ui::form::FormState;
use crate::ui::parts::{empty, page_with_facts};

/// How many open consultations the page shows.
const SHOWN: u64 = 4;

/// The page.
pub fn home(view: HomeView, now: Timestamp) -> AnyView {
    let look_up = view.has_areas.then(|| {
        view! {
            <h2 class="govuk-heading-m">"What is open near you?"</h2>
            {near::postcode_form(&FormState::new())}
            <p class="govuk-body"><a class="govuk-link" href=paths::AREAS>"Or choose your area from a list"</a></p>
        }
    });
    let open = if view.open.is_empty() {
        empty(
            "Nothing is open just now.",
            Some((
                paths::HUB.to_owned(),
                "See what is coming and what was decided".to_owned(),
            )),
        )
    } else {
        near::list(view.open, now)
    };
    let more = (view.open_total > SHOWN).then(|| {
        let all = format!("See all {} open consultations", view.open_total);
        view! { <p class="govuk-body"><a class="govuk-link" href=paths::HUB>{all}</a></p> }
    });
    let coming = (!view.coming.is_empty()).then(|| {
        view! { <h2 class="govuk-heading-l">"Opening soon"</h2>{near::list(view.coming, now)} }
    });
    let decided = (!view.decided.is_empty()).then(|| {
        view! {
            <h2 class="govuk-heading-l">"What changed because people spoke"</h2>
            {near::list(view.decided, now)}
            <p class="govuk-body"><a class="govuk-link" href=paths::OUTCOMES>"See every outcome, and what was promised"</a></p>
        }
    });
    let head = view! {
        <h1 class="govuk-heading-xl">"Say what you think. See what it changes."</h1>
        <p class="govuk-body-l">"Your council, police and voluntary groups ask you here before they decide, and tell you what came of it. You need no account."</p>
        <p class="govuk-body">
            <a class="govuk-link" href=paths::RECEIPT>"I took part: what happened to what I said?"</a>
        </p>
    };
    let reading = view! {
        <h2 class="govuk-heading-l">"Open now, closing soonest"</h2>
        {open}
        {more}
        {coming}
        {decided}
    };
    page_with_facts(head, look_up, reading)
}
