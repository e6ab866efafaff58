//! A signed head of the record: so many entries, and the hash of the last of them.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "record_head")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub entries: i64,
    pub last_entry: i64,
    pub hash: String,
    pub signed_at: i64,
    pub public_key: String,
    pub signature: String,
    /// The day on which it was sent to the auditors.
    pub mailed_on: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
