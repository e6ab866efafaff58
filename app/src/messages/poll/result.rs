//! Words of a result: the sentence it says, the rules by name, what each stage did.
//!
//! Deliberately not here: the tables and the drawing (`poll::pages`).

use domain::poll::{Counted, Method};
use domain::vote::budget;
use domain::vote::ranked::{Action, Count, Purpose, Rule, Stage, Votes};
use domain::vote::tally;

use crate::ui::chart::number_text;

/// “A”, “A and B”, “A, B and C”.
pub fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// What the result says, as one sentence without a full stop.
pub fn sentence(counted: &Counted) -> String {
    match counted {
        Counted::Points(tally) => points_sentence(tally),
        Counted::Ranked(count) => ranked_sentence(count),
        Counted::Budget { count, .. } => budget_sentence(count),
    }
}

fn does(names: &[String]) -> &'static str {
    if names.len() == 1 { "wins" } else { "win" }
}

fn points_sentence(tally: &tally::Tally) -> String {
    let names = &tally.elected;
    let verb = does(names);
    let lot = if tally.draws.is_empty() {
        ""
    } else {
        ", after a draw by lot"
    };
    let Some(first) = names.first().filter(|_| names.len() == 1) else {
        return format!("{} {verb}{lot}", listed(names));
    };
    let points = tally
        .totals
        .iter()
        .find(|line| line.option == *first)
        .map_or(0, |line| line.points);
    match tally.rule {
        tally::Rule::Approval { .. } => format!(
            "{first} {verb} with {} of {}{lot}",
            number_text(points),
            number_text(tally.ballots + tally.blank)
        ),
        _ => format!("{first} {verb} with {} points{lot}", number_text(points)),
    }
}

fn ranked_sentence(count: &Count) -> String {
    let names = &count.elected;
    let verb = does(names);
    let lot = count.draws.iter().any(|draw| {
        matches!(draw.purpose, Purpose::Win | Purpose::ElectFirst)
            && draw
                .drawn()
                .is_some_and(|drawn| names.iter().any(|n| n == drawn))
            && names.len() == 1
    });
    let lot = if lot { ", after a draw by lot" } else { "" };
    let Some(first) = names.first().filter(|_| names.len() == 1) else {
        return match names.is_empty() {
            true => "No option is chosen".to_owned(),
            false => {
                let places = number_text(names.len() as u64);
                format!("{} win the {places} places", listed(names))
            }
        };
    };
    if let Some(pairwise) = &count.pairwise {
        return if beats_all(pairwise, first) {
            format!("{first} {verb}: more people prefer it to each of the others{lot}")
        } else {
            format!("{first} {verb} by {}{lot}", ranked_rule(count.rule))
        };
    }
    let votes = count
        .stages
        .last()
        .and_then(|stage| stage.totals.iter().find(|t| t.candidate == *first))
        .map(|total| votes_text(total.votes, 0));
    match votes {
        Some(votes) => format!(
            "{first} {verb} with {votes} of {}{lot}",
            number_text(count.ballots)
        ),
        None => format!("{first} {verb}{lot}"),
    }
}

fn beats_all(pairwise: &domain::vote::ranked::Pairwise, name: &str) -> bool {
    let Some(row) = pairwise.candidates.iter().position(|one| one == name) else {
        return false;
    };
    let cell = |a: usize, b: usize| pairwise.preferred.get(a).and_then(|row| row.get(b));
    (0..pairwise.candidates.len())
        .filter(|other| *other != row)
        .all(|other| cell(row, other) > cell(other, row))
}

fn budget_sentence(count: &budget::Count) -> String {
    let funded = match count.funded.len() {
        0 => return "No project is funded".to_owned(),
        1 => "1 project is".to_owned(),
        n => format!("{} projects are", number_text(n as u64)),
    };
    format!(
        "{funded} funded, for {} of {}",
        pounds(count.cost.minor()),
        pounds(count.budget.minor())
    )
}

/// Pence as people write money: “£1,204”, “£1,204.50”.
pub fn pounds(pence: u64) -> String {
    let whole = number_text(pence / 100);
    match pence % 100 {
        0 => format!("£{whole}"),
        rest => format!("£{whole}.{rest:02}"),
    }
}

/// A price with more decimals than money has, as people write money: “242.1732” is “£242.17”.
pub fn paid(price: &str) -> String {
    let (whole, decimals) = price.split_once('.').unwrap_or((price, ""));
    let thousandths: String = decimals.chars().chain("000".chars()).take(3).collect();
    match (whole.parse::<u64>(), thousandths.parse::<u64>()) {
        (Ok(whole), Ok(part)) => pounds(whole.saturating_mul(100).saturating_add((part + 5) / 10)),
        _ => format!("£{price}"),
    }
}

/// Votes with commas between thousands, and so many decimals where they are not whole.
pub fn votes_text(votes: Votes, places: usize) -> String {
    let places = if whole(votes) { 0 } else { places };
    let text = format!("{votes:.places$}");
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => ("−", rest),
        None => ("", text.as_str()),
    };
    let (whole, rest) = match text.split_once('.') {
        Some((whole, rest)) => (whole, format!(".{rest}")),
        None => (text, String::new()),
    };
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), number_text);
    format!("{sign}{whole}{rest}")
}

