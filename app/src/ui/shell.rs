//! The whole HTML document around a page: head, header, navigation, main, footer.
//!
//! A pure function of [`Shell`]. Deliberately not here: who may see what (the caller passes the
//! links a person has), status codes, the content security policy. Invariant: nothing inline,
//! nothing from another host; the one script is a module that exists only where islands do.

use std::sync::Arc;

use hydration_context::SsrSharedContext;
use leptos::prelude::*;

use super::frame;
pub use super::model::{AssetPaths, Shell, SiteName, Viewer};

/// The complete document. `body` is called within an owner of its own, so that islands in it
/// are numbered from the start of each page.
pub fn document<V: IntoView + 'static>(shell: &Shell, body: impl FnOnce() -> V) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    owner.with(|| {
        let body = body().into_view().into_any();
        let html = view! {
            <html lang=shell.lang.clone() class="govuk-template">
                {head(shell)}
                <body class=body_class(shell)>
                    <a href="#main-content" class="govuk-skip-link">"Skip to main content"</a>
                    {frame::header(shell)}
                    {frame::staff_bar(shell)}
                    {frame::demonstration(shell)}
                    <main id="main-content" class="govuk-width-container app-main" tabindex="-1">{body}</main>
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

fn body_class(shell: &Shell) -> &'static str {
    if shell.wide {
        "govuk-template__body app-wide"
    } else {
        "govuk-template__body"
    }
}

/// What a search engine says of pages that say nothing of their own.
const ABOUT: &str = "Read what your council and your police ask, say what you think without an account, \
                     and see what came of it.";

/// What a search engine shows below the title.
fn description(shell: &Shell) -> String {
    match (shell.description.is_empty(), shell.title.is_empty()) {
        (false, _) => shell.description.clone(),
        (true, true) => ABOUT.to_owned(),
        (true, false) => format!("{}. {ABOUT}", shell.title),
    }
}

fn head(shell: &Shell) -> AnyView {
    let assets = &shell.assets;
    let description = shell
        .indexed
        .then(|| view! { <meta name="description" content=description(shell) /> });
    let robots = (!shell.indexed).then(|| view! { <meta name="robots" content="noindex" /> });
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
            <link rel="icon" href=ICON type="image/svg+xml" />
            <link rel="stylesheet" href=assets.css.clone() />
            {feed}
            {loader}
        </head>
    }
    .into_any()
}

/// The mark as an icon, in the address itself: one request fewer.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='6' fill='%230b4f5c'/%3E%3Cg fill='none' stroke='%23faf6ee' stroke-width='2.6' stroke-linecap='round'%3E%3Cpath d='M12 23a4 4 0 0 1 8 0M8 23a8 8 0 0 1 16 0M4 23a12 12 0 0 1 24 0'/%3E%3C/g%3E%3Ccircle cx='16' cy='24' r='2.2' fill='%23ffb930'/%3E%3C/svg%3E";

#[cfg(test)]
mod tests {
    use super::*;

    fn page(shell: &Shell) -> String {
        document(shell, || view! { <h1>"Trees & seats"</h1> })
    }

    #[test]
    fn every_page_that_can_be_found_says_what_it_is() {
        let of = |description: &str, indexed| {
            page(&Shell {
                title: "Trees".into(),
                description: description.to_owned(),
                indexed,
                ..Shell::default()
            })
        };
        assert!(of("Say where.", true).contains("name=\"description\" content=\"Say where.\""));
        assert!(of("", true).contains("name=\"description\" content=\"Trees. Read what"));
        assert!(!of("Say where.", false).contains("name=\"description\""));
    }

    #[test]
    fn a_page_without_islands_loads_no_script_and_nothing_inline() {
        let html = page(&Shell {
            title: "Trees".into(),
            path: "/consultations/x".into(),
            ..Shell::default()
        });
        assert!(
            html.starts_with("<!DOCTYPE html><html lang=\"en-GB\""),
            "{html}"
        );
        for never in [
            "<script",
            "<style",
            " style=",
            "onclick",
            "http://www.example",
        ] {
            assert!(!html.contains(never), "{never} in {html}");
        }
        for part in [
            "href=\"#main-content\"",
            "id=\"main-content\"",
            "Trees – Soundings",
            "Trees &amp; seats",
            "aria-current=\"true\"",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn a_page_with_islands_loads_one_module_from_here() {
        let assets = AssetPaths {
            css: "/assets/app.css?v=1".into(),
            loader: "/assets/loader.js?v=1".into(),
        };
        let html = page(&Shell {
            islands: true,
            assets,
            ..Shell::default()
        });
        assert_eq!(html.matches("<script").count(), 1, "{html}");
        assert!(
            html.contains("type=\"module\"") && html.contains("/assets/loader.js?v=1"),
            "{html}"
        );
    }

    #[test]
    fn a_refused_page_says_error_first_and_staff_can_sign_out_without_scripts() {
        let viewer = Viewer::Staff {
            name: "A <b>".into(),
            links: vec![("Desk".into(), "/desk".into())],
        };
        let shell = Shell {
            title: "Draft".into(),
            refused: true,
            viewer,
            path: "/desk".into(),
            ..Shell::default()
        };
        let html = page(&shell);
        assert!(
            html.contains("<title>Error: Draft – Soundings</title>"),
            "{html}"
        );
        assert!(
            html.contains("action=\"/sign-out\"") && html.contains("A &lt;b&gt;"),
            "{html}"
        );
        assert!(html.contains("aria-current=\"page\""), "{html}");
    }
}
