//! Consultations with polls: set up, approved, published, voted in and counted through the use
//! cases. Their ballots are invented, the same each time.

use std::collections::HashMap;

use domain::account::Member;
use domain::consultation::Consultation;
use domain::consultation::draft::{self as words, About, Contact, Dates, Places, Scope};
use domain::edit::{CreationKey, Version};
use domain::ids::{AreaId, ConsultationId, TeamId};
use domain::poll::{Choice, Choices, NewElector, NewOption, NewPoll, Poll, PollAddress};
use entity::{area, consultation};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::ballots::{self, InventedBallot};
use crate::draft::{self, Draft};
use crate::seed::cast::{closing, days, opening, who};
use crate::seed::invented::pick;
use crate::seed::polls_story::{Asked, DRAFTED, Kind, POLL_STORIES, PollStory};
use server::App;
use server::cli::CliError;
use server::granted::Caller;
use server::poll;
use server::poll::commands::{AddOption, AddPoll, PublishBallots, ReplaceRegister};

/// Makes them; a second time changes nothing.
pub async fn polls(app: &App, teams: &HashMap<String, TeamId>) -> Result<(), CliError> {
    let officer = who(app, "officer@council.example").await?;
    let approver = who(app, "approver@council.example").await?;
    let now = app.clock.now();
    for story in &POLL_STORIES {
        let there = consultation::Entity::find()
            .filter(consultation::Column::Title.eq(story.title))
            .count(app.db.read())
            .await?;
        if there == 0 {
            println!("  {}", story.title);
            tell(app, &officer, &approver, teams, story, now).await?;
        }
    }
    in_draft(app, &officer, now).await
}

/// A poll in a draft, with a register, so that its desk can be looked at.
async fn in_draft(app: &App, me: &Member, now: Timestamp) -> Result<(), CliError> {
    let draft = consultation::Entity::find()
        .filter(consultation::Column::Title.eq(DRAFTED.0))
        .filter(consultation::Column::SubmittedAt.is_null())
        .one(app.db.read())
        .await?;
    let Some(draft) = draft else { return Ok(()) };
    let id = ConsultationId(draft.id);
    if !poll::queries::polls(app.db.read(), id).await?.is_empty() {
        return Ok(());
    }
    let wards = wards(app).await?;
    let me = Caller::member(me.clone(), now);
    let at = set_up(app, &me, &draft.slug, &DRAFTED.1, &wards).await?;
    register(app, &me, at, DRAFTED.1.electors).await
}

/// Puts so many people who are not there on the register of a poll.
async fn register(app: &App, me: &Caller, at: PollAddress, number: u64) -> Result<(), CliError> {
    if number == 0 {
        return Ok(());
    }
    let electors = (1..=number)
        .map(|n| NewElector {
            name: format!("Invented Person {n}"),
            address: format!("{n} Invented Street\nDudley"),
        })
        .collect();
    let command = ReplaceRegister {
        poll: at,
        seen: Version(0),
        electors,
        key: CreationKey::default(),
    };
    poll::commands::replace_register(app, me, command).await?;
    Ok(())
}

async fn tell(
    app: &App,
    me: &Member,
    approver: &Member,
    teams: &HashMap<String, TeamId>,
    story: &PollStory,
    now: Timestamp,
) -> Result<(), CliError> {
    let team = teams
        .get(story.team)
        .copied()
        .ok_or_else(|| CliError::Failed(format!("No team {}.", story.team)))?;
    let opens = opening(now, story.opens);
    let written = days(opens.min(now), -12);
    let wards = wards(app).await?;
    let text = str::to_owned;
    let [open, limited, fixed, reason] = story.scope.map(text);
    let draft = Draft {
        team,
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
            areas: wards.iter().map(|(_, id)| *id).collect(),
            partners: Vec::new(),
        },
        dates: Dates {
            regime: "non-statutory".to_owned(),
            opens: Some(opens),
            closes: Some(closing(now, story.closes)),
            reason: text(story.closing_reason),
        },
        contact: Contact {
            name: text(story.team),
            email: format!("{}@council.example", story.team.to_lowercase()),
        },
        options: story
            .options
            .iter()
            .map(|(title, description, do_nothing)| words::NewOption {
                title: text(title),
                description: text(description),
                do_nothing: *do_nothing,
            })
            .collect(),
        questions: Vec::new(),
        statements: Vec::new(),
        statements_open: false,
    };
    let then = Caller::member(me.clone(), written);
    let slug = draft.write(app, &then).await?.draft.slug;
    for asked in story.polls {
        let at = set_up(app, &then, &slug, asked, &wards).await?;
        register(app, &then, at, asked.electors).await?;
    }
    let approver = Caller::member(approver.clone(), written);
    draft::publish(app, &then, &approver, &slug).await?;
    for (number, asked) in (1..).zip(story.polls) {
        let (on, found) = poll_of(app, &slug, number).await?;
        cast(app, me, &on, &found, asked, now).await?;
    }
    Ok(())
}

