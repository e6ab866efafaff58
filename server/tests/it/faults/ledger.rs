//! What clients intended and what they were promised, and the looking up of it.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use domain::code::Code;
use entity::{answer, response};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Statement};

use server::secret::receipt_hash;

use super::client::Client;
use super::letters;
use crate::response::asked::Asked;
use crate::support::TestApp;

/// One response as it was sent.
#[derive(Clone, Debug)]
struct Entry {
    path: String,
    fields: Vec<(String, String)>,
    text: String,
    receipt: Option<String>,
}

/// By check-page key; and how often a sending was answered with each other status.
#[derive(Clone, Default)]
pub struct Ledger {
    entries: Arc<Mutex<BTreeMap<String, Entry>>>,
    refusals: Arc<Mutex<BTreeMap<u16, usize>>>,
    with_letters: bool,
}

/// Responds again and again on one connection until it breaks.
pub async fn respond_until(to: SocketAddr, asked: Asked, ledger: Ledger, name: String) {
    let Ok(mut client) = Client::connect(to).await else {
        return;
    };
    let mut number = 0;
    while respond(
        &mut client,
        &asked,
        &ledger,
        &format!("{name} number {number}"),
    )
    .await
    {
        number += 1;
    }
}

/// Responds until this moment, on a new connection where one breaks.
pub async fn respond_through(
    until: Instant,
    to: SocketAddr,
    asked: Asked,
    ledger: Ledger,
    name: String,
) {
    let mut number = 0;
    while Instant::now() < until {
        let Ok(mut client) = Client::connect(to).await else {
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        loop {
            number += 1;
            let text = format!("{name} number {number}");
            if Instant::now() >= until || !respond(&mut client, &asked, &ledger, &text).await {
                break;
            }
        }
    }
}

/// One response: the check page for its key, then the sending. False where nothing came back.
async fn respond(client: &mut Client, asked: &Asked, ledger: &Ledger, text: &str) -> bool {
    let mut fields = asked.fields(text);
    if ledger.with_letters && text.ends_with(['0', '3', '6', '9']) {
        fields.push(("email".to_owned(), letters::address_of(text)));
    }
    fields.push(("go".to_owned(), "check".to_owned()));
    let Ok(check) = client.post(&asked.path("respond"), &fields).await else {
        return false;
    };
    fields.pop();
    let Some(key) = check.hidden("key") else {
        return check.status != 200;
    };
    fields.push(("key".to_owned(), key.clone()));
    let path = asked.path("check");
    ledger.intend(&key, &path, &fields, text);
    let Ok(sent) = client.post(&path, &fields).await else {
        return false;
    };
    if sent.status == 303 {
        ledger.promise(&key, &sent.cookie);
    } else {
        let mut others = ledger.refusals.lock().expect("a lock");
        *others.entry(sent.status).or_default() += 1;
    }
    true
}

impl Ledger {
    /// One whose clients leave an address on some of their responses.
    pub fn with_letters() -> Self {
        Self {
            with_letters: true,
            ..Self::default()
        }
    }

    /// The letters that were promised: to which address, and the code that is in each.
    pub fn letters(&self) -> Vec<(String, String)> {
        let of = |entry: Entry| {
            let mut fields = entry.fields.into_iter();
            let (_, to) = fields.find(|(name, _)| name == "email")?;
            Some((to, entry.receipt?))
        };
        let entries = self.entries().into_iter();
        entries.filter_map(|(_, entry)| of(entry)).collect()
    }

    fn intend(&self, key: &str, path: &str, fields: &[(String, String)], text: &str) {
        let entry = Entry {
            path: path.to_owned(),
            fields: fields.to_vec(),
            text: text.to_owned(),
            receipt: None,
        };
        self.entries
            .lock()
            .expect("a lock")
            .insert(key.to_owned(), entry);
    }

    fn promise(&self, key: &str, cookie: &str) {
        let code = cookie
            .strip_prefix("receipt=")
            .and_then(|rest| rest.split(';').next())
            .expect("a receipt");
        let mut entries = self.entries.lock().expect("a lock");
        let entry = entries.get_mut(key).expect("intended");
        entry.receipt = Some(code.to_owned());
    }

    fn entries(&self) -> Vec<(String, Entry)> {
        let entries = self.entries.lock().expect("a lock");
        entries
            .iter()
            .map(|(key, entry)| (key.clone(), entry.clone()))
            .collect()
    }

    /// How often a sending was answered with each status that promises nothing.
    pub fn refusals(&self) -> BTreeMap<u16, usize> {
        self.refusals.lock().expect("a lock").clone()
    }

    /// How many were acknowledged.
    pub fn promised(&self) -> usize {
        self.entries()
            .iter()
            .filter(|(_, entry)| entry.receipt.is_some())
            .count()
    }

    /// Sends every response again that had no answer, as a person would; and a tenth of those that
    /// had one, which must change nothing.
    pub async fn send_what_was_not_answered(&self, to: SocketAddr) {
        let mut client = Client::connect(to).await.expect("connects");
        for (at, (key, entry)) in self.entries().into_iter().enumerate() {
            if entry.receipt.is_some() && at % 10 != 0 {
                continue;
            }
            let sent = client
                .post(&entry.path, &entry.fields)
                .await
                .expect("an answer");
            assert_eq!(sent.status, 303, "{}", sent.body);
            if let Some(before) = &entry.receipt {
                assert!(sent.cookie.contains(before), "another receipt for one key");
            }
            self.promise(&key, &sent.cookie);
        }
    }

    /// Every promise is kept, once, with its content; the counts agree; the database is whole.
    pub async fn verify(&self, app: &TestApp) {
        let db = app.app.db.read();
        let entries = self.entries();
        for (_, entry) in &entries {
            let code = entry.receipt.as_deref().expect("all are answered by now");
            let found = response::Entity::find()
                .filter(response::Column::ReceiptHash.eq(receipt_hash(&Code::typed(code))))
                .all(db)
                .await
                .expect("reads");
            let [found] = found.as_slice() else {
                panic!(
                    "{} responses for the receipt of {}",
                    found.len(),
                    entry.text
                );
            };
            let kept = answer::Entity::find()
                .filter(answer::Column::ResponseId.eq(found.id))
                .all(db)
                .await
                .expect("reads");
            assert_eq!(kept.len(), 6, "{}", entry.text);
            assert!(
                kept.iter()
                    .any(|row| row.text.as_deref() == Some(&entry.text))
            );
        }
        let stored = response::Entity::find().count(db).await.expect("counts");
        assert_eq!(
            stored,
            entries.len() as u64,
            "a response that nobody sent, or one twice"
        );
        crate::response::tallies_agree(app).await;
        if app.app.db.is_sqlite() {
            let whole = db
                .query_one_raw(Statement::from_string(
                    db.get_database_backend(),
                    "PRAGMA integrity_check",
                ))
                .await
                .expect("checks")
                .expect("an answer");
            let said: String = whole.try_get_by_index(0).expect("text");
            assert_eq!(said, "ok");
        }
    }
}
