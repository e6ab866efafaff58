//! Votes that are set aside, for officers: why, how many, and the counts with and without them.

use domain::vote::read::{SetAsideLine, SetAsideView};
use domain::vote::statement::Votes;
use leptos::prelude::*;

use crate::messages::vote as words;
use crate::paths;
use crate::ui::chart::{number_text, percent};
use crate::ui::parts;
use crate::ui::table::{Column, text_table};

/// The page.
pub fn set_aside(view: &SetAsideView) -> AnyView {
    let lines = if view.lines.is_empty() {
        parts::empty("No votes are set aside.", None)
    } else {
        let all = view
            .lines
            .iter()
            .map(|line| one(view, *line))
            .collect_view();
        view! { <ul class="app-opinion__list">{all}</ul> }.into_any()
    };
    let columns = [
        Column::text("Statement"),
        Column::text("With them: agree / disagree / pass"),
        Column::text("Without them"),
    ];
    let rows = view
        .statements
        .iter()
        .map(|one| vec![one.text.clone(), counts(one.with), counts(one.without)])
        .collect();
    view! {
        {parts::back_link(paths::desk_consultation(&view.slug, "watch"), "Back to what is coming in")}
        <span class="govuk-caption-xl">{view.title.clone()}</span>
        <h1 class="govuk-heading-xl">"Votes that are set aside"</h1>
        <p class="govuk-body">{words::SET_ASIDE}</p>
        {lines}
        <h2 class="govuk-heading-l">"Results with and without them"</h2>
        {text_table("Every statement, with and without", &columns, rows)}
    }
    .into_any()
}

fn counts(votes: Votes) -> String {
    let number = |count: i64| u64::try_from(count).unwrap_or(0);
    let all = number(votes.all());
    let part = |count: i64| {
        format!(
            "{} ({})",
            number_text(number(count)),
            percent(number(count), all)
        )
    };
    format!(
        "{} / {} / {}",
        part(votes.agrees),
        part(votes.disagrees),
        part(votes.passes)
    )
}

fn one(view: &SetAsideView, line: SetAsideLine) -> impl IntoView + use<> {
    let action = paths::desk_consultation(&view.slug, "votes-aside");
    let button = |set_aside: bool, text: &'static str| {
        view! {
            <form method="post" action=action.clone()>
                <input type="hidden" name="reason" value=line.flag.code()/>
                <input type="hidden" name="set-aside" value=if set_aside { "yes" } else { "no" }/>
                <button class="govuk-button govuk-button--secondary">
                    {text}
                    <span class="govuk-visually-hidden">{format!(": {}", words::flag(line.flag))}</span>
                </button>
            </form>
        }
    };
    let buttons = view.may_decide.then(|| {
        view! {
            <div class="govuk-button-group">
                {(line.set_aside > 0).then(|| button(false, "Let them back"))}
                {(line.let_back > 0).then(|| button(true, "Set them aside again"))}
            </div>
        }
    });
    let number = |count: usize| number_text(u64::try_from(count).unwrap_or(0));
    view! {
        <li class="app-opinion__item">
            <h2 class="govuk-heading-m">{words::flag(line.flag)}</h2>
            <p class="govuk-body">{words::why(line.flag)}</p>
            <p class="govuk-body">
                {format!("{} set aside, {} let back.", number(line.set_aside), number(line.let_back))}
            </p>
            {buttons}
        </li>
    }
}
