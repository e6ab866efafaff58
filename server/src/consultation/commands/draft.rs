//! Beginning a draft and changing its words.

use domain::account::{Actor, Member};
use domain::consultation::policy::may_create;
use domain::ids::{AreaId, ConsultationId, TeamId};
use entity::{consultation, consultation_area, consultation_team, regime};
use jiff::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter,
};

use crate::App;
use crate::consultation::commands::editing;
use crate::consultation::rows::search;
use crate::http::Error;
use crate::record::audit;

/// How often a draft is begun anew because somebody else was a moment earlier.
const MOST_TRIES: usize = 20;

/// A draft to begin.
#[derive(Clone, Debug)]
pub struct NewDraft {
    /// Its title; its address name is made from it.
    pub title: String,
    /// The owner team.
    pub team: TeamId,
    /// The regime's code.
    pub regime: String,
    /// Whether it is invented for a demonstration.
    pub invented: bool,
}

/// A change of one section of a draft.
#[derive(Clone, Debug)]
pub enum Change {
    /// What it is about.
    About {
        /// Title.
        title: String,
        /// One or two sentences.
        summary: String,
        /// Markdown.
        body: String,
        /// Topic.
        topic: String,
    },
    /// What can change.
    Scope {
        /// What is open.
        open: String,
        /// What is open within limits.
        limited: String,
        /// What is fixed.
        fixed: String,
        /// Why.
        reason: String,
    },
    /// When, and under which regime.
    Dates {
        /// The regime's code.
        regime: String,
        /// Opening.
        opens: Option<Timestamp>,
        /// Closing.
        closes: Option<Timestamp>,
        /// Why it closes then.
        reason: String,
    },
    /// Whom to ask.
    Contact {
        /// A name or a team.
        name: String,
        /// An email address.
        email: String,
    },
    /// Where, and with whom.
    Places {
        /// The areas it is about.
        areas: Vec<AreaId>,
        /// The partner teams.
        partners: Vec<TeamId>,
    },
    /// Whether residents may add statements.
    StatementsOpen(bool),
}

/// Begins a draft and returns its address name.
///
/// # Errors
/// Permission, an unknown regime, the database.
pub async fn create(
    app: &App,
    member: &Member,
    draft: NewDraft,
    now: Timestamp,
) -> Result<(ConsultationId, String), Error> {
    create_once(app, member, draft, "", now).await
}

/// Begins a draft by a form of this key: the same form sent twice begins one draft.
///
/// # Errors
/// Permission, an unknown regime, the database.
pub async fn create_once(
    app: &App,
    member: &Member,
    draft: NewDraft,
    key: &str,
    now: Timestamp,
) -> Result<(ConsultationId, String), Error> {
    may_create(&Actor::Member(member.clone()), draft.team)?;
    let key = (!key.is_empty()).then(|| format!("form:{}:{key}", member.person));
    for _ in 0..MOST_TRIES {
        if let Some(begun) = begin(app, member, &draft, key.as_deref(), now).await? {
            return Ok(begun);
        }
    }
    Err(Error::Unavailable)
}

/// One try; nothing where somebody else took the key or the address name at the same moment.
async fn begin(
    app: &App,
    member: &Member,
    draft: &NewDraft,
    key: Option<&str>,
    now: Timestamp,
) -> Result<Option<(ConsultationId, String)>, Error> {
    let tx = app.db.begin().await?;
    if let Some(key) = key
        && let Some(begun) = consultation::Entity::find()
            .filter(consultation::Column::CreationKey.eq(key))
            .one(&tx)
            .await?
    {
        return Ok(Some((ConsultationId(begun.id), begun.slug)));
    }
    let regime = regime_id(&tx, &draft.regime).await?;
    let slug = free_slug(&tx, &draft.title).await?;
    let row = consultation::ActiveModel {
        slug: Set(slug.clone()),
        title: Set(draft.title.trim().to_owned()),
        summary: Set(String::new()),
        body: Set(String::new()),
        topic: Set(String::new()),
        team_id: Set(draft.team.0),
        regime_id: Set(regime),
        open_scope: Set(String::new()),
        limited_scope: Set(String::new()),
        fixed_scope: Set(String::new()),
        scope_reason: Set(String::new()),
        closing_reason: Set(String::new()),
        contact_name: Set(String::new()),
        contact_email: Set(String::new()),
        statements_open: Set(false),
        created_by: Set(Some(member.person.0)),
        created_at: Set(now.as_millisecond()),
        invented: Set(draft.invented),
        creation_key: Set(key.map(str::to_owned)),
        ..Default::default()
    };
    let stored = consultation::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(&tx)
        .await?;
    if stored == 0 {
        return Ok(None);
    }
    let row = consultation::Entity::find()
        .filter(consultation::Column::Slug.eq(&slug))
        .one(&tx)
        .await?
        .ok_or(Error::NotFound)?;
    let id = ConsultationId(row.id);
    search::index(&tx, id).await?;
    audit::append(
        &tx,
        now,
        Some(member.person),
        "begin-draft",
        &slug,
        &draft.title,
    )
    .await?;
    tx.commit().await?;
    Ok(Some((id, slug)))
}

