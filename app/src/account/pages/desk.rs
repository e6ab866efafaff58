//! Where staff begin: what they can do, and how much of it waits.

use domain::account::read::DeskItem;
use leptos::prelude::*;

use crate::ui::parts::{Card, Tone, cards, heading, tag};

/// The page.
pub fn desk(name: &str, roles: Vec<String>, items: Vec<DeskItem>) -> AnyView {
    let items = items
        .into_iter()
        .map(|item| Card {
            href: item.path,
            title: item.title,
            tag: (!item.waiting.is_empty()).then(|| tag(Tone::Waiting, item.waiting)),
            summary: item.about,
            facts: Vec::new(),
        })
        .collect();
    let roles = roles
        .into_iter()
        .map(|role| view! { <li>{role}</li> })
        .collect_view();
    view! {
        {heading("Your desk", format!("Hello, {name}"), "")}
        <h2 class="govuk-heading-l">"What you can do"</h2>
        {cards(items)}
        <h2 class="govuk-heading-m">"Your roles"</h2>
        <ul class="govuk-list">{roles}</ul>
    }
    .into_any()
}
