//! Telling everyone who took part and left an address that there is an outcome.
//!
//! Invariant: an address is kept until then and no longer: the letters and the removal of the
//! addresses are one transaction.

use entity::{outbox as outbox_row, respondent, response};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};

use crate::App;
use crate::db::Tx;
use crate::mail::Letter;
use crate::record::outbox::{self, Effect};

/// Turns one effect into a letter for each address, once: the letters and the mark that the
/// effect is done are one transaction.
///
/// # Errors
/// Those of the database.
pub async fn tell_taken_part(
    app: &App,
    consultation: i64,
    effect: i64,
    now: Timestamp,
) -> Result<(), DbErr> {
    let Some(on) = crate::consultation::rows::by_id(app.db.read(), consultation.into()).await?
    else {
        return Ok(());
    };
    let tx = app.db.begin().await?;
    let mut after = 0;
    loop {
        let page: Vec<(i64, Option<String>)> = respondent::Entity::find()
            .join(JoinType::InnerJoin, respondent::Relation::Response.def())
            .filter(response::Column::ConsultationId.eq(consultation))
            .filter(respondent::Column::Email.is_not_null())
            .filter(respondent::Column::ResponseId.gt(after))
            .order_by_asc(respondent::Column::ResponseId)
            .select_only()
            .columns([respondent::Column::ResponseId, respondent::Column::Email])
            .limit(500)
            .into_tuple()
            .all(&tx)
            .await?;
        let Some((last, _)) = page.last() else { break };
        after = *last;
        for (_, email) in page {
            let Some(to) = email else { continue };
            let body = format!(
                "You took part in “{}”.\n\nThe decision is recorded. Read what people said, what \
                 was done about it and why:\n\n{}{}\n\nWith the code on your receipt you can also \
                 see what became of your own words:\n\n{}{}\n\nWe used your address for this \
                 letter because you asked us to tell you the outcome.\n",
                on.title,
                app.config.base_url,
                app::paths::outcome(&on.slug),
                app.config.base_url,
                app::paths::RECEIPT,
            );
            let letter = Letter {
                to,
                subject: format!("What came of “{}”", on.title),
                body,
            };
            outbox::push(&tx, now, &Effect::Mail(letter)).await?;
        }
    }
    forget(&tx, consultation).await?;
    outbox_row::Entity::update_many()
        .col_expr(
            outbox_row::Column::DoneAt,
            Expr::value(now.as_millisecond()),
        )
        .filter(outbox_row::Column::Id.eq(effect))
        .exec(&tx)
        .await?;
    tx.commit().await
}

/// Removes the addresses of everyone who took part, and of whom nothing else was told the row.
async fn forget(tx: &Tx, consultation: i64) -> Result<(), DbErr> {
    let of_this = || {
        Query::select()
            .column(response::Column::Id)
            .from(response::Entity)
            .and_where(response::Column::ConsultationId.eq(consultation))
            .to_owned()
    };
    respondent::Entity::update_many()
        .col_expr(respondent::Column::Email, Expr::value(None::<String>))
        .filter(respondent::Column::ResponseId.in_subquery(of_this()))
        .exec(tx)
        .await?;
    respondent::Entity::delete_many()
        .filter(respondent::Column::ResponseId.in_subquery(of_this()))
        .filter(respondent::Column::Name.is_null())
        .filter(respondent::Column::Organisation.is_null())
        .exec(tx)
        .await
        .map(drop)
}
