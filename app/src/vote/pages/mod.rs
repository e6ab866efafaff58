//! The voting page: one statement at a time, then what this voter said, then one's own.

mod alike;
mod set_aside;

pub use alike::alike;
pub use set_aside::set_aside;

use domain::vote::read::{StatementView, VoteView};
use domain::vote::statement::{MOST_CHARACTERS, Vote};
use leptos::prelude::*;

use crate::messages::opinion as words;
use crate::paths;
use crate::paths::{OWN_STATEMENT, STATEMENT};

/// The page. `draft` and `error` come back when one's own statement was refused.
pub fn vote(view: VoteView, draft: String, error: Option<String>) -> AnyView {
    let action = paths::vote(&view.slug);
    let done = view.voted.len();
    let all = view.all;
    let summary = error.clone().map(|message| {
        view! {
            <div class="govuk-error-summary" role="alert" tabindex="-1">
                <h2 class="govuk-error-summary__title">"There is a problem"</h2>
                <div class="govuk-error-summary__body">
                    <ul class="govuk-list govuk-error-summary__list">
                        <li><a href="#text">{message}</a></li>
                    </ul>
                </div>
            </div>
        }
    });
    let last = view.last.as_ref().map(|last| just_voted(&action, last));
    let now = match view.current {
        Some(statement) => ballot(&action, statement, last, done, all),
        None if all == 0 => view! {
            <p class="govuk-body">"There are no statements to vote on yet. You can add the first."</p>
        }
        .into_any(),
        None => all_voted(last, all),
    };
    // Before the first vote people are told what becomes of it; then the statement comes first.
    let (before, after) = if done == 0 {
        (Some(told(&view.closes)), None)
    } else {
        (None, Some(told(&view.closes)))
    };
    let voted = (!view.voted.is_empty()).then(|| votes_cast(&action, view.voted));
    let add = view
        .may_add
        .then(|| add_statement(&action, &view.key, draft, error, view.waiting));
    view! {
        <a class="govuk-back-link" href=paths::consultation(&view.slug)>"Back to the consultation"</a>
        {summary}
        <span class="govuk-caption-l">{view.title}</span>
        <h1 class="govuk-heading-l">"Do you agree?"</h1>
        {before}
        {now}
        {after}
        {(all > 0).then(|| view! {
            <p class="govuk-body">
                <a class="govuk-link" href=paths::opinion(&view.slug)>"What people think so far"</a>
            </p>
        })}
        {voted}
        {add}
    }
    .into_any()
}

fn told(closes: &str) -> AnyView {
    view! {
        <p class="govuk-body">
            "No account needed. Voting ends " {closes.to_owned()} ". " {words::VOTES_ARE_PUBLISHED}
        </p>
    }
    .into_any()
}

/// What was said just now, and the way to say something else.
fn just_voted(action: &str, last: &StatementView) -> AnyView {
    let (id, text) = (last.id, last.text.clone());
    let href = format!("{action}?statement={id}#{STATEMENT}");
    view! {
        <p class="soundings-ballot__last">
            <span id="just-voted">{voted_word(last.vote)} ": “"<bdi>{text}</bdi>"”"</span>
            " "
            <a class="govuk-link" href=href>"Change this vote"</a>
        </p>
    }
    .into_any()
}

fn voted_word(vote: Option<Vote>) -> &'static str {
    match vote {
        Some(Vote::Agree) => "You agreed",
        Some(Vote::Disagree) => "You disagreed",
        _ => "You passed",
    }
}

/// The statement to vote on. After a vote the browser comes to it by its id and gives it the focus, so
/// that its name, which says the last vote and the new statement, is read out.
fn ballot(
    action: &str,
    statement: StatementView,
    last: Option<AnyView>,
    done: usize,
    all: usize,
) -> AnyView {
    let chosen = statement.vote;
    let button = move |vote: Vote, label: &'static str| {
        let current = chosen == Some(vote);
        view! {
            <button
                class="govuk-button soundings-ballot__choice"
                class:govuk-button--secondary=!current
                name="vote"
                value=vote.word()
                aria-pressed=current.then_some("true")
                data-prevent-double-click="true"
            >
                {label}
            </button>
        }
    };
    let name = match &last {
        Some(_) => "just-voted statement-place statement-words",
        None => "statement-place statement-words",
    };
    let place = match chosen {
        Some(_) => "Change your vote".to_owned(),
        None => format!("Statement {} of {all}", done + 1),
    };
    view! {
        <section
            class="soundings-ballot"
            id=STATEMENT
            tabindex="-1"
            aria-labelledby=name
        >
            <progress class="soundings-ballot__progress" max=all.to_string() value=done.to_string() aria-hidden="true"></progress>
            <form method="post" action=action.to_owned()>
                <input type="hidden" name="statement" value=statement.id.to_string()/>
                <p class="govuk-caption-m" id="statement-place">{place}</p>
                <h2 class="govuk-heading-m soundings-ballot__words" id="statement-words" dir="auto">{statement.text}</h2>
                <div class="soundings-ballot__choices" role="group" aria-labelledby="statement-words">
                    {button(Vote::Agree, "Agree")} {button(Vote::Disagree, "Disagree")}
                    {button(Vote::Pass, "Pass, or not sure")}
                </div>
            </form>
            {last}
        </section>
    }
    .into_any()
}

