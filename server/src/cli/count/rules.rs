//! The rules by their names, and the form of an answer.

use app::messages::count as words;
use domain::vote::{budget, ranked};

/// A rule of one of the two kinds.
pub(super) enum Rule {
    Budget(budget::Rule),
    Ranked(ranked::Rule),
}

pub(super) fn rule(given: &str) -> Result<Rule, String> {
    if let Ok(rule) = given.parse() {
        return Ok(Rule::Budget(rule));
    }
    if let Ok(rule) = given.parse() {
        return Ok(Rule::Ranked(rule));
    }
    Err(words::no_such_rule(given, &budget_rules(), &ranked_rules()))
}

pub(super) fn json(count: &impl serde::Serialize) -> Result<String, String> {
    serde_json::to_string_pretty(count)
        .map(|text| text + "\n")
        .map_err(|error| format!("The count can't be written as JSON: {error}."))
}

pub(super) fn budget_rules() -> Vec<String> {
    budget::Method::ALL
        .into_iter()
        .map(|method| method.name().to_owned())
        .collect()
}

pub(super) fn ranked_rules() -> Vec<&'static str> {
    ranked::Rule::ALL.into_iter().map(|r| r.as_str()).collect()
}
