//! The sections of a poll that are one form, a page each.

use domain::edit::Changed;
use domain::poll::model::BudgetForm;
use domain::poll::read::DeskPoll;
use domain::poll::{Method, Poll, Section};
use domain::vote::tally;
use leptos::prelude::*;

use super::desk_frame::{framed, saved};
use crate::messages::poll::desk as words;
use crate::paths;
use crate::ui::choice::{Choice, checkboxes, radios};
use crate::ui::conflict::version_field;
use crate::ui::field::{Field, text_area, text_input};
use crate::ui::form::{ButtonKind, FormState, button, hidden, post_form};
use crate::ui::parts;

/// The page of a section that is one form, with what a colleague saved where somebody was first.
pub fn section(
    view: &DeskPoll,
    section: Section,
    state: &FormState,
    changed: Option<&Changed>,
) -> AnyView {
    let (heading, fields, below) = match section {
        Section::Question => ("The question".to_owned(), question(state), None),
        Section::Kind => ("Another kind of poll".to_owned(), kind(state), None),
        Section::Rule => rule(view, state),
        Section::Electorate => ("Who may vote".to_owned(), electorate(view, state), None),
        Section::Weight => (
            "What the result is worth, and when it is seen".to_owned(),
            weight(state),
            None,
        ),
        // Files and letters have a page of their own.
        Section::Register => (String::new(), ().into_any(), None),
    };
    let inside = view! {
        {saved(view, section, state, changed)}
        {post_form(
            paths::desk_poll(&view.view.slug, view.view.poll.number, section.code()),
            view! { {version_field(state)} {fields} {button(ButtonKind::Primary, "Save")} },
        )}
        {below}
    };
    framed(view, state, heading, inside)
}

/// The question and what a voter should know.
fn question(state: &FormState) -> AnyView {
    view! {
        {text_input(state, Field::new("question", "What do you ask?").hint("One question that the options answer."))}
        {text_area(state, Field::new("help", "What should people know before they vote? (optional)").hint("Markdown: - for lists, [words](https://address) for links.").rows(6))}
    }
    .into_any()
}

/// Another kind.
fn kind(state: &FormState) -> AnyView {
    let kinds: Vec<Choice> = words::KINDS
        .into_iter()
        .map(|(code, name, hint)| Choice::new(code, name).hint(hint))
        .collect();
    view! {
        {parts::inset("Another kind starts with its own settings. What is on the ballot paper \
            stays; costs of projects are dropped where there is no budget.")}
        {radios(state, Field::new("kind", "How do people vote?").large(), &kinds)}
    }
    .into_any()
}

/// How ballots are marked and counted: what the poll's kind asks for. The form says of which kind it
/// is, since a colleague may choose another meanwhile.
fn rule(view: &DeskPoll, state: &FormState) -> (String, AnyView, Option<AnyView>) {
    let poll = &view.view.poll;
    let fields = match &poll.method {
        Method::Points { form, .. } => points_fields(*form, state),
        Method::Ranked { .. } => ranked_fields(state),
        Method::Budget { form, .. } => budget_fields(*form, state),
    };
    let fields = view! { {hidden("kind", poll.method.kind())} {fields} };
    let other = paths::desk_poll(&view.view.slug, poll.number, "kind");
    let below = view! {
        <p class="govuk-body"><a class="govuk-link" href=other>"Choose another kind of poll"</a></p>
    };
    let heading = format!(
        "{}: how it is marked and counted",
        words::kind(&poll.method)
    );
    (heading, fields.into_any(), Some(below.into_any()))
}

fn number(
    state: &FormState,
    name: &'static str,
    label: &'static str,
    hint: &'static str,
) -> AnyView {
    text_input(state, Field::new(name, label).hint(hint).width(4))
}

fn seats(state: &FormState) -> AnyView {
    number(
        state,
        "seats",
        "How many places are there to fill?",
        "1 where one option wins.",
    )
}

