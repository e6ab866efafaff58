//! Makes organisations, teams and people with passwords at once: the staff of a demonstration.

use std::collections::HashMap;

use domain::account::{Email, OrganisationKind, Role};
use domain::ids::TeamId;

use crate::App;
use crate::account::rows::people::{self, NewPerson};
use crate::account::rows::roles;
use crate::council::rows::{locks, write};
use crate::error::{Denied, Fault};
use crate::granted::{Caller, Granted};
use crate::record::site;

/// A team with its organisation; each is made where it is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffTeam {
    /// The organisation's name.
    pub organisation: String,
    /// What the organisation is.
    pub kind: OrganisationKind,
    /// The team's name, the only one of its kind in the command.
    pub name: String,
    /// The team's address.
    pub email: String,
}

/// Somebody with a password and roles.
#[derive(Clone)]
pub struct StaffPerson {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: Email,
    /// Their password.
    pub password: String,
    /// Their roles, each in a team of the command by its name.
    pub roles: Vec<(String, Role)>,
}

/// Makes teams and people.
#[derive(Clone)]
pub struct AddStaff {
    /// The teams.
    pub teams: Vec<StaffTeam>,
    /// The people.
    pub people: Vec<StaffPerson>,
}

/// Makes what is missing of these teams and people, and returns the teams by name. Somebody whose
/// address is known is left as they are. For the program alone.
///
/// # Errors
/// Somebody has a role in a team that the command does not name.
pub async fn add_staff(
    app: &App,
    caller: &Caller,
    command: AddStaff,
) -> Result<HashMap<String, TeamId>, Denied> {
    let mut hashes = Vec::with_capacity(command.people.len());
    for person in &command.people {
        let hash = app.hasher.hash(person.password.clone()).await;
        hashes.push(hash.map_err(Fault::unexpected)?);
    }
    let tx = app.db.begin().await?;
    let locked = locks::lock_partnership(&tx).await?;
    let granted = Granted::to_the_program(&tx, caller.now, locked).await;
    let mut teams = HashMap::new();
    for team in command.teams {
        let of = write::organisation(&granted, &team.organisation, team.kind).await?;
        let id = write::team(&granted, of, &team.name, &team.email).await?;
        teams.insert(team.name, id);
    }
    for (person, hash) in command.people.into_iter().zip(hashes) {
        let new = NewPerson {
            name: person.name,
            email: person.email,
            password_hash: Some(hash),
        };
        let Some(id) = people::insert_person(&granted, &new).await? else {
            continue;
        };
        for (team, role) in person.roles {
            let team = teams.get(&team).ok_or(Denied::NotFound)?;
            roles::add_role(&granted, id, *team, role).await?;
        }
    }
    site::changed(&granted).await?;
    tx.commit().await?;
    Ok(teams)
}
