//! Mail, plain text only. It is sent by a job from the outbox, never in a request.

mod failed;

pub use failed::MailFailed;

use std::time::Duration;

use lettre::message::{Mailbox, SinglePart};
use lettre::transport::file::AsyncFileTransport;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use domain::account::Email;
use domain::letter::Trouble;

use crate::config::{Config, ConfigRefused, Mail};
use crate::private;

/// Sends mail as configured.
#[derive(Clone)]
pub struct Mailer {
    from: Mailbox,
    way: Way,
    patience: Duration,
}

/// The longest a whole try takes, from reaching the mail server to its last answer: less than whoever
/// sends a letter has it for themselves, so that nobody sends it meanwhile.
pub const A_WHOLE_TRY: Duration = Duration::from_secs(40);

#[derive(Clone)]
enum Way {
    Folder(AsyncFileTransport<Tokio1Executor>),
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
}

/// A message to one person.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Letter {
    /// The address.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// The text.
    pub body: String,
    /// Whether it is part of somebody's work here: an address that administrators know. Whoever works
    /// here and takes part in something is a resident.
    #[serde(default)]
    pub to_staff: bool,
    /// The effect that it was at first, where it is sent again.
    #[serde(default)]
    pub first: Option<i64>,
}

impl Letter {
    /// A letter to somebody who works here, about their work.
    pub fn to_staff(to: String, subject: String, body: String) -> Self {
        Self {
            to_staff: true,
            ..Self::to_resident(to, subject, body)
        }
    }

    /// A letter to somebody who took part.
    pub fn to_resident(to: String, subject: String, body: String) -> Self {
        Self {
            to,
            subject,
            body,
            to_staff: false,
            first: None,
        }
    }
}

impl Mailer {
    /// Prepares the way that is configured.
    ///
    /// # Errors
    /// Where the folder or the server's URL can't be used.
    pub fn new(config: &Config) -> Result<Self, ConfigRefused> {
        Self::of(&config.base_url, &config.mail)
    }

