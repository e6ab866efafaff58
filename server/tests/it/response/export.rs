//! What leaves: no names, no rejected text, no formula that runs.

use domain::account::Role;
use domain::edit::Version;
use domain::moderation::{Decision, Reason, SubjectKind};
use entity::{answer, audit_entry};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use server::granted::Caller;
use server::moderation::commands::{TakeDecision, take_decision};

use super::asked::{Asked, open};
use super::check_page;
use crate::support::{TestApp, on_both};

async fn respond(app: &TestApp, asked: &Asked, text: &str) {
    let mut fields = asked.fields(text);
    fields.retain(|(name, _)| name != "publication");
    fields.extend([
        ("publication".to_owned(), "named".to_owned()),
        ("name".to_owned(), "Jo Secret".to_owned()),
        ("email".to_owned(), "jo.secret@example.org".to_owned()),
        (asked.answer(7), "other".to_owned()),
        (asked.other(7), format!("other than {text}")),
    ]);
    let check = check_page(app, asked, &fields).await.expect(200);
    app.anyone()
        .submit(&check, "main form", &[])
        .await
        .expect(303);
}

async fn decide(app: &TestApp, text: &str, decision: Decision) {
    let moderator = app.person("moderator@council.example").await;
    let member = server::account::rows::member::member(app.app.db.read(), moderator)
        .await
        .expect("reads")
        .expect("a member");
    let id = answer::Entity::find()
        .filter(answer::Column::Text.eq(text))
        .one(app.app.db.read())
        .await
        .expect("reads")
        .expect("an answer")
        .id;
    let caller = Caller::member(member, app.app.clock.now());
    let command = TakeDecision {
        kind: SubjectKind::Answer,
        id,
        decision,
        seen: Version::default(),
    };
    take_decision(&app.app, &caller, command)
        .await
        .expect("decided");
}

on_both! {
    async fn only_approved_words_leave_and_no_formula_runs(app: &TestApp) {
        let asked = open(&app.app).await;
        for text in ["=HYPERLINK(\"x\")", "rejected words", "words that wait"] {
            respond(app, &asked, text).await;
        }
        decide(app, "=HYPERLINK(\"x\")", Decision::Approve).await;
        decide(app, "rejected words", Decision::Reject(Reason::Abusive)).await;
        let officer = app.sign_in_as(Role::Officer).await;
        let at = format!("/desk/consultations/{}/export", asked.slug);
        let page = officer.get(&at).await.expect(200);
        let csv = officer.submit(&page, "main form", &[("format", "csv")]).await.expect(200);
        assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
        let text = csv.text();
        assert!(text.starts_with('\u{feff}'), "Excel takes it for UTF-8");
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        let head = rows.headers().expect("a head").clone();
        assert_eq!(&head[0], "response");
        assert_eq!(head.iter().filter(|name| name.contains("moderation")).count(), 6);
        let rows: Vec<csv::StringRecord> = rows.records().map(|row| row.expect("a row")).collect();
        assert_eq!(rows.len(), 3);
        let column = head.iter().position(|name| name.starts_with("q3 long")).expect("q3");
        let long: Vec<(&str, &str)> =
            rows.iter().map(|row| (&row[column], &row[column + 1])).collect();
        assert_eq!(
            long,
            [("'=HYPERLINK(\"x\")", "approved"), ("", "rejected"), ("", "held")]
        );
        let json = officer.post(&at, &[("format", "json")]).await.expect(200);
        let value: serde_json::Value = serde_json::from_slice(&json.body).expect("JSON");
        assert_eq!(value["responses"].as_array().map(Vec::len), Some(3));
        for words in ["Jo Secret", "jo.secret", "rejected words", "words that wait"] {
            assert!(!text.contains(words) && !json.text().contains(words), "{words}");
        }
        app.anyone().post(&at, &[("format", "csv")]).await.expect(401);
        let police = app.sign_in_as(Role::NeighbourhoodOfficer).await;
        police.post(&at, &[("format", "csv")]).await.expect(403);
        officer.post(&at, &[("format", "exe")]).await.expect(400);
    }

    async fn published_words_do_not_stand_in_the_order_in_which_people_came(app: &TestApp) {
        const PEOPLE: usize = 24;
        let asked = open(&app.app).await;
        for n in 0..PEOPLE {
            respond(app, &asked, &format!("words {n}")).await;
            app.later(1);
        }
        let db = app.app.db.writing();
        let approve = "UPDATE answer SET text_state = 'approved' WHERE text LIKE 'words %'";
        db.execute_unprepared(approve).await.expect("approved");
        let one = answer::Entity::find().filter(answer::Column::Text.eq("words 0")).one(db).await;
        let question = one.expect("reads").expect("an answer").question_id;
        let words = server::response::rows::moderation::publishable(db, question, 100).await.expect("reads");
        let order: Vec<usize> = words
            .iter()
            .map(|one| one.text["words ".len()..].parse().expect("a number"))
            .collect();
        assert_eq!(order.len(), PEOPLE);
        let next = order.windows(2).filter(|two| two[1] == two[0] + 1).count();
        assert!(next < PEOPLE / 2, "{order:?}");
    }

    async fn an_export_of_several_parts_holds_each_response_once(app: &TestApp) {
        let asked = open(&app.app).await;
        app.marked().await;
        workshop::load::load(&app.app, &asked.slug, 2_345).await.expect("loaded");
        let officer = app.sign_in_as(Role::Officer).await;
        let at = format!("/desk/consultations/{}/export", asked.slug);
        let csv = officer.post(&at, &[("format", "csv")]).await.expect(200);
        let text = csv.text();
        let numbers: Vec<String> = csv::Reader::from_reader(text.as_bytes())
            .records()
            .map(|row| row.expect("a row")[0].to_owned())
            .collect();
        let wanted: Vec<String> = (1..=2_345).map(|n| n.to_string()).collect();
        assert_eq!(numbers, wanted);
    }

    async fn each_download_is_noted_and_looking_at_its_page_never(app: &TestApp) {
        let asked = open(&app.app).await;
        let officer = app.sign_in_as(Role::Officer).await;
        let at = format!("/desk/consultations/{}/export", asked.slug);
        // The address of before, which wrote to the record: it is the page now.
        let page = officer.get(&format!("{at}?format=csv")).await.expect(200);
        assert!(page.header("content-type").starts_with("text/html"));
        assert_eq!(page.texts("h1"), ["Download responses"]);
        assert_eq!(noted(app).await, 0);
        let clicks = (0..3).map(|_| {
            let (officer, page) = (officer.clone(), page.clone());
            tokio::spawn(async move {
                let csv = officer.submit(&page, "main form", &[("format", "csv")]).await;
                csv.expect(200).header("content-disposition").to_owned()
            })
        });
        for click in clicks.collect::<Vec<_>>() {
            let name = click.await.expect("clicked");
            assert_eq!(name, format!("attachment; filename=\"{}.csv\"", asked.slug));
        }
        // Three files left the site, whether or not by one page.
        assert_eq!(noted(app).await, 3);
        officer.submit(&page, "main form", &[("format", "json")]).await.expect(200);
        assert_eq!(noted(app).await, 4);
        // What is refused is not noted.
        let police = app.sign_in_as(Role::NeighbourhoodOfficer).await;
        police.post(&at, &[("format", "csv")]).await.expect(403);
        assert_eq!(noted(app).await, 4);
    }
}

/// How many downloads the record holds.
async fn noted(app: &TestApp) -> u64 {
    let entries = audit_entry::Entity::find().filter(audit_entry::Column::Kind.eq("export"));
    entries.count(app.app.db.read()).await.expect("counts")
}
