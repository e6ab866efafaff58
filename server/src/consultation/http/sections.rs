//! The sections of a draft: GET shows the form, POST saves it or shows it again with errors.

use app::consultation::{forms, pages};
use app::messages::consultation as words;
use app::pairs::Pairs;
use app::paths;
use app::ui::form::FormState;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::{get, post};
use domain::account::Member;
use domain::consultation::policy::Act;
use domain::consultation::read::WholeView;
use domain::ids::{AreaId, ConsultationId, TeamId};
use domain::vote::statement::{StatementRefused, check_statement};
use entity::{area, team};
use leptos::prelude::AnyView;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::desk::regimes;
use crate::App;
use crate::consultation::permitted;
use crate::consultation::service::{self, Change, DocumentRefused, NewOption, NewQuestion};
use crate::consultation::whole::whole;
use crate::http::{Error, Form, Visit, see_other};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/desk/consultations/{slug}/{section}", get(show).post(save))
        .route(
            "/desk/consultations/{slug}/statements/open",
            post(open_statements),
        )
        .route("/desk/consultations/{slug}/{section}/remove", post(remove))
}

async fn editing(visit: &Visit, slug: &str) -> Result<(Member, WholeView, ConsultationId), Error> {
    let member = visit.actor.signed_in()?.clone();
    let on = permitted(visit, slug, Act::Edit).await?;
    let view = whole(visit.app.db.read(), on.id, visit.now)
        .await?
        .ok_or(Error::NotFound)?;
    Ok((member, view, on.id))
}

async fn show(
    visit: Visit,
    Path((slug, section)): Path<(String, String)>,
) -> Result<Response, Error> {
    let (_, view, _) = editing(&visit, &slug).await?;
    let adds = matches!(
        section.as_str(),
        "options" | "questions" | "statements" | "documents"
    );
    let state = if adds {
        FormState::new().with("page", "1").with("published", "yes")
    } else {
        forms::of_view(&view)
    };
    page(&visit, &view, &section, state).await
}

async fn page(
    visit: &Visit,
    view: &WholeView,
    section: &str,
    state: FormState,
) -> Result<Response, Error> {
    let db = visit.app.db.read();
    let refused = !state.errors.is_empty();
    let title = view.listed.title.clone();
    let respond = |body: Box<dyn FnOnce() -> AnyView + '_>| {
        if refused {
            visit.refused(&title, body)
        } else {
            visit.page(&title, body)
        }
    };
    Ok(match section {
        "about" => respond(Box::new(|| pages::about(view, &state))),
        "scope" => respond(Box::new(|| pages::scope(view, &state))),
        "contact" => respond(Box::new(|| pages::contact(view, &state))),
        "options" => respond(Box::new(|| pages::options(view, &state))),
        "questions" => respond(Box::new(|| pages::questions(view, &state))),
        "statements" => respond(Box::new(|| pages::statements(view, &state))),
        "documents" => respond(Box::new(|| pages::documents(view, &state))),
        "dates" => {
            let regimes = regimes(db).await?;
            respond(Box::new(|| pages::dates(view, &state, &regimes)))
        }
        "areas" => {
            let areas = wards(visit).await?;
            let teams = teams(visit).await?;
            respond(Box::new(|| pages::areas(view, &state, &areas, &teams)))
        }
        _ => return Err(Error::NotFound),
    })
}

async fn wards(visit: &Visit) -> Result<Vec<(String, String)>, Error> {
    Ok(area::Entity::find()
        .filter(area::Column::Kind.eq("ward"))
        .order_by_asc(area::Column::Name)
        .all(visit.app.db.read())
        .await?
        .into_iter()
        .map(|row| (row.id.to_string(), row.name))
        .collect())
}

async fn teams(visit: &Visit) -> Result<Vec<(String, String)>, Error> {
    Ok(team::Entity::find()
        .order_by_asc(team::Column::Name)
        .all(visit.app.db.read())
        .await?
        .into_iter()
        .map(|row| (row.id.to_string(), row.name))
        .collect())
}

