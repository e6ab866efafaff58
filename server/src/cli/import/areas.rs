//! `soundings import areas FILE.geojson`.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::{CliError, application};
use crate::config::Config;
use crate::council::boundaries::read_geojson;
use crate::council::commands::TableRefused;
use crate::council::commands::import_areas::{self, ImportAreas};
use crate::council::commands::import_figures::{self, ImportFigures};
use crate::council::commands::import_postcodes::{self, ImportPostcodes};
use crate::error::Refused;
use crate::granted::Caller;

/// Wards or other areas from a GeoJSON file in WGS 84
#[derive(Args, Debug)]
pub struct Areas {
    /// A feature collection of polygons
    file: PathBuf,
    /// The property that holds the code; otherwise the one that ends in CD, such as WD25CD
    #[arg(long)]
    code: Option<String>,
    /// The property that holds the name; otherwise the one that ends in NM, such as WD25NM
    #[arg(long)]
    name: Option<String>,
    /// What the areas are
    #[arg(long, default_value = "ward")]
    kind: String,
    /// A CSV table of census figures: code, name, residents, then a column a measure
    #[arg(long)]
    figures: Option<PathBuf>,
    /// A CSV table of postcodes: postcode, code of the area, town
    #[arg(long)]
    postcodes: Option<PathBuf>,
}

impl Areas {
    /// Imports and prints what came in.
    pub async fn run(self, config: Config) -> Result<(), CliError> {
        let text = read(&self.file)?;
        let areas = read_geojson(&text, self.code.as_deref(), self.name.as_deref())
            .map_err(|refused| CliError::Usage(refused.to_string()))?;
        let figures = self.figures.as_deref().map(read).transpose()?;
        let postcodes = self.postcodes.as_deref().map(read).transpose()?;
        let app = application(config).await?;
        let caller = Caller::anyone(app.clock.now());
        let (count, kind) = (areas.len(), self.kind);
        let added = import_areas::import_areas(&app, &caller, ImportAreas { areas, kind }).await?;
        println!("{count} areas, {added} of them new.");
        if let Some(table) = figures {
            let taken = import_figures::import_figures(&app, &caller, ImportFigures { table })
                .await
                .map_err(wrong)?;
            println!("Census figures of {taken} areas.");
        }
        if let Some(table) = postcodes {
            let taken =
                import_postcodes::import_postcodes(&app, &caller, ImportPostcodes { table })
                    .await
                    .map_err(wrong)?;
            println!("{taken} postcodes.");
        }
        app.db.close().await;
        Ok(())
    }
}

fn read(path: &Path) -> Result<String, CliError> {
    std::fs::read_to_string(path)
        .map_err(|error| CliError::Usage(format!("{} can't be read: {error}.", path.display())))
}

fn wrong(refused: Refused<TableRefused>) -> CliError {
    match refused {
        Refused::Because(why) => CliError::Usage(why.to_string()),
        Refused::Denied(denied) => denied.into(),
    }
}
