//! The queue: one text, one decision; no author is shown.

use domain::edit::Changed;
use domain::moderation::read::{Item, Queue, QueueFilter};
use domain::moderation::{Decision, Reason, State, SubjectKind};
use domain::personal;
use leptos::prelude::*;

use crate::messages::moderation::{self as words, reason as reason_words};
use crate::messages::response::personal as looks_like;
use crate::paths;
use crate::ui::conflict::VERSION;
use crate::ui::form::{FieldError, error_summary};
use crate::ui::personal::{Mark, flags, marked};

/// The address of a page of the queue.
pub fn address(filter: QueueFilter) -> String {
    format!(
        "{}?kind={}&state={}&page={}",
        paths::MODERATION,
        filter.kind.code(),
        filter.state.code(),
        filter.page
    )
}

/// Why a decision was not taken.
pub enum Refusal {
    /// Something is missing of it.
    Rule {
        /// The item that it was on.
        id: i64,
        /// What is missing.
        message: &'static str,
    },
    /// A colleague decided otherwise since the moderator saw it.
    Changed {
        /// The item as it is now.
        item: Item,
        /// Who decided, and when.
        changed: Changed,
        /// What this moderator meant to decide.
        meant: Decision,
    },
}

/// The page, again where a decision was refused.
pub fn queue(mut view: Queue, refused: Option<Refusal>) -> AnyView {
    let QueueFilter { kind, state, page } = view.filter;
    let mut errors = Vec::new();
    let mut of_item = None;
    let mut overtaken_by = None;
    match refused {
        None => {}
        Some(Refusal::Rule { id, message }) => {
            errors.push(FieldError {
                field: format!("reason-{id}"),
                message: message.to_owned(),
            });
            of_item = Some((id, message));
        }
        Some(Refusal::Changed {
            item,
            changed,
            meant,
        }) => {
            errors.push(FieldError {
                field: format!("reason-{}", item.id),
                message: words::overtaken(&changed, item.state),
            });
            // It may be on this page of the list as well; it is shown once.
            view.items.retain(|other| other.id != item.id);
            overtaken_by = Some(overtaken(item, page, &changed, meant));
        }
    }
    let [answers, statements] = view.waiting;
    let tab = |k: SubjectKind, label: String| {
        link(
            address(QueueFilter {
                kind: k,
                state: State::Held,
                page: 1,
            }),
            label,
            k == kind && state == State::Held,
        )
    };
    let decided = |state: State| {
        address(QueueFilter {
            kind,
            state,
            page: 1,
        })
    };
    let tabs = view! {
        <nav aria-label="What to moderate">
            <ul class="soundings-choices">
                {tab(SubjectKind::Answer, format!("Answers waiting ({answers})"))}
                {tab(SubjectKind::Statement, format!("Statements waiting ({statements})"))}
                {link(decided(State::Approved), "Approved".to_owned(), state == State::Approved)}
                {link(decided(State::Rejected), "Rejected".to_owned(), state == State::Rejected)}
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
                let message = of_item.filter(|(id, _)| *id == item.id).map(|(_, m)| m);
                one(item, page, message, None)
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
        {error_summary(&errors)}
        <h1 class="govuk-heading-xl">"Moderation"</h1>
        <p class="govuk-body">
            "Nothing that a resident writes is public until you approve it. What you reject never \
             leaves this page; we tell its author the reason."
        </p>
        {overtaken_by}
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
    let (filter, pages) = (view.filter, view.pages);
    let page = filter.page;
    let address = move |page: u64| address(QueueFilter { page, ..filter });
    view! {
        <nav class="govuk-pagination" aria-label="Pages">
            {(page > 1).then(|| view! {
                <div class="govuk-pagination__prev">
                    <a class="govuk-link govuk-pagination__link" rel="prev" href=address(page - 1)>"Previous page"</a>
                </div>
            })}
            <p class="govuk-body">{format!("Page {page} of {pages}")}</p>
            {(page < pages).then(|| view! {
                <div class="govuk-pagination__next">
                    <a class="govuk-link govuk-pagination__link" rel="next" href=address(page + 1)>"Next page"</a>
                </div>
            })}
        </nav>
    }
}

/// What a colleague decided on one text, with that text as it is now.
fn overtaken(item: Item, page: u64, changed: &Changed, meant: Decision) -> AnyView {
    let told = words::overtaken(changed, item.state);
    let (reason, meant) = (meant.reason(), words::meant(meant));
    view! {
        <section class="app-conflict" aria-labelledby="conflict-heading">
            <h2 class="govuk-heading-m" id="conflict-heading">"A colleague was first"</h2>
            <p class="govuk-body">
                {told} ". " {meant} ", and that has not been done. Decide again if you still \
                want to."
            </p>
            {one(item, page, None, reason)}
        </section>
    }
    .into_any()
}

/// One text with its form; `chosen` is a reason that was chosen before.
fn one(
    item: Item,
    page: u64,
    error: Option<&'static str>,
    chosen: Option<Reason>,
) -> impl IntoView {
    let id = item.id;
    let selected = chosen.or(item.reason);
    let state = item.state;
    // The same finds that its author was shown before it was sent.
    let marks = personal::places(&item.text).into_iter().map(|found| Mark {
        at: found.at,
        looks_like: looks_like(found.kind),
    });
    let text = marked(&item.text, marks.collect());
    let finds = personal::find(&item.text).into_iter();
    let warned = flags(finds.map(|one| (one.words, looks_like(one.kind))).collect());
    let private = item.private.then(|| {
        view! {
            <p class="govuk-body-s">
                "The author asked us not to publish this. Approving it keeps it for analysis only."
            </p>
        }
    });
    let rejected = item.reason.map(
        |reason| view! { <p class="govuk-body-s">"Rejected: " {reason_words(reason)} "."</p> },
    );
    let options = Reason::ALL
        .into_iter()
        .filter(|reason| {
            item.kind == SubjectKind::Statement
                || !matches!(reason, Reason::Duplicate | Reason::NotAStatement)
        })
        .map(|reason| {
            view! { <option value=reason.code() selected=selected == Some(reason)>{reason_words(reason)}</option> }
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
            <blockquote class="govuk-inset-text soundings-said" dir="auto" id=format!("text-{id}")>{text}</blockquote>
            {warned}
            {private}
            {rejected}
            <form method="post" action=paths::MODERATION novalidate>
                <input type="hidden" name="kind" value=item.kind.code()/>
                <input type="hidden" name="item" value=id.to_string()/>
                <input type="hidden" name="state" value=state.code()/>
                <input type="hidden" name="page" value=page.to_string()/>
                <input type="hidden" name=VERSION value=item.version.to_string()/>
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
