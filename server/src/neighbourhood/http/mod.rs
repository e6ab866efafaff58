//! What residents see: the signpost, the form, the receipt, the thread.

mod desk;

use app::messages::neighbourhood as words;
use app::messages::response::NOT_AN_EMAIL_FOR_RECEIPT;
use app::neighbourhood::{forms, pages};
use app::paths;
use app::ui::form::FormState;
use axum::Router;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::get;
use domain::code::Code;
use domain::council::Postcode;
use domain::ids::AreaId;
use domain::neighbourhood::check_concern;
use domain::neighbourhood::read::ConcernReceipt;
use domain::response::personal::looks_like_email;
use entity::{area, postcode};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::App;
use crate::http::cookie::{self, NewCookie, SameSite};
use crate::http::{Error, Form, RequestContext, cached, see_other};
use crate::limits::Limited;
use crate::neighbourhood::{commands, queries};
use crate::secret;

const PURPOSE: &str = "concern";
/// The cookie that holds the signed key of a concern, for its receipt page only.
const COOKIE: &str = "concern";

/// The routes of this slice.
pub fn routes(app: &App) -> Router<App> {
    let public = Router::new()
        .route("/areas/{code}/neighbourhood", get(neighbourhood))
        .route_layer(from_fn_with_state(app.clone(), cached));
    Router::new()
        .merge(public)
        .route("/areas/{code}/concern", get(show).post(raise))
        .route(paths::CONCERN_LOOK_UP, get(follow_form).post(follow))
        .route("/concerns/new", get(choose))
        .route(paths::CONCERN_RECEIPT, get(receipt).post(mail))
        .merge(desk::routes())
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct Asked {
    step: String,
    postcode: String,
    ward: String,
}

async fn choose(context: RequestContext, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let db = context.app.db.read();
    let wards: Vec<area::Model> = area::Entity::find()
        .filter(area::Column::Kind.eq("ward"))
        .order_by_asc(area::Column::Name)
        .all(db)
        .await?;
    let mut state = FormState::new()
        .with("postcode", &asked.postcode)
        .with("ward", &asked.ward);
    let found = match Postcode::parse(&asked.postcode) {
        Ok(typed) => postcode::Entity::find_by_id(typed.as_str())
            .one(db)
            .await?
            .and_then(|row| wards.iter().find(|ward| ward.id == row.area_id)),
        Err(_) => wards.iter().find(|ward| ward.code == asked.ward),
    };
    if let Some(ward) = found {
        return Ok(see_other(&paths::raise(&ward.code)));
    }
    if !asked.postcode.trim().is_empty() {
        state.refuse(
            "postcode",
            "We do not know this postcode. Check it, or choose the ward",
        );
    }
    let choices: Vec<(String, String)> = std::iter::once((String::new(), "Choose a ward".into()))
        .chain(wards.into_iter().map(|ward| (ward.code, ward.name)))
        .collect();
    Ok(context.page("Raise a concern about a place", || {
        pages::choose_area(&state, &choices)
    }))
}

async fn ward(context: &RequestContext, code: &str) -> Result<area::Model, Error> {
    queries::ward(context.app.db.read(), code)
        .await?
        .ok_or(Error::NotFound)
}

async fn show(
    context: RequestContext,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let ward = ward(&context, &code).await?;
    if asked.step != "form" {
        return Ok(context.page("Before you start", || pages::first(&code, &ward.name)));
    }
    let token = secret::token().map_err(Error::unexpected)?;
    let key = context.app.config.secret.sign(PURPOSE, &token);
    let state = FormState::new();
    Ok(context.page("What is your concern?", || {
        pages::form(&code, &ward.name, &state, &key)
    }))
}

/// `go` says which: back to the form, to the last look, or send.
async fn raise(
    context: RequestContext,
    Path(code): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    context.app.limits.check(Limited::Submit, context.client)?;
    let ward = ward(&context, &code).await?;
    let pairs = &form.pairs;
    let signed = pairs.one("key");
    let key = verified(&context, signed).ok_or(Error::Malformed)?;
    let new = forms::concern(pairs);
    let mut state = FormState::from_pairs(pairs.iter());
    if pairs.one("go") == "change" {
        return Ok(context.page("What is your concern?", || {
            pages::form(&code, &ward.name, &state, signed)
        }));
    }
    if let Err(refused) = check_concern(&new) {
        for one in refused {
            let (field, message) = words::refused(one);
            state.refuse(field, message);
        }
        return Ok(context.refused("What is your concern?", || {
            pages::form(&code, &ward.name, &state, signed)
        }));
    }
    let check = |status: StatusCode| {
        context.page_with(status, "Check your concern", || {
            let not_saved = status != StatusCode::OK;
            pages::check(&code, &ward.name, &new, &state, signed, not_saved)
        })
    };
    if pairs.one("go") != "send" {
        return Ok(check(StatusCode::OK));
    }
    let receipt = receipt_code(&context, key);
    let area = AreaId(ward.id);
    let invented = context.demonstration;
    match commands::raise(
        &context.app,
        area,
        &new,
        key,
        &receipt,
        invented,
        context.now,
    )
    .await
    {
        Ok(Ok(())) => {}
        Ok(Err(_)) => return Err(Error::Malformed),
        // What was written stays on the page, under the same key.
        Err(Error::Unavailable) => {
            let mut page = check(StatusCode::SERVICE_UNAVAILABLE);
            let retry = HeaderValue::from_static("5");
            page.headers_mut().insert(header::RETRY_AFTER, retry);
            return Ok(page);
        }
        Err(other) => return Err(other),
    }
    let receipt = NewCookie {
        name: COOKIE,
        value: signed,
        path: paths::CONCERN_RECEIPT,
        seconds: 3_600,
        same_site: SameSite::Lax,
    };
    Ok(receipt.on(&context.app.config, see_other(paths::CONCERN_RECEIPT)))
}

/// The key that we signed.
fn verified<'a>(context: &RequestContext, signed: &'a str) -> Option<&'a str> {
    context.app.config.secret.verify(PURPOSE, signed)
}

