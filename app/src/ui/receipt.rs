//! Having a receipt sent by email: the form, and the word that it was done.

use leptos::prelude::*;

use super::conflict::key_field;
use super::field::{Field, text_input};
use super::form::{ButtonKind, FormState, button, post_form};
use super::parts::notification;

/// The form, on screen only: a printed receipt needs none. Sent twice, it is one letter.
pub fn mail_form(action: impl Into<String>, state: &FormState) -> AnyView {
    let field = Field::new("email", "Email address")
        .hint("Used for this one message only.")
        .kind("email")
        .autocomplete("email");
    let inside = view! {
        {key_field(state)}
        {text_input(state, field)}
        {button(ButtonKind::Secondary, "Email me this receipt")}
    };
    view! {
        <section class="govuk-!-display-none-print">
            <h2 class="govuk-heading-m">"Send the receipt to yourself"</h2>
            {post_form(action, inside)}
        </section>
    }
    .into_any()
}

/// That it was sent.
pub fn mailed_notice(mailed: bool) -> Option<AnyView> {
    let words = "We have sent the receipt to that address.";
    let inside = view! { <p class="govuk-notification-banner__heading">{words}</p> };
    mailed.then(|| notification(true, "Receipt sent", inside))
}
