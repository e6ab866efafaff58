//! `seed demo`: an invented partnership in a real borough.
//!
//! Invariant: everything invented says so, and the same borough is made each time.

mod aftermath;
mod cast;
mod concerns;
mod consultations;
mod endings;
mod invented;
mod past;
mod people;
mod places;
mod polls;
mod polls_story;
mod priorities;
mod residents;
mod story;
mod voices;

pub use people::{PEOPLE, Person, people, staff};
pub use places::places;

use clap::Subcommand;
use server::App;
use server::cli::CliError;
use server::config::Config;

use crate::{load, marked};

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
                let app = marked::application(config).await?;
                demo(&app).await?;
                print!(
                    "{}",
                    app::messages::account::demonstration_people(&people())
                );
                app.db.close().await;
                Ok(())
            }
            Self::Load {
                responses,
                consultation,
            } => {
                let nothing = load::unpublished(&consultation);
                let app = marked::only_marked(config, &nothing).await?;
                let loaded = load::load(&app, &consultation, responses).await?;
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
/// [`CliError::Usage`] where the database is neither empty nor marked as a demonstration.
pub async fn demo(app: &App) -> Result<(), CliError> {
    marked::mark(app).await?;
    marked::show_on_sign_in(app, &people()).await?;
    places(app).await?;
    let teams = staff(app).await?;
    places::serve(app, &teams).await?;
    consultations::consultations(app, &teams).await?;
    polls::polls(app, &teams).await?;
    concerns::concerns(app).await?;
    // What everybody may see of it, at once: a server that starts on it would release it a moment later.
    server::jobs::find_opinions(app, app.clock.now()).await?;
    server::jobs::release_due(app).await?;
    Ok(())
}
