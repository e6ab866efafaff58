//! The queue: one text, one decision; no author is shown.

use domain::moderation::read::{Item, Queue};
use domain::moderation::{Reason, State, SubjectKind};
use leptos::prelude::*;

use crate::messages::moderation::reason as words;
use crate::paths;

/// The address of a page of the queue.
pub fn address(kind: SubjectKind, state: State, page: u64) -> String {
    format!(
        "{}?kind={}&state={}&page={page}",
        paths::MODERATION,
        kind.code(),
        state.code()
    )
}

/// The page. `refused` names an item and what was wrong with its decision.
pub fn queue(view: Queue, refused: Option<(i64, &'static str)>) -> AnyView {
    let (kind, state) = (view.kind, view.state);
    let summary = refused.map(|(id, message)| {
        view! {
            <div class="govuk-error-summary" role="alert" tabindex="-1">
                <h2 class="govuk-error-summary__title">"There is a problem"</h2>
                <div class="govuk-error-summary__body">
                    <ul class="govuk-list govuk-error-summary__list">
                        <li><a href=format!("#reason-{id}")>{message}</a></li>
                    </ul>
                </div>
            </div>
        }
    });
    let [answers, statements] = view.waiting;
    let tab = |k: SubjectKind, label: String| {
        link(
            address(k, State::Held, 1),
            label,
            k == kind && state == State::Held,
        )
    };
    let tabs = view! {
        <nav aria-label="What to moderate">
            <ul class="soundings-choices">
                {tab(SubjectKind::Answer, format!("Answers waiting ({answers})"))}
                {tab(SubjectKind::Statement, format!("Statements waiting ({statements})"))}
                {link(address(kind, State::Approved, 1), "Approved".to_owned(), state == State::Approved)}
                {link(address(kind, State::Rejected, 1), "Rejected".to_owned(), state == State::Rejected)}
            </ul>
        </nav>
    };
    let count = view.total;
    let pages = (view.pages > 1).then(|| pager(&view));
    let body = if view.items.is_empty() {
        let text = match state {
            State::Held => "Nothing is waiting. New answers and statements appear here.",
            State::Approved => "Nothing has been approved yet.",
            State::Rejected => "Nothing has been rejected.",
        };
        view! { <p class="govuk-body">{text}</p> }.into_any()
    } else {
        view.items
            .into_iter()
            .map(|item| {
                let message = refused.filter(|(id, _)| *id == item.id).map(|(_, m)| m);
                one(item, view.page, message)
            })
            .collect_view()
            .into_any()
    };
    let noun = match kind {
        SubjectKind::Answer => "free-text answers",
        SubjectKind::Statement => "statements",
    };
    let where_ = match state {
        State::Held => "waiting",
        State::Approved => "approved",
        State::Rejected => "rejected",
    };
    view! {
        {summary}
        <h1 class="govuk-heading-xl">"Moderation"</h1>
        <p class="govuk-body">
            "Nothing that a resident writes is public until you approve it. What you reject never \
             leaves this page; its author is told the reason."
        </p>
        {tabs}
        <h2 class="govuk-heading-m">{format!("{count} {noun} {where_}")}</h2>
        {body}
        {pages}
    }
    .into_any()
}

fn link(href: String, label: String, current: bool) -> impl IntoView {
    view! {
        <li>
            <a class="govuk-link" href=href aria-current=current.then_some("page")>{label}</a>
        </li>
    }
}

fn pager(view: &Queue) -> impl IntoView + use<> {
    let (kind, state, page, pages) = (view.kind, view.state, view.page, view.pages);
    view! {
        <nav class="govuk-pagination" aria-label="Pages">
            {(page > 1).then(|| view! {
                <div class="govuk-pagination__prev">
                    <a class="govuk-link govuk-pagination__link" rel="prev" href=address(kind, state, page - 1)>"Previous page"</a>
                </div>
            })}
            <p class="govuk-body">{format!("Page {page} of {pages}")}</p>
            {(page < pages).then(|| view! {
                <div class="govuk-pagination__next">
                    <a class="govuk-link govuk-pagination__link" rel="next" href=address(kind, state, page + 1)>"Next page"</a>
                </div>
            })}
        </nav>
    }
}

fn one(item: Item, page: u64, error: Option<&'static str>) -> impl IntoView {
    let id = item.id;
    let state = item.state;
    let private = item.private.then(|| {
        view! {
            <p class="govuk-body-s">
                "The author asked us not to publish this. Approving it keeps it for analysis only."
            </p>
        }
    });
    let rejected = item
        .reason
        .map(|reason| view! { <p class="govuk-body-s">"Rejected: " {words(reason)} "."</p> });
    let options = Reason::ALL
        .into_iter()
        .filter(|reason| {
            item.kind == SubjectKind::Statement
                || !matches!(reason, Reason::Duplicate | Reason::NotAStatement)
        })
        .map(|reason| {
            view! { <option value=reason.code() selected=item.reason == Some(reason)>{words(reason)}</option> }
        })
        .collect_view();
    let group = if error.is_some() {
        "govuk-form-group govuk-form-group--error"
    } else {
        "govuk-form-group"
    };
    let described = error.is_some().then(|| format!("error-{id}"));
    let message = error.map(|message| {
        view! {
            <p id=format!("error-{id}") class="govuk-error-message">
                <span class="govuk-visually-hidden">"Error: "</span>
                {message}
            </p>
        }
    });
    view! {
        <article class="soundings-moderated" aria-labelledby=format!("text-{id}")>
            <p class="govuk-caption-m">{item.consultation}</p>
            {(!item.context.is_empty()).then(|| view! { <p class="govuk-body-s">{item.context}</p> })}
            <blockquote class="govuk-inset-text soundings-said" id=format!("text-{id}")>{item.text}</blockquote>
            {private}
            {rejected}
            <form method="post" action=paths::MODERATION novalidate>
                <input type="hidden" name="kind" value=item.kind.code()/>
                <input type="hidden" name="item" value=id.to_string()/>
                <input type="hidden" name="state" value=state.code()/>
                <input type="hidden" name="page" value=page.to_string()/>
                <div class=group>
                    <label class="govuk-label" for=format!("reason-{id}")>"Reason, if you reject it"</label>
                    {message}
                    <select class="govuk-select" id=format!("reason-{id}") name="reason" aria-describedby=described>
                        <option value="">"Choose a reason"</option>
                        {options}
                    </select>
                </div>
                <div class="govuk-button-group">
                    {(state != State::Approved).then(|| button("approve", "Approve", "govuk-button"))}
                    {button("reject", if state == State::Rejected { "Change the reason" } else { "Reject" }, "govuk-button govuk-button--warning")}
                    {(state != State::Held).then(|| button("hold", "Hold again", "govuk-button govuk-button--secondary"))}
                </div>
            </form>
        </article>
    }
}

fn button(word: &'static str, label: &'static str, class: &'static str) -> impl IntoView {
    view! { <button class=class name="decision" value=word>{label}</button> }
}