    fn of(base_url: &str, mail: &Mail) -> Result<Self, ConfigRefused> {
        let host = url::Url::parse(base_url)
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
        let way = match mail {
            Mail::Folder(folder) => {
                private::create_folder(folder).map_err(|error| {
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
        Ok(Self {
            from,
            way,
            patience: A_WHOLE_TRY,
        })
    }

    /// Sends one letter. `id` tells it from every other and is the same at each try, so that who gets
    /// it twice is shown it once.
    ///
    /// # Errors
    /// Where it can't be written or is not accepted, or that takes too long.
    pub async fn send(&self, letter: &Letter, id: &str) -> Result<(), MailFailed> {
        let message = self.message(letter, id)?;
        let handed_over = tokio::time::timeout(self.patience, self.hand_over(message));
        let in_time = handed_over.await;
        in_time.unwrap_or(Err(MailFailed(Trouble::NoAnswer)))
    }

    async fn hand_over(&self, message: Message) -> Result<(), MailFailed> {
        match &self.way {
            Way::Folder(way) => way
                .send(message)
                .await
                .map(drop)
                .map_err(|_| MailFailed(Trouble::Folder)),
            Way::Smtp(way) => way.send(message).await.map(drop).map_err(MailFailed::from),
        }
    }

    fn message(&self, letter: &Letter, id: &str) -> Result<Message, MailFailed> {
        let not_an_address = || MailFailed(Trouble::NotAnAddress);
        let to = Email::parse(&letter.to).map_err(|_| not_an_address())?;
        let to: Address = to.as_str().parse().map_err(|_| not_an_address())?;
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .subject(letter.subject.replace(['\r', '\n'], " "))
            .singlepart(SinglePart::plain(letter.body.clone()))
            .map_err(|_| not_an_address())
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncWriteExt;

    use super::*;

    fn mailer(folder: &std::path::Path) -> Mailer {
        let mail = Mail::Folder(folder.join("mail"));
        Mailer::of("https://consult.example.gov.uk", &mail).expect("a way")
    }

    fn letter(to: &str, body: &str) -> Letter {
        let subject = "“What” came of it\nBcc: x@example.org".to_owned();
        Letter::to_resident(to.to_owned(), subject, body.to_owned())
    }

    #[test]
    fn a_letter_says_which_letters_it_is_written_in_and_which_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let to = letter("Ann@Bücher.example", "“So” – https://x.example/?token=3D\n");
        let message = mailer(folder.path())
            .message(&to, "0123abc")
            .expect("a letter");
        let text = String::from_utf8(message.formatted()).expect("text");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
        for line in [
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
            "Message-ID: <0123abc@consult.example.gov.uk>",
            "To: ann@xn--bcher-kva.example",
        ] {
            assert_eq!(
                head.lines().filter(|one| *one == line).count(),
                1,
                "{line} in {head}"
            );
        }
        assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
        assert!(body.contains("=E2=80=9CSo=E2=80=9D"), "{body}");
    }

    /// One that takes the connection and says nothing; one that greets and says nothing more.
    #[tokio::test]
    async fn a_mail_server_that_hangs_is_waited_for_a_while() {
        for greeting in ["", "220 here\r\n"] {
            let server = tokio::net::TcpListener::bind("127.0.0.1:0").await;
            let server = server.expect("a port");
            let port = server.local_addr().expect("an address").port();
            let hangs = tokio::spawn(async move {
                let mut taken = Vec::new();
                while let Ok((mut connection, _)) = server.accept().await {
                    let said = connection.write_all(greeting.as_bytes()).await;
                    said.expect("greets");
                    taken.push(connection);
                }
            });
            let mail = Mail::Smtp(format!("smtp://127.0.0.1:{port}"));
            let mut mailer = Mailer::of("https://consult.example.gov.uk", &mail).expect("a way");
            mailer.patience = Duration::from_millis(300);
            let sent = mailer.send(&letter("ann@example.org", "x"), "id").await;
            assert_eq!(sent, Err(MailFailed(Trouble::NoAnswer)), "{greeting}");
            hangs.abort();
        }
    }

    /// Every address that people are known by is one that a letter leaves for: each character at each
    /// place of it.
    #[test]
    fn what_is_taken_as_an_address_can_be_sent_to() {
        let folder = tempfile::tempdir().expect("a folder");
        let mailer = mailer(folder.path());
        let mut taken = 0;
        let mut check = |address: String| {
            if Email::parse(&address).is_err() {
                return;
            }
            taken += 1;
            let sent = mailer.message(&letter(&address, "x"), "id");
            assert!(sent.is_ok(), "{address:?}");
        };
        let others = [
            'é', 'ß', '不', 'ا', '\u{301}', '\u{200d}', '\u{ad}', '。', '＠', 'İ', '\u{fb01}',
        ];
        for c in (0..=0x17f).filter_map(char::from_u32).chain(others) {
            for place in [
                format!("{c}@example.org"),
                format!("{c}nn@example.org"),
                format!("a{c}n@example.org"),
                format!("an{c}@example.org"),
                format!("a.{c}@example.org"),
                format!("ann@{c}.org"),
                format!("ann@{c}x.org"),
                format!("ann@x{c}x.org"),
                format!("ann@x{c}.org"),
                format!("ann@x.or{c}"),
                format!("ann@x.{c}rg"),
            ] {
                check(place);
            }
        }
        for length in [1, 62, 63, 64, 65, 70] {
            check(format!("{}@example.org", "a".repeat(length)));
            check(format!("ann@{}.org", "a".repeat(length)));
            check(format!("ann@{}.org", "é".repeat(length)));
        }
        for labels in 1..30 {
            check(format!("ann@{}org", "b23456789.".repeat(labels)));
        }
        assert!(taken > 1_000, "{taken}");
    }
}
