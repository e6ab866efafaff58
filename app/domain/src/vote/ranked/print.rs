//! A count in plain text, for a terminal.
//!
//! Tables of figures with the fewest words; the page has its own wording. Not here: JSON, which is
//! the [`Count`] itself.

use std::fmt::{self, Write};

use super::rule::Rule;
use super::votes::Votes;
use super::working::{Action, Count, Pairwise, Stage, Status};

/// The whole working.
#[must_use]
pub fn text(count: &Count) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write(&mut out, count);
    out
}

fn write(out: &mut String, count: &Count) -> fmt::Result {
    if let Some(title) = &count.title {
        writeln!(out, "{title}")?;
    }
    write!(
        out,
        "Rule {}, seats {}, ballots {}",
        count.rule, count.seats, count.ballots
    )?;
    if count.blank > 0 {
        write!(out, ", blank {}", count.blank)?;
    }
    if let Some(quota) = count.quota {
        write!(out, ", quota {quota}")?;
    }
    writeln!(out, "\n")?;
    let places = places(count);
    for stage in &count.stages {
        write_stage(out, stage, places)?;
    }
    if let Some(pairwise) = &count.pairwise {
        write_pairs(out, pairwise)?;
    }
    if let Some(ranking) = &count.ranking {
        writeln!(out, "Order")?;
        for (rank, names) in (1..).zip(ranking) {
            writeln!(out, "{rank:>4}. {}", names.join(" = "))?;
        }
        writeln!(out)?;
    }
    for draw in &count.draws {
        writeln!(
            out,
            "Draw by lot after stage {}, {}, seed \"{}\"",
            draw.stage,
            draw.purpose.as_str(),
            count.seed
        )?;
        for lot in &draw.lots {
            writeln!(out, "  {}  {}", lot.lot, lot.name)?;
        }
        writeln!(out)?;
    }
    if count.elected.is_empty() {
        writeln!(out, "A report: nobody is elected by this rule.")
    } else {
        writeln!(out, "Elected: {}", count.elected.join(", "))
    }
}

fn places(count: &Count) -> usize {
    match count.rule {
        Rule::StvScotland => 5,
        Rule::Meek => 9,
        Rule::Borda => 1,
        _ => 0,
    }
}

fn write_stage(out: &mut String, stage: &Stage, places: usize) -> fmt::Result {
    write!(out, "Stage {}: ", stage.number)?;
    match &stage.action {
        Action::FirstPreferences => writeln!(out, "first preferences")?,
        Action::SurplusTransferred { candidate, surplus } => {
            writeln!(
                out,
                "surplus of {candidate} transferred ({surplus:.places$})"
            )?;
        }
        Action::Excluded { candidate, votes } => {
            writeln!(out, "{candidate} excluded ({votes:.places$})")?;
        }
        Action::SurplusesShared { passes } => {
            writeln!(out, "surpluses shared ({passes} passes)")?;
        }
        Action::PathsCompared {
            winner,
            loser,
            path,
            back,
        } if path == back => {
            writeln!(out, "{winner} and {loser} level, paths {path} and {back}")?;
        }
        Action::PathsCompared {
            winner,
            loser,
            path,
            back,
        } => {
            writeln!(out, "{winner} beats {loser}, paths {path} and {back}")?;
        }
        Action::Locked {
            winner,
            loser,
            margin,
        } => {
            writeln!(out, "{winner} over {loser} by {margin}, locked")?;
        }
        Action::LeftOut {
            winner,
            loser,
            margin,
        } => {
            writeln!(
                out,
                "{winner} over {loser} by {margin}, left out: it closes a circle"
            )?;
        }
        Action::PointsAdded => writeln!(out, "points added")?,
    }
    if stage.totals.is_empty() {
        return if stage.elected.is_empty() {
            Ok(())
        } else {
            writeln!(out)
        };
    }
    if let Some(quota) = stage.quota {
        row(out, "quota", quota, None, places, "")?;
    }
    for total in &stage.totals {
        let status = match total.status {
            Status::Continuing => "",
            Status::Elected => "elected",
            Status::Excluded => "excluded",
            Status::Withdrawn => "withdrawn",
        };
        row(
            out,
            &total.candidate,
            total.votes,
            Some(total.change),
            places,
            status,
        )?;
    }
    row(
        out,
        "not transferable",
        stage.non_transferable,
        None,
        places,
        "",
    )?;
    row(
        out,
        "lost by fraction",
        stage.lost_by_fraction,
        None,
        places,
        "",
    )?;
    row(out, "sum", stage.sum(), None, places, "")?;
    writeln!(out)
}

fn row(
    out: &mut String,
    name: &str,
    votes: Votes,
    change: Option<Votes>,
    places: usize,
    status: &str,
) -> fmt::Result {
    let mut line = format!("  {name:<40} {:>20}", format!("{votes:.places$}"));
    if let Some(change) = change {
        let sign = if change > Votes::ZERO { "+" } else { "" };
        write!(line, " {:>20} {status}", format!("{sign}{change:.places$}"))?;
    }
    writeln!(out, "{}", line.trim_end())
}

fn write_pairs(out: &mut String, pairwise: &Pairwise) -> fmt::Result {
    writeln!(out, "\nBallots that prefer the row to the column")?;
    table(out, &pairwise.candidates, &pairwise.preferred)?;
    if let Some(paths) = &pairwise.paths {
        writeln!(out, "Strongest path from the row to the column")?;
        table(out, &pairwise.candidates, paths)?;
    }
    Ok(())
}

fn table(out: &mut String, names: &[String], cells: &[Vec<u64>]) -> fmt::Result {
    write!(out, "{:46}", "")?;
    for column in 1..=names.len() {
        write!(out, " {column:>9}")?;
    }
    writeln!(out)?;
    for (place, (name, row)) in names.iter().zip(cells).enumerate() {
        write!(out, "{:>4}. {name:<40}", place + 1)?;
        for (column, cell) in row.iter().enumerate() {
            if column == place {
                write!(out, " {:>9}", "-")?;
            } else {
                write!(out, " {cell:>9}")?;
            }
        }
        writeln!(out)?;
    }
    writeln!(out)
}
