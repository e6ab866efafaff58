//! Parts of a page that are read: lists, tables, panels, tags, cards, navigation within a page.
//!
//! Markup follows govuk-frontend's class names so that its accessible styles apply. Deliberately
//! not here: tabs and modals, which hide things from people who print, search or zoom.

use leptos::prelude::*;

use super::frame::mark;

/// One row of a summary list.
pub struct SummaryRow {
    /// The name of the fact.
    pub key: String,
    /// The fact.
    pub value: AnyView,
    /// Where to change it: address and what is changed, for screen readers.
    pub change: Option<(String, String)>,
}

impl SummaryRow {
    /// A fact as text.
    pub fn text(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self::view(
            key,
            view! { <span class="app-lines" dir="auto">{value.into()}</span> },
        )
    }

    /// A fact as a view.
    pub fn view(key: impl Into<String>, value: impl IntoView + 'static) -> Self {
        Self {
            key: key.into(),
            value: value.into_any(),
            change: None,
        }
    }

    /// With a link that changes it.
    #[must_use]
    pub fn change(mut self, href: impl Into<String>, what: impl Into<String>) -> Self {
        self.change = Some((href.into(), what.into()));
        self
    }
}

/// Facts by name.
pub fn summary_list(rows: Vec<SummaryRow>) -> AnyView {
    let any_change = rows.iter().any(|row| row.change.is_some());
    let rows = rows
        .into_iter()
        .map(|row| {
            let class = if any_change && row.change.is_none() {
                "govuk-summary-list__row govuk-summary-list__row--no-actions"
            } else {
                "govuk-summary-list__row"
            };
            let actions = row.change.map(|(href, what)| {
                view! {
                    <dd class="govuk-summary-list__actions">
                        <a class="govuk-link" href=href>
                            "Change"<span class="govuk-visually-hidden">{format!(" {what}")}</span>
                        </a>
                    </dd>
                }
            });
            view! {
                <div class=class>
                    <dt class="govuk-summary-list__key">{row.key}</dt>
                    <dd class="govuk-summary-list__value">{row.value}</dd>
                    {actions}
                </div>
            }
        })
        .collect_view();
    view! { <dl class="govuk-summary-list">{rows}</dl> }.into_any()
}

/// Text set apart.
pub fn inset(inside: impl IntoView + 'static) -> AnyView {
    view! { <div class="govuk-inset-text">{inside.into_any()}</div> }.into_any()
}

/// The head of a confirmation page.
pub fn panel(title: impl Into<String>, inside: impl IntoView + 'static) -> AnyView {
    view! {
        <div class="govuk-panel govuk-panel--confirmation">
            {mark("app-panel__mark")}
            <h1 class="govuk-panel__title">{title.into()}</h1>
            <div class="govuk-panel__body">{inside.into_any()}</div>
        </div>
    }
    .into_any()
}

/// What colour a tag has; its text says the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to do.
    #[default]
    Neutral,
    /// Going on now.
    Live,
    /// Soon over, or late.
    Urgent,
    /// Waits for somebody.
    Waiting,
    /// Done.
    Done,
}

/// A short state in words.
pub fn tag(tone: Tone, text: impl Into<String>) -> AnyView {
    let class = match tone {
        Tone::Neutral => "govuk-tag app-tag--neutral",
        Tone::Live => "govuk-tag app-tag--live",
        Tone::Urgent => "govuk-tag app-tag--urgent",
        Tone::Waiting => "govuk-tag app-tag--waiting",
        Tone::Done => "govuk-tag app-tag--done",
    };
    view! { <strong class=class>{text.into()}</strong> }.into_any()
}

/// News about what was just done or what matters on this page.
pub fn notification(
    success: bool,
    title: impl Into<String>,
    inside: impl IntoView + 'static,
) -> AnyView {
    let (class, role) = if success {
        (
            "govuk-notification-banner govuk-notification-banner--success",
            "alert",
        )
    } else {
        ("govuk-notification-banner", "region")
    };
    view! {
        <div class=class role=role aria-labelledby="notification-title">
            <div class="govuk-notification-banner__header">
                <h2 class="govuk-notification-banner__title" id="notification-title">{title.into()}</h2>
            </div>
            <div class="govuk-notification-banner__content">{inside.into_any()}</div>
        </div>
    }
    .into_any()
}

/// What to know before going on, with a sign.
pub fn warning(text: impl Into<String>) -> AnyView {
    view! {
        <div class="govuk-warning-text">
            <span class="govuk-warning-text__icon" aria-hidden="true">"!"</span>
            <strong class="govuk-warning-text__text">
                <span class="govuk-visually-hidden">"Warning: "</span>
                {text.into()}
            </strong>
        </div>
    }
    .into_any()
}

