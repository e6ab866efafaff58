//! Words of the officers' desk of polls: what is missing, and what to do about it.

use domain::poll::PollRefused;
use domain::poll::faults::{
    MOST_OF_A_DESCRIPTION, MOST_OF_A_NAME, MOST_OF_A_QUESTION, MOST_OF_ALT, MOST_OF_HELP,
    MOST_OPTIONS, MOST_POINTS,
};
use domain::poll::model::BudgetForm;
use domain::poll::new::RegisterRow;
use domain::poll::{Electorate, Method};
use domain::vote::{budget, ranked, tally};

use super::result::{self, pounds};

/// The question is missing.
pub const QUESTION_MISSING: &str = "Write the question";
/// No kind was chosen.
pub const KIND_MISSING: &str = "Choose how people vote";
/// No rule was chosen.
pub const RULE_MISSING: &str = "Choose how the ballots are counted";
/// No form of ballot was chosen.
pub const FORM_MISSING: &str = "Choose how the ballot is marked";
/// An option has no name.
pub const NAME_MISSING: &str = "Give it a name";
/// There is one of this name.
pub const NAME_TWICE: &str = "There is already one with this name. Give it another name";
/// No electorate was chosen.
pub const ELECTORATE_MISSING: &str = "Choose who may vote";
/// No ward was chosen.
pub const WARD_MISSING: &str = "Choose at least one ward";
/// A cost can't be read.
pub const COST_UNREADABLE: &str = "Enter the cost in pounds, for example 12,000 or 12000.50";
/// A sum can't be read.
pub const TOTAL_UNREADABLE: &str = "Enter the amount in pounds, for example 200,000 or 200000.50";
/// A picture without words.
pub const ALT_MISSING: &str = "Say what the picture shows, for people who can’t see it";
/// A picture of another kind.
pub const PICTURE_KIND: &str = "The picture must be a PNG or a JPEG";
/// A picture that is too large.
pub const PICTURE_TOO_LARGE: &str = "The picture must be smaller than 2 MB";
/// A picture with too many pixels.
pub const PICTURE_TOO_MANY_PIXELS: &str =
    "The picture must be at most 25 million pixels, such as 5,000 by 5,000";
/// No file.
pub const FILE_MISSING: &str = "Choose a file";
/// The register was changed after somebody voted.
pub const REGISTER_IN_USE: &str =
    "Somebody on the register has had their ballot paper already, so it can’t be replaced";
/// No letter has this code.
pub const CODE_UNKNOWN: &str = "No letter for this poll has this code. Check it and type it again";
/// The letter has been used.
pub const CODE_USED: &str =
    "A ballot paper has already been issued for this code, so this person may have voted online";
/// The second keying differs.
pub const KEYED_DIFFERENTLY: &str =
    "You keyed it differently the second time. Look at the paper again and start over";
/// The option that was changed is off the paper.
pub const OPTION_GONE: &str = "A colleague has taken this off the ballot paper since you opened the \
     page. What you typed is still below: send it again to add it";
/// The box must be ticked.
pub const NOT_CONFIRMED: &str = "Tick the box to confirm";

/// A register that is too large.
pub const REGISTER_TOO_LARGE: &str = "The file must have no more than 20,000 people and be no \
     larger than 5 MB";
/// A register with nobody in it.
pub const REGISTER_NOBODY: &str = "There is nobody in the file";
/// A mark that is no number.
pub const MARK_UNREADABLE: &str = "Key a whole number, or leave it empty";
/// The list of ballots is out.
pub const ALREADY_PUBLISHED: &str =
    "The ballots of this poll have been published, so none can be added";

/// A poll that says more than its result is worth.
pub const PROMISES_TO_DECIDE: &str = "The question or the text below it says that people decide, but the \
     result is indicative. Say that it informs the decision, or make the result binding";

/// A text that is too long.
pub fn at_most(characters: usize) -> String {
    format!("Use {characters} characters or fewer")
}

/// A whole number between two limits.
pub fn number_between(least: u32, most: u32) -> String {
    format!("Enter a whole number from {least} to {most}")
}

