//! Voting on statements, from the page to the counts, and what people think.

mod alike;
mod opinion;
mod order;
mod set_aside;
mod strict;
mod together;
mod upgrade;

use domain::consultation::Consultation;
use domain::ids::StatementId;
use domain::vote::statement::Vote;
use futures::future::join_all;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use server::App;
use server::granted::Caller;
use server::vote::commands::{CastVote, cast_vote};

use crate::response::asked::{Asked, open_with};
use crate::support::{Page, TestApp, on_both};

const STATEMENTS: [&str; 8] = [
    "The crossing should be raised.",
    "Cars should give way to bicycles here.",
    "More lamps are needed at night.",
    "Parking in front of the shops should go.",
    "The bus stop has to stay where it is.",
    "Children should be asked as well.",
    "A wider pavement matters more than a lane.",
    "Nobody should drive faster than twenty here.",
];

pub async fn opened(app: &TestApp) -> (Asked, Consultation, Vec<i64>) {
    let asked = open_with(&app.app, &STATEMENTS).await;
    let on = server::consultation::rows::by_slug(app.app.db.read(), &asked.slug)
        .await
        .expect("reads")
        .expect("a consultation");
    let ids = entity::statement::Entity::find()
        .filter(entity::statement::Column::ConsultationId.eq(on.id.0))
        .order_by_asc(entity::statement::Column::Id)
        .all(app.app.db.read())
        .await
        .expect("reads")
        .into_iter()
        .map(|row| row.id)
        .collect();
    (asked, on, ids)
}

/// Two camps of `each` people who differ on the first three statements and agree on the others.
async fn camps(app: &App, on: &Consultation, ids: &[i64], each: usize) {
    let vote = (0..each * 2).flat_map(|voter| {
        ids.iter().enumerate().map(move |(place, id)| {
            let vote = match (place, voter % 2, (voter / 2 + place) % 9) {
                (_, _, 0) => Vote::Pass,
                (0..3, 0, _) => Vote::Disagree,
                (_, _, 1) => Vote::Disagree,
                _ => Vote::Agree,
            };
            let command = CastVote {
                on: on.slug.clone(),
                token: format!("voter {voter}"),
                statement: StatementId(*id),
                vote,
                from: None,
            };
            async move { cast_vote(app, &Caller::anyone(app.clock.now()), command).await }
        })
    });
    for cast in join_all(vote).await {
        cast.expect("a vote");
    }
}

/// The kept counts are those of the votes, and how many votes there are.
async fn counted(app: &TestApp) -> i64 {
    let db = app.app.db.read();
    let mut all = 0;
    for row in entity::statement::Entity::find()
        .all(db)
        .await
        .expect("reads")
    {
        let votes = entity::statement_vote::Entity::find()
            .filter(entity::statement_vote::Column::StatementId.eq(row.id))
            .all(db)
            .await
            .expect("reads");
        let many = |value: i32| votes.iter().filter(|vote| vote.value == value).count() as i64;
        assert_eq!(
            [row.agrees, row.disagrees, row.passes],
            [many(1), many(-1), many(0)],
            "statement {}",
            row.id
        );
        all += votes.len() as i64;
    }
    all
}

async fn voters(app: &TestApp) -> u64 {
    entity::voter::Entity::find()
        .count(app.app.db.read())
        .await
        .expect("counts")
}

fn statement_on(page: &Page) -> String {
    page.attributes(".soundings-ballot input[name=statement]", "value")
        .pop()
        .expect("a statement to vote on")
}

