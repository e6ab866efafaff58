//! A draft and its sections as they are written.
//!
//! Invariant: whoever writes holds the draft's row and the permission for it; the words that search
//! finds are written with the words themselves.

use domain::consultation::Consultation;
use domain::consultation::draft::{About, Contact, Dates, Places, Scope, slugs};
use domain::council::Team;
use domain::ids::ConsultationId;
use entity::{consultation, consultation_area, consultation_team, regime};
use jiff::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait,
    PaginatorTrait, QueryFilter,
};

use super::search;
use crate::error::Fault;
use crate::granted::Granted;

/// A regime by its number in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegimeId(i64);

/// The regime of this code.
pub async fn regime(db: &impl ConnectionTrait, code: &str) -> Result<Option<RegimeId>, DbErr> {
    Ok(regime::Entity::find()
        .filter(regime::Column::Code.eq(code))
        .one(db)
        .await?
        .map(|row| RegimeId(row.id)))
}

/// How often an address name is tried that somebody else takes at the same moment.
const MOST_TRIES: usize = 20;

/// Stores a draft with nothing in it but its title, and gives its number and its address name.
///
/// # Errors
/// Unavailable where others keep taking each name at the same moment.
pub async fn insert(
    granted: &Granted<'_, Team>,
    title: &str,
    regime: RegimeId,
    invented: bool,
) -> Result<(ConsultationId, String), Fault> {
    let row = consultation::ActiveModel {
        title: Set(title.to_owned()),
        summary: Set(String::new()),
        body: Set(String::new()),
        topic: Set(String::new()),
        team_id: Set(granted.root().id.0),
        regime_id: Set(regime.0),
        open_scope: Set(String::new()),
        limited_scope: Set(String::new()),
        fixed_scope: Set(String::new()),
        scope_reason: Set(String::new()),
        closing_reason: Set(String::new()),
        contact_name: Set(String::new()),
        contact_email: Set(String::new()),
        statements_open: Set(false),
        created_by: Set(granted.by().map(|person| person.0)),
        created_at: Set(granted.now().as_millisecond()),
        invented: Set(invented),
        ..Default::default()
    };
    let (id, slug) = insert_named(granted, title, row).await?;
    search::index(granted, id).await?;
    Ok((id, slug))
}

/// Stores a row under the first address name of these words that nobody has: the words, then the
/// same with a number behind them.
pub(super) async fn insert_named<Root>(
    granted: &Granted<'_, Root>,
    words: &str,
    row: consultation::ActiveModel,
) -> Result<(ConsultationId, String), Fault> {
    let tx = granted.tx();
    let mut names = slugs(words);
    for _ in 0..MOST_TRIES {
        let Some(slug) = free(tx, &mut names).await? else {
            break;
        };
        let row = consultation::ActiveModel {
            slug: Set(slug.clone()),
            ..row.clone()
        };
        let stored = consultation::Entity::insert(row)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(tx)
            .await?;
        if stored == 0 {
            continue;
        }
        let row = consultation::Entity::find()
            .filter(consultation::Column::Slug.eq(&slug))
            .one(tx)
            .await?
            .ok_or_else(|| Fault::unexpected("a draft that was stored is not there"))?;
        return Ok((ConsultationId(row.id), slug));
    }
    Err(Fault::Unavailable)
}

/// The first of these address names that nobody has.
async fn free(
    db: &impl ConnectionTrait,
    names: &mut impl Iterator<Item = String>,
) -> Result<Option<String>, DbErr> {
    for slug in names {
        let taken = consultation::Entity::find()
            .filter(consultation::Column::Slug.eq(&slug))
            .count(db)
            .await?;
        if taken == 0 {
            return Ok(Some(slug));
        }
    }
    Ok(None)
}

fn of(granted: &Granted<'_, Consultation>) -> consultation::ActiveModel {
    consultation::ActiveModel {
        id: Set(granted.root().id.0),
        ..Default::default()
    }
}

/// Writes what it is about.
pub async fn set_about(granted: &Granted<'_, Consultation>, about: About) -> Result<(), DbErr> {
    consultation::ActiveModel {
        title: Set(about.title),
        summary: Set(about.summary),
        body: Set(about.body),
        topic: Set(about.topic),
        ..of(granted)
    }
    .update(granted.tx())
    .await?;
    search::index(granted, granted.root().id).await
}

/// Writes what can change.
pub async fn set_scope(granted: &Granted<'_, Consultation>, scope: Scope) -> Result<(), DbErr> {
    consultation::ActiveModel {
        open_scope: Set(scope.open),
        limited_scope: Set(scope.limited),
        fixed_scope: Set(scope.fixed),
        scope_reason: Set(scope.reason),
        ..of(granted)
    }
    .update(granted.tx())
    .await
    .map(drop)
}

/// Writes its period and its regime.
pub async fn set_dates(
    granted: &Granted<'_, Consultation>,
    regime: RegimeId,
    dates: Dates,
) -> Result<(), DbErr> {
    consultation::ActiveModel {
        regime_id: Set(regime.0),
        opens_at: Set(dates.opens.map(Timestamp::as_millisecond)),
        closes_at: Set(dates.closes.map(Timestamp::as_millisecond)),
        closing_reason: Set(dates.reason),
        ..of(granted)
    }
    .update(granted.tx())
    .await
    .map(drop)
}

/// Writes whom to ask.
pub async fn set_contact(
    granted: &Granted<'_, Consultation>,
    contact: Contact,
) -> Result<(), DbErr> {
    consultation::ActiveModel {
        contact_name: Set(contact.name),
        contact_email: Set(contact.email),
        ..of(granted)
    }
    .update(granted.tx())
    .await
    .map(drop)
}

/// Writes whether residents may add statements.
pub async fn set_statements_open(
    granted: &Granted<'_, Consultation>,
    open: bool,
) -> Result<(), DbErr> {
    consultation::ActiveModel {
        statements_open: Set(open),
        ..of(granted)
    }
    .update(granted.tx())
    .await
    .map(drop)
}

/// Writes where it is held and with whom, in place of what was there.
pub async fn set_places(granted: &Granted<'_, Consultation>, places: &Places) -> Result<(), DbErr> {
    let (tx, id) = (granted.tx(), granted.root().id.0);
    consultation_area::Entity::delete_many()
        .filter(consultation_area::Column::ConsultationId.eq(id))
        .exec(tx)
        .await?;
    consultation_team::Entity::delete_many()
        .filter(consultation_team::Column::ConsultationId.eq(id))
        .exec(tx)
        .await?;
    if !places.areas.is_empty() {
        consultation_area::Entity::insert_many(places.areas.iter().map(|area| {
            consultation_area::ActiveModel {
                consultation_id: Set(id),
                area_id: Set(area.0),
            }
        }))
        .exec_without_returning(tx)
        .await?;
    }
    if !places.partners.is_empty() {
        consultation_team::Entity::insert_many(places.partners.iter().map(|team| {
            consultation_team::ActiveModel {
                consultation_id: Set(id),
                team_id: Set(team.0),
            }
        }))
        .exec_without_returning(tx)
        .await?;
    }
    Ok(())
}
