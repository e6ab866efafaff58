//! `soundings import areas FILE.geojson`.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::{CliError, application};
use crate::config::Config;
use crate::council::commands::import_areas;

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
        let new = import_areas::read_geojson(&text, self.code.as_deref(), self.name.as_deref())
            .map_err(wrong)?;
        let figures = self.figures.as_deref().map(read).transpose()?;
        let postcodes = self.postcodes.as_deref().map(read).transpose()?;
        let app = application(config).await?;
        let added = import_areas::import(&app, &new, &self.kind)
            .await
            .map_err(wrong)?;
        println!("{} areas, {added} of them new.", new.len());
        if let Some(table) = figures {
            let taken = import_areas::import_figures(&app, &table)
                .await
                .map_err(wrong)?;
            println!("Census figures of {taken} areas.");
        }
        if let Some(table) = postcodes {
            let taken = import_areas::import_postcodes(&app, &table)
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

fn wrong(refused: import_areas::AreasRefused) -> CliError {
    match refused {
        import_areas::AreasRefused::Database(_) => CliError::Failed(refused.to_string()),
        _ => CliError::Usage(refused.to_string()),
    }
}
