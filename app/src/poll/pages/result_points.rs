//! Points: bars, and the table that they are drawn from.

use domain::vote::tally::{Line, Rule, Tally};
use leptos::prelude::*;

use super::result_ranked::draws;
use crate::ui::chart::{Caption, Stood, number_text, percent, standings_chart};
use crate::ui::table::{Column, text_table};

/// Most points first; equals in the order of the paper.
fn ordered(tally: &Tally) -> Vec<&Line> {
    let mut lines: Vec<&Line> = tally.totals.iter().collect();
    lines.sort_by_key(|line| std::cmp::Reverse((line.points, line.voters)));
    lines
}

fn cast(tally: &Tally) -> u64 {
    tally.ballots + tally.blank
}

/// The drawing.
pub(super) fn picture(caption: Caption, tally: &Tally) -> AnyView {
    let approval = matches!(tally.rule, Rule::Approval { .. });
    let lines = ordered(tally);
    #[expect(clippy::cast_precision_loss, reason = "points are far below 2^52")]
    let stood: Vec<Stood> = lines
        .iter()
        .map(|line| {
            let won = tally.elected.contains(&line.option);
            let value = if approval {
                format!(
                    "{} ({})",
                    number_text(line.points),
                    percent(line.points, cast(tally))
                )
            } else {
                number_text(line.points)
            };
            Stood {
                label: if won {
                    format!("✓ {}", line.option)
                } else {
                    line.option.clone()
                },
                amount: line.points as f64,
                more: 0.0,
                value,
                won,
            }
        })
        .collect();
    let base = match tally.rule {
        Rule::Approval { .. } => format!(
            "Each of {} ballots could choose several. ✓ and solid: wins.",
            number_text(cast(tally))
        ),
        _ => format!(
            "Points of {} ballots. ✓ and solid: wins.",
            number_text(cast(tally))
        ),
    };
    standings_chart(&caption.base(base), None, &stood, columns(), rows(tally))
}

fn columns() -> Vec<Column> {
    vec![
        Column::text("Option"),
        Column::number("Points"),
        Column::number("Ballots that gave it any"),
        Column::number("Share of ballots"),
        Column::text("Result"),
    ]
}

fn rows(tally: &Tally) -> Vec<Vec<String>> {
    ordered(tally)
        .into_iter()
        .map(|line| {
            let place = tally.elected.iter().position(|name| *name == line.option);
            vec![
                line.option.clone(),
                number_text(line.points),
                number_text(line.voters),
                percent(line.voters, cast(tally)),
                match place {
                    Some(at) if tally.seats > 1 => format!("Wins place {}", at + 1),
                    Some(_) => "Wins".to_owned(),
                    None => String::new(),
                },
            ]
        })
        .collect()
}

/// The table, open, with blanks and draws.
pub(super) fn working(tally: &Tally) -> AnyView {
    let places = if tally.seats == 1 {
        "1 place to fill".to_owned()
    } else {
        format!("{} places to fill", tally.seats)
    };
    let told = format!(
        "{places}. {} ballots gave something, {} were blank.",
        number_text(tally.ballots),
        number_text(tally.blank)
    );
    view! {
        <p class="govuk-body">{told}</p>
        {text_table("Points of every option", &columns(), rows(tally))}
        {draws(&tally.draws, &tally.seed)}
    }
    .into_any()
}
