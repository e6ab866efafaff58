//! A result: one bar for each candidate, those who won solid, the others striped, and a line that
//! they had to reach where there is one.

use std::fmt::Write as _;

use leptos::prelude::*;

use super::super::table::Column;
use super::{Caption, Twin, escape, figure, open_svg, wrapped};

/// One candidate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stood {
    /// Who, or what.
    pub label: String,
    /// How much, from the zero baseline.
    pub amount: f64,
    /// What came on top of it later, drawn behind the amount as a lighter part.
    pub more: f64,
    /// The amount in words, at the end of the bar: “412, wins”.
    pub value: String,
    /// Whether it won.
    pub won: bool,
}

/// Width of the longest bar, in percent: the rest is for its words.
const LONGEST: f64 = 60.0;
const LINE: u32 = 22;
const BAR: u32 = 22;
const GAP: u32 = 16;

/// Bars in the order given. `mark` is a line across them all and what it is. `columns` and `rows`
/// are the same as a table.
pub fn standings_chart(
    caption: &Caption,
    mark: Option<(f64, String)>,
    stood: &[Stood],
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
) -> AnyView {
    let most = stood
        .iter()
        .map(|one| one.amount + one.more)
        .chain(mark.as_ref().map(|(at, _)| *at))
        .fold(0.0, f64::max);
    let scale = if most > 0.0 { LONGEST / most } else { 0.0 };
    let id = escape(&caption.id);
    let defs = format!(
        "<defs><pattern id=\"{id}-lost\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(-45)\"><rect class=\"app-chart__lost\" width=\"7\" height=\"7\"/>\
         <line class=\"app-chart__stripe\" y2=\"7\" stroke-width=\"4\"/></pattern></defs>"
    );
    let mut body = String::new();
    let top = if mark.is_some() { LINE + 6 } else { 0 };
    let mut y = top;
    for one in stood {
        for line in wrapped(&one.label, 36) {
            y += LINE;
            let _ = write!(
                body,
                "<text class=\"app-chart__label app-chart__over{}\" y=\"{}\">{}</text>",
                if one.won {
                    " app-chart__label--won"
                } else {
                    ""
                },
                y - 6,
                escape(&line)
            );
        }
        let (width, more) = (one.amount * scale, one.more * scale);
        let fill = if one.won {
            String::new()
        } else {
            format!(" fill=\"url(#{id}-lost)\"")
        };
        let class = if one.won { "bar" } else { "lost-bar" };
        let _ = write!(
            body,
            "<rect class=\"app-chart__more\" y=\"{y}\" width=\"{:.2}%\" height=\"{BAR}\"/>\
             <rect class=\"app-chart__{class}\"{fill} y=\"{y}\" width=\"{width:.2}%\" \
             height=\"{BAR}\"/><text class=\"app-chart__value app-chart__over\" x=\"{:.2}%\" dx=\"8\" \
             y=\"{}\">{}</text>",
            width + more,
            width + more,
            y + BAR - 6,
            escape(&one.value)
        );
        y += BAR + GAP;
    }
    let _ = write!(
        body,
        "<line class=\"app-chart__baseline\" x1=\"0\" x2=\"0\" y1=\"{top}\" y2=\"{}\"/>",
        y.saturating_sub(GAP)
    );
    // Under the words, so that it crosses none of them.
    let mut line = String::new();
    if let Some((at, words)) = mark {
        let x = at * scale;
        // Words go on the side where there is room for them.
        let (anchor, dx) = if x > LONGEST / 2.0 {
            ("end", -6)
        } else {
            ("start", 6)
        };
        let _ = write!(
            line,
            "<line class=\"app-chart__quota\" x1=\"{x:.2}%\" x2=\"{x:.2}%\" y1=\"0\" y2=\"{}\"/>\
             <text class=\"app-chart__axis\" x=\"{x:.2}%\" dx=\"{dx}\" y=\"14\" \
             text-anchor=\"{anchor}\">{}</text>",
            y - GAP + 4,
            escape(&words)
        );
    }
    let svg = format!("{}{defs}{line}{body}</svg>", open_svg(caption, y));
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
