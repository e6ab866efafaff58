//! Voting and what is done to a consultation at the same moment: what is refused inside the write,
//! and what two clicks do.

use domain::edit::CreationKey;
use domain::ids::StatementId;
use domain::vote::statement::Vote;
use futures::future::join_all;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use server::error::{Denied, Refused};
use server::granted::Caller;
use server::vote::commands::{
    AddStatement, CastVote, LetVotersBack, SetVotersAside, StatementRefused, add_statement,
    cast_vote, let_voters_back, set_voters_aside,
};

use super::{camps, counted, opened, voters};
use crate::support::{TestApp, on_both};

fn own(slug: &str, text: &str, key: &str) -> AddStatement {
    AddStatement {
        on: slug.to_owned(),
        token: "a voter".to_owned(),
        text: text.to_owned(),
        key: CreationKey::typed(key),
    }
}

async fn caller(app: &TestApp, email: &str) -> Caller {
    let id = app.person(email).await;
    let found = server::account::rows::member::member(app.app.db.read(), id).await;
    Caller::member(
        found.expect("reads").expect("a member"),
        app.app.clock.now(),
    )
}

async fn statements(app: &TestApp) -> u64 {
    entity::statement::Entity::find()
        .filter(entity::statement::Column::Source.eq("resident"))
        .count(app.app.db.read())
        .await
        .expect("counts")
}

async fn entries(app: &TestApp, kind: &str) -> u64 {
    entity::audit_entry::Entity::find()
        .filter(entity::audit_entry::Column::Kind.eq(kind))
        .count(app.app.db.read())
        .await
        .expect("counts")
}

on_both! {
    async fn votes_and_statements_are_refused_inside_the_write_from_the_moment_it_closes(app: &TestApp) {
        let (_, on, ids) = opened(app).await;
        let closes = on.milestones.closes.expect("a closing time");
        let vote = |on: &str| CastVote {
            on: on.to_owned(),
            token: "a voter".to_owned(),
            statement: StatementId(ids[0]),
            vote: Vote::Agree,
            from: None,
        };
        let before = closes.saturating_sub(jiff::SignedDuration::from_millis(1)).expect("before");
        cast_vote(&app.app, &Caller::anyone(before), vote(&on.slug)).await.expect("taken");
        let late = cast_vote(&app.app, &Caller::anyone(closes), vote(&on.slug)).await;
        assert!(matches!(late, Err(Denied::NotPermitted(_))), "{late:?}");
        let nowhere = cast_vote(&app.app, &Caller::anyone(before), vote("no-such-thing")).await;
        assert!(matches!(nowhere, Err(Denied::NotFound)), "{nowhere:?}");
        assert_eq!((counted(app).await, voters(app).await), (1, 1));

        let words = "Plant lime trees on the square";
        let late = add_statement(&app.app, &Caller::anyone(closes), own(&on.slug, words, "key")).await;
        assert!(matches!(late, Err(Refused::Denied(Denied::NotPermitted(_)))), "{late:?}");
        assert_eq!(statements(app).await, 0);
        add_statement(&app.app, &Caller::anyone(before), own(&on.slug, words, "key")).await.expect("taken");
        assert_eq!(statements(app).await, 1);
    }

    async fn a_statement_sent_many_times_by_one_form_is_one_in_two_processes(app: &TestApp) {
        let (_, on, _) = opened(app).await;
        let other = app.another().await;
        let caller = Caller::anyone(app.app.clock.now());
        let words = "Plant lime trees on the square";
        let sent = (0..20).map(|n| {
            let app = if n % 2 == 0 { &app.app } else { &other };
            add_statement(app, &caller, own(&on.slug, words, "one form"))
        });
        for added in join_all(sent).await {
            added.expect("the same success");
        }
        assert_eq!((statements(app).await, voters(app).await), (1, 1));
        other.db.close().await;
    }

    async fn a_sixth_statement_that_waits_is_refused_and_leaves_nothing(app: &TestApp) {
        let (_, on, _) = opened(app).await;
        let caller = Caller::anyone(app.app.clock.now());
        let sent = (0..8).map(|n| {
            let words = format!("Statement number {n}");
            add_statement(&app.app, &caller, own(&on.slug, &words, &format!("form {n}")))
        });
        let refused = join_all(sent)
            .await
            .into_iter()
            .filter(|added| {
                matches!(added, Err(Refused::Because(StatementRefused::TooManyWaiting)))
            })
            .count();
        assert_eq!((refused, statements(app).await), (3, 5));
        // Words that can't be taken make no voter of anybody.
        let empty = AddStatement { token: "another".to_owned(), ..own(&on.slug, " ", "form") };
        let refused = add_statement(&app.app, &caller, empty).await;
        assert!(matches!(refused, Err(Refused::Because(StatementRefused::Empty))), "{refused:?}");
        assert_eq!(voters(app).await, 1);
    }

    async fn two_moderators_who_decide_alike_at_one_moment_are_on_the_record_once(app: &TestApp) {
        let (asked, on, ids) = opened(app).await;
        camps(&app.app, &on, &ids, 20).await;
        for _ in 0..30 {
            app.anyone()
                .post(&asked.path("vote"), &[("statement", &ids[0].to_string()), ("vote", "agree")])
                .await
                .expect(303);
        }
        server::jobs::find_opinions(&app.app, app.app.clock.now()).await.expect("looks");
        assert_eq!(entries(app, "set-votes-aside").await, 1, "by the program");
        let flag = domain::vote::stuffing::Flag::Unread;
        let moderator = caller(app, "moderator@council.example").await;
        let back = || LetVotersBack { on: on.slug.clone(), flag };
        let both = join_all((0..2).map(|_| let_voters_back(&app.app, &moderator, back()))).await;
        assert!(both.iter().all(Result::is_ok), "{both:?}");
        assert_eq!(entries(app, "let-votes-back").await, 1);
        let again = || SetVotersAside { on: on.slug.clone(), flag };
        let both = join_all((0..2).map(|_| set_voters_aside(&app.app, &moderator, again()))).await;
        assert!(both.iter().all(Result::is_ok), "{both:?}");
        assert_eq!(entries(app, "set-votes-aside").await, 2);
        // Somebody who may only look changes nothing.
        let officer = caller(app, "officer@council.example").await;
        let denied = let_voters_back(&app.app, &officer, back()).await;
        assert!(matches!(denied, Err(Denied::NotPermitted(_))), "{denied:?}");
        assert_eq!(entries(app, "let-votes-back").await, 1);
    }

    async fn reading_what_people_think_writes_nothing(app: &TestApp) {
        let (asked, on, ids) = opened(app).await;
        camps(&app.app, &on, &ids, 10).await;
        for _ in 0..30 {
            app.anyone()
                .post(&asked.path("vote"), &[("statement", &ids[0].to_string()), ("vote", "agree")])
                .await
                .expect(303);
        }
        for path in ["opinion", "opinion.json"] {
            app.anyone().get(&asked.path(path)).await.expect(200);
        }
        let flags = entity::voter_flag::Entity::find().count(app.app.db.read()).await;
        assert_eq!(flags.expect("counts"), 0, "only the job looks for stuffing");
        assert_eq!(entries(app, "set-votes-aside").await, 0);
    }
}
