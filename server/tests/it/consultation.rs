//! Drafting, review, publication, the hub and what strangers must not learn.

mod conflicts;
mod desk;
mod drafting;
mod effects;
mod public_list;
mod two_people;

use crate::support::{Browser, Page, TestApp};

pub(crate) const OFFICER: &str = "officer@council.example";
pub(crate) const DESIGNER: &str = "design@council.example";
pub(crate) const APPROVER: &str = "approver@council.example";
const TITLE: &str = "A crossing on Canal Street";

/// Days from the test's present moment, as the four fields of a form.
fn moment(app: &TestApp, name: &str, days: i64) -> Vec<(String, String)> {
    let at = app.app.clock.now() + jiff::SignedDuration::from_hours(24 * days);
    let local = domain::calendar::uk_clock(at);
    vec![
        (format!("{name}-day"), local.day().to_string()),
        (format!("{name}-month"), local.month().to_string()),
        (format!("{name}-year"), local.year().to_string()),
        (format!("{name}-time"), "12:00".to_owned()),
    ]
}

/// Fills in a section of a draft and expects that it is saved.
async fn save(officer: &Browser, slug: &str, section: &str, fields: &[(&str, &str)]) {
    let path = format!("/desk/consultations/{slug}/{section}");
    let page = officer.get(&path).await.expect(200);
    let form = format!("form[action='{path}']");
    officer.submit(&page, &form, fields).await.expect(303);
}

/// The dates of a draft: days from now.
pub(crate) async fn set_dates(
    app: &TestApp,
    officer: &Browser,
    slug: &str,
    opens: i64,
    closes: i64,
) {
    let mut fields = moment(app, "opens", opens);
    fields.extend(moment(app, "closes", closes));
    fields.push((
        "closing_reason".to_owned(),
        "Four weeks after the last notice.".to_owned(),
    ));
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    save(officer, slug, "dates", &fields).await;
}

/// Begins a draft through the form and returns its name in addresses.
pub(crate) async fn begin(officer: &Browser, title: &str, regime: &str) -> String {
    let page = officer.get("/desk/consultations/new").await.expect(200);
    let answer = officer
        .submit(&page, "main form", &[("title", title), ("regime", regime)])
        .await
        .expect(303);
    answer
        .location()
        .expect("a place")
        .trim_start_matches("/desk/consultations/")
        .to_owned()
}

/// A draft with everything in it that the gates ask for.
pub(crate) async fn whole_draft(app: &TestApp, officer: &Browser, title: &str) -> String {
    let slug = begin(officer, title, "non-statutory").await;
    let about = [
        ("title", title),
        ("summary", "Where should people cross the canal road?"),
        ("topic", "Streets"),
        ("body", "## Why\n\nTwo people were *hurt* last year."),
    ];
    save(officer, &slug, "about", &about).await;
    let scope = [
        ("open", "Where the crossing goes"),
        ("fixed", "The budget"),
        ("reason", "The grant is for one crossing"),
    ];
    save(officer, &slug, "scope", &scope).await;
    for (title, nothing) in [("A zebra crossing", false), ("Leave it as it is", true)] {
        let mut option = vec![("title", title), ("description", "What it means")];
        if nothing {
            option.push(("do_nothing", "yes"));
        }
        save(officer, &slug, "options", &option).await;
    }
    let question = [("prompt", "Where do you cross now?"), ("kind", "long-text")];
    save(officer, &slug, "questions", &question).await;
    let contact = [
        ("contact_name", "Planning Policy"),
        ("contact_email", "planning@council.example"),
    ];
    save(officer, &slug, "contact", &contact).await;
    set_dates(app, officer, &slug, 1, 29).await;
    slug
}

/// Approves what is in review, by the form of its overview.
pub(crate) async fn approve(approver: &Browser, slug: &str) -> Page {
    let overview = format!("/desk/consultations/{slug}");
    let page = approver.get(&overview).await.expect(200);
    approver
        .submit(&page, "form[action$='/approve']", &[])
        .await
}

/// Takes a whole draft to its publication: sent by one, approved by another.
pub(crate) async fn publish(app: &TestApp, slug: &str) {
    let officer = app.sign_in(OFFICER).await;
    let approver = app.sign_in(APPROVER).await;
    let at = |step: &str| format!("/desk/consultations/{slug}/{step}");
    officer.post(&at("submit"), &[]).await.expect(303);
    approve(&approver, slug).await.expect(303);
    officer.post(&at("publish"), &[]).await.expect(303);
}
