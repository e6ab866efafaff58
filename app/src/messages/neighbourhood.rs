//! Words about concerns.

use domain::neighbourhood::{Category, ConcernRefused, Ownership, ReplyClock, Status};

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

/// Whose it is, as its team reads it.
pub fn ownership(ownership: Ownership) -> &'static str {
    match ownership {
        Ownership::Open => "Not decided yet",
        Ownership::Ours => "Ours",
        Ownership::Council => "The council’s",
        Ownership::Another => "Somebody else’s",
    }
}

/// Whose it is, as its author reads it.
pub fn with_whom(ownership: Ownership) -> &'static str {
    match ownership {
        Ownership::Open => "The neighbourhood police team is reading it",
        Ownership::Ours => "The neighbourhood police team has it",
        Ownership::Council => "It was passed to the council",
        Ownership::Another => "It is for somebody else: see the reply",
    }
}

/// How far it has come.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::New => "New",
        Status::LookingInto => "Being looked into",
        Status::Planned => "Something is planned",
        Status::Done => "Done",
        Status::NoAction => "No action, and why is in the reply",
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
        ConcernRefused::NoPlace => ("place", "Say where, in 300 characters or fewer".to_owned()),
        ConcernRefused::NoAddress => (
            "email",
            "Enter your e-mail address, or choose not to be contacted".to_owned(),
        ),
        ConcernRefused::NotAnAddress => (
            "email",
            "Enter an e-mail address, like name@example.org".to_owned(),
        ),
    }
}
