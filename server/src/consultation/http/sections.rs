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
use domain::consultation::policy::Permission;
use domain::consultation::read::ConsultationDetail;
use domain::ids::{AreaId, ConsultationId, TeamId};
use entity::{organisation, team};
use leptos::prelude::AnyView;
use sea_orm::{EntityTrait, QueryOrder};

use crate::App;
use crate::consultation::commands::{self, Change};
use crate::consultation::http::desk::regimes;
use crate::consultation::http::lists::{Editing, form_of, is_list};
use crate::consultation::queries::detail::consultation_detail;
use crate::consultation::queries::permitted;
use crate::consultation::queries::public_list;
use crate::http::{Error, Form, RequestContext, see_other};

pub fn routes() -> Router<App> {
    Router::new().route("/desk/consultations/{slug}/{section}", get(show).post(save))
}

/// The consultation for somebody who may change it.
pub(super) async fn editing(
    context: &RequestContext,
    slug: &str,
) -> Result<(Member, ConsultationDetail, ConsultationId), Error> {
    let member = context.actor.signed_in()?.clone();
    let on = permitted(context.app.db.read(), context, slug, Permission::Edit).await?;
    let view = consultation_detail(context.app.db.read(), on.id, context.now)
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
    context: RequestContext,
    Path((slug, section)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let (_, view, _) = editing(&context, &slug).await?;
    let state = if is_list(&section) {
        form_of(&view, &section, asked.change.parse().ok())?
    } else {
        forms::of_view(&view)
    };
    page(&context, &view, &section, state).await
}

async fn page(
    context: &RequestContext,
    view: &ConsultationDetail,
    section: &str,
    state: FormState,
) -> Result<Response, Error> {
    let db = context.app.db.read();
    let refused = !state.errors.is_empty();
    let title = view.listed.title.clone();
    let respond = |body: Box<dyn FnOnce() -> AnyView + '_>| {
        if refused {
            context.refused(&title, body)
        } else {
            context.page(&title, body)
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
            let areas = wards(context).await?;
            let teams = teams(context).await?;
            respond(Box::new(|| pages::areas(view, &state, &areas, &teams)))
        }
        _ => return Err(Error::NotFound),
    })
}

/// Wards to choose from: number, name.
async fn wards(context: &RequestContext) -> Result<Vec<(String, String)>, Error> {
    Ok(public_list::wards(context.app.db.read())
        .await?
        .into_iter()
        .map(|ward| (ward.id.to_string(), ward.name))
        .collect())
}

/// Teams to choose from: number, name with its organisation.
async fn teams(context: &RequestContext) -> Result<Vec<(String, String)>, Error> {
    Ok(team::Entity::find()
        .find_also_related(organisation::Entity)
        .order_by_asc(organisation::Column::Name)
        .order_by_asc(team::Column::Name)
        .all(context.app.db.read())
        .await?
        .into_iter()
        .map(|(team, of)| {
            let of = of.map(|of| format!(", {}", of.name)).unwrap_or_default();
            (team.id.to_string(), format!("{}{of}", team.name))
        })
        .collect())
}

async fn save(
    context: RequestContext,
    Path((slug, section)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Error> {
    let (member, view, id) = editing(&context, &slug).await?;
    let mut state = FormState::from_pairs(form.pairs.iter());
    let list = is_list(&section);
    let done = if list {
        let editing = Editing {
            context: &context,
            member: &member,
            view: &view,
            id,
        };
        editing.save(&section, &form, &mut state).await?
    } else {
        let change = change(&context, &section, &form.pairs, &mut state).await?;
        if !state.is_refused() {
            commands::edit(&context.app, &member, id, change, context.now).await?;
        }
        !state.is_refused()
    };
    if !done {
        return page(&context, &view, &section, state).await;
    }
    let next = if list { section.as_str() } else { "" };
    Ok(see_other(&paths::desk_consultation(&slug, next)))
}

/// The change that a section's form asks for; what is wrong is refused in `state`.
async fn change(
    context: &RequestContext,
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
                forms::moment(pairs, name).unwrap_or_else(|forms::NoSuchMoment| {
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
            if !regimes(context.app.db.read())
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
                areas: known(wards(context).await?, numbers("areas"))
                    .into_iter()
                    .map(AreaId)
                    .collect(),
                partners: known(teams(context).await?, numbers("partners"))
                    .into_iter()
                    .map(TeamId)
                    .collect(),
            }
        }
        _ => return Err(Error::NotFound),
    })
}
