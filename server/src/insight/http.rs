//! The front door of dashboards, answers, decisions and outcomes.

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
use domain::consultation::policy::{Act, may};
use domain::consultation::{Consultation, Stage};
use domain::ids::ThemeId;
use domain::insight::Theme;
use domain::insight::disclosure::{ANALYST, PUBLIC};
use domain::insight::read::{Figures, OutcomeView, WatchView};
use leptos::prelude::RenderHtml;

use super::{figures, queries, service};
use crate::App;
use crate::consultation::permitted;
use crate::http::{Error, Form, Visit, cached, see_other};

/// The routes of this slice.
pub fn routes(app: &App) -> Router<App> {
    let public = Router::new()
        .route("/consultations/{slug}/outcome", get(outcome))
        .route("/outcomes", get(outcomes))
        .route_layer(from_fn_with_state(app.clone(), cached));
    Router::new()
        .merge(public)
        .merge(super::opinion::routes())
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

async fn view_of(visit: &Visit, slug: &str) -> Result<WatchView, Error> {
    let on = permitted(visit, slug, Act::Watch).await?;
    let context = on.context(visit.now);
    Ok(WatchView {
        figures: figures::figures(visit.app.db.read(), on.id, ANALYST).await?,
        stage: context.stage,
        closes: on.milestones.closes,
        now: visit.now,
        may_answer: context.stage >= Stage::Closed
            && (may(&visit.actor, Act::Answer, &context).is_ok()
                || context.stage == Stage::Decided),
        may_export: may(&visit.actor, Act::Export, &context).is_ok(),
        slug: on.slug,
        title: on.title,
    })
}

async fn watch(visit: Visit, Path(slug): Path<String>) -> Result<Response, Error> {
    let view = view_of(&visit, &slug).await?;
    let title = format!("What is coming in: {}", view.title);
    let shell = Shell {
        islands: true,
        wide: true,
        ..visit.shell(&title)
    };
    Ok(visit.page_of(StatusCode::OK, shell, || pages::watch(view)))
}

/// The figures alone, for the page that is open.
async fn watch_figures(visit: Visit, Path(slug): Path<String>) -> Result<Response, Error> {
    let view = view_of(&visit, &slug).await?;
    let html = pages::region(&view).to_html();
    Ok(([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response())
}

async fn outcome(visit: Visit, Path(slug): Path<String>) -> Result<Response, Error> {
    let on = permitted(&visit, &slug, Act::View).await?;
    let stage = on.stage(visit.now);
    if !matches!(stage, Stage::Closed | Stage::Answered | Stage::Decided) {
        return Err(Error::NotFound);
    }
    let view = outcome_of(&visit, on, stage).await?;
    let title = format!("What came of it: {}", view.title);
    Ok(visit.page(&title, || pages::outcome(view)))
}

async fn outcome_of(visit: &Visit, on: Consultation, stage: Stage) -> Result<OutcomeView, Error> {
    let db = visit.app.db.read();
    let (decision, attribution) = queries::decision(db, on.id).await?;
    let themes = if stage >= Stage::Answered {
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
        polls: crate::consultation::polls::lines(db, on.id).await?,
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

async fn outcomes(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let view = queries::outcomes(visit.app.db.read(), asked.page, visit.now).await?;
    let shell = Shell {
        wide: true,
        ..visit.shell("How we are doing")
    };
    Ok(visit.page_of(StatusCode::OK, shell, || pages::outcomes(view)))
}

/// The consultation for somebody who answers it, or reads what was answered.
async fn answering(visit: &Visit, slug: &str) -> Result<(Member, Consultation), Error> {
    let member = visit.actor.signed_in()?.clone();
    let act = match crate::consultation::queries::by_slug(visit.app.db.read(), slug).await? {
        Some(on) if on.stage(visit.now) == Stage::Decided => Act::Watch,
        _ => Act::Answer,
    };
    Ok((member, permitted(visit, slug, act).await?))
}

async fn answer(visit: Visit, Path(slug): Path<String>) -> Result<Response, Error> {
    let (_, on) = answering(&visit, &slug).await?;
    answer_page(&visit, &on, &[]).await
}

async fn answer_page(
    visit: &Visit,
    on: &Consultation,
    errors: &[FieldError],
) -> Result<Response, Error> {
    let themes = queries::themes(visit.app.db.read(), on.id).await?;
    let stage = on.stage(visit.now);
    let title = format!("Answer what people said: {}", on.title);
    let body = || pages::answer(&on.slug, &on.title, stage, &themes, errors);
    Ok(if errors.is_empty() {
        visit.page(&title, body)
    } else {
        visit.refused(&title, body)
    })
}

async fn theme_of(visit: &Visit, on: &Consultation, id: i64) -> Result<Theme, Error> {
    queries::themes(visit.app.db.read(), on.id)
        .await?
        .into_iter()
        .find(|theme| theme.id == Some(ThemeId(id)))
        .ok_or(Error::NotFound)
}

async fn theme_form(
    visit: Visit,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let on = permitted(&visit, &slug, Act::Answer).await?;
    let state = match asked.theme {
        Some(id) => forms::of_theme(&theme_of(&visit, &on, id).await?),
        None => FormState::new(),
    };
    Ok(visit.page("Theme", || pages::theme(&slug, &on.title, &state)))
}

async fn save_theme(visit: Visit, Path(slug): Path<String>, form: Form) -> Result<Response, Error> {
    let (member, on) = answering(&visit, &slug).await?;
    let (theme, mut state) = forms::theme(&form.pairs);
    if state.errors.is_empty() {
        match service::save_theme(&visit.app, &member, on.id, &theme, visit.now).await? {
            Ok(()) => return Ok(see_other(&paths::desk_consultation(&slug, "answer"))),
            Err(refused) => state = state.refused(forms::theme_errors(&refused)),
        }
    }
    Ok(visit.refused("Theme", || pages::theme(&slug, &on.title, &state)))
}

async fn ask_remove(
    visit: Visit,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let on = permitted(&visit, &slug, Act::Answer).await?;
    let theme = theme_of(&visit, &on, asked.theme.ok_or(Error::NotFound)?).await?;
    Ok(visit.page("Remove the theme?", || pages::remove(&slug, &theme)))
}

fn theme_id(form: &Form) -> Result<ThemeId, Error> {
    form.pairs
        .one("theme")
        .parse()
        .map(ThemeId)
        .map_err(|_| Error::Unreadable)
}

async fn remove_theme(
    visit: Visit,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let (member, on) = answering(&visit, &slug).await?;
    service::remove_theme(&visit.app, &member, on.id, theme_id(&form)?, visit.now).await?;
    Ok(see_other(&paths::desk_consultation(&slug, "answer")))
}

async fn publish_answers(visit: Visit, Path(slug): Path<String>) -> Result<Response, Error> {
    let (member, on) = answering(&visit, &slug).await?;
    match service::publish_answers(&visit.app, &member, on.id, visit.now).await? {
        Ok(()) => Ok(see_other(&paths::desk_consultation(&slug, "answer"))),
        Err(refused) => answer_page(&visit, &on, &[errors(words::decide(refused))]).await,
    }
}

async fn keep_promise(
    visit: Visit,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let member = visit.actor.signed_in()?.clone();
    let on = permitted(&visit, &slug, Act::Watch).await?;
    service::keep_promise(&visit.app, &member, on.id, theme_id(&form)?, visit.now).await?;
    Ok(see_other(&paths::desk_consultation(&slug, "answer")))
}

async fn decide_form(visit: Visit, Path(slug): Path<String>) -> Result<Response, Error> {
    let on = permitted(&visit, &slug, Act::Decide).await?;
    Ok(visit.page("Record the decision", || {
        pages::decide(&slug, &on.title, &FormState::new())
    }))
}

async fn decide(visit: Visit, Path(slug): Path<String>, form: Form) -> Result<Response, Error> {
    let member = visit.actor.signed_in()?.clone();
    let on = permitted(&visit, &slug, Act::Decide).await?;
    let mut state = FormState::from_pairs(form.pairs.iter());
    let day = forms::day(&form.pairs, "equality");
    if day == Some(Err(())) {
        state.refuse("equality", words::NOT_A_DATE);
    } else {
        let day = day.and_then(Result::ok);
        let text = form.pairs.one("decision");
        match service::decide(&visit.app, &member, on.id, text, day, visit.now).await? {
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
    Ok(visit.refused("Record the decision", || {
        pages::decide(&slug, &on.title, &state)
    }))
}
