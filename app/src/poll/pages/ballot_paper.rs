//! The ballot paper to print, and the page that keys one that came back.

use domain::consultation::draft::Contact;
use domain::poll::model::BudgetForm;
use domain::poll::read::{DeskPoll, PollView};
use domain::poll::{BallotRefused, Electorate, Method, Poll, PollOption};
use domain::vote::tally;
use leptos::prelude::*;

use super::desk_frame::framed;
use crate::messages::poll::result::pounds;
use crate::paths;
use crate::ui::conflict::key_field;
use crate::ui::field::{Field, text_input};
use crate::ui::form::{ButtonKind, FormState, button, hidden, post_form};
use crate::ui::parts;

/// Whether a mark is a cross, a rank or a number of points.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Cross,
    Rank,
    Points,
}

fn mark(method: &Method) -> Mark {
    match method {
        Method::Points {
            form: tally::Rule::Approval { .. },
            ..
        } => Mark::Cross,
        Method::Points { .. } => Mark::Points,
        Method::Ranked { .. } => Mark::Rank,
        Method::Budget { form, .. } => match form {
            BudgetForm::Knapsack | BudgetForm::Approval { .. } => Mark::Cross,
            BudgetForm::Score { .. } | BudgetForm::Cumulative { .. } => Mark::Points,
            BudgetForm::Ordinal { .. } => Mark::Rank,
        },
    }
}

/// How to mark the paper, for who marks it.
fn how(method: &Method) -> String {
    let limit = |most: Option<u32>| match most {
        Some(1) => "Put a cross beside one.".to_owned(),
        Some(most) => format!("Put a cross beside up to {most}."),
        None => "Put a cross beside every one you like. As many as you want.".to_owned(),
    };
    let order = |most: Option<u32>| match most {
        Some(most) => format!(
            "Write 1 beside your first choice, 2 beside your second, and so on, up to {most}."
        ),
        None => "Write 1 beside your first choice, 2 beside your second, and so on. You can stop \
                 when you like."
            .to_owned(),
    };
    match method {
        Method::Points { form, .. } => match form {
            tally::Rule::Approval { most } => limit(*most),
            tally::Rule::Score { top } => {
                format!("Give each a number from 0 to {top}. {top} is best.")
            }
            tally::Rule::Dot { points, most_each } => {
                let each = most_each
                    .map(|most| format!(" No more than {most} for one."))
                    .unwrap_or_default();
                format!("You have {points} points. Share them out as you like.{each}")
            }
        },
        Method::Ranked { .. } => order(None),
        Method::Budget { total, form, .. } => match form {
            BudgetForm::Knapsack => format!(
                "Put a cross beside the projects you want. Together they must cost no more than {}.",
                pounds(*total)
            ),
            BudgetForm::Approval { most } => limit(*most),
            BudgetForm::Score { top } => {
                format!("Give each project a number from 0 to {top}. {top} is best.")
            }
            BudgetForm::Cumulative { points } => {
                format!(
                    "You have {points} points. Share them out between the projects as you like."
                )
            }
            BudgetForm::Ordinal { most } => order(*most),
        },
    }
}

/// The paper, in ordinary or large print.
pub fn ballot_paper(view: &DeskPoll, large: bool) -> AnyView {
    let shown = &view.view;
    let poll = &shown.poll;
    let class = if large {
        "app-paper app-paper--large"
    } else {
        "app-paper"
    };
    let code = (poll.electorate == Electorate::Register).then(|| {
        view! {
            <div class="app-paper__code">
                <p>"Write the code of your letter here:"</p>
                <p class="app-paper__boxes" aria-hidden="true">{boxes()}</p>
            </div>
        }
    });
    let options = poll
        .options
        .iter()
        .map(|one| paper_option(shown, one))
        .collect_view();
    let invented = shown
        .invented
        .then(|| view! { <p class="app-paper__small">"Invented for a demonstration."</p> });
    let other = paths::desk_poll(
        &shown.slug,
        poll.number,
        if large {
            "ballot-paper"
        } else {
            "ballot-paper?large=yes"
        },
    );
    let Contact { name, email } = &view.contact;
    view! {
        <div class="app-screen-only">
            {parts::back_link(paths::desk_poll(&shown.slug, poll.number, ""), "Back to the poll")}
            <p class="govuk-body">
                "Use the print command of your browser. "
                <a class="govuk-link" href=other>{if large { "Show it in ordinary print" } else { "Show it in large print" }}</a>
            </p>
        </div>
        <article class=class>
            <p class="app-paper__small">"Ballot paper · " {shown.title.clone()}</p>
            <h1 class="app-paper__question">{poll.question.clone()}</h1>
            <p class="app-paper__how">{how(&poll.method)}</p>
            <ol class="app-paper__options">{options}</ol>
            {code}
            <p class="app-paper__small">
                {format!("Send or bring it back by {}. Your vote is secret: do not write your name on this paper. Questions? {name}, {email}", shown.closes)}
            </p>
            {invented}
        </article>
    }
    .into_any()
}

/// Four groups of four empty boxes.
fn boxes() -> AnyView {
    (0..4)
        .map(|_| {
            let group = (0..4)
                .map(|_| view! { <span class="app-paper__box app-paper__box--small"></span> })
                .collect_view();
            view! { <span class="app-paper__group">{group}</span> }
        })
        .collect_view()
        .into_any()
}

