//! Laid beside the moments of responses, nothing in the rows of voters, votes, statements and
//! electors says who came after whom.

use std::collections::HashMap;

use domain::edit::CreationKey;
use domain::ids::StatementId;
use domain::poll::Electorate;
use domain::vote::statement::Vote;
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder, QueryResult, Statement};
use server::client::ClientAddress;
use server::granted::Caller;
use server::vote::commands::{
    AddStatement, CastVote, Origin, ShuffleVotes, add_statement, all_voted, cast_vote,
    shuffle_votes,
};
use server::vote::rows::voters;

use super::opened;
use crate::insight::respond;
use crate::support::{TestApp, on_both};

const PEOPLE: usize = 60;

async fn ask(app: &TestApp, sql: &str) -> Vec<QueryResult> {
    let db = app.app.db.read();
    let asked = Statement::from_string(db.get_database_backend(), sql);
    db.query_all_raw(asked)
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"))
}

async fn numbers(app: &TestApp, sql: &str) -> Vec<i64> {
    let number = |row: &QueryResult| row.try_get_by_index::<i64>(0).expect("a number");
    ask(app, sql).await.iter().map(number).collect()
}

async fn shuffle(app: &TestApp) {
    all_voted(&app.app).await.expect("reads");
    let caller = Caller::anyone(app.app.clock.now());
    shuffle_votes(&app.app, &caller, ShuffleVotes)
        .await
        .expect("shuffles");
}

/// How far an order agrees with the order of coming: 1 wholly, −1 turned round, 0 not at all
/// (Spearman). `came` is who came as the how-manieth, in the order that is looked at.
fn agrees(came: &[usize]) -> f64 {
    let n = came.len() as f64;
    let apart: f64 = came
        .iter()
        .enumerate()
        .map(|(place, came)| (place as f64 - *came as f64).powi(2))
        .sum();
    1.0 - 6.0 * apart / (n * (n * n - 1.0))
}

/// Chance alone gives this much of sixty less often than once in ten thousand times.
const NOT_BY_CHANCE: f64 = 0.5;

#[track_caller]
fn says_nothing(came: &[usize], what: &str) {
    let mut ranked: Vec<usize> = came.to_vec();
    ranked.sort_unstable();
    let rank: Vec<usize> = came
        .iter()
        .map(|one| ranked.iter().position(|other| other == one).expect("there"))
        .collect();
    let found = agrees(&rank);
    assert!(
        found.abs() < NOT_BY_CHANCE,
        "{what} says who came after whom: {found}"
    );
}

/// Everybody answers, votes and writes a statement, one after the other.
async fn come(app: &TestApp) -> (i64, HashMap<String, usize>) {
    app.app.limits.turn_off();
    let (asked, on, ids) = opened(app).await;
    let mut came = HashMap::new();
    for n in 0..PEOPLE {
        app.app.clock.shift(61);
        respond(app, &asked, "", "").await;
        let caller = Caller::anyone(app.app.clock.now());
        let token = format!("voter {n}");
        for id in ids.iter().take(3) {
            let command = CastVote {
                on: on.slug.clone(),
                token: token.clone(),
                statement: StatementId(*id),
                vote: Vote::Agree,
                from: Some(Origin {
                    client: ClientAddress::new(std::net::Ipv4Addr::new(81, 2, n as u8, 1).into()),
                    page_read: true,
                }),
            };
            cast_vote(&app.app, &caller, command).await.expect("taken");
        }
        let command = AddStatement {
            on: on.slug.clone(),
            token: token.clone(),
            text: format!("Statement {n} is one of sixty."),
            key: CreationKey::typed(&format!("{n:032x}")),
        };
        add_statement(&app.app, &caller, command)
            .await
            .expect("taken");
        came.insert(voters::token_hash(on.id, &token), n);
    }
    (on.id.0, came)
}

/// Who came as the how-manieth, by the id of the voter.
async fn by_id(app: &TestApp, came: &HashMap<String, usize>) -> HashMap<i64, usize> {
    let voters = entity::voter::Entity::find()
        .all(app.app.db.read())
        .await
        .expect("reads");
    voters
        .into_iter()
        .filter_map(|row| Some((row.id, *came.get(&row.token_hash)?)))
        .collect()
}

