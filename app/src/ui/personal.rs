//! The warning, before words are sent, that they may say who somebody is.
//!
//! Deliberately not here: what is looked for (in the domain) and how it is called (`messages`).

use leptos::prelude::*;

use super::parts::warning;

/// One find.
pub struct Finding {
    /// The words as written.
    pub words: String,
    /// What they look like: "a phone number".
    pub looks_like: &'static str,
    /// Where they stand: "your answer to “Where?”".
    pub place: String,
}

/// What was found and what that means; nothing where nothing was.
pub fn personal_warning(found: Vec<Finding>, then: &'static str) -> Option<AnyView> {
    if found.is_empty() {
        return None;
    }
    let items = found
        .into_iter()
        .map(|one| {
            view! {
                <li>
                    <strong><bdi>{one.words}</bdi></strong>
                    {format!(" looks like {}, in {}", one.looks_like, one.place)}
                </li>
            }
        })
        .collect_view();
    let view = view! {
        {warning("Your words may say who somebody is")}
        <ul class="govuk-list govuk-list--bullet">{items}</ul>
        <p class="govuk-body">{then}</p>
    };
    Some(view.into_any())
}
