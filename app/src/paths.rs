//! Where each page lives. One concept, one word: the URL says what the slice says.
//!
//! Residents: `/consultations…`, `/receipt`, `/areas…`. Staff: `/desk…`.

use domain::ids::StatementId;

/// The hub of consultations.
pub const HUB: &str = "/consultations";
/// What is new, as an Atom feed.
pub const FEED: &str = "/consultations.atom";
/// The consultations of one's teams.
pub const DESK_CONSULTATIONS: &str = "/desk/consultations";
/// Look up a receipt: *my thread*.
pub const RECEIPT: &str = "/receipt";
/// The signed heads of the record, as text.
pub const RECORD_HEADS: &str = "/record/heads";
/// The areas of the borough.
pub const AREAS: &str = "/areas";
/// The council dashboard of all consultations, open to everybody.
pub const OUTCOMES: &str = "/outcomes";
/// Sign-in of staff.
pub const SIGN_IN: &str = "/sign-in";
/// Sign-out of staff; POST only.
pub const SIGN_OUT: &str = "/sign-out";
/// Ask for a link that sets a new password.
pub const RESET: &str = "/reset";
/// One's own account.
pub const ACCOUNT: &str = "/account";
/// Where staff begin.
pub const DESK: &str = "/desk";
/// The moderators' queue.
pub const MODERATION: &str = "/desk/moderation";
/// Look up a concern by its code.
pub const CONCERN_LOOK_UP: &str = "/concerns";
/// The receipt of a concern just sent.
pub const CONCERN_RECEIPT: &str = "/concerns/receipt";
/// The neighbourhood team's queue.
pub const CONCERNS: &str = "/desk/concerns";
/// Letters that did not leave.
pub const LETTERS: &str = "/desk/letters";
/// People, teams and roles.
pub const PEOPLE: &str = "/desk/people";

/// Organisations and their teams.
pub const TEAMS: &str = "/desk/teams";
/// Add an organisation.
pub const NEW_ORGANISATION: &str = "/desk/teams/organisations/new";

/// A team as its administrators see it.
pub fn team(id: i64) -> String {
    format!("{TEAMS}/{id}")
}

/// A person as administrators see them; `part` is empty or a page below it.
pub fn person(id: i64, part: &str) -> String {
    if part.is_empty() {
        format!("{PEOPLE}/{id}")
    } else {
        format!("{PEOPLE}/{id}/{part}")
    }
}

/// A consultation as everybody sees it.
pub fn consultation(slug: &str) -> String {
    format!("{HUB}/{slug}")
}

/// A document of a consultation.
pub fn document(token: &str) -> String {
    format!("/documents/{token}")
}

/// The questionnaire.
pub fn respond(slug: &str) -> String {
    format!("{HUB}/{slug}/respond")
}

/// Sends the checked answers.
pub fn check(slug: &str) -> String {
    format!("{HUB}/{slug}/check")
}

/// The receipt of a response just sent.
pub fn receipt(slug: &str) -> String {
    format!("{HUB}/{slug}/receipt")
}

/// The statements to vote on.
pub fn vote(slug: &str) -> String {
    format!("{HUB}/{slug}/vote")
}

/// The statement to vote on, within its page.
pub const STATEMENT: &str = "statement";
/// The form for a statement of one's own, within the same page.
pub const OWN_STATEMENT: &str = "own-statement";

/// The next statement to vote on, after a vote on this one.
pub fn vote_after(slug: &str, statement: StatementId) -> String {
    format!("{}?after={statement}#{STATEMENT}", vote(slug))
}

/// Where somebody who added a statement sees that it waits.
pub fn vote_own(slug: &str) -> String {
    format!("{}#{OWN_STATEMENT}", vote(slug))
}

/// A question put to a vote.
pub fn poll(slug: &str, number: i32) -> String {
    format!("{HUB}/{slug}/polls/{number}")
}

/// A page below a poll, such as `paper`.
pub fn poll_part(slug: &str, number: i32, part: &str) -> String {
    format!("{HUB}/{slug}/polls/{number}/{part}")
}

/// A poll as its team sees it; `part` is empty or a page below it.
pub fn desk_poll(slug: &str, number: i32, part: &str) -> String {
    if part.is_empty() {
        format!("{DESK}/consultations/{slug}/polls/{number}")
    } else {
        format!("{DESK}/consultations/{slug}/polls/{number}/{part}")
    }
}

/// What people think.
pub fn opinion(slug: &str) -> String {
    format!("{HUB}/{slug}/opinion")
}

/// The same as open data.
pub fn opinion_json(slug: &str) -> String {
    format!("{HUB}/{slug}/opinion.json")
}

/// A file of the votes.
pub fn opinion_file(slug: &str, name: &str) -> String {
    format!("{HUB}/{slug}/opinion/{name}")
}

/// What came of it.
pub fn outcome(slug: &str) -> String {
    format!("{HUB}/{slug}/outcome")
}

/// A consultation as its teams see it; `part` is empty or a page below it, such as `watch`.
pub fn desk_consultation(slug: &str, part: &str) -> String {
    if part.is_empty() {
        format!("{DESK}/consultations/{slug}")
    } else {
        format!("{DESK}/consultations/{slug}/{part}")
    }
}

/// What neighbours raised in a ward, and what was done.
pub fn neighbourhood(code: &str) -> String {
    format!("{AREAS}/{code}/neighbourhood")
}

/// How the address ends at which a concern about an area is raised.
pub const OF_A_CONCERN: &str = "/concern";

/// Raise a concern about a place in a ward.
pub fn raise(code: &str) -> String {
    format!("{AREAS}/{code}{OF_A_CONCERN}")
}

/// A ward.
pub fn area(code: &str) -> String {
    format!("{AREAS}/{code}")
}
