//! The counts as pictures, each with its sentence and its table.

use domain::insight::disclosure::Shown;
use domain::insight::read::{Figures, Line, QuestionTable};
use domain::vote::read::StatementResult;
use jiff::ToSpan;
use jiff::civil::Date;
use leptos::prelude::*;

use crate::messages::level;
use crate::messages::poll::result::listed;
use crate::ui::chart::{
    Bar, Caption, Count, Day, Stack, bar_chart, day_chart, number_text, stacked_chart,
};
use crate::ui::dates;
use crate::ui::parts;

/// The most statements drawn at once; the table of the chart has as many.
const MOST_STATEMENTS: usize = 12;

/// Everything that came in. `below` is the threshold under which counts are hidden.
pub fn figures(figures: &Figures, below: u64) -> AnyView {
    if figures.responses == 0 && figures.voters == 0 {
        return parts::empty(
            "Nothing has come in yet. The first responses will appear here.",
            None,
        );
    }
    let responses = figures.responses;
    let nothing = || ().into_any();
    let days = if figures.days.is_empty() {
        nothing()
    } else {
        by_day(&figures.days)
    };
    let wards = if figures.wards.is_empty() {
        nothing()
    } else {
        bars(
            "by-ward",
            most(&figures.wards, "Most responses from one ward"),
            responses,
            &figures.wards,
            below,
        )
    };
    let channels = if figures.channels.is_empty() {
        nothing()
    } else {
        bars(
            "by-channel",
            most(&figures.channels, "Most used way to respond"),
            responses,
            &figures.channels,
            below,
        )
    };
    let questions = figures
        .questions
        .iter()
        .enumerate()
        .map(|(place, table)| question(place, table, below))
        .collect_view();
    let statements = statements(figures);
    view! {
        {days}
        {wards}
        {channels}
        {questions}
        {statements}
    }
    .into_any()
}

/// “Most … : X”, from the highest count that is shown; what is level is said to be.
fn most(lines: &[Line], start: &str) -> String {
    let known: Vec<(&str, u64)> = lines
        .iter()
        .filter(|line| line.label != "Not said")
        .filter_map(|line| Some((line.label.as_str(), line.count.number()?)))
        .collect();
    level::first(start, &known, "")
}

fn by_day(days: &[(Date, u64)]) -> AnyView {
    let (Some((first, _)), Some((last, _))) = (days.first(), days.last()) else {
        return ().into_any();
    };
    let mut all = Vec::new();
    let mut day = *first;
    while day <= *last && all.len() < 400 {
        let count = days
            .iter()
            .find(|(d, _)| *d == day)
            .map_or(0, |(_, count)| *count);
        all.push(Day { date: day, count });
        match day.checked_add(1.day()) {
            Ok(next) => day = next,
            Err(_) => break,
        }
    }
    day_chart(&Caption::new("by-day", busiest(&all)), &all)
}

/// “The busiest day was …”, or that several were level.
fn busiest(days: &[Day]) -> String {
    let highest = days.iter().map(|day| day.count).max().unwrap_or(0);
    let names: Vec<String> = days
        .iter()
        .filter(|day| day.count == highest)
        .map(|day| dates::civil(day.date))
        .collect();
    let responses = match highest {
        1 => "1 response".to_owned(),
        many => format!("{} responses", number_text(many)),
    };
    match names.as_slice() {
        [one] => format!("The busiest day was {one} with {responses}"),
        many if many.len() <= 3 => {
            format!(
                "The busiest days were {}, with {responses} each",
                listed(many)
            )
        }
        many => format!("The busiest {} days had {responses} each", many.len()),
    }
}

fn bars(id: &str, sentence: String, base: u64, lines: &[Line], below: u64) -> AnyView {
    let bars: Vec<Bar> = lines
        .iter()
        .map(|line| Bar::new(line.label.clone(), count(line.count, below)))
        .collect();
    bar_chart(&Caption::new(id, sentence), base, &bars)
}

fn count(shown: Shown, below: u64) -> Count {
    match shown {
        Shown::Count(number) => Count::Known(number),
        Shown::Hidden => Count::Suppressed { below },
    }
}

fn question(place: usize, table: &QuestionTable, below: u64) -> AnyView {
    let answered = match table.answered {
        Shown::Count(n) => format!("{} people answered", number_text(n)),
        Shown::Hidden => format!("Fewer than {below} people answered"),
    };
    let body = if table.lines.is_empty() {
        view! { <p class="govuk-body">{answered} " in their own words."</p> }.into_any()
    } else {
        let base = table.answered.number().unwrap_or(0);
        let bars: Vec<Bar> = table
            .lines
            .iter()
            .map(|line| Bar::new(line.label.clone(), count(line.count, below)))
            .collect();
        let caption = Caption::new(
            format!("question-{place}"),
            most(&table.lines, "Most chosen"),
        )
        .base(answered);
        bar_chart(&caption, base, &bars)
    };
    view! {
        <section class="app-question">
            <h2 class="govuk-heading-m">{table.prompt.clone()}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn statements(figures: &Figures) -> AnyView {
    let voted: Vec<_> = figures
        .statements
        .iter()
        .filter(|s| s.votes.all() > 0)
        .collect();
    if voted.is_empty() {
        return ().into_any();
    }
    let number = |n: i64| u64::try_from(n).unwrap_or(0);
    let stacks: Vec<Stack> = voted
        .iter()
        .take(MOST_STATEMENTS)
        .map(|s| Stack {
            label: s.text.clone(),
            agree: number(s.votes.agrees),
            disagree: number(s.votes.disagrees),
            pass: number(s.votes.passes),
        })
        .collect();
    let sentence = voted.first().map_or_else(String::new, |first| {
        let equals = |other: &StatementResult| {
            first.votes.agrees * other.votes.all() == other.votes.agrees * first.votes.all()
        };
        match voted.iter().filter(|other| equals(other)).count() {
            0 | 1 => format!("Most agreed with: “{}”", first.text),
            level => format!("Most agreed with: {level} statements are level"),
        }
    });
    let shown = stacks.len();
    let base = format!(
        "{} people voted on {} statements; the {shown} with the highest share of agreement are \
         shown",
        number_text(figures.voters),
        voted.len()
    );
    let chart = stacked_chart(&Caption::new("statements", sentence).base(base), &stacks);
    view! {
        <section class="app-question">
            <h2 class="govuk-heading-m">"Statements"</h2>
            {chart}
        </section>
    }
    .into_any()
}
