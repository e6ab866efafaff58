//! Answering what people said, deciding, keeping promises: from the desk to what everybody reads.

mod decision;
mod releases;
mod tell;
mod themes;
mod two_people;

use domain::account::Role;

use crate::response::asked::{Asked, open};
use crate::support::{Browser, Page, TestApp};

pub const OFFICER: &str = "officer@council.example";
/// A second officer of the same team, once given that role.
pub const COLLEAGUE: &str = "design@council.example";

/// A whole theme.
pub const WHOLE: [(&str, &str); 6] = [
    ("title", "The kerb"),
    ("we_asked", "What else?"),
    ("you_said", "It is too high."),
    ("outcome", "did"),
    ("we_did", "It is lowered."),
    ("because", "Wheels have to cross it."),
];

/// A consultation that has closed, with two officers of its team.
pub async fn closed(app: &TestApp) -> Asked {
    let asked = open(&app.app).await;
    app.also_in_team_of(OFFICER, COLLEAGUE, Role::Officer).await;
    app.later(31 * 24);
    asked
}

pub fn desk(asked: &Asked, part: &str) -> String {
    format!("/desk/consultations/{}/{part}", asked.slug)
}

/// The form of a new theme.
pub async fn new_theme(officer: &Browser, asked: &Asked) -> Page {
    officer.get(&desk(asked, "answer/theme")).await.expect(200)
}

/// Adds a theme that says this.
pub async fn add(officer: &Browser, asked: &Asked, theme: &[(&str, &str)]) -> Page {
    let form = new_theme(officer, asked).await;
    officer.submit(&form, "main form", theme).await
}

/// The page of themes.
pub async fn answers(officer: &Browser, asked: &Asked) -> Page {
    officer.get(&desk(asked, "answer")).await.expect(200)
}

/// Publishes the answers, by the form of their page.
pub async fn publish(officer: &Browser, asked: &Asked) -> Page {
    let page = answers(officer, asked).await;
    officer
        .submit(&page, "form[action$='/answer/publish']", &[])
        .await
}

/// Where the nth theme is changed or removed.
pub async fn theme_path(officer: &Browser, asked: &Asked, part: &str, nth: usize) -> String {
    let page = answers(officer, asked).await;
    let wanted = format!("/answer/{part}?theme=");
    let found: Vec<String> = page
        .links()
        .into_iter()
        .filter(|link| link.contains(&wanted))
        .collect();
    found[nth].clone()
}

/// The kinds of entry in the record about this consultation, oldest first.
pub async fn entries(app: &TestApp, asked: &Asked) -> Vec<String> {
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
    entity::audit_entry::Entity::find()
        .filter(entity::audit_entry::Column::Subject.eq(&asked.slug))
        .order_by_asc(entity::audit_entry::Column::Id)
        .all(app.app.db.read())
        .await
        .expect("reads")
        .into_iter()
        .map(|row| row.kind)
        .filter(|kind| {
            ["theme", "answers", "decide"]
                .iter()
                .any(|end| kind.ends_with(end))
        })
        .collect()
}

/// Sends a response under this name, with this address to be told the outcome.
pub async fn respond(app: &TestApp, asked: &Asked, name: &str, email: &str) {
    let mut fields = asked.fields("The kerb is high");
    fields.extend([("name", name), ("email", email)].map(|(n, v)| (n.to_owned(), v.to_owned())));
    let check = crate::response::check_page(app, asked, &fields)
        .await
        .expect(200);
    app.anyone()
        .submit(&check, "main form", &[])
        .await
        .expect(303);
}

/// Lets an open consultation close, answers what people said, and decides.
pub async fn conclude(app: &TestApp, asked: &Asked) {
    app.later(31 * 24);
    answer_and_decide(app, asked).await;
}

/// Answers a closed consultation with one theme, and decides.
pub async fn answer_and_decide(app: &TestApp, asked: &Asked) {
    let officer = app.sign_in(OFFICER).await;
    add(&officer, asked, &WHOLE).await.expect(303);
    publish(&officer, asked).await.expect(303);
    let form = officer.get(&desk(asked, "decide")).await.expect(200);
    let decision = [
        ("decision", "We build it."),
        ("equality-day", "1"),
        ("equality-month", "2"),
        ("equality-year", "2026"),
    ];
    officer
        .submit(&form, "main form", &decision)
        .await
        .expect(303);
}
