//! Charts drawn on the server as SVG: the sentence they say as heading, direct labels, zero
//! baselines, counts beside percentages, the same as a table one step away.
//!
//! Lengths along the page are percentages and text is in CSS pixels, so a chart fills its column
//! at 320 px and at 1440 px with text of one size. Deliberately not here: suppression, which the
//! domain decides; a suppressed [`Count`] arrives without its number, so none can leak.

mod bars;
mod days;
mod map;
mod stacked;
mod standings;

pub use bars::{Bar, bar_chart};
pub use days::{Day, day_chart};
pub use map::{Frame, Shape, ward_map};
pub use stacked::{Stack, stacked_chart};
pub use standings::{Stood, standings_chart};

use leptos::prelude::*;

use super::field::grouped;
use super::parts::details;
use super::table::{Column, text_table};

/// A number that may be shown, or that it may not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Shown.
    Known(u64),
    /// Held back because it, or one that could be worked out from it, is below this number.
    Suppressed {
        /// The threshold, shown instead.
        below: u64,
    },
}

impl Count {
    /// The number, 0 when held back.
    pub(super) fn shown(self) -> u64 {
        match self {
            Self::Known(number) => number,
            Self::Suppressed { .. } => 0,
        }
    }

    /// `1,204`, or `fewer than 10`.
    pub fn text(self) -> String {
        match self {
            Self::Known(number) => number_text(number),
            Self::Suppressed { below } => format!("fewer than {below}"),
        }
    }

    /// `1,204 (18%)` of `base`, or `fewer than 10`.
    pub fn of(self, base: u64) -> String {
        match self {
            Self::Known(number) if base > 0 => {
                format!("{} ({})", number_text(number), percent(number, base))
            }
            other => other.text(),
        }
    }
}

/// `1204` as `1,204`.
pub fn number_text(number: u64) -> String {
    grouped(usize::try_from(number).unwrap_or(usize::MAX))
}

/// A whole percentage; what is between 0 and 1 says `under 1%`.
pub fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    let share = share(part, whole);
    if part > 0 && share < 0.01 {
        "under 1%".to_owned()
    } else {
        format!("{:.0}%", share * 100.0)
    }
}

/// What stands around a drawing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caption {
    /// Unique on the page; start of the ids within.
    pub id: String,
    /// The sentence the chart says: "Most want the crossing kept".
    pub sentence: String,
    /// What it shows, for those who cannot see it.
    pub description: String,
    /// The base: "213 of 1,204 people answered"; empty for none.
    pub base: String,
    /// Level of the heading: 2 where the chart stands right below the page's own; else 3.
    pub level: u8,
    /// Whether the table stands open below the drawing instead of one step away.
    pub open_table: bool,
}

impl Caption {
    /// A caption whose description is its sentence.
    pub fn new(id: impl Into<String>, sentence: impl Into<String>) -> Self {
        let sentence = sentence.into();
        Self {
            id: id.into(),
            description: sentence.clone(),
            sentence,
            ..Self::default()
        }
    }

    /// With the base beside it.
    #[must_use]
    pub fn base(mut self, base: impl Into<String>) -> Self {
        self.base = base.into();
        self
    }

    /// With a description of what it shows.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// With a heading right below the page's own.
    #[must_use]
    pub fn second_level(mut self) -> Self {
        self.level = 2;
        self
    }

    /// With the table open.
    #[must_use]
    pub fn open_table(mut self) -> Self {
        self.open_table = true;
        self
    }
}

/// The same numbers as a table: columns, rows, and whether anything in it is suppressed.
pub(super) struct Twin {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<String>>,
    pub suppressed: bool,
}

fn figure(caption: &Caption, svg: String, twin: Twin) -> AnyView {
    let table = text_table(caption.sentence.clone(), &twin.columns, twin.rows);
    let table = if caption.open_table {
        table
    } else {
        details("The same as a table", table)
    };
    let base = (!caption.base.is_empty())
        .then(|| view! { <p class="app-chart__base">{caption.base.clone()}</p> });
    let suppressed = twin.suppressed.then(|| {
        view! {
            <p class="app-chart__base">
                "Hatched: too few people to show without giving someone away."
            </p>
        }
    });
    let sentence = caption.sentence.clone();
    let heading = if caption.level == 2 {
        view! { <h2 class="app-chart__sentence">{sentence}</h2> }.into_any()
    } else {
        view! { <h3 class="app-chart__sentence">{sentence}</h3> }.into_any()
    };
    view! {
        <figure class="app-chart">
            <figcaption>{heading}</figcaption>
            <div class="app-chart__drawing" inner_html=svg></div>
            {base}
            {suppressed}
            {table}
        </figure>
    }
    .into_any()
}

/// The start of a drawing as wide as its column and `height` CSS pixels high.
fn open_svg(caption: &Caption, height: u32) -> String {
    format!(
        "<svg class=\"app-chart__svg\" width=\"100%\" height=\"{height}\" {}",
        named(caption)
    )
}

/// Role, name, description and the hatch of what is suppressed.
fn named(caption: &Caption) -> String {
    let (id, title, desc) = (
        escape(&caption.id),
        escape(&caption.sentence),
        escape(&caption.description),
    );
    format!(
        "role=\"img\" aria-labelledby=\"{id}-title {id}-desc\"><title id=\"{id}-title\">{title}\
         </title><desc id=\"{id}-desc\">{desc}</desc><defs><pattern id=\"{id}-hatch\" width=\"7\" \
         height=\"7\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect \
         class=\"app-chart__hatch-ground\" width=\"7\" height=\"7\"/><line \
         class=\"app-chart__hatch-line\" y2=\"7\" stroke-width=\"4\"/></pattern></defs>"
    )
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

/// Lines of at most `width` characters, broken between words where that is possible.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let Some(line) = lines.last_mut() else { break };
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of people are far below 2^52"
)]
fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

#[cfg(test)]
mod tests;
