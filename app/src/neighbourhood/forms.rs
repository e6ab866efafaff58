//! What residents and neighbourhood teams type, parsed for the use cases.

use domain::neighbourhood::{Category, NewAnswer, NewConcern, Ownership, Saying, Status};

use crate::pairs::Pairs;

/// The fields of a concern, in the order of the form.
pub const CONCERN: [&str; 6] = ["category", "what", "place", "contact", "name", "email"];

/// The signs of a crime of which somebody said that they are none.
pub const NO_CRIME: &str = "no-crime";

/// A concern as it was typed.
pub fn concern(pairs: &Pairs) -> NewConcern {
    let text = |name: &str| pairs.one(name).to_owned();
    NewConcern {
        category: Category::from_code(pairs.one("category")),
        what: text("what"),
        place: text("place"),
        may_contact: pairs.one("contact") == "yes",
        name: text("name"),
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

/// *You said, we did* as it was typed.
pub fn saying(pairs: &Pairs) -> Saying {
    Saying {
        said: pairs.one("said").to_owned(),
        done: pairs.one("done").to_owned(),
    }
}
