//! Configuration: environment or flag, the same names. A wrong value gets one clear sentence.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

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
    /// The address under which people reach this server
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
    /// At least 32 characters that nobody can guess; signs receipts and voters' cookies
    #[arg(long, env = "SOUNDINGS_SECRET", hide_env_values = true, global = true)]
    pub secret: Option<String>,
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
    /// Where metrics are served, if anywhere.
    pub metrics: Option<SocketAddr>,
    /// Proxies to believe.
    pub trusted_proxies: usize,
    /// Argon2 memory in KiB and passes. Tests lower it.
    pub argon2: (u32, u32),
}

/// What is wrong with the configuration, in one sentence.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ConfigRefused(pub String);

const DEMONSTRATION_SECRET: &str = "for a demonstration on this machine only";

impl Options {
    /// Checks every value.
    ///
    /// # Errors
    /// The first wrong one, with what to do.
    pub fn check(&self) -> Result<Config, ConfigRefused> {
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
        let base_url = self
            .base_url
            .clone()
            .unwrap_or_else(|| format!("http://{listen}"));
        let parsed = url::Url::parse(&base_url).ok().filter(|url| {
            matches!(url.scheme(), "http" | "https") && url.has_host() && url.path() == "/"
        });
        let Some(parsed) = parsed else {
            return wrong(format!(
                "SOUNDINGS_BASE_URL must be a web address without a path, such as \
                 https://consult.example.gov.uk, not “{base_url}”."
            ));
        };
        let base_url = base_url.trim_end_matches('/').to_owned();
        let mail = if let Some(folder) = self.mail.strip_prefix("file:") {
            Mail::Folder(PathBuf::from(folder))
        } else if self.mail.starts_with("smtp://") || self.mail.starts_with("smtps://") {
            Mail::Smtp(self.mail.clone())
        } else {
            return wrong(
                "SOUNDINGS_MAIL must be file:DIR, smtp://HOST:PORT or smtps://HOST.".to_owned(),
            );
        };
        let local = is_local(&parsed);
        let secret = match &self.secret {
            Some(secret) if secret.chars().count() < 32 => {
                return wrong("SOUNDINGS_SECRET must have at least 32 characters.".to_owned());
            }
            Some(secret) => Secret::new(secret),
            None if local => Secret::new(DEMONSTRATION_SECRET),
            None => {
                return wrong(
                    "SOUNDINGS_SECRET must be set for a server with a public address.".to_owned(),
                );
            }
        };
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
            base_url,
            mail,
            secret,
            metrics,
            trusted_proxies: self.trusted_proxies,
            // OWASP Password Storage Cheat Sheet, 2026: 19 MiB, 2 passes, 1 lane.
            argon2: (19 * 1024, 2),
        })
    }
}

impl Config {
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
