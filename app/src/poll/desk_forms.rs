//! Forms of the officers' desk: what was typed as settings of a poll, and back.
//!
//! Each function refuses in the [`FormState`] and gives nothing then. Deliberately not here:
//! whether the settings make a poll that can be put to voters ([`Poll::faults`]).

use domain::ids::AreaId;
use domain::poll::faults::{MOST_PENCE, MOST_POINTS};
use domain::poll::model::BudgetForm;
use domain::poll::read::DeskPoll;
use domain::poll::{Electorate, Method, Poll, PollOption, PollRefused, Section};
use domain::vote::budget::{self, Pennies};
use domain::vote::{ranked, tally};

use crate::messages::poll::desk as words;
use crate::pairs::Pairs;
use crate::ui::conflict::with_version;
use crate::ui::form::FormState;

/// A section of a poll as its form is first shown, with the version that it shows.
pub fn of_section(view: &DeskPoll, section: Section) -> FormState {
    let poll = &view.view.poll;
    with_version(of_poll(poll), view.versions.of(&section.subject(poll.id)))
}

/// A poll's settings as a form.
pub fn of_poll(poll: &Poll) -> FormState {
    let state = FormState::new()
        .with("question", poll.question.clone())
        .with("help", poll.help.clone())
        .with("kind", poll.method.kind())
        .with("electorate", poll.electorate.code())
        .with("binding", if poll.binding { "yes" } else { "no" });
    let state = match &poll.electorate {
        Electorate::Ward { areas } => areas
            .iter()
            .fold(state, |state, area| state.and("areas", area.0.to_string())),
        _ => state,
    };
    of_method(state, &poll.method)
}

fn of_method(state: FormState, method: &Method) -> FormState {
    let limit = |most: Option<u32>| most.map(|n| n.to_string()).unwrap_or_default();
    match method {
        Method::Points { form, seats } => {
            let state = state.with("seats", seats.to_string());
            match form {
                tally::Rule::Approval { most } => state.with("most", limit(*most)),
                tally::Rule::Score { top } => state.with("top", top.to_string()),
                tally::Rule::Dot { points, most_each } => state
                    .with("points", points.to_string())
                    .with("most_each", limit(*most_each)),
            }
        }
        Method::Ranked { rule, seats } => state
            .with("seats", seats.to_string())
            .with("rule", rule.as_str()),
        Method::Budget { total, form, rule } => {
            let state = state
                .with("rule", rule.clone())
                .with("total", money(*total));
            let (code, field, value) = match form {
                BudgetForm::Knapsack => ("knapsack", "", String::new()),
                BudgetForm::Approval { most } => ("approval", "approval_most", limit(*most)),
                BudgetForm::Score { top } => ("score", "top", top.to_string()),
                BudgetForm::Cumulative { points } => ("cumulative", "points", points.to_string()),
                BudgetForm::Ordinal { most } => ("ordinal", "ordinal_most", limit(*most)),
            };
            let state = state.with("form", code);
            if field.is_empty() {
                state
            } else {
                state.with(field, value)
            }
        }
    }
}

/// An amount as it is typed; empty for nothing.
fn money(pence: u64) -> String {
    match Pennies::new(pence) {
        Some(amount) if pence > 0 => amount.to_string(),
        _ => String::new(),
    }
}

/// An amount as typed, such as `£12,000.50`: see [`Pennies::typed`].
pub fn pence(typed: &str) -> Option<u64> {
    Pennies::typed(typed).map(Pennies::minor).ok()
}

fn whole(pairs: &Pairs, name: &str, state: &mut FormState) -> u32 {
    let number = pairs.one(name).parse().ok();
    match number.filter(|n| (1..=MOST_POINTS).contains(n)) {
        Some(number) => number,
        None => {
            state.refuse(name, words::number_between(1, MOST_POINTS));
            0
        }
    }
}

fn limit(pairs: &Pairs, name: &str, state: &mut FormState) -> Option<u32> {
    if pairs.one(name).is_empty() {
        return None;
    }
    Some(whole(pairs, name, state))
}

/// The fields of the settings of every kind.
pub const RULE_FIELDS: [&str; 10] = [
    "seats",
    "most",
    "top",
    "points",
    "most_each",
    "rule",
    "total",
    "form",
    "approval_most",
    "ordinal_most",
];

/// The settings as typed, of the kind that the form says.
pub fn method(pairs: &Pairs, state: &mut FormState) -> Option<Method> {
    let Some(kind) = Method::beginning(pairs.one("kind")) else {
        state.refuse("", words::KIND_MISSING);
        return None;
    };
    let read = match &kind {
        Method::Points { form, .. } => {
            let form = match form {
                tally::Rule::Approval { .. } => tally::Rule::Approval {
                    most: limit(pairs, "most", state),
                },
                tally::Rule::Score { .. } => tally::Rule::Score {
                    top: whole(pairs, "top", state),
                },
                tally::Rule::Dot { .. } => tally::Rule::Dot {
                    points: whole(pairs, "points", state),
                    most_each: limit(pairs, "most_each", state),
                },
            };
            let seats = whole(pairs, "seats", state);
            Some(Method::Points { form, seats })
        }
        Method::Ranked { .. } => {
            let rule = pairs
                .one("rule")
                .parse()
                .ok()
                .filter(|rule| !matches!(rule, ranked::Rule::Borda | ranked::Rule::Approval));
            if rule.is_none() {
                state.refuse("rule", words::RULE_MISSING);
            }
            let seats = whole(pairs, "seats", state);
            if rule.is_some_and(ranked::Rule::fills_one_seat) && seats > 1 {
                state.refuse("seats", words::fault(PollRefused::OneSeatRule).1);
            }
            rule.map(|rule| Method::Ranked { rule, seats })
        }
        Method::Budget { .. } => budget(pairs, state),
    };
    read.filter(|_| !state.is_refused())
}

