//! The steps from stage to stage: one button each, two of them behind a question.
//!
//! A step that is not taken because the stage has moved on is answered with the overview as it stands
//! now, at 422; a note that was typed comes back in its form.

use app::consultation::{forms, pages};
use app::messages::consultation as words;
use app::paths;
use app::ui::conflict::VERSION;
use app::ui::form::{FieldError, FormState};
use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use domain::account::NotPermitted;
use domain::consultation::policy::Permission;
use domain::consultation::{Consultation, Stage};
use domain::edit::Version;

use crate::App;
use crate::consultation::commands::{
    self, Approve, GatesRefused, Publish, SendBack, SubmitForReview, Withdraw,
};
use crate::consultation::queries::{desk, permitted};
use crate::error::{Answerable, Denied, Refused};
use crate::http::{Error, Form, Path, RequestContext, again, no_rule, see_other};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/desk/consultations/{slug}/submit", post(submit))
        .route("/desk/consultations/{slug}/approve", post(approve))
        .route(
            "/desk/consultations/{slug}/send-back",
            get(ask_send_back).post(send_back),
        )
        .route("/desk/consultations/{slug}/publish", post(publish))
        .route(
            "/desk/consultations/{slug}/withdraw",
            get(ask_withdraw).post(withdraw),
        )
}

/// After a step: the overview, what the gates miss, or what the stage is now.
async fn stepped(
    context: &RequestContext,
    slug: &str,
    outcome: Result<(), Refused<GatesRefused>>,
) -> Result<Response, Error> {
    let refused = match outcome {
        Ok(()) => return Ok(see_other(&paths::desk_consultation(slug, ""))),
        Err(refused) => refused.answerable()?,
    };
    let db = context.app.db.read();
    match refused {
        Answerable::Rule(GatesRefused(gaps)) => {
            let on = permitted(db, context, slug, Permission::View).await?;
            Ok(context.refused(&on.title, || pages::missing(slug, &on.title, &gaps)))
        }
        Answerable::Changed(changed) => {
            overview_refused(context, slug, |_| words::sent_again(&changed)).await
        }
        Answerable::NotNow => overview_refused(context, slug, words::moved_on).await,
    }
}

/// The overview as it stands now, with why the step was not taken.
async fn overview_refused(
    context: &RequestContext,
    slug: &str,
    why: impl FnOnce(Stage) -> String,
) -> Result<Response, Error> {
    let overview = desk::overview(context.app.db.read(), context, slug).await?;
    let listed = &overview.detail.listed;
    let errors = [FieldError {
        field: String::new(),
        message: why(listed.stage),
    }];
    Ok(context.refused(&listed.title, || pages::overview(&overview, &errors)))
}

async fn submit(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let command = SubmitForReview { on: slug.clone() };
    let outcome = commands::submit_for_review(&context.app, &context, command).await;
    stepped(&context, &slug, outcome.map(drop)).await
}

async fn approve(
    context: RequestContext,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let command = Approve {
        on: slug.clone(),
        seen: Version::typed(form.pairs.one(VERSION)),
    };
    let outcome = commands::approve(&context.app, &context, command).await;
    stepped(&context, &slug, outcome).await
}

async fn publish(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let command = Publish { on: slug.clone() };
    let outcome = commands::publish(&context.app, &context, command).await;
    stepped(&context, &slug, outcome).await
}

async fn withdraw(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let command = Withdraw { on: slug.clone() };
    let outcome = commands::withdraw(&context.app, &context, command).await;
    stepped(&context, &slug, outcome.map_err(Into::into)).await
}

async fn ask_withdraw(
    context: RequestContext,
    Path(slug): Path<String>,
) -> Result<Response, Error> {
    let on = permitted(context.app.db.read(), &context, &slug, Permission::Withdraw).await?;
    Ok(context.page("Withdraw it?", || pages::withdraw(&slug, &on.title)))
}

const SEND_BACK: &str = "Send it back to be changed";

async fn ask_send_back(
    context: RequestContext,
    Path(slug): Path<String>,
) -> Result<Response, Error> {
    let on = permitted(context.app.db.read(), &context, &slug, Permission::Approve).await?;
    Ok(context.page(SEND_BACK, || {
        pages::send_back(&slug, &on.title, &FormState::new())
    }))
}

async fn send_back(
    context: RequestContext,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let mut state = FormState::from_pairs(form.pairs.iter());
    forms::needed(&mut state, &form.pairs, "note", words::NOTE_MISSING, 2_000);
    if !state.is_refused() {
        let command = SendBack {
            on: slug.clone(),
            note: form.pairs.one("note").to_owned(),
        };
        match commands::send_back(&context.app, &context, command).await {
            Ok(()) => return Ok(see_other(&paths::desk_consultation(&slug, ""))),
            Err(denied) => state = again(state, denied, no_rule)?.state,
        }
    }
    let on = sent_back_from(&context, &slug).await?;
    Ok(context.refused(SEND_BACK, || pages::send_back(&slug, &on.title, &state)))
}

/// The consultation for somebody who may send it back, at this stage or at another one.
async fn sent_back_from(context: &RequestContext, slug: &str) -> Result<Consultation, Denied> {
    let db = context.app.db.read();
    match permitted(db, context, slug, Permission::Approve).await {
        Err(Denied::NotPermitted(NotPermitted::NotNow)) => {
            permitted(db, context, slug, Permission::View).await
        }
        other => other,
    }
}
