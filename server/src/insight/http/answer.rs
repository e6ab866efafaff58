//! The desk's door of answers: themes, their publication, promises kept.

use app::insight::forms;
use app::insight::pages::{self, ThemeForm};
use app::messages::insight as words;
use app::paths;
use app::ui::conflict::{KEY, READ, VERSION, with_newer, with_version};
use app::ui::form::FieldError;
use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use domain::consultation::policy::Permission;
use domain::edit::{AsRead, CreationKey, Version};
use domain::ids::ThemeId;
use domain::insight::Theme;

use crate::App;
use crate::consultation::queries::permitted;
use crate::error::{Answerable, Denied, Refused};
use crate::http::{
    Error, Form, Path, Query, RequestContext, fresh_form, see_other, with_fresh_key,
};
use crate::insight::commands::{
    self, AddTheme, ChangeTheme, KeepPromise, PublishAnswers, RemoveTheme, SaveThemeRefused,
};
use crate::insight::queries;

pub(super) fn routes() -> Router<App> {
    Router::new()
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
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct ThemeQuery {
    theme: Option<i64>,
}

fn to_answers(slug: &str) -> Response {
    see_other(&paths::desk_consultation(slug, "answer"))
}

/// The theme that a form names; one that no theme has where it names none.
fn theme_id(form: &Form) -> ThemeId {
    ThemeId(form.pairs.one("theme").parse().unwrap_or_default())
}

async fn answer(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    answer_page(&context, &slug, &[]).await
}

async fn answer_page(
    context: &RequestContext,
    slug: &str,
    errors: &[FieldError],
) -> Result<Response, Error> {
    let found = queries::answers(context.app.db.read(), context, slug).await?;
    let stage = found.on.stage(context.now);
    let title = format!("Answer what people said: {}", found.on.title);
    let body = || pages::answer(slug, &found.on.title, stage, &found.themes, errors);
    Ok(if errors.is_empty() {
        context.page(&title, body)
    } else {
        context.refused(&title, body)
    })
}

async fn theme_form(
    context: RequestContext,
    Path(slug): Path<String>,
    Query(query): Query<ThemeQuery>,
) -> Result<Response, Error> {
    let db = context.app.db.read();
    let (title, state) = match query.theme {
        Some(id) => {
            let found = queries::theme(db, &context, &slug, ThemeId(id)).await?;
            let state = with_version(forms::of_theme(&found.theme), found.version);
            (found.title, state)
        }
        None => {
            let on = permitted(db, &context, &slug, Permission::Answer).await?;
            (on.title, fresh_form()?)
        }
    };
    let page = ThemeForm::new(&slug, &title, &state);
    Ok(context.page("Theme", || pages::theme(&page)))
}

async fn save_theme(
    context: RequestContext,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let (theme, mut state) = forms::theme(&form.pairs);
    if state.is_refused() {
        let db = context.app.db.read();
        let on = permitted(db, &context, &slug, Permission::Answer).await?;
        let page = ThemeForm::new(&slug, &on.title, &state);
        return Ok(context.refused("Theme", || pages::theme(&page)));
    }
    let changed_one = theme.id;
    let Err(refused) = save(&context, &slug, theme, &form).await else {
        return Ok(to_answers(&slug));
    };
    let db = context.app.db.read();
    let mut conflict = None;
    let title = match (refused.answerable(), changed_one) {
        (Ok(Answerable::Changed(changed)), Some(id)) => {
            let found = queries::theme(db, &context, &slug, id).await?;
            state = with_newer(state, &changed);
            conflict = Some((changed, found.theme));
            found.title
        }
        (Ok(Answerable::Changed(changed)), None) => return Err(Error::Changed(changed)),
        (Ok(Answerable::Rule(rule)), _) => {
            let on = permitted(db, &context, &slug, Permission::Answer).await?;
            match rule {
                SaveThemeRefused::Missing(missing) => {
                    state = state.refused(forms::theme_errors(&missing));
                }
                SaveThemeRefused::Removed => {
                    // Saved once more it is a new theme.
                    state = with_fresh_key(state.with("theme", ""))?;
                    state.refuse("", words::REMOVED);
                }
            }
            on.title
        }
        (Ok(Answerable::NotNow), _) => {
            let first = queries::decided_first(db, &context, &slug).await?;
            state.refuse("", words::decided_first(&first.changed));
            first.title
        }
        (Err(denied), _) => return Err(denied.into()),
    };
    let page = ThemeForm {
        conflict: conflict.as_ref().map(|(changed, theme)| (changed, theme)),
        ..ThemeForm::new(&slug, &title, &state)
    };
    Ok(context.refused("Theme", || pages::theme(&page)))
}

async fn save(
    context: &RequestContext,
    slug: &str,
    theme: Theme,
    form: &Form,
) -> Result<(), Refused<SaveThemeRefused>> {
    let on = slug.to_owned();
    match theme.id {
        Some(id) => {
            let command = ChangeTheme {
                on,
                theme: id,
                says: theme,
                seen: Version::typed(form.pairs.one(VERSION)),
            };
            commands::change_theme(&context.app, context, command).await
        }
        None => {
            let command = AddTheme {
                on,
                theme,
                key: CreationKey::typed(form.pairs.one(KEY)),
            };
            commands::add_theme(&context.app, context, command).await
        }
    }
}

async fn ask_remove(
    context: RequestContext,
    Path(slug): Path<String>,
    Query(query): Query<ThemeQuery>,
) -> Result<Response, Error> {
    let id = ThemeId(query.theme.unwrap_or_default());
    let found = queries::theme(context.app.db.read(), &context, &slug, id).await?;
    Ok(context.page("Remove the theme?", || {
        pages::remove(&slug, &found.theme, found.version, None)
    }))
}

async fn remove_theme(
    context: RequestContext,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let id = theme_id(&form);
    let command = RemoveTheme {
        on: slug.clone(),
        theme: id,
        seen: Version::typed(form.pairs.one(VERSION)),
    };
    match commands::remove_theme(&context.app, &context, command).await {
        Ok(()) => Ok(to_answers(&slug)),
        Err(Denied::Changed(changed)) => {
            let found = queries::theme(context.app.db.read(), &context, &slug, id).await?;
            Ok(context.refused("Remove the theme?", || {
                pages::remove(&slug, &found.theme, changed.version, Some(&changed))
            }))
        }
        Err(denied) => Err(denied.into()),
    }
}

async fn publish_answers(
    context: RequestContext,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let command = PublishAnswers {
        on: slug.clone(),
        read: AsRead::typed(form.pairs.one(READ)),
    };
    match commands::publish_answers(&context.app, &context, command).await {
        Ok(()) => Ok(to_answers(&slug)),
        Err(refused) => {
            let (field, message) = words::decide(refused.because()?);
            let error = FieldError {
                field: field.to_owned(),
                message,
            };
            answer_page(&context, &slug, &[error]).await
        }
    }
}

async fn keep_promise(
    context: RequestContext,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let command = KeepPromise {
        on: slug.clone(),
        theme: theme_id(&form),
    };
    commands::keep_promise(&context.app, &context, command).await?;
    Ok(to_answers(&slug))
}
