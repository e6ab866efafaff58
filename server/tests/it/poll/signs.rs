//! Where ballots come from: enough is in mind to set a crowd aside, and nothing of it is in a row.

use std::collections::BTreeSet;
use std::net::IpAddr;

use domain::code::Code;
use domain::poll::list::commitment;
use domain::poll::{Choices, Electorate, Poll, marks};
use server::App;
use server::client::ClientAddress;
use server::granted::Caller;
use server::jobs::look_at_polls;
use server::poll::commands::{CastBallot, PublishBallots, cast_ballot, publish_ballots};
use server::poll::rows::ballots;
use server::secret::hash;

use super::arrange::{Polled, approval, caller, open};
use crate::consultation::OFFICER;
use crate::support::{TestApp, dump, on_both};

pub fn code(n: u32) -> Code {
    // Five bits of each byte are a letter.
    let letter = |place: u32| u8::try_from(n >> (5 * place) & 31).expect("five bits");
    let (a, b, c) = (letter(0), letter(1), letter(2));
    Code::fresh(&[a, b, c ^ 7, 1, 8, 2, 8, 1, 8, 2, 8, 4, 5, 9, 0, 4])
}

pub fn choices(poll: &Poll, option: u32) -> Choices {
    let given = marks(&format!("{option}:1")).expect("marks");
    poll.choices(&given).expect("within the rules")
}

/// The n-th voter casts a ballot for this option from this address.
async fn cast(app: &App, polled: &Polled, poll: &Poll, n: u32, from: &str, option: u32) {
    let command = CastBallot {
        poll: polled.address(),
        code: code(n),
        choices: choices(poll, option),
        from: ClientAddress::new(from.parse::<IpAddr>().expect("an address")),
    };
    cast_ballot(app, &Caller::anyone(app.clock.now()), command)
        .await
        .expect("taken");
}

/// Sixty who differ, each from a network of their own.
async fn genuine(app: &TestApp, polled: &Polled, poll: &Poll) {
    for n in 0..60 {
        let from = format!("81.2.{n}.1");
        cast(&app.app, polled, poll, n, &from, n % 3 + 1).await;
    }
}

/// So many of one mind from one network, the n-th and on.
async fn crowd(app: &App, polled: &Polled, poll: &Poll, first: u32, many: u32) {
    for n in first..first + many {
        let from = format!("92.40.7.{}", n % 200);
        cast(app, polled, poll, n, &from, 2).await;
    }
}

/// The numbers of the voters whose ballots are set aside.
async fn aside(app: &TestApp, poll: &Poll) -> Vec<u32> {
    let cast = ballots::all_cast(app.app.db.read(), poll.id)
        .await
        .expect("reads");
    let marked: BTreeSet<String> = cast
        .into_iter()
        .filter(|ballot| ballot.set_aside)
        .map(|ballot| ballot.code_hash)
        .collect();
    let hashed = |n: &u32| {
        hash(format!(
            "ballot/{}/{}",
            poll.id,
            code(*n).look_alikes_as_digits().letters()
        ))
    };
    let found: Vec<u32> = (0..400).filter(|n| marked.contains(&hashed(n))).collect();
    assert_eq!(found.len(), marked.len());
    found
}

