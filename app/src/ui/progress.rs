//! Where a thing stands: steps still to do and stages on a line of time.
//!
//! Deliberately not here: computing a stage, which the domain does from data and the clock.

use leptos::prelude::*;

use super::parts::{Tone, tag};

/// One task of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Where it is done; `None` while it cannot be started.
    pub href: Option<String>,
    /// What is to be done.
    pub title: String,
    /// Help; empty for none.
    pub hint: String,
    /// Colour of the state.
    pub tone: Tone,
    /// The state in words.
    pub state: String,
}

/// Things to do in any order, each with its state.
pub fn task_list(tasks: &[Task]) -> AnyView {
    let items = tasks
        .iter()
        .map(|task| {
            let class = match task.href {
                Some(_) => "govuk-task-list__item govuk-task-list__item--with-link",
                None => "govuk-task-list__item",
            };
            let title = match task.href.clone() {
                Some(href) => {
                    view! { <a class="govuk-link govuk-task-list__link" href=href>{task.title.clone()}</a> }.into_any()
                }
                None => task.title.clone().into_any(),
            };
            let hint = (!task.hint.is_empty())
                .then(|| view! { <div class="govuk-task-list__hint">{task.hint.clone()}</div> });
            view! {
                <li class=class>
                    <div class="govuk-task-list__name-and-hint">{title}{hint}</div>
                    <div class="govuk-task-list__status">{tag(task.tone, task.state.clone())}</div>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="govuk-task-list">{items}</ul> }.into_any()
}

/// How far a stage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// Behind us.
    Done,
    /// Here.
    Now,
    /// To come.
    Ahead,
}

/// One stage on the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Its name.
    pub title: String,
    /// When, or what happens then; empty for none.
    pub note: String,
    /// How far it is.
    pub reached: Reached,
}

impl Stage {
    /// A stage with its note.
    pub fn new(title: impl Into<String>, note: impl Into<String>, reached: Reached) -> Self {
        Self {
            title: title.into(),
            note: note.into(),
            reached,
        }
    }
}

/// Stages from first to last. Each says in words whether it is done.
pub fn timeline(label: impl Into<String>, stages: &[Stage]) -> AnyView {
    let items = stages
        .iter()
        .map(|stage| {
            let (class, said, current) = match stage.reached {
                Reached::Done => (
                    "app-timeline__item app-timeline__item--done",
                    "Done: ",
                    None,
                ),
                Reached::Now => (
                    "app-timeline__item app-timeline__item--now",
                    "Now: ",
                    Some("step"),
                ),
                Reached::Ahead => ("app-timeline__item", "Still to come: ", None),
            };
            let note = (!stage.note.is_empty())
                .then(|| view! { <span class="app-timeline__note">{stage.note.clone()}</span> });
            view! {
                <li class=class aria-current=current>
                    <span class="app-timeline__title">
                        <span class="govuk-visually-hidden">{said}</span>
                        {stage.title.clone()}
                    </span>
                    {note}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="app-timeline" aria-label=label.into()>{items}</ol> }.into_any()
}

/// "Page 2 of 4", with a bar that says the same.
pub fn page_of(page: usize, pages: usize) -> AnyView {
    let done = format!("{page}");
    view! {
        <div class="app-page-of">
            <span class="app-page-of__text" id="page-of">{format!("Page {page} of {pages}")}</span>
            <progress class="app-page-of__bar" aria-labelledby="page-of" max=pages.to_string() value=done></progress>
        </div>
    }
    .into_any()
}
