//! Concerns in the ledger, and the letters with their receipts.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use entity::concern;
use sea_orm::EntityTrait;
use server::neighbourhood::key::ConcernKey;
use server::secret::code_hash;

use super::client::Client;
use super::{is_promised, letters};
use crate::neighbourhood::wards;
use crate::support::TestApp;

const RECEIPT: &str = "/concerns/receipt";

/// A letter with the receipt of a concern.
#[derive(Clone, Debug)]
struct Asked {
    fields: Vec<(String, String)>,
    promised: bool,
}

/// One concern as it was sent.
#[derive(Clone, Debug)]
struct Entry {
    fields: Vec<(String, String)>,
    what: String,
    /// The cookie that leads to the receipt, once it is acknowledged.
    promised: Option<String>,
    letter: Option<Asked>,
}

/// By the key of the form.
#[derive(Clone)]
pub struct Concerns {
    path: String,
    entries: Arc<Mutex<BTreeMap<String, Entry>>>,
}

impl Concerns {
    /// A ward whose concerns are read.
    pub async fn open(app: &TestApp) -> Self {
        let (ward, _) = wards(app).await;
        Self {
            path: format!("/areas/{ward}/concern"),
            entries: Arc::default(),
        }
    }

    /// Raises concerns again and again on one connection until it breaks.
    pub async fn raise_until(self, to: SocketAddr, name: String) {
        let Ok(mut client) = Client::connect(to).await else {
            return;
        };
        let mut number = 0;
        while self
            .raise(&mut client, &format!("{name} number {number}"))
            .await
        {
            number += 1;
        }
    }

    async fn raise(&self, client: &mut Client, name: &str) -> bool {
        client.cookie.clear();
        let Ok(form) = client.get(&format!("{}?step=form", self.path)).await else {
            return false;
        };
        let key = form.hidden("key").expect("the key of a form");
        let what = format!("Cars race past the school: {name}");
        let fields = [
            ("key", key.as_str()),
            ("category", "roads"),
            ("what", what.as_str()),
            ("place", "Priory Road, by the school gate"),
            ("contact", "no"),
            ("go", "send"),
        ];
        let entry = Entry {
            fields: owned(&fields),
            what: what.clone(),
            promised: None,
            letter: None,
        };
        self.intend(&key, entry);
        if !self.send(client, &key).await {
            return false;
        }
        // Every other one has the receipt sent by email.
        if !name.ends_with(['0', '2', '4', '6', '8']) {
            return true;
        }
        let Some(cookie) = self.entry(&key).promised else {
            return true;
        };
        client.cookie = cookie;
        let Ok(receipt) = client.get(RECEIPT).await else {
            return false;
        };
        let form_key = receipt.hidden("key").expect("the key of a form");
        let to = letters::address_of(name);
        self.change(&key, |entry| {
            entry.letter = Some(Asked {
                fields: owned(&[("key", &form_key), ("email", &to)]),
                promised: false,
            });
        });
        self.ask_for_letter(client, &key).await
    }

    fn intend(&self, key: &str, entry: Entry) {
        let mut entries = self.entries.lock().expect("a lock");
        entries.insert(key.to_owned(), entry);
    }

    fn entry(&self, key: &str) -> Entry {
        let entries = self.entries.lock().expect("a lock");
        entries.get(key).expect("intended").clone()
    }

    fn change(&self, key: &str, change: impl FnOnce(&mut Entry)) {
        let mut entries = self.entries.lock().expect("a lock");
        change(entries.get_mut(key).expect("intended"));
    }

    async fn send(&self, client: &mut Client, key: &str) -> bool {
        let entry = self.entry(key);
        client.cookie.clear();
        let Ok(sent) = client.post(&self.path, &entry.fields).await else {
            return false;
        };
        if is_promised(&sent) {
            let cookie = sent.crumb().to_owned();
            assert!(cookie.starts_with("concern="), "{cookie}");
            if let Some(before) = entry.promised {
                assert_eq!(before, cookie, "another receipt for one key");
            }
            self.change(key, |entry| entry.promised = Some(cookie));
        }
        true
    }