fn paper_option(view: &PollView, one: &PollOption) -> AnyView {
    let mut facts = Vec::new();
    if let Some(cost) = one.cost {
        facts.push(pounds(cost));
    }
    if let Some(area) = one.area {
        facts.push(view.area_name(area.0));
    }
    let facts = (!facts.is_empty())
        .then(|| view! { <span class="app-paper__facts">{facts.join(" · ")}</span> });
    let told = (!one.description.is_empty())
        .then(|| view! { <span class="app-paper__told">{one.description.clone()}</span> });
    view! {
        <li class="app-paper__option">
            <span class="app-paper__box" aria-hidden="true"></span>
            <span class="app-paper__words">
                <strong>{one.name.clone()}</strong>
                {facts}
                {told}
            </span>
        </li>
    }
    .into_any()
}

/// The name of an option's field in the keying form.
pub fn mark_field(position: i32) -> String {
    format!("mark-{position}")
}

/// Keys a ballot that came on paper: the first time, or again to compare. `first` is the signed
/// first keying, empty the first time.
pub fn paper_votes(view: &DeskPoll, state: &FormState, first: &str, keyed: Option<u64>) -> AnyView {
    let poll = &view.view.poll;
    let again = !first.is_empty();
    let done = keyed.map(|total| {
        let in_all = if total == 1 {
            "1 ballot has been keyed".to_owned()
        } else {
            format!("{total} ballots have been keyed")
        };
        parts::notification(
            true,
            "Counted",
            view! {
                <p class="govuk-notification-banner__heading">
                    {format!("The ballot is in. {in_all} from paper.")}
                </p>
            },
        )
    });
    let code = (poll.electorate == Electorate::Register).then(|| {
        text_input(
            state,
            Field::new("code", "The code on the paper")
                .hint("Four groups of four. It is on the voter’s letter too.")
                .width(20),
        )
    });
    let fields = poll
        .options
        .iter()
        .map(|one| keyed_field(poll, one, state))
        .collect_view();
    let (heading, told, next) = if again {
        (
            "Key it a second time",
            "Look at the paper again and key it once more. The two keyings are compared. Better still, \
             let somebody else do it.",
            "Compare and count",
        )
    } else {
        (
            "Key a ballot from paper",
            "Key exactly what the paper says. A paper without a mark is keyed blank, and counted as blank.",
            "Go on to the second keying",
        )
    };
    let inside = view! {
        {done}
        <p class="govuk-body">{told}</p>
        <p class="govuk-body"><strong>{how(&poll.method)}</strong></p>
        {post_form(
            paths::desk_poll(&view.view.slug, poll.number, "paper-votes"),
            view! {
                {hidden("first", first.to_owned())}
                {key_field(state)}
                {code}
                <fieldset class="govuk-fieldset">
                    <legend class="govuk-fieldset__legend govuk-fieldset__legend--m" id="marks">"Marks on the paper"</legend>
                    {fields}
                </fieldset>
                {button(ButtonKind::Primary, next)}
            },
        )}
    };
    framed(view, state, heading, inside)
}

fn keyed_field(poll: &Poll, one: &PollOption, state: &FormState) -> AnyView {
    let name = mark_field(one.position);
    let label = match one.cost {
        Some(cost) => format!("{}, {}", one.name, pounds(cost)),
        None => one.name.clone(),
    };
    match mark(&poll.method) {
        Mark::Cross => crate::ui::choice::checkbox(state, Field::new(name, label), "1"),
        Mark::Rank | Mark::Points => text_input(state, Field::new(name, label).width(3)),
    }
}

/// Why a ballot on paper can't be counted as it was keyed: the field, and what to do.
pub fn refused(poll: &Poll, refused: BallotRefused) -> (String, String) {
    let first = poll
        .options
        .first()
        .map(|one| mark_field(one.position))
        .unwrap_or_default();
    let name = |position: i32| {
        poll.option(position)
            .map(|one| one.name.clone())
            .unwrap_or_default()
    };
    match refused {
        BallotRefused::NotOnThePaper => (
            first,
            "A mark is not a number, or is beside nothing on this paper".to_owned(),
        ),
        BallotRefused::Ranks { rank } => (
            first,
            format!(
                "The number {rank} is missing or is there twice. Key only the numbers before \
                it"
            ),
        ),
        BallotRefused::TooMany { given, most } => (
            first,
            format!("{given} are marked, and {most} may be. This paper is spoilt: key it blank"),
        ),
        BallotRefused::TooMuchForOne { option, most } => (
            mark_field(option),
            format!(
                "{} has more than {most}. This paper is spoilt: key it blank",
                name(option)
            ),
        ),
        BallotRefused::TooManyPoints { given, most } => (
            first,
            format!(
                "{given} points are given, and there are {most}. This paper is spoilt: key it blank"
            ),
        ),
        BallotRefused::OverBudget { cost, total } => (
            first,
            format!(
                "The projects cost {}, and there is {}. This paper is spoilt: key it blank",
                pounds(cost),
                pounds(total)
            ),
        ),
    }
}
