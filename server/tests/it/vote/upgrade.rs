//! The step that forgets in which order votes came, with what a server of the version before has
//! written, and what such a server goes on writing beside one of this version.

use domain::consultation::Consultation;
use domain::edit::CreationKey;
use domain::ids::StatementId;
use domain::vote::statement::Vote;
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Statement, TransactionTrait};
use server::granted::Caller;
use server::vote::commands::{
    AddStatement, CastVote, ShuffleVotes, add_statement, all_voted, cast_vote, shuffle_votes,
};

use super::opened;
use crate::support::{TestApp, dump, on_both};

const STEP: &str = "m20261126_0027_forget_order_of_votes";
/// Voters of the version before have the ids after this one: four bytes that are easily found.
const OLD: i64 = 0x5A5B_0000;

async fn ask(app: &TestApp, sql: &str) -> Vec<String> {
    let db = app.app.db.writing();
    let asked = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(asked).await;
    let rows = rows.unwrap_or_else(|error| panic!("{sql}: {error}"));
    let text = |row: &sea_orm::QueryResult| row.try_get_by_index::<String>(0).expect("a text");
    let mut lines: Vec<String> = rows.iter().map(text).collect();
    lines.sort();
    lines
}

async fn number(app: &TestApp, sql: &str) -> i64 {
    let counted = format!("SELECT CAST(({sql}) AS TEXT)");
    ask(app, &counted).await[0].parse().expect("a number")
}

