//! What stands around the page inside the document: mark, header, staff bar, footer.
//!
//! Deliberately not here: what a person may see; the caller passes the links they have.

use leptos::prelude::*;

use super::model::{Shell, Viewer};
use crate::paths;

/// Sections in the order of the navigation: address, name.
pub const SECTIONS: [(&str, &str); 5] = [
    (paths::HUB, "Consultations"),
    (paths::AREAS, "Your area"),
    (paths::OUTCOMES, "Outcomes"),
    ("/concerns", "Raise a concern"),
    (paths::RECEIPT, "My thread"),
];

/// Pages that a public body must have: address, name.
pub const FOOTER: [(&str, &str); 6] = [
    ("/accessibility", "Accessibility"),
    ("/privacy", "Privacy"),
    ("/cookies", "Cookies"),
    ("/terms", "Terms and moderation"),
    ("/contact", "Contact"),
    ("/licences", "Licences and credits"),
];

/// The mark: three concentric arcs rising from a point. Decoration; the name is beside it.
pub fn mark(class: &'static str) -> AnyView {
    view! {
        <svg class=class viewBox="0 4 32 28" width="32" height="28" aria-hidden="true" focusable="false">
            <g fill="none" stroke="currentColor" stroke-width="2.3" stroke-linecap="round">
                <path d="M10.6 24a5.4 5.4 0 0 1 10.8 0" />
                <path d="M5.9 24a10.1 10.1 0 0 1 20.2 0" />
                <path d="M1.5 24a14.5 14.5 0 0 1 29 0" />
            </g>
            <circle cx="16" cy="24.2" r="2.3" fill="currentColor" />
        </svg>
    }
    .into_any()
}

/// `page` for the address itself, `true` for an address above it, nothing elsewhere.
fn current(path: &str, href: &str) -> Option<&'static str> {
    let path = path.split('?').next().unwrap_or(path);
    match path.strip_prefix(href) {
        Some("") => Some("page"),
        Some(rest) if href != "/" && href != paths::DESK && rest.starts_with('/') => Some("true"),
        _ => None,
    }
}

/// The address below whose section a page stands. A concern is raised at the address of its area, and
/// is a concern.
fn section(path: &str) -> &str {
    let bare = path.split('?').next().unwrap_or(path);
    let of_area = bare.strip_prefix(paths::AREAS);
    if of_area.is_some_and(|rest| rest.starts_with('/') && rest.ends_with(paths::OF_A_CONCERN)) {
        "/concerns/new"
    } else {
        path
    }
}

pub(super) fn header(shell: &Shell) -> AnyView {
    let items = SECTIONS
        .iter()
        .map(|(href, text)| {
            let current = current(section(&shell.path), href);
            view! { <li class="app-nav__item"><a class="app-nav__link" href=*href aria-current=current>{*text}</a></li> }
        })
        .collect_view();
    let home = current(&shell.path, "/");
    view! {
        <header class="app-header">
            <div class="govuk-width-container app-header__inner">
                <a class="app-header__home" href="/" aria-current=home>
                    {mark("app-header__mark")}
                    <span class="app-header__names">
                        <span class="app-header__service">{shell.site.service.clone()}</span>
                        " "
                        <span class="app-header__organisation">{shell.site.organisation.clone()}</span>
                    </span>
                </a>
                <nav class="app-nav" aria-label="Main">
                    <details class="app-menu">
                        <summary class="app-menu__summary">"Menu"</summary>
                    </details>
                    <ul class="app-nav__list">{items}</ul>
                </nav>
            </div>
        </header>
    }
    .into_any()
}

pub(super) fn staff_bar(shell: &Shell) -> Option<AnyView> {
    let Viewer::Staff { name, links } = &shell.viewer else {
        return None;
    };
    // The desk is above every page of staff: only the nearest link is where one is.
    let nearest = links
        .iter()
        .filter(|(_, href)| current(&shell.path, href).is_some())
        .map(|(_, href)| href.len())
        .max();
    let items = links
        .iter()
        .map(|(text, href)| {
            let current = current(&shell.path, href).filter(|_| Some(href.len()) == nearest);
            view! {
                <li class="app-bar__item">
                    <a class="app-bar__link" href=href.clone() aria-current=current>{text.clone()}</a>
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <nav class="app-bar" aria-label="Staff">
                <div class="govuk-width-container app-bar__inner">
                    <ul class="app-bar__list">{items}</ul>
                    <div class="app-bar__person">
                        <span class="app-bar__name">{name.clone()}</span>
                        <form method="post" action="/sign-out" class="app-bar__form">
                            <button type="submit" class="app-bar__button">"Sign out"</button>
                        </form>
                    </div>
                </div>
            </nav>
        }
        .into_any(),
    )
}

pub(super) fn demonstration(shell: &Shell) -> Option<AnyView> {
    shell.demonstration.then(|| {
        view! {
            <div class="app-demo" role="region" aria-label="About this demonstration">
                <div class="govuk-width-container">
                    <p class="app-demo__text">
                        <strong class="govuk-tag app-demo__tag">"Demonstration"</strong>
                        <span>"People and responses are invented. Nothing you send reaches a council or the police."</span>
                    </p>
                </div>
            </div>
        }
        .into_any()
    })
}

pub(super) fn footer(shell: &Shell) -> AnyView {
    let items = FOOTER
        .iter()
        .map(|(href, text)| {
            view! { <li class="app-footer__item"><a class="app-footer__link" href=*href>{*text}</a></li> }
        })
        .collect_view();
    let staff = (shell.viewer == Viewer::Anonymous).then(|| {
        view! { <li class="app-footer__item"><a class="app-footer__link" href=paths::SIGN_IN>"Staff sign in"</a></li> }
    });
    let site = &shell.site;
    let run_by = if site.organisation.is_empty() {
        String::new()
    } else {
        format!("{} is run by {}. ", site.service, site.organisation)
    };
    view! {
        <footer class="app-footer">
            <div class="govuk-width-container">
                <h2 class="govuk-visually-hidden">"About this site"</h2>
                <ul class="app-footer__list">{items}{staff}</ul>
                <p class="app-footer__line">
                    {mark("app-footer__mark")}
                    <span>
                        {run_by}
                        "We don’t share your visit with anyone."
                    </span>
                </p>
            </div>
        </footer>
    }
    .into_any()
}
