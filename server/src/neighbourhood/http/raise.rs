//! Raising a concern: where, the signpost, the form, a last look, sending.

use app::messages::neighbourhood as words;
use app::neighbourhood::{forms, pages};
use app::paths;
use app::ui::conflict::KEY;
use app::ui::form::FormState;
use axum::Router;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::get;
use domain::council::{Area, Postcode};
use domain::neighbourhood::{ConcernRefused, check_concern, crime};
use domain::typed;

use crate::App;
use crate::council::rows::areas;
use crate::error::{Denied, Fault, Refused};
use crate::http::{Error, Form, Path, Query, RequestContext, see_other};
use crate::limits::Limited;
use crate::neighbourhood::commands::{RaiseConcern, raise_concern};
use crate::neighbourhood::http::receipt;
use crate::neighbourhood::key::ConcernKey;
use crate::neighbourhood::queries;

const TITLE: &str = "What is your concern?";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/concerns/new", get(choose))
        .route("/areas/{code}/concern", get(show).post(raise))
}

/// Where the place is, as far as it is said.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct PlaceQuery {
    postcode: String,
    ward: String,
}

async fn choose(
    context: RequestContext,
    Query(place): Query<PlaceQuery>,
) -> Result<Response, Error> {
    let db = context.app.db.read();
    let wards = areas::wards(db).await?;
    let mut state = FormState::new()
        .with("postcode", &place.postcode)
        .with("ward", &place.ward);
    let found = match Postcode::parse(&place.postcode) {
        Ok(typed) => {
            let of = areas::of_postcode(db, &typed).await?;
            wards.iter().find(|ward| Some(ward.id) == of)
        }
        Err(_) => wards.iter().find(|ward| ward.code == place.ward),
    };
    if let Some(ward) = found {
        return Ok(see_other(&paths::raise(&ward.code)));
    }
    if !typed::is_blank(&place.postcode) {
        state.refuse("postcode", words::UNKNOWN_POSTCODE);
    }
    let choices: Vec<(String, String)> = std::iter::once((String::new(), "Choose a ward".into()))
        .chain(wards.into_iter().map(|ward| (ward.code, ward.name)))
        .collect();
    Ok(context.page("Raise a concern about a place", || {
        pages::choose_area(&state, &choices)
    }))
}

async fn area(context: &RequestContext, code: &str) -> Result<Area, Error> {
    let found = areas::by_code(context.app.db.read(), code).await?;
    found.ok_or(Error::NotFound)
}

/// Whether the signpost was read.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct StepQuery {
    step: String,
}

async fn show(
    context: RequestContext,
    Path(code): Path<String>,
    Query(query): Query<StepQuery>,
) -> Result<Response, Error> {
    let area = area(&context, &code).await?;
    if !queries::is_read(context.app.db.read(), area.id).await? {
        return Ok(context.page("Nobody reads concerns here", || {
            pages::nobody_reads(&code, &area.name)
        }));
    }
    if query.step != "form" {
        return Ok(context.page("Before you start", || pages::first(&code, &area.name)));
    }
    let key = ConcernKey::issue().map_err(Fault::from)?;
    let key = key.sign(&context.app.config.secret);
    Ok(context.page(TITLE, || {
        pages::form(&code, &area.name, &FormState::new(), &key)
    }))
}

/// `go` says which: back to the form, to the last look, or send. What may be a crime is sent to 101 before
/// either, unless its author said of the same words that it is none.
async fn raise(
    context: RequestContext,
    Path(code): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    context.app.limits.check(Limited::Submit, context.client)?;
    let area = area(&context, &code).await?;
    let pairs = &form.pairs;
    let signed = pairs.one(KEY);
    let key = ConcernKey::read(&context.app.config.secret, signed).ok_or(Error::Malformed)?;
    let new = forms::concern(pairs);
    let state = FormState::from_pairs(pairs.iter());
    let refuse = |missing: Vec<ConcernRefused>| {
        let mut state = state.clone();
        for one in missing {
            let (field, message) = words::refused(one);
            state.refuse(field, message);
        }
        context.refused(TITLE, || pages::form(&code, &area.name, &state, signed))
    };
    let last_look = |status: StatusCode| {
        context.page_with(status, "Check your concern", || {
            let not_saved = status != StatusCode::OK;
            pages::check(&code, &area.name, &new, &state, signed, not_saved)
        })
    };
    let signs = crime::signs(&new);
    let may_be_a_crime =
        check_concern(&new).is_ok() && crime::wording(&signs) != pairs.one(forms::NO_CRIME);
    match pairs.one("go") {
        "change" => Ok(context.page(TITLE, || pages::form(&code, &area.name, &state, signed))),
        _ if may_be_a_crime => Ok(context.page("This may be a crime", || {
            pages::may_be_a_crime(&code, &area.name, &signs, &state, signed)
        })),
        "send" => {
            let command = RaiseConcern {
                area: code.clone(),
                concern: new.clone(),
                key,
                invented: context.demonstration,
            };
            match raise_concern(&context.app, &context, command).await {
                Ok(key) => {
                    let signed = key.sign(&context.app.config.secret);
                    Ok(receipt::leads_on(&context, &signed))
                }
                Err(Refused::Because(missing)) => Ok(refuse(missing)),
                // What was written stays on the page, under the same key.
                Err(Refused::Denied(Denied::Fault(Fault::Unavailable))) => {
                    let mut page = last_look(StatusCode::SERVICE_UNAVAILABLE);
                    let retry = HeaderValue::from_static("5");
                    page.headers_mut().insert(header::RETRY_AFTER, retry);
                    Ok(page)
                }
                Err(Refused::Denied(other)) => Err(other.into()),
            }
        }
        _ => Ok(match check_concern(&new) {
            Ok(_) if !queries::is_read(context.app.db.read(), area.id).await? => {
                refuse(vec![ConcernRefused::NobodyReads])
            }
            Ok(_) => last_look(StatusCode::OK),
            Err(missing) => refuse(missing),
        }),
    }
}