fn points_fields(form: tally::Rule, state: &FormState) -> AnyView {
    let limits = match form {
        tally::Rule::Approval { .. } => number(
            state,
            "most",
            "How many may one person tick at most? (optional)",
            "Leave it empty for as many as they like.",
        ),
        tally::Rule::Score { .. } => number(
            state,
            "top",
            "What is the top score?",
            "People give each option from 0 to this.",
        ),
        tally::Rule::Dot { .. } => view! {
            {number(state, "points", "How many points does each person have?", "They need not use them all.")}
            {number(state, "most_each", "How many for one option at most? (optional)", "Leave it empty for no limit.")}
        }
        .into_any(),
    };
    view! { {limits}{seats(state)} }.into_any()
}

fn ranked_fields(state: &FormState) -> AnyView {
    let rules: Vec<Choice> = words::ranked_rules()
        .into_iter()
        .map(|(code, name, hint)| Choice::new(code, name).hint(hint))
        .collect();
    view! {
        {seats(state)}
        {radios(state, Field::new("rule", "How are the ballots counted?").large().hint("Single transferable vote can fill several places. The others fill one."), &rules)}
    }
    .into_any()
}

fn budget_fields(form: BudgetForm, state: &FormState) -> AnyView {
    let rules: Vec<Choice> = words::budget_rules()
        .into_iter()
        .map(|(code, name, hint)| Choice::new(code, name).hint(hint))
        .collect();
    let points = if matches!(form, BudgetForm::Cumulative { .. }) || !state.get("points").is_empty()
    {
        state.clone()
    } else {
        state.clone().with("points", "10")
    };
    let state = &if points.get("top").is_empty() {
        points.with("top", "5")
    } else {
        points
    };
    let forms = [
        Choice::new("knapsack", "Projects that fit into the sum")
            .hint("People fill a basket, and the page says what is left. Nobody can spend more than there is."),
        Choice::new("approval", "Every project they like")
            .hint("Easiest to mark.")
            .other("approval_most", "How many at most? (optional)"),
        Choice::new("score", "A score for each project").other("top", "The top score"),
        Choice::new("cumulative", "Points to spread over projects")
            .other("points", "How many points each person has"),
        Choice::new("ordinal", "Projects in their order")
            .other("ordinal_most", "How many at most? (optional)"),
    ];
    view! {
        {text_input(state, Field::new("total", "How much money is there?").hint("In pounds, for example 200000.").width(10))}
        {radios(state, Field::new("form", "How is the ballot marked?").large(), &forms)}
        {radios(state, Field::new("rule", "Which rule decides?").large().hint("The page shows what every rule would have funded; this one counts."), &rules)}
    }
    .into_any()
}

/// Who may vote.
fn electorate(view: &DeskPoll, state: &FormState) -> AnyView {
    let choices: Vec<Choice> = words::ELECTORATES
        .into_iter()
        .map(|(code, name, hint)| Choice::new(code, name).hint(hint))
        .collect();
    let wards: Vec<Choice> = view
        .wards
        .iter()
        .map(|(id, name)| Choice::new(id.clone(), name.clone()))
        .collect();
    view! {
        {radios(state, Field::new("electorate", "Who may vote?").large().hint("Everybody can see how sure it makes that each person votes once."), &choices)}
        {checkboxes(state, Field::new("areas", "Which wards?").hint("Only if you chose people who live in certain wards."), &wards)}
    }
    .into_any()
}

/// Binding or indicative.
fn weight(state: &FormState) -> AnyView {
    let binding = [
        Choice::new("no", "Indicative").hint(
            "The result shows what people think and informs the decision. The decision is made with \
             everything else people said.",
        ),
        Choice::new("yes", "Binding").hint(
            "You declare before the vote that the result will be carried out as it is. Only choose \
             this if your organisation has the power to do so, and has agreed to.",
        ),
    ];
    view! {
        {radios(state, Field::new("binding", "What is the result worth?").large(), &binding)}
        <p class="govuk-body">{super::result::SEALED} " Only about how many have voted is shown."</p>
    }
    .into_any()
}

/// A warning where a poll is declared binding and anybody can vote.
pub(super) fn weak_and_binding(poll: &Poll, editable: bool) -> Option<AnyView> {
    (editable && poll.binding && poll.electorate.strength() == domain::poll::Strength::Weak).then(
        || {
            parts::warning(
                "This poll is binding, and anyone could vote in it more than once. Choose \
            another electorate, or make it indicative.",
            )
        },
    )
}
