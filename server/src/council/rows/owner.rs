//! The team that is to own what is imported.

use domain::ids::TeamId;
use entity::{organisation, team};
use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::db::Tx;
use crate::granted::Locked;

/// A team as the owner of something.
#[derive(Clone, Debug)]
pub struct OwningTeam {
    /// Which one.
    pub id: TeamId,
    /// Its name.
    pub name: String,
    /// Its address.
    pub email: String,
}

/// Locks the organisation of the team of this address name, or of the first team, until the
/// transaction ends.
pub async fn lock(tx: &Tx, slug: Option<&str>) -> Result<Option<Locked<OwningTeam>>, DbErr> {
    let mut find = team::Entity::find().order_by_asc(team::Column::Id);
    if let Some(slug) = slug {
        find = find.filter(team::Column::Slug.eq(slug));
    }
    let Some(found) = find.one(tx).await? else {
        return Ok(None);
    };
    organisation::Entity::find_by_id(found.organisation_id)
        .select_only()
        .column(organisation::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .into_tuple::<i64>()
        .one(tx)
        .await?;
    Ok(Some(Locked::new(OwningTeam {
        id: TeamId(found.id),
        name: found.name,
        email: found.email,
    })))
}
