//! Tells the stories through the use cases that people use, at the times they would have used
//! them.
//!
//! Invariant: the same borough each time; nothing is written into a table by hand.

use std::collections::HashMap;

use domain::account::Member;
use domain::consultation::draft::{About, Contact, Dates, NewOption, NewQuestion, Places, Scope};
use domain::ids::{AreaId, PersonId, StatementId, TeamId};
use domain::response::{Channel, Publication, Respondent, Submission};
use domain::vote::statement::Vote;
use entity::{area, consultation, person, statement};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use crate::draft::{self, Draft};
use crate::seed::aftermath::{conclude, moderate};
use crate::seed::invented::{invented_answer, pick};
use crate::seed::people::TEAMS;
use crate::seed::priorities::{self, PRIORITIES};
use crate::seed::story::{self, Asked, OWN_STATEMENTS, STORIES, Story, Until};
use server::App;
use server::account::rows::member::member;
use server::cli::CliError;
use server::consultation::commands::BegunDraft;
use server::granted::Caller;
use server::vote::commands::import_polis::{self, Files};
use server::{response, vote};

/// Who acts in the stories.
pub(super) struct Cast {
    pub(super) officer: Member,
    pub(super) approver: Member,
    pub(super) moderator: Member,
}

/// What a story asks, and what people write who answer it.
struct Script {
    asked: Vec<Asked>,
    voices: &'static [&'static str],
}

/// Makes the consultations; a second time changes nothing.
pub async fn consultations(app: &App, teams: &HashMap<String, TeamId>) -> Result<(), CliError> {
    if consultation::Entity::find().count(app.db.read()).await? > 0 {
        return Ok(());
    }
    let cast = Cast {
        officer: who(app, "officer@council.example").await?,
        approver: who(app, "approver@council.example").await?,
        moderator: who(app, "moderator@council.example").await?,
    };
    let now = app.clock.now();
    for story in &STORIES {
        println!("  {}", story.title);
        let script = Script {
            asked: story::questions(story),
            voices: &story::VOICES,
        };
        tell(app, &cast, teams, story, &script, now).await?;
    }
    let police = Cast {
        officer: who(app, "north@police.example").await?,
        approver: who(app, "inspector@police.example").await?,
        moderator: who(app, "inspector@police.example").await?,
    };
    println!("  {}", PRIORITIES.title);
    let script = Script {
        asked: priorities::asked(&PRIORITIES),
        voices: &priorities::VOICES,
    };
    tell(app, &police, teams, &PRIORITIES, &script, now).await?;
    for files in conversations() {
        println!("  {} (open data)", files.name);
        let imported = import_polis::import(app, &files, Some("community-voices"), now).await;
        let imported = match imported {
            Err(import_polis::PolisRefused::Missing(_)) => {
                import_polis::import(app, &files, None, now).await
            }
            other => other,
        };
        imported.map_err(|refused| CliError::Failed(refused.to_string()))?;
    }
    Ok(())
}

/// Real conversations, with their statement of licence: a small one and a large one.
fn conversations() -> [Files; 2] {
    [
        Files {
            name: "london.youth.policing".to_owned(),
            summary: include_str!("data/polis/summary.csv").to_owned(),
            comments: include_str!("data/polis/comments.csv").to_owned(),
            votes: include_str!("data/polis/participants-votes.csv").to_owned(),
        },
        Files {
            name: "affordable.housing".to_owned(),
            summary: include_str!("data/polis/housing/summary.csv").to_owned(),
            comments: include_str!("data/polis/housing/comments.csv").to_owned(),
            votes: include_str!("data/polis/housing/participants-votes.csv").to_owned(),
        },
    ]
}

pub(super) async fn who(app: &App, email: &str) -> Result<Member, CliError> {
    let row = person::Entity::find()
        .filter(person::Column::Email.eq(email))
        .one(app.db.read())
        .await?;
    let found = match row {
        Some(row) => member(app.db.read(), PersonId(row.id)).await?,
        None => None,
    };
    found.ok_or_else(|| CliError::Failed(format!("There is nobody called {email}.")))
}

pub(super) fn days(now: Timestamp, days: i64) -> Timestamp {
    now.saturating_add(SignedDuration::from_hours(24 * days))
        .unwrap_or(now)
}

/// Nine in the morning of that day in the United Kingdom.
pub(super) fn morning_of(day: Timestamp) -> Timestamp {
    let local = domain::calendar::uk_clock(day);
    local
        .with()
        .time(jiff::civil::time(9, 0, 0, 0))
        .build()
        .map_or(day, |zoned| zoned.timestamp())
}

/// The last minute of that day in the United Kingdom.
pub(super) fn end_of(day: Timestamp) -> Timestamp {
    let local = domain::calendar::uk_clock(day);
    local
        .with()
        .hour(23)
        .minute(59)
        .second(0)
        .subsec_nanosecond(0)
        .build()
        .map_or(day, |zoned| zoned.timestamp())
}

