//! Everyone who left an address is told of the outcome once, and their address goes with the letter.

use entity::{outbox, respondent};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use server::granted::Caller;
use server::insight::commands::{TellTakenPart, tell_taken_part};
use server::record::outbox::Attempt;

use super::{answer_and_decide, closed, conclude, respond};
use crate::response::asked::{Asked, open};
use crate::support::{TestApp, on_both};

const PEOPLE: [(&str, &str); 4] = [
    ("Jo Bright", "jo@example.org"),
    ("", "sam@example.org"),
    ("Kim", ""),
    ("Lou", "lou@example.org"),
];

/// A decided consultation to which people left addresses, and what waits of it in the outbox.
async fn decided(app: &TestApp) -> (Asked, TellTakenPart) {
    let asked = open(&app.app).await;
    for (name, email) in PEOPLE {
        respond(app, &asked, name, email).await;
    }
    // Their receipts leave first.
    app.run_jobs().await;
    conclude(app, &asked).await;
    let on = server::consultation::rows::by_slug(app.app.db.read(), &asked.slug).await;
    let effect = outbox::Entity::find()
        .filter(outbox::Column::Kind.eq("tell-taken-part"))
        .one(app.app.db.read())
        .await
        .expect("reads")
        .expect("an effect");
    let command = TellTakenPart {
        consultation: on.expect("reads").expect("a consultation").id,
        attempt: Attempt {
            effect: effect.id,
            number: effect.attempts,
        },
    };
    (asked, command)
}

async fn addresses(app: &TestApp) -> u64 {
    respondent::Entity::find()
        .filter(respondent::Column::Email.is_not_null())
        .count(app.app.db.read())
        .await
        .expect("counts")
}

async fn told(app: &TestApp) -> Vec<String> {
    let letters = app.letters().await;
    letters.into_iter().map(|letter| letter.to).collect()
}

const ALL: [&str; 3] = ["jo@example.org", "sam@example.org", "lou@example.org"];

on_both! {
    async fn the_jobs_of_two_processes_tell_each_person_once(app: &TestApp) {
        let (asked, _) = decided(app).await;
        let other = app.another().await;
        let (one, two) = tokio::join!(
            server::jobs::carry_out(&app.app),
            server::jobs::carry_out(&other)
        );
        one.expect("jobs run");
        two.expect("jobs run");
        // Whichever of them told people, the other may have sent the letters already.
        while !app.letters().await.is_empty() {
            app.run_jobs().await;
        }
        let of_the_outcome = || {
            let mut to: Vec<_> = app
                .sent()
                .into_iter()
                .filter(|letter| letter.body.contains(&asked.path("outcome")))
                .map(|letter| letter.to)
                .collect();
            to.sort_unstable();
            to
        };
        assert_eq!(of_the_outcome(), ["jo@example.org", "lou@example.org", "sam@example.org"]);
        assert_eq!(addresses(app).await, 0);
        // The effect is done: nothing more comes of it.
        let letters = || async {
            let mail = outbox::Entity::find().filter(outbox::Column::Kind.eq("mail"));
            mail.count(app.app.db.read()).await.expect("counts")
        };
        let before = letters().await;
        app.run_jobs().await;
        app.run_jobs().await;
        assert_eq!(letters().await, before);
        assert_eq!(of_the_outcome().len(), 3);
        let left = respondent::Entity::find().all(app.app.db.read()).await.expect("reads");
        let mut names: Vec<_> = left.iter().filter_map(|row| row.name.as_deref()).collect();
        names.sort_unstable();
        assert_eq!(names, ["Jo Bright", "Kim", "Lou"]);
        assert_eq!(left.len(), 3, "of whom nothing else is known nothing is kept");
    }

    async fn an_attempt_that_was_overtaken_tells_nobody_and_one_that_is_begun_again_goes_on(
        app: &TestApp
    ) {
        let (_, command) = decided(app).await;
        let caller = Caller::anyone(app.app.clock.now());
        let tell = |number: i32| {
            let attempt = Attempt { number, ..command.attempt };
            tell_taken_part(&app.app, &caller, TellTakenPart { attempt, ..command })
        };
        let now = command.attempt.number;
        tell(now + 1).await.expect("nothing to do");
        assert_eq!(told(app).await, [""; 0]);
        assert_eq!(addresses(app).await, 3);
        tell(now).await.expect("told");
        assert_eq!(told(app).await, ALL);
        tell(now).await.expect("nothing left");
        assert_eq!(told(app).await, ALL);
    }

    async fn a_fault_that_lasts_for_weeks_forgets_nobody(app: &TestApp) {
        let (_, _) = decided(app).await;
        let rename = |from: &'static str, to: &'static str| async move {
            let rename = format!("ALTER TABLE {from} RENAME TO {to}");
            app.app.db.writing().execute_unprepared(&rename).await.expect("renamed");
        };
        rename("respondent", "respondent_away").await;
        for _ in 0..40 {
            app.run_jobs().await;
            app.later(12);
        }
        rename("respondent_away", "respondent").await;
        assert_eq!(addresses(app).await, 3);
        app.run_jobs().await;
        assert_eq!(told(app).await, ALL);
        assert_eq!(addresses(app).await, 0);
    }

    async fn nobody_is_told_of_what_nobody_took_part_in(app: &TestApp) {
        let asked = closed(app).await;
        answer_and_decide(app, &asked).await;
        app.run_jobs().await;
        assert_eq!(told(app).await, [""; 0]);
    }
}
