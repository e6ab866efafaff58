//! Configuration: environment or flag, the same names. A wrong value gets one clear sentence.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

use crate::key_file::{self, KeyFile};
use crate::record::signing::RecordKey;
use crate::secret::Secret;

/// Options that every subcommand understands.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// Where the data is kept: sqlite://FILE or postgres://USER@HOST/NAME
    #[arg(
        long,
        env = "SOUNDINGS_DATABASE_URL",
        default_value = "sqlite://soundings.db",
        hide_env_values = true,
        global = true
    )]
    pub database_url: String,
    /// Address and port to listen on
    #[arg(
        long,
        env = "SOUNDINGS_LISTEN",
        default_value = "127.0.0.1:3000",
        global = true
    )]
    pub listen: String,
    /// The address under which people reach this server; http:// and --listen where it is not set
    #[arg(long, env = "SOUNDINGS_BASE_URL", global = true)]
    pub base_url: Option<String>,
    /// How mail is sent: file:DIR or smtp://HOST:PORT or smtps://USER:PASSWORD@HOST
    #[arg(
        long,
        env = "SOUNDINGS_MAIL",
        default_value = "file:mail",
        hide_env_values = true,
        global = true
    )]
    pub mail: String,
    /// At least 32 characters that nobody can guess; signs receipts and voters' cookies. Needed with
    /// PostgreSQL, behind proxies and under a public address; else one is made and kept beside the
    /// database, as FILE.secret
    #[arg(long, env = "SOUNDINGS_SECRET", hide_env_values = true, global = true)]
    pub secret: Option<String>,
    /// 64 hexadecimal digits that nobody can guess; signs the record of what staff did. Else a key is
    /// made and kept beside the database, as FILE.record-key, or with PostgreSQL derived from the
    /// secret
    #[arg(
        long,
        env = "SOUNDINGS_RECORD_KEY",
        hide_env_values = true,
        global = true
    )]
    pub record_key: Option<String>,
    /// Address and port for /metrics; without it there are no metrics
    #[arg(long, env = "SOUNDINGS_METRICS", global = true)]
    pub metrics: Option<String>,
    /// How many proxies in front of this server may be believed about a client's address
    #[arg(
        long,
        env = "SOUNDINGS_TRUSTED_PROXIES",
        default_value_t = 0,
        global = true
    )]
    pub trusted_proxies: usize,
}

/// How mail leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mail {
    /// One file a message in this folder.
    Folder(PathBuf),
    /// A mail server by URL.
    Smtp(String),
}

/// Checked configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the data is.
    pub database_url: String,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Under which address people come, without a trailing slash.
    pub base_url: String,
    /// How mail leaves.
    pub mail: Mail,
    /// Signs what must not be forged.
    pub secret: Secret,
    /// Signs the head of the record.
    pub record_key: RecordKey,
    /// Keys that were made a moment ago and are kept nowhere yet.
    pub unkept: Vec<UnkeptKey>,
    /// Where metrics are served, if anywhere.
    pub metrics: Option<SocketAddr>,
    /// Proxies to believe.
    pub trusted_proxies: usize,
    /// Argon2 memory in KiB and passes. Tests lower it.
    pub argon2: (u32, u32),
}

/// Which key it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// The secret.
    Secret,
    /// The key of the record.
    Record,
}

/// A key that is to be kept in its file when it is first used.
#[derive(Clone)]
pub struct UnkeptKey {
    kind: KeyKind,
    file: KeyFile,
    value: String,
}

impl std::fmt::Debug for UnkeptKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "UnkeptKey({:?}, {:?})", self.kind, self.file)
    }
}

/// What is wrong with the configuration, in one sentence.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ConfigRefused(pub String);

impl Options {
    /// Checks every value, for a program that signs: serves, or makes what people get codes for.
    ///
    /// # Errors
    /// The first wrong one, with what to do.
    pub fn check(&self) -> Result<Config, ConfigRefused> {
        self.check_for(true)
    }

    /// The same for a program that signs nothing. It needs no secret, and makes no file for one.
    ///
    /// # Errors
    /// The first wrong one, with what to do.
    pub fn check_unsigned(&self) -> Result<Config, ConfigRefused> {
        self.check_for(false)
    }

    fn check_for(&self, signs: bool) -> Result<Config, ConfigRefused> {
        let wrong = |text: String| Err(ConfigRefused(text));
        if !["sqlite:", "postgres://", "postgresql://"]
            .iter()
            .any(|scheme| self.database_url.starts_with(scheme))
        {
            return wrong(
                "SOUNDINGS_DATABASE_URL must begin with sqlite: or postgres://.".to_owned(),
            );
        }
        let Ok(listen) = self.listen.parse::<SocketAddr>() else {
            return wrong(format!(
                "SOUNDINGS_LISTEN must be an address and a port, such as 127.0.0.1:3000, not “{}”.",
                self.listen
            ));
        };
        let base_url = base_url(self.base_url.as_deref(), listen)?;
        let mail = if let Some(folder) = self.mail.strip_prefix("file:") {
            Mail::Folder(PathBuf::from(folder))
        } else if self.mail.starts_with("smtp://") || self.mail.starts_with("smtps://") {
            Mail::Smtp(self.mail.clone())
        } else {
            return wrong(
                "SOUNDINGS_MAIL must be file:DIR, smtp://HOST:PORT or smtps://HOST.".to_owned(),
            );
        };
        let mut unkept = Vec::new();
        let secret = self.secret(signs, is_local(&base_url), &mut unkept)?;
        let record_key = self.record_key(signs, &secret, &mut unkept)?;
        let metrics = match &self.metrics {
            None => None,
            Some(text) => match text.parse::<SocketAddr>() {
                Ok(address) => Some(address),
                Err(_) => {
                    return wrong(format!(
                        "SOUNDINGS_METRICS must be an address and a port, not “{text}”."
                    ));
                }
            },
        };
        Ok(Config {
            database_url: self.database_url.clone(),
            listen,
            // As a browser says it: in lower case, without the port that goes without saying.
            base_url: base_url.origin().ascii_serialization(),
            mail,
            secret,
            record_key,
            unkept,
            metrics,
            trusted_proxies: self.trusted_proxies,
            // OWASP Password Storage Cheat Sheet, 2026: 19 MiB, 2 passes, 1 lane.
            argon2: (19 * 1024, 2),
        })
    }

