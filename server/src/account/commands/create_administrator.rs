//! Makes the first administrator of an organisation, for whoever runs the site.

use domain::account::{Email, OrganisationKind, PasswordRefused, Role, check_password};
use domain::typed;

use crate::App;
use crate::account::rows::links::{self, Purpose};
use crate::account::rows::people::{self, NewPerson};
use crate::account::rows::{record, roles};
use crate::council::rows::{locks, write};
use crate::error::{Fault, Refused};
use crate::granted::{Caller, Granted};

/// Makes an administrator.
#[derive(Clone)]
pub struct CreateAdministrator {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: Email,
    /// The organisation to administer; it is made where it is missing.
    pub organisation: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// Their team; it is made where it is missing.
    pub team: String,
    /// Their password; without one they get a link to choose it.
    pub password: Option<String>,
}

/// Why nobody was made an administrator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreateAdministratorRefused {
    /// The address is somebody's already.
    EmailTaken,
    /// The password may not be one.
    Password(PasswordRefused),
    /// Something that has to be named is not.
    Blank(Named),
}

/// What has to be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// The person.
    Person,
    /// The organisation.
    Organisation,
    /// The team.
    Team,
}

/// Makes an administrator. Returns the address of the page where they choose a password, where they
/// have none. For the program alone.
///
/// # Errors
/// Something has no name, the address is somebody's, or the password may not be one.
pub async fn create_administrator(
    app: &App,
    caller: &Caller,
    command: CreateAdministrator,
) -> Result<Option<String>, Refused<CreateAdministratorRefused>> {
    for (named, words) in [
        (Named::Person, &command.name),
        (Named::Organisation, &command.organisation),
        (Named::Team, &command.team),
    ] {
        if typed::is_blank(words) {
            return Err(Refused::Because(CreateAdministratorRefused::Blank(named)));
        }
    }
    let (name, email) = (command.name.as_str(), command.email.as_str());
    let password_hash = match command.password {
        Some(password) => {
            check_password(&password, name, email)
                .map_err(|why| Refused::Because(CreateAdministratorRefused::Password(why)))?;
            let hash = app.hasher.hash(password).await;
            Some(hash.map_err(Fault::unexpected)?)
        }
        None => None,
    };
    let is_invited = password_hash.is_none();
    let tx = app.db.begin().await?;
    let locked = locks::lock_partnership(&tx).await?;
    let granted = Granted::to_the_program(&tx, caller.now, locked).await;
    let of = write::organisation(&granted, &command.organisation, command.kind).await?;
    let team = write::team(&granted, of, &command.team, email).await?;
    let new = NewPerson {
        name: command.name,
        email: command.email,
        password_hash,
    };
    let Some(id) = people::insert_person(&granted, &new).await? else {
        return Err(Refused::Because(CreateAdministratorRefused::EmailTaken));
    };
    roles::add_role(&granted, id, team, Role::Administrator).await?;
    record::record(&granted, "person.administrator-made", id, "").await?;
    let link = if is_invited {
        let token = links::make(&granted, id, Purpose::Invitation).await?;
        Some(format!("{}/invitation/{token}", app.config.base_url))
    } else {
        None
    };
    tx.commit().await?;
    Ok(link)
}