on_both! {
    async fn a_ballot_leaves_nothing_in_any_row_that_follows_from_where_it_came_from(app: &TestApp) {
        let polled = open(app, approval(), Electorate::Open).await;
        let (_, poll) = polled.found(app).await;
        let before = dump(app).await;
        cast(&app.app, &polled, &poll, 1, "203.0.113.9", 2).await;
        look_at_polls(&app.app).await;
        let after = dump(app).await;
        let new: BTreeSet<&String> = after.difference(&before).collect();
        // One row is new, and all that stands in it follows from the code, the poll and the
        // choice: whoever knew every address there is could not tell which it was.
        let code = code(1).look_alikes_as_digits();
        let address = app::paths::poll(&polled.slug, 1);
        let expected = [
            ("choices", "2:1".to_owned()),
            ("code_hash", hash(format!("ballot/{}/{}", poll.id, code.letters()))),
            ("commitment", commitment(&address, &code, &choices(&poll, 2))),
            ("paper", "no".to_owned()),
            ("poll_id", poll.id.to_string()),
            ("quarantined", "no".to_owned()),
            ("source", "nothing".to_owned()),
        ];
        let row: Vec<String> = expected
            .iter()
            .map(|(column, value)| format!("{column}={value}"))
            .collect();
        assert_eq!(Vec::from_iter(new), [&format!("poll_ballot: {}", row.join(" | "))]);
        let gone: BTreeSet<&String> = before.difference(&after).collect();
        assert!(gone.is_empty(), "{gone:?}");
    }

    async fn a_crowd_from_one_network_is_set_aside_while_people_vote_and_the_others_are_not(app: &TestApp) {
        let polled = open(app, approval(), Electorate::Open).await;
        let (_, poll) = polled.found(app).await;
        genuine(app, &polled, &poll).await;
        crowd(&app.app, &polled, &poll, 100, 24).await;
        look_at_polls(&app.app).await;
        assert!(aside(app, &poll).await.is_empty(), "twenty-four are no crowd");
        crowd(&app.app, &polled, &poll, 124, 6).await;
        look_at_polls(&app.app).await;
        assert_eq!(aside(app, &poll).await, Vec::from_iter(100..130));
        assert_eq!(app.entries("set-ballots-aside").await, 1);
        // Somebody of the council sees it before anything is published.
        app.later(24 * 60);
        let officer = app.sign_in(OFFICER).await;
        let desk = format!("/desk/consultations/{}/polls/1/publish", polled.slug);
        let page = officer.get(&desk).await.expect(200).main_text();
        assert!(page.contains("30 ballots are set aside"), "{page}");
    }

    async fn nothing_is_done_for_somebody_who_may_not_publish(app: &TestApp) {
        let polled = open(app, approval(), Electorate::Open).await;
        let (_, poll) = polled.found(app).await;
        genuine(app, &polled, &poll).await;
        app.later(24 * 60);
        let before = dump(app).await;
        let command = PublishBallots { poll: polled.address() };
        let nobody = Caller::anyone(app.app.clock.now());
        publish_ballots(&app.app, &nobody, command).await.expect_err("nobody may");
        assert_eq!(dump(app).await, before);
        assert!(app.app.pending_shuffles.any(), "nor are the rows shuffled");
    }

    async fn what_was_found_outlives_a_restart_and_what_was_in_mind_does_not(app: &TestApp) {
        let polled = open(app, approval(), Electorate::Open).await;
        let (_, poll) = polled.found(app).await;
        genuine(app, &polled, &poll).await;
        crowd(&app.app, &polled, &poll, 100, 30).await;
        look_at_polls(&app.app).await;
        let next = app.another().await;
        crowd(&next, &polled, &poll, 200, 10).await;
        look_at_polls(&next).await;
        assert_eq!(aside(app, &poll).await, Vec::from_iter(100..130), "ten are no crowd");
        crowd(&next, &polled, &poll, 210, 20).await;
        look_at_polls(&next).await;
        let all: Vec<u32> = (100..130).chain(200..230).collect();
        assert_eq!(aside(app, &poll).await, all);
        // Whoever changes their ballot now has come from where they came first, which is forgotten.
        crowd(&next, &polled, &poll, 100, 5).await;
        look_at_polls(&next).await;
        assert_eq!(aside(app, &poll).await, all);
        next.db.close().await;
    }

    async fn what_looked_like_a_crowd_by_itself_is_let_back_as_one_of_many(app: &TestApp) {
        let polled = open(app, approval(), Electorate::Open).await;
        let (_, poll) = polled.found(app).await;
        genuine(app, &polled, &poll).await;
        crowd(&app.app, &polled, &poll, 100, 30).await;
        look_at_polls(&app.app).await;
        assert_eq!(aside(app, &poll).await, Vec::from_iter(100..130));
        // Nearly everybody comes from there: it is a proxy, which says nothing of anybody.
        let others = (400..1_200).map(|n| cast(&app.app, &polled, &poll, n, "92.40.7.9", n % 3 + 1));
        futures::future::join_all(others).await;
        look_at_polls(&app.app).await;
        assert!(aside(app, &poll).await.is_empty());
        assert_eq!(app.entries("set-ballots-aside").await, 1);
        assert_eq!(app.entries("let-ballots-back").await, 1);
        look_at_polls(&app.app).await;
        assert_eq!(app.entries("let-ballots-back").await, 1, "nothing is different now");
    }

    async fn a_poll_is_out_of_mind_once_it_has_closed_or_is_published(app: &TestApp) {
        let polled = open(app, approval(), Electorate::Open).await;
        let (_, poll) = polled.found(app).await;
        genuine(app, &polled, &poll).await;
        look_at_polls(&app.app).await;
        assert_eq!(app.app.signs.polls().len(), 1, "while it is open");
        crowd(&app.app, &polled, &poll, 100, 30).await;
        app.later(24 * 60);
        look_at_polls(&app.app).await;
        assert_eq!(aside(app, &poll).await.len(), 30, "looked at once more");
        assert!(app.app.signs.polls().is_empty());
        let command = PublishBallots { poll: polled.address() };
        publish_ballots(&app.app, &caller(app, OFFICER).await, command).await.expect("published");
        assert!(app.app.signs.polls().is_empty());
        let list = app.anyone().get(&polled.path("/ballots.json")).await.expect(200).text();
        assert_eq!(list.matches("\"set_aside\":true").count(), 30);
    }

    async fn a_crowd_that_nobody_looked_for_is_set_aside_with_the_list(app: &TestApp) {
        let polled = open(app, approval(), Electorate::Open).await;
        let (_, poll) = polled.found(app).await;
        genuine(app, &polled, &poll).await;
        crowd(&app.app, &polled, &poll, 100, 30).await;
        app.later(24 * 60);
        let command = PublishBallots { poll: polled.address() };
        publish_ballots(&app.app, &caller(app, OFFICER).await, command).await.expect("published");
        assert_eq!(aside(app, &poll).await.len(), 30);
        assert!(app.app.signs.polls().is_empty());
    }

    async fn what_a_server_of_the_version_before_writes_beside_a_ballot_is_taken_away(app: &TestApp) {
        use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
        let polled = open(app, approval(), Electorate::Open).await;
        let (_, poll) = polled.found(app).await;
        genuine(app, &polled, &poll).await;
        let old = "UPDATE poll_ballot SET source = '0123456789abcdef'";
        app.app.db.writing().execute_unprepared(old).await.expect("written");
        // Whoever asked for a link has a number that counts up; whoever is on a register too, and keeps it.
        let older = "INSERT INTO poll_elector (id, poll_id, name, key_hash) VALUES ";
        for elector in ["(7, 1, NULL, 'a')", "(8, 1, 'Ada', 'b')", "(9, 1, NULL, 'c')"] {
            let row = format!("{older} {elector}").replace(" 1,", &format!(" {},", poll.id));
            app.app.db.writing().execute_unprepared(&row).await.expect("written");
        }
        let caller = Caller::anyone(app.app.clock.now());
        server::poll::commands::all_pending(&app.app).await.expect("reads");
        let command = server::poll::commands::ShuffleRows;
        server::poll::commands::shuffle_rows(&app.app, &caller, command).await.expect("shuffled");
        let left = entity::poll_ballot::Entity::find()
            .filter(entity::poll_ballot::Column::Source.is_not_null())
            .count(app.app.db.read())
            .await;
        assert_eq!(left, Ok(0));
        let electors = entity::poll_elector::Entity::find().all(app.app.db.read()).await.expect("reads");
        assert_eq!(electors.len(), 3);
        for one in electors {
            let counts_up = one.id < server::secret::RANDOM_IDS;
            assert_eq!(counts_up, one.name.is_some(), "{one:?}");
        }
    }
}
