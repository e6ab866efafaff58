//! Words for voters: who may vote and how sure that is, how to mark a ballot, why it is not taken.

use domain::poll::model::BudgetForm;
use domain::poll::policy::CastRefused;
use domain::poll::{BallotRefused, Choices, Electorate, Method, Poll, Strength};
use domain::vote::tally;

use super::result::pounds;

/// Who may vote, in a sentence.
pub fn electorate(electorate: &Electorate, wards: &str) -> String {
    match electorate {
        Electorate::Open => "Anyone can vote, once in each browser.".to_owned(),
        Electorate::Email => "Anyone with an email address can vote once.".to_owned(),
        Electorate::Ward { .. } => {
            format!("People who live in {wards} can vote once, with an email address.")
        }
        Electorate::Register => {
            "Everybody who was sent a letter with a code can vote once.".to_owned()
        }
    }
}

/// How sure one may be that each person voted once.
pub fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Weak => {
            "Weak: it stops accidents, not somebody who clears their browser to vote again."
        }
        Strength::Fair => "Fair: somebody with several email addresses could vote several times.",
        Strength::Strong => "Strong: each letter gives one ballot.",
    }
}

/// How to mark the ballot, in a sentence or two.
pub fn how(method: &Method) -> String {
    let limit = |most: Option<u32>| match most {
        Some(1) => "Choose one.".to_owned(),
        Some(most) => format!("Choose up to {most}."),
        None => "Choose every one you support, as many as you like.".to_owned(),
    };
    let order = |most: Option<u32>| match most {
        Some(most) => format!(
            "Give 1 to your first choice, 2 to your second, and so on, up to {most}. You can stop \
             when you like."
        ),
        None => "Give 1 to your first choice, 2 to your second, and so on. You can stop when you \
                 like."
            .to_owned(),
    };
    match method {
        Method::Points { form, .. } => match form {
            tally::Rule::Approval { most } => limit(*most),
            tally::Rule::Score { top } => {
                format!("Give each a score from 0 to {top}. {top} is best.")
            }
            tally::Rule::Dot { points, most_each } => {
                let each = most_each
                    .map(|most| format!(" No more than {most} for one."))
                    .unwrap_or_default();
                format!("You have {points} points. Share them out as you like.{each}")
            }
        },
        Method::Ranked { .. } => order(None),
        Method::Budget { total, form, .. } => match form {
            BudgetForm::Knapsack => format!(
                "Choose the projects you would pay for. Together they must cost no more than {}.",
                pounds(*total)
            ),
            BudgetForm::Approval { most } => limit(*most),
            BudgetForm::Score { top } => {
                format!("Give each project a score from 0 to {top}. {top} is best.")
            }
            BudgetForm::Cumulative { points } => {
                format!("You have {points} points. Share them out between the projects.")
            }
            BudgetForm::Ordinal { most } => order(*most),
        },
    }
}

/// How a mark reads beside its option: “1st”, “3 points”, “Chosen”.
pub fn mark(method: &Method, value: u32) -> String {
    let ranked = matches!(
        method,
        Method::Ranked { .. }
            | Method::Budget {
                form: BudgetForm::Ordinal { .. },
                ..
            }
    );
    let crosses = matches!(
        method,
        Method::Points {
            form: tally::Rule::Approval { .. },
            ..
        } | Method::Budget {
            form: BudgetForm::Knapsack | BudgetForm::Approval { .. },
            ..
        }
    );
    match value {
        _ if crosses => "Chosen".to_owned(),
        n if ranked => place(n),
        1 => "1 point".to_owned(),
        n => format!("{n} points"),
    }
}

