//! What comes after the answers of the demonstration: moderation, themes, decision, promises.

use domain::edit::{CreationKey, Version};
use domain::ids::ConsultationId;
use domain::insight::{Theme, as_read};
use domain::moderation::{Decision, Reason, SubjectKind};
use entity::answer;
use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::seed::cast::{Cast, days, passed};
use crate::seed::endings::Ending;
use server::App;
use server::cli::CliError;
use server::granted::Caller;
use server::insight::commands::{AddTheme, Decide, KeepPromise, PublishAnswers};
use server::moderation::commands::TakeDecision;
use server::{insight, moderation};

/// What people wrote has been read; unless `all` is, some still waits.
pub(super) async fn moderate(
    app: &App,
    cast: &Cast,
    id: ConsultationId,
    all: bool,
    now: Timestamp,
) -> Result<(), CliError> {
    let questions: Vec<i64> = server::consultation::rows::questions(app.db.read(), id)
        .await?
        .into_iter()
        .map(|question| question.id.0)
        .collect();
    let held: Vec<i64> = answer::Entity::find()
        .filter(answer::Column::QuestionId.is_in(questions))
        .filter(answer::Column::TextState.eq("held"))
        .order_by_asc(answer::Column::Id)
        .all(app.db.read())
        .await?
        .into_iter()
        .map(|row| row.id)
        .collect();
    let read = if all { held.len() } else { held.len() * 2 / 3 };
    for (number, id) in held.iter().take(read).enumerate() {
        let decision = if number % 12 == 7 && !all {
            Decision::Reject(Reason::OffTopic)
        } else {
            Decision::Approve
        };
        let command = TakeDecision {
            kind: SubjectKind::Answer,
            id: *id,
            decision,
            seen: Version::default(),
        };
        let caller = Caller::member(cast.moderator.clone(), now);
        moderation::commands::take_decision(app, &caller, command).await?;
    }
    Ok(())
}

/// Answers, decision and what was promised, in the weeks after closing.
pub(super) async fn conclude(
    app: &App,
    cast: &Cast,
    id: ConsultationId,
    ending: &Ending,
    closed: Timestamp,
) -> Result<(), CliError> {
    let on = server::consultation::rows::by_id(app.db.read(), id)
        .await?
        .ok_or_else(|| CliError::Failed("A story has no consultation.".to_owned()))?
        .slug;
    let officer = |after: i64| Caller::member(cast.officer.clone(), days(closed, after));
    let uk_day = |after: i64| domain::calendar::uk_day(days(closed, after));
    for answered in ending.themes {
        let promise = answered.promise.as_ref();
        let theme = Theme {
            id: None,
            title: answered.title.to_owned(),
            we_asked: answered.asked.to_owned(),
            you_said: answered.said.to_owned(),
            outcome: Some(answered.outcome),
            we_did: answered.did.to_owned(),
            because: answered.because.to_owned(),
            promise: promise.map_or_else(String::new, |one| one.words.to_owned()),
            promise_due: promise.map(|one| uk_day(one.due)),
            kept: false,
        };
        let command = AddTheme {
            on: on.clone(),
            theme,
            key: CreationKey::default(),
        };
        passed(insight::commands::add_theme(app, &officer(ending.answered), command).await)?;
    }
    let read = as_read(&insight::queries::themes(app.db.read(), id).await?);
    let command = PublishAnswers {
        on: on.clone(),
        read: read.clone(),
    };
    passed(insight::commands::publish_answers(app, &officer(ending.answered), command).await)?;
    let command = Decide {
        on: on.clone(),
        words: ending.decision.to_owned(),
        equality_assessed: Some(uk_day(ending.decided - 13)),
        read,
    };
    passed(insight::commands::decide(app, &officer(ending.decided), command).await)?;
    let stored = insight::queries::themes(app.db.read(), id).await?;
    for (answered, theme) in ending.themes.iter().zip(stored) {
        let kept = answered.promise.as_ref().and_then(|promise| promise.kept);
        if let (Some(kept), Some(theme)) = (kept, theme.id) {
            let command = KeepPromise {
                on: on.clone(),
                theme,
            };
            insight::commands::keep_promise(app, &officer(kept), command).await?;
        }
    }
    Ok(())
}
