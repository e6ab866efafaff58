//! The signed head of the record: made each hour, published, mailed, and what shows that the record
//! was changed by somebody who can write to the database.

use std::path::Path;

use domain::account::Role;
use entity::{audit_entry, record_head};
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait, QueryOrder};
use server::account::commands::{GiveRole, give_role};
use server::granted::Caller;
use server::jobs::sign_and_mail;
use server::record::signing::{Head, RecordKey, heads};
use server::secret::{Secret, hash};

use crate::command_line::{done, refused, soundings};
use crate::support::{TestApp, on_both};

/// Something that staff do, which the record holds.
async fn give(app: &TestApp, email: &str, role: Role) {
    let administrator = app.person("administrator@council.example").await;
    let member = server::account::rows::member::member(app.app.db.read(), administrator)
        .await
        .expect("reads")
        .expect("somebody");
    let command = GiveRole {
        person: app.person(email).await,
        team: app.team("Planning Policy").await,
        role,
    };
    give_role(
        &app.app,
        &Caller::member(member, app.app.clock.now()),
        command,
    )
    .await
    .expect("given");
}

async fn sign(app: &TestApp) {
    sign_and_mail(&app.app).await.expect("signed");
    app.fresh();
}

/// What `/record/heads` shows.
async fn published(app: &TestApp) -> String {
    app.anyone().get("/record/heads").await.expect(200).text()
}

async fn entries(app: &TestApp) -> u64 {
    let count = audit_entry::Entity::find().count(app.app.db.read()).await;
    count.expect("counts")
}

async fn execute(app: &TestApp, sql: &str) {
    let done = app.app.db.writing().execute_unprepared(sql).await;
    done.expect("somebody with the database's password");
}

