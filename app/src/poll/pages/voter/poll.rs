//! The vote before voting: what is asked, who can vote, what is on the paper, how it is counted.

use domain::poll::policy::CastRefused;
use domain::poll::read::{PollView, PublicTurnout};
use leptos::prelude::*;

use super::{facts, part, wards};
use crate::messages::poll::{result as results, voter as words};
use crate::paths;
use crate::poll::pages::result::{SEALED, public_turnout};
use crate::ui::form::{ButtonKind, link_button};
use crate::ui::markdown;
use crate::ui::parts::{self, SummaryRow, Tone};

/// The page. `holds` is whether this browser holds a voting code.
pub fn poll(view: &PollView, turnout: &PublicTurnout, holds: bool) -> AnyView {
    let poll = &view.poll;
    let (tone, state) = match (view.open, view.closed) {
        (true, _) => (Tone::Live, "Open"),
        (_, true) => (Tone::Done, "Voting has ended"),
        _ => (Tone::Waiting, "Opens soon"),
    };
    let (weight, _) = results::weight(poll.binding);
    let invented = view
        .invented
        .then(|| parts::inset("This vote is invented, to show how Soundings works."));
    let help = (!poll.help.is_empty()).then(|| parts::prose(markdown::render(&poll.help)));
    let head = view! {
        <p class="app-tags">{parts::tag(tone, state)} " " {parts::tag(Tone::Neutral, weight)}</p>
        <span class="govuk-caption-xl">{view.title.clone()}</span>
        <h1 class="govuk-heading-xl">{poll.question.clone()}</h1>
        {invented}
        {help}
        {next(view, holds)}
    };
    view! {
        {parts::back_link(paths::consultation(&view.slug), "Back to the consultation")}
        {parts::page_with_facts(head, about(view, turnout), reading(view))}
    }
    .into_any()
}

fn next(view: &PollView, holds: bool) -> AnyView {
    if view.open {
        let (text, other) = if holds {
            ("Open your ballot paper", "Check your ballot")
        } else {
            ("Vote", "I have voted: check my ballot")
        };
        return view! {
            <div class="govuk-button-group">
                {link_button(ButtonKind::Primary, part(view, "paper"), text)}
                <a class="govuk-link" href=part(view, "check")>{other}</a>
            </div>
        }
        .into_any();
    }
    if view.closed {
        let (kind, text) = if view.result_visible {
            (ButtonKind::Primary, "See the result")
        } else {
            (ButtonKind::Secondary, "When the result comes")
        };
        return view! {
            <div class="govuk-button-group">
                {link_button(kind, part(view, "result"), text)}
                <a class="govuk-link" href=part(view, "check")>"Check your ballot"</a>
            </div>
        }
        .into_any();
    }
    parts::inset(format!("You can vote from {}.", view.opens))
}

fn about(view: &PollView, turnout: &PublicTurnout) -> AnyView {
    let poll = &view.poll;
    let (rule, _) = results::rule(&poll.method);
    let (weight, weight_means) = results::weight(poll.binding);
    let mut rows = Vec::new();
    if view.closed {
        rows.push(SummaryRow::text("Ended", view.closes.clone()));
    } else {
        rows.push(SummaryRow::text("Ends", view.closes.clone()));
    }
    rows.extend([
        SummaryRow::text(
            "Who can vote",
            words::electorate(&poll.electorate, &wards(view)),
        ),
        SummaryRow::text("How sure", words::strength(poll.electorate.strength())),
        SummaryRow::view(
            "Weight",
            view! { <strong>{weight}</strong>". " {weight_means} },
        ),
        SummaryRow::text("Counted by", rule),
        SummaryRow::text("Have voted", public_turnout(turnout)),
    ]);
    if !view.result_visible {
        rows.push(SummaryRow::text("Sealed", SEALED));
    }
    parts::summary_list(rows)
}

fn reading(view: &PollView) -> AnyView {
    let poll = &view.poll;
    let heading = if poll.options.iter().any(|one| one.cost.is_some()) {
        "The projects"
    } else {
        "On the ballot paper"
    };
    let options = poll
        .options
        .iter()
        .map(|one| {
            let facts = facts(view, one);
            let facts =
                (!facts.is_empty()).then(|| view! { <p class="app-option__facts">{facts}</p> });
            let description = (!one.description.is_empty())
                .then(|| view! { <p class="govuk-body">{one.description.clone()}</p> });
            view! {
                <li class="app-option">
                    {super::paper::picture(one)}
                    <div class="app-option__words">
                        <h3 class="govuk-heading-s app-option__name">{one.name.clone()}</h3>
                        {facts}
                        {description}
                    </div>
                </li>
            }
        })
        .collect_view();
    let (rule, means) = results::rule(&poll.method);
    view! {
        <h2 class="govuk-heading-l">{heading}</h2>
        <ol class="app-options">{options}</ol>
        <h2 class="govuk-heading-l">"How it is counted"</h2>
        <p class="govuk-body"><strong>{rule}</strong>". " {means}</p>
        <p class="govuk-body">
            "When voting has ended, every ballot is published without a name, so that anyone can \
             count again. You get a voting code, so that only you can find your own ballot there."
        </p>
        {parts::details("For those who want to check draws by lot", view! {
            <p class="govuk-body">
                "Where a tie is broken by lot, the draw follows from a seed that was fixed before \
                 voting began and is published with the result. This is its SHA-256:"
            </p>
            <p class="app-hash app-hash--block">{poll.seed_hash.clone()}</p>
        })}
    }
    .into_any()
}

/// Nobody can vote now.
pub fn not_now(view: &PollView, refused: CastRefused) -> AnyView {
    let (heading, text) = words::cast(refused, &view.opens, &view.closes);
    view! {
        {super::top(view, heading)}
        <p class="govuk-body-l">{text}</p>
        <p class="govuk-body">
            <a class="govuk-link" href=part(view, "check")>"Check your ballot"</a>
        </p>
    }
    .into_any()
}
