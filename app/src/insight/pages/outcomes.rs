//! The council dashboard: every consultation, what came in and what came of it.

use domain::insight::disclosure::{PUBLIC, Shown};
use domain::insight::read::{OutcomeLine, OutcomesView};
use leptos::prelude::*;

use crate::paths;
use crate::ui::chart::number_text;
use crate::ui::parts;
use crate::ui::table::{Column, pagination, table};

/// The page.
pub fn outcomes(view: OutcomesView) -> AnyView {
    if view.total == 0 {
        return view! {
            <h1 class="govuk-heading-xl">"How we are doing"</h1>
            {parts::empty("No consultation has been published yet.", None)}
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
            "Promises kept",
            format!("{} of {}", view.promises.kept, view.promises.made),
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
        Column::number("Ballots in polls"),
        Column::text("Days to outcome"),
        Column::text("Promises kept"),
    ];
    let rows = view.lines.iter().map(row).collect();
    view! {
        <h1 class="govuk-heading-xl">"How we are doing"</h1>
        <p class="govuk-body-l">
            "Every consultation we have held: who could be heard, who was, how long people waited \
             for an answer, and which promises are kept."
        </p>
        <dl class="app-totals">{totals}</dl>
        {table("Consultations, latest first", &columns, rows)}
        {pagination(paths::OUTCOMES, view.page, view.pages)}
        <p class="govuk-body-s">
            "Numbers of people are rounded to the nearest 5 and move on at most once a day, so that \
             nobody can be recognised."
        </p>
        <p class="govuk-body-s">
            "Central government’s consultation principles ask for a response within 12 weeks of \
             closing, or the reason why not."
        </p>
    }
    .into_any()
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
    let promises = match line.promises.made {
        0 => "none made".to_owned(),
        made => format!("{} of {made}", line.promises.kept),
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
        number_text(line.reach).into_any(),
        about(line.responses).into_any(),
        about(line.voters).into_any(),
        line.ballots
            .map_or_else(|| "no poll".to_owned(), about)
            .into_any(),
        days.into_any(),
        promises.into_any(),
    ]
}
