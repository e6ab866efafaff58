//! The front door of `council`: the home page and the pages about places. All of these are public,
//! the same for everybody and cached. Organisations and teams are in `http_teams`.

use app::content;
use app::council::pages;
use axum::Router;
use axum::extract::{Path, Query};
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::get;
use domain::council::Postcode;
use domain::council::read::{AreasView, LookUp};

use super::{http_teams, queries};
use crate::App;
use crate::http::{Error, Visit, cached, see_other};
use crate::neighbourhood;

/// The routes of this slice.
pub fn routes(app: &App) -> Router<App> {
    Router::new()
        .route("/", get(home))
        .route("/areas", get(areas))
        .route("/areas/{code}", get(area))
        .route("/accessibility", get(accessibility))
        .route("/privacy", get(privacy))
        .route("/cookies", get(cookies))
        .route("/terms", get(terms))
        .route("/contact", get(contact))
        .route("/licences", get(licences))
        .route_layer(from_fn_with_state(app.clone(), cached))
        .merge(http_teams::routes())
}

async fn home(visit: Visit) -> Result<Response, Error> {
    let view = queries::home(visit.app.db.read(), visit.now).await?;
    let now = visit.now;
    Ok(visit.page("", || pages::home(view, now)))
}

#[derive(serde::Deserialize)]
struct Asked {
    postcode: Option<String>,
}

async fn areas(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let typed = asked.postcode.unwrap_or_default();
    let typed: String = typed.trim().chars().take(20).collect();
    let look_up = if typed.is_empty() {
        LookUp::NotAsked
    } else {
        match Postcode::parse(&typed) {
            Err(_) => LookUp::NotAPostcode(typed),
            Ok(postcode) => match queries::ward_of(visit.app.db.read(), &postcode).await? {
                Some(code) => return Ok(see_other(&app::paths::area(&code))),
                None => LookUp::Elsewhere(typed),
            },
        }
    };
    let view = AreasView {
        areas: queries::areas(visit.app.db.read()).await?,
        look_up,
    };
    if view.look_up == LookUp::NotAsked {
        Ok(visit.page("Your area", || pages::areas(view)))
    } else {
        Ok(visit.refused("Your area", || pages::areas(view)))
    }
}

async fn area(visit: Visit, Path(code): Path<String>) -> Result<Response, Error> {
    let db = visit.app.db.read();
    let (id, view) = queries::area(db, &code, visit.now)
        .await?
        .ok_or(Error::NotFound)?;
    let concerns = neighbourhood::queries::area_panel(db, id).await?;
    let (title, now) = (view.area.name.clone(), visit.now);
    Ok(visit.page(&title, || {
        let concerns = concerns.as_ref().map(app::neighbourhood::pages::area_panel);
        pages::area(view, now, concerns)
    }))
}

async fn accessibility(visit: Visit) -> Response {
    visit.page("Accessibility", content::accessibility)
}

async fn privacy(visit: Visit) -> Response {
    visit.page("Privacy", content::privacy)
}

async fn cookies(visit: Visit) -> Response {
    visit.page("Cookies", content::cookies)
}

async fn terms(visit: Visit) -> Response {
    visit.page("Terms and moderation", content::terms)
}

async fn contact(visit: Visit) -> Result<Response, Error> {
    let teams = queries::contacts(visit.app.db.read()).await?;
    Ok(visit.page("Contact", || content::contact(teams)))
}

async fn licences(visit: Visit) -> Response {
    visit.page("Licences and credits", content::licences)
}
