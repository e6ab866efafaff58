//! The published ballots of a poll, counted again: its own hash, its seed, every ballot, the result.

use app::messages::count as words;
use app::messages::file::not_text;
use domain::code::Code;
use domain::digest::hash;
use domain::poll::list::BallotList;
use domain::poll::{Counted, Method, count};
use domain::text::text;
use domain::vote::ranked;

use crate::cli::count::options::Count;
use crate::cli::count::rules::{Rule, budget_rules, json, ranked_rules, rule};

pub(super) fn answer(asked: &Count) -> Result<String, String> {
    let bytes = asked.bytes()?;
    let sha256 = hash(&bytes);
    let text = text(&bytes).map_err(|found| words::poll_file(&not_text(found)))?;
    let mut list: BallotList =
        serde_json::from_str(&text).map_err(|error| words::poll_file(&error.to_string()))?;
    list.check().map_err(words::poll_list)?;
    if let Some(given) = &asked.rule {
        replace(&mut list.method, given)?;
    }
    let counted = count(&list, asked.all).map_err(|refused| words::poll_count(&refused))?;
    let found = asked
        .find
        .as_deref()
        .map(|code| list.find(&Code::typed(code)));
    let aside = list.ballots.iter().filter(|one| one.set_aside).count();
    if asked.json {
        return json(&serde_json::json!({
            "sha256": sha256,
            "poll": list.poll,
            "question": list.question,
            "seed_is_the_one_promised": true,
            "ballots": list.ballots.len(),
            "set_aside": aside,
            "set_aside_counted": asked.all,
            "found": found.map(|found| found.map(|(line, ballot)| serde_json::json!({
                "line": line,
                "choices": ballot.choices,
                "set_aside": ballot.set_aside,
            }))),
            "result": counted,
        }));
    }
    let mut out = format!("{}\n{}\nSHA-256 {sha256}\n", list.question, list.poll);
    out += &words::poll_ballots(list.ballots.len(), aside, asked.all);
    if let Some(found) = found {
        out += &match found {
            Some((line, ballot)) => {
                words::poll_found(line, list.ballots.len(), &ballot.choices, ballot.set_aside)
            }
            None => words::POLL_NOT_FOUND.to_owned(),
        };
    }
    out.push('\n');
    out += &match counted {
        Counted::Points(tally) => words::poll_points(&tally),
        Counted::Ranked(count) => ranked::print::text(&count),
        Counted::Budget {
            count, comparison, ..
        } => {
            format!(
                "{}\n{}\n{}",
                words::poll_projects(&list),
                count.text(),
                comparison.text()
            )
        }
    };
    Ok(out)
}

/// Another rule of the same kind in the place of the poll's own.
fn replace(method: &mut Method, given: &str) -> Result<(), String> {
    match (method, rule(given)?) {
        (Method::Budget { rule: own, .. }, Rule::Budget(_)) => *own = given.to_owned(),
        (Method::Ranked { rule: own, .. }, Rule::Ranked(another)) => *own = another,
        (Method::Budget { .. }, _) => {
            return Err(words::rule_is_for_ranked(given, &budget_rules()));
        }
        (Method::Ranked { .. }, _) => {
            return Err(words::rule_is_for_budgets(given, &ranked_rules()));
        }
        (Method::Points { .. }, _) => return Err(words::POINTS_HAVE_ONE_RULE.to_owned()),
    }
    Ok(())
}
