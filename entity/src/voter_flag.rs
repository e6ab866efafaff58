//! A voter who looks as if a script had voted, and whether they are set aside.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "voter_flag")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub voter_id: i64,
    pub consultation_id: i64,
    pub reason: String,
    /// The column keeps the name it was made with: a server of the version before reads it too.
    #[sea_orm(column_name = "aside")]
    pub set_aside: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::voter::Entity",
        from = "Column::VoterId",
        to = "super::voter::Column::Id"
    )]
    Voter,
}

impl Related<super::voter::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Voter.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
