//! Words about concerns.

use domain::neighbourhood::crime::Sign;
use domain::neighbourhood::read::Part;
use domain::neighbourhood::{
    AnswerRefused, Category, ConcernRefused, Ownership, ReplyClock, Route, SayingRefused, Status,
};

/// A category as people read it.
pub fn category(category: Category) -> &'static str {
    match category {
        Category::AntiSocialBehaviour => "Anti-social behaviour",
        Category::Roads => "Speeding and parking",
        Category::Litter => "Litter, fly-tipping, graffiti",
        Category::Lighting => "Lighting",
        Category::Parks => "Parks and open spaces",
        Category::DrinkAndDrugs => "Drink or drugs in public places",
        Category::FeelingUnsafe => "Feeling unsafe",
        Category::Other => "Something else",
    }
}

/// What words of a concern may be about.
pub fn sign(sign: Sign) -> &'static str {
    match sign {
        Sign::Theft => "a theft",
        Sign::BreakIn => "a break-in",
        Sign::Violence => "violence or a threat",
        Sign::SexualOffence => "a sexual offence or stalking",
        Sign::Weapon => "a weapon",
        Sign::DrugDealing => "drugs being sold",
        Sign::Arson => "something set on fire",
        Sign::NumberPlate => "the number plate of one driver",
    }
}

/// Whose it is, as staff of the police and of the council read it.
pub fn ownership(ownership: Ownership) -> &'static str {
    match ownership {
        Ownership::Open => "Not decided yet",
        Ownership::Ours => "The neighbourhood police team",
        Ownership::Council => "The council",
        Ownership::Another => "Somebody else",
    }
}

/// Whose it is, as its author reads it.
pub fn with_whom(route: &Route) -> String {
    match route.ownership {
        Ownership::Open => "The neighbourhood police team is reading it".to_owned(),
        Ownership::Ours => "The neighbourhood police team has it".to_owned(),
        Ownership::Council => "It was passed to the council".to_owned(),
        Ownership::Another if route.sent_to.is_empty() => {
            "It is for somebody else: see the reply".to_owned()
        }
        Ownership::Another => format!("It was passed to: {}", route.sent_to),
    }
}

/// A part of the queue.
pub fn part(part: Part) -> &'static str {
    match part {
        Part::Waiting => "Waiting for a reply",
        Part::Answered => "Replied, still going on",
        Part::Ended => "Ended",
    }
}

/// The field, and what to do there.
pub fn answer(refused: AnswerRefused) -> (&'static str, &'static str) {
    match refused {
        AnswerRefused::NoOwner => ("ownership", "Choose who is responsible"),
        AnswerRefused::NoReceiver => (
            "sent_to",
            "Say where you sent it: the person who raised it reads this",
        ),
        AnswerRefused::ReceiverTooLong => (
            "sent_to",
            "Say where you sent it in 200 characters or fewer",
        ),
        AnswerRefused::NoStatus => ("status", "Choose the status"),
        AnswerRefused::NoReason => ("reply", "Say why nothing will be done"),
        AnswerRefused::TooLong => ("reply", "Use 3,000 characters or fewer"),
    }
}

/// The field, and what to do there.
pub fn saying(refused: SayingRefused) -> (&'static str, &'static str) {
    match refused {
        SayingRefused::NothingSaid => ("said", "Write what people said"),
        SayingRefused::SaidTooLong => ("said", "Use 1,000 characters or fewer"),
        SayingRefused::NothingDone => ("done", "Write what you did"),
        SayingRefused::DoneTooLong => ("done", "Use 1,000 characters or fewer"),
    }
}

/// A concern that nobody would read is not taken.
pub const NOBODY_READS_IT: &str = "We did not take this: no neighbourhood team reads concerns \
     about this area at the moment. Call 101 instead, and copy what you want to keep";

/// A concern that waits where nobody reads any more.
pub const NOBODY_READS_NOW: &str = "Nothing yet. No neighbourhood team reads concerns about this \
     area at the moment, so don’t wait for a reply: call 101 instead.";

/// The postcode is not in the borough.
pub const UNKNOWN_POSTCODE: &str = "We do not know this postcode. Check it, or choose the ward";
/// There is no code.
pub const NO_CODE: &str = "Enter the code of your concern";
/// No concern has this code.
pub const UNKNOWN_CODE: &str = "We cannot find a concern with this code. Check each letter and \
     number";
/// The subject of a receipt.
pub const RECEIPT_SUBJECT: &str = "We have your concern";
/// The subject of a reply.
pub const REPLY_SUBJECT: &str = "A reply to your concern";

/// The receipt of a concern, as a letter.
pub fn receipt_letter(code: &str, due: &str, look_up: &str) -> String {
    format!(
        "We have your concern about a place.\n\nYour code:\n\n    {code}\n\nThe neighbourhood \
         team will reply by {due}.\n\nTo see what became of it, open this page and enter the \
         code:\n{look_up}\n\nWe do not keep the code itself, so we can’t tell it to you again.\n"
    )
}

/// A reply, as a letter.
pub fn reply_letter(reply: &str, with_whom: &str, look_up: &str) -> String {
    format!(
        "The neighbourhood team has replied to the concern you raised:\n\n{reply}\n\n{with_whom}.\n\n\
         You can see how it is going with the code on your receipt:\n\n{look_up}\n"
    )
}

/// How far it has come.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::New => "New",
        Status::LookingInto => "Being looked into",
        Status::Planned => "Something is planned",
        Status::Done => "Done",
        Status::NoAction => "No action: the reply says why",
    }
}

/// The reply clock.
pub fn clock(clock: ReplyClock) -> String {
    let hours = |n: i64| {
        if n == 1 {
            "1 hour".to_owned()
        } else {
            format!("{n} hours")
        }
    };
    match clock {
        ReplyClock::InTime => "Replied in time".to_owned(),
        ReplyClock::Late(n) => format!("Replied {} late", hours(n.max(1))),
        ReplyClock::Left(0) => "Less than an hour left to reply".to_owned(),
        ReplyClock::Left(n) => format!("{} left to reply", hours(n)),
        ReplyClock::Overdue(0) => "Reply overdue by less than an hour".to_owned(),
        ReplyClock::Overdue(n) => format!("Reply overdue by {}", hours(n)),
    }
}

/// The field, and what to do there.
pub fn refused(refused: ConcernRefused) -> (&'static str, String) {
    match refused {
        ConcernRefused::NoCategory => ("category", "Choose what it is about".to_owned()),
        ConcernRefused::NothingWritten => ("what", "Write what happens".to_owned()),
        ConcernRefused::TooLong { over } => (
            "what",
            format!("Use 3,000 characters or fewer. Take out {over}"),
        ),
        ConcernRefused::NoPlace => ("place", "Say where".to_owned()),
        ConcernRefused::PlaceTooLong { over } => (
            "place",
            format!("Say where in 300 characters or fewer. Take out {over}"),
        ),
        ConcernRefused::NameTooLong { over } => (
            "name",
            format!("Use 100 characters or fewer for your name. Take out {over}"),
        ),
        ConcernRefused::NobodyReads => ("", NOBODY_READS_IT.to_owned()),
        ConcernRefused::NoAddress => (
            "email",
            "Enter your email address, or choose not to be contacted".to_owned(),
        ),
        ConcernRefused::NotAnAddress => (
            "email",
            "Enter an email address, like name@example.org".to_owned(),
        ),
    }
}
