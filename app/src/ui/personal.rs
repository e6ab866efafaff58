//! What in words may say who somebody is: the warning before they are sent, and the marks for whoever
//! decides whether they are published.
//!
//! Deliberately not here: what is looked for (in the domain) and how it is called (`messages`).

use std::ops::Range;

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

/// A place of a text that is marked.
pub struct Mark {
    /// Its bytes in the text.
    pub at: Range<usize>,
    /// What it looks like: "a phone number".
    pub looks_like: &'static str,
}

/// A text with its marks. Each says in words what it is for, to whoever hears the page.
pub fn marked(text: &str, marks: Vec<Mark>) -> AnyView {
    let mut from = 0;
    let mut parts = Vec::new();
    for Mark { at, looks_like } in marks {
        let before = text.get(from..at.start).unwrap_or_default().to_owned();
        let words = text.get(at.clone()).unwrap_or_default().to_owned();
        from = at.end;
        parts.push(view! {
            {before}
            <mark class="app-flag">
                {words}
                <span class="govuk-visually-hidden">{format!(" (looks like {looks_like})")}</span>
            </mark>
        });
    }
    let rest = text.get(from..).unwrap_or_default().to_owned();
    view! { {parts}{rest} }.into_any()
}

/// What a text was marked for, for whoever decides on it.
pub fn flags(found: Vec<(String, &'static str)>) -> Option<AnyView> {
    if found.is_empty() {
        return None;
    }
    let items = found
        .into_iter()
        .map(|(words, looks_like)| {
            view! { <li><strong><bdi>{words}</bdi></strong> {format!(" looks like {looks_like}")}</li> }
        })
        .collect_view();
    let view = view! {
        <div class="app-flags">
            <p class="govuk-body govuk-!-font-weight-bold govuk-!-margin-bottom-1">
                "May say who somebody is: look before you approve"
            </p>
            <ul class="govuk-list govuk-list--bullet">{items}</ul>
        </div>
    };
    Some(view.into_any())
}
