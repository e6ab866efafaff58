//! The places of the demonstration: a real borough's wards, census profile and postcodes. Their
//! licence statement is in `data/LICENCE.txt`, on the licences page and below every use.

use std::collections::HashMap;

use domain::council::boundary::middle;
use domain::ids::{AreaId, TeamId};

use server::App;
use server::cli::CliError;
use server::council::boundaries::read_geojson;
use server::council::commands::TableRefused;
use server::council::commands::import_areas::{ImportAreas, import_areas};
use server::council::commands::import_figures::{ImportFigures, import_figures};
use server::council::commands::import_postcodes::{ImportPostcodes, import_postcodes};
use server::council::commands::serve_areas::{ServeAreas, serve_areas};
use server::council::queries;
use server::error::Refused;
use server::granted::Caller;

const WARDS: &str = include_str!("data/wards.geojson");
const FIGURES: &str = include_str!("data/ward_profile.csv");
const POSTCODES: &str = include_str!("data/postcodes.csv");

/// Brings in wards, figures and postcodes; a second time changes nothing.
pub async fn places(app: &App) -> Result<(), CliError> {
    let areas = read_geojson(WARDS, None, None)?;
    let caller = Caller::anyone(app.clock.now());
    let kind = "ward".to_owned();
    import_areas(app, &caller, ImportAreas { areas, kind }).await?;
    let table = FIGURES.to_owned();
    import_figures(app, &caller, ImportFigures { table })
        .await
        .map_err(wrong)?;
    let table = POSTCODES.to_owned();
    import_postcodes(app, &caller, ImportPostcodes { table })
        .await
        .map_err(wrong)?;
    Ok(())
}

/// Divides the wards between the two police teams, by the middle of the borough.
pub async fn serve(app: &App, teams: &HashMap<String, TeamId>) -> Result<(), CliError> {
    let ids = queries::ids_by_code(app.db.read()).await?;
    let mut wards: Vec<(f64, AreaId)> = queries::areas(app.db.read())
        .await?
        .iter()
        .filter_map(|ward| Some((middle(&ward.rings)?.1, *ids.get(&ward.code)?)))
        .collect();
    wards.sort_by(|a, b| b.0.total_cmp(&a.0));
    let caller = Caller::anyone(app.clock.now());
    let half = wards.len() / 2;
    let (north, south) = wards.split_at(half);
    for (team, wards) in [
        ("Neighbourhood Team North", north),
        ("Neighbourhood Team South", south),
    ] {
        if let Some(team) = teams.get(team) {
            let areas: Vec<AreaId> = wards.iter().map(|(_, id)| *id).collect();
            serve_areas(app, &caller, ServeAreas { team: *team, areas }).await?;
        }
    }
    Ok(())
}

fn wrong(refused: Refused<TableRefused>) -> CliError {
    match refused {
        Refused::Because(why) => why.into(),
        Refused::Denied(denied) => denied.into(),
    }
}
