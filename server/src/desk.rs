//! What waits on somebody's desk, by the roles held: composed from the slices, and so none of them.

use app::paths;
use domain::account::policy::may_see_letters;
use domain::account::read::DeskItem;
use domain::account::{Actor, Member, Role};
use domain::moderation::policy::may_see_queue as may_moderate;
use domain::neighbourhood::policy::may_see_queue;
use domain::neighbourhood::read::QueueFilter;
use jiff::Timestamp;

use axum::Router;
use axum::response::Response;
use axum::routing::get;

use crate::consultation::rows::overview;
use crate::error::Fault;
use crate::http::{Error, RequestContext};
use crate::{App, account, moderation, neighbourhood, poll};

/// The route of the desk.
pub fn routes() -> Router<App> {
    Router::new().route("/desk", get(show_desk))
}

async fn show_desk(context: RequestContext) -> Result<Response, Error> {
    let member = context.actor.signed_in()?;
    let items = items(&context.app, member, context.now).await?;
    let own = account::queries::own::account(context.app.db.read(), &context.actor).await?;
    let roles = account::http::role_words(&own);
    Ok(context.page("Your desk", || {
        app::account::pages::desk(&member.name, roles, items)
    }))
}

/// The items of this person's desk.
pub async fn items(app: &App, member: &Member, now: Timestamp) -> Result<Vec<DeskItem>, Fault> {
    let db = app.db.read();
    use Role::{Administrator, Analyst, Approver, Auditor, Moderator, Officer};
    let any = |roles: &[Role]| roles.iter().any(|role| member.holds_anywhere(*role));
    let item = |path: String, title: &str, about: &str, waiting: String| DeskItem {
        path,
        title: title.to_owned(),
        about: about.to_owned(),
        waiting,
    };
    let mut items = Vec::new();
    if any(&[Officer, Approver, Moderator, Analyst, Auditor]) {
        let mut waiting = Vec::new();
        if any(&[Approver]) {
            let n = overview::count_in_review(db, &member.teams_as(Approver)).await?;
            waiting.extend(counted(
                n,
                "is waiting for approval",
                "are waiting for approval",
            ));
        }
        if any(&[Officer]) {
            let n = overview::count_unanswered(db, &member.teams_as(Officer), now).await?;
            waiting.extend(counted(
                n,
                "is waiting for answers",
                "are waiting for answers",
            ));
            let n = poll::queries::uncounted(db, &member.teams_as(Officer), now).await?;
            waiting.extend(counted(
                n,
                "poll is waiting to be counted",
                "polls are waiting to be counted",
            ));
        }
        items.push(item(
            format!("{}/consultations", paths::DESK),
            "Consultations",
            "Draft, review, publish, watch, answer and decide.",
            waiting.join(", "),
        ));
    }
    if let Ok(teams) = may_moderate(&Actor::Member(member.clone())) {
        let texts = moderation::queries::waiting(db, &teams).await?;
        let waiting = counted(texts, "text is waiting", "texts are waiting");
        items.push(item(
            paths::MODERATION.to_owned(),
            "Moderation",
            "Decide which of residents’ words are published.",
            waiting.unwrap_or_default(),
        ));
    }
    if let Ok(queue) = may_see_queue(&Actor::Member(member.clone())) {
        let view = neighbourhood::queries::queue(db, &queue, QueueFilter::default(), now).await?;
        let mut words: Vec<String> = counted(
            view.waiting,
            "is waiting for a reply",
            "are waiting for a reply",
        )
        .into_iter()
        .collect();
        words.extend(counted(view.overdue, "is overdue", "are overdue"));
        items.push(item(
            paths::CONCERNS.to_owned(),
            "Concerns",
            "Review what residents say about their neighbourhood, and reply within 72 hours.",
            words.join(", "),
        ));
    }
    if any(&[Administrator]) {
        items.push(item(
            paths::PEOPLE.to_owned(),
            "People",
            "Invite colleagues, give roles and end access.",
            String::new(),
        ));
        items.push(item(
            paths::TEAMS.to_owned(),
            "Teams",
            "Add teams and partner organisations, and say which wards a team looks after.",
            String::new(),
        ));
    }
    if may_see_letters(&Actor::Member(member.clone())).is_ok() {
        let failed = account::queries::letters::waiting(db).await?;
        let waiting = counted(failed, "was not sent", "were not sent");
        items.push(item(
            paths::LETTERS.to_owned(),
            "Emails",
            "Emails that were not sent: see why, and send them again.",
            waiting.unwrap_or_default(),
        ));
    }
    items.push(item(
        paths::OUTCOMES.to_owned(),
        "Outcomes",
        "Every consultation: its stage, who took part, what was promised and what was kept.",
        String::new(),
    ));
    Ok(items)
}

fn counted(number: u64, one: &str, many: &str) -> Option<String> {
    match number {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {many}")),
    }
}