/// “1st”, “2nd”, “11th”.
pub fn place(n: u32) -> String {
    let ending = match (n % 100, n % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

/// What is spent and what is left, where there is something to spend.
pub fn spent(poll: &Poll, choices: &Choices) -> Option<String> {
    let given: u64 = choices
        .marks()
        .iter()
        .map(|mark| u64::from(mark.value))
        .sum();
    let purse = |points: u32| {
        let left = u64::from(points).saturating_sub(given);
        Some(format!(
            "You give {given} of {points} points. {left} are left."
        ))
    };
    match &poll.method {
        Method::Points {
            form: tally::Rule::Dot { points, .. },
            ..
        } => purse(*points),
        Method::Budget { total, form, .. } => match form {
            BudgetForm::Knapsack => {
                let cost = poll.cost(choices.marks());
                Some(format!(
                    "Your projects cost {} of {}. {} is left.",
                    pounds(cost),
                    pounds(*total),
                    pounds(total.saturating_sub(cost))
                ))
            }
            BudgetForm::Cumulative { points } => purse(*points),
            _ => None,
        },
        _ => None,
    }
}

/// What to do about a ballot that is not within the rules.
pub fn ballot(poll: &Poll, refused: BallotRefused) -> String {
    let name = |position: i32| {
        poll.option(position)
            .map(|one| one.name.clone())
            .unwrap_or_default()
    };
    match refused {
        BallotRefused::NotOnThePaper => "Choose only what is on the ballot paper".to_owned(),
        BallotRefused::Ranks { rank } => {
            let word = place(rank);
            format!("Give {word} place to exactly one, before you give any place after it")
        }
        BallotRefused::TooMany { given, most } => {
            format!(
                "You chose {given}. Choose no more than {most}: take away {}",
                given - most
            )
        }
        BallotRefused::TooMuchForOne { option, most } => {
            format!("Give {} no more than {most}", name(option))
        }
        BallotRefused::TooManyPoints { given, most } => format!(
            "You gave {given} points, and there are {most}. Take back {}",
            given.saturating_sub(u64::from(most))
        ),
        BallotRefused::OverBudget { cost, total } => format!(
            "Your projects cost {}, which is {} more than there is. Take some away",
            pounds(cost),
            pounds(cost.saturating_sub(total))
        ),
    }
}

/// A mark that is no number.
pub const NOT_A_NUMBER: &str = "Write a whole number, or leave it empty";

/// Why nobody can vote now: a heading and a sentence.
pub fn cast(refused: CastRefused, opens: &str, closes: &str) -> (&'static str, String) {
    match refused {
        CastRefused::NotYetOpen => (
            "Voting has not begun",
            format!("You can vote from {opens}. Nothing was sent."),
        ),
        _ => (
            "Voting has ended",
            format!(
                "Voting ended on {closes}, so we did not take this ballot. If you cast one before \
                 then, it counts as you last cast it."
            ),
        ),
    }
}

/// No code was typed.
pub const NO_CODE: &str = "Enter the code";
/// No letter of this poll has this code.
pub const LETTER_UNKNOWN: &str =
    "No letter for this vote has this code. Check it and type it again";
/// That letter has had its paper.
pub const LETTER_USED: &str = "A ballot paper has already been given out for this letter. If it \
     was to you, use your voting code instead. If not, tell the people named in the letter";
/// The form gave somebody else their paper.
pub const STALE_FORM: &str = "Somebody else has just used this page to get their own ballot paper. \
     We have made a new page for you: type your code once more";
/// The link has run out, or we did not make it.
pub const LINK_EXPIRED: &str = "This link does not work any more. Ask for a new one";
/// The link has given a paper before.
pub const LINK_USED: &str =
    "This link has already been used to get a ballot paper. Use your voting code instead";
/// No paper has this voting code.
pub const CODE_UNKNOWN: &str =
    "No ballot paper in this vote has this voting code. Check it and type it again";
/// A ballot is cast on a paper that is not there.
pub const NO_PAPER: &str = "You need a ballot paper before you can vote. Nothing was sent";
/// Not an address.
pub const NOT_AN_EMAIL: &str = "Enter an email address, like name@example.org";
/// Not a postcode that is known.
pub const UNKNOWN_POSTCODE: &str = "Enter a postcode of this borough, like DY1 1HF";

/// A postcode outside the wards.
pub fn elsewhere(wards: &str) -> String {
    format!("This vote is for people who live in {wards}. That postcode is not there")
}

/// The subject of the letter with a link.
pub const LETTER_SUBJECT: &str = "Your ballot paper";

/// The letter with the link to a paper.
pub fn letter(question: &str, link: &str) -> String {
    format!(
        "Hello,\n\nSomebody asked for a ballot paper to be sent to this address, for the \
         vote:\n\n{question}\n\nIf it was you, open this link within three days. It gives one ballot \
         paper.\n\n{link}\n\nNobody finds out whether you vote, or how. If it was not you, you \
         don’t need to do anything.\n"
    )
}

/// The letter to somebody who has their paper.
pub fn letter_again(question: &str, page: &str) -> String {
    format!(
        "Hello,\n\nSomebody asked for a ballot paper to be sent to this address, for the \
         vote:\n\n{question}\n\nA ballot paper has already been given out for this address, and \
         each address has one. Your voting code opens it:\n\n{page}\n\nWe don’t know that code: \
         only you \
         have it, so that nobody can tell how you voted.\n"
    )
}
