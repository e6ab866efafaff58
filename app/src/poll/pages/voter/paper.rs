//! The ballot paper, and checking it before it is cast.

use domain::poll::model::BudgetForm;
use domain::poll::read::{PaperView, PollView};
use domain::poll::{Choices, Electorate, Method, Poll, PollOption};
use domain::vote::tally;
use leptos::prelude::*;

use super::{facts, part, top};
use crate::messages::poll::voter as words;
use crate::paths;
use crate::poll::forms::{BALLOT, CODE, mark_field};
use crate::poll::islands::Spent;
use crate::ui::field::error_message;
use crate::ui::form::{
    ButtonKind, FormState, button, button_group, error_summary, field_id, hidden,
};
use crate::ui::parts;

/// How one option is marked.
#[derive(Clone, Copy)]
enum Control {
    Cross,
    /// From 1 to this.
    Rank(u32),
    /// From 0 to this.
    Points(u32),
}

fn control(method: &Method, options: usize) -> Control {
    let options = u32::try_from(options).unwrap_or(u32::MAX);
    match method {
        Method::Ranked { .. } => Control::Rank(options),
        Method::Points { form, .. } => match *form {
            tally::Rule::Approval { .. } => Control::Cross,
            tally::Rule::Score { top } => Control::Points(top),
            tally::Rule::Dot { points, most_each } => {
                Control::Points(most_each.unwrap_or(points).min(points))
            }
        },
        Method::Budget { form, .. } => match *form {
            BudgetForm::Knapsack | BudgetForm::Approval { .. } => Control::Cross,
            BudgetForm::Score { top } => Control::Points(top),
            BudgetForm::Cumulative { points } => Control::Points(points),
            BudgetForm::Ordinal { most } => Control::Rank(most.unwrap_or(options).min(options)),
        },
    }
}

/// The picture of an option, with its description.
pub(super) fn picture(one: &PollOption) -> Option<AnyView> {
    let (token, alt) = one.picture.clone()?;
    Some(
        view! { <img class="app-option__picture" src=paths::document(&token) alt=alt loading="lazy"/> }
            .into_any(),
    )
}

/// The paper. `signed` is the voting code as the form carries it; `fresh` says that the paper was
/// issued just now.
pub fn paper(shown: &PaperView, signed: &str, fresh: bool, state: &FormState) -> AnyView {
    let view = &shown.view;
    let poll = &view.poll;
    let heading = if shown.cast.is_some() {
        "Change your ballot"
    } else {
        "Your ballot paper"
    };
    let kind = control(&poll.method, poll.options.len());
    let options = poll
        .options
        .iter()
        .map(|one| row(shown, kind, one, state))
        .collect_view();
    let spending = spending(&poll.method);
    let cast = shown
        .cast
        .as_ref()
        .map(|_| parts::inset("Your ballot is cast. If you cast another, it replaces this one."));
    let code = (poll.electorate != Electorate::Open).then(|| keep(&shown.code, fresh));
    let group = if state.error(BALLOT).is_some() {
        "govuk-form-group govuk-form-group--error"
    } else {
        "govuk-form-group"
    };
    view! {
        {error_summary(&state.errors)}
        {top(view, heading)}
        {code}
        {cast}
        <form method="post" action=part(view, "paper") novalidate class="app-ballot">
            {hidden(CODE, signed)}
            <div class=group>
                <fieldset class="govuk-fieldset" id=BALLOT tabindex="-1">
                    <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">
                        {words::how(&poll.method)}
                    </legend>
                    {error_message(state, BALLOT)}
                    <ol class="app-options">{options}</ol>
                </fieldset>
            </div>
            {spending.map(|spends| running_total(poll, spends, state))}
            {button_group(view! {
                {button(ButtonKind::Primary, "Check your ballot")}
                {spending.map(|_| count_button(view))}
            })}
        </form>
        {forget(view)}
    }
    .into_any()
}

/// What a ballot of this kind spends.
#[derive(Clone, Copy)]
enum Spends {
    /// The cost of each project that is chosen, of so many pence.
    Money(u64),
    /// Each point that is given, of so many.
    Points(u64),
}