fn budget(pairs: &Pairs, state: &mut FormState) -> Option<Method> {
    let total = pence(pairs.one("total")).filter(|pence| (1..=MOST_PENCE).contains(pence));
    if total.is_none() {
        state.refuse("total", words::TOTAL_UNREADABLE);
    }
    let form = match pairs.one("form") {
        "knapsack" => Some(BudgetForm::Knapsack),
        "approval" => Some(BudgetForm::Approval {
            most: limit(pairs, "approval_most", state),
        }),
        "score" => Some(BudgetForm::Score {
            top: whole(pairs, "top", state),
        }),
        "cumulative" => Some(BudgetForm::Cumulative {
            points: whole(pairs, "points", state),
        }),
        "ordinal" => Some(BudgetForm::Ordinal {
            most: limit(pairs, "ordinal_most", state),
        }),
        _ => {
            state.refuse("form", words::FORM_MISSING);
            None
        }
    };
    let rule = pairs.one("rule").parse::<budget::Rule>().ok();
    if rule.is_none() {
        state.refuse("rule", words::RULE_MISSING);
    }
    Some(Method::Budget {
        total: total?,
        form: form?,
        rule: rule?.to_string(),
    })
}

/// Who may vote, as chosen; only wards that are known.
pub fn electorate(
    pairs: &Pairs,
    wards: &[(String, String)],
    state: &mut FormState,
) -> Option<Electorate> {
    match pairs.one("electorate") {
        "open" => Some(Electorate::Open),
        "email" => Some(Electorate::Email),
        "register" => Some(Electorate::Register),
        "ward" => {
            let areas: Vec<AreaId> = pairs
                .all("areas")
                .filter(|id| wards.iter().any(|(known, _)| known == id))
                .filter_map(|id| id.parse().ok().map(AreaId))
                .collect();
            if areas.is_empty() {
                state.refuse("areas", words::WARD_MISSING);
                return None;
            }
            Some(Electorate::Ward { areas })
        }
        _ => {
            state.refuse("electorate", words::ELECTORATE_MISSING);
            None
        }
    }
}

/// Each reason at the field that it is about.
pub fn refuse(state: &mut FormState, why: Vec<PollRefused>) {
    for why in why {
        let (field, message) = words::field(why);
        state.refuse(field, message);
    }
}

/// The hidden field that names the option that a form changes; empty where it adds one.
pub const OPTION: &str = "option";

/// An option as a form.
pub fn of_option(option: &PollOption) -> FormState {
    FormState::new()
        .with(OPTION, option.id.to_string())
        .with("name", option.name.clone())
        .with("description", option.description.clone())
        .with("cost", money(option.cost.unwrap_or(0)))
        .with(
            "area",
            option
                .area
                .map(|area| area.0.to_string())
                .unwrap_or_default(),
        )
        .with(
            "alt",
            option
                .picture
                .as_ref()
                .map(|(_, alt)| alt.clone())
                .unwrap_or_default(),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Pairs {
        Pairs::new(
            pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    #[test]
    fn settings_come_back_as_they_were_typed() {
        for kind in ["approval", "score", "dot", "ranked", "budget"] {
            let begun = Method::beginning(kind).expect("a kind");
            let state = of_method(FormState::new(), &begun).with("total", "£20,000.50");
            let pairs: Vec<(&str, &str)> = RULE_FIELDS
                .into_iter()
                .map(|name| (name, state.get(name)))
                .chain([("kind", kind)])
                .collect();
            let mut refused = FormState::new();
            let read = method(&typed(&pairs), &mut refused);
            assert!(!refused.is_refused(), "{kind}: {:?}", refused.errors);
            match read.expect("read") {
                Method::Budget { total, .. } => assert_eq!(total, 2_000_050),
                other => assert_eq!(other, begun),
            }
        }
    }

    #[test]
    fn an_amount_that_may_mean_two_is_refused_beside_its_field() {
        for total in ["20.000", "1,00", "1,000,00", "200,000.5", "6.200"] {
            let mut state = FormState::new();
            let pairs = typed(&[("kind", "budget"), ("rule", "greedy"), ("total", total)]);
            assert!(method(&pairs, &mut state).is_none(), "{total}");
            assert!(state.error("total").is_some(), "{total}");
            assert_eq!(pence(total), None, "{total}");
        }
        assert_eq!(pence("£1,234.50"), Some(123_450));
    }

    #[test]
    fn what_can_not_be_read_is_refused_beside_its_field() {
        let mut state = FormState::new();
        let pairs = typed(&[("kind", "ranked"), ("rule", "irv"), ("seats", "3")]);
        assert!(method(&pairs, &mut state).is_none());
        assert!(state.error("seats").is_some());
        let mut state = FormState::new();
        let pairs = typed(&[
            ("kind", "budget"),
            ("rule", "sideways"),
            ("total", "lots"),
            ("form", ""),
        ]);
        assert!(method(&pairs, &mut state).is_none());
        assert_eq!(state.errors.len(), 3, "{:?}", state.errors);
    }
}
