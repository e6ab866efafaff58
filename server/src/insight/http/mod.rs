//! The front door of dashboards, answers, decisions and outcomes.

mod opinion;

use app::insight::{forms, pages};
use app::messages::insight as words;
use app::paths;
use app::ui::form::{FieldError, FormState};
use app::ui::shell::Shell;
use axum::Router;
use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::account::Member;
use domain::consultation::policy::{Permission, may};
use domain::consultation::{Consultation, Stage};
use domain::ids::ThemeId;
use domain::insight::Theme;
use domain::insight::disclosure::{ANALYST, PUBLIC};
use domain::insight::read::{Figures, OutcomeView, WatchView};
use leptos::prelude::RenderHtml;

use crate::App;
use crate::consultation::queries::permitted;
use crate::http::{Error, Form, RequestContext, cached, see_other};
use crate::insight::queries::figures;
use crate::insight::{commands, queries};

/// The routes of this slice.
pub fn routes(app: &App) -> Router<App> {
    let public = Router::new()
        .route("/consultations/{slug}/outcome", get(outcome))
        .route("/outcomes", get(outcomes))
        .route_layer(from_fn_with_state(app.clone(), cached));
    Router::new()
        .merge(public)
        .merge(opinion::routes())
        .route("/desk/consultations/{slug}/watch", get(watch))
        .route(
            "/desk/consultations/{slug}/watch/figures",
            get(watch_figures),
        )
        .route("/desk/consultations/{slug}/answer", get(answer))
        .route(
            "/desk/consultations/{slug}/answer/theme",
            get(theme_form).post(save_theme),
        )
        .route(
            "/desk/consultations/{slug}/answer/remove",
            get(ask_remove).post(remove_theme),
        )
        .route(
            "/desk/consultations/{slug}/answer/publish",
            post(publish_answers),
        )
        .route("/desk/consultations/{slug}/promise", post(keep_promise))
        .route(
            "/desk/consultations/{slug}/decide",
            get(decide_form).post(decide),
        )
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct Asked {
    page: u64,
    theme: Option<i64>,
}

fn errors(refused: (&'static str, String)) -> FieldError {
    FieldError {
        field: refused.0.to_owned(),
        message: refused.1,
    }
}

async fn view_of(context: &RequestContext, slug: &str) -> Result<WatchView, Error> {
    let on = permitted(context.app.db.read(), context, slug, Permission::Watch).await?;
    let phase = on.context(context.now);
    Ok(WatchView {
        figures: figures::figures(context.app.db.read(), on.id, ANALYST).await?,
        stage: phase.stage,
        closes: on.milestones.closes,
        now: context.now,
        may_answer: phase.stage.has_closed()
            && (may(&context.actor, Permission::Answer, &phase).is_ok()
                || phase.stage == Stage::Decided),
        may_export: may(&context.actor, Permission::Export, &phase).is_ok(),
        slug: on.slug,
        title: on.title,
    })
}

async fn watch(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let view = view_of(&context, &slug).await?;
    let title = format!("What is coming in: {}", view.title);
    let shell = Shell {
        islands: true,
        wide: true,
        ..context.shell(&title)
    };
    Ok(context.page_of(StatusCode::OK, shell, || pages::watch(view)))
}

/// The figures alone, for the page that is open.
async fn watch_figures(
    context: RequestContext,
    Path(slug): Path<String>,
) -> Result<Response, Error> {
    let view = view_of(&context, &slug).await?;
    let html = pages::region(&view).to_html();
    Ok(([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response())
}

async fn outcome(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let on = permitted(context.app.db.read(), &context, &slug, Permission::View).await?;
    let stage = on.stage(context.now);
    if !matches!(stage, Stage::Closed | Stage::Answered | Stage::Decided) {
        return Err(Error::NotFound);
    }
    let view = outcome_of(&context, on, stage).await?;
    let title = format!("What came of it: {}", view.title);
    Ok(context.page(&title, || pages::outcome(view)))
}

async fn outcome_of(
    context: &RequestContext,
    on: Consultation,
    stage: Stage,
) -> Result<OutcomeView, Error> {
    let db = context.app.db.read();
    let (decision, attribution) = queries::decision(db, on.id).await?;
    let themes = if stage.is_answered() {
        queries::themes(db, on.id).await?
    } else {
        Vec::new()
    };
    Ok(OutcomeView {
        // Votes on statements are the opinion page's: there every count passes the gate.
        figures: Figures {
            statements: Vec::new(),
            ..figures::figures(db, on.id, PUBLIC).await?
        },
        words: queries::published_words(db, on.id).await?,
        polls: crate::poll::rows::lines::lines(db, on.id).await?,
        stage,
        closed: on.milestones.closes,
        decided: on.milestones.decided,
        decision,
        themes,
        attribution,
        invented: on.invented,
        slug: on.slug,
        title: on.title,
    })
}

async fn outcomes(context: RequestContext, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let view = queries::outcomes(context.app.db.read(), asked.page, context.now).await?;
    let shell = Shell {
        wide: true,
        ..context.shell("How we are doing")
    };
    Ok(context.page_of(StatusCode::OK, shell, || pages::outcomes(view)))
}

/// The consultation for somebody who answers it, or reads what was answered.
async fn answering(context: &RequestContext, slug: &str) -> Result<(Member, Consultation), Error> {
    let member = context.actor.signed_in()?.clone();
    let permission = match crate::consultation::rows::by_slug(context.app.db.read(), slug).await? {
        Some(on) if on.stage(context.now) == Stage::Decided => Permission::Watch,
        _ => Permission::Answer,
    };
    Ok((
        member,
        permitted(context.app.db.read(), context, slug, permission).await?,
    ))
}

async fn answer(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let (_, on) = answering(&context, &slug).await?;
    answer_page(&context, &on, &[]).await
}

async fn answer_page(
    context: &RequestContext,
    on: &Consultation,
    errors: &[FieldError],
) -> Result<Response, Error> {
    let themes = queries::themes(context.app.db.read(), on.id).await?;
    let stage = on.stage(context.now);
    let title = format!("Answer what people said: {}", on.title);
    let body = || pages::answer(&on.slug, &on.title, stage, &themes, errors);
    Ok(if errors.is_empty() {
        context.page(&title, body)
    } else {
        context.refused(&title, body)
    })
}

async fn theme_of(context: &RequestContext, on: &Consultation, id: i64) -> Result<Theme, Error> {
    queries::themes(context.app.db.read(), on.id)
        .await?
        .into_iter()
        .find(|theme| theme.id == Some(ThemeId(id)))
        .ok_or(Error::NotFound)
}

async fn theme_form(
    context: RequestContext,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let on = permitted(context.app.db.read(), &context, &slug, Permission::Answer).await?;
    let state = match asked.theme {
        Some(id) => forms::of_theme(&theme_of(&context, &on, id).await?),
        None => FormState::new(),
    };
    Ok(context.page("Theme", || pages::theme(&slug, &on.title, &state)))
}

async fn save_theme(
    context: RequestContext,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let (member, on) = answering(&context, &slug).await?;
    let (theme, mut state) = forms::theme(&form.pairs);
    if state.errors.is_empty() {
        match commands::save_theme(&context.app, &member, on.id, &theme, context.now).await? {
            Ok(()) => return Ok(see_other(&paths::desk_consultation(&slug, "answer"))),
            Err(refused) => state = state.refused(forms::theme_errors(&refused)),
        }
    }
    Ok(context.refused("Theme", || pages::theme(&slug, &on.title, &state)))
}

async fn ask_remove(
    context: RequestContext,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let on = permitted(context.app.db.read(), &context, &slug, Permission::Answer).await?;
    let theme = theme_of(&context, &on, asked.theme.ok_or(Error::NotFound)?).await?;
    Ok(context.page("Remove the theme?", || pages::remove(&slug, &theme)))
}

fn theme_id(form: &Form) -> Result<ThemeId, Error> {
    form.pairs
        .one("theme")
        .parse()
        .map(ThemeId)
        .map_err(|_| Error::Malformed)
}

async fn remove_theme(
    context: RequestContext,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let (member, on) = answering(&context, &slug).await?;
    commands::remove_theme(&context.app, &member, on.id, theme_id(&form)?, context.now).await?;
    Ok(see_other(&paths::desk_consultation(&slug, "answer")))
}

async fn publish_answers(
    context: RequestContext,
    Path(slug): Path<String>,
) -> Result<Response, Error> {
    let (member, on) = answering(&context, &slug).await?;
    match commands::publish_answers(&context.app, &member, on.id, context.now).await? {
        Ok(()) => Ok(see_other(&paths::desk_consultation(&slug, "answer"))),
        Err(refused) => answer_page(&context, &on, &[errors(words::decide(refused))]).await,
    }
}

async fn keep_promise(
    context: RequestContext,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let member = context.actor.signed_in()?.clone();
    let on = permitted(context.app.db.read(), &context, &slug, Permission::Watch).await?;
    commands::keep_promise(&context.app, &member, on.id, theme_id(&form)?, context.now).await?;
    Ok(see_other(&paths::desk_consultation(&slug, "answer")))
}

async fn decide_form(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let on = permitted(context.app.db.read(), &context, &slug, Permission::Decide).await?;
    Ok(context.page("Record the decision", || {
        pages::decide(&slug, &on.title, &FormState::new())
    }))
}

async fn decide(
    context: RequestContext,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let member = context.actor.signed_in()?.clone();
    let on = permitted(context.app.db.read(), &context, &slug, Permission::Decide).await?;
    let mut state = FormState::from_pairs(form.pairs.iter());
    let day = forms::day(&form.pairs, "equality");
    if day == Some(Err(())) {
        state.refuse("equality", words::NOT_A_DATE);
    } else {
        let day = day.and_then(Result::ok);
        let text = form.pairs.one("decision");
        match commands::decide(&context.app, &member, on.id, text, day, context.now).await? {
            Ok(()) => return Ok(see_other(&paths::outcome(&slug))),
            Err(refused) => {
                state = state.refused(
                    refused
                        .into_iter()
                        .map(|r| errors(words::decide(r)))
                        .collect(),
                );
            }
        }
    }
    Ok(context.refused("Record the decision", || {
        pages::decide(&slug, &on.title, &state)
    }))
}