fn spending(method: &Method) -> Option<Spends> {
    match method {
        Method::Points {
            form: tally::Rule::Dot { points, .. },
            ..
        }
        | Method::Budget {
            form: BudgetForm::Cumulative { points },
            ..
        } => Some(Spends::Points(u64::from(*points))),
        Method::Budget {
            total,
            form: BudgetForm::Knapsack,
            ..
        } => Some(Spends::Money(*total)),
        _ => None,
    }
}

/// What one mark on this option spends, for what adds them up.
fn spends_of(method: &Method, one: &PollOption) -> Option<u64> {
    Some(match spending(method)? {
        Spends::Money(_) => one.cost.unwrap_or(0),
        Spends::Points(_) => 1,
    })
}

/// What the marks of the form spend: it stays in sight while one goes down the paper.
fn running_total(poll: &Poll, spends: Spends, state: &FormState) -> AnyView {
    let spent = poll
        .options
        .iter()
        .filter_map(|one| {
            let times: u64 = state.get(&mark_field(one.position)).parse().ok()?;
            Some(spends_of(&poll.method, one)?.saturating_mul(times))
        })
        .fold(0, u64::saturating_add);
    let (of, pence) = match spends {
        Spends::Money(total) => (total, true),
        Spends::Points(points) => (points, false),
    };
    view! {
        <div class="app-spent">
            <Spent within=BALLOT.to_owned() of=of pence=pence spent=spent />
            <p class="app-spent__hint">"To add up again, choose “Work out what is left” below."</p>
        </div>
    }
    .into_any()
}

/// Has the server add up, and gives every mark back; not in sight where the page adds up itself.
fn count_button(view: &PollView) -> AnyView {
    let here = format!("{}#{BALLOT}", part(view, "paper"));
    view! {
        <button type="submit" class="govuk-button govuk-button--secondary app-spent__count" name="go" value="count" formaction=here>
            "Work out what is left"
        </button>
    }
    .into_any()
}

/// The code to keep.
fn keep(code: &str, fresh: bool) -> AnyView {
    if !fresh {
        return parts::details(
            "Show my voting code",
            view! { <p class="app-code">{code.to_owned()}</p> },
        );
    }
    view! {
        <section class="app-keep" aria-labelledby="keep">
            <h2 class="govuk-heading-m" id="keep">"Keep your voting code"</h2>
            <p class="app-code">{code.to_owned()}</p>
            <p class="govuk-body">
                "It opens, changes and checks your ballot, here or on another device. Write it down: \
                 nobody else has it, and we can’t tell it to you again."
            </p>
        </section>
    }
    .into_any()
}

pub(super) fn forget(view: &PollView) -> AnyView {
    view! {
        <form method="post" action=part(view, "forget") class="app-forget govuk-!-display-none-print">
            <p class="govuk-body">
                "Does somebody else want to vote in this browser? "
                <button type="submit" class="app-change">"Finish and clear this browser"</button>
            </p>
        </form>
    }
    .into_any()
}

