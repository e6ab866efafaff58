//! The receipt of a ballot, made to be printed, and finding the ballot again by its code.

use domain::code::Code;
use domain::poll::Choices;
use domain::poll::read::{PaperView, PollView};
use leptos::prelude::*;

use super::paper::forget;
use super::{part, top};
use crate::messages::poll::voter as words;
use crate::paths;
use crate::ui::chart::number_text;
use crate::ui::field::{Field, text_input};
use crate::ui::form::{ButtonKind, FormState, button, error_summary, link_button, post_form};
use crate::ui::parts;

/// The receipt.
pub fn receipt(shown: &PaperView, commitment: &str) -> AnyView {
    let view = &shown.view;
    view! {
        {parts::panel("Your ballot is cast", view! {
            "Your voting code"
            <br/>
            <strong class="app-code">{shown.code.clone()}</strong>
        })}
        <p class="govuk-body">{format!("The vote: {}", view.poll.question)}</p>
        <p class="govuk-body">
            "Keep the code: print this page or write it down. It opens, changes and checks your \
             ballot, and nobody else has it. We do not send it to anyone."
        </p>
        <h2 class="govuk-heading-m">"How to check that it was counted"</h2>
        <ol class="govuk-list govuk-list--number">
            <li>{format!("Voting ends: {}. Until then you can change your ballot.", view.closes)}</li>
            <li>"Then every ballot is published, without a name, each under a fingerprint like yours."</li>
            <li>
                "Come back with your code and see your line, or look for this fingerprint yourself. \
                 If you change your ballot, it changes too."
            </li>
        </ol>
        <p class="app-hash app-hash--block">{commitment.to_owned()}</p>
        {parts::details("What the fingerprint is made of", view! {
            <p class="govuk-body">
                "It is the SHA-256 of three lines: the address of the vote, your voting code without \
                 its dashes, and your marks as option:value with a space between. The command "
                <code>"soundings count"</code>
                " finds it in the published file and counts every ballot again."
            </p>
            <pre class="app-hash app-hash--block">{format!(
                "{}\n{}\n{}",
                paths::poll(&view.slug, view.poll.number),
                Code::typed(&shown.code).look_alikes_as_digits().letters(),
                shown.cast.as_ref().map(Choices::text).unwrap_or_default(),
            )}</pre>
        })}
        <ul class="govuk-list govuk-!-display-none-print">
            <li><a class="govuk-link" href=part(view, "paper")>"Change your ballot"</a></li>
            <li><a class="govuk-link" href=part(view, "check")>"Check your ballot"</a></li>
            <li>
                <a class="govuk-link" href=paths::consultation(&view.slug)>
                    "Go back to the consultation"
                </a>
            </li>
        </ul>
        {forget(view)}
    }
    .into_any()
}

/// What a code has found when a ballot is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckedBallot {
    /// A paper that was not cast.
    NotCast,
    /// A ballot; its marks are shown only if asked for.
    Cast(Option<Choices>),
    /// A line of the published list.
    Listed {
        /// Its place, from 1.
        line: u64,
        /// Of how many.
        of: u64,
        /// What it says.
        choices: Choices,
        /// Whether it was set aside.
        set_aside: bool,
        /// Its commitment.
        commitment: String,
    },
}

/// The check: where the code is typed, and what it has found. `holds` is whether the browser holds
/// a code, so that none need be typed.
pub fn check(
    view: &PollView,
    found: Option<&CheckedBallot>,
    holds: bool,
    state: &FormState,
) -> AnyView {
    let answer = found.map(|found| answer(view, found));
    let other = found.is_some() || holds;
    let held = (holds && found.is_none()).then(|| {
        view! {
            <form method="post" action=part(view, "check")>
                <input type="hidden" name="held" value="yes"/>
                {button(ButtonKind::Primary, "Check the ballot cast in this browser")}
            </form>
        }
    });
    let kind = if other {
        ButtonKind::Secondary
    } else {
        ButtonKind::Primary
    };
    let typed = found.is_none().then(|| post_form(part(view, "check"), view! {
        {text_input(
            state,
            Field::new("code", "Your voting code")
                .hint("Four groups of letters and numbers. Capital letters, spaces and dashes do \
                    not matter.")
                .width(20)
                .autocomplete("off"),
        )}
        {button(kind, "Check this code")}
    }));
    view! {
        {error_summary(&state.errors)}
        {top(view, "Check your ballot")}
        {answer}
        {held}
        {typed}
        {found.is_some().then(|| forget(view))}
    }
    .into_any()
}

fn marks(view: &PollView, choices: &Choices) -> AnyView {
    if choices.is_blank() {
        return view! { <p class="govuk-body">"It is blank."</p> }.into_any();
    }
    let poll = &view.poll;
    let rows = choices
        .marks()
        .iter()
        .filter_map(|mark| {
            let name = poll.option(mark.option)?.name.clone();
            Some(parts::SummaryRow::text(
                name,
                words::mark(&poll.method, mark.value),
            ))
        })
        .collect();
    parts::summary_list(rows)
}

fn answer(view: &PollView, found: &CheckedBallot) -> AnyView {
    let change = view.open.then(|| {
        link_button(
            ButtonKind::Secondary,
            part(view, "paper"),
            "Open your ballot paper",
        )
    });
    match found {
        CheckedBallot::NotCast => view! {
            <p class="govuk-body-l">"This ballot paper has not been cast."</p>
            {change}
        }
        .into_any(),
        CheckedBallot::Cast(None) => view! {
            <p class="govuk-body-l">"Your ballot is cast."</p>
            <p class="govuk-body">
                "What it says is not shown here unless you ask, in case somebody looks over your shoulder."
            </p>
            <form method="post" action=part(view, "check")>
                <input type="hidden" name="held" value="yes"/>
                <input type="hidden" name="show" value="yes"/>
                {button(ButtonKind::Primary, "Show what it says")}
            </form>
            {change}
        }
        .into_any(),
        CheckedBallot::Cast(Some(choices)) => view! {
            <p class="govuk-body-l">"Your ballot is cast. It says:"</p>
            {marks(view, choices)}
            {change}
        }
        .into_any(),
        CheckedBallot::Listed { line, of, choices, set_aside, commitment } => {
            let aside = set_aside.then(|| parts::inset(
                "This ballot was set aside, as one of many that may not be people’s own. The result \
                 is published with and without such ballots. Tell the people who ask if that is wrong.",
            ));
            view! {
                <p class="govuk-body-l">
                    {format!(
                        "Your ballot is line {} of {} in the published list. It says:",
                        number_text(*line), number_text(*of),
                    )}
                </p>
                {marks(view, choices)}
                {aside}
                <p class="govuk-body">"Its fingerprint, so that you can find it in the list yourself:"</p>
                <p class="app-hash app-hash--block">{commitment.clone()}</p>
                <p class="govuk-body">
                    <a class="govuk-link" href=part(view, "ballots.json")>"The published list (JSON)"</a>
                </p>
            }
            .into_any()
        }
    }
}
