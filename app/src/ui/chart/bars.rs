//! Horizontal bars with their label above and their number at the end.

use std::fmt::Write as _;

use leptos::prelude::*;

use super::super::table::Column;
use super::{Caption, Count, Twin, escape, figure, open_svg, share, wrapped};

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// What is counted.
    pub label: String,
    /// How many.
    pub count: Count,
    /// Share expected, 0 to 1, drawn as a mark: of residents, where bars are of respondents.
    pub against: Option<f64>,
}

impl Bar {
    /// A bar.
    pub fn new(label: impl Into<String>, count: Count) -> Self {
        Self {
            label: label.into(),
            count,
            against: None,
        }
    }

    /// With a share to compare with.
    #[must_use]
    pub fn against(mut self, share: f64) -> Self {
        self.against = Some(share);
        self
    }
}

/// Width of the longest bar, in percent: the rest is for its number.
const LONGEST: f64 = 64.0;
const LINE: u32 = 22;
const BAR: u32 = 20;
const GAP: u32 = 14;

/// Bars in the order given. `base` is the number of people asked, for percentages; 0 for none.
pub fn bar_chart(caption: &Caption, base: u64, bars: &[Bar]) -> AnyView {
    let compared = bars.iter().any(|bar| bar.against.is_some());
    let whole = base.max(1);
    let longest = bars
        .iter()
        .map(|bar| share(bar.count.shown(), whole).max(bar.against.unwrap_or(0.0)))
        .fold(0.0, f64::max);
    let scale = if longest > 0.0 {
        LONGEST / longest
    } else {
        0.0
    };
    let mut body = String::new();
    let mut y = 0;
    for bar in bars {
        for line in wrapped(&bar.label, 36) {
            y += LINE;
            let _ = write!(
                body,
                "<text class=\"app-chart__label\" y=\"{}\">{}</text>",
                y - 6,
                escape(&line)
            );
        }
        let width = match bar.count {
            Count::Known(number) => share(number, whole) * scale,
            Count::Suppressed { .. } => 6.0,
        };
        let mark = bar.against.map(|expected| expected * scale);
        draw(&mut body, caption, bar, y, width, mark, base);
        if let Some(x) = mark {
            let _ = write!(
                body,
                "<line class=\"app-chart__mark\" x1=\"{x:.2}%\" x2=\"{x:.2}%\" y1=\"{}\" y2=\"{}\"/>",
                y.saturating_sub(3),
                y + BAR + 3
            );
        }
        y += BAR + GAP;
    }
    let svg = format!("{}{body}</svg>", open_svg(caption, y));
    let mut columns = vec![Column::text("Answer"), Column::number("Number")];
    if base > 0 {
        columns.push(Column::number("Share"));
    }
    if compared {
        columns.push(Column::number("Compared with"));
    }
    let rows = bars.iter().map(|bar| row(bar, base, compared)).collect();
    let suppressed = bars
        .iter()
        .any(|bar| matches!(bar.count, Count::Suppressed { .. }));
    figure(
        caption,
        svg,
        Twin {
            columns,
            rows,
            suppressed,
        },
    )
}

fn draw(
    body: &mut String,
    caption: &Caption,
    bar: &Bar,
    y: u32,
    width: f64,
    mark: Option<f64>,
    base: u64,
) {
    let hatch = match bar.count {
        Count::Known(_) => String::new(),
        Count::Suppressed { .. } => format!(" fill=\"url(#{}-hatch)\"", escape(&caption.id)),
    };
    let class = if hatch.is_empty() {
        "app-chart__bar"
    } else {
        "app-chart__held"
    };
    let label_x = width.max(mark.unwrap_or(0.0));
    let _ = write!(
        body,
        "<rect class=\"{class}\"{hatch} y=\"{y}\" width=\"{width:.2}%\" height=\"{BAR}\"/>\
         <text class=\"app-chart__value\" x=\"{:.2}%\" dx=\"8\" y=\"{}\">{}</text>",
        label_x,
        y + BAR - 5,
        escape(&bar.count.of(base))
    );
}

fn row(bar: &Bar, base: u64, compared: bool) -> Vec<String> {
    let mut row = vec![bar.label.clone(), bar.count.text()];
    if base > 0 {
        row.push(match bar.count {
            Count::Known(number) => super::percent(number, base),
            Count::Suppressed { .. } => "not shown".to_owned(),
        });
    }
    if compared {
        row.push(
            bar.against
                .map_or_else(String::new, |share| format!("{:.0}%", share * 100.0)),
        );
    }
    row
}
