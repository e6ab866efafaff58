//! What staff type: kept as typed for the page, and parsed for the use case.

use domain::account::{Email, Role};
use domain::ids::TeamId;

use crate::messages::account as words;
use crate::pairs::Pairs;
use crate::ui::form::FormState;

/// A form's state with every pair as it came.
pub fn state(pairs: &Pairs) -> FormState {
    FormState::from_pairs(pairs.iter())
}

/// Address and password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// As typed; an address of no shape is simply nobody's.
    pub email: String,
    /// As typed.
    pub password: String,
    /// Where to go on, if it is one of our own paths.
    pub next: String,
}

/// Parses the sign-in form.
///
/// # Errors
/// The form with what is missing.
pub fn sign_in(pairs: &Pairs) -> Result<SignIn, FormState> {
    let mut form = state(pairs);
    if pairs.one("email").is_empty() {
        form.refuse("email", words::EMAIL_REFUSED);
    }
    let password = raw(pairs, "password");
    if password.is_empty() {
        form.refuse("password", words::PASSWORD_MISSING);
    }
    if form.is_refused() {
        return Err(form);
    }
    Ok(SignIn {
        email: Email::known_as(pairs.one("email")),
        password,
        next: pairs.one("next").to_owned(),
    })
}

/// A value as typed: spaces belong to a password.
pub fn raw(pairs: &Pairs, name: &str) -> String {
    pairs.all(name).next().unwrap_or_default().to_owned()
}

/// Somebody to invite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Name.
    pub name: String,
    /// Address.
    pub email: Email,
    /// First team.
    pub team: TeamId,
    /// First role.
    pub role: Role,
}

/// Parses an invitation.
///
/// # Errors
/// The form with what is wrong.
pub fn invitation(pairs: &Pairs) -> Result<Invitation, FormState> {
    let mut form = state(pairs);
    let name = pairs.one("name").to_owned();
    if name.is_empty() || name.chars().count() > 120 {
        form.refuse("name", words::NAME_REFUSED);
    }
    let email = Email::parse(pairs.one("email"));
    if email.is_err() {
        form.refuse("email", words::EMAIL_REFUSED);
    }
    let given = given_role(pairs, &mut form);
    match (email, given) {
        (Ok(email), Some((team, role))) if !form.is_refused() => Ok(Invitation {
            name,
            email,
            team,
            role,
        }),
        _ => Err(form),
    }
}

/// Parses a team and a role.
///
/// # Errors
/// The form with what is missing.
pub fn role(pairs: &Pairs) -> Result<(TeamId, Role), FormState> {
    let mut form = state(pairs);
    match given_role(pairs, &mut form) {
        Some(given) => Ok(given),
        None => Err(form),
    }
}

fn given_role(pairs: &Pairs, form: &mut FormState) -> Option<(TeamId, Role)> {
    let team = pairs.one("team").parse().ok().map(TeamId);
    if team.is_none() {
        form.refuse("team", words::TEAM_MISSING);
    }
    let role = Role::from_code(pairs.one("role"));
    if role.is_none() {
        form.refuse("role", words::ROLE_MISSING);
    }
    Some((team?, role?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(list: &[(&str, &str)]) -> Pairs {
        Pairs::new(
            list.iter()
                .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
                .collect(),
        )
    }

    #[test]
    fn an_invitation_names_everything_that_is_missing_at_once() {
        let refused = invitation(&pairs(&[("email", "nobody"), ("name", " ")])).unwrap_err();
        let fields: Vec<_> = refused.errors.iter().map(|e| e.field.as_str()).collect();
        assert_eq!(fields, ["name", "email", "team", "role"]);
        assert_eq!(refused.get("email"), "nobody");
    }

    #[test]
    fn spaces_of_a_password_are_kept() {
        let form = sign_in(&pairs(&[("email", "A@b.org"), ("password", " a b ")])).unwrap();
        assert_eq!(
            (form.email.as_str(), form.password.as_str()),
            ("a@b.org", " a b ")
        );
    }
}
