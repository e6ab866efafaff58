//! The page for each way in which a request can fail. Says what happened and what to do next.
//!
//! Invariant: what somebody wrote in the form that was refused stands on the page, to be copied or sent
//! again: no refusal loses words. Of what was too large to keep, the beginning does, and the page says so.

use domain::edit::Changed;
use leptos::prelude::*;

use crate::pairs::Pairs;
use crate::paths;
use crate::ui::conflict;
use crate::ui::form::{ButtonKind, button, hidden, post_form};

/// The form that was refused.
#[derive(Clone, Copy, Debug)]
pub struct Sent<'a> {
    /// What it held.
    pub pairs: &'a Pairs,
    /// Where it was sent.
    pub to: &'a str,
    /// Whether files came with it, which can't be sent again without their owner.
    pub files: bool,
    /// Whether this is only the beginning of it.
    pub cut: bool,
}

impl Sent<'_> {
    /// Whether something would be lost with it: what was typed, or what was asked for by a button.
    pub fn holds_anything(&self) -> bool {
        !self.pairs.is_blank()
    }
}

/// Title and body for this status; `reference` is shown where it helps us to find the fault, `sent` is
/// the form that was refused.
pub fn page(status: u16, reference: &str, sent: Option<Sent<'_>>) -> (String, AnyView) {
    let (title, first, second) = match status {
        401 => (
            "Sign in again",
            "You are no longer signed in, so this was not saved.",
            "Sign in in another tab, come back to this page and send it again.",
        ),
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
        {(status == 401).then(|| view! {
            <p class="govuk-body">
                <a class="govuk-link" href=paths::SIGN_IN target="_blank" rel="noopener">"Sign in (opens in a new tab)"</a>
            </p>
        })}
        {sent.map(|sent| kept(status, sent))}
        <p class="govuk-body">
            <a class="govuk-link" href="/">"Go to the home page"</a>
        </p>
    }
    .into_any();
    (title.to_owned(), body)
}

/// Said above words that are only the beginning of what somebody typed.
const CUT: &str =
    "This is only the beginning of it: it is too long for this page. Go back for the rest.";

/// What somebody wrote, and a way to send it again where that may help.
fn kept(status: u16, sent: Sent<'_>) -> AnyView {
    if sent.pairs.is_blank() {
        return ().into_any();
    }
    let words: Vec<AnyView> = sent
        .pairs
        .words()
        .map(|words| {
            view! { <div class="govuk-inset-text app-lines" dir="auto">{words.to_owned()}</div> }
                .into_any()
        })
        .collect();
    let words = (!words.is_empty()).then(|| {
        view! {
            <h2 class="govuk-heading-m">"What you typed"</h2>
            <p class="govuk-body">"Copy what you want to keep before you leave this page."</p>
            {sent.cut.then(|| view! { <p class="govuk-body">{CUT}</p> })}
            {words}
        }
    });
    let file = sent.files.then(|| {
        view! {
            <p class="govuk-body">"A file came with it, which this page can’t keep. Go back, choose the file again and send the form from there."</p>
        }
    });
    // It may pass by itself, or with a new session; the key in the form makes twice what once makes.
    let passes = matches!(status, 401 | 429 | 500 | 503);
    let whole = !sent.files && !sent.cut;
    let again = (passes && whole && !sent.pairs.has_password()).then(|| {
        let fields: Vec<AnyView> = sent
            .pairs
            .iter()
            .map(|(name, value)| hidden(name, value))
            .collect();
        post_form(
            sent.to,
            view! { {fields} {button(ButtonKind::Primary, "Send it again")} },
        )
    });
    view! {
        {words}
        {file}
        {again}
    }
    .into_any()
}

/// The page where somebody else was a moment earlier, and there is no form to show both in.
pub fn changed(changed: &Changed, sent: Option<Sent<'_>>) -> (String, AnyView) {
    let title = "Somebody changed this a moment ago";
    let body = view! {
        <h1 class="govuk-heading-xl">{title}</h1>
        <p class="govuk-body">{conflict::sentence(changed)}</p>
        <p class="govuk-body">"What you asked for was not done. Go back, load the page again and decide on what it says now."</p>
        {sent.map(|sent| kept(422, sent))}
    }
    .into_any();
    (title.to_owned(), body)
}