fn row(shown: &PaperView, kind: Control, one: &PollOption, state: &FormState) -> AnyView {
    let name = mark_field(one.position);
    let id = field_id(&name);
    let facts = facts(&shown.view, one);
    let hint_id = format!("{id}-hint");
    let hint = [facts.clone(), one.description.clone()]
        .iter()
        .any(|text| !text.is_empty());
    let facts =
        (!facts.is_empty()).then(|| view! { <span class="app-option__facts">{facts}</span> });
    let description = (!one.description.is_empty())
        .then(|| view! { <span class="app-option__told">{one.description.clone()}</span> });
    let hint = hint.then(|| {
        view! { <div class="app-option__hint" id=hint_id.clone()>{facts}{description}</div> }
    });
    let mut described = Vec::new();
    if hint.is_some() {
        described.push(hint_id);
    }
    if state.error(&name).is_some() {
        described.push(format!("{id}-error"));
    }
    let described = (!described.is_empty()).then(|| described.join(" "));
    let spends = spends_of(&shown.view.poll.method, one).map(|spends| spends.to_string());
    let value = state.get(&name).to_owned();
    let error = error_message(state, &name);
    let label = one.name.clone();
    let inside = match kind {
        Control::Cross => view! {
            {picture(one)}
            <div class="govuk-checkboxes__item app-option__words">
                <input class="govuk-checkboxes__input" type="checkbox" id=id.clone() name=name value="1"
                    checked=!value.is_empty() data-spends=spends aria-describedby=described/>
                <label class="govuk-label govuk-checkboxes__label app-option__name" dir="auto" for=id>{label}</label>
                {hint}
            </div>
        }
        .into_any(),
        Control::Rank(most) => {
            let places = (1..=most)
                .map(|n| {
                    let text = n.to_string();
                    view! { <option value=text.clone() selected=text == value>{words::place(n)}</option> }
                })
                .collect_view();
            view! {
                {picture(one)}
                <div class="app-option__words">
                    <label class="govuk-label govuk-label--s app-option__name" dir="auto" for=id.clone()>{label}</label>
                    {hint}
                    {error}
                </div>
                <select class="govuk-select app-option__mark" id=id name=name aria-describedby=described>
                    <option value="">"No place"</option>
                    {places}
                </select>
            }
            .into_any()
        }
        Control::Points(most) if most <= 10 => {
            let points = (0..=most)
                .map(|n| {
                    let text = n.to_string();
                    let chosen = text == value || (n == 0 && value.is_empty());
                    view! { <option value=text.clone() selected=chosen>{text.clone()}</option> }
                })
                .collect_view();
            view! {
                {picture(one)}
                <div class="app-option__words">
                    <label class="govuk-label govuk-label--s app-option__name" dir="auto" for=id.clone()>{label}</label>
                    {hint}
                    {error}
                </div>
                <select class="govuk-select app-option__mark" id=id name=name data-spends=spends aria-describedby=described>
                    {points}
                </select>
            }
            .into_any()
        }
        Control::Points(_) => view! {
            {picture(one)}
            <div class="app-option__words">
                <label class="govuk-label govuk-label--s app-option__name" dir="auto" for=id.clone()>{label}</label>
                {hint}
                {error}
            </div>
            <input class="govuk-input govuk-input--width-3 app-option__mark" id=id name=name type="text"
                inputmode="numeric" autocomplete="off" value=value data-spends=spends aria-describedby=described/>
        }
        .into_any(),
    };
    view! { <li class="app-option">{inside}</li> }.into_any()
}

/// *Check your ballot*: its marks in words, what is left, and the button that casts it.
pub fn check_ballot(shown: &PaperView, signed: &str, choices: &Choices) -> AnyView {
    let view = &shown.view;
    let poll = &view.poll;
    let rows = choices
        .marks()
        .iter()
        .filter_map(|mark| {
            let one = poll.option(mark.option)?;
            let facts = facts(view, one);
            let facts = (!facts.is_empty())
                .then(|| view! { <span class="app-option__facts">{facts}</span> });
            Some(view! {
                <div class="govuk-summary-list__row">
                    <dt class="govuk-summary-list__key">{one.name.clone()} {facts}</dt>
                    <dd class="govuk-summary-list__value">{words::mark(&poll.method, mark.value)}</dd>
                </div>
            })
        })
        .collect_view();
    let marks = if choices.is_blank() {
        parts::inset(
            "Your ballot is blank. It counts towards turnout, but for nothing on the paper.",
        )
    } else {
        view! { <dl class="govuk-summary-list app-marks">{rows}</dl> }.into_any()
    };
    let spent =
        words::spent(poll, choices).map(|text| view! { <p class="govuk-body-l">{text}</p> });
    let carried = choices
        .marks()
        .iter()
        .map(|mark| hidden(mark_field(mark.option), mark.value.to_string()))
        .collect_view();
    let again = shown.cast.is_some().then(|| {
        view! { <p class="govuk-body">"This replaces the ballot that you cast before."</p> }
    });
    view! {
        {top(view, "Check your ballot")}
        {marks}
        {spent}
        {again}
        <p class="govuk-body">
            {format!("You can change it until voting ends: {}.", view.closes)}
        </p>
        <form method="post" action=part(view, "cast") novalidate>
            {hidden(CODE, signed)}
            {carried}
            {button_group(view! {
                {button(ButtonKind::Primary, "Cast your ballot")}
                <button type="submit" class="app-change" name="go" value="change" formaction=part(view, "paper")>
                    "Change it"
                </button>
            })}
        </form>
    }
    .into_any()
}
