//! What is on a ballot paper: options, or projects with their costs.

use domain::edit::Changed;
use domain::ids::PollOptionId;
use domain::poll::read::DeskPoll;
use domain::poll::section::option_subject;
use domain::poll::{Method, PollOption};
use leptos::prelude::*;

use super::desk_frame::{framed, saved_option};
use crate::messages::poll::{desk as words, result::pounds};
use crate::paths;
use crate::poll::desk_forms::OPTION;
use crate::ui::conflict::{VERSION, key_field, version_field};
use crate::ui::field::{Field, file_input, select, text_area, text_input};
use crate::ui::form::{ButtonKind, FormState, button, button_group, hidden, upload_form};
use crate::ui::parts::{self, SummaryRow};

/// The list, and the form below it that adds an option, or changes the one it names, with what a
/// colleague saved of it where somebody was first.
pub fn options(view: &DeskPoll, state: &FormState, changed: Option<&Changed>) -> AnyView {
    let poll = &view.view.poll;
    let (thing, things) = words::things(&poll.method);
    let last = poll.options.len();
    let entries: Vec<SummaryRow> = poll
        .options
        .iter()
        .enumerate()
        .map(|(at, one)| {
            SummaryRow::view(
                one.position.to_string(),
                entry(view, one, at == 0, at + 1 == last),
            )
        })
        .collect();
    let list = if entries.is_empty() {
        view! { <p class="govuk-body">{format!("No {thing} yet.")}</p> }.into_any()
    } else {
        parts::summary_list(entries)
    };
    let sum = budget_line(view);
    let changing = state.get(OPTION).parse().ok().map(PollOptionId);
    let theirs = changing
        .and_then(|id| poll.option_of(id))
        .and_then(|option| saved_option(view, option, state, changed));
    let inside = view! {
        {theirs}
        <p class="govuk-body">"They appear on the ballot paper in this order."</p>
        {sum}
        {list}
        {form(view, thing, state)}
    };
    framed(view, state, format!("The {things}"), inside)
}

/// What all projects cost, beside what there is.
fn budget_line(view: &DeskPoll) -> Option<AnyView> {
    let Method::Budget { total, .. } = &view.view.poll.method else {
        return None;
    };
    let cost: u64 = view
        .view
        .poll
        .options
        .iter()
        .filter_map(|one| one.cost)
        .fold(0, u64::saturating_add);
    let text = format!(
        "There is {} to spend. All projects together cost {}.",
        pounds(*total),
        pounds(cost)
    );
    Some(view! { <p class="govuk-body">{text}</p> }.into_any())
}

fn entry(view: &DeskPoll, one: &PollOption, first: bool, last: bool) -> AnyView {
    let at = |part: &str| paths::desk_poll(&view.view.slug, view.view.poll.number, part);
    let mut facts = Vec::new();
    if let Some(cost) = one.cost {
        facts.push(pounds(cost));
    }
    if let Some(area) = one.area {
        facts.push(view.view.area_name(area.0));
    }
    let facts =
        (!facts.is_empty()).then(|| view! { <p class="govuk-body-s">{facts.join(" · ")}</p> });
    let picture = one.picture.as_ref().map(|(token, alt)| {
        view! {
            <img class="app-option__picture" src=paths::document(token) alt=alt.clone() width="160" loading="lazy" />
        }
    });
    let seen = view.versions.of(&option_subject(one.id)).to_string();
    let step = |part: &'static str, text: &'static str, to: Option<i32>| {
        let name = one.name.clone();
        let seen = to.is_none().then(|| hidden(VERSION, seen.clone()));
        let place = to.map(|to| hidden("to", to.to_string()));
        view! {
            <form method="post" action=at(part) class="app-button-form">
                {hidden(OPTION, one.id.to_string())}
                {place}
                {seen}
                <button type="submit" class="govuk-button govuk-button--secondary">
                    {text}<span class="govuk-visually-hidden">{format!(" {name}")}</span>
                </button>
            </form>
        }
    };
    let change = format!("{}?change={}", at("options"), one.id);
    let named = one.name.clone();
    view! {
        {picture}
        <p class="govuk-body"><strong>{one.name.clone()}</strong></p>
        {facts}
        {(!one.description.is_empty()).then(|| view! { <p class="govuk-body-s app-lines" dir="auto">{one.description.clone()}</p> })}
        {button_group(view! {
            {(!first).then(|| step("options/move", "Up", Some(one.position - 1)))}
            {(!last).then(|| step("options/move", "Down", Some(one.position + 1)))}
            {step("options/remove", "Remove", None)}
            <a class="govuk-link" href=change>"Change"<span class="govuk-visually-hidden">{format!(" {named}")}</span></a>
        })}
    }
    .into_any()
}

fn form(view: &DeskPoll, thing: &'static str, state: &FormState) -> AnyView {
    let poll = &view.view.poll;
    let action = paths::desk_poll(&view.view.slug, poll.number, "options");
    let budget = poll.method.is_budget();
    let option = state.get(OPTION).to_owned();
    let (title, cancel) = if option.is_empty() {
        (
            format!("Add {} {thing}", if thing == "option" { "an" } else { "a" }),
            None,
        )
    } else {
        let href = action.clone();
        (
            format!("Change the {thing}"),
            Some(view! { <a class="govuk-link" href=href>"Leave it as it was"</a> }),
        )
    };
    let mut wards = vec![(
        String::new(),
        "The whole borough, or none in particular".to_owned(),
    )];
    wards.extend(view.wards.iter().cloned());
    let cost = budget.then(|| {
        text_input(
            state,
            Field::new("cost", "What does it cost?")
                .hint("In pounds, for example 12000.")
                .width(10),
        )
    });
    let heading = title.clone();
    view! {
        <h2 class="govuk-heading-l">{heading}</h2>
        {upload_form(action, view! {
            {hidden(OPTION, option)}
            {version_field(state)}
            {key_field(state)}
            {text_input(state, Field::new("name", "Name").hint("As short as it can be and still be clear."))}
            {text_area(state, Field::new("description", "What is it? (optional)").hint("A sentence or two.").rows(3).limit(1_000))}
            {cost}
            {select(state, Field::new("area", "Where is it?"), &wards)}
            {file_input(state, Field::new("picture", "A picture (optional)").hint("PNG or JPEG, up to 2 MB. Details that your camera added, such as the place, are taken out.").accept(".png,.jpg,.jpeg"))}
            {text_input(state, Field::new("alt", "What does the picture show?").hint("For people who can’t see it. Needed with a picture."))}
            {button_group(view! { {button(ButtonKind::Primary, title)}{cancel} })}
        })}
    }
    .into_any()
}
