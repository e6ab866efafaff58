//! The front door of `council`: the home page and the pages about places. All of these are public,
//! the same for everybody and cached. Organisations and teams are in `teams`.

mod teams;

use app::content;
use app::council::pages;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::get;
use domain::council::Postcode;
use domain::council::read::{AreasView, LookUp};
use domain::typed;

use crate::App;
use crate::council::queries;
use crate::http::{Cached, Error, Path, Query, RequestContext, cached, see_other};
use crate::neighbourhood;

/// The routes of this slice.
pub fn routes(app: &App) -> Router<App> {
    Router::new()
        .route("/areas", get(areas))
        .route_layer(from_fn_with_state(
            Cached::knowing(app, &["postcode"]),
            cached,
        ))
        .merge(unasked(app))
        .merge(teams::routes())
}

/// Pages that say the same whatever stands behind their address.
fn unasked(app: &App) -> Router<App> {
    Router::new()
        .route("/", get(home))
        .route("/areas/{code}", get(area))
        .route("/accessibility", get(accessibility))
        .route("/privacy", get(privacy))
        .route("/cookies", get(cookies))
        .route("/terms", get(terms))
        .route("/contact", get(contact))
        .route("/licences", get(licences))
        .route_layer(from_fn_with_state(Cached::knowing(app, &[]), cached))
}

async fn home(context: RequestContext) -> Result<Response, Error> {
    let view = queries::home(context.app.db.read(), context.now).await?;
    let now = context.now;
    Ok(context.page("", || pages::home(view, now)))
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct AreasQuery {
    postcode: Option<String>,
}

async fn areas(
    context: RequestContext,
    Query(query): Query<AreasQuery>,
) -> Result<Response, Error> {
    let sent = query.postcode.unwrap_or_default();
    let typed: String = typed::trimmed(&sent).chars().take(20).collect();
    let look_up = if typed.is_empty() {
        LookUp::NotAsked
    } else {
        match Postcode::parse(&typed) {
            Err(_) => LookUp::NotAPostcode(typed),
            Ok(postcode) => match queries::ward_of(context.app.db.read(), &postcode).await? {
                Some(code) => return Ok(see_other(&app::paths::area(&code))),
                None => LookUp::Elsewhere(typed),
            },
        }
    };
    let view = AreasView {
        areas: queries::areas(context.app.db.read()).await?,
        look_up,
    };
    if view.look_up == LookUp::NotAsked {
        Ok(context.page("Your area", || pages::areas(view)))
    } else {
        Ok(context.refused("Your area", || pages::areas(view)))
    }
}

async fn area(context: RequestContext, Path(code): Path<String>) -> Result<Response, Error> {
    let db = context.app.db.read();
    let (id, view) = queries::area(db, &code, context.now)
        .await?
        .ok_or(Error::NotFound)?;
    let concerns = neighbourhood::queries::area_panel(db, id).await?;
    let (title, now) = (view.area.name.clone(), context.now);
    Ok(context.page(&title, || {
        let concerns = concerns.as_ref().map(app::neighbourhood::pages::area_panel);
        pages::area(view, now, concerns)
    }))
}

async fn accessibility(context: RequestContext) -> Response {
    context.page("Accessibility", content::accessibility)
}

async fn privacy(context: RequestContext) -> Response {
    context.page("Privacy", content::privacy)
}

async fn cookies(context: RequestContext) -> Response {
    context.page("Cookies", content::cookies)
}

async fn terms(context: RequestContext) -> Response {
    context.page("Terms and moderation", content::terms)
}

async fn contact(context: RequestContext) -> Result<Response, Error> {
    let teams = queries::contacts(context.app.db.read()).await?;
    Ok(context.page("Contact", || content::contact(teams)))
}

async fn licences(context: RequestContext) -> Response {
    context.page("Licences and credits", content::licences)
}
