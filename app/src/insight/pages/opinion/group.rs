//! How one group is marked wherever it is shown: its letter in its colour, and the place that links
//! to it lead to.

use leptos::prelude::*;

/// The letter of a group in its colour, with a ring of its own pattern.
pub fn badge(letter: char) -> AnyView {
    let class = format!("app-group app-group--{}", letter.to_ascii_lowercase());
    view! { <span class=class aria-hidden="true">{letter.to_string()}</span> }.into_any()
}

/// The section of a group, for links.
pub fn anchor(letter: char) -> String {
    format!("group-{}", letter.to_ascii_lowercase())
}
