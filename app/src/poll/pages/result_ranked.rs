//! Ranked ballots: the drawing, every stage, each option against each, the draws by lot.

use domain::vote::ranked::{Count, Draw, Pairwise, Stage, Status, Total, Votes};
use leptos::prelude::*;

use crate::messages::poll::result as words;
use crate::ui::chart::{Caption, Stood, number_text, standings_chart};
use crate::ui::parts;
use crate::ui::table::{Column, table, text_table};

#[expect(clippy::cast_precision_loss, reason = "lengths of bars")]
fn amount(votes: Votes) -> f64 {
    votes.as_billionths() as f64 / 1e9
}

/// The drawing: first preferences and what came on top of them, or each rival of the winner.
pub(super) fn picture(caption: Caption, count: &Count) -> AnyView {
    match (&count.pairwise, count.elected.first()) {
        (Some(pairwise), Some(winner)) => rivals(caption, count, pairwise, winner),
        _ => first_and_most(caption, count),
    }
}

/// The most that a candidate had at any stage, and at which.
fn peak<'a>(count: &'a Count, name: &str) -> Option<(&'a Stage, &'a Total)> {
    let mut best: Option<(&Stage, &Total)> = None;
    for stage in &count.stages {
        for total in stage.totals.iter().filter(|total| total.candidate == name) {
            if best.is_none_or(|(_, most)| total.votes > most.votes) {
                best = Some((stage, total));
            }
        }
    }
    best
}

fn first_and_most(caption: Caption, count: &Count) -> AnyView {
    let places = words::places(count);
    let first = |name: &str| {
        count
            .stages
            .first()
            .and_then(|stage| stage.totals.iter().find(|t| t.candidate == name))
            .map_or(Votes::ZERO, |total| total.votes)
    };
    let mut order: Vec<(&str, Votes, Votes, bool)> = count
        .candidates
        .iter()
        .filter(|one| one.status != Status::Withdrawn)
        .map(|one| {
            let most = peak(count, &one.name).map_or(Votes::ZERO, |(_, total)| total.votes);
            let won = count.elected_numbers.contains(&one.number);
            (one.name.as_str(), first(&one.name), most, won)
        })
        .collect();
    let place = |name: &str| {
        count
            .elected
            .iter()
            .position(|n| n == name)
            .unwrap_or(usize::MAX)
    };
    order.sort_by(|a, b| place(a.0).cmp(&place(b.0)).then(b.2.cmp(&a.2)));
    let stood: Vec<Stood> = order
        .iter()
        .map(|(name, first, most, won)| Stood {
            label: if *won {
                format!("✓ {name}")
            } else {
                (*name).to_owned()
            },
            amount: amount(*first),
            more: amount(*most) - amount(*first),
            value: if first == most {
                words::votes_text(*most, 0)
            } else {
                format!(
                    "{} → {}",
                    words::votes_text(*first, 0),
                    words::votes_text(*most, 0)
                )
            },
            won: *won,
        })
        .collect();
    let rows = order
        .iter()
        .map(|(name, first, most, won)| {
            vec![
                (*name).to_owned(),
                words::votes_text(*first, places),
                words::votes_text(*most, places),
                if *won { "Chosen" } else { "" }.to_owned(),
            ]
        })
        .collect();
    let columns = vec![
        Column::text("Option"),
        Column::number("First preferences"),
        Column::number("Most at any stage"),
        Column::text("Result"),
    ];
    let mark = count
        .quota
        .filter(|_| count.rule != domain::vote::ranked::Rule::Irv)
        .map(|quota| {
            (
                amount(quota),
                format!("Quota {}", words::votes_text(quota, 0)),
            )
        });
    let base = format!(
        "{} ballots with a preference. Solid or striped: first preferences; pale: what passed to it \
         later. ✓ and solid: chosen.",
        number_text(count.ballots)
    );
    standings_chart(&caption.base(base), mark, &stood, columns, rows)
}

fn cell(table: &[Vec<u64>], row: usize, column: usize) -> u64 {
    table
        .get(row)
        .and_then(|cells| cells.get(column))
        .copied()
        .unwrap_or(0)
}

