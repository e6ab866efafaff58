//! How somebody gets their ballot paper: by a letter, by email, or by the code they have.

use domain::poll::Electorate;
use domain::poll::read::PollView;
use leptos::prelude::*;

use super::{part, top, wards};
use crate::messages::poll::voter as words;
use crate::poll::forms::CODE;
use crate::ui::field::{Field, text_input};
use crate::ui::form::{ButtonKind, FormState, button, error_summary, hidden, post_form};
use crate::ui::parts;

/// The page. `signed` is a fresh voting code for the form of a letter.
pub fn entry(view: &PollView, signed: &str, state: &FormState) -> AnyView {
    let form = match &view.poll.electorate {
        Electorate::Register => post_form(
            part(view, "issue"),
            view! {
                {hidden(CODE, signed)}
                {text_input(
                    state,
                    Field::new("letter", "The code on your letter")
                        .hint("Four groups of letters and numbers. Capital letters, spaces and \
                            dashes do not matter.")
                        .width(20)
                        .autocomplete("off"),
                )}
                {button(ButtonKind::Primary, "Get my ballot paper")}
            },
        ),
        Electorate::Email | Electorate::Ward { .. } => {
            let postcode = matches!(view.poll.electorate, Electorate::Ward { .. }).then(|| {
                text_input(
                    state,
                    Field::new("postcode", "Your postcode")
                        .hint("To check that you live where the vote is held. We do not keep it.")
                        .width(10)
                        .autocomplete("postal-code"),
                )
            });
            post_form(
                part(view, "request"),
                view! {
                    {text_input(
                        state,
                        Field::new("email", "Your email address")
                            .hint("We send one link to it and keep a fingerprint of it, so that \
                                each address votes once. Your ballot is not linked to it.")
                            .kind("email")
                            .autocomplete("email"),
                    )}
                    {postcode}
                    {button(ButtonKind::Primary, "Send me a link")}
                },
            )
        }
        Electorate::Open => ().into_any(),
    };
    view! {
        {error_summary(&state.errors)}
        {top(view, "Get your ballot paper")}
        <p class="govuk-body">
            {words::electorate(&view.poll.electorate, &wards(view))}
            " Nobody can tell how you vote: we note that a ballot paper was given out, never which."
        </p>
        {form}
        <h2 class="govuk-heading-m">"Do you already have a ballot paper?"</h2>
        <p class="govuk-body">
            <a class="govuk-link" href=part(view, "open")>"Open it with your voting code"</a>
        </p>
    }
    .into_any()
}

/// Where somebody types the voting code of a paper they have.
pub fn ask_code(view: &PollView, state: &FormState) -> AnyView {
    let form = view! {
        {text_input(
            state,
            Field::new("code", "Your voting code")
                .hint("Four groups of letters and numbers. Capital letters, spaces and dashes do \
                    not matter.")
                .width(20)
                .autocomplete("off"),
        )}
        {button(ButtonKind::Primary, "Open my ballot paper")}
    };
    view! {
        {error_summary(&state.errors)}
        {top(view, "Open your ballot paper")}
        {post_form(part(view, "open"), form)}
    }
    .into_any()
}

/// The letter is on its way, or would be.
pub fn sent(view: &PollView) -> AnyView {
    view! {
        {top(view, "Check your email")}
        <p class="govuk-body-l">
            "If the address can have a ballot paper, a message is on its way to it."
        </p>
        <p class="govuk-body">
            "Open the link in it within three days. Nothing there after ten minutes? Look in your \
             spam or junk folder, or ask again."
        </p>
    }
    .into_any()
}

/// Where the link leads: opening it does nothing, the button does.
pub fn link(view: &PollView, token: &str, signed: &str, state: &FormState) -> AnyView {
    view! {
        {error_summary(&state.errors)}
        {top(view, "Your ballot paper is ready")}
        <p class="govuk-body">
            "The link gives one ballot paper, and a voting code that only you will know."
        </p>
        {post_form(part(view, "issue"), view! {
            {hidden(CODE, signed)}
            {hidden("token", token)}
            {button(ButtonKind::Primary, "Get my ballot paper")}
        })}
        {parts::details("What is kept about me?", view! {
            <p class="govuk-body">
                "A fingerprint of your email address, and the day on which it was given a ballot \
                 paper. Your ballot is kept somewhere else, under a fingerprint of your voting \
                 code, and nothing links the two."
            </p>
        })}
    }
    .into_any()
}
