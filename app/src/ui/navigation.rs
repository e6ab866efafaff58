//! Where members of staff can go: the bar on top of each page.

use domain::account::{Actor, Member, Role};

use crate::paths;

/// Where a member of staff can go, for the bar on top of each page: `(label, path)`.
pub fn links(member: &Member) -> Vec<(String, String)> {
    use Role::{Administrator, Analyst, Approver, Auditor, Moderator, Officer};
    let any = |roles: &[Role]| roles.iter().any(|role| member.holds_anywhere(*role));
    let all: [(&str, String, bool); 7] = [
        ("Desk", paths::DESK.to_owned(), true),
        (
            "Consultations",
            format!("{}/consultations", paths::DESK),
            any(&[Officer, Approver, Moderator, Analyst, Auditor]),
        ),
        (
            "Moderation",
            paths::MODERATION.to_owned(),
            any(&[Moderator]),
        ),
        (
            "Concerns",
            paths::CONCERNS.to_owned(),
            sees_concerns(member),
        ),
        ("People", paths::PEOPLE.to_owned(), any(&[Administrator])),
        ("Teams", paths::TEAMS.to_owned(), any(&[Administrator])),
        ("Your account", paths::ACCOUNT.to_owned(), true),
    ];
    all.into_iter()
        .filter(|(_, _, shown)| *shown)
        .map(|(label, path, _)| (label.to_owned(), path))
        .collect()
}

/// Whether the queue of concerns is open to this person: theirs, or what was referred to them.
fn sees_concerns(member: &Member) -> bool {
    domain::neighbourhood::policy::may_see_queue(&Actor::Member(member.clone())).is_ok()
}
