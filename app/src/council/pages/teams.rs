//! Organisations and their teams, for administrators.

use domain::account::OrganisationKind;
use domain::council::read::{OrganisationView, TeamDetail, TeamsView};
use domain::council::{Area, Organisation};
use domain::edit::Changed;
use domain::ids::AreaId;
use leptos::prelude::*;

use crate::messages::council as words;
use crate::paths;
use crate::ui::choice::{Choice, checkboxes};
use crate::ui::conflict::{key_field, theirs, version_field};
use crate::ui::field::{Field, select, text_input};
use crate::ui::form::{
    ButtonKind, FormState, button, button_group, error_summary, link_button, post_form,
};
use crate::ui::parts::{back_link, heading};
use crate::ui::table::{Column, table};

/// Every organisation with its teams.
pub fn teams(view: TeamsView) -> AnyView {
    let organisations = view
        .organisations
        .into_iter()
        .map(organisation)
        .collect_view();
    let add_team = view.may_add_team.then(|| {
        link_button(
            ButtonKind::Primary,
            format!("{}/new", paths::TEAMS),
            "Add a team",
        )
    });
    let add_organisation = view.may_add_organisation.then(|| {
        let href = paths::NEW_ORGANISATION;
        link_button(ButtonKind::Secondary, href, "Add an organisation")
    });
    view! {
        {heading("Administration", "Teams", "The organisations of the partnership and their teams.")}
        {button_group(view! { {add_team}{add_organisation} })}
        {organisations}
    }
    .into_any()
}

fn organisation(view: OrganisationView) -> AnyView {
    let mut columns = vec![
        Column::text("Team"),
        Column::text("Email address"),
        Column::number("People"),
    ];
    // Only the police look after wards.
    let wards = view.kind == OrganisationKind::Police;
    if wards {
        columns.push(Column::number("Wards"));
    }
    let administered = view.administered;
    let rows = view
        .teams
        .into_iter()
        .map(|team| {
            let name = if administered {
                let href = paths::team(team.id.0);
                view! { <a class="govuk-link" href=href>{team.name}</a> }.into_any()
            } else {
                team.name.into_any()
            };
            let mut cells = vec![
                name,
                team.email.into_any(),
                team.people.to_string().into_any(),
            ];
            if wards {
                cells.push(team.areas.to_string().into_any());
            }
            cells
        })
        .collect();
    let other = (!administered).then(|| {
        view! { <p class="govuk-body">"It has its own administrator, who looks after its teams."</p> }
    });
    view! {
        <h2 class="govuk-heading-l">{view.name.clone()}</h2>
        <p class="govuk-body">{words::kind(view.kind)}"."</p>
        {other}
        {table(format!("Teams of {}", view.name), &columns, rows)}
    }
    .into_any()
}

fn words_of_a_team(state: &FormState) -> AnyView {
    view! {
        {text_input(state, Field::new("name", "Name of the team").autocomplete("off"))}
        {text_input(state, Field::new("email", "Email address").hint("Residents read it on the contact page.").kind("email").autocomplete("off"))}
    }
    .into_any()
}

/// Add a team to one of these organisations.
pub fn new_team(state: &FormState, organisations: &[Organisation]) -> AnyView {
    let mut options = vec![(String::new(), "Choose an organisation".to_owned())];
    options.extend(
        organisations
            .iter()
            .map(|one| (one.id.to_string(), one.name.clone())),
    );
    view! {
        {back_link(paths::TEAMS, "Back to teams")}
        {error_summary(&state.errors)}
        {heading("Administration", "Add a team", "")}
        {post_form(format!("{}/new", paths::TEAMS), view! {
            {key_field(state)}
            {select(state, Field::new("organisation", "Organisation"), &options)}
            {words_of_a_team(state)}
            {button(ButtonKind::Primary, "Add the team")}
        })}
    }
    .into_any()
}

/// Change a team. `changed` where a colleague was first: the page then shows both.
pub fn team(view: &TeamDetail, state: &FormState, changed: Option<&Changed>) -> AnyView {
    let police = view.team.organisation.kind == OrganisationKind::Police;
    let wards = police.then(|| {
        let choices: Vec<Choice> = view
            .wards
            .iter()
            .map(|ward| Choice::new(ward.id.to_string(), &ward.name))
            .collect();
        let field = Field::new("area", "Wards that it looks after")
            .hint("The team sees the concerns raised in these wards.");
        checkboxes(state, field, &choices)
    });
    let both = changed.map(|changed| {
        let mut saved = vec![
            ("Name of the team".to_owned(), view.team.name.clone()),
            ("Email address".to_owned(), view.team.email.clone()),
        ];
        if police {
            saved.push((
                "Wards that it looks after".to_owned(),
                names(&view.areas, &view.wards),
            ));
        }
        theirs(changed, saved)
    });
    view! {
        {back_link(paths::TEAMS, "Back to teams")}
        {error_summary(&state.errors)}
        {heading("Administration", view.team.name.clone(), "")}
        {both}
        {post_form(paths::team(view.team.id.0), view! {
            {version_field(state)}
            {words_of_a_team(state)}
            {wards}
            {button(ButtonKind::Primary, "Save")}
        })}
    }
    .into_any()
}

fn names(areas: &[AreaId], wards: &[Area]) -> String {
    let named: Vec<&str> = wards
        .iter()
        .filter(|ward| areas.contains(&ward.id))
        .map(|ward| ward.name.as_str())
        .collect();
    named.join(", ")
}

/// Add a voluntary body with its first administrator.
pub fn new_organisation(state: &FormState) -> AnyView {
    view! {
        {back_link(paths::TEAMS, "Back to teams")}
        {error_summary(&state.errors)}
        {heading("Administration", "Add an organisation", "A voluntary, community or faith body that takes part in consultations as a partner.")}
        <p class="govuk-body">
            "A police force or another council is added by whoever runs this site, on the \
             command line, because it brings access to what residents wrote."
        </p>
        {post_form(paths::NEW_ORGANISATION, view! {
            {key_field(state)}
            {text_input(state, Field::new("name", "Name of the organisation").autocomplete("off"))}
            {text_input(state, Field::new("person", "Name of its first administrator").autocomplete("off"))}
            {text_input(state, Field::new("email", "Their email address").hint("They get a link, which works once within 7 days, and then add teams and people of their own.").kind("email").autocomplete("off"))}
            {button(ButtonKind::Primary, "Add the organisation")}
        })}
    }
    .into_any()
}
