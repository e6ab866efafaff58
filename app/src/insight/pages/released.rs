//! The responses as everybody may see them: pictures, each with its sentence and its table.

use domain::insight::disclosure::{PUBLIC, Shown};
use domain::insight::read::Line;
use domain::insight::release::{Period, ReleasedQuestion, ReleasedResponses};
use leptos::prelude::*;

use crate::messages::level;
use crate::messages::poll::result::listed;
use crate::ui::chart::{Bar, Caption, Count, bar_chart, number_text};
use crate::ui::dates;

/// Everything that came in.
pub fn released(responses: &ReleasedResponses) -> AnyView {
    let base = responses.responses.number().unwrap_or(0);
    let questions = responses
        .questions
        .iter()
        .enumerate()
        .map(|(place, table)| question(place, table))
        .collect_view();
    view! {
        {periods(&responses.periods)}
        {table("by-ward", "Most responses from one ward", base, &responses.wards)}
        {table("by-channel", "Most used way to respond", base, &responses.channels)}
        {questions}
    }
    .into_any()
}

fn table(id: &'static str, start: &str, base: u64, lines: &[Line]) -> AnyView {
    if lines.is_empty() {
        return ().into_any();
    }
    bars(Caption::new(id, most(lines, start)), base, lines)
}

fn bars(caption: Caption, base: u64, lines: &[Line]) -> AnyView {
    let bars: Vec<Bar> = lines
        .iter()
        .map(|line| Bar::new(label(line), count(line.count)))
        .collect();
    bar_chart(&caption, base, &bars)
}

/// “7 other wards” for what is shown together.
fn label(line: &Line) -> String {
    match line.merges {
        0 => line.label.clone(),
        merged => format!("{} {}", number_text(merged), line.label),
    }
}

/// “Most … : X”, from the highest count that is shown; what is level is said to be.
fn most(lines: &[Line], start: &str) -> String {
    let known: Vec<(&str, u64)> = lines
        .iter()
        .filter(|line| line.merges == 0 && line.label != "Not said")
        .filter_map(|line| Some((line.label.as_str(), line.count.number()?)))
        .collect();
    level::first(start, &known, "about ")
}

fn count(shown: Shown) -> Count {
    match shown {
        Shown::Count(number) => Count::Known(number),
        Shown::Hidden => Count::Suppressed {
            below: PUBLIC.threshold,
        },
    }
}

/// When people responded, in days or weeks that each have enough of them.
fn periods(periods: &[Period]) -> AnyView {
    let highest = periods.iter().map(|period| period.count).max();
    let Some(highest) = highest else {
        return ().into_any();
    };
    let name = |period: &Period| {
        if period.first == period.last {
            dates::civil(period.first)
        } else {
            format!(
                "{} to {}",
                dates::civil(period.first),
                dates::civil(period.last)
            )
        }
    };
    let busiest: Vec<String> = periods
        .iter()
        .filter(|period| period.count == highest)
        .map(name)
        .collect();
    let sentence = match busiest.as_slice() {
        [one] => format!("The busiest time was {one}"),
        [] => "When responses came in".to_owned(),
        some => format!("The busiest times, about level, were {}", listed(some)),
    };
    let bars: Vec<Bar> = periods
        .iter()
        .map(|period| Bar::new(name(period), count(period.count)))
        .collect();
    bar_chart(&Caption::new("by-day", sentence), 0, &bars)
}

fn question(place: usize, table: &ReleasedQuestion) -> AnyView {
    let answered = match table.answered {
        Shown::Count(number) => format!("About {} people answered", number_text(number)),
        Shown::Hidden => format!("Fewer than {} people answered", PUBLIC.threshold),
    };
    let body = if table.lines.is_empty() {
        view! { <p class="govuk-body">{answered} "."</p> }.into_any()
    } else {
        let caption = Caption::new(
            format!("question-{place}"),
            most(&table.lines, "Most chosen"),
        )
        .base(answered);
        bars(caption, table.answered.number().unwrap_or(0), &table.lines)
    };
    view! {
        <section class="app-question">
            <h2 class="govuk-heading-m">{table.prompt.clone()}</h2>
            {body}
        </section>
    }
    .into_any()
}
