//! Single facts about a consultation, for the slices that stand on it.

use domain::consultation::draft::Contact;
use domain::ids::{ConsultationId, TeamId};
use domain::poll::read::HeldUnder;
use entity::{consultation, regime};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

/// What a consultation is held under; nothing where it has no regime yet.
pub async fn held_under(db: &impl ConnectionTrait, id: ConsultationId) -> Result<HeldUnder, DbErr> {
    let found: Option<(String, bool)> = consultation::Entity::find_by_id(id.0)
        .inner_join(regime::Entity)
        .select_only()
        .column(regime::Column::Name)
        .column(regime::Column::VotingAllowed)
        .into_tuple()
        .one(db)
        .await?;
    let (name, voting_allowed) = found.unwrap_or_default();
    Ok(HeldUnder {
        name,
        voting_allowed,
    })
}

/// Whom people can ask about a consultation.
pub async fn contact(db: &impl ConnectionTrait, id: ConsultationId) -> Result<Contact, DbErr> {
    let found: Option<(String, String)> = consultation::Entity::find_by_id(id.0)
        .select_only()
        .column(consultation::Column::ContactName)
        .column(consultation::Column::ContactEmail)
        .into_tuple()
        .one(db)
        .await?;
    let (name, email) = found.unwrap_or_default();
    Ok(Contact { name, email })
}

/// The consultations of these teams that have closed, other than those withdrawn.
pub async fn closed_of(
    db: &impl ConnectionTrait,
    teams: &[TeamId],
    now: Timestamp,
) -> Result<Vec<ConsultationId>, DbErr> {
    use consultation::Column::{ClosesAt, Id, PublishedAt, TeamId, WithdrawnAt};
    Ok(consultation::Entity::find()
        .select_only()
        .column(Id)
        .filter(TeamId.is_in(teams.iter().map(|team| team.0)))
        .filter(PublishedAt.is_not_null())
        .filter(ClosesAt.lte(now.as_millisecond()))
        .filter(WithdrawnAt.is_null())
        .into_tuple::<i64>()
        .all(db)
        .await?
        .into_iter()
        .map(ConsultationId)
        .collect())
}
