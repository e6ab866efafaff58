//! Consultations that were held elsewhere, as rows. Nothing was decided here: they come as they ended.

use domain::ids::{ConsultationId, TeamId};
use entity::{consultation, regime};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::{draft, search};
use crate::error::Fault;
use crate::granted::Granted;

/// The regime of what was held elsewhere: none that binds anybody.
const REGIME: &str = "non-statutory";

/// A consultation as it was held elsewhere.
#[derive(Clone, Debug)]
pub struct ImportedConsultation {
    /// The key of the import: it comes in once.
    pub key: String,
    /// What its address name here is made of.
    pub named: String,
    /// Its title.
    pub title: String,
    /// What it is, in a sentence or two.
    pub summary: String,
    /// Its words; Markdown.
    pub body: String,
    /// Its topic.
    pub topic: String,
    /// The team that owns it here, and who answers questions about it.
    pub owner: Owner,
    /// What was open in it.
    pub open_scope: String,
    /// What was not.
    pub fixed_scope: String,
    /// Why.
    pub scope_reason: String,
    /// Why it ended when it did.
    pub closing_reason: String,
    /// Whose data it is, and under which licence.
    pub attribution: String,
    /// When it began, in milliseconds.
    pub opened: i64,
    /// When it ended, in milliseconds.
    pub closed: i64,
}

/// Who owns what is imported.
#[derive(Clone, Debug)]
pub struct Owner {
    /// The team.
    pub team: TeamId,
    /// Its name.
    pub name: String,
    /// Its address.
    pub email: String,
}

/// The address name of what came in with this key.
pub async fn by_key(db: &impl ConnectionTrait, key: &str) -> Result<Option<String>, DbErr> {
    Ok(consultation::Entity::find()
        .filter(consultation::Column::CreationKey.eq(key))
        .one(db)
        .await?
        .map(|row| row.slug))
}

/// Stores it, and gives its number and its address name; nothing where its regime is missing.
///
/// # Errors
/// Unavailable where others keep taking each name at the same moment.
pub async fn insert<Root: Sync>(
    granted: &Granted<'_, Root>,
    new: ImportedConsultation,
) -> Result<Option<(ConsultationId, String)>, Fault> {
    let tx = granted.tx();
    let Some(regime) = regime::Entity::find()
        .filter(regime::Column::Code.eq(REGIME))
        .one(tx)
        .await?
    else {
        return Ok(None);
    };
    let (now, opened) = (granted.now().as_millisecond(), Some(new.opened));
    let row = consultation::ActiveModel {
        title: Set(new.title),
        summary: Set(new.summary),
        body: Set(new.body),
        topic: Set(new.topic),
        team_id: Set(new.owner.team.0),
        regime_id: Set(regime.id),
        open_scope: Set(new.open_scope),
        limited_scope: Set(String::new()),
        fixed_scope: Set(new.fixed_scope),
        scope_reason: Set(new.scope_reason),
        closing_reason: Set(new.closing_reason),
        contact_name: Set(new.owner.name),
        contact_email: Set(new.owner.email),
        opens_at: Set(opened),
        closes_at: Set(Some(new.closed)),
        statements_open: Set(false),
        created_at: Set(now),
        submitted_at: Set(opened),
        approved_at: Set(opened),
        published_at: Set(opened),
        attribution: Set(Some(new.attribution)),
        creation_key: Set(Some(new.key)),
        invented: Set(false),
        ..Default::default()
    };
    let (id, slug) = draft::insert_named(granted, &new.named, row).await?;
    search::index(granted, id).await?;
    Ok(Some((id, slug)))
}
