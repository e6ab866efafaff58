//! The receipt, made to be printed, and where it is looked up.

use domain::response::read::ReceiptView;
use leptos::prelude::*;

use crate::paths;
use crate::ui::dates;
use crate::ui::field::{Field, text_input};
use crate::ui::form::{ButtonKind, FormState, button, error_summary, post_form};
use crate::ui::parts;
use crate::ui::receipt::{mail_form, mailed_notice};

/// The receipt of a response just sent.
pub fn receipt(view: ReceiptView, state: &FormState) -> AnyView {
    let already = view.already_sent.then(|| {
        parts::notification(
            false,
            "You had sent this response before",
            view! {
                <p class="govuk-notification-banner__heading">
                    "We have your first answers. What you changed after sending was not saved. Use \
                     the contact on the consultation’s page if something must be corrected."
                </p>
            },
        )
    });
    let vote = view.about.voting.then(|| {
        view! {
            <li>
                <a class="govuk-link" href=paths::vote(&view.about.slug)>
                    "Say whether you agree with other people’s statements"
                </a>
            </li>
        }
    });
    let closes = view
        .about
        .closes
        .map(|at| format!("The consultation closes on {}.", dates::until(at)));
    view! {
        {error_summary(&state.errors)}
        {already}
        {mailed_notice(view.mailed)}
        {parts::panel("We have your response", view! {
            "Your receipt code"
            <br/>
            <strong class="app-code">{view.code.clone()}</strong>
        })}
        <p class="govuk-body">{format!("For: {}", view.about.title)}</p>
        <p class="govuk-body">{format!("Received on {}.", dates::long(view.at))}</p>
        <p class="govuk-body">
            "Keep this code: print this page, write the code down or have it sent to you. We do \
             not keep the code itself, so we can’t tell it to you again."
        </p>
        <h2 class="govuk-heading-m">"What happens next"</h2>
        <ol class="govuk-list govuk-list--number">
            <li>"A person checks your words before any of them are published."</li>
            <li>{closes} " The team then reads all responses and answers what people raised."</li>
            <li>"The decision is published, with what was done and what was not, and why."</li>
        </ol>
        <ul class="govuk-list">
            <li>
                <a class="govuk-link" href=paths::RECEIPT>"Follow your response with the code"</a>
            </li>
            {vote}
            <li>
                <a class="govuk-link" href=paths::consultation(&view.about.slug)>
                    "Go back to the consultation"
                </a>
            </li>
        </ul>
        {mail_form(paths::receipt(&view.about.slug), state)}
    }
    .into_any()
}

/// Where a code is entered.
pub fn look_up(state: &FormState) -> AnyView {
    let form = view! {
        {text_input(
            state,
            Field::new("code", "Receipt code")
                .hint("Four groups of letters and numbers, like ABCD-EFGH-2345-6789. Capital \
                    letters, spaces and dashes do not matter.")
                .width(20)
                .autocomplete("off"),
        )}
        {button(ButtonKind::Primary, "Show my response")}
    };
    view! {
        {error_summary(&state.errors)}
        <h1 class="govuk-heading-xl">"Follow your response"</h1>
        <p class="govuk-body">
            "Enter the code of your receipt to see whether your words were published, what the \
             team answered and what was decided. No name or account needed."
        </p>
        {post_form(paths::RECEIPT, form)}
    }
    .into_any()
}
