//! One statement with what each group says to it: a bar a group, counts beside percentages.

use domain::insight::disclosure::{PUBLIC, Shown};
use domain::insight::opinion::{Opinion, Said, StatementOpinion};
use domain::vote::opinion::letter;
use leptos::prelude::*;

use super::group::badge;
use crate::messages::opinion as words;
use crate::ui::chart::{number_text, percent};

/// The hatches that the bars of this page use: once, before the first bar.
pub fn patterns() -> AnyView {
    let defs = "<svg class=\"app-says__defs\" width=\"0\" height=\"0\" aria-hidden=\"true\" \
        focusable=\"false\"><defs><pattern id=\"says-disagree\" width=\"6\" height=\"6\" \
        patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(-45)\"><rect \
        class=\"app-chart__disagree\" width=\"6\" height=\"6\"/><line class=\"app-chart__stripe\" \
        y2=\"6\" stroke-width=\"2\"/></pattern><pattern id=\"says-held\" width=\"7\" height=\"7\" \
        patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect \
        class=\"app-chart__hatch-ground\" width=\"7\" height=\"7\"/><line \
        class=\"app-chart__hatch-line\" y2=\"7\" stroke-width=\"4\"/></pattern></defs></svg>";
    view! { <div class="app-says__patterns" inner_html=defs></div> }.into_any()
}

/// Where the card of a statement is, for links.
pub fn anchor(one: &StatementOpinion) -> String {
    format!("statement-{}", one.id)
}

/// The cards of these statements.
pub fn list(opinion: &Opinion, all: &[&StatementOpinion]) -> AnyView {
    let items = all.iter().map(|one| statement(opinion, one)).collect_view();
    view! { <ul class="app-opinion__list">{items}</ul> }.into_any()
}

/// The card of a statement, the only one on its page: what is said to it in words, and a row a group.
fn statement(opinion: &Opinion, one: &StatementOpinion) -> AnyView {
    let lead = words::about(opinion, one);
    let rows: Vec<AnyView> = if opinion.groups.is_empty() {
        one.everybody.iter().map(|said| row(None, *said)).collect()
    } else {
        one.by_group
            .iter()
            .enumerate()
            .map(|(place, said)| row(Some(letter(place)), *said))
            .collect()
    };
    view! {
        <li class="app-opinion__item" id=anchor(one)>
            <p class="app-opinion__lead">{lead}</p>
            <p class="app-opinion__words" dir="auto">{one.text.clone()}</p>
            <div class="app-says">{rows}</div>
        </li>
    }
    .into_any()
}

fn row(group: Option<char>, said: Said) -> AnyView {
    let (badge, name) = match group {
        Some(letter) => (badge(letter), format!("Group {letter}: ")),
        None => (().into_any(), "Everybody: ".to_owned()),
    };
    let lit = group.map(|letter| letter.to_string());
    view! {
        <div class="app-says__row" data-group=lit>
            {badge}
            <div class="app-says__bar" inner_html=bar(said)></div>
            <p class="app-says__numbers">
                <span class="govuk-visually-hidden">{name}</span>
                {numbers(said)}
            </p>
        </div>
    }
    .into_any()
}

fn numbers(said: Said) -> AnyView {
    if said.is_hidden() {
        return words::TOO_FEW_VOTES.into_any();
    }
    let votes = said.about(PUBLIC);
    let part = |shown: Shown, word: &str| match shown {
        Shown::Count(number) => {
            format!(
                "{} {word} ({})",
                number_text(number),
                percent(number, votes)
            )
        }
        Shown::Hidden => format!("under {} {word}", PUBLIC.threshold),
    };
    view! {
        <span class="app-says__part app-says__agree">{part(said.agree, "agree")} ","</span>
        " "
        <span class="app-says__part app-says__disagree">{part(said.disagree, "disagree")} ","</span>
        " "
        <span class="app-says__part">{part(said.pass, "pass")}</span>
    }
    .into_any()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of people are far below 2^52"
)]
fn bar(said: Said) -> String {
    let shown = |count: Shown| count.number().unwrap_or(0);
    let whole = said.about(PUBLIC);
    let share = |number: u64| match whole {
        0 => 0.0,
        _ => number as f64 / whole as f64 * 100.0,
    };
    // What is held back is one hatched part: its share says nothing about one answer.
    let held = share(whole - shown(said.agree) - shown(said.disagree) - shown(said.pass));
    let mut x = 0.0;
    let mut out =
        "<svg width=\"100%\" height=\"18\" aria-hidden=\"true\" focusable=\"false\">".to_owned();
    for (class, fill, width) in [
        ("app-chart__agree", "", share(shown(said.agree))),
        ("app-chart__pass", "", share(shown(said.pass))),
        ("app-chart__held", " fill=\"url(#says-held)\"", held),
        (
            "app-chart__striped",
            " fill=\"url(#says-disagree)\"",
            share(shown(said.disagree)),
        ),
    ] {
        if width > 0.0 {
            out.push_str(&format!(
                "<rect class=\"{class}\"{fill} x=\"{x:.2}%\" width=\"{width:.2}%\" height=\"18\"/>"
            ));
            x += width;
        }
    }
    out.push_str("</svg>");
    out
}

/// Agree, disagree and pass for a cell of a table.
pub fn cell(said: Said) -> String {
    let votes = said.about(PUBLIC);
    if said.is_hidden() {
        return "too few".to_owned();
    }
    let part = |shown: Shown| match shown {
        Shown::Count(number) => format!("{} ({})", number_text(number), percent(number, votes)),
        Shown::Hidden => format!("under {}", PUBLIC.threshold),
    };
    format!(
        "{} / {} / {}",
        part(said.agree),
        part(said.disagree),
        part(said.pass)
    )
}