fn whole(votes: Votes) -> bool {
    votes.as_billionths() % 1_000_000_000 == 0
}

/// The decimals that a count is shown with: those of its rule, or none where every vote is whole.
pub fn places(count: &Count) -> usize {
    let all_whole = count.stages.iter().all(|stage| {
        whole(stage.non_transferable)
            && whole(stage.lost_by_fraction)
            && stage.totals.iter().all(|total| whole(total.votes))
    });
    match count.rule {
        _ if all_whole => 0,
        Rule::StvScotland => 5,
        Rule::Meek => 9,
        Rule::Borda => 1,
        _ => 0,
    }
}

/// A rule for ranked ballots by its name in the field.
pub fn ranked_rule(rule: Rule) -> &'static str {
    match rule {
        Rule::StvScotland => "single transferable vote, the rules of Scottish council elections",
        Rule::Meek => "single transferable vote, Meek’s method",
        Rule::Irv => "instant run-off",
        Rule::Schulze => "Schulze’s method",
        Rule::RankedPairs => "ranked pairs",
        Rule::Borda => "Borda’s points",
        Rule::Approval => "approval",
    }
}

/// How a rule for ranked ballots counts, in two sentences.
pub fn ranked_rule_told(rule: Rule) -> &'static str {
    match rule {
        Rule::StvScotland => {
            "Votes above the quota pass to the next preferences at a part of their value. Then \
             the option with the fewest is out and its ballots pass on, until every place is filled."
        }
        Rule::Meek => {
            "Options that are chosen keep only as much of each vote as they need, and the rest \
             passes on. It is worked out again each time an option is out."
        }
        Rule::Irv => {
            "The option with the fewest votes is out, and its ballots pass to the next preference, \
             until one has more than half of the ballots still in play."
        }
        Rule::Schulze | Rule::RankedPairs => {
            "Each option is compared with each other, one against one. Whichever is preferred to \
             all others wins; where there is a circle, the strongest preferences decide."
        }
        Rule::Borda => "Each rank is worth a number of points.",
        Rule::Approval => "Each option that is ranked at all counts once.",
    }
}

/// A rule for budgets by its name in the field.
pub fn budget_rule(rule: &budget::Rule) -> String {
    use budget::Completion::{AddOne, AddOneThenGreedy, Greedy, Nothing};
    let method = match rule.method {
        budget::Method::Greedy => "Most votes first",
        budget::Method::EqualShares(Nothing) => "Equal Shares alone",
        budget::Method::EqualShares(Greedy) => "Equal Shares, the rest by most votes",
        budget::Method::EqualShares(AddOne) => "Equal Shares, with shares raised",
        budget::Method::EqualShares(AddOneThenGreedy) => {
            "Equal Shares, with shares raised, the rest by most votes"
        }
    };
    if rule.utility == rule.method.usual_utility() {
        method.to_owned()
    } else {
        format!("{method} ({})", rule.utility.name())
    }
}

/// How a rule for budgets spends, in two sentences.
pub fn budget_rule_told(rule: &budget::Rule) -> &'static str {
    use budget::Completion::{AddOne, AddOneThenGreedy, Greedy, Nothing};
    match rule.method {
        budget::Method::Greedy => {
            "Projects are taken in the order of their votes, as long as there is money for them. \
             A project that costs more than is left is passed over."
        }
        budget::Method::EqualShares(Nothing) => {
            "Every voter has an equal share of the money, and a project is funded when those who \
             want it can pay for it together. Some money may be left."
        }
        budget::Method::EqualShares(Greedy) => {
            "Every voter has an equal share of the money, and a project is funded when those who \
             want it can pay for it together. What is left goes to the projects with most votes."
        }
        budget::Method::EqualShares(AddOne) => {
            "Every voter has an equal share of the money, and a project is funded when those who \
             want it can pay for it together. Shares are raised pound by pound until no more \
             projects can be paid for."
        }
        budget::Method::EqualShares(AddOneThenGreedy) => {
            "Every voter has an equal share of the money, and a project is funded when those who \
             want it can pay for it together. Shares are raised pound by pound; what is still \
             left goes to the projects with most votes."
        }
    }
}

/// The rule of a poll: its name, and what it does.
pub fn rule(method: &Method) -> (String, &'static str) {
    match method {
        Method::Points { form, .. } => (
            points_rule(*form).to_owned(),
            "Points are added up, and the most points win. Where two are level, the one that more \
             people chose is first; then a draw by lot.",
        ),
        Method::Ranked { rule, .. } => {
            let name = ranked_rule(*rule);
            (capital(name), ranked_rule_told(*rule))
        }
        Method::Budget { rule, .. } => match rule.parse::<budget::Rule>() {
            Ok(rule) => (budget_rule(&rule), budget_rule_told(&rule)),
            Err(_) => (rule.clone(), ""),
        },
    }
}