async fn poll_of(app: &App, slug: &str, number: i32) -> Result<(Consultation, Poll), CliError> {
    let missing = || CliError::Failed(format!("{slug} has no poll {number}."));
    let db = app.db.read();
    let on = server::consultation::rows::by_slug(db, slug)
        .await?
        .ok_or_else(missing)?;
    let found = poll::queries::poll(db, &on, number)
        .await?
        .ok_or_else(missing)?;
    Ok((on, found))
}

async fn wards(app: &App) -> Result<Vec<(String, AreaId)>, CliError> {
    Ok(area::Entity::find()
        .filter(area::Column::Kind.eq("ward"))
        .all(app.db.read())
        .await?
        .into_iter()
        .map(|row| (row.name, AreaId(row.id)))
        .collect())
}

async fn set_up(
    app: &App,
    me: &Caller,
    slug: &str,
    asked: &Asked,
    wards: &[(String, AreaId)],
) -> Result<PollAddress, CliError> {
    let new = NewPoll {
        question: asked.question.to_owned(),
        help: asked.help.to_owned(),
        method: asked.kind.method(),
        electorate: asked.electorate.clone(),
        binding: asked.binding,
    };
    let add = AddPoll {
        on: slug.to_owned(),
        poll: new,
        key: CreationKey::default(),
    };
    let at = PollAddress {
        slug: slug.to_owned(),
        number: poll::commands::add_poll(app, me, add).await?,
    };
    for (name, description, pounds, ward, _) in asked.options {
        let known = wards.iter().find(|(known, _)| known == ward);
        let option = NewOption {
            name: (*name).to_owned(),
            description: (*description).to_owned(),
            cost: (*pounds > 0).then_some(pounds * 100),
            area: known.map(|(_, id)| *id),
            alt: String::new(),
        };
        let add = AddOption {
            poll: at.clone(),
            option,
            picture: None,
            key: CreationKey::default(),
        };
        poll::commands::add_option(app, me, add).await?;
    }
    Ok(at)
}

async fn cast(
    app: &App,
    me: &Member,
    on: &Consultation,
    found: &Poll,
    asked: &Asked,
    now: Timestamp,
) -> Result<(), CliError> {
    let ballots: Vec<InventedBallot> = (0..asked.ballots + asked.set_aside)
        .filter_map(|voter| {
            let set_aside = voter >= asked.ballots;
            Some(InventedBallot {
                choices: marks(found, asked, voter, set_aside)?,
                paper: !set_aside && pick(&[asked.question, "paper", &voter.to_string()], 8) == 0,
                set_aside,
            })
        })
        .collect();
    ballots::add_invented(app, on, found, &ballots, now).await?;
    if asked.publish {
        let me = Caller::member(me.clone(), now);
        let poll = PollAddress {
            slug: on.slug.clone(),
            number: found.number,
        };
        poll::commands::publish_ballots(app, &me, PublishBallots { poll }).await?;
    }
    Ok(())
}

/// What an invented voter marks: what is well liked more often, and each with a taste of their own.
fn marks(poll: &Poll, asked: &Asked, voter: u64, set_aside: bool) -> Option<Choices> {
    // Ballots of one person all say the same.
    let who = if set_aside { 0 } else { voter + 1 }.to_string();
    let roll = |what: &str, most: u64| pick(&[asked.question, what, &who], most);
    let mut order: Vec<(u64, i32, u64)> = (1..)
        .zip(asked.options)
        .map(|(position, (name, _, pounds, _, liked))| {
            (liked + roll(name, 90), position, pounds * 100)
        })
        .collect();
    order.sort_unstable_by_key(|(liked, position, _)| (std::cmp::Reverse(*liked), *position));
    if roll("blank", 90) == 0 && !set_aside {
        return poll.choices(&[]).ok();
    }
    let mark = |option: i32, value: u32| Choice { option, value };
    let given: Vec<Choice> = match asked.kind {
        Kind::Budget(pounds) => {
            let mut left = pounds * 100;
            let most = 2 + usize::try_from(roll("most", 6)).unwrap_or(0);
            let mut given = Vec::new();
            for (_, position, cost) in order {
                if cost <= left && given.len() < most {
                    left -= cost;
                    given.push(mark(position, 1));
                }
            }
            given
        }
        Kind::Irv | Kind::Stv(_) => {
            let most = 1 + usize::try_from(roll("most", order.len() as u64)).unwrap_or(0);
            (1..)
                .zip(order.into_iter().take(most))
                .map(|(rank, (_, position, _))| mark(position, rank))
                .collect()
        }
        Kind::Approval => order
            .into_iter()
            .filter(|(liked, _, _)| *liked > 95)
            .map(|(_, position, _)| mark(position, 1))
            .collect(),
    };
    poll.choices(&given).ok()
}
