//! `soundings create-admin`: the first administrator of a new site.

use std::io::BufRead;

use clap::Args;
use domain::account::{Email, OrganisationKind, Role, check_password};

use crate::account::commands::people::{add_person, add_role};
use crate::account::commands::sign_in::subject;
use crate::account::rows::links::{self, Purpose};
use crate::cli::{CliError, application};
use crate::config::Config;
use crate::council::commands::set_up;
use crate::record::audit;

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
        if let Some(password) = &password
            && let Err(refused) = check_password(password, &self.name, email.as_str())
        {
            let words = app::messages::account::password(refused);
            return Err(CliError::Usage(format!("{words}.")));
        }
        let app = application(config).await?;
        let hash = match password {
            Some(password) => Some(app.hasher.hash(password).await?),
            None => None,
        };
        let invited = hash.is_none();
        let now = app.clock.now();
        let tx = app.db.begin().await?;
        let organisation = set_up::organisation(&tx, &self.organisation, kind).await?;
        let team = set_up::team(&tx, organisation, &self.team, email.as_str()).await?;
        let Some(id) = add_person(&tx, now, &self.name, &email, hash).await? else {
            return Err(CliError::Usage(
                "Somebody with this email address is here already.".to_owned(),
            ));
        };
        add_role(&tx, id, team, Role::Administrator).await?;
        audit::append(
            &tx,
            now,
            None,
            "person.administrator-made",
            &subject(id),
            "",
        )
        .await?;
        let token = if invited {
            Some(links::make(&tx, now, id, Purpose::Invitation).await?)
        } else {
            None
        };
        tx.commit().await?;
        match token {
            Some(token) => println!(
                "Open this link within 7 days to choose a password; it works once:\n{}/invitation/{token}",
                app.config.base_url
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

fn first_line() -> Result<String, CliError> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
