//! Letters that were promised: each waits in the outbox or was written into the folder, as one letter,
//! and what was written twice was written alike.

use std::collections::BTreeMap;
use std::path::Path;

use entity::outbox;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use server::config::Mail;
use server::mail::Letter;
use server::record::outbox::{Effect, NEVER};
use server::secret::hex;

use crate::support::TestApp;

const DOMAIN: &str = "letters.example";

/// An address of its own for whoever wrote this.
pub fn address_of(text: &str) -> String {
    format!("{}@{DOMAIN}", text.replace(' ', "-"))
}

/// Where the letters of this application are written.
pub fn folder(app: &TestApp) -> &Path {
    match &app.app.config.mail {
        Mail::Folder(folder) => folder,
        Mail::Smtp(_) => panic!("the letters of a test go into a folder"),
    }
}

/// A letter as it was handed over.
#[derive(Debug, PartialEq, Eq)]
struct Handed {
    to: String,
    /// All of it but the date.
    text: String,
}

/// What was handed over, by what tells one letter from every other.
fn handed_over(folder: &Path) -> BTreeMap<String, Handed> {
    let mut found = BTreeMap::new();
    let Ok(files) = std::fs::read_dir(folder) else {
        return found;
    };
    for file in files {
        let text = std::fs::read_to_string(file.expect("a file").path()).expect("a letter");
        // The server was killed between making the file and writing it; the letter waits.
        if text.is_empty() {
            continue;
        }
        let text = text.replace("=\r\n", "");
        let field = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name));
            line.unwrap_or_else(|| panic!("no {name} in {text}"))
                .to_owned()
        };
        let id = field("Message-ID: <");
        let id = id.split('@').next().unwrap_or_default().to_owned();
        let lines = text.lines().filter(|line| !line.starts_with("Date: "));
        let handed = Handed {
            to: field("To: "),
            text: lines.collect::<Vec<_>>().join("\n"),
        };
        if let Some(before) = found.get(&id) {
            assert_eq!(before, &handed, "two letters under one Message-ID");
        }
        found.insert(id, handed);
    }
    found
}

/// The letters to the addresses of this test that there are, each once.
pub struct Letters(BTreeMap<String, Vec<String>>);

impl Letters {
    /// Reads the outbox and the folder, and compares the two.
    pub async fn read(app: &TestApp) -> Self {
        let rows = outbox::Entity::find()
            .filter(outbox::Column::Kind.eq("mail"))
            .all(app.app.db.read())
            .await
            .expect("reads");
        let mut handed = handed_over(folder(app));
        let mut letters: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in rows {
            let secret = &app.app.config.secret;
            let id = hex(&secret.mac("message-id", &row.id.to_be_bytes())[..16]);
            let handed = handed.remove(&id);
            assert_eq!(row.last_error, None, "a letter failed");
            assert!(row.run_after < NEVER, "a letter was given up");
            let (to, text) = if row.done_at.is_some() {
                let handed = handed.expect("a letter that is said to be sent was written");
                (handed.to, handed.text)
            } else {
                let effect = serde_json::from_str(&row.payload).expect("an effect");
                let Effect::Mail(Letter { to, body, .. }) = effect else {
                    panic!("no letter: {effect:?}");
                };
                if let Some(handed) = handed {
                    assert_eq!(handed.to, to, "a letter was written to somebody else");
                }
                (to, body)
            };
            letters.entry(to).or_default().push(text);
        }
        assert!(handed.is_empty(), "letters from nowhere: {handed:?}");
        letters.retain(|to, _| to.ends_with(DOMAIN));
        Self(letters)
    }

    /// Every promised letter is there once, with the code that it was promised to say.
    pub fn hold(&self, promised: &[(String, String)]) {
        for (to, code) in promised {
            let found = self.0.get(to).map(Vec::as_slice).unwrap_or_default();
            let [text] = found else {
                panic!("{} letters to {to}", found.len());
            };
            assert!(text.contains(code), "{to} is told another code: {text}");
        }
    }

    /// The same, and nobody else is written to.
    pub fn are(&self, promised: &[(String, String)]) {
        self.hold(promised);
        assert_eq!(self.0.len(), promised.len(), "a letter nobody asked for");
    }
}
