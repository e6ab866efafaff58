//! What comes after the answers of the demonstration: moderation, themes, decision, a kept promise.

use domain::edit::{CreationKey, Version};
use domain::ids::ConsultationId;
use domain::insight::{Outcome, Theme, as_read};
use domain::moderation::{Decision, Reason, SubjectKind};
use entity::answer;
use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::seed::cast::{Cast, days, passed};
use server::App;
use server::cli::CliError;
use server::granted::Caller;
use server::insight::commands::{AddTheme, Decide, KeepPromise, PublishAnswers};
use server::moderation::commands::TakeDecision;
use server::{insight, moderation};

/// Most of what people wrote has been read; some still waits.
pub(super) async fn moderate(
    app: &App,
    cast: &Cast,
    id: ConsultationId,
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
    for (number, id) in held.iter().take(24).enumerate() {
        let decision = if number % 12 == 7 {
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

/// Answers, decision and a kept promise, in the weeks after closing.
pub(super) async fn conclude(
    app: &App,
    cast: &Cast,
    id: ConsultationId,
    closed: Timestamp,
) -> Result<(), CliError> {
    let me = &cast.officer;
    let on = server::consultation::rows::by_id(app.db.read(), id)
        .await?
        .ok_or_else(|| CliError::Failed("A story has no consultation.".to_owned()))?
        .slug;
    let theme = |title: &str, parts: [&str; 4], outcome: Outcome, promise: &str| Theme {
        id: None,
        title: title.to_owned(),
        we_asked: parts[0].to_owned(),
        you_said: parts[1].to_owned(),
        outcome: Some(outcome),
        we_did: parts[2].to_owned(),
        because: parts[3].to_owned(),
        promise: promise.to_owned(),
        promise_due: (!promise.is_empty()).then(|| domain::calendar::uk_day(days(closed, 150))),
        kept: false,
    };
    let answered = days(closed, 30);
    let themes = [
        theme(
            "Where the crossing goes",
            [
                "By the school gate, at the shops, or nowhere?",
                "Most people want it by the school gate, where children cross. Traders at the shops worry about losing customers.",
                "The crossing goes to the school gate.",
                "Counts by the school showed 340 children crossing there in half an hour, and 60 at the shops.",
            ],
            Outcome::Did,
            "The crossing is open before the summer term",
        ),
        theme(
            "Parking in front of the houses",
            [
                "Eleven parking places go. Is that right?",
                "People who live there need places in the evening. Others would give up all of them.",
                "Six of the eleven places stay, on the other side of the road.",
                "The raised crossing needs clear sight of twelve metres, but not of twenty.",
            ],
            Outcome::Partly,
            "Permits for residents are looked at again after a year",
        ),
        theme(
            "A second crossing at the shops",
            [
                "What else should we know?",
                "Older people find two hundred metres too far to walk to a crossing.",
                "",
                "The grant pays for one. We have put a second one on the list for 2028 and will ask again.",
            ],
            Outcome::DidNot,
            "",
        ),
    ];
    let caller = |now: Timestamp| Caller::member(me.clone(), now);
    for theme in themes {
        let command = AddTheme {
            on: on.clone(),
            theme,
            key: CreationKey::default(),
        };
        passed(insight::commands::add_theme(app, &caller(answered), command).await)?;
    }
    let read = as_read(&insight::queries::themes(app.db.read(), id).await?);
    let command = PublishAnswers {
        on: on.clone(),
        read: read.clone(),
    };
    passed(insight::commands::publish_answers(app, &caller(answered), command).await)?;
    let words = "The Cabinet Member for Streets decided to build **a raised zebra crossing by the \
                 school gate**, with lights, and to keep six of the eleven parking places.\n\nThe \
                 report, the equality impact assessment and the minutes can be had from Democratic \
                 Services.";
    let assessed = domain::calendar::uk_day(days(closed, 25));
    let decided = days(closed, 38);
    let command = Decide {
        on: on.clone(),
        words: words.to_owned(),
        equality_assessed: Some(assessed),
        read,
    };
    passed(insight::commands::decide(app, &caller(decided), command).await)?;
    let kept = insight::queries::themes(app.db.read(), id)
        .await?
        .into_iter()
        .find(|theme| !theme.promise.is_empty())
        .and_then(|theme| theme.id);
    if let Some(theme) = kept {
        let command = KeepPromise { on, theme };
        insight::commands::keep_promise(app, &caller(days(closed, 110)), command).await?;
    }
    Ok(())
}