fn all_voted(last: Option<AnyView>, all: usize) -> AnyView {
    let name = match &last {
        Some(_) => "just-voted all-voted",
        None => "all-voted",
    };
    view! {
        <section id=STATEMENT tabindex="-1" class="soundings-voted-all" aria-labelledby=name>
            <div class="govuk-panel govuk-panel--confirmation">
                <h2 class="govuk-panel__title" id="all-voted">"You have voted on every statement"</h2>
                <div class="govuk-panel__body">{format!("{all} of {all}")}</div>
            </div>
            {last}
            <p class="govuk-body">
                "You can change any of your votes below until voting ends. New statements may be \
                 added by other people, so you can come back."
            </p>
        </section>
    }
    .into_any()
}

fn votes_cast(action: &str, voted: Vec<StatementView>) -> impl IntoView + use<> {
    let rows = voted
        .into_iter()
        .map(|statement| {
            let word = match statement.vote {
                Some(Vote::Agree) => "Agree",
                Some(Vote::Disagree) => "Disagree",
                _ => "Pass",
            };
            view! {
                <div class="govuk-summary-list__row">
                    <dt class="govuk-summary-list__key" dir="auto">{statement.text.clone()}</dt>
                    <dd class="govuk-summary-list__value">{word}</dd>
                    <dd class="govuk-summary-list__actions">
                        <a class="govuk-link" href=format!("{action}?statement={}#{STATEMENT}", statement.id)>
                            "Change"
                            <span class="govuk-visually-hidden">
                                " your vote on: " <bdi>{statement.text}</bdi>
                            </span>
                        </a>
                    </dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <details class="govuk-details">
            <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">"Your votes so far"</span>
            </summary>
            <div class="govuk-details__text">
                <dl class="govuk-summary-list">{rows}</dl>
            </div>
        </details>
    }
}

fn add_statement(
    action: &str,
    key: &str,
    draft: String,
    error: Option<String>,
    waiting: u64,
) -> impl IntoView + use<> {
    let waiting = (waiting > 0).then(|| {
        let text = if waiting == 1 {
            "1 statement of yours is waiting to be checked.".to_owned()
        } else {
            format!("{waiting} statements of yours are waiting to be checked.")
        };
        view! { <p class="govuk-body">{text}</p> }
    });
    let group = if error.is_some() {
        "govuk-form-group govuk-form-group--error"
    } else {
        "govuk-form-group"
    };
    let described = if error.is_some() {
        "text-hint text-error"
    } else {
        "text-hint"
    };
    let message = error.map(|message| {
        view! {
            <p id="text-error" class="govuk-error-message">
                <span class="govuk-visually-hidden">"Error: "</span>
                {message}
            </p>
        }
    });
    view! {
        <section class="soundings-own-statement" id=OWN_STATEMENT tabindex="-1" aria-labelledby="own-words">
            <h2 class="govuk-heading-m" id="own-words">"Say it in your own words"</h2>
            {waiting}
            <form method="post" action=format!("{action}/statement") novalidate>
                <input type="hidden" name="key" value=key.to_owned()/>
                <div class=group>
                    <label class="govuk-label govuk-label--s" for="text">"Your statement"</label>
                    <div id="text-hint" class="govuk-hint">
                        {format!(
                            "One idea that others can agree or disagree with, in {MOST_CHARACTERS} \
                             characters or fewer. A person checks it before others see it. Leave \
                             out names and anything private."
                        )}
                    </div>
                    {message}
                    <textarea class="govuk-textarea" id="text" name="text" rows="3" dir="auto" aria-describedby=described>
                        {crate::ui::field::in_text_area(&draft)}
                    </textarea>
                </div>
                <button class="govuk-button govuk-button--secondary">"Send your statement"</button>
            </form>
        </section>
    }
}
