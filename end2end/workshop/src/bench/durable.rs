//! Acknowledged, durable responses: what a resident's *send* costs.
//!
//! Every request is a whole response of ten answers with a signed key of its own, as the check
//! page issues them. Invariant: a response counts only when the server has acknowledged it by a
//! redirect to its receipt, and the rows are counted afterwards.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use domain::ids::ConsultationId;
use jiff::Timestamp;

use crate::bench::client::{Client, encoded, post};
use crate::bench::load::{self, Load};
use crate::bench::stand::{self, Open, answers};
use server::cli::CliError;
use server::response::key::Key;
use server::secret::Secret;

/// How responses are sent: learnt from the check page that the server shows.
#[derive(Clone)]
pub struct Form {
    path: String,
    bodies: Arc<Vec<String>>,
    on: ConsultationId,
    next: Arc<AtomicUsize>,
}

/// Answers the questionnaire as far as *check your answers* and reads the form there.
pub async fn form(address: SocketAddr, open: &Open) -> Result<Form, CliError> {
    let mut client = Client::connect(address).await?;
    let mut fields = answers(open, 0);
    fields.push(("go".to_owned(), "check".to_owned()));
    let path = app::paths::respond(&open.slug);
    let page = client.post(&path, &encoded(&fields), "").await?;
    let html = page.text();
    let wrong = |what: &str| {
        let status = page.status;
        CliError::Failed(format!("The check page (status {status}) has no {what}."))
    };
    let key = input(&html, "key").ok_or_else(|| wrong("key"))?;
    let path = html
        .split("<form")
        .find(|form| input(form, "key").is_some())
        .and_then(|form| attribute(form.split('>').next()?, "action"))
        .ok_or_else(|| wrong("form"))?;
    Key::read(&stand::secret(), open.id, &key).ok_or_else(|| wrong("key of ours"))?;
    let bodies = (0..20).map(|n| encoded(&answers(open, n))).collect();
    Ok(Form {
        path,
        bodies: Arc::new(bodies),
        on: open.id,
        next: Arc::new(AtomicUsize::new(0)),
    })
}

impl Form {
    /// A response that was never sent before, as bytes.
    fn request(&self, address: SocketAddr, secret: &Secret) -> Vec<u8> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        // Without randomness the key is empty, and the server's refusal ends the measurement.
        let key = Key::issue(Timestamp::now())
            .map(|key| key.sign(secret, self.on))
            .unwrap_or_default();
        let body = self.bodies.get(number % self.bodies.len().max(1));
        let body = format!("{}&key={key}", body.map_or("", String::as_str));
        post(address, &self.path, &body, "").into_bytes()
    }

    /// `clients` residents send response after response to these servers.
    pub async fn load(
        &self,
        servers: &[SocketAddr],
        clients: usize,
        period: Duration,
    ) -> Result<Load, CliError> {
        let form = self.clone();
        let secret = stand::secret();
        load::run(servers, clients, period, 303, move |address| {
            form.request(address, &secret)
        })
        .await
    }
}

/// The value of the input of this name.
pub fn input(html: &str, name: &str) -> Option<String> {
    html.split("<input")
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
        .find(|tag| attribute(tag, "name").as_deref() == Some(name))
        .and_then(|tag| attribute(tag, "value"))
}

/// The value of an attribute of a tag, without character references: ours need none.
pub fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = format!(" {name}=\"");
    let at = tag.find(&start)? + start.len();
    Some(tag.get(at..)?.split('"').next()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_of_an_input_is_found_whatever_the_order_of_its_attributes() {
        let html = "<input value=\"a\" name=\"b\"><input type=\"hidden\" name=\"key\" value=\"k\">";
        assert_eq!(input(html, "b").as_deref(), Some("a"));
        assert_eq!(input(html, "key").as_deref(), Some("k"));
        assert_eq!(input(html, "c"), None);
    }
}
