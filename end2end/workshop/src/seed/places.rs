//! The places of the demonstration: a real borough's wards, census profile and postcodes. Their
//! licence statement is in `data/LICENCE.txt`, on the licences page and below every use.

use std::collections::HashMap;

use domain::council::boundary::middle;
use domain::ids::{AreaId, TeamId};

use server::App;
use server::cli::CliError;
use server::council::commands::{import_areas, set_up};
use server::council::queries;

const WARDS: &str = include_str!("data/wards.geojson");
const FIGURES: &str = include_str!("data/ward_profile.csv");
const POSTCODES: &str = include_str!("data/postcodes.csv");

/// Brings in wards, figures and postcodes; a second time changes nothing.
///
/// # Errors
/// Those of the database.
pub async fn places(app: &App) -> Result<(), CliError> {
    let wards = import_areas::read_geojson(WARDS, None, None)?;
    import_areas::import(app, &wards, "ward").await?;
    import_areas::import_figures(app, FIGURES).await?;
    import_areas::import_postcodes(app, POSTCODES).await?;
    Ok(())
}

/// Divides the wards between the two police teams, by the middle of the borough.
///
/// # Errors
/// Those of the database.
pub async fn serve(app: &App, teams: &HashMap<&'static str, TeamId>) -> Result<(), CliError> {
    let ids = queries::ids_by_code(app.db.read()).await?;
    let mut wards: Vec<(f64, AreaId)> = queries::areas(app.db.read())
        .await?
        .iter()
        .filter_map(|ward| Some((middle(&ward.rings)?.1, *ids.get(&ward.code)?)))
        .collect();
    wards.sort_by(|a, b| b.0.total_cmp(&a.0));
    let half = wards.len() / 2;
    let (north, south) = wards.split_at(half);
    let tx = app.db.begin().await?;
    for (team, wards) in [
        ("Neighbourhood Team North", north),
        ("Neighbourhood Team South", south),
    ] {
        if let Some(team) = teams.get(team) {
            let ids: Vec<AreaId> = wards.iter().map(|(_, id)| *id).collect();
            set_up::serve_areas(&tx, *team, &ids).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}