    async fn ask_for_letter(&self, client: &mut Client, key: &str) -> bool {
        let entry = self.entry(key);
        let (Some(cookie), Some(letter)) = (entry.promised, entry.letter) else {
            return true;
        };
        client.cookie = cookie;
        let Ok(sent) = client.post(RECEIPT, &letter.fields).await else {
            return false;
        };
        if is_promised(&sent) {
            self.change(key, |entry| {
                entry.letter = Some(Asked {
                    promised: true,
                    ..letter
                });
            });
        }
        true
    }

    fn entries(&self) -> BTreeMap<String, Entry> {
        self.entries.lock().expect("a lock").clone()
    }

    /// How many were acknowledged.
    pub fn promised(&self) -> usize {
        let entries = self.entries();
        let promised = entries.values().filter(|entry| entry.promised.is_some());
        promised.count()
    }

    /// The letters that were promised: to which address, and the code that is in each.
    pub fn letters(&self, app: &TestApp) -> Vec<(String, String)> {
        let of = |entry: Entry| {
            let letter = entry.letter.filter(|letter| letter.promised)?;
            let (_, to) = letter
                .fields
                .into_iter()
                .find(|(name, _)| name == "email")?;
            Some((to, code(app, &entry.promised?)))
        };
        self.entries().into_values().filter_map(of).collect()
    }

    /// Sends every concern again that had no answer, and asks again for every letter, as a person would;
    /// and a tenth of what was answered, which must change nothing.
    pub async fn send_what_was_not_answered(&self, to: SocketAddr) {
        let mut client = Client::connect(to).await.expect("connects");
        for (at, (key, entry)) in self.entries().into_iter().enumerate() {
            if entry.promised.is_none() || at % 10 == 0 {
                assert!(self.send(&mut client, &key).await);
            }
            let is_answered = entry.letter.is_none_or(|letter| letter.promised);
            if !is_answered || at % 10 == 0 {
                assert!(self.ask_for_letter(&mut client, &key).await);
            }
        }
    }

    /// Every acknowledged concern is there once, under its receipt, and no other that nobody sent.
    pub async fn verify(&self, app: &TestApp) {
        let rows = concern::Entity::find()
            .all(app.app.db.read())
            .await
            .expect("reads");
        let mut kept: HashMap<String, concern::Model> = HashMap::new();
        let (mut keys, mut receipts) = (HashMap::new(), HashMap::new());
        for row in rows {
            let of = row.id;
            let key = keys.insert(row.idempotency_key.clone(), of);
            let receipt = receipts.insert(row.receipt_hash.clone(), of);
            assert_eq!((key, receipt), (None, None), "a key or a receipt twice");
            let twice = kept.insert(row.what.clone(), row);
            assert!(twice.is_none(), "a concern twice: {twice:?}");
        }
        for (_, entry) in self.entries() {
            let row = kept.remove(&entry.what);
            let Some(cookie) = entry.promised else {
                continue;
            };
            let row = row.unwrap_or_else(|| panic!("lost: {}", entry.what));
            let hash = code_hash(&domain::code::Code::typed(&code(app, &cookie)));
            assert_eq!(row.receipt_hash, hash, "{}", entry.what);
        }
        assert!(kept.is_empty(), "concerns that nobody sent: {kept:?}");
    }

    /// Some residents follow their concern with the code of its receipt.
    pub async fn follow_some(&self, app: &TestApp) {
        let entries = self.entries();
        let each = entries.len() / 20 + 1;
        for entry in entries.into_values().step_by(each) {
            let code = code(app, &entry.promised.expect("all are answered by now"));
            let thread = app.anyone().post("/concerns", &[("code", &code)]).await;
            let said = thread.expect(200).main_text();
            assert!(said.contains(&entry.what), "{said}");
        }
    }
}

/// The code that the receipt page shows whoever holds this cookie.
fn code(app: &TestApp, cookie: &str) -> String {
    let secret = &app.app.config.secret;
    let signed = cookie.strip_prefix("concern=").expect("a concern");
    let key = ConcernKey::read(secret, signed).expect("a key of ours");
    key.receipt(secret).to_string()
}

fn owned(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = fields.iter();
    owned
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}
