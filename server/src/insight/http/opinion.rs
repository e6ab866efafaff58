//! What people think: the page, the same as open data, and the votes for anybody to count again.
//!
//! Rules. What people think is public from the first day of voting, once as many have voted as the
//! disclosure rule asks for. The votes themselves are public once voting has ended and there are as
//! many people as groups are made of; voters are told so before they vote. A statement that is not
//! approved at the moment of asking is in none of it, however old the analysis is.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use app::insight::pages;
use app::ui::shell::Shell;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::consultation::policy::Permission;
use domain::consultation::{Consultation, Stage};
use domain::insight::disclosure::PUBLIC;
use domain::insight::opinion::{Finding, OpinionView, Standing, opinion};
use domain::vote::opinion::Settings;
use entity::statement;
use futures::stream;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use crate::App;
use crate::consultation::queries::permitted;
use crate::http::{Error, RequestContext};
use crate::insight::queries;
use crate::vote;

/// People whose votes are read at once for a download.
const PEOPLE_AT_ONCE: usize = 500;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/consultations/{slug}/opinion", get(page))
        .route("/consultations/{slug}/opinion.json", get(json))
        .route("/consultations/{slug}/opinion/{file}", get(download))
}

/// The consultation, if anything can be voted on in it.
async fn voted_on(context: &RequestContext, slug: &str) -> Result<Consultation, Error> {
    let on = permitted(context.app.db.read(), context, slug, Permission::View).await?;
    let begun = on.stage(context.now).has_opened();
    let any = || vote::queries::count(context.app.db.read(), on.id);
    if on.voting_allowed && begun && any().await? > 0 {
        Ok(on)
    } else {
        Err(Error::NotFound)
    }
}

async fn view_of(context: &RequestContext, on: Consultation) -> Result<OpinionView, Error> {
    let db = context.app.db.read();
    let found = vote::queries::opinion::shown(&context.app, on.id, context.now).await?;
    let standing = match &found {
        None => Standing::BeingWorkedOut,
        Some(found) if (found.participants as u64) < PUBLIC.threshold => Standing::TooEarly {
            need: PUBLIC.threshold,
        },
        Some(found) => {
            let texts = vote::queries::matrix::texts(db, on.id).await?;
            let finding = Finding {
                analysis: &found.analysis,
                statements: &found.statements,
                participants: found.participants,
                votes: found.votes,
                picture: found.picture.as_ref(),
            };
            Standing::Found(Box::new(opinion(finding, &texts, PUBLIC)))
        }
    };
    let open = on.stage(context.now) == Stage::Open;
    let people = found.map_or(0, |found| found.participants);
    Ok(OpinionView {
        open,
        aside: PUBLIC.alone(vote::commands::set_aside::count(&context.app, on.id).await?),
        standing,
        votes_public: !open && people >= Settings::public().fewest_people(),
        attribution: queries::decision(db, on.id).await?.1,
        invented: on.invented,
        slug: on.slug,
        title: on.title,
    })
}

async fn page(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let on = voted_on(&context, &slug).await?;
    let view = view_of(&context, on).await?;
    let drawn = matches!(&view.standing, Standing::Found(opinion) if opinion.picture.is_some());
    let waiting = view.standing == Standing::BeingWorkedOut;
    let shell = Shell {
        islands: drawn,
        refresh: waiting.then_some(5),
        ..context.shell(&format!("What people think: {}", view.title))
    };
    Ok(context.page_of(StatusCode::OK, shell, || pages::opinion(&view)))
}

async fn json(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let on = voted_on(&context, &slug).await?;
    let routing = vote::queries::routing::seed(&context.app.config.secret, on.id);
    let view = view_of(&context, on).await?;
    let (standing, found) = match &view.standing {
        Standing::TooEarly { .. } => ("too-early", None),
        Standing::BeingWorkedOut => ("being-worked-out", None),
        Standing::Found(opinion) => ("found", Some(opinion)),
    };
    let body = serde_json::json!({
        "consultation": view.slug,
        "title": view.title,
        "open": view.open,
        "standing": standing,
        "disclosure": { "hidden_below": PUBLIC.threshold, "rounded_to": PUBLIC.base },
        "routing": { "rule": vote::queries::routing::RULE, "seed": routing.to_string() },
        "set_aside": view.aside,
        "attribution": view.attribution,
        "invented": view.invented,
        "opinion": found,
    });
    let kind = HeaderValue::from_static("application/json");
    Ok(([(header::CONTENT_TYPE, kind)], body.to_string()).into_response())
}