async fn execute(app: &TestApp, sql: &str) {
    let done = app.app.db.writing().execute_unprepared(sql).await;
    done.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

async fn shuffle(app: &TestApp) -> usize {
    all_voted(&app.app).await.expect("reads");
    let caller = Caller::anyone(app.app.clock.now());
    shuffle_votes(&app.app, &caller, ShuffleVotes)
        .await
        .expect("shuffles")
}

async fn vote(app: &TestApp, on: &Consultation, token: &str, statement: i64) {
    let command = CastVote {
        on: on.slug.clone(),
        token: token.to_owned(),
        statement: StatementId(statement),
        vote: Vote::Agree,
        from: None,
    };
    let caller = Caller::anyone(app.app.clock.now());
    cast_vote(&app.app, &caller, command).await.expect("taken");
}

async fn write(app: &TestApp, on: &Consultation, text: &str) {
    let command = AddStatement {
        on: on.slug.clone(),
        token: "somebody".to_owned(),
        text: text.to_owned(),
        key: CreationKey::typed(&"0".repeat(32)),
    };
    let caller = Caller::anyone(app.app.clock.now());
    add_statement(&app.app, &caller, command)
        .await
        .expect("taken");
}

/// The schema of the version before.
async fn down(app: &TestApp) {
    let steps = Migrator::migrations();
    let at = steps.iter().position(|step| step.name() == STEP);
    let later = steps.len() - at.expect("the step");
    Migrator::down(app.app.db.writing(), u32::try_from(later).ok())
        .await
        .expect("down");
}

/// So many who voted, wrote and were flagged under the version before.
async fn older(app: &TestApp, on: &Consultation, ids: &[i64], many: i64) {
    let on = on.id;
    for n in 1..=many {
        let id = OLD + n;
        execute(app, &format!("INSERT INTO voter (id, consultation_id, token_hash, joined_on) VALUES ({id}, {on}, 'old {n}', '2026-11-25')")).await;
        for (place, statement) in (0_i64..).zip(ids.iter().take(3)) {
            let value = (n + place) % 3 - 1;
            execute(app, &format!("INSERT INTO statement_vote (voter_id, statement_id, value) VALUES ({id}, {statement}, {value})")).await;
        }
        execute(app, &format!("INSERT INTO voter_source (voter_id, consultation_id, day, source, read) VALUES ({id}, {on}, 20000, {n}, TRUE)")).await;
        if n % 5 == 0 {
            let aside = if n % 2 == 0 { "TRUE" } else { "FALSE" };
            execute(app, &format!("INSERT INTO voter_flag (voter_id, consultation_id, reason, aside) VALUES ({id}, {on}, 'unread', {aside})")).await;
        }
        if n % 2 == 0 {
            let state = if n % 4 == 0 { "held" } else { "approved" };
            execute(app, &format!("INSERT INTO statement (consultation_id, text, source, state, voter_id, agrees, disagrees, passes, created_at) VALUES ({on}, 'Written by {n}', 'resident', '{state}', {id}, 0, 0, 0, {})", 1_764_150_000_123 + n)).await;
        }
    }
}

/// What is known of each of them, without the ids of their rows: votes, flags, and who wrote what.
async fn known(app: &TestApp, author: &str) -> [Vec<String>; 3] {
    let votes = "SELECT v.token_hash || ' ' || v.joined_on || ' ' || CAST(s.statement_id AS TEXT) || ' ' || \
                 CAST(s.value AS TEXT) || ' ' || CAST(f.source AS TEXT) || ' ' || CAST(f.day AS TEXT) \
                 FROM voter v JOIN statement_vote s ON s.voter_id = v.id \
                 JOIN voter_source f ON f.voter_id = v.id";
    let flags = "SELECT v.token_hash || ' ' || f.reason || ' ' || CAST(f.aside AS TEXT) \
                 FROM voter v JOIN voter_flag f ON f.voter_id = v.id";
    [
        ask(app, votes).await,
        ask(app, flags).await,
        ask(app, author).await,
    ]
}

const BEFORE: &str = "SELECT v.token_hash || ' ' || s.text FROM statement s \
                      JOIN voter v ON v.id = s.voter_id WHERE s.state = 'held'";
const AFTER: &str = "SELECT v.token_hash || ' ' || s.text FROM statement s \
                     JOIN statement_author a ON a.statement_id = s.id JOIN voter v ON v.id = a.voter_id";
const TRACES: &str = "SELECT COUNT(*) FROM statement \
                      WHERE voter_id IS NOT NULL OR created_at % 86400000 <> 0";

on_both! {
    async fn every_vote_flag_source_and_author_is_there_after_the_step(app: &TestApp) {
        let (_, on, ids) = opened(app).await;
        down(app).await;
        older(app, &on, &ids, 40).await;
        let before = known(app, BEFORE).await;
        assert_eq!([before[0].len(), before[1].len(), before[2].len()], [120, 8, 10]);
        server::db::migrate(&app.app.db).await.expect("migrates");
        if app.app.db.is_sqlite() {
            assert_eq!(known(app, AFTER).await, before);
            assert_eq!(number(app, TRACES).await, 0);
        } else {
            // Nobody who votes waits for a step that writes all rows: the job does it.
            assert_eq!(known(app, BEFORE).await, before);
            assert_eq!(number(app, "SELECT COUNT(*) FROM statement_author").await, 0);
        }
        assert_eq!(shuffle(app).await, 1);
        assert_eq!(known(app, AFTER).await, before);
        assert_eq!(number(app, TRACES).await, 0);
        assert_eq!(number(app, "SELECT COUNT(*) FROM voter WHERE id < 1099511627776").await, 0);
        assert_eq!(number(app, "SELECT COUNT(*) FROM voter").await, 40);
    }

    async fn a_statement_of_an_older_server_is_found_where_nobody_voted(app: &TestApp) {
        let (_, on, _) = opened(app).await;
        write(app, &on, "Nobody has voted here yet.").await;
        let author = "(SELECT voter_id FROM statement_author WHERE statement_id = statement.id)";
        execute(app, &format!("UPDATE statement SET voter_id = {author} WHERE state = 'held'")).await;
        execute(app, "DELETE FROM statement_author").await;
        // Another process starts.
        let next = app.another().await;
        all_voted(&next).await.expect("reads");
        let caller = Caller::anyone(next.clock.now());
        shuffle_votes(&next, &caller, ShuffleVotes).await.expect("shuffles");
        next.db.close().await;
        assert_eq!(number(app, TRACES).await, 0);
        assert_eq!(ask(app, AFTER).await.len(), 1);
    }

    async fn who_wrote_what_an_older_server_decided_on_is_forgotten(app: &TestApp) {
        let (_, on, _) = opened(app).await;
        write(app, &on, "An older server approves this.").await;
        assert_eq!(number(app, "SELECT COUNT(*) FROM statement_author").await, 1);
        execute(app, "UPDATE statement SET state = 'approved' WHERE state = 'held'").await;
        shuffle(app).await;
        assert_eq!(number(app, "SELECT COUNT(*) FROM statement_author").await, 0);
    }

    async fn what_is_shuffled_and_what_is_voted_wait_for_one_another_in_one_order(app: &TestApp) {
        if app.app.db.is_sqlite() {
            return; // One writer: nobody waits inside a transaction.
        }
        let (_, on, ids) = opened(app).await;
        vote(app, &on, "somebody", ids[0]).await;
        older(app, &on, &ids, 1).await;
        let voting = app.app.db.writing().begin().await.expect("begins");
        voting.execute_unprepared("SELECT pg_advisory_xact_lock(7202)").await.expect("held");
        let shuffling = app.app.clone();
        all_voted(&shuffling).await.expect("reads");
        let shuffled = tokio::spawn(async move {
            let caller = Caller::anyone(shuffling.clock.now());
            shuffle_votes(&shuffling, &caller, ShuffleVotes).await
        });
        let waits = "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted \
                     AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
        for _ in 0..200 {
            if number(app, waits).await > 0 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert_eq!(number(app, waits).await, 1);
        let counts = "UPDATE opinion SET version = version + 1";
        voting.execute_unprepared(counts).await.expect("whoever votes waits for nobody");
        voting.commit().await.expect("commits");
        assert_eq!(shuffled.await.expect("ends").expect("shuffles"), 1);
    }
}

#[tokio::test]
async fn a_step_that_fails_in_the_middle_leaves_everything_as_it_was_on_sqlite() {
    let app = TestApp::on_sqlite().await;
    let (_, on, ids) = opened(&app).await;
    down(&app).await;
    older(&app, &on, &ids, 10).await;
    let known_before = known(&app, BEFORE).await;
    execute(
        &app,
        "CREATE TRIGGER hinder BEFORE DELETE ON voter BEGIN SELECT RAISE(ABORT, 'hindered'); END",
    )
    .await;
    let before = dump(&app).await;
    for _ in 0..2 {
        let failed = server::db::migrate(&app.app.db)
            .await
            .expect_err("it fails");
        assert!(failed.to_string().contains("hindered"), "{failed}");
        assert_eq!(dump(&app).await, before);
    }
    execute(&app, "DROP TRIGGER hinder").await;
    server::db::migrate(&app.app.db).await.expect("migrates");
    assert_eq!(known(&app, AFTER).await, known_before);
    app.finish().await;
}

/// How often an id of an older voter stands in the file, as SQLite writes it.
async fn old_ids_in_file(app: &TestApp) -> usize {
    execute(app, "PRAGMA wal_checkpoint(TRUNCATE)").await;
    let path = server::db::sqlite_file(&app.app.config.database_url).expect("a file");
    let bytes = std::fs::read(path).expect("reads");
    let old = |part: &&[u8]| matches!(part, [0x5A, 0x5B, 0, 1..=200]);
    bytes.windows(4).filter(old).count()
}

#[tokio::test]
async fn nothing_of_the_order_of_voters_is_left_in_the_file_of_sqlite() {
    let app = TestApp::on_sqlite().await;
    let (_, on, ids) = opened(&app).await;
    down(&app).await;
    older(&app, &on, &ids, 200).await;
    assert!(old_ids_in_file(&app).await > 600, "the test finds them");
    server::db::migrate(&app.app.db).await.expect("migrates");
    let left = old_ids_in_file(&app).await;
    assert!(left < 3, "{left} are left, where chance leaves none");
    app.finish().await;
}