async fn save(
    visit: Visit,
    Path((slug, section)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Error> {
    let (member, view, id) = editing(&visit, &slug).await?;
    let pairs = &form.pairs;
    let mut state = FormState::from_pairs(pairs.iter());
    let adds = matches!(
        section.as_str(),
        "options" | "questions" | "statements" | "documents"
    );
    let done = if adds {
        add(&visit, &member, id, &section, &form, &mut state).await?
    } else {
        let change = change(&visit, &section, pairs, &mut state).await?;
        match change.filter(|_| state.errors.is_empty()) {
            Some(change) => {
                service::edit(&visit.app, &member, id, change, visit.now).await?;
                true
            }
            None => false,
        }
    };
    if !done {
        return page(&visit, &view, &section, state).await;
    }
    let next = if adds { section.as_str() } else { "" };
    Ok(see_other(&paths::desk_consultation(&slug, next)))
}

/// The change that a section's form asks for; what is wrong is refused in `state`.
async fn change(
    visit: &Visit,
    section: &str,
    pairs: &Pairs,
    state: &mut FormState,
) -> Result<Option<Change>, Error> {
    let text = |name: &str| pairs.one(name).to_owned();
    Ok(match section {
        "about" => {
            forms::needed(state, pairs, "title", "Give it a title", 150);
            forms::needed(state, pairs, "summary", "Write a summary", 400);
            forms::needed(state, pairs, "topic", "Give it a topic", 40);
            forms::needed(state, pairs, "body", "Write the text", forms::MOST_BODY);
            Some(Change::About {
                title: text("title"),
                summary: text("summary"),
                body: text("body"),
                topic: text("topic"),
            })
        }
        "scope" => {
            forms::needed(state, pairs, "open", "Say what is open to change", 5_000);
            if pairs.one("limited").is_empty() && pairs.one("fixed").is_empty() {
                state.refuse("limited", "Say what is limited, or what is fixed");
            }
            forms::needed(state, pairs, "reason", "Say why", 5_000);
            Some(Change::Scope {
                open: text("open"),
                limited: text("limited"),
                fixed: text("fixed"),
                reason: text("reason"),
            })
        }
        "dates" => {
            let mut moment = |name: &str| {
                forms::moment(pairs, name).unwrap_or_else(|()| {
                    state.refuse(name, words::NOT_A_MOMENT);
                    None
                })
            };
            let (opens, closes) = (moment("opens"), moment("closes"));
            if let (Some(opens), Some(closes)) = (opens, closes)
                && closes <= opens
            {
                state.refuse("closes", "It must close after it opens");
            }
            if !regimes(visit.app.db.read())
                .await?
                .iter()
                .any(|(code, _)| code == pairs.one("regime"))
            {
                state.refuse("regime", "Choose the rule it is held under");
            }
            Some(Change::Dates {
                regime: text("regime"),
                opens,
                closes,
                reason: text("closing_reason"),
            })
        }
        "contact" => {
            forms::needed(state, pairs, "contact_name", "Give a name or a team", 100);
            let email = pairs.one("contact_email");
            if email.parse::<lettre::Address>().is_err() {
                state.refuse(
                    "contact_email",
                    "Enter an e-mail address, like name@example.org",
                );
            }
            Some(Change::Contact {
                name: text("contact_name"),
                email: email.to_owned(),
            })
        }
        "areas" => {
            let numbers = |name: &str| -> Vec<i64> {
                pairs
                    .all(name)
                    .filter_map(|value| value.parse().ok())
                    .collect()
            };
            let known = |list: Vec<(String, String)>, chosen: Vec<i64>| -> Vec<i64> {
                list.iter()
                    .filter_map(|(id, _)| id.parse().ok())
                    .filter(|id| chosen.contains(id))
                    .collect()
            };
            Some(Change::Places {
                areas: known(wards(visit).await?, numbers("areas"))
                    .into_iter()
                    .map(AreaId)
                    .collect(),
                partners: known(teams(visit).await?, numbers("partners"))
                    .into_iter()
                    .map(TeamId)
                    .collect(),
            })
        }
        _ => return Err(Error::NotFound),
    })
}

/// Adds one thing to a list; false where it was refused in `state`.
async fn add(
    visit: &Visit,
    member: &Member,
    id: ConsultationId,
    section: &str,
    form: &Form,
    state: &mut FormState,
) -> Result<bool, Error> {
    let (app, pairs, now) = (&visit.app, &form.pairs, visit.now);
    let text = |name: &str| pairs.one(name).to_owned();
    match section {
        "options" => {
            forms::needed(state, pairs, "title", "Give the option a title", 150);
            if !state.errors.is_empty() {
                return Ok(false);
            }
            let new = NewOption {
                title: text("title"),
                description: text("description"),
                do_nothing: pairs.has("do_nothing"),
            };
            service::add_option(app, member, id, new, now).await?;
        }
        "questions" => {
            let Some(question) = forms::question(pairs, state) else {
                return Ok(false);
            };
            let new = NewQuestion {
                page: question.page,
                kind: question.kind,
                prompt: text("prompt"),
                hint: text("hint"),
                required: pairs.has("required"),
                published: pairs.has("published"),
                choices: question.choices,
            };
            service::add_question(app, member, id, new, now).await?;
        }
        "statements" => match check_statement(pairs.one("text"), 0) {
            Ok(text) => service::add_statement(app, member, id, text, now).await?,
            Err(refused) => {
                let _: StatementRefused = refused;
                state.refuse("text", app::messages::vote::statement(refused));
                return Ok(false);
            }
        },
        _ => {
            let upload = form.uploads.iter().find(|upload| upload.field == "file");
            let title = pairs.one("title");
            let refused = service::add_document(app, member, id, title, upload, now)
                .await?
                .err();
            if let Some(refused) = refused {
                let message = match refused {
                    DocumentRefused::Missing => "Choose a file",
                    DocumentRefused::TooLarge => "The file must be smaller than 10 MB",
                    DocumentRefused::WrongKind => {
                        "The file must be PDF, Word, Excel, PNG, JPEG, CSV or text"
                    }
                };
                state.refuse("file", message);
                return Ok(false);
            }
        }
    }
    Ok(true)
}

async fn open_statements(
    visit: Visit,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let (member, _, id) = editing(&visit, &slug).await?;
    let open = form.pairs.one("open") == "yes";
    service::edit(
        &visit.app,
        &member,
        id,
        Change::StatementsOpen(open),
        visit.now,
    )
    .await?;
    Ok(see_other(&paths::desk_consultation(&slug, "statements")))
}

async fn remove(
    visit: Visit,
    Path((slug, section)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Error> {
    let (member, _, id) = editing(&visit, &slug).await?;
    let which: i64 = form
        .pairs
        .one("id")
        .parse()
        .map_err(|_| Error::Unreadable)?;
    let (app, now) = (&visit.app, visit.now);
    match section.as_str() {
        "options" => service::remove_option(app, &member, id, which.into(), now).await?,
        "questions" => service::remove_question(app, &member, id, which.into(), now).await?,
        "statements" => service::remove_statement(app, &member, id, which.into(), now).await?,
        "documents" => service::remove_document(app, &member, id, which.into(), now).await?,
        _ => return Err(Error::NotFound),
    }
    Ok(see_other(&paths::desk_consultation(&slug, &section)))
}