async fn download(
    context: RequestContext,
    Path((slug, file)): Path<(String, String)>,
) -> Result<Response, Error> {
    let on = voted_on(&context, &slug).await?;
    let db = context.app.db.read();
    if on.stage(context.now) == Stage::Open {
        return Err(Error::NotFound);
    }
    let people = vote::queries::matrix::participants(db, &context.app.config.secret, on.id).await?;
    if people.len() < Settings::public().fewest_people() {
        return Err(Error::NotFound);
    }
    let body = match file.as_str() {
        "summary.csv" => Body::from(summary(&on, people.len())),
        "comments.csv" => Body::from(comments(&context.app, &on).await?),
        "participants-votes.csv" => votes(&context.app, &on, people).await?,
        _ => return Err(Error::NotFound),
    };
    let name = format!("attachment; filename=\"{file}\"");
    Ok((
        [
            (
                header::CONTENT_TYPE,
                HeaderValue::from_static("text/csv; charset=utf-8"),
            ),
            (
                header::CONTENT_DISPOSITION,
                HeaderValue::from_str(&name).map_err(Error::unexpected)?,
            ),
        ],
        body,
    )
        .into_response())
}

/// A field of CSV; what a spreadsheet would take for a formula gets an apostrophe before it.
fn field(text: &str) -> String {
    let guarded = match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text.to_owned(),
    };
    if guarded.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

/// What the analysis here was made with, so that it can be made again the same way.
fn summary(on: &Consultation, people: usize) -> String {
    let settings = Settings::public();
    format!(
        "topic,{}\nvoters,{people}\nsmallest-group,{}\n",
        field(&on.title),
        settings.smallest_group
    )
}

async fn comments(app: &App, on: &Consultation) -> Result<String, DbErr> {
    let mut out =
        "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
            .to_owned();
    for row in statement::Entity::find()
        .filter(statement::Column::ConsultationId.eq(on.id.0))
        .filter(statement::Column::State.eq("approved"))
        .order_by_asc(statement::Column::Id)
        .all(app.db.read())
        .await?
    {
        // A day, no finer; an author is the owner (0) or nobody in particular.
        let day = crate::clock::from_millis(row.created_at).to_string();
        let author = if row.source == "seed" { "0" } else { "" };
        let _ = writeln!(
            out,
            ",{},{},{author},{},{},1,{}",
            day.get(..10).unwrap_or_default(),
            row.id,
            row.agrees,
            row.disagrees,
            field(&row.text)
        );
    }
    Ok(out)
}

/// A row a participant, read some people at a time while it is sent.
async fn votes(app: &App, on: &Consultation, people: Vec<i64>) -> Result<Body, DbErr> {
    let db = app.db.read().clone();
    let id = on.id;
    let statements: Vec<i64> = vote::queries::matrix::texts(&db, id)
        .await?
        .into_keys()
        .collect();
    let mut head = "participant,n-votes,n-agree,n-disagree".to_owned();
    for statement in &statements {
        let _ = write!(head, ",{statement}");
    }
    head.push('\n');
    let numbered: Vec<(usize, i64)> = people.into_iter().enumerate().collect();
    let parts: Vec<Vec<(usize, i64)>> =
        numbered.chunks(PEOPLE_AT_ONCE).map(<[_]>::to_vec).collect();
    let first = stream::iter([Ok::<_, DbErr>(Bytes::from(head))]);
    let rest = stream::try_unfold(parts.into_iter(), move |mut parts| {
        let (db, statements) = (db.clone(), statements.clone());
        async move {
            let Some(part) = parts.next() else {
                return Ok(None);
            };
            let voters: Vec<i64> = part.iter().map(|(_, voter)| *voter).collect();
            let found = vote::queries::matrix::votes_of(&db, id, &voters).await?;
            Ok(Some((Bytes::from(rows(&part, &found, &statements)), parts)))
        }
    });
    Ok(Body::from_stream(futures::StreamExt::chain(first, rest)))
}

fn rows(
    people: &[(usize, i64)],
    votes: &HashMap<i64, BTreeMap<i64, i32>>,
    statements: &[i64],
) -> String {
    let none = BTreeMap::new();
    let mut out = String::new();
    for (number, voter) in people {
        let cast = votes.get(voter).unwrap_or(&none);
        let many = |value: i32| cast.values().filter(|vote| **vote == value).count();
        let _ = write!(out, "{number},{},{},{}", cast.len(), many(1), many(-1));
        for statement in statements {
            match cast.get(statement) {
                Some(value) => {
                    let _ = write!(out, ",{value}");
                }
                None => out.push(','),
            }
        }
        out.push('\n');
    }
    out
}
