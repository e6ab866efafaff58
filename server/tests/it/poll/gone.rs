//! Whoever votes and goes away before the answer: what is kept in mind of them is, all the same; and
//! who else writes rows that are to be shuffled.

use std::time::Duration;

use domain::edit::CreationKey;
use domain::ids::StatementId;
use domain::poll::Electorate;
use domain::vote::statement::Vote;
use futures::FutureExt;
use sea_orm::{EntityTrait, PaginatorTrait};
use server::client::ClientAddress;
use server::granted::Caller;
use server::poll::commands::{
    CastBallot, IssuePaper, KeyPaperBallot, KeyedBallot, Proof, ShuffleRows, cast_ballot,
    issue_paper, key_paper_ballot, shuffle_rows,
};
use server::vote::commands::{
    AddStatement, CastVote, ShuffleVotes, add_statement, cast_vote, shuffle_votes,
};

use super::arrange::{Polled, approval, caller, open, ranked};
use super::signs::{choices, code};
use crate::consultation::OFFICER;
use crate::support::{TestApp, on_both};

fn anyone(app: &TestApp) -> Caller {
    Caller::anyone(app.app.clock.now())
}

/// Sends it and goes away: the future of the request is dropped once it is on its way to the writer.
fn goes<T>(sent: impl Future<Output = T>) {
    assert!(sent.now_or_never().is_none(), "nobody is answered so soon");
}

async fn written(app: &TestApp) {
    let ready = app.app.writer.is_ready(Duration::from_secs(20)).await;
    ready.expect("what came before is written");
}

async fn nothing_pending(app: &TestApp) {
    let shuffled = shuffle_rows(&app.app, &anyone(app), ShuffleRows).await;
    shuffled.expect("shuffles");
    assert!(!app.app.pending_shuffles.any());
}

async fn ballot(app: &TestApp, polled: &Polled) -> CastBallot {
    let (_, poll) = polled.found(app).await;
    CastBallot {
        poll: polled.address(),
        code: code(1),
        choices: choices(&poll, 2),
        from: ClientAddress::new(std::net::Ipv4Addr::new(203, 0, 113, 9).into()),
    }
}

on_both! {
    async fn a_ballot_whose_voter_went_is_in_mind_and_shuffled(app: &TestApp) {
        let polled = open(app, approval(), Electorate::Open).await;
        let command = ballot(app, &polled).await;
        goes(cast_ballot(&app.app, &anyone(app), command));
        written(app).await;
        let cast = entity::poll_ballot::Entity::find().count(app.app.db.read()).await;
        assert_eq!(cast, Ok(1));
        assert_eq!(app.app.signs.polls().len(), 1);
        assert!(app.app.pending_shuffles.any());
    }

    async fn a_paper_whose_voter_went_is_shuffled(app: &TestApp) {
        let polled = open(app, ranked(), Electorate::Register).await;
        let command = IssuePaper {
            poll: polled.address(),
            proof: Proof::Letter(polled.letters[0].clone()),
            code: code(1),
        };
        goes(issue_paper(&app.app, &anyone(app), command));
        written(app).await;
        let issued = entity::poll_ballot::Entity::find().count(app.app.db.read()).await;
        assert_eq!(issued, Ok(1));
        assert!(app.app.pending_shuffles.any());
    }

    async fn votes_and_statements_whose_voters_went_are_shuffled(app: &TestApp) {
        let (_, on, ids) = crate::vote::opened(app).await;
        let shuffled = async || {
            shuffle_votes(&app.app, &anyone(app), ShuffleVotes).await.expect("shuffles")
        };
        let command = CastVote {
            on: on.slug.clone(),
            token: "somebody".to_owned(),
            statement: StatementId(ids[0]),
            vote: Vote::Agree,
            from: None,
        };
        goes(cast_vote(&app.app, &anyone(app), command));
        for _ in 0..500 {
            let votes = entity::statement_vote::Entity::find().count(app.app.db.read()).await;
            if votes == Ok(1) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert_eq!(shuffled().await, 1);
        assert_eq!(shuffled().await, 0);
        let command = AddStatement {
            on: on.slug.clone(),
            token: "somebody".to_owned(),
            text: "Whoever wrote this went away.".to_owned(),
            key: CreationKey::typed(&"0".repeat(32)),
        };
        goes(add_statement(&app.app, &anyone(app), command));
        written(app).await;
        assert_eq!(shuffled().await, 1);
    }

    async fn what_comes_on_paper_and_who_asks_for_a_link_is_shuffled_too(app: &TestApp) {
        let polled = open(app, ranked(), Electorate::Register).await;
        nothing_pending(app).await;
        let (_, poll) = polled.found(app).await;
        let keyed = KeyedBallot {
            key: CreationKey::typed(&"1".repeat(32)),
            code: polled.letters[0].clone(),
            choices: choices(&poll, 2),
        };
        let command = KeyPaperBallot {
            poll: polled.address(),
            first: keyed.sealed(&app.app),
            second: keyed,
        };
        let by = caller(app, OFFICER).await;
        key_paper_ballot(&app.app, &by, command).await.expect("counted");
        assert!(app.app.pending_shuffles.any(), "elector and ballot were written together");
        nothing_pending(app).await;
        let by_email = open(app, ranked(), Electorate::Email).await;
        let asked = [("email", "jo@example.org")];
        app.anyone().post(&by_email.path("/request"), &asked).await.expect(200);
        assert!(app.app.pending_shuffles.any());
    }
}
