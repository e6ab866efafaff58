//! A consultation, from draft to decision. Its stage is computed, never stored.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consultation")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub body: String,
    pub topic: String,
    pub team_id: i64,
    pub regime_id: i64,
    pub open_scope: String,
    pub limited_scope: String,
    pub fixed_scope: String,
    pub scope_reason: String,
    pub closing_reason: String,
    pub contact_name: String,
    pub contact_email: String,
    pub opens_at: Option<i64>,
    pub closes_at: Option<i64>,
    pub statements_open: bool,
    pub created_by: Option<i64>,
    pub created_at: i64,
    pub submitted_by: Option<i64>,
    pub submitted_at: Option<i64>,
    pub approved_by: Option<i64>,
    pub approved_at: Option<i64>,
    pub published_at: Option<i64>,
    pub answered_at: Option<i64>,
    pub decided_at: Option<i64>,
    pub decided_by: Option<i64>,
    pub decision: Option<String>,
    pub equality_assessed_on: Option<String>,
    pub withdrawn_at: Option<i64>,
    pub attribution: Option<String>,
    /// The column keeps the name it was made with: a server of the version before reads it too.
    #[sea_orm(column_name = "import_key")]
    pub creation_key: Option<String>,
    pub invented: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::team::Entity",
        from = "Column::TeamId",
        to = "super::team::Column::Id"
    )]
    Team,
    #[sea_orm(
        belongs_to = "super::regime::Entity",
        from = "Column::RegimeId",
        to = "super::regime::Column::Id"
    )]
    Regime,
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::CreatedBy",
        to = "super::person::Column::Id"
    )]
    CreatedBy,
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::SubmittedBy",
        to = "super::person::Column::Id"
    )]
    SubmittedBy,
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::ApprovedBy",
        to = "super::person::Column::Id"
    )]
    ApprovedBy,
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::DecidedBy",
        to = "super::person::Column::Id"
    )]
    DecidedBy,
}

impl Related<super::team::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Team.def()
    }
}

impl Related<super::regime::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Regime.def()
    }
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::CreatedBy.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
