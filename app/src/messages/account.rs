//! Words of staff accounts.

use domain::account::policy::ManageRefused;
use domain::account::read::DemonstrationPerson;
use domain::account::{MINIMUM_LENGTH, PasswordRefused, Role};
use domain::letter::Trouble;
use domain::retention::LETTER_DAYS;
use jiff::Timestamp;

use crate::ui::dates;

/// One answer for a wrong address, a wrong password and a disabled account, so that nobody learns
/// who works here.
pub const SIGN_IN_REFUSED: &str =
    "The email address or the password is not right. Check both and try again";
/// An address without its shape.
pub const EMAIL_REFUSED: &str = "Enter an email address, such as name@example.gov.uk";
/// No password typed.
pub const PASSWORD_MISSING: &str = "Enter your password";
/// The present password is wrong.
pub const PRESENT_PASSWORD_WRONG: &str = "Enter your current password";
/// No name typed.
pub const NAME_REFUSED: &str = "Enter a name of 1 to 120 characters";
/// No team chosen.
pub const TEAM_MISSING: &str = "Choose a team";
/// No role chosen.
pub const ROLE_MISSING: &str = "Choose a role";
/// The address is somebody's already.
pub const EMAIL_TAKEN: &str = "There is already somebody with this email address. Find them in \
     the list and give them another role";

/// What to do about a password that was not taken.
pub fn password(refused: PasswordRefused) -> String {
    match refused {
        PasswordRefused::TooShort => {
            format!("Your password must have {MINIMUM_LENGTH} characters or more")
        }
        PasswordRefused::TooLong => "Your password must have 128 characters or fewer".to_owned(),
        PasswordRefused::EasyToGuess => {
            "Choose a password that is harder to guess, such as three words that don’t belong \
             together"
                .to_owned()
        }
    }
}

/// Why an administrator can't do this.
pub fn manage(refused: ManageRefused) -> &'static str {
    match refused {
        ManageRefused::OtherOrganisation => {
            "This belongs to an organisation that you do not administer. Ask its administrator"
        }
        ManageRefused::OwnAccess => {
            "You can’t take away your own access. Ask another administrator to do it"
        }
        ManageRefused::LastAdministrator => {
            "They are the last administrator of an organisation. Make somebody else its \
             administrator first"
        }
    }
}

/// A role as people read it.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Officer => "Planning officer",
        Role::Approver => "Approver",
        Role::Moderator => "Moderator",
        Role::Analyst => "Analyst",
        Role::Councillor => "Councillor",
        Role::NeighbourhoodOfficer => "Neighbourhood officer",
        Role::Administrator => "Administrator",
        Role::Auditor => "Auditor",
    }
}

/// What a role does.
pub fn role_hint(role: Role) -> &'static str {
    match role {
        Role::Officer => "Drafts, publishes, watches, answers and records the decision",
        Role::Approver => "Reads what another person wrote, then approves it or sends it back",
        Role::Moderator => "Decides which of residents’ words are published",
        Role::Analyst => "Makes tables and exports; sees no names",
        Role::Councillor => "Sees results for wards; no private data",
        Role::NeighbourhoodOfficer => "Reviews concerns about neighbourhoods for the police",
        Role::Administrator => "Manages people and teams; does not read responses",
        Role::Auditor => "Checks the record and changes nothing",
    }
}

/// The people of a demonstration and their passwords, as printed when it starts.
pub fn demonstration_people(people: &[DemonstrationPerson]) -> String {
    let mut out = String::from(
        "\nThis is a demonstration. Its people are invented and everybody knows their passwords:\n\n",
    );
    for person in people {
        out.push_str(&format!(
            "  {:<36} {:<30} {}\n",
            person.role, person.email, person.password
        ));
    }
    out.push('\n');
    out
}

/// What is tried, above the list of emails that did not leave.
pub fn emails_not_sent() -> String {
    format!(
        "We keep trying to send an email for three days, at least every hour. If there is no such \
         address, we stop at once. An email that was never sent is removed {LETTER_DAYS} days after \
         it was written."
    )
}

/// What became of an email that somebody wanted to be sent again: whether it is sent.
pub fn sent_again(sent: bool) -> (&'static str, &'static str) {
    if sent {
        (
            "We are sending it again",
            "If it can’t be sent, it comes back to this list within a few minutes.",
        )
    } else {
        (
            "We did not send it again",
            "It has already been sent, or is being sent at this moment.",
        )
    }
}

/// Why a letter did not leave, as an administrator can act on it.
pub fn trouble(trouble: Trouble) -> String {
    match trouble {
        Trouble::NotAnAddress => "It has no address that an email can be sent to".to_owned(),
        Trouble::NoConnection => "The mail server could not be reached".to_owned(),
        Trouble::NoAnswer => "The mail server did not answer in time".to_owned(),
        Trouble::NoEncryption => {
            "There is no secure connection to the mail server: check its certificate".to_owned()
        }
        Trouble::NotUnderstood => {
            "The mail server did not understand us, or we did not understand it".to_owned()
        }
        Trouble::Answered(code @ 530..=538) => {
            format!("The mail server did not let us sign in: check our password (answer {code})")
        }
        Trouble::Answered(code @ 400..=499) => {
            format!("The mail server could not accept it at the time (answer {code})")
        }
        Trouble::NoMailbox(code) => {
            format!("The mail server says there is no such address (answer {code})")
        }
        Trouble::Answered(code) => format!("The mail server refused it (answer {code})"),
        Trouble::Unreadable => {
            "What we kept of it can’t be read, so it can’t be sent: the log says why".to_owned()
        }
        Trouble::Folder => "We could not write to the folder for emails".to_owned(),
        Trouble::Other => "Something went wrong on our side: the log says what".to_owned(),
    }
}

/// When a letter is tried again.
pub fn next_try(next: Timestamp, now: Timestamp) -> String {
    if next <= now {
        "We are about to try again.".to_owned()
    } else {
        format!("We will try again at {}.", dates::within(next))
    }
}
