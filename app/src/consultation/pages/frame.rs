//! The frame of every section of a draft: where one is, what is wrong, and what a colleague saved.

use domain::consultation::read::SectionView;
use domain::edit::Changed;
use leptos::prelude::*;

use crate::consultation::section_forms;
use crate::paths;
use crate::ui::conflict;
use crate::ui::form::{FormState, error_summary};
use crate::ui::parts;

/// A section of a draft as it is shown: what is stored, what its form holds, and who changed it since
/// this person saw it, if somebody did.
#[derive(Clone, Copy, Debug)]
pub struct SectionPage<'a> {
    /// What is stored.
    pub view: &'a SectionView,
    /// What the form holds, with what is wrong of it.
    pub state: &'a FormState,
    /// Who was first.
    pub changed: Option<&'a Changed>,
}

/// The page around what is inside.
pub(super) fn framed(
    page: SectionPage<'_>,
    heading: &'static str,
    inside: impl IntoView + 'static,
) -> AnyView {
    let listed = &page.view.detail.listed;
    let theirs = page
        .changed
        .map(|changed| conflict::theirs(changed, section_forms::theirs(page.view, page.state)));
    view! {
        {parts::back_link(paths::desk_consultation(&listed.slug, ""), "Back to the draft")}
        {error_summary(&page.state.errors)}
        <span class="govuk-caption-xl">{listed.title.clone()}</span>
        <h1 class="govuk-heading-xl">{heading}</h1>
        {theirs}
        {inside.into_any()}
    }
    .into_any()
}
