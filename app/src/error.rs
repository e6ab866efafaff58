//! The page for each way in which a request can fail. Says what happened and what to do next.

use domain::edit::Changed;
use leptos::prelude::*;

use crate::ui::conflict;

/// Title and body for this status; `reference` is shown where it helps us to find the fault.
pub fn page(status: u16, reference: &str) -> (String, AnyView) {
    let (title, first, second) = match status {
        403 => (
            "You can’t do this",
            "Your account does not have permission for this page.",
            "Ask your team’s administrator if you think it should.",
        ),
        405 => (
            "That can’t be done here",
            "This page can’t be used in that way.",
            "Go back and use the buttons and links on the page.",
        ),
        400 => (
            "We could not read what was sent",
            "Something in the form was not readable text.",
            "Go back, check what you typed and send it again.",
        ),
        413 => (
            "That is too large",
            "What you sent is too large. Nothing was saved.",
            "Go back and make it shorter, or send the document as a smaller file.",
        ),
        429 => (
            "Too many tries",
            "There were too many tries in a short time, so you need to wait a little.",
            "Try again in a few minutes. What you typed is still on the page before this one.",
        ),
        503 => (
            "We can’t save anything just now",
            "The service is busy or its disk is full. What you sent was not saved.",
            "Go back, where your answers still are, and send them again in a minute.",
        ),
        500 => (
            "Something went wrong on our side",
            "It is not your fault. What you sent may not have been saved.",
            "Go back and try again. If it happens again, tell us and give the reference below.",
        ),
        _ => (
            "Page not found",
            "There is no page at this address.",
            "Check the address, or start from the home page.",
        ),
    };
    let reference = (!reference.is_empty()).then(|| {
        view! { <p class="govuk-body">"Reference: " <strong>{reference.to_owned()}</strong></p> }
    });
    let body = view! {
        <h1 class="govuk-heading-xl">{title}</h1>
        <p class="govuk-body">{first}</p>
        <p class="govuk-body">{second}</p>
        {reference}
        <p class="govuk-body">
            <a class="govuk-link" href="/">"Go to the home page"</a>
        </p>
    }
    .into_any();
    (title.to_owned(), body)
}

/// The page where somebody else was a moment earlier, and there is no form to show both in.
pub fn changed(changed: &Changed) -> (String, AnyView) {
    let title = "Somebody changed this a moment ago";
    let body = view! {
        <h1 class="govuk-heading-xl">{title}</h1>
        <p class="govuk-body">{conflict::sentence(changed)}</p>
        <p class="govuk-body">"What you asked for was not done. Go back, load the page again and decide on what it says now."</p>
    }
    .into_any();
    (title.to_owned(), body)
}
