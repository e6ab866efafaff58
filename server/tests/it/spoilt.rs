//! What is stored and can't be read is a fault, never empty: one damage after another, each undone.

use domain::ids::{ConsultationId, PollId};
use domain::insight::disclosure::ANALYST;
use domain::moderation::State;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use server::consultation::queries::detail::consultation_detail;
use server::consultation::rows::{by_slug, questions};
use server::council::rows::residents;
use server::db::Tx;
use server::insight::queries::figures::figures;
use server::neighbourhood::queries::by_code;
use server::poll::rows::ballots;
use server::response::rows::{counts, moderation, stored};
use server::vote::queries::matrix;

use crate::neighbourhood::{raise, wards};
use crate::support::{TestApp, on_both};

const CLOSED: &str = "library-opening-hours";
const POLLED: &str = "youth-centre-what-should-it-be-for";

/// What reads what was damaged.
#[derive(Clone, Copy, Debug)]
enum Reader {
    Figures,
    AllResponses,
    Texts,
    Answers,
    Votes,
    VotesOfSome,
    Ballots,
    Consultation,
    Detail,
    Residents,
    Concern,
}

/// Statement, what reads it, and a word of the fault.
const DAMAGES: [(&str, Reader, &str); 16] = [
    (
        "UPDATE tally SET count = -1 WHERE dimension = 'total'",
        Reader::AllResponses,
        "-1",
    ),
    (
        "UPDATE tally SET count = -1 WHERE dimension = 'channel'",
        Reader::Figures,
        "-1",
    ),
    (
        "UPDATE tally SET key = 'smoke' WHERE dimension = 'channel' AND key = 'online'",
        Reader::Figures,
        "smoke",
    ),
    (
        "UPDATE tally SET key = '99999' WHERE dimension = 'ward' AND key = (SELECT MIN(key) FROM tally AS other WHERE other.dimension = 'ward' AND other.consultation_id = tally.consultation_id)",
        Reader::Figures,
        "99999",
    ),
    (
        "UPDATE tally SET key = 'once' WHERE dimension = 'day' AND key = (SELECT MIN(key) FROM tally AS other WHERE other.dimension = 'day' AND other.consultation_id = tally.consultation_id)",
        Reader::Figures,
        "once",
    ),
    (
        "UPDATE response SET publication = 'shouted'",
        Reader::Texts,
        "shouted",
    ),
    (
        "UPDATE answer SET text_state = 'lost' WHERE text IS NOT NULL",
        Reader::Answers,
        "lost",
    ),
    (
        "UPDATE answer SET text = NULL, choice = NULL, number = NULL",
        Reader::Answers,
        "is not there",
    ),
    ("UPDATE statement_vote SET value = 7", Reader::Votes, "7"),
    (
        "UPDATE statement_vote SET value = 7",
        Reader::VotesOfSome,
        "7",
    ),
    (
        "UPDATE poll_ballot SET commitment = NULL",
        Reader::Ballots,
        "half a ballot",
    ),
    (
        "UPDATE consultation SET closes_at = 9223372036854775807",
        Reader::Consultation,
        "a time",
    ),
    (
        "UPDATE question SET kind = 'riddle'",
        Reader::Detail,
        "unreadable kind",
    ),
    ("UPDATE area SET residents = -3", Reader::Residents, "-3"),
    (
        "UPDATE concern SET reply_due_at = 9223372036854775807",
        Reader::Concern,
        "a time",
    ),
    (
        "UPDATE concern SET status = 'shelved'",
        Reader::Concern,
        "shelved",
    ),
];

/// Of what is read.
struct Places {
    closed: ConsultationId,
    voted: ConsultationId,
    voter: i64,
    poll: PollId,
    response: i64,
    concern_code: String,
}

async fn read(app: &TestApp, tx: &Tx, reader: Reader, at: &Places) -> Result<(), DbErr> {
    let now = app.app.clock.now();
    match reader {
        Reader::Figures => figures(tx, at.closed, ANALYST).await.map(drop),
        Reader::AllResponses => counts::all_responses(tx).await.map(drop),
        Reader::Texts => moderation::texts(tx, &[at.closed], State::Held, 0, 20)
            .await
            .map(drop),
        Reader::Answers => {
            let asked = questions(tx, at.closed).await?;
            stored::answers(tx, &asked, at.response).await.map(drop)
        }
        Reader::Votes => matrix::matrix(tx, &app.app.config.secret, at.voted)
            .await
            .map(drop),
        Reader::VotesOfSome => matrix::votes_of(tx, at.voted, &[at.voter]).await.map(drop),
        Reader::Ballots => ballots::listed(tx, at.poll).await.map(drop),
        Reader::Consultation => by_slug(tx, CLOSED).await.map(drop),
        Reader::Detail => consultation_detail(tx, at.closed, now).await.map(drop),
        Reader::Residents => residents::by_area(tx).await.map(drop),
        Reader::Concern => by_code(tx, &at.concern_code, now).await.map(drop),
    }
}

async fn places(app: &TestApp) -> Places {
    let db = app.app.db.read();
    let id = async |slug: &str| {
        let found = by_slug(db, slug).await.expect("reads");
        found.expect("a consultation").id
    };
    let closed = id(CLOSED).await;
    let vote = entity::statement_vote::Entity::find()
        .find_also_related(entity::statement::Entity)
        .filter(entity::statement::Column::State.eq("approved"))
        .one(db)
        .await
        .expect("reads")
        .expect("a vote");
    let poll = entity::poll::Entity::find()
        .filter(entity::poll::Column::ConsultationId.eq(id(POLLED).await.0))
        .order_by_asc(entity::poll::Column::Number)
        .one(db)
        .await
        .expect("reads")
        .expect("a poll");
    // One that holds words: every kind of answer is damaged in it.
    let words = entity::answer::Entity::find()
        .find_also_related(entity::response::Entity)
        .filter(entity::response::Column::ConsultationId.eq(closed.0))
        .filter(entity::answer::Column::Text.is_not_null())
        .one(db)
        .await
        .expect("reads")
        .expect("a response with words");
    Places {
        closed,
        voted: ConsultationId(vote.1.expect("its statement").consultation_id),
        voter: vote.0.voter_id,
        poll: PollId(poll.id),
        response: words.0.response_id,
        concern_code: raise(app, &wards(app).await.0, &[]).await,
    }
}

on_both! {
    async fn what_is_damaged_is_a_fault_and_never_empty(app: &TestApp) {
        app.with_demonstration().await;
        let at = places(app).await;
        for (damage, reader, word) in DAMAGES {
            let tx = app.app.db.begin().await.expect("begins");
            read(app, &tx, reader, &at).await.expect("whole before the damage");
            let touched = tx.execute_unprepared(damage).await.expect("damaged").rows_affected();
            assert!(touched > 0, "{damage}");
            let said = read(app, &tx, reader, &at).await.expect_err(damage).to_string();
            assert!(said.contains(word), "{damage}: {said}");
            // Dropped, so undone.
            drop(tx);
        }
    }
}
