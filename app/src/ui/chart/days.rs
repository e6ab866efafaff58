//! Columns, one a day, on a zero baseline; the highest says its number.

use std::fmt::Write as _;

use jiff::civil::Date;
use leptos::prelude::*;

use super::super::dates;
use super::super::table::Column;
use super::{Caption, Twin, figure, number_text, open_svg, share};

/// What came in on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// The day in London.
    pub date: Date,
    /// How many.
    pub count: u64,
}

const TOP: u32 = 26;
const PLOT: u32 = 130;
const FOOT: u32 = 28;

/// Days from first to last, none left out: a day with nothing has a count of 0.
pub fn day_chart(caption: &Caption, days: &[Day]) -> AnyView {
    let most = days.iter().map(|day| day.count).max().unwrap_or(0);
    let step = 100.0 / f64::from(u32::try_from(days.len().max(1)).unwrap_or(u32::MAX));
    let mut body = String::new();
    let mut x = 0.0;
    let mut peak_told = false;
    let baseline = TOP + PLOT;
    for (at, day) in days.iter().enumerate() {
        let height = share(day.count, most) * f64::from(PLOT);
        let top = f64::from(baseline) - height;
        let width = step * 0.82;
        let _ = write!(
            body,
            "<rect class=\"app-chart__bar\" x=\"{x:.2}%\" y=\"{top:.1}\" width=\"{width:.2}%\" height=\"{height:.1}\"/>"
        );
        if day.count == most && most > 0 && !peak_told {
            peak_told = true;
            let (middle, anchor) = side(x + step / 2.0);
            let text = format!("{} on {}", number_text(most), dates::short(day.date));
            let _ = write!(
                body,
                "<text class=\"app-chart__value\" x=\"{middle:.2}%\" y=\"18\" text-anchor=\"{anchor}\">{text}</text>"
            );
        }
        let last = at + 1 == days.len();
        if at == 0 || (last && days.len() > 1) {
            let (place, anchor) = if last && at > 0 {
                (100.0, "end")
            } else {
                (0.0, "start")
            };
            let _ = write!(
                body,
                "<text class=\"app-chart__axis\" x=\"{place}%\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
                baseline + FOOT - 8,
                dates::short(day.date)
            );
        }
        x += step;
    }
    let _ = write!(
        body,
        "<line class=\"app-chart__baseline\" x1=\"0\" x2=\"100%\" y1=\"{baseline}\" y2=\"{baseline}\"/>"
    );
    let svg = format!("{}{body}</svg>", open_svg(caption, baseline + FOOT));
    let columns = vec![Column::text("Day"), Column::number("Number")];
    let rows = days
        .iter()
        .map(|day| vec![dates::civil(day.date), number_text(day.count)])
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

/// Near an edge a label leans inwards, so that it is not cut.
fn side(x: f64) -> (f64, &'static str) {
    if x < 20.0 {
        (0.0, "start")
    } else if x > 80.0 {
        (100.0, "end")
    } else {
        (x, "middle")
    }
}
