//! The sections of a draft: GET shows the form, POST saves it or shows it again with errors.

use app::consultation::{forms, pages};
use app::messages::consultation as words;
use app::pairs::Pairs;
use app::paths;
use app::ui::form::FormState;
use axum::Router;
use axum::extract::{Path, Query};
use axum::response::Response;
use axum::routing::get;
use domain::account::{Email, Member};
use domain::consultation::policy::Act;
use domain::consultation::read::WholeView;
use domain::ids::{AreaId, ConsultationId, TeamId};
use entity::{organisation, team};
use leptos::prelude::AnyView;
use sea_orm::{EntityTrait, QueryOrder};

use super::desk::regimes;
use super::lists::{Editing, form_of, is_list};
use crate::App;
use crate::consultation::service::{self, Change};
use crate::consultation::whole::whole;
use crate::consultation::{hub, permitted};
use crate::http::{Error, Form, Visit, see_other};

pub fn routes() -> Router<App> {
    Router::new().route("/desk/consultations/{slug}/{section}", get(show).post(save))
}

/// The consultation for somebody who may change it.
pub(super) async fn editing(
    visit: &Visit,
    slug: &str,
) -> Result<(Member, WholeView, ConsultationId), Error> {
    let member = visit.actor.signed_in()?.clone();
    let on = permitted(visit, slug, Act::Edit).await?;
    let view = whole(visit.app.db.read(), on.id, visit.now)
        .await?
        .ok_or(Error::NotFound)?;
    Ok((member, view, on.id))
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct Asked {
    change: String,
}

async fn show(
    visit: Visit,
    Path((slug, section)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let (_, view, _) = editing(&visit, &slug).await?;
    let state = if is_list(&section) {
        form_of(&view, &section, asked.change.parse().ok())?
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

/// Wards to choose from: number, name.
async fn wards(visit: &Visit) -> Result<Vec<(String, String)>, Error> {
    Ok(hub::wards(visit.app.db.read())
        .await?
        .into_iter()
        .map(|ward| (ward.id.to_string(), ward.name))
        .collect())
}

/// Teams to choose from: number, name with its organisation.
async fn teams(visit: &Visit) -> Result<Vec<(String, String)>, Error> {
    Ok(team::Entity::find()
        .find_also_related(organisation::Entity)
        .order_by_asc(organisation::Column::Name)
        .order_by_asc(team::Column::Name)
        .all(visit.app.db.read())
        .await?
        .into_iter()
        .map(|(team, of)| {
            let of = of.map(|of| format!(", {}", of.name)).unwrap_or_default();
            (team.id.to_string(), format!("{}{of}", team.name))
        })
        .collect())
}

async fn save(
    visit: Visit,
    Path((slug, section)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Error> {
    let (member, view, id) = editing(&visit, &slug).await?;
    let mut state = FormState::from_pairs(form.pairs.iter());
    let list = is_list(&section);
    let done = if list {
        let editing = Editing {
            visit: &visit,
            member: &member,
            view: &view,
            id,
        };
        editing.save(&section, &form, &mut state).await?
    } else {
        let change = change(&visit, &section, &form.pairs, &mut state).await?;
        if !state.is_refused() {
            service::edit(&visit.app, &member, id, change, visit.now).await?;
        }
        !state.is_refused()
    };
    if !done {
        return page(&visit, &view, &section, state).await;
    }
    let next = if list { section.as_str() } else { "" };
    Ok(see_other(&paths::desk_consultation(&slug, next)))
}

/// The change that a section's form asks for; what is wrong is refused in `state`.
async fn change(
    visit: &Visit,
    section: &str,
    pairs: &Pairs,
    state: &mut FormState,
) -> Result<Change, Error> {
    let text = |name: &str| pairs.one(name).to_owned();
    Ok(match section {
        "about" => {
            forms::needed(state, pairs, "title", "Give it a title", 150);
            forms::needed(state, pairs, "summary", "Write a summary", 400);
            forms::needed(state, pairs, "topic", "Give it a topic", 40);
            forms::needed(state, pairs, "body", "Write the text", forms::MOST_BODY);
            Change::About {
                title: text("title"),
                summary: text("summary"),
                body: text("body"),
                topic: text("topic"),
            }
        }
        "scope" => {
            forms::needed(state, pairs, "open", "Say what is open to change", 5_000);
            forms::at_most(state, pairs, "limited", 5_000);
            forms::at_most(state, pairs, "fixed", 5_000);
            if pairs.one("limited").is_empty() && pairs.one("fixed").is_empty() {
                state.refuse("limited", "Say what is limited, or what is fixed");
            }
            forms::needed(state, pairs, "reason", "Say why", 5_000);
            Change::Scope {
                open: text("open"),
                limited: text("limited"),
                fixed: text("fixed"),
                reason: text("reason"),
            }
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
                state.refuse("closes", words::CLOSES_BEFORE_IT_OPENS);
            }
            if !regimes(visit.app.db.read())
                .await?
                .iter()
                .any(|(code, _)| code == pairs.one("regime"))
            {
                state.refuse("regime", words::REGIME_MISSING);
            }
            forms::at_most(state, pairs, "closing_reason", 500);
            Change::Dates {
                regime: text("regime"),
                opens,
                closes,
                reason: text("closing_reason"),
            }
        }
        "contact" => {
            forms::needed(state, pairs, "contact_name", "Give a name or a team", 100);
            let email = pairs.one("contact_email");
            if Email::parse(email).is_err() {
                state.refuse("contact_email", words::EMAIL_REFUSED);
            }
            Change::Contact {
                name: text("contact_name"),
                email: email.to_owned(),
            }
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
            Change::Places {
                areas: known(wards(visit).await?, numbers("areas"))
                    .into_iter()
                    .map(AreaId)
                    .collect(),
                partners: known(teams(visit).await?, numbers("partners"))
                    .into_iter()
                    .map(TeamId)
                    .collect(),
            }
        }
        _ => return Err(Error::NotFound),
    })
}
