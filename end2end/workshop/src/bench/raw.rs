//! The measure for durable responses: a loop that commits the same rows by hand.
//!
//! The same tables, indexes and durability (SQLite: WAL, `synchronous=FULL`; PostgreSQL: as the
//! server is set up), prepared statements, one row of `response` and ten of `answer` each, and
//! nothing else: no HTTP, no form, no counts.

use std::time::{Duration, Instant};

use domain::consultation::QuestionKind;
use jiff::Timestamp;
use sea_orm::sqlx::postgres::PgConnection;
use sea_orm::sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous,
};
use sea_orm::sqlx::{AssertSqlSafe, Connection, query, query_scalar};

use crate::bench::load::Load;
use crate::bench::stand::Open;
use server::cli::CliError;
use server::response::key::Key;
use server::secret::{Secret, receipt_hash};

/// How many responses share a commit.
const TOGETHER: usize = 128;

/// The two statements of a response; both databases take `$1`.
#[derive(Clone)]
struct Statements {
    secret: Secret,
    response: String,
    answers: String,
}

impl Statements {
    fn new(open: &Open) -> Self {
        let rows: Vec<String> = open
            .questions
            .iter()
            .map(|(question, kind)| match kind {
                QuestionKind::Scale => format!("($1, {question}, NULL, 3, NULL, 'none')"),
                QuestionKind::ShortText | QuestionKind::LongText => format!(
                    "($1, {question}, NULL, NULL, 'I cross there with two children every \
                     morning', 'held')"
                ),
                _ => format!("($1, {question}, 2, NULL, NULL, 'none')"),
            })
            .collect();
        Self {
            secret: Secret::new("by hand"),
            response: format!(
                "INSERT INTO response (consultation_id, idempotency_key, receipt_hash, channel, \
                 publication, submitted_at, invented) \
                 VALUES ({}, $1, $2, 'online', 'anonymous', 0, false) RETURNING id",
                open.id
            ),
            answers: format!(
                "INSERT INTO answer (response_id, question_id, choice, number, text, text_state) \
                 VALUES {}",
                rows.join(",")
            ),
        }
    }
}

/// Writes one response. A macro, as the two drivers share no useful type.
macro_rules! write_one {
    ($connection:expr, $statements:expr) => {{
        let key = Key::issue(Timestamp::now())?;
        let id: i64 = query_scalar(AssertSqlSafe($statements.response.clone()))
            .bind(key.stored())
            .bind(receipt_hash(&key.receipt(&$statements.secret)))
            .fetch_one(&mut *$connection)
            .await?;
        query(AssertSqlSafe($statements.answers.clone()))
            .bind(id)
            .execute(&mut *$connection)
            .await?;
    }};
}

/// One connection to an SQLite file, `together` responses a commit, for `period`.
pub async fn sqlite(
    file: &str,
    open: &Open,
    together: usize,
    period: Duration,
) -> Result<Load, CliError> {
    let statements = Statements::new(open);
    let options = SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    let begin = Instant::now();
    let mut times = Vec::new();
    while begin.elapsed() < period {
        let started = Instant::now();
        query("BEGIN IMMEDIATE").execute(&mut connection).await?;
        for _ in 0..together {
            write_one!(&mut connection, statements);
        }
        query("COMMIT").execute(&mut connection).await?;
        times.extend(std::iter::repeat_n(started.elapsed(), together));
    }
    let wall = begin.elapsed();
    connection.close().await?;
    Ok(Load::from_times(1, wall, times))
}

/// The fastest loop there is by hand: SQLite’s own C interface on a thread of its own, prepared once, 128
/// responses a commit, for `period`.
pub async fn sqlite_in_c(file: &str, open: &Open, period: Duration) -> Result<Load, CliError> {
    let (file, statements) = (file.to_owned(), Statements::new(open));
    tokio::task::spawn_blocking(move || in_c(&file, &statements, period))
        .await?
        .map_err(|error| CliError::Failed(format!("By hand: {error}.")))
}

fn in_c(file: &str, statements: &Statements, period: Duration) -> rusqlite::Result<Load> {
    let connection = rusqlite::Connection::open(file)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON",
    )?;
    let mut response = connection.prepare(&statements.response)?;
    let mut answers = connection.prepare(&statements.answers)?;
    let begin = Instant::now();
    let mut times = Vec::new();
    while begin.elapsed() < period {
        let started = Instant::now();
        connection.execute_batch("BEGIN IMMEDIATE")?;
        for _ in 0..TOGETHER {
            let Ok(key) = Key::issue(Timestamp::now()) else {
                continue;
            };
            let receipt = receipt_hash(&key.receipt(&statements.secret));
            let id: i64 = response.query_row((key.stored(), receipt), |row| row.get(0))?;
            answers.execute((id,))?;
        }
        connection.execute_batch("COMMIT")?;
        times.extend(std::iter::repeat_n(started.elapsed(), TOGETHER));
    }
    Ok(Load::from_times(1, begin.elapsed(), times))
}

/// `connections` to PostgreSQL, each committing one response at a time, for `period`.
pub async fn postgres(
    url: &str,
    open: &Open,
    connections: usize,
    period: Duration,
) -> Result<Load, CliError> {
    let mut all = Vec::with_capacity(connections);
    for _ in 0..connections {
        all.push(PgConnection::connect(url).await?);
    }
    let begin = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for mut connection in all {
        let statements = Statements::new(open);
        tasks.spawn(async move {
            let mut times = Vec::new();
            while begin.elapsed() < period {
                let started = Instant::now();
                query("BEGIN").execute(&mut connection).await?;
                write_one!(&mut connection, statements);
                query("COMMIT").execute(&mut connection).await?;
                times.push(started.elapsed());
            }
            connection.close().await?;
            Ok::<_, CliError>(times)
        });
    }
    let mut times = Vec::new();
    while let Some(done) = tasks.join_next().await {
        times.extend(done??);
    }
    Ok(Load::from_times(connections, begin.elapsed(), times))
}
