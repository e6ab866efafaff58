//! Agree, disagree, pass: one bar a statement, its numbers below it.

use std::fmt::Write as _;

use leptos::prelude::*;

use super::super::table::Column;
use super::{Caption, Twin, escape, figure, number_text, open_svg, percent, share, wrapped};

/// Votes on one statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stack {
    /// The statement.
    pub label: String,
    /// How many agree.
    pub agree: u64,
    /// How many disagree.
    pub disagree: u64,
    /// How many passed.
    pub pass: u64,
}

const LINE: u32 = 23;
const BAR: u32 = 22;
const GAP: u32 = 20;

/// Statements in the order given, each bar to its own number of votes.
pub fn stacked_chart(caption: &Caption, stacks: &[Stack]) -> AnyView {
    let id = escape(&caption.id);
    let mut body = format!(
        "<defs><pattern id=\"{id}-disagree\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(-45)\"><rect class=\"app-chart__disagree\" width=\"6\" \
         height=\"6\"/><line class=\"app-chart__stripe\" y2=\"6\" stroke-width=\"2\"/></pattern></defs>"
    );
    let striped = format!(" fill=\"url(#{id}-disagree)\"");
    let mut y = 0;
    for stack in stacks {
        for line in wrapped(&stack.label, 36) {
            y += LINE;
            let _ = write!(
                body,
                "<text class=\"app-chart__label\" y=\"{}\">{}</text>",
                y - 6,
                escape(&line)
            );
        }
        y += 2;
        let votes = stack.agree + stack.disagree + stack.pass;
        let mut x = 0.0;
        for (class, fill, number) in [
            ("agree", "", stack.agree),
            ("striped", striped.as_str(), stack.disagree),
            ("pass", "", stack.pass),
        ] {
            let width = share(number, votes) * 100.0;
            let _ = write!(
                body,
                "<rect class=\"app-chart__{class}\"{fill} x=\"{x:.2}%\" y=\"{y}\" width=\"{width:.2}%\" height=\"{BAR}\"/>"
            );
            x += width;
        }
        y += BAR;
        for line in numbers(stack, votes) {
            y += LINE - 1;
            let _ = write!(
                body,
                "<text class=\"app-chart__value\" y=\"{}\">{line}</text>",
                y - 5
            );
        }
        y += GAP;
    }
    let svg = format!("{}{body}</svg>", open_svg(caption, y));
    let columns = vec![
        Column::text("Statement"),
        Column::number("Agree"),
        Column::number("Disagree"),
        Column::number("Pass"),
        Column::number("Votes"),
    ];
    let rows = stacks
        .iter()
        .map(|s| {
            let votes = s.agree + s.disagree + s.pass;
            let mut row = vec![s.label.clone()];
            row.extend([s.agree, s.disagree, s.pass, votes].map(number_text));
            row
        })
        .collect();
    figure(
        caption,
        svg,
        Twin {
            columns,
            rows,
            suppressed: false,
        },
    )
}

fn numbers(stack: &Stack, votes: u64) -> Vec<String> {
    if votes == 0 {
        return vec!["No votes yet".to_owned()];
    }
    let part = |number: u64, word: &str| {
        format!(
            "{} {word} ({})",
            number_text(number),
            percent(number, votes)
        )
    };
    vec![
        format!(
            "<tspan class=\"app-chart__say-agree\">{}</tspan> · <tspan class=\"app-chart__say-disagree\">{}</tspan>",
            part(stack.agree, "agree"),
            part(stack.disagree, "disagree")
        ),
        format!(
            "{} · {} votes",
            part(stack.pass, "pass"),
            number_text(votes)
        ),
    ]
}
