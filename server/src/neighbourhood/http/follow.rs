//! What became of a concern, and what everybody sees of an area.

use app::messages::neighbourhood as words;
use app::neighbourhood::pages;
use app::paths;
use app::ui::form::FormState;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::get;

use crate::App;
use crate::council::rows::areas;
use crate::http::{Cached, Error, Form, Path, RequestContext, cached};
use crate::limits::Guessed;
use crate::neighbourhood::queries;

pub(super) fn routes(app: &App) -> Router<App> {
    Router::new()
        .route("/areas/{code}/neighbourhood", get(neighbourhood))
        .route_layer(from_fn_with_state(Cached::knowing(app, &[]), cached))
        .route(paths::CONCERN_LOOK_UP, get(follow_form).post(follow))
}

async fn follow_form(context: RequestContext) -> Response {
    context.page("Concerns about places", || pages::follow(&FormState::new()))
}

async fn follow(context: RequestContext, form: Form) -> Result<Response, Error> {
    let code = form.pairs.one("code");
    let refuse = |message: &str| {
        let mut state = FormState::new().with("code", code);
        state.refuse("code", message);
        context.refused("Concerns about places", || pages::follow(&state))
    };
    // An empty field is no guess.
    if code.is_empty() {
        return Ok(refuse(words::NO_CODE));
    }
    let limits = &context.app.limits;
    let guess = limits.guess(Guessed::Code, context.client).await?;
    let found = queries::by_code(context.app.db.read(), code, context.now).await;
    Ok(match guess.looked_up(found)? {
        Some(view) => context.page("Your concern", || pages::thread(&view)),
        None => refuse(words::UNKNOWN_CODE),
    })
}

async fn neighbourhood(
    context: RequestContext,
    Path(code): Path<String>,
) -> Result<Response, Error> {
    let db = context.app.db.read();
    let area = areas::by_code(db, &code).await?.ok_or(Error::NotFound)?;
    let panel = queries::area_panel(db, area.id).await?;
    let panel = panel.ok_or(Error::NotFound)?;
    let title = format!("Neighbourhood concerns in {}", panel.name);
    Ok(context.page(&title, || pages::area_page(&panel)))
}
