//! Adds a voluntary body to the partnership and invites its first administrator.

use domain::account::policy::administrator;
use domain::account::{OrganisationKind, Role};
use domain::council::{NewOrganisation, TeamRefused, may_add_organisation};
use domain::edit::CreationKey;

use crate::App;
use crate::account::rows::invitations::invite;
use crate::account::rows::people::{self, NewPerson};
use crate::account::rows::roles;
use crate::council::rows::{locks, teams, write};
use crate::error::{Denied, Refused};
use crate::granted::{Caller, Granted};
use crate::record::creation;

/// The team of an organisation's first administrator.
const FIRST_TEAM: &str = "Administration";

/// Adds a voluntary body.
#[derive(Clone, Debug)]
pub struct AddOrganisation {
    /// The body and its first administrator.
    pub organisation: NewOrganisation,
    /// The key of the form.
    pub key: CreationKey,
}

/// Adds a voluntary body and invites its first administrator; somebody who works here already is
/// given the role. The same form twice, or the same words, add it once.
///
/// # Errors
/// The caller administers no council, or there is another organisation of this name.
pub async fn add_organisation(
    app: &App,
    caller: &Caller,
    command: AddOrganisation,
) -> Result<(), Refused<TeamRefused>> {
    administrator(&caller.actor)?;
    let tx = app.db.begin().await?;
    let locked = locks::lock_partnership(&tx).await?;
    let partnership = Granted::ask(&tx, caller, locked, |actor, _| {
        may_add_organisation(administrator(actor)?)
    })
    .await?;
    let key = creation::key_with(&command.key, &command.organisation);
    if creation::made(&partnership, &key).await?.is_some() {
        return Ok(());
    }
    let new = &command.organisation;
    let email = new.email.as_str();
    if let Some(known) = teams::organisation_named(&tx, &new.name).await? {
        let again = match people::by_email(&tx, email).await? {
            Some(person) => roles::administered(&tx, person.id)
                .await?
                .contains(&known.id),
            None => false,
        };
        return if again {
            Ok(())
        } else {
            Err(Refused::Because(TeamRefused::NameTaken))
        };
    }
    let of = write::organisation(&partnership, &new.name, OrganisationKind::Voluntary).await?;
    let team = write::team(&partnership, of, FIRST_TEAM, email).await?;
    let person = NewPerson {
        name: new.person.clone(),
        email: new.email.clone(),
        password_hash: None,
    };
    let id = match people::insert_person(&partnership, &person).await? {
        Some(id) => {
            invite(&partnership, &app.config.base_url, id, &new.person, email).await?;
            id
        }
        None => {
            people::by_email(&tx, email)
                .await?
                .ok_or(Denied::NotFound)?
                .id
        }
    };
    roles::add_role(&partnership, id, team, Role::Administrator).await?;
    creation::keep(&partnership, &key, of).await?;
    let subject = format!("organisation {of}");
    write::record(&partnership, "organisation.added", &subject, &new.name).await?;
    tx.commit().await?;
    Ok(())
}
