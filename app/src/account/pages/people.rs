//! People, their roles and their access, for administrators.

use domain::account::Role;
use domain::account::read::{HeldRole, PeopleView, PersonState, PersonView, TeamChoice};
use leptos::prelude::*;

use crate::messages::account as words;
use crate::paths;
use crate::ui::choice::{Choice, radios};
use crate::ui::conflict::{KEY, key_field};
use crate::ui::field::{select, text_input};
use crate::ui::form::{
    ButtonKind, FormState, button, button_form, button_group, error_summary, hidden, link_button,
    post_form,
};
use crate::ui::label::Field;
use crate::ui::parts::{SummaryRow, Tone, back_link, heading, summary_list, tag, warning};
use crate::ui::table::{Column, pagination, table};

/// Everybody, a page at a time.
pub fn people(view: PeopleView) -> AnyView {
    let columns = [
        Column::text("Name"),
        Column::text("Email address"),
        Column::text("Roles"),
        Column::text("Account"),
    ];
    let rows = view
        .people
        .into_iter()
        .map(|person| {
            let roles = person
                .roles
                .iter()
                .map(|held| view! { <li>{described(held)}</li> })
                .collect_view();
            vec![
                view! { <a class="govuk-link" href=paths::person(person.id.0, "")>{person.name}</a> }
                    .into_any(),
                person.email.into_any(),
                view! { <ul class="govuk-list">{roles}</ul> }.into_any(),
                state_tag(person.state),
            ]
        })
        .collect();
    view! {
        {heading("Administration", "People", "")}
        {link_button(ButtonKind::Primary, format!("{}/invite", paths::PEOPLE), "Invite somebody")}
        {table(format!("{} people", view.total), &columns, rows)}
        {pagination(paths::PEOPLE, view.page, view.pages)}
    }
    .into_any()
}

/// Invite somebody.
pub fn invite(form: FormState, teams: &[TeamChoice]) -> AnyView {
    let fields = view! {
        {key_field(&form)}
        {text_input(&form, Field::new("name", "Name").autocomplete("off"))}
        {text_input(&form, Field::new("email", "Work email address").kind("email").autocomplete("off"))}
        {role_fields(&form, teams)}
        {button(ButtonKind::Primary, "Send the invitation")}
    };
    view! {
        {back_link(paths::PEOPLE, "Back to people")}
        {error_summary(&form.errors)}
        {heading("Administration", "Invite somebody", "")}
        <p class="govuk-body">"They get an email with a link, which works once within 7 days, and choose their own password."</p>
        {post_form(format!("{}/invite", paths::PEOPLE), fields)}
    }
    .into_any()
}

/// One person.
pub fn person(view: PersonView, form: FormState, teams: &[TeamChoice]) -> AnyView {
    let id = view.id.0;
    let mut rows = vec![
        SummaryRow::text("Email address", view.email.clone()),
        SummaryRow::view("Account", state_tag(view.state)),
    ];
    for held in &view.roles {
        let mut row = SummaryRow::text(held.team_name.clone(), words::role(held.role));
        if held.removable {
            let href = format!(
                "{}?team={}&role={}",
                paths::person(id, "roles/remove"),
                held.team,
                held.role.code()
            );
            row = row.change(href, format!("or take away the role {}", described(held)));
        }
        rows.push(row);
    }
    let give = (!teams.is_empty()).then(|| {
        let fields = view! {
            {role_fields(&form, teams)}
            {button(ButtonKind::Secondary, "Give this role")}
        };
        view! {
            <h2 class="govuk-heading-l">"Give another role"</h2>
            {post_form(paths::person(id, "roles"), fields)}
        }
    });
    let disable = view.may_disable.then(|| {
        let href = paths::person(id, "disable");
        link_button(ButtonKind::Secondary, href, "Disable this account")
    });
    let account = view.may_manage_account.then(|| {
        let buttons = match view.state {
            PersonState::Invited => view! {
                {button_form(
                    paths::person(id, "invitation"),
                    ButtonKind::Secondary,
                    "Send the invitation again",
                    &[(KEY, form.get(KEY))],
                )}
                {disable}
            }
            .into_any(),
            PersonState::Active => disable.into_any(),
            PersonState::Disabled => button_form(
                paths::person(id, "enable"),
                ButtonKind::Secondary,
                "Enable this account",
                &[],
            ),
        };
        view! { <h2 class="govuk-heading-l">"Account"</h2>{button_group(buttons)} }
    });
    view! {
        {back_link(paths::PEOPLE, "Back to people")}
        {error_summary(&form.errors)}
        {heading("Administration", view.name.clone(), "")}
        {summary_list(rows)}
        {give}
        {account}
    }
    .into_any()
}

/// Before an account is disabled.
pub fn confirm_disable(view: PersonView) -> AnyView {
    let path = paths::person(view.id.0, "disable");
    confirm(
        view.id.0,
        &format!("Disable the account of {}?", view.name),
        "They are signed out everywhere at once and can’t sign in. What they did stays in the record. You can enable the account again.",
        path,
        &[],
        "Disable the account",
    )
}

/// Before a role is taken away.
pub fn confirm_removal(view: PersonView, held: HeldRole) -> AnyView {
    let path = paths::person(view.id.0, "roles/remove");
    let team = held.team.to_string();
    confirm(
        view.id.0,
        &format!("Take this role from {}?", view.name),
        &format!("{}. It takes effect at once.", described(&held)),
        path,
        &[("team", &team), ("role", held.role.code())],
        "Take the role away",
    )
}

fn confirm(
    id: i64,
    title: &str,
    consequence: &str,
    action: String,
    values: &[(&str, &str)],
    label: &'static str,
) -> AnyView {
    let inside = view! {
        {values.iter().map(|(name, value)| hidden(*name, *value)).collect_view()}
        {button_group(view! {
            {button(ButtonKind::Warning, label)}
            <a class="govuk-link" href=paths::person(id, "")>"Keep it as it is"</a>
        })}
    };
    view! {
        {back_link(paths::person(id, ""), "Back")}
        {heading("Administration", title, "")}
        {warning(consequence)}
        {post_form(action, inside)}
    }
    .into_any()
}

fn role_fields(form: &FormState, teams: &[TeamChoice]) -> AnyView {
    let mut options = vec![(String::new(), "Choose a team".to_owned())];
    options.extend(
        teams
            .iter()
            .map(|team| (team.id.to_string(), team.name.clone())),
    );
    let roles: Vec<Choice> = Role::ALL
        .into_iter()
        .map(|role| Choice::new(role.code(), words::role(role)).hint(words::role_hint(role)))
        .collect();
    view! {
        {select(form, Field::new("team", "Team"), &options)}
        {radios(form, Field::new("role", "Role"), &roles)}
    }
    .into_any()
}

fn described(held: &HeldRole) -> String {
    format!("{}, {}", words::role(held.role), held.team_name)
}

fn state_tag(state: PersonState) -> AnyView {
    match state {
        PersonState::Invited => tag(Tone::Waiting, "Invited"),
        PersonState::Active => tag(Tone::Live, "Active"),
        PersonState::Disabled => tag(Tone::Neutral, "Disabled"),
    }
}