/// The command line's verdict on the record against these heads.
fn against(app: &TestApp, folder: &Path, heads: &str) -> Result<String, String> {
    let file = folder.join("heads");
    std::fs::write(&file, heads).expect("writes");
    let url = &app.app.config.database_url;
    let words = ["check", "record", "--heads", &file.display().to_string()];
    let output = soundings(folder, url, &words);
    if output.status.success() {
        return Ok(done(&output));
    }
    assert_eq!(output.status.code(), Some(1));
    Err(String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Takes away the newest entries.
async fn cut(app: &TestApp, most: u64) {
    execute(
        app,
        &format!(
            "DELETE FROM audit_entry WHERE id IN \
             (SELECT id FROM audit_entry ORDER BY id DESC LIMIT {most})"
        ),
    )
    .await;
}

/// Says that somebody else did everything, and rebuilds the chain without a gap.
async fn recompute(app: &TestApp) {
    let db = app.app.db.writing();
    let all = audit_entry::Entity::find()
        .order_by_asc(audit_entry::Column::Id)
        .all(db)
        .await
        .expect("reads");
    let mut previous = String::new();
    for row in all {
        let detail = format!("{} (as it was not)", row.detail);
        let person = row.person_id.map(|id| id.to_string()).unwrap_or_default();
        let parts = [
            previous.as_str(),
            &row.at.to_string(),
            &person,
            &row.kind,
            &row.subject,
            &detail,
        ];
        let fresh = hash(parts.join("\u{1f}"));
        execute(
            app,
            &format!(
                "UPDATE audit_entry SET detail = '{detail}', previous_hash = '{previous}', \
                 hash = '{fresh}' WHERE id = {}",
                row.id
            ),
        )
        .await;
        previous = fresh;
    }
}

on_both! {
    async fn the_head_is_signed_when_the_record_moved_on_and_published_for_everybody(app: &TestApp) {
        give(app, "officer@council.example", Role::Analyst).await;
        sign(app).await;
        let page = published(app).await;
        let shown = heads(&page).expect("heads");
        assert_eq!(shown.len(), 1, "{page}");
        assert!(shown[0].is_signed());
        assert_eq!(shown[0].entries, entries(app).await);
        assert_eq!(shown[0].key, app.app.config.record_key.public());
        assert!(page.contains(&shown[0].key) && page.contains("covered by none yet"), "{page}");
        assert!(page.contains("how many entries staff made"), "{page}");
        // Nothing has happened: nothing is signed. Something has: one more, the newest first.
        sign(app).await;
        assert_eq!(heads(&published(app).await), Ok(shown.clone()));
        give(app, "officer@council.example", Role::Councillor).await;
        sign(app).await;
        let later = heads(&published(app).await).expect("heads");
        assert_eq!(later.len(), 2);
        assert_eq!(later[1], shown[0]);
        assert_eq!(later[0].entries, shown[0].entries + 1);
    }

    async fn the_auditors_get_it_by_mail_once_a_day(app: &TestApp) {
        give(app, "officer@council.example", Role::Analyst).await;
        sign(app).await;
        let mailed = || async {
            let letters = app.letters().await;
            letters.into_iter().filter(|one| one.subject.contains("head")).collect::<Vec<_>>()
        };
        let first = mailed().await;
        assert_eq!(first.len(), 1, "{first:?}");
        assert_eq!(first[0].to, "auditor@council.example");
        let kept = heads(&first[0].body).expect("a head");
        assert_eq!(heads(&published(app).await), Ok(kept));
        assert!(first[0].body.contains("covered by none yet"));
        give(app, "officer@council.example", Role::Councillor).await;
        app.later(1);
        sign(app).await;
        assert_eq!(mailed().await.len(), 1, "one a day");
        app.later(24);
        sign(app).await;
        let second = mailed().await;
        assert_eq!(second.len(), 2);
        app.later(24);
        sign(app).await;
        assert_eq!(mailed().await.len(), 2, "nothing has moved on");
        // As a letter is kept, it is what the record is held against.
        let folder = tempfile::tempdir().expect("a folder");
        let both: String = second.iter().map(|letter| letter.body.clone()).collect();
        against(app, folder.path(), &both).expect("whole");
        // Whoever is disabled gets none.
        let auditor = app.person("auditor@council.example").await;
        execute(app, &format!("UPDATE person SET disabled_at = 1 WHERE id = {}", auditor.0)).await;
        give(app, "officer@council.example", Role::Moderator).await;
        sign(app).await;
        assert_eq!(mailed().await.len(), 2);
    }

    async fn a_whole_record_is_found_whole_and_what_no_head_covers_is_said(app: &TestApp) {
        give(app, "officer@council.example", Role::Analyst).await;
        sign(app).await;
        let kept = published(app).await;
        give(app, "officer@council.example", Role::Councillor).await;
        let folder = tempfile::tempdir().expect("a folder");
        let said = against(app, folder.path(), &kept).expect("whole");
        let all = entries(app).await;
        assert!(said.contains(&format!("{all} entries")), "{said}");
        assert!(said.contains(&format!("The first {} are", all - 1)), "{said}");
        assert!(said.contains("covers the 1 after"), "{said}");
        // That one can be taken away unseen, as it says.
        cut(app, 1).await;
        against(app, folder.path(), &kept).expect("not covered yet");
    }

    async fn a_cut_tail_is_found(app: &TestApp) {
        give(app, "officer@council.example", Role::Analyst).await;
        give(app, "officer@council.example", Role::Councillor).await;
        sign(app).await;
        let kept = published(app).await;
        let folder = tempfile::tempdir().expect("a folder");
        for most in [1, 2] {
            cut(app, most).await;
            let said = against(app, folder.path(), &kept).expect_err("cut");
            assert!(said.contains("The record was changed: it has"), "{said}");
        }
        // Nor does it help to go on from there until there are as many.
        for role in [Role::Analyst, Role::Approver, Role::Councillor, Role::Auditor] {
            give(app, "moderator@council.example", role).await;
        }
        let said = against(app, folder.path(), &kept).expect_err("another");
        assert!(said.contains("are not those whose head was signed"), "{said}");
    }

    async fn an_emptied_table_is_found(app: &TestApp) {
        give(app, "officer@council.example", Role::Analyst).await;
        sign(app).await;
        let kept = published(app).await;
        execute(app, "DELETE FROM audit_entry").await;
        execute(app, "DELETE FROM record_head").await;
        let folder = tempfile::tempdir().expect("a folder");
        let said = against(app, folder.path(), &kept).expect_err("emptied");
        assert!(said.contains("it has 0 entries"), "{said}");
    }

    async fn a_chain_that_was_rebuilt_is_found_and_not_signed(app: &TestApp) {
        for role in [Role::Analyst, Role::Councillor, Role::Moderator] {
            give(app, "officer@council.example", role).await;
        }
        sign(app).await;
        let kept = published(app).await;
        recompute(app).await;
        let folder = tempfile::tempdir().expect("a folder");
        let url = &app.app.config.database_url;
        let by_itself = soundings(folder.path(), url, &["check", "record"]);
        assert_eq!(by_itself.status.code(), Some(1), "the heads in the database show it too");
        let said = against(app, folder.path(), &kept).expect_err("recomputed");
        assert!(said.contains("are not those whose head was signed"), "{said}");
        sign_and_mail(&app.app).await.expect_err("nobody swears to that");
        // Without the heads in the database everything looks whole, but for what was kept.
        execute(app, "DELETE FROM record_head").await;
        let said = done(&soundings(folder.path(), url, &["check", "record"]));
        assert!(said.contains("follow one from the other") && said.contains("--heads"), "{said}");
        sign_and_mail(&app.app).await.expect("the first of a new chain");
        assert_eq!(record_head::Entity::find().count(app.app.db.read()).await, Ok(1));
        against(app, folder.path(), &kept).expect_err("but what was kept shows it");
    }

    async fn a_broken_chain_is_not_signed(app: &TestApp) {
        give(app, "officer@council.example", Role::Analyst).await;
        sign(app).await;
        give(app, "officer@council.example", Role::Councillor).await;
        give(app, "officer@council.example", Role::Moderator).await;
        let newest = "(SELECT MAX(id) FROM audit_entry)";
        execute(app, &format!("UPDATE audit_entry SET detail = 'no' WHERE id = {newest}")).await;
        sign_and_mail(&app.app).await.expect_err("it does not follow");
        assert_eq!(record_head::Entity::find().count(app.app.db.read()).await, Ok(1));
    }

    async fn a_record_that_cant_be_signed_any_more_still_sends_its_newest_head(app: &TestApp) {
        give(app, "officer@council.example", Role::Analyst).await;
        sign(app).await;
        give(app, "officer@council.example", Role::Councillor).await;
        app.later(1);
        sign(app).await;
        let newest = heads(&published(app).await).expect("heads")[0].clone();
        cut(app, 1).await;
        app.later(24);
        sign_and_mail(&app.app).await.expect_err("what was signed is not there");
        let letters = app.letters().await;
        let mailed = letters.iter().filter(|one| heads(&one.body) == Ok(vec![newest.clone()]));
        assert_eq!(mailed.count(), 1, "the auditors have it all the same");
    }

    async fn heads_that_were_forged_or_are_by_another_key_are_found(app: &TestApp) {
        give(app, "officer@council.example", Role::Analyst).await;
        sign(app).await;
        let kept = heads(&published(app).await).expect("heads");
        let folder = tempfile::tempdir().expect("a folder");
        let forged = Head { entries: kept[0].entries + 1, ..kept[0].clone() };
        let said = against(app, folder.path(), &forged.to_string()).expect_err("forged");
        assert!(said.contains("is not signed by the key"), "{said}");
        // By somebody who has a key, but not this one.
        let thief = RecordKey::derived(&Secret::new("another"));
        let theirs = thief.sign(kept[0].entries, kept[0].hash.clone(), kept[0].at);
        against(app, folder.path(), &theirs.to_string()).expect("signed, by whomever");
        let url = &app.app.config.database_url;
        let file = folder.path().join("heads").display().to_string();
        let with = |key: &str| {
            soundings(folder.path(), url, &["check", "record", "--heads", &file, "--key", key])
        };
        done(&with(&thief.public()));
        let ours = with(&kept[0].key);
        assert_eq!(ours.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&ours.stderr).contains("another key"));
        for (text, name) in [("nothing", "empty"), ("head 3 2026-01-01T00:00:00Z\nhash a\n", "cut")] {
            let file = folder.path().join(name);
            std::fs::write(&file, text).expect("writes");
            let words = ["check", "record", "--heads", &file.display().to_string()];
            refused(&soundings(folder.path(), url, &words));
        }
    }
}
