//! The form of one theme, and the question before it is removed.

use domain::edit::{Changed, Version};
use domain::insight::{Outcome, Theme};
use leptos::prelude::*;

use crate::insight::forms;
use crate::messages::insight as words;
use crate::paths;
use crate::ui::choice::{Choice, date_time, radios};
use crate::ui::conflict::{self, VERSION, key_field, version_field};
use crate::ui::field::{Field, text_area, text_input};
use crate::ui::form::{
    ButtonKind, FormState, button, button_form, button_group, error_summary, hidden, post_form,
};
use crate::ui::parts;

/// What the form of a theme shows.
#[derive(Clone, Copy, Debug)]
pub struct ThemeForm<'a> {
    /// The consultation's address name.
    pub slug: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The form as it was typed.
    pub state: &'a FormState,
    /// Who changed the theme meanwhile, and what it says now.
    pub conflict: Option<(&'a Changed, &'a Theme)>,
}

impl<'a> ThemeForm<'a> {
    /// A form that nobody else has been at.
    pub fn new(slug: &'a str, title: &'a str, state: &'a FormState) -> Self {
        Self {
            slug,
            title,
            state,
            conflict: None,
        }
    }
}

fn field(name: &'static str) -> Field {
    Field::new(name, words::field(name))
}

/// The form of one theme, new or changed.
pub fn theme(form: &ThemeForm<'_>) -> AnyView {
    let ThemeForm {
        slug, title, state, ..
    } = *form;
    let at = |part: &str| paths::desk_consultation(slug, part);
    let choices: Vec<Choice> = Outcome::ALL
        .into_iter()
        .map(|outcome| Choice::new(outcome.code(), words::outcome(outcome)))
        .collect();
    let new = state.get("theme").is_empty();
    let heading = if new { "Add a theme" } else { "Change a theme" };
    let which = if new {
        key_field(state)
    } else {
        view! { {hidden("theme", state.get("theme"))} {version_field(state)} }.into_any()
    };
    let theirs = form
        .conflict
        .map(|(changed, saved)| conflict::theirs(changed, forms::differences(saved, state)));
    view! {
        {parts::back_link(at("answer"), "Back to the themes")}
        {error_summary(&state.errors)}
        <span class="govuk-caption-xl">{title.to_owned()}</span>
        <h1 class="govuk-heading-xl">{heading}</h1>
        {theirs}
        {post_form(
            at("answer/theme"),
            view! {
                {which}
                {text_input(state, field("title"))}
                {text_area(state, field("we_asked").hint("What the consultation asked about this.").rows(3))}
                {text_area(state, field("you_said").hint("What people said: the different views, and how many held each. Do not name anyone.").rows(6))}
                {radios(state, field("outcome"), &choices)}
                {text_area(state, field("we_did").hint("What you did, or will do. Leave empty if you did nothing.").rows(4))}
                {text_area(state, field("because").hint("Why, or why not. This is what people look for first.").rows(4))}
                {text_area(state, field("promise").hint("Something that can be seen to be done. It is tracked in public until it is kept.").rows(2))}
                {date_time(state, field("promise_due").hint("For example, 27 3 2027."), false)}
                {button(ButtonKind::Primary, "Save the theme")}
            },
        )}
    }
    .into_any()
}

/// Asks before a theme is removed; `changed` says who changed it since the question was first asked.
pub fn remove(slug: &str, theme: &Theme, version: Version, changed: Option<&Changed>) -> AnyView {
    let at = |part: &str| paths::desk_consultation(slug, part);
    let id = theme.id.map(|id| id.to_string()).unwrap_or_default();
    let state = changed
        .map(|changed| conflict::not_removed(FormState::new(), changed))
        .unwrap_or_default();
    let now = changed.map(|_| conflict::as_it_is(forms::differences(theme, &FormState::new())));
    let version = version.to_string();
    view! {
        {error_summary(&state.errors)}
        <h1 class="govuk-heading-xl">{format!("Remove the theme “{}”?", theme.title)}</h1>
        {now}
        <p class="govuk-body">"Its words are deleted. This can’t be undone."</p>
        {button_group(view! {
            {button_form(at("answer/remove"), ButtonKind::Warning, "Remove the theme", &[("theme", &id), (VERSION, &version)])}
            <a class="govuk-link" href=at("answer")>"Keep it"</a>
        })}
    }
    .into_any()
}
