//! How to reach somebody who raised a concern and said we may.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "concern_contact")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub concern_id: i64,
    pub name: Option<String>,
    pub email: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::concern::Entity",
        from = "Column::ConcernId",
        to = "super::concern::Column::Id"
    )]
    Concern,
}

impl Related<super::concern::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Concern.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
