//! Something people agree or disagree with.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "statement")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub consultation_id: i64,
    pub text: String,
    pub source: String,
    pub state: String,
    pub reason_code: Option<String>,
    /// Always empty: a server of the version before writes it, and a job takes it away.
    pub voter_id: Option<i64>,
    pub idempotency_key: Option<String>,
    pub import_ref: Option<i64>,
    pub agrees: i64,
    pub disagrees: i64,
    pub passes: i64,
    /// The first moment, UTC, of the day on which it was made.
    pub created_at: i64,
    pub is_meta: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::consultation::Entity",
        from = "Column::ConsultationId",
        to = "super::consultation::Column::Id"
    )]
    Consultation,
}

impl Related<super::consultation::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Consultation.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
