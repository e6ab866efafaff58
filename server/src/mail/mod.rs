//! Mail, plain text only. It is sent by a job from the outbox, never in a request.

use lettre::message::Mailbox;
use lettre::transport::file::AsyncFileTransport;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::config::{Config, ConfigRefused, Mail};

/// Sends mail as configured.
#[derive(Clone)]
pub struct Mailer {
    from: Mailbox,
    way: Way,
}

#[derive(Clone)]
enum Way {
    Folder(AsyncFileTransport<Tokio1Executor>),
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
}

/// A message to one person.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Letter {
    /// The address.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// The text.
    pub body: String,
}

/// A message could not be handed over. The address is not in the text.
#[derive(Debug, thiserror::Error)]
#[error("mail not sent: {0}")]
pub struct MailFailed(String);

impl Mailer {
    /// Prepares the way that is configured.
    ///
    /// # Errors
    /// Where the folder or the server's URL can't be used.
    pub fn new(config: &Config) -> Result<Self, ConfigRefused> {
        let host = url::Url::parse(&config.base_url)
            .ok()
            .and_then(|url| url.host_str().map(str::to_owned))
            .unwrap_or_default();
        let host = if host.contains('.') && host.parse::<std::net::IpAddr>().is_err() {
            host
        } else {
            "soundings.localhost".to_owned()
        };
        let from = format!("Soundings <no-reply@{host}>")
            .parse()
            .map_err(|_| ConfigRefused("SOUNDINGS_BASE_URL has no usable host.".to_owned()))?;
        let way = match &config.mail {
            Mail::Folder(folder) => {
                std::fs::create_dir_all(folder).map_err(|error| {
                    ConfigRefused(format!(
                        "SOUNDINGS_MAIL: the folder {} can't be made: {error}.",
                        folder.display()
                    ))
                })?;
                Way::Folder(AsyncFileTransport::new(folder))
            }
            Mail::Smtp(url) => Way::Smtp(
                AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
                    .map_err(|error| ConfigRefused(format!("SOUNDINGS_MAIL: {error}.")))?
                    .build(),
            ),
        };
        Ok(Self { from, way })
    }

    /// Sends one letter.
    ///
    /// # Errors
    /// Where it can't be written or is not accepted.
    pub async fn send(&self, letter: &Letter) -> Result<(), MailFailed> {
        let to: Mailbox = letter
            .to
            .parse()
            .map_err(|_| MailFailed("not an address".to_owned()))?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(letter.subject.replace(['\r', '\n'], " "))
            .body(letter.body.clone())
            .map_err(|error| MailFailed(error.to_string()))?;
        match &self.way {
            Way::Folder(way) => way.send(message).await.map(drop).map_err(|e| e.to_string()),
            Way::Smtp(way) => way.send(message).await.map(drop).map_err(|e| e.to_string()),
        }
        .map_err(MailFailed)
    }
}