/// The code of the concern of this key.
fn receipt_code(context: &RequestContext, key: &str) -> String {
    Code::of_digest(&context.app.config.secret.mac(PURPOSE, key.as_bytes())).to_string()
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct Told {
    mailed: Option<String>,
}

/// The receipt of the concern in the cookie; only what is stored is acknowledged.
async fn held(
    context: &RequestContext,
    headers: &HeaderMap,
) -> Result<Option<ConcernReceipt>, Error> {
    let key = cookie::values(headers, COOKIE).find_map(|signed| verified(context, signed));
    let Some(key) = key else {
        return Ok(None);
    };
    let code = receipt_code(context, key);
    let row = queries::by_receipt(context.app.db.read(), &code)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(Some(ConcernReceipt {
        code,
        due: crate::clock::from_millis(row.reply_due_at),
        mailed: false,
    }))
}

async fn receipt(
    context: RequestContext,
    Query(told): Query<Told>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let Some(mut view) = held(&context, &headers).await? else {
        return Ok(see_other(paths::CONCERN_LOOK_UP));
    };
    view.mailed = told.mailed.is_some();
    Ok(context.page("We have your concern", || {
        pages::receipt(&view, &FormState::new())
    }))
}

async fn mail(context: RequestContext, headers: HeaderMap, form: Form) -> Result<Response, Error> {
    context.app.limits.check(Limited::Receipt, context.client)?;
    let Some(view) = held(&context, &headers).await? else {
        return Ok(see_other(paths::CONCERN_LOOK_UP));
    };
    let to = form.pairs.one("email");
    if !looks_like_email(to) {
        let mut state = FormState::new().with("email", to);
        state.refuse("email", NOT_AN_EMAIL_FOR_RECEIPT);
        return Ok(context.refused("We have your concern", || pages::receipt(&view, &state)));
    }
    commands::mail_receipt(&context.app, to, &view, context.now).await?;
    Ok(see_other(&format!("{}?mailed=1", paths::CONCERN_RECEIPT)))
}

async fn follow_form(context: RequestContext) -> Result<Response, Error> {
    Ok(context.page("Concerns about places", || pages::follow(&FormState::new())))
}

async fn follow(context: RequestContext, form: Form) -> Result<Response, Error> {
    context.app.limits.check(Limited::Receipt, context.client)?;
    let code = form.pairs.one("code");
    if let Some(page) = thread(&context, code).await? {
        return Ok(page);
    }
    let mut state = FormState::new().with("code", code);
    state.refuse("code", words::UNKNOWN_CODE);
    Ok(context.refused("Concerns about places", || pages::follow(&state)))
}

/// What became of the concern with this code, if it is one of a concern.
pub(crate) async fn thread(
    context: &RequestContext,
    code: &str,
) -> Result<Option<Response>, Error> {
    let db = context.app.db.read();
    let view = match queries::by_receipt(db, code).await? {
        Some(row) => queries::view(db, &row, false, context.now).await?,
        None => None,
    };
    Ok(view.map(|view| context.page("Your concern", || pages::thread(&view))))
}

async fn neighbourhood(
    context: RequestContext,
    Path(code): Path<String>,
) -> Result<Response, Error> {
    let ward = ward(&context, &code).await?;
    let panel = queries::area_panel(context.app.db.read(), AreaId(ward.id))
        .await?
        .ok_or(Error::NotFound)?;
    let title = format!("Neighbourhood concerns in {}", ward.name);
    Ok(context.page(&title, || pages::area_page(&panel)))
}
