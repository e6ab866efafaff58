//! The page of one section of a draft, for the doors that show it and for those that refuse it.

use app::consultation::pages::{self, SectionPage};
use app::consultation::section_forms;
use app::ui::conflict;
use app::ui::form::FormState;
use axum::response::Response;
use domain::account::NotPermitted;
use domain::consultation::draft::Section;
use domain::consultation::policy::Permission;
use domain::consultation::read::SectionView;
use domain::edit::Changed;

use crate::consultation::queries::section::section as read;
use crate::error::Denied;
use crate::http::{Error, RequestContext, fresh_key};

/// The section as it is first shown; with `entry`, for changing that entry of its list.
///
/// # Errors
/// Not found, or why it is not permitted.
pub(super) async fn shown(
    context: &RequestContext,
    slug: &str,
    section: Section,
    entry: Option<i64>,
) -> Result<Response, Error> {
    let db = context.app.db.read();
    let view = read(db, context, slug, section, entry, Permission::Edit).await?;
    let key = fresh_key()?;
    let state = section_forms::first(&view, entry, key).ok_or(Error::NotFound)?;
    let title = &view.detail.listed.title;
    Ok(context.page(title, || page(&view, &state, None)))
}

/// The section again, with everything as it was typed. Whoever may change it no longer because its
/// stage has moved on sees it with that word, so that nothing they wrote is lost.
///
/// # Errors
/// Not found, or why it is not permitted at any stage.
pub(super) async fn refused(
    context: &RequestContext,
    slug: &str,
    section: Section,
    mut state: FormState,
    changed: Option<&Changed>,
) -> Result<Response, Error> {
    let db = context.app.db.read();
    let entry = state.get("entry").parse().ok();
    let view = match read(db, context, slug, section, entry, Permission::Edit).await {
        Err(Denied::NotPermitted(NotPermitted::NotNow)) => {
            state = conflict::not_now(state);
            read(db, context, slug, section, entry, Permission::View).await?
        }
        other => other?,
    };
    let title = &view.detail.listed.title;
    Ok(context.refused(title, || page(&view, &state, changed)))
}

fn page(
    view: &SectionView,
    state: &FormState,
    changed: Option<&Changed>,
) -> leptos::prelude::AnyView {
    pages::section(SectionPage {
        view,
        state,
        changed,
    })
}
