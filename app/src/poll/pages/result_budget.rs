//! A budget: what is funded, round by round, and what each rule would have funded.

use std::cmp::Reverse;
use std::collections::HashSet;

use domain::poll::read::PollView;
use domain::poll::{Poll, PollOption, Wanted};
use domain::vote::budget::{Bought, Comparison, Count, Outcome, Round, Weighed};
use leptos::prelude::*;

use crate::messages::poll::result as words;
use crate::ui::chart::{Caption, Stood, number_text, percent, standings_chart};
use crate::ui::table::{Column, table, text_table};

/// A project by the position that ballots name it by.
fn project<'a>(poll: &'a Poll, id: &str) -> Option<&'a PollOption> {
    id.parse().ok().and_then(|position| poll.option(position))
}

fn name(poll: &Poll, id: &str) -> String {
    project(poll, id).map_or_else(|| id.to_owned(), |one| one.name.clone())
}

/// The drawing: how many ballots each project is on, the funded ones solid, most votes first; what each
/// costs stands beside its name.
pub(super) fn picture(caption: Caption, poll: &Poll, count: &Count, wanted: &[Wanted]) -> AnyView {
    let cast = count.ballots as u64;
    let votes = |one: &PollOption| {
        let id = one.position.to_string();
        let found = wanted.iter().find(|wanted| wanted.project == id);
        found.map_or(0, |wanted| wanted.votes)
    };
    let funded = |one: &PollOption| count.funded.contains(&one.position.to_string());
    let mut order: Vec<&PollOption> = poll.options.iter().collect();
    order.sort_by_key(|one| (Reverse(votes(one)), !funded(one), one.position));
    let cost = |one: &PollOption| words::pounds(one.cost.unwrap_or(0));
    #[expect(clippy::cast_precision_loss, reason = "lengths of bars")]
    let stood: Vec<Stood> = order
        .iter()
        .map(|one| {
            let mark = if funded(one) { "✓ " } else { "" };
            Stood {
                label: format!("{mark}{}, {}", one.name, cost(one)),
                amount: votes(one) as f64,
                more: 0.0,
                value: format!(
                    "{} ({})",
                    number_text(votes(one)),
                    percent(votes(one), cast)
                ),
                won: funded(one),
            }
        })
        .collect();
    let rows = order
        .iter()
        .map(|one| {
            let result = match funded(one) {
                true => "Funded",
                false => "Not funded",
            };
            vec![
                one.name.clone(),
                number_text(votes(one)),
                percent(votes(one), cast),
                cost(one),
                result.to_owned(),
            ]
        })
        .collect();
    let columns = vec![
        Column::text("Project"),
        Column::number("Ballots"),
        Column::number("Share of ballots"),
        Column::number("Cost"),
        Column::text("Result"),
    ];
    let left = count.budget.minor().saturating_sub(count.cost.minor());
    let least_funded = order.iter().rev().find(|one| funded(one));
    let passed_over = least_funded.is_some_and(|least| {
        let more = |one: &&PollOption| !funded(one) && votes(one) > votes(least);
        order.iter().any(more)
    });
    let why = if passed_over {
        words::NOT_BY_VOTES_ALONE
    } else {
        ""
    };
    let base = format!(
        "How many of {} ballots each project is on, and what it costs. ✓ and solid: funded. {} of the \
         money is left.{why}",
        number_text(cast),
        words::pounds(left),
    );
    standings_chart(&caption.base(base), None, &stood, columns, rows)
}

/// Rounds in order, then every rule side by side.
pub(super) fn working(view: &PollView, count: &Count, comparison: &Comparison) -> AnyView {
    let share = match (count.ballots, count.added) {
        (0, _) | (_, None) => None,
        (ballots, Some(added)) => {
            let each = count.budget.minor() / (ballots as u64);
            Some(format!(
                "Each of {} voters has an equal share of the money: {}. Raising every share by {} \
                 more is what spends the most without going over.",
                number_text(ballots as u64),
                words::pounds(each),
                words::pounds(added.saturating_mul(100))
            ))
        }
    };
    view! {
        {share.map(|told| view! { <p class="govuk-body">{told}</p> })}
        <h3 class="govuk-heading-m">"Round by round"</h3>
        {rounds(&view.poll, count)}
        <h3 class="govuk-heading-m">"What each rule would have funded"</h3>
        <p class="govuk-body">
            "The rule was fixed before the vote. Here is what the same ballots would have funded by \
             the others, so that you can see what the rule decides."
        </p>
        {side_by_side(view, count, comparison)}
    }
    .into_any()
}

