//! Two people and one concern: nobody's answer is lost, and nobody overwrites what they have not
//! seen.

use domain::account::Role;
use domain::edit::{CreationKey, Version};
use domain::ids::ConcernId;
use domain::neighbourhood::{NewAnswer, Ownership, Status};
use server::App;
use server::db::Point;
use server::error::{Denied, Refused};
use server::neighbourhood::commands::{AnswerConcern, answer_concern};

use super::{NORTH, answer, events, followed, last_look, only, raise, wards};
use crate::support::{on_both, together};

on_both! {
    async fn an_answer_from_an_older_page_does_not_take_back_a_referral(app: &TestApp) {
        let (north, _) = wards(app).await;
        let contact = [("contact", "yes"), ("email", "jo@example.org")];
        let code = raise(app, &north, &contact).await;
        let (lee, asha) = (app.sign_in(NORTH).await, app.sign_in(NORTH).await);
        let path = only(&lee).await;
        let older = asha.get(&path).await.expect(200);
        let refer = [("ownership", "council"), ("status", "planned"), ("reply", "The council repairs lamps.")];
        answer(&lee, &path, &refer).await.expect(303);
        let typed = [("ownership", "ours"), ("status", "new"), ("reply", "We look at it on Friday.")];
        let refused = asha.submit(&older, "main form", &typed).await.expect(422);
        // What was typed is in the form, what was saved is above it.
        assert!(refused.title().starts_with("Error:"), "{}", refused.title());
        assert_eq!(refused.value("reply"), "We look at it on Friday.");
        assert_eq!(refused.value("ownership"), "ours");
        let both = refused.texts(".app-conflict").concat();
        for theirs in ["changed this at", "Something is planned", "The council repairs lamps."] {
            assert!(both.contains(theirs), "{theirs}: {both}");
        }
        assert!(both.contains("Who is responsible? The council"), "{both}");
        let said = followed(app, &code).await;
        assert!(said.contains("It was passed to the council"), "{said}");
        assert!(!said.contains("We look at it on Friday"), "{said}");
        assert_eq!((events(app).await, app.letters().await.len()), (3, 1));
        // Having seen both, they may replace it.
        asha.submit(&refused, "main form", &[]).await.expect(303);
        let said = followed(app, &code).await;
        assert!(said.contains("We look at it on Friday"), "{said}");
        assert!(said.contains("The neighbourhood police team has it"), "{said}");
        assert_eq!(app.letters().await.len(), 2);
    }

    async fn the_rule_is_asked_of_the_concern_as_it_stands(app: &TestApp) {
        let (north, _) = wards(app).await;
        raise(app, &north, &[]).await;
        let (lee, asha) = (app.sign_in(NORTH).await, app.sign_in(NORTH).await);
        let path = only(&lee).await;
        let no_action = [("ownership", "ours"), ("status", "no-action"), ("reply", "It is private land.")];
        answer(&lee, &path, &no_action).await.expect(303);
        // The page shows that nothing will be done; that needs no reason again.
        let page = asha.get(&path).await.expect(200);
        // Meanwhile it is taken up, so the page is out of date.
        answer(&lee, &path, &[("status", "looking-into")]).await.expect(303);
        let refused = asha.submit(&page, "main form", &[]).await.expect(422);
        let again = asha.submit(&refused, "main form", &[]).await.expect(422);
        assert_eq!(again.errors(), ["Say why nothing will be done"]);
    }

    async fn of_two_answers_at_one_moment_one_is_told_of_the_other(app: &TestApp) {
        let (north, _) = wards(app).await;
        let code = raise(app, &north, &[]).await;
        let police = app.sign_in(NORTH).await;
        let path = only(&police).await;
        let refer = [("ownership", "council"), ("status", "new"), ("reply", "Passed on.")];
        answer(&police, &path, &refer).await.expect(303);
        let council = app.sign_in_as(Role::Moderator).await;
        let pages = [police.get(&path).await.expect(200), council.get(&path).await.expect(200)];
        let words = [("status", "planned", "From the police."), ("status", "done", "From the council.")];
        let sending = [police, council].into_iter().zip(pages).zip(words).map(
            |((browser, page), (field, status, reply))| {
                tokio::spawn(async move {
                    let fields = [(field, status), ("reply", reply)];
                    browser.submit(&page, "main form", &fields).await
                })
            },
        );
        let mut statuses = Vec::new();
        for sent in sending.collect::<Vec<_>>() {
            statuses.push(sent.await.expect("sent").status);
        }
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 422]);
        let said = followed(app, &code).await;
        let (police, council) = (said.contains("From the police."), said.contains("From the council."));
        assert!(police != council, "{said}");
        assert_eq!(said.contains("Something is planned"), police, "{said}");
    }

    async fn the_next_answer_waits_for_the_one_under_way_and_sees_it(app: &TestApp) {
        let (north, _) = wards(app).await;
        raise(app, &north, &[]).await;
        let path = only(&app.sign_in(NORTH).await).await;
        let id = path.rsplit('/').next().and_then(|id| id.parse().ok());
        let caller = app.caller(NORTH).await;
        for (seen, point) in [(0, Point::Granted), (1, Point::BeforeCommit)] {
            let sent = |status: Status, words: &str| {
                let command = AnswerConcern {
                    concern: ConcernId(id.expect("a number")),
                    answer: NewAnswer {
                        ownership: Some(Ownership::Ours),
                        status: Some(status),
                        reply: format!("{words} {seen}"),
                        ..NewAnswer::default()
                    },
                    seen: Version(seen),
                    key: CreationKey::typed(&format!("{words} {seen}")),
                };
                let caller = caller.clone();
                move |app: App| async move { answer_concern(&app, &caller, command).await }
            };
            let first = sent(Status::Planned, "first");
            let second = sent(Status::Done, "second");
            let (first, second) = together(app, point, first, second).await;
            first.expect("the first one is taken");
            let refused = second.expect_err("the second one has not seen the first");
            assert!(
                matches!(refused, Refused::Denied(Denied::Changed(_))),
                "{point:?}: {refused:?}"
            );
            let page = app.sign_in(NORTH).await.get(&path).await.expect(200).main_text();
            assert!(page.contains(&format!("first {seen}")), "{page}");
            assert!(!page.contains("second"), "{page}");
        }
    }

    async fn a_receipt_clicked_twice_is_one_letter(app: &TestApp) {
        let (north, _) = wards(app).await;
        let resident = app.anyone();
        let check = last_look(&resident, &north, &[]).await.expect(200);
        resident.submit(&check, "main form", &[("go", "send")]).await.expect(303);
        let receipt = resident.get("/concerns/receipt").await.expect(200);
        let clicks = (0..4).map(|_| {
            let (browser, receipt) = (resident.clone(), receipt.clone());
            tokio::spawn(async move {
                let to = [("email", "jo@example.org")];
                browser.submit(&receipt, "main form", &to).await.expect(303)
            })
        });
        for click in clicks.collect::<Vec<_>>() {
            click.await.expect("clicked");
        }
        assert_eq!(app.letters().await.len(), 1);
        // Asked for again, on a page of its own, it is sent again.
        let receipt = resident.get("/concerns/receipt").await.expect(200);
        resident.submit(&receipt, "main form", &[("email", "jo@example.org")]).await.expect(303);
        assert_eq!(app.letters().await.len(), 2);
    }
}