/// The winner against each other option.
fn rivals(caption: Caption, count: &Count, pairwise: &Pairwise, winner: &str) -> AnyView {
    let names = &pairwise.candidates;
    let at = names.iter().position(|name| name == winner).unwrap_or(0);
    let mut others: Vec<(usize, u64, u64)> = (0..names.len())
        .filter(|other| *other != at)
        .map(|other| {
            let (for_it, against) = (
                cell(&pairwise.preferred, at, other),
                cell(&pairwise.preferred, other, at),
            );
            (other, for_it, against)
        })
        .collect();
    others.sort_by_key(|(_, for_it, against)| {
        std::cmp::Reverse(against.saturating_sub(*for_it).max(*against))
    });
    let name = |at: usize| names.get(at).cloned().unwrap_or_default();
    #[expect(clippy::cast_precision_loss, reason = "lengths of bars")]
    let stood: Vec<Stood> = others
        .iter()
        .flat_map(|(other, for_it, against)| {
            [
                Stood {
                    label: format!("{winner}, against {}", name(*other)),
                    amount: *for_it as f64,
                    value: number_text(*for_it),
                    won: true,
                    ..Stood::default()
                },
                Stood {
                    label: name(*other),
                    amount: *against as f64,
                    value: number_text(*against),
                    ..Stood::default()
                },
            ]
        })
        .collect();
    let rows = others
        .iter()
        .map(|(other, for_it, against)| {
            vec![name(*other), number_text(*for_it), number_text(*against)]
        })
        .collect();
    let columns = vec![
        Column::text("Against"),
        Column::number(format!("Prefer {winner}")),
        Column::number("Prefer the other"),
    ];
    let base = format!(
        "One against one, of {} ballots with a preference. Solid: {winner}.",
        number_text(count.ballots)
    );
    standings_chart(&caption.base(base), None, &stood, columns, rows)
}

/// Every stage in words and as a table, what moved, pairs, order and draws.
pub(super) fn working(count: &Count) -> AnyView {
    let places = words::places(count);
    // In an instant run-off it is half of what is still in play, and moves with every stage.
    let fixed = count.rule != domain::vote::ranked::Rule::Irv;
    let quota = count.quota.filter(|_| fixed).map(|quota| {
        format!(
            " An option needs {} (the quota).",
            words::votes_text(quota, places)
        )
    });
    let seats = if count.seats == 1 {
        "1 place to fill".to_owned()
    } else {
        format!("{} places to fill", count.seats)
    };
    let told = format!(
        "{seats}. {} ballots had a preference, {} were blank.{}",
        number_text(count.ballots),
        number_text(count.blank),
        quota.unwrap_or_default()
    );
    let stages = count
        .stages
        .iter()
        .map(|stage| view! { <li>{words::stage(stage, places)}</li> })
        .collect_view();
    let with_totals = count.stages.iter().any(|stage| !stage.totals.is_empty());
    view! {
        <p class="govuk-body">{told}</p>
        <h3 class="govuk-heading-m">"Stage by stage"</h3>
        <ol class="govuk-list govuk-list--number govuk-list--spaced app-stages">{stages}</ol>
        {with_totals.then(|| sheet(count, places))}
        {moved(count, places)}
        {count.pairwise.as_ref().map(pairs)}
        {count.ranking.as_ref().map(|ranking| order(ranking))}
        {draws(&count.draws, &count.seed)}
    }
    .into_any()
}

/// The count sheet: candidates down, stages across.
fn sheet(count: &Count, places: usize) -> AnyView {
    let mut columns = vec![Column::text("Option")];
    columns.extend(
        count
            .stages
            .iter()
            .map(|stage| Column::number(words::stage_head(stage))),
    );
    let standing = |stage: &Stage, name: &str| -> AnyView {
        let Some(total) = stage.totals.iter().find(|total| total.candidate == name) else {
            return ().into_any();
        };
        total_cell(stage, total, places)
    };
    let mut rows: Vec<Vec<AnyView>> = count
        .candidates
        .iter()
        .map(|one| {
            let mut row = vec![one.name.clone().into_any()];
            row.extend(count.stages.iter().map(|stage| standing(stage, &one.name)));
            row
        })
        .collect();
    let mut line = |name: &'static str, of: &dyn Fn(&Stage) -> Votes| {
        let mut row = vec![name.into_any()];
        row.extend(
            count
                .stages
                .iter()
                .map(|stage| words::votes_text(of(stage), places).into_any()),
        );
        rows.push(row);
    };
    let zero = |of: &dyn Fn(&Stage) -> Votes| count.stages.iter().all(|s| of(s) == Votes::ZERO);
    line("Not transferable", &|stage| stage.non_transferable);
    if !zero(&|stage| stage.lost_by_fraction) {
        line("Lost in fractions", &|stage| stage.lost_by_fraction);
    }
    line("Sum", &Stage::sum);
    if count.quota.is_some() && !zero(&|stage| stage.quota.unwrap_or_default()) {
        line("Quota", &|stage| stage.quota.unwrap_or_default());
    }
    view! {
        <div class="app-sheet">{table("Votes at the end of each stage", &columns, rows)}</div>
    }
    .into_any()
}

