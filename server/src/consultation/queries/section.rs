//! Reads of one section of a draft, for the page where it is written.

use domain::consultation::draft::{Section, option_subject, question_subject};
use domain::consultation::policy::Permission;
use domain::consultation::read::{SectionChoices, SectionView};
use domain::edit::Versions;
use domain::ids::{ConsultationId, OptionId, QuestionId};
use domain::names;
use sea_orm::{ConnectionTrait, DbErr};

use crate::consultation::queries::desk::regimes;
use crate::consultation::queries::detail::consultation_detail;
use crate::consultation::queries::permitted::permitted;
use crate::consultation::rows::parts;
use crate::council::rows::{areas, teams};
use crate::error::Denied;
use crate::granted::Caller;
use crate::record::revision;

/// A section of a draft for somebody with this permission; with `entry`, for changing that entry of
/// its list.
///
/// # Errors
/// Not found, or why it is not permitted.
pub async fn section(
    db: &impl ConnectionTrait,
    caller: &Caller,
    slug: &str,
    section: Section,
    entry: Option<i64>,
    permission: Permission,
) -> Result<SectionView, Denied> {
    caller.actor.signed_in()?;
    let on = permitted(db, caller, slug, permission).await?;
    // The version first: were the words read before it, a change between the two readings would be
    // overwritten unseen.
    let version = revision::version(db, &subject(section, on.id, entry)).await?;
    let versions = entry_versions(db, section, on.id).await?;
    Ok(SectionView {
        detail: consultation_detail(db, on.id, caller.now)
            .await?
            .ok_or(Denied::NotFound)?,
        choices: choices(db, section).await?,
        section,
        version,
        versions,
    })
}

fn subject(section: Section, of: ConsultationId, entry: Option<i64>) -> String {
    match (section, entry) {
        (Section::Options, Some(id)) => option_subject(OptionId(id)),
        (Section::Questions, Some(id)) => question_subject(QuestionId(id)),
        _ => section.subject(of),
    }
}

/// The versions of what stands in a list, where it can be changed.
async fn entry_versions(
    db: &impl ConnectionTrait,
    section: Section,
    of: ConsultationId,
) -> Result<Versions, DbErr> {
    let subjects: Vec<String> = match section {
        Section::Options => parts::option_ids(db, of)
            .await?
            .into_iter()
            .map(option_subject)
            .collect(),
        Section::Questions => parts::question_ids(db, of)
            .await?
            .into_iter()
            .map(question_subject)
            .collect(),
        _ => return Ok(Versions::default()),
    };
    revision::versions(db, &subjects).await
}

async fn choices(db: &impl ConnectionTrait, section: Section) -> Result<SectionChoices, DbErr> {
    Ok(match section {
        Section::Dates => SectionChoices {
            regimes: regimes(db).await?,
            ..SectionChoices::default()
        },
        Section::Places => SectionChoices {
            wards: areas::wards(db)
                .await?
                .into_iter()
                .map(|ward| (ward.id.to_string(), ward.name))
                .collect(),
            teams: partners(db).await?,
            ..SectionChoices::default()
        },
        _ => SectionChoices::default(),
    })
}

/// Every team with its organisation, by organisation and name.
async fn partners(db: &impl ConnectionTrait) -> Result<Vec<(String, String)>, DbErr> {
    let mut found = teams::all_teams(db).await?;
    names::sort_by_name(&mut found, |team| &team.organisation.name);
    Ok(found
        .into_iter()
        .map(|team| {
            let name = format!("{}, {}", team.name, team.organisation.name);
            (team.id.to_string(), name)
        })
        .collect())
}