fn rounds(poll: &Poll, count: &Count) -> AnyView {
    let bought: Vec<(usize, &Bought)> = count
        .rounds
        .iter()
        .enumerate()
        .filter_map(|(at, round)| match round {
            Round::Bought(bought) => Some((at + 1, bought)),
            Round::Weighed(_) => None,
        })
        .collect();
    let weighed: Vec<(usize, &Weighed)> = count
        .rounds
        .iter()
        .enumerate()
        .filter_map(|(at, round)| match round {
            Round::Weighed(weighed) => Some((at + 1, weighed)),
            Round::Bought(_) => None,
        })
        .collect();
    if bought.is_empty() && weighed.is_empty() {
        return view! { <p class="govuk-body">"No project was funded in any round."</p> }
            .into_any();
    }
    view! {
        {(!bought.is_empty()).then(|| bought_table(poll, &bought))}
        {(!weighed.is_empty()).then(|| weighed_table(poll, &weighed))}
    }
    .into_any()
}

fn bought_table(poll: &Poll, bought: &[(usize, &Bought)]) -> AnyView {
    let columns = [
        Column::text("Round and project"),
        Column::number("Cost"),
        Column::number("People who want it"),
        Column::number("Each pays"),
        Column::number("Gave all they had left"),
    ];
    let rows = bought
        .iter()
        .map(|(round, one)| {
            vec![
                format!("{round}. {}", name(poll, &one.project)),
                words::pounds(one.cost.minor()),
                number_text(one.supporters),
                words::paid(&one.full_price),
                number_text(one.gave_all),
            ]
        })
        .collect();
    text_table("Projects that their supporters paid for", &columns, rows)
}

fn weighed_table(poll: &Poll, weighed: &[(usize, &Weighed)]) -> AnyView {
    let with_score = weighed
        .iter()
        .any(|(_, one)| (one.score - exact(one.votes)).abs() > f64::EPSILON);
    let mut columns = vec![
        Column::text("Round and project"),
        Column::number("Cost"),
        Column::number("Votes"),
    ];
    if with_score {
        columns.push(Column::number("Score"));
    }
    columns.push(Column::number("Money left before"));
    columns.push(Column::text("Result"));
    let rows = weighed
        .iter()
        .map(|(round, one)| {
            let mut row = vec![
                format!("{round}. {}", name(poll, &one.project)),
                words::pounds(one.cost.minor()),
                number_text(one.votes),
            ];
            if with_score {
                row.push(one.score.to_string());
            }
            row.push(words::pounds(one.left.minor()));
            row.push(
                if one.funded {
                    "Funded"
                } else {
                    "Costs more than is left"
                }
                .to_owned(),
            );
            row
        })
        .collect();
    text_table("Projects by most votes", &columns, rows)
}

#[expect(clippy::cast_precision_loss, reason = "votes are far below 2^52")]
fn exact(votes: u64) -> f64 {
    votes as f64
}

/// Projects down, rules across; below them what each rule costs and whom it serves.
fn side_by_side(view: &PollView, count: &Count, comparison: &Comparison) -> AnyView {
    let poll = &view.poll;
    let rules = &comparison.rules;
    let mut columns = vec![Column::text("Project"), Column::number("Cost")];
    let with_areas = poll.options.iter().any(|one| one.area.is_some());
    if with_areas {
        columns.push(Column::text("Where"));
    }
    columns.extend(rules.iter().map(|outcome| {
        let name = words::budget_rule(&outcome.rule);
        Column::text(if outcome.rule == count.rule {
            format!("{name} (decides)")
        } else {
            name
        })
    }));
    let funded: Vec<HashSet<&str>> = rules
        .iter()
        .map(|outcome| outcome.funded.iter().map(String::as_str).collect())
        .collect();
    let mut rows: Vec<Vec<AnyView>> = poll
        .options
        .iter()
        .map(|one| {
            let id = one.position.to_string();
            let mut row = vec![
                one.name.clone().into_any(),
                words::pounds(one.cost.unwrap_or(0)).into_any(),
            ];
            if with_areas {
                let place = one
                    .area
                    .map_or_else(|| "Whole borough".to_owned(), |area| view.area_name(area.0));
                row.push(place.into_any());
            }
            row.extend(funded.iter().map(|set| {
                if set.contains(id.as_str()) {
                    view! { <strong class="app-funded">"✓ Funded"</strong> }.into_any()
                } else {
                    view! { <span class="app-not-funded">"–"<span class="govuk-visually-hidden">" not funded"</span></span> }.into_any()
                }
            }));
            row
        })
        .collect();
    let mut line = |name: &'static str, of: &dyn Fn(&Outcome) -> String| {
        let mut row = vec![view! { <strong>{name}</strong> }.into_any(), ().into_any()];
        if with_areas {
            row.push(().into_any());
        }
        row.extend(rules.iter().map(|outcome| of(outcome).into_any()));
        rows.push(row);
    };
    line("Cost of all", &|outcome| {
        words::pounds(outcome.cost.minor())
    });
    line("Voters who get something", &|outcome| {
        let (some, all) = (
            outcome.ballots_with_something as u64,
            comparison.ballots as u64,
        );
        format!(
            "{} of {} ({})",
            number_text(some),
            number_text(all),
            percent(some, all)
        )
    });
    line("Funded projects a voter wanted, on average", &|outcome| {
        format!("{:.1}", outcome.mean_funded)
    });
    table("The same ballots by every rule", &columns, rows)
}
