//! What administrators type about organisations and teams.

use domain::account::Email;
use domain::council::{MOST_OF_A_NAME, NewOrganisation, TeamWords};
use domain::ids::AreaId;

use crate::messages::account as words;
use crate::pairs::Pairs;
use crate::ui::form::FormState;

fn name(pairs: &Pairs, form: &mut FormState, field: &str) -> String {
    let name = pairs.one(field).to_owned();
    if name.is_empty() || name.chars().count() > MOST_OF_A_NAME {
        form.refuse(field, words::NAME_REFUSED);
    }
    name
}

fn email(pairs: &Pairs, form: &mut FormState) -> Option<Email> {
    let email = Email::parse(pairs.one("email")).ok();
    if email.is_none() {
        form.refuse("email", words::EMAIL_REFUSED);
    }
    email
}

/// Parses a team.
///
/// # Errors
/// The form with what is wrong.
pub fn team(pairs: &Pairs) -> Result<TeamWords, FormState> {
    let mut form = FormState::from_pairs(pairs.iter());
    let name = name(pairs, &mut form, "name");
    let email = email(pairs, &mut form);
    let areas = pairs.all("area").filter_map(|id| id.parse().ok());
    match email {
        Some(email) if !form.is_refused() => Ok(TeamWords {
            name,
            email,
            areas: areas.map(AreaId).collect(),
        }),
        _ => Err(form),
    }
}

/// Parses an organisation with its first administrator.
///
/// # Errors
/// The form with what is wrong.
pub fn organisation(pairs: &Pairs) -> Result<NewOrganisation, FormState> {
    let mut form = FormState::from_pairs(pairs.iter());
    let own = name(pairs, &mut form, "name");
    let person = name(pairs, &mut form, "person");
    match email(pairs, &mut form) {
        Some(email) if !form.is_refused() => Ok(NewOrganisation {
            name: own,
            person,
            email,
        }),
        _ => Err(form),
    }
}