    /// The configured secret, or the one beside the database. There is none that stands anywhere in
    /// the source, and none that several servers could not share.
    fn secret(
        &self,
        signs: bool,
        local: bool,
        unkept: &mut Vec<UnkeptKey>,
    ) -> Result<Secret, ConfigRefused> {
        if let Some(secret) = &self.secret {
            if secret.chars().count() < 32 {
                return Err(ConfigRefused(
                    "SOUNDINGS_SECRET must have at least 32 characters.".to_owned(),
                ));
            }
            return Ok(Secret::new(secret));
        }
        if !signs {
            return Ok(Secret::new(&fresh_key()?));
        }
        let because = if !self.database_url.starts_with("sqlite:") {
            "with PostgreSQL"
        } else if self.trusted_proxies > 0 {
            "for a server behind proxies"
        } else if !local {
            "for a server with a public address"
        } else {
            return Ok(Secret::new(&self.own_key(KeyKind::Secret, unkept)?));
        };
        Err(ConfigRefused(format!(
            "SOUNDINGS_SECRET must be set {because}: at least 32 characters that nobody can guess."
        )))
    }

    /// The configured key of the record, or the one beside the database. Beside PostgreSQL there is no
    /// place for one: it is derived, so that every server signs with the same.
    fn record_key(
        &self,
        signs: bool,
        secret: &Secret,
        unkept: &mut Vec<UnkeptKey>,
    ) -> Result<RecordKey, ConfigRefused> {
        let text = match &self.record_key {
            Some(text) => text.clone(),
            None if signs && self.database_url.starts_with("sqlite:") => {
                self.own_key(KeyKind::Record, unkept)?
            }
            None => return Ok(RecordKey::derived(secret)),
        };
        RecordKey::read(&text).ok_or_else(|| {
            ConfigRefused("SOUNDINGS_RECORD_KEY must be 64 hexadecimal digits.".to_owned())
        })
    }

    /// The key beside the SQLite database; a fresh one where there is none.
    fn own_key(&self, kind: KeyKind, unkept: &mut Vec<UnkeptKey>) -> Result<String, ConfigRefused> {
        let Some(database) = crate::db::sqlite_file(&self.database_url) else {
            // In memory: what it signs goes with it.
            return fresh_key();
        };
        let ending = match kind {
            KeyKind::Secret => "secret",
            KeyKind::Record => "record-key",
        };
        let file = KeyFile::beside(&database, ending);
        if let Some(key) = file
            .read()
            .map_err(|refused| ConfigRefused(refused.to_string()))?
        {
            return Ok(key);
        }
        let value = fresh_key()?;
        unkept.push(UnkeptKey {
            kind,
            file,
            value: value.clone(),
        });
        Ok(value)
    }
}

fn fresh_key() -> Result<String, ConfigRefused> {
    key_file::fresh().map_err(|error| ConfigRefused(format!("No key can be made: {error}.")))
}

/// Where people reach the server: scheme, host and port, nothing else.
fn base_url(given: Option<&str>, listen: SocketAddr) -> Result<url::Url, ConfigRefused> {
    let text = given.map_or_else(|| format!("http://{listen}"), str::to_owned);
    let parsed = url::Url::parse(&text).ok().filter(|url| {
        matches!(url.scheme(), "http" | "https") && url.has_host() && url.path() == "/"
    });
    let wanted = "SOUNDINGS_BASE_URL must be a web address without a path, such as \
                  https://consult.example.gov.uk";
    match parsed {
        // It may hold a password, and is not said again.
        _ if text.contains(['@', '?', '#']) => Err(ConfigRefused(format!(
            "{wanted}, and without a user name, a password, a query (?) or a fragment (#)."
        ))),
        Some(url) => Ok(url),
        None => Err(ConfigRefused(format!("{wanted}, not “{text}”."))),
    }
}

impl Config {
    /// Keeps the keys that were made a moment ago in their files. Where another program was first,
    /// its keys are used.
    ///
    /// # Errors
    /// Where a file can't be written.
    pub fn keep_keys(&mut self) -> Result<(), ConfigRefused> {
        for UnkeptKey { kind, file, value } in std::mem::take(&mut self.unkept) {
            let kept = file
                .keep(&value)
                .map_err(|refused| ConfigRefused(refused.to_string()))?;
            match kind {
                KeyKind::Secret => self.secret = Secret::new(&kept),
                KeyKind::Record => {
                    self.record_key = RecordKey::read(&kept).ok_or_else(|| {
                        ConfigRefused("The file of the record’s key holds no key.".to_owned())
                    })?;
                }
            }
        }
        Ok(())
    }

    /// Whether people come by https, so that cookies are Secure and HSTS is sent.
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }

    /// Whether the base URL points at this very machine.
    pub fn is_local(&self) -> bool {
        url::Url::parse(&self.base_url).is_ok_and(|url| is_local(&url))
    }
}

fn is_local(url: &url::Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
