//! `soundings export`: responses out, without names.

use std::io::Write;

use clap::Subcommand;
use domain::response::ExportFormat;

use crate::cli::{CliError, open_existing};
use crate::config::Config;
use crate::consultation::rows::by_slug;
use crate::response::queries::export;

/// What to export.
#[derive(Subcommand, Debug)]
pub enum Export {
    /// Every response to one consultation
    Consultation {
        /// Its name in addresses
        slug: String,
        /// csv or json
        #[arg(long, default_value = "csv")]
        format: String,
    },
}

impl Export {
    /// Writes it to standard output.
    pub async fn run(self, config: Config) -> Result<(), CliError> {
        let Self::Consultation { slug, format } = self;
        let format = ExportFormat::from_word(&format)
            .ok_or_else(|| CliError::Usage("--format is csv or json.".to_owned()))?;
        let db = open_existing(&config).await?;
        let on = by_slug(db.read(), &slug)
            .await?
            .ok_or_else(|| CliError::Usage(format!("There is no consultation “{slug}”.")))?;
        let mut export = export::Export::new(db.read(), on, format).await?;
        let mut out = std::io::stdout().lock();
        while let Some(bytes) = export.next().await? {
            out.write_all(&bytes)?;
        }
        out.flush()?;
        db.close().await;
        Ok(())
    }
}
