//! The council dashboard: every consultation, what came in and what came of it.

use domain::insight::disclosure::{PUBLIC, Shown};
use domain::insight::read::{OutcomeLine, OutcomesView};
use leptos::prelude::*;

use crate::messages::insight as words;
use crate::paths;
use crate::ui::chart::number_text;
use crate::ui::parts;
use crate::ui::table::{Column, pagination, table};

/// The page.
pub fn outcomes(view: OutcomesView) -> AnyView {
    if view.total == 0 {
        return view! {
            <h1 class="govuk-heading-xl">"How we are doing"</h1>
            {parts::empty("No consultation has opened yet.", None)}
            {imported(&view.imported)}
        }
        .into_any();
    }
    let responses = match view.responses {
        0 => about(Shown::Hidden),
        number => about(Shown::Count(number)),
    };
    let totals = [
        ("Consultations", number_text(view.total)),
        ("Responses", responses),
        (
            "Decided within 12 weeks of closing",
            format!("{} of {}", view.decided.in_time, view.decided.all),
        ),
        (
            "Promises kept, of those that are due",
            format!("{} of {}", view.promises.kept, view.promises.due),
        ),
    ]
    .into_iter()
    .map(|(label, number)| {
        view! {
            <div class="app-total">
                <dt class="app-total__label">{label}</dt>
                <dd class="app-total__number">{number}</dd>
            </div>
        }
    })
    .collect_view();
    let columns = [
        Column::text("Consultation"),
        Column::text("Stage"),
        Column::text("Team"),
        Column::number("People who live there"),
        Column::number("Responses"),
        Column::number("Voted on statements"),
        Column::text("Ballots in polls"),
        Column::text("Days to outcome"),
        Column::text("Promises kept"),
    ];
    let rows = view.lines.iter().map(row).collect();
    let imported = imported(&view.imported);
    view! {
        <h1 class="govuk-heading-xl">"How we are doing"</h1>
        <p class="govuk-body-l">
            "Every consultation we have held: who could be heard, who was, how long people waited \
             for an answer, and which promises are kept."
        </p>
        <dl class="app-totals">{totals}</dl>
        {table("Consultations, latest first", &columns, rows)}
        {pagination(paths::OUTCOMES, view.page, view.pages)}
        {imported}
        <p class="govuk-body-s">
            "Numbers of people are rounded to the nearest 5 and move on at most once a day, so that \
             nobody can be recognised. The ballots of a poll whose list is published are all counted."
        </p>
        <p class="govuk-body-s">
            "Central government’s consultation principles ask for a response within 12 weeks of \
             closing, or the reason why not."
        </p>
    }
    .into_any()
}

/// Data of others that is shown on this site.
fn imported(of: &[(String, String)]) -> Option<AnyView> {
    if of.is_empty() {
        return None;
    }
    let items = of
        .iter()
        .map(|(slug, title)| {
            view! { <li><a class="govuk-link" href=paths::consultation(slug)>{title.clone()}</a></li> }
        })
        .collect_view();
    let view = view! {
        <h2 class="govuk-heading-m">"Open data from elsewhere"</h2>
        <p class="govuk-body">
            "These conversations were held by somebody else. They are shown to try out the analysis, and are \
             not in the figures above."
        </p>
        <ul class="govuk-list govuk-list--bullet">{items}</ul>
    };
    Some(view.into_any())
}

/// How many live where it is about; where no figure is known, none is said.
fn reach(residents: u64) -> String {
    match residents {
        0 => "not known".to_owned(),
        residents => number_text(residents),
    }
}

/// A count as it was released. One that is hidden may be nought.
fn about(shown: Shown) -> String {
    match shown {
        Shown::Count(number) => number_text(number),
        Shown::Hidden => format!("under {}", PUBLIC.threshold),
    }
}

fn row(line: &OutcomeLine) -> Vec<AnyView> {
    let (word, tone) = super::stage(line.stage);
    let days = match (line.days_to_outcome, line.days_waiting) {
        (Some(days), _) => format!("{days} days"),
        (None, Some(days)) => format!("waiting for {days} days"),
        _ => "not closed yet".to_owned(),
    };
    let promises = match (line.promises.made, line.promises.due) {
        (0, _) => "none made".to_owned(),
        (_, 0) => "none due yet".to_owned(),
        (_, due) => format!("{} of {due}", line.promises.kept),
    };
    let href = if line.stage.has_closed() {
        paths::outcome(&line.slug)
    } else {
        paths::consultation(&line.slug)
    };
    vec![
        view! { <a class="govuk-link" href=href>{line.title.clone()}</a> }.into_any(),
        parts::tag(tone, word),
        line.team.clone().into_any(),
        reach(line.reach).into_any(),
        about(line.responses).into_any(),
        about(line.voters).into_any(),
        line.ballots
            .map_or_else(|| "no polls".to_owned(), words::ballots)
            .into_any(),
        days.into_any(),
        promises.into_any(),
    ]
}
