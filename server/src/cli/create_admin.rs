//! `soundings create-admin`: the first administrator of a new site.

use std::io::BufRead;

use clap::Args;
use domain::account::{Email, OrganisationKind};

use crate::account::commands::create_administrator::{
    self, CreateAdministrator, CreateAdministratorRefused, Named,
};
use crate::cli::{CliError, application};
use crate::config::Config;
use crate::error::Refused;
use crate::granted::Caller;

/// Add an administrator; prints a one-time link, or takes a password from standard input
#[derive(Args, Debug)]
pub struct CreateAdmin {
    /// The person's name
    #[arg(long)]
    name: String,
    /// The person's work email address
    #[arg(long)]
    email: String,
    /// The organisation to administer; it is made where it is missing
    #[arg(long)]
    organisation: String,
    /// What the organisation is: council, police or voluntary
    #[arg(long, default_value = "council")]
    kind: String,
    /// The person's team; it is made where it is missing
    #[arg(long, default_value = "Administration")]
    team: String,
    /// Read a password from the first line of standard input instead of printing a link
    #[arg(long)]
    password_stdin: bool,
}

impl CreateAdmin {
    /// Adds the person.
    pub async fn run(self, config: Config) -> Result<(), CliError> {
        let Ok(email) = Email::parse(&self.email) else {
            return Err(CliError::Usage(
                "--email must be an email address, such as name@example.gov.uk.".to_owned(),
            ));
        };
        let Some(kind) = OrganisationKind::from_code(&self.kind) else {
            return Err(CliError::Usage(
                "--kind must be council, police or voluntary.".to_owned(),
            ));
        };
        let password = self.password_stdin.then(first_line).transpose()?;
        let app = application(config).await?;
        let caller = Caller::anyone(app.clock.now());
        let command = CreateAdministrator {
            name: self.name.clone(),
            email,
            organisation: self.organisation,
            kind,
            team: self.team,
            password,
        };
        let link = create_administrator::create_administrator(&app, &caller, command)
            .await
            .map_err(refused)?;
        match link {
            Some(link) => println!(
                "Open this link within 7 days to choose a password; it works once:\n{link}"
            ),
            None => println!(
                "{} can sign in at {}/sign-in.",
                self.name, app.config.base_url
            ),
        }
        app.db.close().await;
        Ok(())
    }
}

fn refused(why: Refused<CreateAdministratorRefused>) -> CliError {
    match why {
        Refused::Because(CreateAdministratorRefused::EmailTaken) => {
            CliError::Usage("There is already somebody with this email address.".to_owned())
        }
        Refused::Because(CreateAdministratorRefused::Password(why)) => {
            CliError::Usage(format!("{}.", app::messages::account::password(why)))
        }
        Refused::Because(CreateAdministratorRefused::Blank(named)) => {
            let option = match named {
                Named::Person => "--name",
                Named::Organisation => "--organisation",
                Named::Team => "--team",
            };
            CliError::Usage(format!("{option} must say something."))
        }
        Refused::Denied(denied) => denied.into(),
    }
}

fn first_line() -> Result<String, CliError> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
