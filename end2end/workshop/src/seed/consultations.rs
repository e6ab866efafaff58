//! Tells the stories through the use cases that people use, at the times they would have used
//! them.
//!
//! Invariant: the same borough each time; nothing is written into a table by hand.

use std::collections::HashMap;

use domain::consultation::draft::{About, Contact, Dates, NewOption, NewQuestion, Places, Scope};
use domain::ids::{AreaId, TeamId};
use entity::{area, consultation};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::draft::{self, Draft};
use crate::seed::aftermath::{conclude, moderate};
use crate::seed::cast::{Cast, closing, days, opening, who};
use crate::seed::past::PAST;
use crate::seed::people::TEAMS;
use crate::seed::priorities::{self, PRIORITIES};
use crate::seed::residents::{respond, vote_on};
use crate::seed::story::{self, Asked, STORIES, Story, Until};
use server::App;
use server::cli::CliError;
use server::consultation::commands::BegunDraft;
use server::error::Refused;
use server::granted::Caller;
use server::vote::commands::import_polis::{Files, ImportPolis, PolisRefused, import_polis};

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
    for story in STORIES.iter().chain(&PAST) {
        println!("  {}", story.title);
        let asked = story::questions(story);
        tell(app, &cast, teams, story, asked, now).await?;
    }
    let police = Cast {
        officer: who(app, "north@police.example").await?,
        approver: who(app, "inspector@police.example").await?,
        moderator: who(app, "inspector@police.example").await?,
    };
    println!("  {}", PRIORITIES.title);
    let asked = priorities::asked(&PRIORITIES);
    tell(app, &police, teams, &PRIORITIES, asked, now).await?;
    for files in conversations() {
        println!("  {} (open data)", files.name);
        let import = async |owner: Option<&str>| {
            let command = ImportPolis {
                files: files.clone(),
                owner: owner.map(str::to_owned),
            };
            import_polis(app, &Caller::anyone(now), command).await
        };
        let imported = match import(Some("community-voices")).await {
            Err(Refused::Because(PolisRefused::Missing(_))) => import(None).await,
            other => other,
        };
        imported.map_err(|refused| CliError::Failed(format!("{refused:?}")))?;
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

async fn tell(
    app: &App,
    cast: &Cast,
    teams: &HashMap<String, TeamId>,
    story: &Story,
    asked: Vec<Asked>,
    now: Timestamp,
) -> Result<(), CliError> {
    let team = |name: &str| {
        teams
            .get(name)
            .copied()
            .ok_or_else(|| CliError::Failed(format!("No team {name}.")))
    };
    let opens = opening(now, story.opens);
    let closes = closing(now, story.closes);
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
            closes: Some(closes),
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
        questions: asked.into_iter().map(question).collect(),
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
        respond(app, story, &slug, &areas, opens, now).await?;
        vote_on(app, story, &slug, opens).await?;
        let all = story.ending.is_some();
        moderate(app, cast, id, all, closes.min(now)).await?;
    }
    if let Some(ending) = story.ending {
        conclude(app, cast, id, ending, closes).await?;
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