on_both! {
    async fn no_column_and_no_place_says_who_came_after_whom(app: &TestApp) {
        let (_, came) = come(app).await;
        shuffle(app).await;
        let responses = entity::response::Entity::find()
            .order_by_asc(entity::response::Column::SubmittedAt)
            .all(app.app.db.read())
            .await
            .expect("reads");
        assert_eq!(responses.len(), PEOPLE, "the order of coming is the order of these");
        let by_id = by_id(app, &came).await;
        assert_eq!(by_id.len(), PEOPLE);
        let sqlite = app.app.db.is_sqlite();
        // How to find whose a row is, and by what it could be ordered.
        let orders: [(&str, &str, &[&str]); 4] = [
            ("voter", "id", &["id", "token_hash", "joined_on"]),
            ("statement_vote", "voter_id", &["voter_id"]),
            ("voter_source", "voter_id", &["voter_id", "source", "day"]),
            ("statement_author", "voter_id", &["voter_id", "statement_id"]),
        ];
        for (table, voter, columns) in orders {
            let place = match (sqlite, table) {
                (false, _) => vec!["ctid"],
                (true, "statement_vote" | "statement_author") => vec![],
                (true, _) => vec!["rowid"],
            };
            for by in columns.iter().copied().chain(place) {
                let sql = format!("SELECT {voter} FROM {table} ORDER BY {by}, {voter}");
                let mut whose: Vec<usize> =
                    numbers(app, &sql).await.iter().map(|id| by_id[id]).collect();
                whose.dedup();
                let mut seen = std::collections::HashSet::new();
                whose.retain(|one| seen.insert(*one));
                assert_eq!(whose.len(), PEOPLE);
                says_nothing(&whose, &format!("{table}.{by}"));
            }
            if sqlite && table.starts_with("statement_") {
                let rowid = Statement::from_string(sea_orm::DbBackend::Sqlite, format!("SELECT rowid FROM {table}"));
                app.app.db.read().query_all_raw(rowid).await.expect_err("it has none");
            }
        }
        let place = if sqlite { "rowid" } else { "ctid" };
        for by in ["id", "created_at, id", "idempotency_key", place] {
            let sql = format!("SELECT text FROM statement WHERE source = 'resident' ORDER BY {by}");
            let rows = ask(app, &sql).await;
            let number = |row: &QueryResult| {
                let text: String = row.try_get_by_index(0).expect("a text");
                text.split(' ').nth(1).and_then(|n| n.parse().ok()).expect("a number")
            };
            let whose: Vec<usize> = rows.iter().map(number).collect();
            assert_eq!(whose.len(), PEOPLE);
            says_nothing(&whose, &format!("statement.{by}"));
        }
        if !sqlite {
            for table in server::vote::rows::shuffle::TABLES {
                let wrote = ask(app, &format!("SELECT DISTINCT CAST(xmin AS TEXT) FROM {table}")).await;
                assert!(wrote.len() <= 1, "{table} was written by {}", wrote.len());
            }
        }
    }

    async fn no_moment_beside_a_vote_or_a_statement_is_finer_than_a_day(app: &TestApp) {
        let (_, _) = come(app).await;
        for row in entity::statement::Entity::find().all(app.app.db.read()).await.expect("reads") {
            assert_eq!(row.created_at % 86_400_000, 0, "{row:?}");
            assert_eq!(row.voter_id, None, "who wrote it is not beside it");
        }
        for row in entity::voter::Entity::find().all(app.app.db.read()).await.expect("reads") {
            assert_eq!(row.joined_on.len(), 10);
        }
        // No other column of these tables could hold one.
        let columns = [
            ("voter", "id consultation_id token_hash joined_on"),
            ("statement_vote", "voter_id statement_id value"),
            ("voter_source", "voter_id consultation_id day source read"),
            ("voter_flag", "voter_id consultation_id reason aside"),
            ("statement_author", "statement_id voter_id"),
            ("poll_ballot", "poll_id code_hash choices commitment paper quarantined source"),
            ("poll_elector", "id poll_id name address key_hash token_hash issued_on"),
        ];
        for (table, known) in columns {
            let sql = if app.app.db.is_sqlite() {
                format!("SELECT name FROM pragma_table_info('{table}')")
            } else {
                format!("SELECT column_name FROM information_schema.columns WHERE table_name = '{table}'")
            };
            for row in ask(app, &sql).await {
                let column: String = row.try_get_by_index(0).expect("a name");
                assert!(known.split(' ').any(|one| one == column), "{table}.{column} is new");
            }
        }
    }

    async fn shuffling_loses_no_vote_and_takes_away_what_an_older_server_wrote(app: &TestApp) {
        let (on, came) = come(app).await;
        let whole = |rows: Vec<QueryResult>| {
            let text = |row: &QueryResult| row.try_get_by_index::<String>(0).expect("a text");
            let mut lines: Vec<String> = rows.iter().map(text).collect();
            lines.sort();
            lines
        };
        let votes = "SELECT v.token_hash || ' ' || CAST(s.statement_id AS TEXT) || ' ' || \
                     CAST(s.value AS TEXT) || ' ' || CAST(f.source AS TEXT) || ' ' || CAST(f.day AS TEXT) \
                     FROM voter v JOIN statement_vote s ON s.voter_id = v.id \
                     JOIN voter_source f ON f.voter_id = v.id";
        let authors = "SELECT v.token_hash || ' ' || s.text FROM voter v \
                       JOIN statement_author a ON a.voter_id = v.id \
                       JOIN statement s ON s.id = a.statement_id";
        let before = (whole(ask(app, votes).await), whole(ask(app, authors).await));
        assert_eq!((before.0.len(), before.1.len()), (PEOPLE * 3, PEOPLE));
        // A server of the version before counts up, keeps the moment and the author beside it.
        let db = app.app.db.writing();
        for statement in [
            format!("INSERT INTO voter (id, consultation_id, token_hash, joined_on) VALUES (7, {on}, 'old', '2026-11-26')"),
            format!("INSERT INTO statement_vote (voter_id, statement_id, value) SELECT 7, MIN(id), 1 FROM statement WHERE consultation_id = {on}"),
            format!(
                "UPDATE statement SET voter_id = 7, created_at = created_at + 12345 \
                 WHERE consultation_id = {on} AND text LIKE 'Statement 5 %'"
            ),
            "DELETE FROM statement_author WHERE statement_id IN (SELECT id FROM statement WHERE text LIKE 'Statement 5 %')".to_owned(),
        ] {
            db.execute_unprepared(&statement).await.expect("an older server");
        }
        shuffle(app).await;
        assert!(numbers(app, "SELECT id FROM voter WHERE id < 1000").await.is_empty());
        assert_eq!(numbers(app, "SELECT COUNT(*) FROM statement_vote s JOIN voter v ON v.id = s.voter_id WHERE v.token_hash = 'old'").await, [1]);
        assert_eq!(numbers(app, "SELECT COUNT(*) FROM statement WHERE voter_id IS NOT NULL OR created_at % 86400000 <> 0").await, [0]);
        let after = (whole(ask(app, votes).await), whole(ask(app, authors).await));
        assert_eq!(after.0, before.0);
        let mine = "old Statement 5 is one of sixty.".to_owned();
        assert!(after.1.contains(&mine), "{:?}", after.1);
        assert_eq!(after.1.len(), PEOPLE);
        assert_eq!(by_id(app, &came).await.len(), PEOPLE);
    }

    async fn who_wrote_a_statement_is_forgotten_once_it_is_decided_on(app: &TestApp) {
        let (_, _) = come(app).await;
        let moderator = app.sign_in("moderator@council.example").await;
        let queue = moderator.get("/desk/moderation?kind=statement").await.expect(200);
        assert!(queue.main_text().contains("is one of sixty"), "{}", queue.main_text());
        moderator
            .submit(&queue, crate::moderation::FIRST, &[("decision", "approve")])
            .await
            .expect(303);
        let left = numbers(app, "SELECT COUNT(*) FROM statement_author").await;
        let held = numbers(app, "SELECT COUNT(*) FROM statement WHERE state = 'held'").await;
        assert_eq!(left, held);
        assert!(held[0] < PEOPLE as i64, "one was decided on");
    }

    async fn who_asked_for_a_poll_link_first_is_not_told_by_a_number(app: &TestApp) {
        use crate::poll::arrange::{open, ranked};
        app.app.limits.turn_off();
        let polled = open(app, ranked(), Electorate::Email).await;
        let mut came: Vec<i64> = Vec::new();
        for n in 0..PEOPLE {
            let email = format!("resident{n}@example.org");
            app.anyone().post(&polled.path("/request"), &[("email", &email)]).await.expect(200);
            let known = numbers(app, "SELECT id FROM poll_elector").await;
            came.extend(known.into_iter().find(|id| !came.contains(id)));
        }
        assert_eq!(came.len(), PEOPLE);
        let mut sorted: Vec<usize> = (0..PEOPLE).collect();
        sorted.sort_by_key(|n| came[*n]);
        says_nothing(&sorted, "poll_elector.id");
    }
}
