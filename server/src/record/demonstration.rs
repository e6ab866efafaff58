//! The people of a demonstration, as its sign-in page shows them.
//!
//! Whoever makes a demonstration stores them; the server only reads. Invariant: a site that is not
//! marked as a demonstration shows nobody, whatever its table holds.

use domain::account::read::DemonstrationPerson;
use entity::demonstration_person;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QueryOrder};

use crate::record::site;

/// Who they are, with passwords that everybody knows; nobody where the site is no demonstration.
///
/// # Errors
/// Where the database can't be read.
pub async fn people(db: &impl ConnectionTrait) -> Result<Vec<DemonstrationPerson>, DbErr> {
    let (_, marked) = site::state(db).await?;
    if !marked {
        return Ok(Vec::new());
    }
    let rows = demonstration_person::Entity::find()
        .order_by_asc(demonstration_person::Column::Id)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| DemonstrationPerson {
            name: row.name,
            role: row.role,
            email: row.email,
            password: row.password,
        })
        .collect())
}
