//! What has to be put right before a poll goes to a vote.

use super::model::{BudgetForm, Electorate, Method, Poll, PollOption};
use super::new::NewOption;
use crate::consultation::says_that_people_decide;
use std::collections::HashSet;

use crate::ids::PollOptionId;
use crate::names;
use crate::typed;
use crate::vote::{budget, ranked, tally};

/// Why a poll can't be set up, or can't be sent for review, like this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{self:?}")]
pub enum PollRefused {
    /// Its consultation's regime allows no vote.
    NotUnderThisRegime,
    /// No question.
    QuestionMissing,
    /// A question of more than [`MOST_OF_A_QUESTION`].
    QuestionTooLong,
    /// More than [`MOST_OF_HELP`] of what a voter should know.
    HelpTooLong,
    /// Fewer than two options.
    TooFewOptions,
    /// More options than a paper can hold.
    TooManyOptions,
    /// No places, or more places than options.
    Seats,
    /// A rule that fills one place, and more than one place.
    OneSeatRule,
    /// A limit, a score or a purse of nothing, or too large.
    Limit,
    /// A project without a cost, or an option with one where there is no budget.
    Cost,
    /// No sum to spend.
    Total,
    /// An option without a name.
    NameMissing,
    /// A name of more than [`MOST_OF_A_NAME`].
    NameTooLong,
    /// Two options have one name.
    NameTwice,
    /// A description of more than [`MOST_OF_A_DESCRIPTION`].
    DescriptionTooLong,
    /// A picture without words for whoever can't see it.
    AltMissing,
    /// More than [`MOST_OF_ALT`] of such words.
    AltTooLong,
    /// Restricted to wards, and none is named.
    WardMissing,
    /// Restricted to a register, and it is empty.
    RegisterEmpty,
    /// The rule has another name than any.
    Rule,
    /// Its words say that people decide, and it is indicative.
    PromisesToDecide,
}

/// The most characters of a question.
pub const MOST_OF_A_QUESTION: usize = 200;
/// The most characters of what a voter should know.
pub const MOST_OF_HELP: usize = 5_000;
/// The most characters of an option's name.
pub const MOST_OF_A_NAME: usize = 120;
/// The most characters of what is said of an option.
pub const MOST_OF_A_DESCRIPTION: usize = 1_000;
/// The most characters of what a picture shows.
pub const MOST_OF_ALT: usize = 200;
/// The most options of a paper: what one can still read.
pub const MOST_OPTIONS: usize = 100;
/// The most points, scores and places.
pub const MOST_POINTS: u32 = 1_000;
/// The most money: ten thousand million pounds, in pence.
pub const MOST_PENCE: u64 = 1_000_000_000_000;

fn refused(rules: &[(bool, PollRefused)]) -> Result<(), Vec<PollRefused>> {
    let broken: Vec<PollRefused> = rules
        .iter()
        .filter(|(broken, _)| *broken)
        .map(|(_, why)| *why)
        .collect();
    if broken.is_empty() {
        Ok(())
    } else {
        Err(broken)
    }
}

fn longer(text: &str, most: usize) -> bool {
    typed::trimmed(text).chars().count() > most
}

/// Whether a poll may ask this.
///
/// # Errors
/// What is missing or too long, in the order of the form.
pub fn check_question(question: &str, help: &str) -> Result<(), Vec<PollRefused>> {
    refused(&[
        (typed::is_blank(question), PollRefused::QuestionMissing),
        (
            longer(question, MOST_OF_A_QUESTION),
            PollRefused::QuestionTooLong,
        ),
        (longer(help, MOST_OF_HELP), PollRefused::HelpTooLong),
    ])
}

impl Poll {
    /// Whether this option may be put on the paper: as a new one, or in the place of the one that is
    /// changed; `pictured` where a picture comes with it.
    ///
    /// # Errors
    /// That there are too many; otherwise what is missing, too long or another's, in the order of the
    /// form.
    pub fn takes_option(
        &self,
        changed: Option<PollOptionId>,
        new: &NewOption,
        pictured: bool,
    ) -> Result<(), Vec<PollRefused>> {
        if changed.is_none() && self.options.len() >= MOST_OPTIONS {
            return Err(vec![PollRefused::TooManyOptions]);
        }
        let twice = |one: &PollOption| Some(one.id) != changed && names::same(&one.name, &new.name);
        let in_money = |cost: u64| (1..=MOST_PENCE).contains(&cost);
        let unpriced = self.method.is_budget() && !new.cost.is_some_and(in_money);
        refused(&[
            (typed::is_blank(&new.name), PollRefused::NameMissing),
            (longer(&new.name, MOST_OF_A_NAME), PollRefused::NameTooLong),
            (self.options.iter().any(twice), PollRefused::NameTwice),
            (
                longer(&new.description, MOST_OF_A_DESCRIPTION),
                PollRefused::DescriptionTooLong,
            ),
            (unpriced, PollRefused::Cost),
            (
                pictured && typed::is_blank(&new.alt),
                PollRefused::AltMissing,
            ),
            (longer(&new.alt, MOST_OF_ALT), PollRefused::AltTooLong),
        ])
    }

