//! The sections of a draft: GET shows the form, POST saves it or shows it again at 422.

use app::consultation::section_forms;
use app::paths;
use app::ui::conflict::VERSION;
use app::ui::form::FormState;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use domain::consultation::draft::Section;
use domain::edit::Version;

use crate::App;
use crate::consultation::commands::{
    self, ChangeAbout, ChangeContact, ChangeDates, ChangePlaces, ChangeScope,
};
use crate::consultation::http::outcome::{Again, said, said_plainly};
use crate::consultation::http::{draft, lists};
use crate::http::{Error, Form, FormAgain, Path, Query, RequestContext, see_other};

pub fn routes() -> Router<App> {
    Router::new().route("/desk/consultations/{slug}/{section}", get(show).post(save))
}

/// Which entry of a list is to be changed.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct SectionQuery {
    change: String,
}

async fn show(
    context: RequestContext,
    Path((slug, section)): Path<(String, String)>,
    Query(query): Query<SectionQuery>,
) -> Result<Response, Error> {
    let section = Section::from_code(&section).ok_or(Error::NotFound)?;
    let entry = query.change.parse().ok().filter(|_| section.is_list());
    draft::shown(&context, &slug, section, entry).await
}

async fn save(
    context: RequestContext,
    Path((slug, section)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Error> {
    let section = Section::from_code(&section).ok_or(Error::NotFound)?;
    let refused = if section.is_list() {
        lists::save(&context, &slug, section, &form).await?
    } else {
        change(&context, &slug, section, &form).await?
    };
    match refused {
        None => {
            let next = if section.is_list() {
                section.code()
            } else {
                ""
            };
            Ok(see_other(&paths::desk_consultation(&slug, next)))
        }
        Some(FormAgain { state, changed }) => {
            draft::refused(&context, &slug, section, state, changed.as_ref()).await
        }
    }
}

async fn change(
    context: &RequestContext,
    slug: &str,
    section: Section,
    form: &Form,
) -> Result<Again, Error> {
    let (app, pairs, on) = (&context.app, &form.pairs, slug.to_owned());
    let mut state = FormState::from_pairs(pairs.iter());
    let seen = Version::typed(pairs.one(VERSION));
    match section {
        Section::About => {
            let about = section_forms::about(pairs, &mut state);
            if state.is_refused() {
                return Ok(Some(state.into()));
            }
            let command = ChangeAbout { on, about, seen };
            said(state, commands::change_about(app, context, command).await)
        }
        Section::Scope => {
            let scope = section_forms::scope(pairs, &mut state);
            if state.is_refused() {
                return Ok(Some(state.into()));
            }
            let command = ChangeScope { on, scope, seen };
            said_plainly(state, commands::change_scope(app, context, command).await)
        }
        Section::Dates => {
            let dates = section_forms::dates(pairs, &mut state);
            if state.is_refused() {
                return Ok(Some(state.into()));
            }
            let command = ChangeDates { on, dates, seen };
            said(state, commands::change_dates(app, context, command).await)
        }
        Section::Contact => {
            let contact = section_forms::contact(pairs, &mut state);
            if state.is_refused() {
                return Ok(Some(state.into()));
            }
            let command = ChangeContact { on, contact, seen };
            said(state, commands::change_contact(app, context, command).await)
        }
        Section::Places => {
            let places = section_forms::places(pairs);
            let command = ChangePlaces { on, places, seen };
            said_plainly(state, commands::change_places(app, context, command).await)
        }
        Section::Options | Section::Questions | Section::Statements | Section::Documents => {
            Err(Error::NotFound)
        }
    }
}
