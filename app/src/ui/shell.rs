//! The frame of every page.

use leptos::prelude::*;

/// Addresses of styles and scripts, with their versions.
#[derive(Clone, Debug, Default)]
pub struct AssetPaths {
    /// The style sheet.
    pub css: String,
    /// The script that loads islands.
    pub loader: String,
}

/// Who looks at the page.
#[derive(Clone, Debug, Default)]
pub enum Viewer {
    /// Anybody.
    #[default]
    Anonymous,
    /// A member of staff, with the places they can go to: `(label, path)`.
    Staff {
        /// Their name.
        name: String,
        /// Where they can go.
        links: Vec<(String, String)>,
    },
}

/// What the frame shows.
#[derive(Clone, Debug, Default)]
pub struct Shell {
    /// The page's title.
    pub title: String,
    /// Who looks.
    pub viewer: Viewer,
    /// The page's path.
    pub path: String,
    /// Whether the page has islands.
    pub islands: bool,
    /// Whether the site is a demonstration.
    pub demonstration: bool,
    /// Styles and scripts.
    pub assets: AssetPaths,
    /// An Atom feed of the page.
    pub feed: Option<String>,
}

/// The whole document.
pub fn document<V: IntoView + 'static>(shell: &Shell, body: impl FnOnce() -> V) -> String {
    let owner = Owner::new_root(Some(std::sync::Arc::new(
        hydration_context::SsrSharedContext::new_islands(),
    )));
    owner.with(|| {
        let body = body().into_view().to_html();
        format!("<!DOCTYPE html><title>{}</title>{body}", shell.title)
    })
}
