//! Letters that wait: in which order they are tried, what one that hangs costs the others, which they
//! are when they leave, and what is said of those that can't be read or are too old.

use entity::outbox;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use server::config::Mail;
use server::council::rows::locks;
use server::granted::Granted;
use server::mail::Letter;
use server::record::outbox::Effect;

use super::letters::{ADMINISTRATOR, break_mail, folder, invite, receipt, repair_mail};
use crate::support::{TestApp, on_both};

async fn rows(app: &TestApp) -> Vec<outbox::Model> {
    outbox::Entity::find()
        .order_by_asc(outbox::Column::Id)
        .all(app.app.db.read())
        .await
        .expect("reads")
}

/// Has so many letters sent, as a use case does.
async fn write(app: &TestApp, number: usize) {
    let now = app.app.clock.now();
    let tx = app.app.db.begin().await.expect("begins");
    let locked = locks::lock_partnership(&tx).await.expect("locks");
    let granted = Granted::to_the_program(&tx, now, locked).await;
    let letters: Vec<Effect> = (1..=number)
        .map(|number| {
            let to = format!("ann{number}@example.org");
            let subject = format!("Letter {number} of many");
            Effect::Mail(Letter::to_resident(to, subject, "Hello.".to_owned()))
        })
        .collect();
    let pushed = server::record::outbox::push_all(&granted, &letters).await;
    pushed.expect("written");
    tx.commit().await.expect("commits");
}

/// A port at which nobody listens.
fn nowhere() -> Mail {
    let bound = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = bound.local_addr().expect("an address").port();
    Mail::Smtp(format!("smtp://127.0.0.1:{port}"))
}

on_both! {
    async fn one_letter_a_round_finds_out_for_all_that_the_mail_server_is_away(app: &TestApp) {
        write(app, 3).await;
        let other = app.another_sending(nowhere()).await;
        for round in 1..=3 {
            let done = server::jobs::carry_out(&other).await.expect("a round");
            assert_eq!(done, 0);
            let tries: Vec<i32> = rows(app).await.iter().map(|row| row.attempts).collect();
            // One after another, and none twice.
            let right = (1..=3).map(|letter| i32::from(letter <= round)).collect::<Vec<_>>();
            assert_eq!(tries, right);
        }
        other.db.close().await;
        app.later(1);
        app.run_jobs().await;
        assert_eq!(app.sent().len(), 3);
    }

    async fn whatever_is_no_letter_does_not_wait_for_letters(app: &TestApp) {
        let asked = crate::response::asked::open(&app.app).await;
        crate::insight::respond(app, &asked, "", "jo@example.org").await;
        app.run_jobs().await;
        // More than one round takes.
        write(app, 60).await;
        crate::insight::conclude(app, &asked).await;
        let other = app.another_sending(nowhere()).await;
        server::jobs::carry_out(&other).await.expect("a round");
        other.db.close().await;
        let open = outbox::Entity::find()
            .filter(outbox::Column::Kind.eq("tell-taken-part"))
            .filter(outbox::Column::DoneAt.is_null())
            .count(app.app.db.read())
            .await;
        assert_eq!(open, Ok(0));
    }

    async fn letters_that_fail_again_and_again_keep_none_from_its_turn(app: &TestApp) {
        // More than one round takes.
        write(app, 60).await;
        break_mail(app);
        for _ in 0..2 {
            app.run_jobs().await;
            // All that failed are due again.
            app.later(2);
        }
        let untried = rows(app).await.iter().filter(|row| row.attempts == 0).count();
        assert_eq!(untried, 0);
    }

    async fn a_letter_that_is_sent_again_is_the_same_letter(app: &TestApp) {
        let administrator = app.sign_in(ADMINISTRATOR).await;
        invite(&administrator, "nia@council.example").await;
        let first = app.letter_ids().await;
        assert_eq!(first.len(), 1);
        let mac = app.app.config.secret.mac("message-id", &first[0].to_be_bytes());
        let id = server::secret::hex(&mac[..16]);
        break_mail(app);
        // Twice, and the second time it is another effect already.
        for _ in 0..2 {
            app.run_jobs().await;
            let page = administrator.get("/desk/letters").await.expect(200);
            administrator.submit(&page, "main form", &[]).await.expect(303);
        }
        repair_mail(app);
        app.run_jobs().await;
        let file = std::fs::read_dir(folder(app)).expect("a folder").next().expect("one").expect("a file");
        let text = std::fs::read_to_string(file.path()).expect("a letter");
        assert!(text.contains(&format!("Message-ID: <{id}@")), "{id}: {text}");
    }

    async fn whoever_works_here_and_takes_part_is_a_resident(app: &TestApp) {
        receipt(app, "officer@council.example").await;
        break_mail(app);
        app.run_jobs().await;
        let administrator = app.sign_in(ADMINISTRATOR).await;
        let said = administrator.get("/desk/letters").await.expect(200).main_text();
        assert!(said.contains("A resident") && !said.contains("officer@"), "{said}");
    }

    async fn every_letter_that_did_not_leave_is_on_some_page(app: &TestApp) {
        write(app, 101).await;
        break_mail(app);
        for _ in 0..3 {
            app.run_jobs().await;
        }
        let administrator = app.sign_in(ADMINISTRATOR).await;
        let mut seen = 0;
        for page in 1..=3 {
            let page = administrator.get(&format!("/desk/letters?page={page}")).await.expect(200);
            assert!(page.main_text().contains("101 emails were not sent"), "{}", page.main_text());
            seen += page.count("main form");
        }
        assert_eq!(seen, 101);
        let beyond = administrator.get("/desk/letters?page=9").await.expect(200);
        assert_eq!(beyond.count("main form"), 1);
    }

    async fn a_letter_that_can_not_be_read_is_no_empty_letter(app: &TestApp) {
        write(app, 2).await;
        break_mail(app);
        app.run_jobs().await;
        let ids = app.letter_ids().await;
        let spoil = |id: i64, payload: &str| {
            format!("UPDATE outbox SET payload = '{payload}' WHERE id = {id}")
        };
        for statement in [
            spoil(ids[0], "{\"kind\":\"mail\",\"to\":\"ann1@example.org\"}"),
            spoil(ids[1], "{\"kind\":\"tell-taken-part\",\"consultation\":1}"),
        ] {
            app.app.db.read().execute_unprepared(&statement).await.expect("spoilt");
        }
        repair_mail(app);
        let administrator = app.sign_in(ADMINISTRATOR).await;
        for _ in 0..2 {
            let page = administrator.get("/desk/letters").await.expect(200);
            let said = page.main_text();
            assert_eq!(said.matches("can’t be read, so it can’t be sent").count(), 2, "{said}");
            assert!(!page.has("main form"), "{said}");
            app.later(1);
            app.run_jobs().await;
        }
        assert!(app.sent().is_empty());
        let kept = rows(app).await;
        assert!(kept.iter().all(|row| row.last_error.as_deref() == Some("unreadable")), "{kept:?}");
        for id in ids {
            administrator.post(&format!("/desk/letters/{id}/again"), &[]).await.expect(500);
        }
    }

    async fn how_many_letters_are_removed_unsent_is_known(app: &TestApp) {
        write(app, 3).await;
        app.run_jobs().await;
        write(app, 2).await;
        let after = app.app.clock.now().as_millisecond() + 1;
        let forget = || server::record::outbox::forget(app.app.db.writing(), after);
        assert_eq!(forget().await, Ok(2));
        assert_eq!(forget().await, Ok(0));
        assert!(rows(app).await.is_empty());
    }
}
