//! What residents see: the signpost, the form, the receipt, the thread.

use app::messages::neighbourhood as words;
use app::neighbourhood::pages;
use app::ui::dates;
use app::ui::form::FormState;
use axum::Router;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::get;
use domain::council::Postcode;
use domain::ids::AreaId;
use domain::neighbourhood::{Category, NewConcern, reply_due};
use entity::{area, postcode};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{http_desk, queries, service};
use crate::App;
use crate::http::{Error, Form, Limited, Visit, cached, see_other};
use crate::secret;

const PURPOSE: &str = "concern";
const RECEIPT: &str = "/concerns/receipt";

/// The routes of this slice.
pub fn routes(app: &App) -> Router<App> {
    let public = Router::new()
        .route("/areas/{code}/neighbourhood", get(neighbourhood))
        .route_layer(from_fn_with_state(app.clone(), cached));
    Router::new()
        .merge(public)
        .route("/areas/{code}/concern", get(show).post(raise))
        .route("/concerns", get(follow_form).post(follow))
        .route("/concerns/new", get(choose))
        .route(RECEIPT, get(receipt))
        .merge(http_desk::routes())
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct Asked {
    step: String,
    postcode: String,
    ward: String,
}

async fn choose(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let db = visit.app.db.read();
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
        return Ok(see_other(&format!("/areas/{}/concern", ward.code)));
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
    Ok(visit.page("Raise a concern about a place", || {
        pages::choose_area(&state, &choices)
    }))
}

async fn ward(visit: &Visit, code: &str) -> Result<area::Model, Error> {
    queries::ward(visit.app.db.read(), code)
        .await?
        .ok_or(Error::NotFound)
}

async fn show(
    visit: Visit,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let ward = ward(&visit, &code).await?;
    if asked.step != "form" {
        return Ok(visit.page("Before you start", || pages::first(&code, &ward.name)));
    }
    let token = secret::token().map_err(Error::unexpected)?;
    let key = visit.app.config.secret.sign(PURPOSE, &token);
    let state = FormState::new();
    Ok(visit.page("What is your concern?", || {
        pages::form(&code, &ward.name, &state, &key)
    }))
}

async fn raise(visit: Visit, Path(code): Path<String>, form: Form) -> Result<Response, Error> {
    visit.app.limits.check(Limited::Submit, visit.client)?;
    let ward = ward(&visit, &code).await?;
    let pairs = &form.pairs;
    let signed = pairs.one("key");
    let secret = &visit.app.config.secret;
    let key = secret.verify(PURPOSE, signed).ok_or(Error::Unreadable)?;
    let text = |name: &str| pairs.one(name).to_owned();
    let new = NewConcern {
        category: Category::from_code(pairs.one("category")),
        what: text("what"),
        place: text("place"),
        may_contact: pairs.one("contact") == "yes",
        name: text("name").chars().take(100).collect(),
        email: text("email"),
    };
    let receipt = secret::readable_code(&secret.mac(PURPOSE, key.as_bytes()));
    let area = AreaId(ward.id);
    let invented = visit.demonstration;
    let outcome =
        service::raise(&visit.app, area, &new, key, &receipt, invented, visit.now).await?;
    if let Err(refused) = outcome {
        let mut state = FormState::from_pairs(pairs.iter());
        for one in refused {
            let (field, message) = words::refused(one);
            state.refuse(field, message);
        }
        return Ok(visit.refused("What is your concern?", || {
            pages::form(&code, &ward.name, &state, signed)
        }));
    }
    let mut response = see_other(RECEIPT);
    let secure = if visit.app.config.is_https() {
        "; Secure"
    } else {
        ""
    };
    let cookie =
        format!("concern={signed}; Path={RECEIPT}; Max-Age=3600; HttpOnly; SameSite=Lax{secure}");
    let value = HeaderValue::from_str(&cookie).map_err(|_| Error::Unreadable)?;
    response.headers_mut().append(header::SET_COOKIE, value);
    Ok(response)
}

async fn receipt(visit: Visit, headers: HeaderMap) -> Result<Response, Error> {
    let secret = &visit.app.config.secret;
    let key = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().strip_prefix("concern="))
        .find_map(|signed| secret.verify(PURPOSE, signed));
    let Some(key) = key else {
        return Ok(see_other("/concerns"));
    };
    let code = secret::readable_code(&secret.mac(PURPOSE, key.as_bytes()));
    // Only what is stored is acknowledged.
    let row = queries::by_receipt(visit.app.db.read(), &code)
        .await?
        .ok_or(Error::NotFound)?;
    let due = dates::long(reply_due(crate::clock::from_millis(row.submitted_at)));
    Ok(visit.page("We have your concern", || pages::receipt(&code, &due)))
}

async fn follow_form(visit: Visit) -> Result<Response, Error> {
    Ok(visit.page("Concerns about places", || pages::follow(&FormState::new())))
}

async fn follow(visit: Visit, form: Form) -> Result<Response, Error> {
    visit.app.limits.check(Limited::Receipt, visit.client)?;
    let code = form.pairs.one("code");
    let db = visit.app.db.read();
    let found = match queries::by_receipt(db, code).await? {
        Some(row) => queries::view(db, &row, false, visit.now).await?,
        None => None,
    };
    match found {
        Some(view) => Ok(visit.page("Your concern", || pages::thread(&view))),
        None => {
            let mut state = FormState::new().with("code", code);
            state.refuse(
                "code",
                "We know no concern with this code. Check each letter",
            );
            Ok(visit.refused("Concerns about places", || pages::follow(&state)))
        }
    }
}

async fn neighbourhood(visit: Visit, Path(code): Path<String>) -> Result<Response, Error> {
    let ward = ward(&visit, &code).await?;
    let panel = queries::area_panel(visit.app.db.read(), AreaId(ward.id))
        .await?
        .ok_or(Error::NotFound)?;
    let title = format!("Neighbourhood concerns in {}", ward.name);
    Ok(visit.page(&title, || pages::area_page(&panel)))
}
