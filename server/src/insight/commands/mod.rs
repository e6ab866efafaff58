//! Answering themes, publishing the answers, recording the decision, keeping promises.

pub mod tell;

use domain::account::{Actor, Member, NotPermitted, Role};
use domain::consultation::policy::{Permission, may};
use domain::consultation::{Consultation, Stage};
use domain::ids::{ConsultationId, ThemeId};
use domain::insight::{
    DecideRefused, Theme, ThemeRefused, check_answers, check_decision, check_theme,
};
use entity::{consultation, theme};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter,
};

use crate::App;
use crate::db::Tx;
use crate::http::Error;
use crate::insight::queries;
use crate::record::outbox::{self, Effect};
use crate::record::{audit, site};

/// Asks permission inside the transaction that acts on it.
async fn permitted(
    tx: &Tx,
    member: &Member,
    id: ConsultationId,
    kind: Permission,
    now: Timestamp,
) -> Result<Consultation, Error> {
    let on = crate::consultation::rows::by_id(tx, id)
        .await?
        .ok_or(Error::NotFound)?;
    may(&Actor::Member(member.clone()), kind, &on.context(now))?;
    Ok(on)
}

/// Stores a theme, new or changed. A theme may be saved before it is whole; its title is needed.
///
/// # Errors
/// The refusal inside; permission and the database outside.
pub async fn save_theme(
    app: &App,
    member: &Member,
    id: ConsultationId,
    value: &Theme,
    now: Timestamp,
) -> Result<Result<(), Vec<ThemeRefused>>, Error> {
    let tx = app.db.begin().await?;
    let on = permitted(&tx, member, id, Permission::Answer, now).await?;
    let published = on.milestones.answered.is_some();
    // Once published, a theme stays whole; before that only its title is asked for.
    if let Err(missing) = check_theme(value)
        && (published || missing.contains(&ThemeRefused::NoTitle))
    {
        return Ok(Err(missing));
    }
    let text = |s: &str| Set(s.trim().to_owned());
    let promise = value.promise.trim();
    let mut row = theme::ActiveModel {
        consultation_id: Set(id.0),
        title: text(&value.title),
        we_asked: text(&value.we_asked),
        you_said: text(&value.you_said),
        outcome: Set(value
            .outcome
            .map(|o| o.code())
            .unwrap_or_default()
            .to_owned()),
        we_did: text(&value.we_did),
        because: text(&value.because),
        promise: Set((!promise.is_empty()).then(|| promise.to_owned())),
        promise_due_on: Set(value.promise_due.map(|day| day.to_string())),
        ..Default::default()
    };
    let kind = match value.id {
        Some(existing) => {
            let known = theme::Entity::find_by_id(existing.0)
                .filter(theme::Column::ConsultationId.eq(id.0))
                .count(&tx)
                .await?;
            if known == 0 {
                return Err(Error::NotFound);
            }
            row.id = Set(existing.0);
            row.update(&tx).await?;
            "change-theme"
        }
        None => {
            let count = theme::Entity::find()
                .filter(theme::Column::ConsultationId.eq(id.0))
                .count(&tx)
                .await?;
            row.position = Set(i32::try_from(count).unwrap_or(i32::MAX - 1) + 1);
            row.insert(&tx).await?;
            "add-theme"
        }
    };
    audit::append(&tx, now, Some(member.person), kind, &on.slug, &value.title).await?;
    site::changed(&tx).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// Removes a theme whose answers are not published yet.
///
/// # Errors
/// Forbidden once the answers are public.
pub async fn remove_theme(
    app: &App,
    member: &Member,
    id: ConsultationId,
    theme_id: ThemeId,
    now: Timestamp,
) -> Result<(), Error> {
    let tx = app.db.begin().await?;
    let on = permitted(&tx, member, id, Permission::Answer, now).await?;
    if on.stage(now) != Stage::Closed {
        return Err(NotPermitted::Forbidden.into());
    }
    theme::Entity::delete_many()
        .filter(theme::Column::Id.eq(theme_id.0))
        .filter(theme::Column::ConsultationId.eq(id.0))
        .exec(&tx)
        .await?;
    audit::append(&tx, now, Some(member.person), "remove-theme", &on.slug, "").await?;
    tx.commit().await?;
    Ok(())
}

/// Publishes the answers to every theme.
///
/// # Errors
/// The refusal inside, with the principle of consideration; permission and database outside.
pub async fn publish_answers(
    app: &App,
    member: &Member,
    id: ConsultationId,
    now: Timestamp,
) -> Result<Result<(), DecideRefused>, Error> {
    let tx = app.db.begin().await?;
    let on = permitted(&tx, member, id, Permission::Answer, now).await?;
    if let Err(refused) = check_answers(&queries::themes(&tx, id).await?) {
        return Ok(Err(refused));
    }
    if on.milestones.answered.is_none() {
        consultation::Entity::update_many()
            .col_expr(
                consultation::Column::AnsweredAt,
                Expr::value(now.as_millisecond()),
            )
            .filter(consultation::Column::Id.eq(id.0))
            .exec(&tx)
            .await?;
        audit::append(
            &tx,
            now,
            Some(member.person),
            "publish-answers",
            &on.slug,
            "",
        )
        .await?;
        site::changed(&tx).await?;
    }
    tx.commit().await?;
    Ok(Ok(()))
}

/// Records the decision and has everyone told who left an address.
///
/// # Errors
/// The refusals inside; permission and the database outside.
pub async fn decide(
    app: &App,
    member: &Member,
    id: ConsultationId,
    words: &str,
    equality_assessed: Option<Date>,
    now: Timestamp,
) -> Result<Result<(), Vec<DecideRefused>>, Error> {
    let tx = app.db.begin().await?;
    let on = permitted(&tx, member, id, Permission::Decide, now).await?;
    let today = app::ui::dates::day_of(now);
    let themes = queries::themes(&tx, id).await?;
    if let Err(missing) = check_decision(&themes, words, equality_assessed, today) {
        return Ok(Err(missing));
    }
    use consultation::Column;
    consultation::Entity::update_many()
        .col_expr(Column::DecidedAt, Expr::value(now.as_millisecond()))
        .col_expr(Column::DecidedBy, Expr::value(member.person.0))
        .col_expr(Column::Decision, Expr::value(words.trim()))
        .col_expr(
            Column::EqualityAssessedOn,
            Expr::value(equality_assessed.map(|day| day.to_string())),
        )
        .filter(Column::Id.eq(id.0))
        .exec(&tx)
        .await?;
    outbox::push(&tx, now, &Effect::TellTakenPart { consultation: id.0 }).await?;
    audit::append(
        &tx,
        now,
        Some(member.person),
        "decide",
        &on.slug,
        words.trim(),
    )
    .await?;
    site::changed(&tx).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// Marks a promise as kept.
///
/// # Errors
/// Forbidden to anybody but the officers of its teams; not found without a promise.
pub async fn keep_promise(
    app: &App,
    member: &Member,
    id: ConsultationId,
    theme_id: ThemeId,
    now: Timestamp,
) -> Result<(), Error> {
    let tx = app.db.begin().await?;
    let on = permitted(&tx, member, id, Permission::Watch, now).await?;
    if !member.holds_in(Role::Officer, &on.teams) || !on.stage(now).is_answered() {
        return Err(NotPermitted::Forbidden.into());
    }
    let kept = theme::Entity::update_many()
        .col_expr(
            theme::Column::PromiseKeptAt,
            Expr::value(now.as_millisecond()),
        )
        .filter(theme::Column::Id.eq(theme_id.0))
        .filter(theme::Column::ConsultationId.eq(id.0))
        .filter(theme::Column::Promise.is_not_null())
        .filter(theme::Column::PromiseKeptAt.is_null())
        .exec(&tx)
        .await?;
    if kept.rows_affected > 0 {
        let subject = format!("{}/{theme_id}", on.slug);
        audit::append(&tx, now, Some(member.person), "keep-promise", &subject, "").await?;
        site::changed(&tx).await?;
    }
    tx.commit().await?;
    Ok(())
}
