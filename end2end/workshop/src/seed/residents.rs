//! What residents do in the stories: they respond, vote on statements and add their own.
//!
//! Invariant: what each does is chosen by a digest of words, so that it is the same each time.

use domain::edit::CreationKey;
use domain::ids::{AreaId, StatementId};
use domain::response::{Channel, Publication, Respondent};
use domain::vote::statement::Vote;
use entity::statement;
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use server::App;
use server::cli::CliError;
use server::granted::Caller;
use server::response::commands::{SendResponse, send_response};
use server::response::key::Key;
use server::vote::commands::{AddStatement, CastVote, add_statement, cast_vote};

use crate::seed::cast::{days, passed};
use crate::seed::invented::{Unsaid, invented_answer, pick};
use crate::seed::story::Story;

/// Residents answer, together, so that many share a commit as they do in a busy hour.
pub(super) async fn respond(
    app: &App,
    story: &Story,
    slug: &str,
    areas: &[AreaId],
    opens: Timestamp,
    now: Timestamp,
) -> Result<(), CliError> {
    if story.responses == 0 {
        return Ok(());
    }
    let on = app
        .questionnaires
        .of(&app.db, slug)
        .await?
        .ok_or_else(|| CliError::Failed(format!("{slug} has no questionnaire.")))?;
    let ended = on.consultation.milestones.closes.unwrap_or(now).min(now);
    let minutes = u64::try_from((ended.as_second() - opens.as_second()) / 60).unwrap_or(1);
    let mut unsaid = Unsaid::of(story.words);
    let mut sending = Vec::new();
    for number in 0..story.responses {
        let n = number.to_string();
        let part = |what: &str, most: u64| pick(&[slug, what, &n], most);
        let answers = on
            .questions
            .iter()
            .filter_map(|q| {
                Some((
                    q.id,
                    invented_answer(q.kind, &q.choices, &mut unsaid, &part)?,
                ))
            })
            .collect();
        // More people answer in the first days and the last ones.
        let spread = part("when", minutes.max(1)).min(part("again", minutes.max(1)) + minutes / 6);
        let at = opens
            .saturating_add(SignedDuration::from_mins(
                i64::try_from(spread).unwrap_or(0),
            ))
            .unwrap_or(opens);
        let at = at.min(
            ended
                .saturating_sub(SignedDuration::from_mins(2))
                .unwrap_or(opens),
        );
        let channel = match part("channel", 20) {
            0..=1 => Channel::Paper,
            2 => Channel::Phone,
            3 => Channel::Event,
            _ => Channel::Online,
        };
        let area = areas
            .get(usize::try_from(part("ward", areas.len() as u64 + 1)).unwrap_or(0))
            .copied();
        let key = Key::issue(at).map_err(|error| CliError::Failed(error.to_string()))?;
        let command = SendResponse {
            on: slug.to_owned(),
            key,
            channel,
            area,
            publication: match part("publication", 6) {
                0 => Publication::Private,
                _ => Publication::Anonymous,
            },
            respondent: Respondent::default(),
            answers,
            invented: true,
        };
        let app = app.clone();
        sending.push(async move { send_response(&app, &Caller::anyone(at), command).await });
    }
    // Together, so that many share a commit as they do in a busy hour.
    for sent in futures::future::join_all(sending).await {
        sent.map_err(|refused| CliError::Failed(format!("A response was refused: {refused:?}.")))?;
    }
    Ok(())
}

/// Residents vote on statements, and some add their own.
pub(super) async fn vote_on(
    app: &App,
    story: &Story,
    slug: &str,
    opens: Timestamp,
) -> Result<(), CliError> {
    if story.voters == 0 {
        return Ok(());
    }
    let on = server::consultation::rows::by_slug(app.db.read(), slug)
        .await?
        .ok_or_else(|| CliError::Failed(format!("{slug} is missing.")))?;
    let caller = Caller::anyone(days(opens, 1));
    let statements: Vec<i64> = statement::Entity::find()
        .filter(statement::Column::ConsultationId.eq(on.id.0))
        .order_by_asc(statement::Column::Id)
        .all(app.db.read())
        .await?
        .into_iter()
        .map(|row| row.id)
        .collect();
    let mut votes = Vec::new();
    for voter in 0..story.voters {
        let token = format!("demonstration voter {voter}");
        // Two ways of seeing things, and some who agree with both.
        let side = pick(&[slug, "side", &token], 5) < 3;
        for (place, id) in statements.iter().enumerate() {
            let roll = pick(&[slug, &token, &place.to_string()], 10);
            if roll == 9 {
                continue;
            }
            let leaning = place == 4 || (place % 2 == 0) == side;
            let vote = match (leaning, roll) {
                (_, 8) => Vote::Pass,
                (true, 0) | (false, 1..=7) => Vote::Disagree,
                _ => Vote::Agree,
            };
            let command = CastVote {
                on: slug.to_owned(),
                token: token.clone(),
                statement: StatementId(*id),
                vote,
                from: None,
            };
            let caller = &caller;
            votes.push(async move { cast_vote(app, caller, command).await });
        }
    }
    // Together, so that many share a commit.
    for cast in futures::future::join_all(votes).await {
        cast.map_err(|denied| CliError::Failed(denied.to_string()))?;
    }
    if story.statements_open && !story.statements.is_empty() {
        for (number, words) in story.words.statements.iter().enumerate() {
            let command = AddStatement {
                on: slug.to_owned(),
                token: "demonstration voter 0".to_owned(),
                text: (*words).to_owned(),
                key: CreationKey::typed(&format!("demonstration {number}")),
            };
            passed(add_statement(app, &caller, command).await)?;
        }
    }
    Ok(())
}