/// What to fix about a poll, and in which section of its desk.
pub fn fault(fault: PollRefused) -> (&'static str, String) {
    match fault {
        PollRefused::NotUnderThisRegime => (
            "",
            "The rule this consultation is held under does not allow a vote".to_owned(),
        ),
        PollRefused::QuestionMissing | PollRefused::QuestionTooLong | PollRefused::HelpTooLong => {
            ("question", field(fault).1)
        }
        PollRefused::TooFewOptions => ("options", "Give at least two options".to_owned()),
        PollRefused::TooManyOptions => (
            "options",
            format!("Give no more than {MOST_OPTIONS} options"),
        ),
        PollRefused::Seats => (
            "rule",
            "There must be at least one place to fill, and no more places than options".to_owned(),
        ),
        PollRefused::OneSeatRule => (
            "rule",
            "This way of counting fills one place. Choose another, or one place".to_owned(),
        ),
        PollRefused::Limit => (
            "rule",
            format!("The limits of the ballot must be between 1 and {MOST_POINTS}"),
        ),
        PollRefused::Cost => ("options", "Give every project a cost".to_owned()),
        PollRefused::Total => ("rule", "Say how much money there is".to_owned()),
        PollRefused::NameTwice => ("options", "Two options have the same name".to_owned()),
        PollRefused::NameMissing
        | PollRefused::NameTooLong
        | PollRefused::DescriptionTooLong
        | PollRefused::AltMissing
        | PollRefused::AltTooLong => ("options", field(fault).1),
        PollRefused::WardMissing => ("electorate", WARD_MISSING.to_owned()),
        PollRefused::RegisterEmpty => ("register", "Upload the register".to_owned()),
        PollRefused::Rule => ("rule", RULE_MISSING.to_owned()),
        PollRefused::PromisesToDecide => ("question", PROMISES_TO_DECIDE.to_owned()),
    }
}

/// Why a form is refused, and at which of its fields.
pub fn field(why: PollRefused) -> (&'static str, String) {
    match why {
        PollRefused::QuestionMissing => ("question", QUESTION_MISSING.to_owned()),
        PollRefused::QuestionTooLong => ("question", at_most(MOST_OF_A_QUESTION)),
        PollRefused::HelpTooLong => ("help", at_most(MOST_OF_HELP)),
        PollRefused::NameMissing => ("name", NAME_MISSING.to_owned()),
        PollRefused::NameTooLong => ("name", at_most(MOST_OF_A_NAME)),
        PollRefused::NameTwice => ("name", NAME_TWICE.to_owned()),
        PollRefused::DescriptionTooLong => ("description", at_most(MOST_OF_A_DESCRIPTION)),
        PollRefused::Cost => ("cost", COST_UNREADABLE.to_owned()),
        PollRefused::AltMissing => ("alt", ALT_MISSING.to_owned()),
        PollRefused::AltTooLong => ("alt", at_most(MOST_OF_ALT)),
        other => ("", fault(other).1),
    }
}

/// Kinds to choose from: word, name, what a voter does.
pub const KINDS: [(&str, &str, &str); 5] = [
    (
        "ranked",
        "Ranking",
        "People put options in their order: 1, 2, 3 … Good for choosing one or several of many.",
    ),
    (
        "approval",
        "Approval",
        "People tick every option they could live with. The simplest to mark and to count.",
    ),
    (
        "score",
        "Score",
        "People give each option points, for example from 0 to 5.",
    ),
    (
        "dot",
        "Dots",
        "People have a number of points and spread them over the options as they like.",
    ),
    (
        "budget",
        "Participatory budget",
        "People choose between projects that cost money, with a fixed sum to spend.",
    ),
];

/// The name of a poll's kind.
pub fn kind(method: &Method) -> &'static str {
    let code = method.kind();
    KINDS
        .iter()
        .find(|(known, _, _)| *known == code)
        .map_or("", |(_, name, _)| name)
}

/// The settings of a poll in one line: “Instant run-off · 1 place”.
pub fn settings(method: &Method) -> String {
    let places = |seats: u32| match seats {
        1 => "1 place".to_owned(),
        n => format!("{n} places"),
    };
    match method {
        Method::Points { form, seats } => {
            let form = match form {
                tally::Rule::Approval { most: None } => "as many ticks as people like".to_owned(),
                tally::Rule::Approval { most: Some(most) } => format!("at most {most} ticks"),
                tally::Rule::Score { top } => format!("scores from 0 to {top}"),
                tally::Rule::Dot { points, most_each } => match most_each {
                    Some(most) => format!("{points} points, at most {most} each"),
                    None => format!("{points} points"),
                },
            };
            format!("{form} · {}", places(*seats))
        }
        Method::Ranked { rule, seats } => {
            format!("{} · {}", result::ranked_rule(*rule), places(*seats))
        }
        Method::Budget { total, form, rule } => {
            let named = rule
                .parse::<budget::Rule>()
                .map_or_else(|_| rule.clone(), |rule| result::budget_rule(&rule));
            format!("{} · {} · {named}", pounds(*total), budget_form(*form))
        }
    }
}