on_both! {
    async fn two_hundred_votes_at_once_by_one_person_count_once_and_none_fails(app: &TestApp) {
        let (asked, _, _) = opened(app).await;
        let voter = app.anyone();
        let path = asked.path("vote");
        let page = voter.get(&path).await.expect(200);
        let statement = statement_on(&page);
        let sending = (0..200).map(|number| {
            let (voter, path, statement) = (voter.clone(), path.clone(), statement.clone());
            async move {
                let vote = ["agree", "disagree", "pass"][number % 3];
                voter.post(&path, &[("statement", &statement), ("vote", vote)]).await
            }
        });
        for answer in join_all(sending).await {
            answer.expect(303);
        }
        assert_eq!(counted(app).await, 1);
        assert_eq!(voters(app).await, 1);
    }

    async fn a_whole_library_votes_at_once_from_one_address_in_two_processes(app: &TestApp) {
        let (asked, on, ids) = opened(app).await;
        let other = app.another().await;
        let path = asked.path("vote");
        let here = (0..40).map(|_| {
            let (voter, path, ids) = (app.anyone(), path.clone(), ids.clone());
            async move {
                voter.get(&path).await.expect(200);
                for id in ids {
                    let id = id.to_string();
                    voter
                        .post(&path, &[("statement", &id), ("vote", "agree")])
                        .await
                        .expect(303);
                }
            }
        });
        // Backwards, so that the two processes meet on the same counts in other orders.
        let mut backwards = ids.clone();
        backwards.reverse();
        let there = camps(&other, &on, &backwards, 20);
        futures::future::join(join_all(here), there).await;
        assert_eq!(counted(app).await, 80 * 8);
        assert_eq!(voters(app).await, 80);
        other.db.close().await;
    }

    async fn a_vote_on_what_is_not_open_sinks_nobody_else(app: &TestApp) {
        let (_, on, ids) = opened(app).await;
        let cast = |id: i64, voter: &str| {
            let command = CastVote {
                on: on.slug.clone(),
                token: voter.to_owned(),
                statement: StatementId(id),
                vote: Vote::Agree,
                from: None,
            };
            let app = &app.app;
            async move { cast_vote(app, &Caller::anyone(app.clock.now()), command).await }
        };
        let both = join_all([cast(ids[0], "one"), cast(999_999, "two"), cast(ids[1], "one")]).await;
        assert!(both[0].is_ok() && both[1].is_err() && both[2].is_ok());
        assert_eq!(counted(app).await, 2);
        assert_eq!(voters(app).await, 1);
    }

    async fn after_a_vote_the_next_statement_has_the_focus_and_the_last_vote_can_be_changed(app: &TestApp) {
        let (asked, _, _) = opened(app).await;
        let voter = app.anyone();
        let path = asked.path("vote");
        let page = voter.get(&path).await.expect(200);
        let statement = statement_on(&page);
        let cast = voter.post(&path, &[("statement", &statement), ("vote", "disagree")]).await;
        let next = cast.expect(303).location().expect("a page");
        assert_eq!(next, format!("{path}?after={statement}#statement"));
        let page = voter.get(next.trim_end_matches("#statement")).await.expect(200);
        assert_ne!(statement_on(&page), statement);
        assert!(page.has("section#statement[tabindex='-1']"));
        let name = page.attributes("#statement", "aria-labelledby").concat();
        for part in name.split(' ') {
            assert!(page.has(&format!("#statement #{part}")), "{part}");
        }
        let said = page.texts("#just-voted").concat();
        assert!(said.starts_with("You disagreed"), "{said}");
        let change = page.attributes("#statement p a", "href").concat();
        assert_eq!(change, format!("{path}?statement={statement}#statement"));
        let again = voter.get(change.trim_end_matches("#statement")).await.expect(200);
        assert_eq!(statement_on(&again), statement);
        // What somebody else voted on, or nobody, is not said to be one’s own.
        for after in [statement.as_str(), "0", "x"] {
            let page = app.anyone().get(&format!("{path}?after={after}")).await.expect(200);
            assert!(!page.has("#just-voted"), "{after}");
        }
    }

    async fn what_is_shown_next_stands_until_one_votes_and_its_seed_is_recorded(app: &TestApp) {
        let (asked, on, _) = opened(app).await;
        let voter = app.anyone();
        let path = asked.path("vote");
        let mut seen = Vec::new();
        loop {
            let page = voter.get(&path).await.expect(200);
            if !page.has(".soundings-ballot") {
                break;
            }
            let statement = statement_on(&page);
            assert_eq!(statement, statement_on(&voter.get(&path).await));
            assert!(!seen.contains(&statement), "{seen:?}");
            voter
                .post(&path, &[("statement", &statement), ("vote", "agree")])
                .await
                .expect(303);
            seen.push(statement);
        }
        assert_eq!(seen.len(), 8);
        let row = entity::opinion::Entity::find_by_id(on.id.0)
            .one(app.app.db.read())
            .await
            .expect("reads")
            .expect("recorded");
        assert_eq!(row.routing_rule, server::vote::routing::RULE);
        assert_eq!(
            row.routing_seed,
            server::vote::routing::seed(&app.app.config.secret, on.id)
        );
        // Not everybody is shown the same first.
        let mut first = std::collections::BTreeSet::new();
        for _ in 0..12 {
            first.insert(statement_on(&app.anyone().get(&path).await));
        }
        assert!(first.len() > 2, "{first:?}");
    }
}
