//! The officer's dashboard while responses come in.

use domain::insight::disclosure::ANALYST;
use domain::insight::read::WatchView;
use leptos::prelude::*;

use super::figures;
use crate::insight::islands::Live;
use crate::paths;
use crate::ui::chart::number_text;
use crate::ui::{dates, parts};

/// The page.
pub fn watch(view: WatchView) -> AnyView {
    let page = paths::desk_consultation(&view.slug, "watch");
    let (word, tone) = super::stage(view.stage);
    let when = view.closes.map(|closes| {
        if closes > view.now {
            format!(
                "Closes {} ({})",
                dates::until(closes),
                dates::closes(view.now, closes)
            )
        } else {
            format!("Closed {}", dates::until(closes))
        }
    });
    let links = view! {
        <ul class="govuk-list app-actions">
            {view.may_answer.then(|| link(paths::desk_consultation(&view.slug, "answer"), "Answer what people said"))}
            {view.may_export.then(|| link(paths::desk_consultation(&view.slug, "export?format=csv"), "Download every response (CSV)"))}
            {(view.figures.voters > 0).then(|| link(paths::opinion(&view.slug), "What people think: groups of opinion and common ground"))}
            {(view.figures.voters > 0).then(|| link(paths::desk_consultation(&view.slug, "votes-aside"), "Votes that are set aside, and results without them"))}
            {link(paths::consultation(&view.slug), "See it as everyone else does")}
        </ul>
    };
    let inside = region(&view);
    view! {
        {parts::back_link(paths::desk_consultation(&view.slug, ""), "Back to the consultation")}
        <span class="govuk-caption-xl">{view.title.clone()}</span>
        <h1 class="govuk-heading-xl">"What is coming in"</h1>
        <p class="govuk-body">{parts::tag(tone, word)} " " {when}</p>
        <Live source=format!("{page}/figures") target="figures".to_owned() page=page.clone() />
        <div id="figures">{inside}</div>
        {links}
    }
    .into_any()
}

fn link(href: String, text: &'static str) -> impl IntoView {
    view! { <li><a class="govuk-link" href=href>{text}</a></li> }
}

/// The figures alone: what the island fetches again.
pub fn region(view: &WatchView) -> AnyView {
    let f = &view.figures;
    let totals = [
        ("Responses", f.responses),
        ("People who voted", f.voters),
        ("Free-text answers to moderate", f.waiting),
    ]
    .into_iter()
    .map(|(label, number)| {
        view! {
            <div class="app-total">
                <dt class="app-total__label">{label}</dt>
                <dd class="app-total__number">{number_text(number)}</dd>
            </div>
        }
    })
    .collect_view();
    view! {
        <dl class="app-totals">{totals}</dl>
        <h2 class="govuk-heading-l">"Responses"</h2>
        {figures(f, ANALYST.threshold)}
        <p class="govuk-body-s">
            {format!(
                "Counts of people below {} are hidden here, and below 10 on public pages, so that \
                 nobody can be recognised.",
                ANALYST.threshold
            )}
        </p>
    }
    .into_any()
}
