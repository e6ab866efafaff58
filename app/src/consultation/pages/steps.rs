//! Pages between two stages: what is still missing, and a question before harm.

use domain::consultation::GateRefused;
use leptos::prelude::*;

use crate::messages::consultation as words;
use crate::paths;
use crate::ui::field::{Field, text_area};
use crate::ui::form::{
    ButtonKind, FormState, button, button_form, button_group, error_summary, link_button, post_form,
};
use crate::ui::parts;

/// What has to be done before the next step, each gap with its principle and the section where to
/// fix it.
pub fn missing(slug: &str, title: &str, gaps: &[GateRefused]) -> AnyView {
    let at = |part: &str| paths::desk_consultation(slug, part);
    let items = gaps
        .iter()
        .map(|gap| {
            let (section, text) = words::gate(*gap);
            let principle = words::principle(gap.principle());
            view! {
                <li>
                    <a href=at(section)>{text}</a>
                    <span class="app-principle">{format!(" (Gunning principle: {principle})")}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        {parts::back_link(at(""), "Back to the draft")}
        <div class="govuk-error-summary" role="alert" tabindex="-1">
            <h2 class="govuk-error-summary__title">"It is not ready yet"</h2>
            <div class="govuk-error-summary__body">
                <ul class="govuk-list govuk-error-summary__list">{items}</ul>
            </div>
        </div>
        <h1 class="govuk-heading-xl">{title.to_owned()}</h1>
        <p class="govuk-body">
            "A consultation is lawful when it is held while things can still change, gives enough \
             reasons and information, and leaves enough time. These checks support that; they are \
             not legal advice."
        </p>
        {link_button(ButtonKind::Primary, at(""), "Go back and fix it")}
    }
    .into_any()
}

/// Sends it back with a note of what has to change.
pub fn send_back(slug: &str, title: &str, state: &FormState) -> AnyView {
    let at = |part: &str| paths::desk_consultation(slug, part);
    let fields = view! {
        {text_area(state, Field::new("note", "What has to change?").hint("Its authors read this. It stays in the record."))}
        {button(ButtonKind::Primary, "Send it back")}
    };
    view! {
        {parts::back_link(at(""), "Back")}
        {error_summary(&state.errors)}
        {parts::heading(title, "Send it back to be changed", "")}
        {post_form(at("send-back"), fields)}
    }
    .into_any()
}

/// Asks before a consultation is withdrawn.
pub fn withdraw(slug: &str, title: &str) -> AnyView {
    let at = |part: &str| paths::desk_consultation(slug, part);
    view! {
        {parts::back_link(at(""), "Back")}
        <h1 class="govuk-heading-xl">{format!("Withdraw “{title}”?")}</h1>
        <p class="govuk-body">"It will not open, and only your teams will be able to read it. This can’t be undone."</p>
        {button_group(view! {
            {button_form(at("withdraw"), ButtonKind::Warning, "Withdraw it", &[])}
            <a class="govuk-link" href=at("")>"Keep it"</a>
        })}
    }
    .into_any()
}
