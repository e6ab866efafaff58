//! What residents and neighbourhood teams type, parsed for the use cases.

use domain::neighbourhood::{Category, MOST_OF_A_SAYING, NewAnswer, NewConcern, Ownership, Status};

use crate::pairs::Pairs;
use crate::ui::form::{FieldError, FormState};

/// The fields of a concern, in the order of the form.
pub const CONCERN: [&str; 6] = ["category", "what", "place", "contact", "name", "email"];

/// A concern as it was typed.
pub fn concern(pairs: &Pairs) -> NewConcern {
    let text = |name: &str| pairs.one(name).to_owned();
    NewConcern {
        category: Category::from_code(pairs.one("category")),
        what: text("what"),
        place: text("place"),
        may_contact: pairs.one("contact") == "yes",
        name: text("name").chars().take(100).collect(),
        email: text("email"),
    }
}

/// A team's answer as it was typed.
pub fn answer(pairs: &Pairs) -> NewAnswer {
    NewAnswer {
        ownership: Ownership::from_code(pairs.one("ownership")),
        sent_to: pairs.one("sent_to").to_owned(),
        status: Status::from_code(pairs.one("status")),
        reply: pairs.one("reply").to_owned(),
    }
}

/// *You said, we did*, or the form with what is missing.
///
/// # Errors
/// The form.
pub fn promise(pairs: &Pairs) -> Result<(String, String), FormState> {
    let mut errors = Vec::new();
    for (field, missing) in [
        ("said", "Write what people said"),
        ("done", "Write what you did"),
    ] {
        let message = match pairs.one(field).chars().count() {
            0 => missing.to_owned(),
            n if n > MOST_OF_A_SAYING => "Use 1,000 characters or fewer".to_owned(),
            _ => continue,
        };
        errors.push(FieldError {
            field: field.to_owned(),
            message,
        });
    }
    if errors.is_empty() {
        Ok((pairs.one("said").to_owned(), pairs.one("done").to_owned()))
    } else {
        Err(FormState::from_pairs(pairs.iter()).refused(errors))
    }
}
