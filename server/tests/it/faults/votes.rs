//! Votes on statements in the ledger: each voter votes on every statement and then otherwise again, and
//! goes on in the next round where the server was killed.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use domain::vote::statement::Vote;
use entity::{statement, statement_vote, voter};
use sea_orm::EntityTrait;
use server::vote::rows::voters::token_hash;

use super::client::Client;
use super::is_promised;
use crate::support::TestApp;

/// How many votes a voter casts: twice on each statement.
const VOTES_EACH: usize = 16;

/// One voter's vote on one statement.
#[derive(Clone, Debug, Default)]
struct Entry {
    promised: Option<Vote>,
    /// What was sent after that and not answered.
    intended: Vec<Vote>,
}

/// A voter and how often they have voted.
#[derive(Clone, Default)]
struct Voter {
    cookie: String,
    votes: usize,
}

/// By cookie and statement; and who votes at each client.
#[derive(Clone)]
pub struct Votes {
    on: domain::ids::ConsultationId,
    path: String,
    statements: Vec<i64>,
    entries: Arc<Mutex<BTreeMap<(String, i64), Entry>>>,
    voters: Arc<Mutex<BTreeMap<usize, Voter>>>,
}

impl Votes {
    /// A consultation with statements to vote on.
    pub async fn open(app: &TestApp) -> Self {
        let (asked, on, statements) = crate::vote::opened(app).await;
        Self {
            on: on.id,
            path: asked.path("vote"),
            statements,
            entries: Arc::default(),
            voters: Arc::default(),
        }
    }

    /// Votes again and again on one connection until it breaks.
    pub async fn cast_until(self, to: SocketAddr, at: usize) {
        let Ok(mut client) = Client::connect(to).await else {
            return;
        };
        let before = self.voters.lock().expect("a lock").remove(&at);
        let mut voter = before.unwrap_or_default();
        while self.cast(&mut client, &mut voter).await {}
        self.voters.lock().expect("a lock").insert(at, voter);
    }

    async fn cast(&self, client: &mut Client, voter: &mut Voter) -> bool {
        if voter.cookie.is_empty() || voter.votes >= VOTES_EACH {
            client.cookie.clear();
            let Ok(page) = client.get(&self.path).await else {
                return false;
            };
            assert_eq!(page.status, 200, "{}", page.body);
            *voter = Voter {
                cookie: page.crumb().to_owned(),
                votes: 0,
            };
        }
        client.cookie.clone_from(&voter.cookie);
        let place = voter.votes % self.statements.len();
        let round = voter.votes / self.statements.len();
        let vote = [Vote::Agree, Vote::Disagree, Vote::Pass][(place + round) % 3];
        voter.votes += 1;
        self.send(client, &voter.cookie, self.statements[place], vote)
            .await
    }

    async fn send(&self, client: &mut Client, cookie: &str, on: i64, vote: Vote) -> bool {
        let key = (cookie.to_owned(), on);
        let entry = |change: &dyn Fn(&mut Entry)| {
            let mut entries = self.entries.lock().expect("a lock");
            change(entries.entry(key.clone()).or_default());
        };
        entry(&|entry| entry.intended.push(vote));
        let word = match vote {
            Vote::Agree => "agree",
            Vote::Disagree => "disagree",
            Vote::Pass => "pass",
        };
        let fields = [("statement", on.to_string()), ("vote", word.to_owned())];
        let fields = fields.map(|(name, value)| (name.to_owned(), value));
        let Ok(sent) = client.post(&self.path, &fields).await else {
            return false;
        };
        if is_promised(&sent) {
            entry(&|entry| {
                entry.promised = Some(vote);
                entry.intended.clear();
            });
        }
        true
    }

    fn entries(&self) -> BTreeMap<(String, i64), Entry> {
        self.entries.lock().expect("a lock").clone()
    }

    /// How many were acknowledged.
    pub fn promised(&self) -> usize {
        let entries = self.entries();
        let promised = entries.values().filter(|entry| entry.promised.is_some());
        promised.count()
    }

    /// Casts every vote again that had no answer, as a person would.
    pub async fn send_what_was_not_answered(&self, to: SocketAddr) {
        let mut client = Client::connect(to).await.expect("connects");
        for ((cookie, on), entry) in self.entries() {
            let Some(last) = entry.intended.last() else {
                continue;
            };
            client.cookie.clone_from(&cookie);
            assert!(self.send(&mut client, &cookie, on, *last).await);
        }
    }

    /// Every acknowledged vote is there once, with what was last acknowledged or sent later; no vote is
    /// there that nobody cast; the counts of statements are those of the votes.
    pub async fn verify(&self, app: &TestApp) {
        let db = app.app.db.read();
        let voters = voter::Entity::find().all(db).await.expect("reads");
        let count = voters.len();
        let voters: HashMap<String, i64> = voters
            .into_iter()
            .map(|row| (row.token_hash, row.id))
            .collect();
        assert_eq!(voters.len(), count, "a voter twice");
        let rows = statement_vote::Entity::find().all(db).await.expect("reads");
        let mut kept: HashMap<(i64, i64), i32> = HashMap::new();
        for row in rows {
            let twice = kept.insert((row.voter_id, row.statement_id), row.value);
            assert_eq!(twice, None, "a vote twice");
        }
        let mut counts: BTreeMap<i64, [i64; 3]> = BTreeMap::new();
        for ((_, on), value) in &kept {
            let place = usize::try_from(1 - value).expect("one of three");
            counts.entry(*on).or_default()[place] += 1;
        }
        for ((cookie, on), entry) in self.entries() {
            let token = cookie.strip_prefix("voter=").expect("a voter");
            let (token, _) = token.rsplit_once('.').expect("a signature");
            let voter = voters.get(&token_hash(self.on, token));
            let value = voter.and_then(|voter| kept.remove(&(*voter, on)));
            let permitted: Vec<Option<i32>> = std::iter::once(entry.promised)
                .chain(entry.intended.into_iter().map(Some))
                .map(|vote| vote.map(Vote::value))
                .collect();
            assert!(
                permitted.contains(&value),
                "{cookie} on {on}: {value:?} and not one of {permitted:?}"
            );
        }
        assert!(kept.is_empty(), "votes that nobody cast: {kept:?}");
        for row in statement::Entity::find().all(db).await.expect("reads") {
            let counted = counts.get(&row.id).copied().unwrap_or_default();
            let said = [row.agrees, row.passes, row.disagrees];
            assert_eq!(said, counted, "statement {}", row.id);
        }
    }
}
