//! Addresses that people left with a response so that we tell them the outcome.
//!
//! Invariant: an address is read to be written to once, and removed in the same transaction.

use domain::consultation::Consultation;
use domain::ids::ResponseId;
use entity::{respondent, response};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};

use crate::granted::Granted;

/// An address, and the response it was left with.
#[derive(Clone, Debug)]
pub struct LeftAddress {
    /// With which response.
    pub response: ResponseId,
    /// Where to write to.
    pub email: String,
}

/// The next addresses of this consultation.
pub async fn next(
    granted: &Granted<'_, Consultation>,
    most: u64,
) -> Result<Vec<LeftAddress>, DbErr> {
    Ok(respondent::Entity::find()
        .join(JoinType::InnerJoin, respondent::Relation::Response.def())
        .filter(response::Column::ConsultationId.eq(granted.root().id.0))
        .filter(respondent::Column::Email.is_not_null())
        .order_by_asc(respondent::Column::ResponseId)
        .select_only()
        .columns([respondent::Column::ResponseId, respondent::Column::Email])
        .limit(most)
        .into_tuple::<(i64, String)>()
        .all(granted.tx())
        .await?
        .into_iter()
        .map(|(response, email)| LeftAddress {
            response: ResponseId(response),
            email,
        })
        .collect())
}

/// Removes these addresses; the whole row of whoever left nothing else.
pub async fn forget(
    granted: &Granted<'_, Consultation>,
    addresses: &[LeftAddress],
) -> Result<(), DbErr> {
    let of = || addresses.iter().map(|left| left.response.0);
    respondent::Entity::update_many()
        .col_expr(respondent::Column::Email, Expr::value(None::<String>))
        .filter(respondent::Column::ResponseId.is_in(of()))
        .exec(granted.tx())
        .await?;
    respondent::Entity::delete_many()
        .filter(respondent::Column::ResponseId.is_in(of()))
        .filter(respondent::Column::Name.is_null())
        .filter(respondent::Column::Organisation.is_null())
        .exec(granted.tx())
        .await
        .map(drop)
}
