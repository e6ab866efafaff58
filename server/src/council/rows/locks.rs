//! Locks on organisations: the root of everything that concerns the people and the teams of one.
//!
//! Invariant: several are locked by rising id. `FOR NO KEY UPDATE` leaves teams and people, who hold
//! an organisation by foreign key, to whoever else writes them.

use domain::council::{Organisation, Partnership, Team};
use domain::ids::{OrganisationId, TeamId};
use entity::organisation;
use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::teams;
use crate::db::Tx;
use crate::granted::Locked;

/// Locks these organisations until the transaction ends.
pub async fn lock_organisations(tx: &Tx, ids: &[OrganisationId]) -> Result<(), DbErr> {
    if ids.is_empty() {
        return Ok(());
    }
    organisation::Entity::find()
        .select_only()
        .column(organisation::Column::Id)
        .filter(organisation::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .order_by_asc(organisation::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .into_tuple::<i64>()
        .all(tx)
        .await
        .map(drop)
}

/// Locks one organisation.
pub async fn lock_organisation(
    tx: &Tx,
    id: OrganisationId,
) -> Result<Option<Locked<Organisation>>, DbErr> {
    lock_organisations(tx, &[id]).await?;
    Ok(teams::organisation(tx, id).await?.map(Locked::new))
}

/// Locks the organisation of a team.
pub async fn lock_team(tx: &Tx, id: TeamId) -> Result<Option<Locked<Team>>, DbErr> {
    let Some(found) = teams::team(tx, id).await? else {
        return Ok(None);
    };
    // A team stays in its organisation; its words are read behind the lock.
    lock_organisations(tx, &[found.organisation.id]).await?;
    Ok(teams::team(tx, id).await?.map(Locked::new))
}

/// Locks every organisation: nobody joins or changes the partnership meanwhile.
pub async fn lock_partnership(tx: &Tx) -> Result<Locked<Partnership>, DbErr> {
    organisation::Entity::find()
        .select_only()
        .column(organisation::Column::Id)
        .order_by_asc(organisation::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .into_tuple::<i64>()
        .all(tx)
        .await?;
    Ok(Locked::new(Partnership))
}
