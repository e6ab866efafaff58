//! The places of the demonstration: a real borough's wards, census profile and postcodes. Their
//! licence statement is in `data/LICENCE.txt`, on the licences page and below every use.

use std::collections::HashMap;

use domain::council::boundary::middle;
use domain::council::tables;
use domain::ids::{AreaId, TeamId};

use server::App;
use server::cli::CliError;
use server::council::boundaries::read_geojson;
use server::council::commands::{ImportAreas, ServeAreas, import_areas, serve_areas};
use server::council::queries;
use server::granted::Caller;

const WARDS: &str = include_str!("data/wards.geojson");
const FIGURES: &str = include_str!("data/ward_profile.csv");
const POSTCODES: &str = include_str!("data/postcodes.csv");

/// Brings in wards, figures and postcodes; a second time changes nothing.
pub async fn places(app: &App) -> Result<(), CliError> {
    let command = ImportAreas {
        areas: read_geojson(WARDS, None, None)?,
        kind: "ward".to_owned(),
        figures: tables::figures(FIGURES)?,
        postcodes: tables::postcodes(POSTCODES)?,
    };
    import_areas(app, &Caller::anyone(app.clock.now()), command).await?;
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