fn points_rule(form: tally::Rule) -> &'static str {
    match form {
        tally::Rule::Approval { .. } => "Approval: one point for each option chosen",
        tally::Rule::Score { .. } => "Score: points from 0 upwards for each option",
        tally::Rule::Dot { .. } => "Dots: a purse of points to spread",
    }
}

/// Beside a picture by votes in which fewer votes are funded before more.
pub const NOT_BY_VOTES_ALONE: &str = " The rule looks at cost as well as votes, so a project with fewer \
     votes can be funded before one with more.";

/// With a capital letter at the start.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// What the result is worth: a word, and what it means.
pub fn weight(binding: bool) -> (&'static str, &'static str) {
    if binding {
        (
            "Binding",
            "The organisation that holds this vote declared before it began that the result will \
             be carried out.",
        )
    } else {
        (
            "Indicative",
            "This result shows what people think. It informs the decision but does not make it.",
        )
    }
}

/// What a stage did, in whole sentences.
pub fn stage(stage: &Stage, places: usize) -> String {
    let votes = |votes: Votes| votes_text(votes, places);
    let did = match &stage.action {
        Action::FirstPreferences => "First preferences are counted.".to_owned(),
        Action::SurplusTransferred { candidate, surplus } => format!(
            "{candidate} has {} more than the quota. They pass to the next preferences.",
            votes(*surplus)
        ),
        Action::Excluded {
            candidate,
            votes: had,
        } => format!(
            "{candidate} has the fewest, {}, and is out. Those ballots pass to the next \
             preferences.",
            votes(*had)
        ),
        Action::SurplusesShared { passes } => format!(
            "What the chosen options have above the quota is shared out ({} passes).",
            number_text(u64::from(*passes))
        ),
        Action::PathsCompared {
            winner,
            loser,
            path,
            back,
        } if path == back => format!(
            "{winner} and {loser} are level: the strongest path each way is {}.",
            number_text(*path)
        ),
        Action::PathsCompared {
            winner,
            loser,
            path,
            back,
        } => format!(
            "{winner} beats {loser}: the strongest path is {}, the other way {}.",
            number_text(*path),
            number_text(*back)
        ),
        Action::Locked {
            winner,
            loser,
            margin,
        } => format!(
            "{winner} over {loser}, by {}: this is locked in.",
            number_text(*margin)
        ),
        Action::LeftOut {
            winner,
            loser,
            margin,
        } => format!(
            "{winner} over {loser}, by {}: this is left out, as it would close a circle.",
            number_text(*margin)
        ),
        Action::PointsAdded => "Points are added up.".to_owned(),
    };
    match stage.elected.as_slice() {
        [] => did,
        [one] => format!("{did} {one} is chosen."),
        several => format!("{did} {} are chosen.", listed(several)),
    }
}

/// A stage as the head of a column.
pub fn stage_head(stage: &Stage) -> String {
    let what = match &stage.action {
        Action::FirstPreferences => "first preferences".to_owned(),
        Action::SurplusTransferred { candidate, .. } => format!("surplus of {candidate}"),
        Action::Excluded { candidate, .. } => format!("{candidate} out"),
        Action::SurplusesShared { .. } => "surpluses shared".to_owned(),
        Action::PointsAdded => "points".to_owned(),
        Action::PathsCompared { .. } | Action::Locked { .. } | Action::LeftOut { .. } => {
            String::new()
        }
    };
    format!("{}: {what}", stage.number)
}

/// What a draw by lot decided.
pub fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Exclude => "which is out first",
        Purpose::TransferFirst => "which surplus passes on first",
        Purpose::ElectFirst => "which is chosen first",
        Purpose::Win => "which wins",
        Purpose::LockFirst => "which victory is locked in first",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_and_names_read_as_people_write_them() {
        assert_eq!(pounds(120_450), "£1,204.50");
        assert_eq!(pounds(20_000_000), "£200,000");
        let names = ["A", "B", "C"].map(str::to_owned);
        assert_eq!(listed(&names), "A, B and C");
        assert_eq!(listed(&names[..1]), "A");
    }

    #[test]
    fn money_has_pence_however_exactly_it_was_counted() {
        assert_eq!(paid("242.1732"), "£242.17");
        assert_eq!(paid("242.1750"), "£242.18");
        assert_eq!(paid("1097.0000"), "£1,097");
        assert_eq!(paid("0.9996"), "£1");
        assert_eq!(paid("7"), "£7");
    }

    #[test]
    fn votes_keep_the_decimals_of_their_rule() {
        assert_eq!(votes_text(Votes::hundred_thousandths(9_700_000), 5), "97");
        let votes = Votes::hundred_thousandths(123_456_789);
        assert_eq!(votes_text(votes, 5), "1,234.56789");
        assert_eq!(votes_text(votes, 0), "1,234");
        assert_eq!(votes_text(Votes::billionths(-1_500_000_000), 1), "−1.5");
    }
}
