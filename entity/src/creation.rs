//! What a form of one person made, so that its second click makes nothing.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "creation")]
pub struct Model {
    /// SHA-256 of the person and the key of the form.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key_hash: String,
    /// Its id or name.
    pub made: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
