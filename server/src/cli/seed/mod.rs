//! `seed demo`: an invented partnership in a real borough.
//!
//! Invariant: everything invented says so, and a database that holds anything else is refused.

mod aftermath;
mod concerns;
mod consultations;
mod invented;
mod people;
mod places;
mod polls;
mod polls_story;
mod priorities;
mod story;

pub use people::{PEOPLE, Person, people, staff};
pub use places::places;

use clap::Subcommand;
use entity::{consultation, organisation, person, site_state};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::App;
use crate::cli::{CliError, application};
use crate::config::Config;
use crate::record::site;

/// What to fill the database with.
#[derive(Subcommand, Debug)]
pub enum Seed {
    /// The demonstration: invented people and responses in a real borough
    Demo,
    /// Invented responses in great number, to measure with
    Load {
        /// How many the consultation is to have
        #[arg(long, value_name = "N")]
        responses: u64,
        /// The consultation's name in addresses
        #[arg(long, value_name = "SLUG")]
        consultation: String,
    },
}

impl Seed {
    /// Fills it.
    pub async fn run(self, config: Config) -> Result<(), CliError> {
        match self {
            Self::Demo => {
                if !config.is_local() {
                    return Err(CliError::Usage(
                        "The demonstration’s passwords are known to everybody: it is made only \
                         with a SOUNDINGS_BASE_URL on this machine."
                            .to_owned(),
                    ));
                }
                let app = application(config).await?;
                demo(&app).await?;
                print!("{}", people_table());
                app.db.close().await;
                Ok(())
            }
            Self::Load {
                responses,
                consultation,
            } => {
                let app = application(config).await?;
                let loaded = crate::response::load::load(&app, &consultation, responses).await?;
                println!(
                    "{} responses added in {:.1} s.",
                    loaded.added, loaded.seconds
                );
                app.db.close().await;
                Ok(())
            }
        }
    }
}

/// Makes the demonstration, or completes one that was begun.
///
/// # Errors
/// One sentence where the database holds anything else.
pub async fn demo(app: &App) -> Result<(), CliError> {
    let (_, ours) = site::state(app.db.read()).await?;
    if !ours {
        refuse_occupied(app).await?;
        mark(app).await?;
    }
    places(app).await?;
    let teams = staff(app).await?;
    places::serve(app, &teams).await?;
    consultations::consultations(app, &teams).await?;
    polls::polls(app, &teams).await?;
    concerns::concerns(app).await
}

async fn refuse_occupied(app: &App) -> Result<(), CliError> {
    let db = app.db.read();
    let organisations = organisation::Entity::find()
        .filter(organisation::Column::Name.is_not_in(people::ORGANISATIONS))
        .count(db)
        .await?;
    let people = person::Entity::find()
        .filter(person::Column::Email.is_not_in(PEOPLE.map(|person| person.email)))
        .count(db)
        .await?;
    let consultations = consultation::Entity::find().count(db).await?;
    let occupied = organisations + people + consultations > 0;
    if occupied {
        return Err(CliError::Usage(
            "The database holds something that is not the demonstration: name an empty one in \
             SOUNDINGS_DATABASE_URL."
                .to_owned(),
        ));
    }
    Ok(())
}

async fn mark(app: &App) -> Result<(), CliError> {
    let tx = app.db.begin().await?;
    site::changed(&tx).await?;
    site_state::Entity::update(site_state::ActiveModel {
        id: Set(1),
        is_demonstration: Set(true),
        ..Default::default()
    })
    .exec(&tx)
    .await?;
    tx.commit().await?;
    Ok(())
}

/// The people of the demonstration and their passwords, as printed.
pub fn people_table() -> String {
    let mut out = String::from(
        "\nThis is a demonstration. Its people are invented and everybody knows their passwords:\n\n",
    );
    for person in people() {
        out.push_str(&format!(
            "  {:<36} {:<30} {}\n",
            person.role, person.email, person.password
        ));
    }
    out.push('\n');
    out
}
