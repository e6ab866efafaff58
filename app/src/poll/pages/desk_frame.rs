//! What the pages of a poll's sections have around them, and what a colleague saved meanwhile.

use domain::edit::Changed;
use domain::poll::read::DeskPoll;
use domain::poll::{Electorate, PollOption, Section};
use domain::typed;
use leptos::prelude::*;

use crate::messages::poll::{desk as words, result as said};
use crate::paths;
use crate::poll::desk_forms as forms;
use crate::ui::conflict;
use crate::ui::form::{FormState, error_summary};
use crate::ui::parts;

/// The frame of every section.
pub(super) fn framed(
    view: &DeskPoll,
    state: &FormState,
    heading: impl Into<String>,
    inside: impl IntoView + 'static,
) -> AnyView {
    let poll = &view.view.poll;
    view! {
        {parts::back_link(paths::desk_poll(&view.view.slug, poll.number, ""), "Back to the poll")}
        {error_summary(&state.errors)}
        <span class="govuk-caption-xl">{poll.name()}</span>
        <h1 class="govuk-heading-xl">{heading.into()}</h1>
        {inside.into_any()}
    }
    .into_any()
}

/// What a colleague saved of a section, where somebody was first: each thing that is not what this
/// person typed.
pub(super) fn saved(
    view: &DeskPoll,
    section: Section,
    state: &FormState,
    changed: Option<&Changed>,
) -> Option<AnyView> {
    let poll = &view.view.poll;
    let now = forms::of_poll(poll);
    let rows: Vec<(&[&str], &str, String)> = match section {
        Section::Question => vec![
            (&["question"], "What do you ask?", poll.question.clone()),
            (
                &["help"],
                "What should people know before they vote?",
                poll.help.clone(),
            ),
        ],
        Section::Kind => vec![(
            &["kind"],
            "How do people vote?",
            words::kind(&poll.method).to_owned(),
        )],
        Section::Rule => vec![(
            &forms::RULE_FIELDS,
            "How it is marked and counted",
            format!(
                "{}: {}",
                words::kind(&poll.method),
                words::settings(&poll.method)
            ),
        )],
        Section::Electorate => vec![(&["electorate", "areas"], "Who may vote?", electorate(view))],
        Section::Weight => vec![(
            &["binding"],
            "What is the result worth?",
            said::weight(poll.binding).0.to_owned(),
        )],
        Section::Register => vec![(
            &["register"],
            "On the register",
            words::people(view.turnout.electors.unwrap_or(0)),
        )],
    };
    // The register has no field that could hold what somebody typed.
    let shown = rows
        .into_iter()
        .filter(|(fields, _, _)| section == Section::Register || differ(state, &now, fields))
        .map(|(_, label, words)| (label.to_owned(), words))
        .collect();
    changed.map(|changed| conflict::theirs(changed, shown))
}

/// What a colleague saved of an option, where somebody was first.
pub(super) fn saved_option(
    view: &DeskPoll,
    option: &PollOption,
    state: &FormState,
    changed: Option<&Changed>,
) -> Option<AnyView> {
    let now = forms::of_option(option);
    let area = option
        .area
        .map(|area| view.view.area_name(area.0))
        .unwrap_or_default();
    let rows = [
        ("name", "Name", option.name.clone()),
        ("description", "What is it?", option.description.clone()),
        ("cost", "What does it cost?", now.get("cost").to_owned()),
        ("area", "Where is it?", area),
        (
            "alt",
            "What does the picture show?",
            now.get("alt").to_owned(),
        ),
    ];
    let shown = rows
        .into_iter()
        .filter(|(field, _, _)| differ(state, &now, &[field]))
        .map(|(_, label, words)| (label.to_owned(), words))
        .collect();
    changed.map(|changed| conflict::theirs(changed, shown))
}

/// Whether a form holds something else than what is saved now.
fn differ(typed: &FormState, now: &FormState, fields: &[&str]) -> bool {
    let words = |state: &FormState, field: &str| -> Vec<String> {
        let trimmed = state
            .all(field)
            .iter()
            .map(|value| typed::trimmed(value).to_owned());
        trimmed.filter(|value| !value.is_empty()).collect()
    };
    fields
        .iter()
        .any(|field| words(typed, field) != words(now, field))
}

fn electorate(view: &DeskPoll) -> String {
    let electorate = &view.view.poll.electorate;
    let name = words::electorate(electorate);
    match electorate {
        Electorate::Ward { areas } => {
            let wards: Vec<String> = areas
                .iter()
                .map(|area| view.view.area_name(area.0))
                .collect();
            format!("{name}: {}", wards.join(", "))
        }
        _ => name.to_owned(),
    }
}
