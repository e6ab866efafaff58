//! The desk's door of the decision.

use app::insight::forms::{self, TypedDay};
use app::insight::pages;
use app::messages::{insight as words, typed_days};
use app::paths;
use app::ui::conflict::READ;
use app::ui::form::FormState;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use domain::consultation::policy::Permission;
use domain::edit::AsRead;
use domain::insight::{DecideRefused, as_read};

use crate::App;
use crate::consultation::queries::permitted;
use crate::error::Answerable;
use crate::http::{Error, Form, Path, RequestContext, see_other};
use crate::insight::commands::{self, Decide};
use crate::insight::queries::{self, Answers};

pub(super) fn routes() -> Router<App> {
    Router::new().route(
        "/desk/consultations/{slug}/decide",
        get(decide_form).post(decide),
    )
}

async fn decide_form(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let found = queries::to_decide(context.app.db.read(), &context, &slug).await?;
    let state = with_read(FormState::new(), &found);
    Ok(context.page("Record the decision", || {
        pages::decide(&slug, &found.on.title, &state)
    }))
}

/// The form with the themes as they are now.
fn with_read(state: FormState, found: &Answers) -> FormState {
    state.with(READ, as_read(&found.themes).as_str())
}

async fn decide(
    context: RequestContext,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let mut state = FormState::from_pairs(form.pairs.iter());
    let day = forms::day(&form.pairs, "equality");
    if let TypedDay::Refused(why) = day {
        state.refuse("equality", typed_days::day(why));
        return refused(&context, &slug, state).await;
    }
    let command = Decide {
        on: slug.clone(),
        words: form.pairs.one("decision").to_owned(),
        equality_assessed: day.date(),
        read: AsRead::typed(form.pairs.one(READ)),
    };
    let Err(refused) = commands::decide(&context.app, &context, command).await else {
        return Ok(see_other(&paths::outcome(&slug)));
    };
    match refused.answerable()? {
        Answerable::Rule(missing) => {
            if missing.contains(&DecideRefused::ThemesChanged) {
                // They are told; what they send next is what they mean.
                let found = queries::to_decide(context.app.db.read(), &context, &slug).await?;
                state = with_read(state, &found);
            }
            for (field, message) in missing.into_iter().map(words::decide) {
                state.refuse(field, message);
            }
            self::refused(&context, &slug, state).await
        }
        Answerable::Changed(changed) => Err(Error::Changed(changed)),
        Answerable::NotNow => {
            let db = context.app.db.read();
            let first = queries::decided_first(db, &context, &slug).await?;
            state.refuse("", words::decided_first(&first.changed));
            Ok(context.refused("Record the decision", || {
                pages::decide(&slug, &first.title, &state)
            }))
        }
    }
}

/// The form again, for somebody who may decide.
async fn refused(
    context: &RequestContext,
    slug: &str,
    state: FormState,
) -> Result<Response, Error> {
    let on = permitted(context.app.db.read(), context, slug, Permission::Decide).await?;
    Ok(context.refused("Record the decision", || {
        pages::decide(slug, &on.title, &state)
    }))
}