async fn tell(
    app: &App,
    cast: &Cast,
    teams: &HashMap<String, TeamId>,
    story: &Story,
    script: &Script,
    now: Timestamp,
) -> Result<(), CliError> {
    let team = |name: &str| {
        teams
            .get(name)
            .copied()
            .ok_or_else(|| CliError::Failed(format!("No team {name}.")))
    };
    let opens = morning_of(days(now, story.opens));
    let written = days(opens.min(now), -10);
    let areas: Vec<AreaId> = area::Entity::find()
        .filter(area::Column::Kind.eq("ward"))
        .all(app.db.read())
        .await?
        .into_iter()
        .filter(|row| story.wards.is_empty() || story.wards.contains(&row.name.as_str()))
        .map(|row| AreaId(row.id))
        .collect();
    let partners = story
        .partners
        .iter()
        .map(|name| team(name))
        .collect::<Result<_, _>>()?;
    let text = str::to_owned;
    let [open, limited, fixed, reason] = story.scope.map(text);
    let draft = Draft {
        team: team(story.team)?,
        about: About {
            title: text(story.title),
            summary: text(story.summary),
            body: text(story.body),
            topic: text(story.topic),
        },
        scope: Scope {
            open,
            limited,
            fixed,
            reason,
        },
        places: Places {
            areas: areas.clone(),
            partners,
        },
        dates: Dates {
            regime: text(story.regime),
            opens: Some(opens),
            closes: Some(end_of(days(now, story.closes))),
            reason: text(story.closing_reason),
        },
        contact: Contact {
            name: text(story.team),
            email: TEAMS
                .iter()
                .find(|(_, _, name, _)| *name == story.team)
                .map_or_else(String::new, |(_, _, _, email)| text(email)),
        },
        options: story
            .options
            .iter()
            .map(|(title, description, do_nothing)| NewOption {
                title: text(title),
                description: text(description),
                do_nothing: *do_nothing,
            })
            .collect(),
        questions: script.asked.iter().cloned().map(question).collect(),
        statements: story.statements.iter().map(|words| text(words)).collect(),
        statements_open: story.statements_open,
    };
    let me = Caller::member(cast.officer.clone(), written);
    let approver = Caller::member(cast.approver.clone(), written);
    let BegunDraft { id, slug } = draft.write(app, &me).await?.draft;
    if story.until == Until::InReview {
        draft::submit(app, &me, &slug).await?;
    }
    if story.until >= Until::Published {
        draft::publish(app, &me, &approver, &slug).await?;
        respond(app, story, script.voices, &slug, &areas, opens, now).await?;
        vote_on(app, story, &slug, opens).await?;
        moderate(app, cast, id, now).await?;
    }
    if story.until >= Until::Decided {
        conclude(app, cast, id, days(now, story.closes)).await?;
    }
    Ok(())
}

fn question((page, kind, prompt, hint, required, choices): Asked) -> NewQuestion {
    NewQuestion {
        page,
        kind,
        prompt: prompt.to_owned(),
        hint: hint.to_owned(),
        required,
        published: true,
        choices,
    }
}

pub(super) fn passed<T: std::fmt::Debug>(outcome: Result<(), T>) -> Result<(), CliError> {
    outcome.map_err(|gaps| CliError::Failed(format!("A story has gaps: {gaps:?}.")))
}

async fn respond(
    app: &App,
    story: &Story,
    voices: &[&str],
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
    let mut sending = Vec::new();
    for number in 0..story.responses {
        let n = number.to_string();
        let part = |what: &str, most: u64| pick(&[slug, what, &n], most);
        let answers = on
            .questions
            .iter()
            .filter_map(|q| Some((q.id, invented_answer(q.kind, &q.choices, voices, &part)?)))
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
        let submission = Submission {
            consultation: on.consultation.id,
            channel,
            area,
            publication: match part("publication", 6) {
                0 => Publication::Private,
                _ => Publication::Anonymous,
            },
            respondent: Respondent::default(),
            answers,
            at,
            invented: true,
        };
        let key =
            response::key::Key::issue(at).map_err(|error| CliError::Failed(error.to_string()))?;
        let (app, on) = (app.clone(), on.clone());
        sending.push(async move { response::commands::send(&app, &on, &key, submission).await });
    }
    // Together, so that many share a commit as they do in a busy hour.
    for sent in futures::future::join_all(sending).await {
        sent?;
    }
    Ok(())
}

async fn vote_on(app: &App, story: &Story, slug: &str, opens: Timestamp) -> Result<(), CliError> {
    if story.voters == 0 {
        return Ok(());
    }
    let on = server::consultation::rows::by_slug(app.db.read(), slug)
        .await?
        .ok_or_else(|| CliError::Failed(format!("{slug} is missing.")))?;
    let statements: Vec<i64> = statement::Entity::find()
        .filter(statement::Column::ConsultationId.eq(on.id.0))
        .order_by_asc(statement::Column::Id)
        .all(app.db.read())
        .await?
        .into_iter()
        .map(|row| row.id)
        .collect();
    let at = days(opens, 1);
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
            let (on, token) = (&on, token.clone());
            votes.push(async move {
                vote::commands::cast(app, on, &token, StatementId(*id), vote, at).await
            });
        }
    }
    // Together, so that many share a commit.
    for cast in futures::future::join_all(votes).await {
        cast?;
    }
    if story.statements_open && !story.statements.is_empty() {
        for (number, words) in OWN_STATEMENTS.iter().enumerate() {
            let key = format!("demonstration {number}");
            let added =
                vote::commands::add_statement(app, &on, "demonstration voter 0", words, &key, at);
            passed(added.await?)?;
        }
    }
    Ok(())
}
