//! The whole HTML document around a page: head, header, navigation, main, footer.
//!
//! A pure function of [`Shell`]. Deliberately not here: who may see what (the caller passes the
//! links a person has), status codes, the content security policy. Invariant: nothing inline,
//! nothing from another host; the one script is a module that exists only where islands do.

use std::sync::Arc;

use hydration_context::SsrSharedContext;
use leptos::prelude::*;

use super::frame;

/// Addresses of what a page loads, each with its version in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AssetPaths {
    /// Style sheet.
    pub css: String,
    /// Module that loads the islands from beside itself, with the same version.
    pub loader: String,
}

/// Whose site it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteName {
    /// The service.
    pub service: String,
    /// The public body that runs it; empty when there is none to name.
    pub organisation: String,
}

impl Default for SiteName {
    fn default() -> Self {
        Self {
            service: "Soundings".to_owned(),
            organisation: String::new(),
        }
    }
}

/// Who looks at the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Viewer {
    /// Not signed in.
    #[default]
    Anonymous,
    /// Signed in.
    Staff {
        /// As shown on the bar.
        name: String,
        /// What this person may go to: `(label, path)`.
        links: Vec<(String, String)>,
    },
}

/// What the document needs besides the page itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shell {
    /// Of the page alone; the site's name is added.
    pub title: String,
    /// One sentence for search engines and previews; empty for none.
    pub description: String,
    /// Language of the page, `en-GB`.
    pub lang: String,
    /// Whose site it is.
    pub site: SiteName,
    /// Whether people and responses are invented, which every page then says.
    pub demonstration: bool,
    /// Who looks.
    pub viewer: Viewer,
    /// Whether the page holds an island: only then a script is loaded.
    pub islands: bool,
    /// Path of this page, from which the current section is told.
    pub path: String,
    /// Seconds after which the page reloads itself where scripts are off, for live pages.
    pub refresh: Option<u32>,
    /// Address of the Atom feed of this page.
    pub feed: Option<String>,
    /// Whether the page shows errors: its title then starts with "Error:".
    pub refused: bool,
    /// Whether search engines may list the page.
    pub indexed: bool,
    /// Whether the page takes the full width (dashboards, queues) rather than the usual one.
    pub wide: bool,
    /// What it loads.
    pub assets: AssetPaths,
}

impl Default for Shell {
    fn default() -> Self {
        Self {
            title: String::new(),
            description: String::new(),
            lang: "en-GB".to_owned(),
            site: SiteName::default(),
            demonstration: false,
            viewer: Viewer::Anonymous,
            islands: false,
            path: "/".to_owned(),
            refresh: None,
            feed: None,
            refused: false,
            indexed: true,
            wide: false,
            assets: AssetPaths::default(),
        }
    }
}

/// The complete document. `body` is called within an owner of its own, so that islands in it
/// are numbered from the start of each page.
pub fn document<V: IntoView + 'static>(shell: &Shell, body: impl FnOnce() -> V) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    owner.with(|| {
        let body = body().into_view().into_any();
        let html = view! {
            <html lang=shell.lang.clone() class="govuk-template">
                {head(shell)}
                <body class="govuk-template__body">
                    <a href="#main-content" class="govuk-skip-link">"Skip to main content"</a>
                    {frame::header(shell)}
                    {frame::staff_bar(shell)}
                    {frame::demonstration(shell)}
                    <main id="main-content" class=main_class(shell) tabindex="-1">{body}</main>
                    {frame::footer(shell)}
                </body>
            </html>
        };
        format!("<!DOCTYPE html>{}", html.to_html())
    })
}

/// The title as the browser shows it.
pub fn full_title(shell: &Shell) -> String {
    let start = if shell.refused { "Error: " } else { "" };
    let site = &shell.site;
    let end = match (site.service.is_empty(), site.organisation.is_empty()) {
        (true, _) => site.organisation.clone(),
        (false, true) => site.service.clone(),
        _ => format!("{}, {}", site.service, site.organisation),
    };
    if shell.title.is_empty() {
        end
    } else {
        format!("{start}{} – {end}", shell.title)
    }
}

fn main_class(shell: &Shell) -> &'static str {
    if shell.wide {
        "govuk-width-container govuk-main-wrapper app-main app-main--wide"
    } else {
        "govuk-width-container govuk-main-wrapper app-main"
    }
}

fn head(shell: &Shell) -> AnyView {
    let assets = &shell.assets;
    let description = (!shell.description.is_empty())
        .then(|| view! { <meta name="description" content=shell.description.clone() /> });
    let robots = (!shell.indexed).then(|| view! { <meta name="robots" content="noindex" /> });
    let refresh = shell
        .refresh
        .map(|seconds| view! { <noscript><meta http-equiv="refresh" content=seconds.to_string() /></noscript> });
    let feed = shell.feed.clone().map(|href| {
        view! { <link rel="alternate" type="application/atom+xml" href=href title="What is new" /> }
    });
    let loader = shell.islands.then(|| {
        view! {
            <script
                type="module"
                src=assets.loader.clone()
            ></script>
        }
    });
    view! {
        <head>
            <meta charset="utf-8" />
            <title>{full_title(shell)}</title>
            <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
            <meta name="color-scheme" content="light dark" />
            <meta name="theme-color" content="#0b4f5c" />
            {description}
            {robots}
            {refresh}
            <link rel="icon" href=ICON type="image/svg+xml" />
            <link rel="stylesheet" href=assets.css.clone() />
            {feed}
            {loader}
        </head>
    }
    .into_any()
}

/// The mark as an icon, in the address itself: one request fewer.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='6' fill='%230b4f5c'/%3E%3Cg fill='none' stroke='%23faf6ee' stroke-width='2.8' stroke-linecap='round'%3E%3Cpath d='M12 21.6a4.8 4.8 0 0 1 8 0M8.6 17.6a9.2 9.2 0 0 1 14.8 0M5.4 13.4a13.4 13.4 0 0 1 21.2 0'/%3E%3C/g%3E%3Ccircle cx='16' cy='25.2' r='2.6' fill='%23ffb930'/%3E%3C/svg%3E";