/// The way back, above the heading.
pub fn back_link(href: impl Into<String>, text: impl Into<String>) -> AnyView {
    view! { <a class="govuk-back-link" href=href.into()>{text.into()}</a> }.into_any()
}

/// The way down to this page: address and name of each page above it.
pub fn breadcrumbs(above: &[(&str, &str)]) -> AnyView {
    let items = above
        .iter()
        .map(|(href, text)| {
            view! {
                <li class="govuk-breadcrumbs__list-item">
                    <a class="govuk-breadcrumbs__link" href=(*href).to_owned()>{(*text).to_owned()}</a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="govuk-breadcrumbs" aria-label="Breadcrumb">
            <ol class="govuk-breadcrumbs__list">{items}</ol>
        </nav>
    }
    .into_any()
}

/// More for those who want it. Opens without scripts.
pub fn details(summary: impl Into<String>, inside: impl IntoView + 'static) -> AnyView {
    view! {
        <details class="govuk-details">
            <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">{summary.into()}</span>
            </summary>
            <div class="govuk-details__text">{inside.into_any()}</div>
        </details>
    }
    .into_any()
}

/// Fields that a phone folds away and a wider screen always shows. The list of them stands beside what
/// opens it, not in it, so that no browser can keep it shut where there is room.
pub fn fold(summary: &'static str, open: bool, inside: impl IntoView + 'static) -> AnyView {
    view! {
        <details class="app-fold" open=open>
            <summary class="app-fold__summary">{summary}</summary>
        </details>
        <div class="app-fold__inside">{inside.into_any()}</div>
    }
    .into_any()
}

/// A thing one can open.
pub struct Card {
    /// Where it opens.
    pub href: String,
    /// Its name.
    pub title: String,
    /// State, if any.
    pub tag: Option<AnyView>,
    /// A sentence or two.
    pub summary: String,
    /// Facts in one line: when it closes and why that date, who asks.
    pub facts: Vec<String>,
}

/// Cards in a list, with headings of the level below the section's.
pub fn cards(cards: Vec<Card>) -> AnyView {
    let items = cards
        .into_iter()
        .map(|card| {
            let facts = card.facts.into_iter().map(|fact| view! { <li>{fact}</li> }).collect_view();
            view! {
                <li class="app-card">
                    {card.tag}
                    <h3 class="app-card__title"><a class="app-card__link" href=card.href>{card.title}</a></h3>
                    <p class="app-card__summary">{card.summary}</p>
                    <ul class="app-card__facts">{facts}</ul>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="app-cards">{items}</ul> }.into_any()
}

/// What a list says when there is nothing in it, and what one can do.
pub fn empty(text: impl Into<String>, next: Option<(String, String)>) -> AnyView {
    let next = next.map(|(href, text)| {
        view! { <p class="app-empty__next"><a class="govuk-link" href=href>{text}</a></p> }
    });
    view! {
        <div class="app-empty">
            {mark("app-empty__mark")}
            <p class="app-empty__text">{text.into()}</p>
            {next}
        </div>
    }
    .into_any()
}

/// A page's heading, with what stands above it ("Open consultation") and a line below.
pub fn heading(
    caption: impl Into<String>,
    title: impl Into<String>,
    lead: impl Into<String>,
) -> AnyView {
    let (caption, lead) = (caption.into(), lead.into());
    let caption = (!caption.is_empty()).then(|| view! { <p class="app-caption">{caption}</p> });
    let lead = (!lead.is_empty()).then(|| view! { <p class="govuk-body-l app-lead">{lead}</p> });
    view! { {caption}<h1 class="govuk-heading-xl">{title.into()}</h1>{lead} }.into_any()
}

/// A page with facts about it: heading and next step, then facts, then what is read. Facts stand
/// beside both where there is room, and between them where there is not.
pub fn page_with_facts(
    head: impl IntoView + 'static,
    facts: impl IntoView + 'static,
    reading: impl IntoView + 'static,
) -> AnyView {
    view! {
        <div class="app-columns app-columns--headed">
            <div class="app-columns__reading">{head.into_any()}</div>
            <aside class="app-columns__facts" aria-label="Facts">{facts.into_any()}</aside>
            <div class="app-columns__reading">{reading.into_any()}</div>
        </div>
    }
    .into_any()
}

/// Charts or lists side by side where there is room.
pub fn grid(inside: Vec<AnyView>) -> AnyView {
    view! { <div class="app-grid">{inside}</div> }.into_any()
}

/// Markdown already rendered by [`render`](super::markdown::render).
pub fn prose(html: impl Into<String>) -> AnyView {
    view! { <div class="app-prose" inner_html=html.into()></div> }.into_any()
}