async fn regime_id(tx: &crate::db::Tx, code: &str) -> Result<i64, Error> {
    regime::Entity::find()
        .filter(regime::Column::Code.eq(code))
        .one(tx)
        .await?
        .map(|row| row.id)
        .ok_or(Error::Malformed)
}

/// An address name from a title, with a number behind it where it is taken.
async fn free_slug(tx: &crate::db::Tx, title: &str) -> Result<String, DbErr> {
    let mut base = String::new();
    for word in title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|w| !w.is_empty())
    {
        if base.len() + word.len() > 60 {
            break;
        }
        if !base.is_empty() {
            base.push('-');
        }
        base.push_str(&word.to_ascii_lowercase());
    }
    if base.is_empty() {
        base.push_str("consultation");
    }
    let mut slug = base.clone();
    let mut number = 2;
    while consultation::Entity::find()
        .filter(consultation::Column::Slug.eq(&slug))
        .count(tx)
        .await?
        > 0
    {
        slug = format!("{base}-{number}");
        number += 1;
    }
    Ok(slug)
}

/// Changes one section of a draft.
///
/// # Errors
/// Permission, the database.
pub async fn edit(
    app: &App,
    member: &Member,
    id: ConsultationId,
    change: Change,
    now: Timestamp,
) -> Result<(), Error> {
    let draft = editing(app, member, id, now).await?;
    let tx = &draft.tx;
    let mut row = consultation::ActiveModel {
        id: Set(id.0),
        ..Default::default()
    };
    let text = |s: String| Set(s.trim().to_owned());
    let section = match change {
        Change::About {
            title,
            summary,
            body,
            topic,
        } => {
            row.title = text(title);
            row.summary = text(summary);
            row.body = text(body);
            row.topic = text(topic);
            "about"
        }
        Change::Scope {
            open,
            limited,
            fixed,
            reason,
        } => {
            row.open_scope = text(open);
            row.limited_scope = text(limited);
            row.fixed_scope = text(fixed);
            row.scope_reason = text(reason);
            "scope"
        }
        Change::Dates {
            regime,
            opens,
            closes,
            reason,
        } => {
            row.regime_id = Set(regime_id(tx, &regime).await?);
            row.opens_at = Set(opens.map(Timestamp::as_millisecond));
            row.closes_at = Set(closes.map(Timestamp::as_millisecond));
            row.closing_reason = text(reason);
            "dates"
        }
        Change::Contact { name, email } => {
            row.contact_name = text(name);
            row.contact_email = text(email);
            "contact"
        }
        Change::StatementsOpen(open) => {
            row.statements_open = Set(open);
            "statements"
        }
        Change::Places { areas, partners } => {
            places(tx, id, &areas, &partners).await?;
            "places"
        }
    };
    if section != "places" {
        row.update(tx).await?;
    }
    if section == "about" {
        search::index(tx, id).await?;
    }
    draft.done(section).await
}

async fn places(
    tx: &crate::db::Tx,
    id: ConsultationId,
    areas: &[AreaId],
    partners: &[TeamId],
) -> Result<(), DbErr> {
    consultation_area::Entity::delete_many()
        .filter(consultation_area::Column::ConsultationId.eq(id.0))
        .exec(tx)
        .await?;
    consultation_team::Entity::delete_many()
        .filter(consultation_team::Column::ConsultationId.eq(id.0))
        .exec(tx)
        .await?;
    if !areas.is_empty() {
        consultation_area::Entity::insert_many(areas.iter().map(|area| {
            consultation_area::ActiveModel {
                consultation_id: Set(id.0),
                area_id: Set(area.0),
            }
        }))
        .exec_without_returning(tx)
        .await?;
    }
    if !partners.is_empty() {
        consultation_team::Entity::insert_many(partners.iter().map(|team| {
            consultation_team::ActiveModel {
                consultation_id: Set(id.0),
                team_id: Set(team.0),
            }
        }))
        .exec_without_returning(tx)
        .await?;
    }
    Ok(())
}
