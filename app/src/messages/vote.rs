//! Words of the voting pages.

use domain::vote::statement::{MOST_CHARACTERS, MOST_WAITING, StatementRefused};
use domain::vote::stuffing::{CROWD, ECHO, FLOOD, Flag, LONG, SURE};

/// What to do about a statement that was not taken.
pub fn statement(refused: StatementRefused) -> String {
    match refused {
        StatementRefused::Empty => "Write your statement".to_owned(),
        StatementRefused::TooLong { over } => {
            format!("Your statement must be {MOST_CHARACTERS} characters or fewer. Take out {over}")
        }
        StatementRefused::TooManyWaiting => format!(
            "{MOST_WAITING} of your statements are waiting to be checked. You can add more once \
             they have been"
        ),
    }
}

/// What setting aside means.
pub const SET_ASIDE: &str = "Some votes look as if a program had cast them. They are kept, but left out of what people \
     think until a moderator lets them back in. A flag is a reason to look, not proof. What \
     none of these rules can see: a slow program that votes as people with opinions do; one that \
     comes from many networks and votes on few statements, or for two statements at once; a crowd of \
     fewer than 25. In what order and how fast somebody votes is not looked at, because we do not \
     keep it.";

/// What a rule is called.
pub fn flag(flag: Flag) -> &'static str {
    match flag {
        Flag::Unread => "Voted without having opened the page",
        Flag::Flood => "Very many from one network on one day",
        Flag::OneMind => "One network, one opinion",
        Flag::Echo => "Copies of one another",
        Flag::AtRandom => "At random, but for one statement",
    }
}

/// What a rule says.
pub fn why(flag: Flag) -> String {
    match flag {
        Flag::Unread => {
            "The first vote came without the cookie that the voting page gives to every \
                         browser. A browser that refuses cookies does that too, and counts as a \
                         new voter with each vote."
                .to_owned()
        }
        Flag::Flood => format!("More than {FLOOD} new voters from one network on one day."),
        Flag::OneMind => format!(
            "At least {CROWD} new voters from one network on one day who nearly all say the same, \
             where everybody else does not."
        ),
        Flag::Echo => format!(
            "At least {ECHO} voters with the very same answers to {LONG} statements or more, and \
             hardly anyone whose answers are the same but for one."
        ),
        Flag::AtRandom => format!(
            "At least {SURE} voters, from any networks, whose answers are by chance, like those of \
             nobody with an opinion, and who are of one mind on one statement. In two real \
             conversations this finds nine in ten of 120 such voters who vote on 30 statements or \
             more, and takes fewer than one person in two hundred, on average, for one of them."
        ),
    }
}
