//! What waits on somebody's desk, by the roles held.

use app::paths;
use domain::account::read::DeskItem;
use domain::account::{Member, Role};

/// The items of this person's desk.
pub fn items(member: &Member) -> Vec<DeskItem> {
    let mut items = Vec::new();
    let mut add = |roles: &[Role], path: String, title: &str, about: &str| {
        if roles.is_empty() || roles.iter().any(|role| member.holds_anywhere(*role)) {
            items.push(DeskItem {
                path,
                title: title.to_owned(),
                about: about.to_owned(),
                waiting: String::new(),
            });
        }
    };
    add(
        &[
            Role::Officer,
            Role::Approver,
            Role::Moderator,
            Role::Analyst,
            Role::Auditor,
        ],
        format!("{}/consultations", paths::DESK),
        "Consultations",
        "Draft, review, publish, watch, answer and decide.",
    );
    add(
        &[Role::Moderator],
        paths::MODERATION.to_owned(),
        "Moderation",
        "Decide what residents’ words may be published.",
    );
    add(
        &[Role::NeighbourhoodOfficer],
        paths::CONCERNS.to_owned(),
        "Concerns",
        "Review what residents say about their neighbourhood, and reply within 72 hours.",
    );
    add(
        &[Role::Administrator],
        paths::PEOPLE.to_owned(),
        "People",
        "Invite colleagues, give roles and end access.",
    );
    add(
        &[],
        paths::OUTCOMES.to_owned(),
        "Outcomes",
        "Every consultation: its stage, who took part, what was promised and what was kept.",
    );
    items
}