fn total_cell(stage: &Stage, total: &Total, places: usize) -> AnyView {
    let change = (total.change != Votes::ZERO && stage.number > 1).then(|| {
        let sign = if total.change > Votes::ZERO { "+" } else { "" };
        let text = format!("{sign}{}", words::votes_text(total.change, places));
        view! { <span class="app-sheet__change">{text}</span> }
    });
    let state = match total.status {
        Status::Elected => Some("chosen"),
        Status::Excluded => Some("out"),
        Status::Withdrawn => Some("withdrawn"),
        Status::Continuing => None,
    };
    let keep = total.keep.map(|keep| {
        view! { <span class="app-sheet__change">{format!("keeps {keep:.5}")}</span> }
    });
    // Whoever is out has nothing: a dash is easier to read than a column of noughts.
    if total.status == Status::Excluded && total.votes == Votes::ZERO && total.change == Votes::ZERO
    {
        return view! { <span class="app-sheet__out">"–"</span> }.into_any();
    }
    let class = match total.status {
        Status::Elected => "app-sheet__votes app-sheet__votes--elected",
        _ => "app-sheet__votes",
    };
    view! {
        <span class=class>{words::votes_text(total.votes, places)}</span>
        {change}
        {state.map(|word| view! { <span class="app-sheet__state">{word}</span> })}
        {keep}
    }
    .into_any()
}

/// What moved at each stage, folded.
fn moved(count: &Count, places: usize) -> AnyView {
    let stages: Vec<&Stage> = count
        .stages
        .iter()
        .filter(|stage| !stage.transfers.is_empty())
        .collect();
    if stages.is_empty() {
        return ().into_any();
    }
    let rows = stages
        .into_iter()
        .flat_map(|stage| {
            stage.transfers.iter().map(move |transfer| {
                vec![
                    stage.number.to_string(),
                    transfer
                        .to
                        .clone()
                        .unwrap_or_else(|| "Nobody: not transferable".to_owned()),
                    number_text(transfer.papers),
                    words::votes_text(
                        transfer.value,
                        places.max(if transfer.value == Votes::whole(1) {
                            0
                        } else {
                            5
                        }),
                    ),
                    words::votes_text(transfer.votes, places),
                ]
            })
        })
        .collect();
    let columns = [
        Column::number("Stage"),
        Column::text("To"),
        Column::number("Ballots"),
        Column::number("Each worth"),
        Column::number("Votes"),
    ];
    parts::details(
        "What moved at each stage",
        text_table("Ballots that moved, by stage", &columns, rows),
    )
}

/// Each against each.
fn pairs(pairwise: &Pairwise) -> AnyView {
    let paths = pairwise.paths.as_ref().map(|paths| {
        parts::details(
            "The strongest path from each to each",
            view! {
                <p class="govuk-body">
                    "A path goes from option to option, each preferred to the next; it is as strong as \
                     its weakest step."
                </p>
                {square("Strongest path from the row to the column", &pairwise.candidates, paths)}
            },
        )
    });
    view! {
        <h3 class="govuk-heading-m">"Each against each"</h3>
        <p class="govuk-body">
            "How many ballots prefer the option of the row to the option of the column. ✓ marks where \
             that is more than the other way round."
        </p>
        {square("Ballots that prefer the row to the column", &pairwise.candidates, &pairwise.preferred)}
        {paths}
    }
    .into_any()
}

fn square(caption: &'static str, names: &[String], cells: &[Vec<u64>]) -> AnyView {
    let mut columns = vec![Column::text("Option")];
    columns.extend(names.iter().map(Column::number));
    let rows = names
        .iter()
        .enumerate()
        .map(|(row, name)| {
            let mut line = vec![name.clone().into_any()];
            line.extend((0..names.len()).map(|column| {
                let (there, back) = (cell(cells, row, column), cell(cells, column, row));
                if row == column {
                    "–".into_any()
                } else if there > back {
                    view! { <strong>{format!("✓ {}", number_text(there))}</strong> }.into_any()
                } else {
                    number_text(there).into_any()
                }
            }));
            line
        })
        .collect();
    table(caption, &columns, rows)
}

fn order(ranking: &[Vec<String>]) -> AnyView {
    let items = ranking
        .iter()
        .map(|level| view! { <li>{level.join(" = ")}</li> })
        .collect_view();
    view! {
        <h3 class="govuk-heading-m">"The whole order"</h3>
        <ol class="govuk-list govuk-list--number">{items}</ol>
    }
    .into_any()
}

/// Draws by lot with the seed they were made from, or that there was none.
pub(super) fn draws(draws: &[Draw], seed: &str) -> AnyView {
    if draws.is_empty() {
        return view! { <p class="govuk-body">"No tie was decided by lot."</p> }.into_any();
    }
    let tables = draws
        .iter()
        .map(|draw| {
            let caption = format!("Stage {}: {}", draw.stage, words::purpose(draw.purpose));
            let rows = draw
                .lots
                .iter()
                .map(|lot| vec![lot.name.clone(), lot.lot.clone()])
                .collect();
            text_table(
                caption,
                &[Column::text("Lowest lot first"), Column::text("Lot")],
                rows,
            )
        })
        .collect_view();
    let told = format!(
        "A lot is the SHA-256 of the seed “{seed}”, the stage, what is drawn for and the name. The \
         lowest is drawn. The seed was fixed, and its fingerprint shown, before anybody voted."
    );
    view! {
        <h3 class="govuk-heading-m">"Draws by lot"</h3>
        <p class="govuk-body app-hash-line">{told}</p>
        {tables}
    }
    .into_any()
}
