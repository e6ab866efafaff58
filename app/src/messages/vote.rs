//! Words of the voting pages.

use domain::vote::statement::{MOST_CHARACTERS, MOST_WAITING, StatementRefused};

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
