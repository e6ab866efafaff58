//! `soundings import areas FILE.geojson`.

use std::path::{Path, PathBuf};

use app::messages::file as words;
use clap::Args;
use domain::council::tables::{self, PlacesRefused, Postcodes};

use crate::cli::{CliError, application, file};
use crate::config::Config;
use crate::council::boundaries::read_geojson;
use crate::council::commands::{ImportAreas, import_areas};
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
    /// A CSV table of census figures: code, name, residents, then a column a
    /// measure, all whole numbers
    #[arg(long)]
    figures: Option<PathBuf>,
    /// A CSV table of postcodes: postcode, code of the area, town
    #[arg(long)]
    postcodes: Option<PathBuf>,
}

impl Areas {
    /// Reads all files, then imports them and prints what came in.
    ///
    /// # Errors
    /// [`CliError::Usage`] where a file is wrong, with the line; nothing is stored then.
    pub async fn run(self, config: Config) -> Result<(), CliError> {
        let text = file::text(&self.file)?;
        let areas = read_geojson(&text, self.code.as_deref(), self.name.as_deref())
            .map_err(|refused| CliError::Usage(refused.to_string()))?;
        let figures = match &self.figures {
            Some(path) => tables::figures(&file::text(path)?).map_err(|why| wrong(path, &why))?,
            None => Vec::new(),
        };
        let postcodes = match &self.postcodes {
            Some(path) => tables::postcodes(&file::text(path)?).map_err(|why| wrong(path, &why))?,
            None => Postcodes::default(),
        };
        let app = application(config).await?;
        let caller = Caller::anyone(app.clock.now());
        let command = ImportAreas {
            areas,
            kind: self.kind,
            figures,
            postcodes,
        };
        let done = import_areas(&app, &caller, command).await?;
        println!("{} areas, {} of them new.", done.areas, done.added);
        if self.figures.is_some() {
            println!("Census figures of {} areas.", done.figures);
            left_out(done.figures_left_out, "rows of figures");
        }
        if self.postcodes.is_some() {
            println!("{} postcodes.", done.postcodes);
            left_out(done.postcodes_left_out, "postcodes");
            if done.postcodes_repeated > 0 {
                println!("{} rows say the same again.", done.postcodes_repeated);
            }
        }
        app.db.close().await;
        Ok(())
    }
}

fn left_out(number: usize, what: &str) {
    if number > 0 {
        println!("Left out: {number} {what} whose area is not here.");
    }
}

fn wrong(path: &Path, refused: &PlacesRefused) -> CliError {
    CliError::Usage(format!("{}, {}.", path.display(), words::places(refused)))
}
