//! “Is one of these what you mean?”: statements much like the one somebody is about to send.
//!
//! Nothing is sent yet. A vote on one of them is one click; so is sending one's own all the same.

use domain::vote::read::{AlikeView, StatementView};
use domain::vote::statement::Vote;
use leptos::prelude::*;

use crate::messages::opinion as words;
use crate::paths;
use crate::ui::parts;

/// The page.
pub fn alike(view: &AlikeView) -> AnyView {
    let action = paths::vote(&view.slug);
    let found = view
        .alike
        .iter()
        .map(|statement| one(&action, statement))
        .collect_view();
    view! {
        {parts::back_link(action.clone(), "Back to voting")}
        <span class="govuk-caption-xl">{view.title.clone()}</span>
        <h1 class="govuk-heading-xl">"Is one of these what you mean?"</h1>
        <p class="govuk-body">{words::ALIKE}</p>
        <ul class="app-opinion__list">{found}</ul>
        <section class="soundings-own-statement">
            <h2 class="govuk-heading-m">"Or it is something else"</h2>
            <p class="govuk-body">"You wrote:"</p>
            {parts::inset(view! { <span dir="auto">{view.text.clone()}</span> })}
            <form method="post" action=format!("{action}/statement")>
                <input type="hidden" name="key" value=view.key.clone()/>
                <input type="hidden" name="text" value=view.text.clone()/>
                <input type="hidden" name="anyway" value="yes"/>
                <button class="govuk-button govuk-button--secondary" data-prevent-double-click="true">"Send mine anyway"</button>
            </form>
        </section>
    }
    .into_any()
}

fn one(action: &str, statement: &StatementView) -> impl IntoView + use<> {
    let name = statement.text.clone();
    let chosen = statement.vote;
    let button = move |vote: Vote, label: &'static str| {
        let current = chosen == Some(vote);
        let about = name.clone();
        view! {
            <button
                class="govuk-button soundings-ballot__choice"
                class:govuk-button--secondary=!current
                name="vote"
                value=vote.word()
                aria-pressed=current.then_some("true")
            >
                {label}
                <span class="govuk-visually-hidden">": " <bdi>{about}</bdi></span>
            </button>
        }
    };
    view! {
        <li class="app-opinion__item">
            <p class="app-opinion__words" dir="auto">{statement.text.clone()}</p>
            <form method="post" action=action.to_owned()>
                <input type="hidden" name="statement" value=statement.id.to_string()/>
                <div class="govuk-button-group">
                    {button(Vote::Agree, "Agree")} {button(Vote::Disagree, "Disagree")}
                    {button(Vote::Pass, "Pass, or not sure")}
                </div>
            </form>
        </li>
    }
}