/// How a budget ballot is marked.
pub fn budget_form(form: BudgetForm) -> String {
    match form {
        BudgetForm::Knapsack => "projects that fit into the sum".to_owned(),
        BudgetForm::Approval { most: None } => "any projects".to_owned(),
        BudgetForm::Approval { most: Some(most) } => format!("at most {most} projects"),
        BudgetForm::Score { top } => format!("scores from 0 to {top}"),
        BudgetForm::Cumulative { points } => format!("{points} points to spread"),
        BudgetForm::Ordinal { most: None } => "projects in order".to_owned(),
        BudgetForm::Ordinal { most: Some(most) } => format!("at most {most} projects in order"),
    }
}

/// What is on the paper: projects or options.
pub fn things(method: &Method) -> (&'static str, &'static str) {
    match method {
        Method::Budget { .. } => ("project", "projects"),
        _ => ("option", "options"),
    }
}

/// Rules for ranked ballots to choose from: word, name, what it does and when it fits.
pub fn ranked_rules() -> Vec<(&'static str, String, &'static str)> {
    ranked::Rule::ALL
        .into_iter()
        .filter(|rule| !matches!(rule, ranked::Rule::Borda | ranked::Rule::Approval))
        .map(|rule| {
            (
                rule.as_str(),
                result::capital(result::ranked_rule(rule)),
                result::ranked_rule_told(rule),
            )
        })
        .collect()
}

/// Rules for budgets to choose from, the advised one first.
pub fn budget_rules() -> Vec<(&'static str, String, &'static str)> {
    use budget::Completion::{AddOne, AddOneThenGreedy, Greedy, Nothing};
    use budget::Method::EqualShares;
    [
        EqualShares(AddOne),
        EqualShares(AddOneThenGreedy),
        EqualShares(Greedy),
        EqualShares(Nothing),
        budget::Method::Greedy,
    ]
    .into_iter()
    .map(|method| {
        let rule = budget::Rule::usual(method);
        (
            method.name(),
            result::budget_rule(&rule),
            result::budget_rule_told(&rule),
        )
    })
    .collect()
}

/// Electorates to choose from: word, name, what it takes and how sure it makes.
pub const ELECTORATES: [(&str, &str, &str); 4] = [
    (
        "open",
        "Anyone",
        "One ballot for each browser. Easy for everyone, but weak: anyone who clears their \
         browser can vote again. Never choose it for a binding vote.",
    ),
    (
        "email",
        "Anyone with an email address",
        "One ballot for each confirmed address. Fair: few people have many addresses.",
    ),
    (
        "ward",
        "People who live in certain wards",
        "A confirmed email address and a postcode in one of the wards. Fair: we can’t check that \
         somebody lives there.",
    ),
    (
        "register",
        "People on a register",
        "You upload names and addresses, and post each a letter with a code that works once. Strong, \
         and the only way that reaches people without email.",
    ),
];

/// The name of an electorate.
pub fn electorate(electorate: &Electorate) -> &'static str {
    ELECTORATES
        .iter()
        .find(|(code, _, _)| *code == electorate.code())
        .map_or("", |(_, name, _)| name)
}

/// How many people: “1 person”, “1,204 people”.
pub fn people(number: u64) -> String {
    match number {
        1 => "1 person".to_owned(),
        n => format!("{} people", crate::ui::chart::number_text(n)),
    }
}

/// What to do about a row of a register.
pub fn register_row(line: usize, row: RegisterRow) -> String {
    let why = match row {
        RegisterRow::NameMissing => "the name is missing".to_owned(),
        RegisterRow::AddressMissing => "the address is missing".to_owned(),
        RegisterRow::TooLong => "the name, the address or the note is too long".to_owned(),
        RegisterRow::Twice { first } => format!(
            "the same person at the same address is in line {first}. If they are two people, add a \
             column “note” that tells them apart, such as “senior” and “junior”"
        ),
        RegisterRow::Cells { have, need } => format!(
            "it has {have} cells, and the first line names {need} columns. Put quotation marks \
             around an address that has commas in it"
        ),
    };
    format!("Line {line}: {why}")
}
