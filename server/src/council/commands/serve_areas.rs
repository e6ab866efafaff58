//! Says that teams look after areas too, as whoever runs the site sets it up.

use domain::ids::{AreaId, TeamId};

use crate::App;
use crate::council::rows::{locks, write};
use crate::error::Denied;
use crate::granted::{Caller, Granted};

/// Adds areas to what a team looks after.
#[derive(Clone, Debug)]
pub struct ServeAreas {
    /// The team.
    pub team: TeamId,
    /// The areas.
    pub areas: Vec<AreaId>,
}

/// Adds areas to what a team looks after; twice changes nothing. For the program alone.
///
/// # Errors
/// There is no such team.
pub async fn serve_areas(app: &App, caller: &Caller, command: ServeAreas) -> Result<(), Denied> {
    let tx = app.db.begin().await?;
    let locked = locks::lock_team(&tx, command.team)
        .await?
        .ok_or(Denied::NotFound)?;
    let team = Granted::to_the_program(&tx, caller.now, locked).await;
    write::serve_areas(&team, command.team, &command.areas).await?;
    let detail = format!("{} areas", command.areas.len());
    let subject = format!("team {}", command.team);
    write::record(&team, "team.areas-added", &subject, &detail).await?;
    tx.commit().await?;
    Ok(())
}
