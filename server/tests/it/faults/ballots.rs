//! Ballots in the ledger: each voting code casts a ballot and then two others in its place, and goes on
//! in the next round where the server was killed.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;

use domain::code::Code;
use domain::ids::PollId;
use domain::poll::Electorate;
use entity::poll_ballot;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use server::secret;

use super::client::Client;
use super::entries::Entries;
use super::is_promised;
use crate::poll::arrange::{self, Polled};
use crate::support::TestApp;

/// How often a voter casts.
const TIMES: usize = 3;
/// The positions that a ballot marks; no two that follow one another are alike.
const MARKS: [&str; 6] = ["1", "23", "3", "2", "13", "12"];
const NAMES: [&str; 3] = ["North", "South", "East"];

/// A paper, signed as its form carries it, and how often it was cast.
#[derive(Clone, Default)]
struct Paper {
    signed: String,
    times: usize,
}

/// By the signed voting code; and whose paper is at each client.
#[derive(Clone)]
pub struct Ballots {
    poll: PollId,
    polled: Arc<Polled>,
    entries: Entries<String, &'static str, Paper>,
}

impl Ballots {
    /// A poll in which anybody may vote.
    pub async fn open(app: &TestApp) -> Self {
        // The clock of a test is moved on until the poll is open; that of a process is not.
        app.later(-48);
        let polled = arrange::open(app, arrange::approval(), Electorate::Open).await;
        let (_, poll) = polled.found(app).await;
        Self {
            poll: poll.id,
            polled: Arc::new(polled),
            entries: Entries::default(),
        }
    }

    /// Casts ballots again and again on one connection until it breaks.
    pub async fn cast_until(self, to: SocketAddr, at: usize) {
        let Ok(mut client) = Client::connect(to).await else {
            return;
        };
        let mut paper = self.entries.resume(at);
        while self.cast(&mut client, &mut paper).await {}
        self.entries.pause(at, paper);
    }

    async fn cast(&self, client: &mut Client, paper: &mut Paper) -> bool {
        if paper.signed.is_empty() || paper.times >= TIMES {
            client.cookie.clear();
            let Ok(page) = client.get(&self.polled.path("/paper")).await else {
                return false;
            };
            *paper = Paper {
                signed: page.hidden("paper").expect("a voting code"),
                times: 0,
            };
        }
        let first = usize::from(paper.signed.as_bytes()[0]);
        let marks = MARKS[(first + paper.times) % MARKS.len()];
        paper.times += 1;
        self.send(client, &paper.signed, marks).await
    }

    async fn send(&self, client: &mut Client, signed: &str, marks: &'static str) -> bool {
        let key = signed.to_owned();
        self.entries.intend(&key, marks);
        let fields: Vec<(String, String)> =
            std::iter::once(("paper".to_owned(), signed.to_owned()))
                .chain(
                    marks
                        .chars()
                        .map(|at| (format!("mark-{at}"), "1".to_owned())),
                )
                .collect();
        client.cookie = format!("ballot={signed}");
        let Ok(sent) = client.post(&self.polled.path("/cast"), &fields).await else {
            return false;
        };
        if is_promised(&sent) {
            self.entries.promise(&key, marks);
        }
        true
    }

    /// How many were acknowledged.
    pub fn promised(&self) -> usize {
        self.entries.promised()
    }

    /// Casts every ballot again that had no answer, as a person would.
    pub async fn send_what_was_not_answered(&self, to: SocketAddr) {
        let mut client = Client::connect(to).await.expect("connects");
        for (signed, entry) in self.entries.all() {
            if let Some(last) = entry.intended.last() {
                assert!(self.send(&mut client, &signed, last).await);
            }
        }
    }

    /// Every acknowledged ballot is there once, under the hash of its code, with the marks that were last
    /// acknowledged or sent later; no ballot is there that nobody cast.
    pub async fn verify(&self, app: &TestApp) {
        let rows = poll_ballot::Entity::find()
            .filter(poll_ballot::Column::PollId.eq(self.poll.0))
            .all(app.app.db.read())
            .await
            .expect("reads");
        let mut kept: HashMap<String, poll_ballot::Model> = HashMap::new();
        for row in rows {
            let twice = kept.insert(row.code_hash.clone(), row);
            assert!(twice.is_none(), "a ballot twice: {twice:?}");
        }
        for (signed, entry) in self.entries.all() {
            let code = code_of(&signed).look_alikes_as_digits();
            let hash = secret::hash(format!("ballot/{}/{}", self.poll, code.letters()));
            let row = kept.remove(&hash);
            assert_eq!(
                row.as_ref()
                    .and_then(|row| row.commitment.as_ref())
                    .is_some(),
                row.is_some(),
                "a ballot without its place in the list"
            );
            let says = row.and_then(|row| row.choices);
            let permitted = entry.permitted().map(|marks| marks.map(stored));
            let permitted: Vec<Option<String>> = permitted.collect();
            assert!(
                permitted.contains(&says),
                "{code}: {says:?} and not one of {permitted:?}"
            );
        }
        assert!(kept.is_empty(), "ballots that nobody cast: {kept:?}");
    }

    /// Some voters look whether their ballot is there and what it says, as the page answers them.
    pub async fn check_some(&self, app: &TestApp) {
        let entries = self.entries.all();
        let each = entries.len() / 20 + 1;
        for (signed, entry) in entries.into_iter().step_by(each) {
            let code = code_of(&signed).to_string();
            let asked = [("code", code.as_str()), ("show", "yes")];
            let page = app.anyone().post(&self.polled.path("/check"), &asked).await;
            let said = page.expect(200).main_text();
            assert!(said.contains("Your ballot is cast"), "{said}");
            let marks = entry.promised.expect("all are answered by now");
            for (place, name) in ('1'..).zip(NAMES) {
                assert_eq!(said.contains(name), marks.contains(place), "{name}: {said}");
            }
        }
    }
}

fn code_of(signed: &str) -> Code {
    let (code, _) = signed.rsplit_once('.').expect("a signature");
    Code::typed(code)
}

/// As a ballot with these marks is stored.
fn stored(marks: &str) -> String {
    let marks: Vec<String> = marks.chars().map(|at| format!("{at}:1")).collect();
    marks.join(" ")
}
