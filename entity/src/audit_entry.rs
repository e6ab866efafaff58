//! One entry of the record of what staff did, chained to the one before by hash.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entry")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub at: i64,
    pub person_id: Option<i64>,
    /// What kind of entry it is. The column keeps the name it was made with.
    #[sea_orm(column_name = "act")]
    pub kind: String,
    pub subject: String,
    pub detail: String,
    pub previous_hash: String,
    pub hash: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