    /// Everything that has to be put right before a vote, with what lies outside the poll: whether its
    /// consultation's regime allows one, how many are on its register, where it has one, and what its
    /// words promise.
    pub fn faults_with(&self, voting_allowed: bool, electors: Option<u64>) -> Vec<PollRefused> {
        let mut found = self.faults();
        if electors == Some(0) {
            found.push(PollRefused::RegisterEmpty);
        }
        if !voting_allowed {
            found.push(PollRefused::NotUnderThisRegime);
        }
        // Here alone: a poll that people vote in already, or voted in, stays what it is, whatever its words.
        let alike = names::any_twice(self.options.iter().map(|one| one.name.as_str()));
        if alike && !found.contains(&PollRefused::NameTwice) {
            found.push(PollRefused::NameTwice);
        }
        let says = [&self.question, &self.help];
        if !self.binding && says.iter().any(|text| says_that_people_decide(text)) {
            found.push(PollRefused::PromisesToDecide);
        }
        found.sort_unstable();
        found
    }

    /// Everything that has to be put right before this goes to a vote, in the order of the enum.
    /// Whether a register holds anybody is not known here: see [`PollRefused::RegisterEmpty`].
    pub fn faults(&self) -> Vec<PollRefused> {
        let mut found = Vec::new();
        let mut check = |wrong: bool, fault| {
            if wrong && !found.contains(&fault) {
                found.push(fault);
            }
        };
        let options = self.options.len();
        check(
            typed::is_blank(&self.question),
            PollRefused::QuestionMissing,
        );
        check(options < 2, PollRefused::TooFewOptions);
        check(options > MOST_OPTIONS, PollRefused::TooManyOptions);
        let outside = |value: u32| value == 0 || value > MOST_POINTS;
        let limit = |most: Option<u32>| most.is_some_and(outside);
        let seats = |seats: u32| outside(seats) || (options >= 2 && seats as usize > options);
        let budget = self.method.is_budget();
        match &self.method {
            Method::Points {
                form,
                seats: places,
            } => {
                check(seats(*places), PollRefused::Seats);
                check(
                    match *form {
                        tally::Rule::Approval { most } => limit(most),
                        tally::Rule::Score { top } => outside(top),
                        tally::Rule::Dot { points, most_each } => {
                            outside(points) || limit(most_each)
                        }
                    },
                    PollRefused::Limit,
                );
            }
            Method::Ranked {
                rule,
                seats: places,
            } => {
                check(seats(*places), PollRefused::Seats);
                check(
                    rule.fills_one_seat() && *places > 1,
                    PollRefused::OneSeatRule,
                );
                // Borda's points are a report, and approval is another form.
                check(
                    matches!(rule, ranked::Rule::Borda | ranked::Rule::Approval),
                    PollRefused::Rule,
                );
            }
            Method::Budget { total, form, rule } => {
                check(*total == 0 || *total > MOST_PENCE, PollRefused::Total);
                check(
                    match *form {
                        BudgetForm::Knapsack => false,
                        BudgetForm::Approval { most } | BudgetForm::Ordinal { most } => limit(most),
                        BudgetForm::Score { top } => outside(top),
                        BudgetForm::Cumulative { points } => outside(points),
                    },
                    PollRefused::Limit,
                );
                check(rule.parse::<budget::Rule>().is_err(), PollRefused::Rule);
            }
        }
        let cost_unfit = |one: &PollOption| match one.cost {
            None => budget,
            Some(cost) => !budget || cost == 0 || cost > MOST_PENCE,
        };
        check(self.options.iter().any(cost_unfit), PollRefused::Cost);
        let plain = |one: &PollOption| typed::trimmed(&one.name).to_lowercase();
        let mut seen = HashSet::new();
        let twice = self.options.iter().any(|one| !seen.insert(plain(one)));
        check(twice, PollRefused::NameTwice);
        check(
            matches!(&self.electorate, Electorate::Ward { areas } if areas.is_empty()),
            PollRefused::WardMissing,
        );
        found.sort_unstable();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up;

    fn poll(kind: &str, names: &[&str]) -> Poll {
        made_up::poll(Method::beginning(kind).expect("a kind"), names)
    }

    #[test]
    fn an_option_needs_a_name_of_its_own_a_cost_in_a_budget_and_room_on_the_paper() {
        let takes = |poll: &Poll, changed, name: &str, cost| {
            let new = NewOption {
                name: name.to_owned(),
                cost,
                ..NewOption::default()
            };
            poll.takes_option(changed, &new, false)
        };
        let two = poll("ranked", &["North", "South"]);
        let twice = Err(vec![PollRefused::NameTwice]);
        assert_eq!(takes(&two, None, "East", None), Ok(()));
        assert_eq!(takes(&two, None, " north ", None), twice);
        // However it is written.
        let cafe = poll("ranked", &["Café", "South"]);
        for name in ["Cafe\u{301}", "CAFÉ", "cafe."] {
            assert_eq!(takes(&cafe, None, name, None), twice, "{name}");
            let both = poll("ranked", &["Café", name]);
            assert!(
                both.faults_with(true, None)
                    .contains(&PollRefused::NameTwice),
                "{name}"
            );
        }
        assert_eq!(takes(&cafe, None, "Cafés", None), Ok(()));
        // Its own name is no second one; another's is.
        let north = Some(PollOptionId(10));
        assert_eq!(takes(&two, north, "NORTH", None), Ok(()));
        assert_eq!(takes(&two, north, "South", None), twice);
        let budget = poll("budget", &[]);
        for cost in [None, Some(0), Some(MOST_PENCE + 1)] {
            let refused = takes(&budget, None, "A bench", cost);
            assert_eq!(refused, Err(vec![PollRefused::Cost]), "{cost:?}");
        }
        for cost in [1, MOST_PENCE] {
            assert_eq!(takes(&budget, None, "A bench", Some(cost)), Ok(()));
        }
        let names: Vec<String> = (0..MOST_OPTIONS).map(|n| n.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let full = poll("ranked", &names);
        assert_eq!(
            takes(&full, None, "One more", None),
            Err(vec![PollRefused::TooManyOptions])
        );
        assert_eq!(takes(&full, north, "Another name", None), Ok(()));
        let nearly = poll("ranked", names.get(1..).expect("some"));
        assert_eq!(takes(&nearly, None, "The last", None), Ok(()));
    }

    #[test]
    fn words_are_there_and_have_an_end_and_everything_wrong_is_said_at_once() {
        use PollRefused::{
            AltMissing, AltTooLong, Cost, DescriptionTooLong, HelpTooLong, NameMissing,
            NameTooLong, QuestionMissing, QuestionTooLong,
        };
        let long = |most: usize| "é".repeat(most);
        let fits = check_question(&long(MOST_OF_A_QUESTION), &long(MOST_OF_HELP));
        assert_eq!(fits, Ok(()));
        let over = check_question(&long(MOST_OF_A_QUESTION + 1), &long(MOST_OF_HELP + 1));
        assert_eq!(over, Err(vec![QuestionTooLong, HelpTooLong]));
        assert_eq!(check_question(" \n", ""), Err(vec![QuestionMissing]));
        let of = |more: usize| NewOption {
            name: long(MOST_OF_A_NAME + more),
            description: long(MOST_OF_A_DESCRIPTION + more),
            alt: long(MOST_OF_ALT + more),
            ..NewOption::default()
        };
        let (plain, budget) = (poll("ranked", &["North"]), poll("budget", &["North"]));
        assert_eq!(plain.takes_option(None, &of(0), true), Ok(()));
        let over = budget.takes_option(None, &of(1), true);
        let all = vec![NameTooLong, DescriptionTooLong, Cost, AltTooLong];
        assert_eq!(over, Err(all));
        let nothing = NewOption::default();
        let refused = plain.takes_option(None, &nothing, true);
        assert_eq!(refused, Err(vec![NameMissing, AltMissing]));
        // The words of a picture that is there already stay.
        let refused = plain.takes_option(None, &nothing, false);
        assert_eq!(refused, Err(vec![NameMissing]));
    }

    #[test]
    fn an_empty_register_and_a_regime_without_votes_stand_in_the_way() {
        let fit = poll("ranked", &["North", "South"]);
        assert_eq!(fit.faults_with(true, None), []);
        assert_eq!(fit.faults_with(true, Some(1)), []);
        assert_eq!(
            fit.faults_with(false, Some(0)),
            [PollRefused::NotUnderThisRegime, PollRefused::RegisterEmpty]
        );
    }

    #[test]
    fn an_indicative_poll_does_not_promise_that_people_decide() {
        let mut poll = poll("ranked", &["North", "South"]);
        poll.help = "You decide. The council only holds the vote.".to_owned();
        poll.binding = false;
        assert_eq!(
            poll.faults_with(true, None),
            [PollRefused::PromisesToDecide]
        );
        // It is never taken from people who vote in it already.
        assert_eq!(poll.faults(), []);
        poll.binding = true;
        assert_eq!(poll.faults_with(true, None), []);
    }
}
