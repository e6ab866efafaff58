//! Votes on statements in the ledger: each voter votes on every statement and then otherwise again, and
//! goes on in the next round where the server was killed.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;

use domain::vote::statement::Vote;
use entity::{statement, statement_vote, voter};
use sea_orm::EntityTrait;
use server::vote::rows::voters::token_hash;

use super::client::Client;
use super::entries::Entries;
use super::is_promised;
use crate::support::TestApp;

/// How many votes a voter casts: twice on each statement.
const VOTES_EACH: usize = 16;

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
    entries: Entries<(String, i64), Vote, Voter>,
}

impl Votes {
    /// A consultation with statements to vote on.
    pub async fn open(app: &TestApp) -> Self {
        let (asked, on, statements) = crate::vote::opened(app).await;
        Self {
            on: on.id,
            path: asked.path("vote"),
            statements,
            entries: Entries::default(),
        }
    }

    /// Votes again and again on one connection until it breaks.
    pub async fn cast_until(self, to: SocketAddr, at: usize) {
        let Ok(mut client) = Client::connect(to).await else {
            return;
        };
        let mut voter = self.entries.resume(at);
        while self.cast(&mut client, &mut voter).await {}
        self.entries.pause(at, voter);
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
        self.entries.intend(&key, vote);
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
            self.entries.promise(&key, vote);
        }
        true
    }

    /// How many were acknowledged.
    pub fn promised(&self) -> usize {
        self.entries.promised()
    }

    /// Casts every vote again that had no answer, as a person would.
    pub async fn send_what_was_not_answered(&self, to: SocketAddr) {
        let mut client = Client::connect(to).await.expect("connects");
        for ((cookie, on), entry) in self.entries.all() {
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
        for ((cookie, on), entry) in self.entries.all() {
            let token = cookie.strip_prefix("voter=").expect("a voter");
            let (token, _) = token.rsplit_once('.').expect("a signature");
            let voter = voters.get(&token_hash(self.on, token));
            let value = voter.and_then(|voter| kept.remove(&(*voter, on)));
            let permitted = entry.permitted().map(|vote| vote.map(Vote::value));
            let permitted: Vec<Option<i32>> = permitted.collect();
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
