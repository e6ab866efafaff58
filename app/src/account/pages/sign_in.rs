//! Sign-in, with the people of a demonstration where the site is one.

use domain::account::read::DemonstrationPerson;
use leptos::prelude::*;

use crate::paths;
use crate::ui::field::text_input;
use crate::ui::form::{ButtonKind, FormState, button, error_summary, hidden, post_form};
use crate::ui::label::Field;
use crate::ui::parts::{SummaryRow, heading, inset, summary_list};

/// The page.
pub fn sign_in(form: FormState, next: &str, demonstration: Vec<DemonstrationPerson>) -> AnyView {
    let fields = view! {
        {hidden("next", next)}
        {text_input(&form, Field::new("email", "Email address").kind("email").autocomplete("username"))}
        {text_input(&form, Field::new("password", "Password").kind("password").autocomplete("current-password"))}
        {button(ButtonKind::Primary, "Sign in")}
    };
    view! {
        {error_summary(&form.errors)}
        {heading("For staff of the partnership", "Sign in", "")}
        <p class="govuk-body">
            "Residents do not need an account. "
            <a class="govuk-link" href=paths::HUB>"Find a consultation"</a>" or "
            <a class="govuk-link" href=paths::RECEIPT>"look up your receipt"</a>"."
        </p>
        {post_form(paths::SIGN_IN, fields)}
        <p class="govuk-body">
            <a class="govuk-link" href=paths::RESET>"I have forgotten my password"</a>
        </p>
        {demonstration_people(demonstration)}
    }
    .into_any()
}

fn demonstration_people(people: Vec<DemonstrationPerson>) -> Option<AnyView> {
    if people.is_empty() {
        return None;
    }
    let rows = people
        .into_iter()
        .map(|person| {
            SummaryRow::text(
                person.role,
                format!("{}\n{}\n{}", person.name, person.email, person.password),
            )
        })
        .collect();
    Some(
        view! {
            <h2 class="govuk-heading-l">"People of this demonstration"</h2>
            {inset("This site is a demonstration. These people are invented and their passwords are known to everybody. A site with a public address does not start with them.")}
            <p class="govuk-body">"Each has a name, an email address and a password:"</p>
            {summary_list(rows)}
        }
        .into_any(),
    )
}
