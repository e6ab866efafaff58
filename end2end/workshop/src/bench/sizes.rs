//! Bytes that reach a resident: each page with its style, scripts and wasm, as sent.
//!
//! Raw, gzip and brotli are what the server itself sends when asked for that encoding. Deliberately
//! without images and fonts.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::bench::client::Client;
use crate::bench::durable::attribute;
use server::cli::CliError;

/// Bytes of one thing by encoding. An encoding the server does not offer counts as raw.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Bytes {
    pub raw: usize,
    pub gzip: usize,
    pub brotli: usize,
}

impl std::ops::AddAssign for Bytes {
    fn add_assign(&mut self, more: Self) {
        self.raw += more.raw;
        self.gzip += more.gzip;
        self.brotli += more.brotli;
    }
}

/// A page and what it loads.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PageBytes {
    pub path: String,
    pub html: Bytes,
    pub css: Bytes,
    pub js: Bytes,
    pub wasm: Bytes,
    pub total: Bytes,
}

/// Measures these pages by name; those that are not there are left out.
pub async fn measure(
    client: &mut Client,
    pages: &[(&str, String)],
) -> Result<BTreeMap<String, PageBytes>, CliError> {
    let mut measured = BTreeMap::new();
    for (name, path) in pages {
        if let Some(bytes) = page(client, path).await? {
            measured.insert((*name).to_owned(), bytes);
        }
    }
    Ok(measured)
}

async fn page(client: &mut Client, path: &str) -> Result<Option<PageBytes>, CliError> {
    let Some((html, text)) = bytes(client, path).await? else {
        return Ok(None);
    };
    let mut page = PageBytes {
        path: path.to_owned(),
        html,
        ..PageBytes::default()
    };
    page.total += html;
    let mut seen = BTreeSet::new();
    let mut waiting: Vec<String> = references(&text);
    while let Some(reference) = waiting.pop() {
        if !seen.insert(reference.clone()) {
            continue;
        }
        let Some((size, text)) = bytes(client, &reference).await? else {
            continue;
        };
        match ending(&reference) {
            "css" => page.css += size,
            "js" => {
                page.js += size;
                waiting.extend(named(&reference, &text));
            }
            _ => page.wasm += size,
        }
        page.total += size;
    }
    Ok(Some(page))
}

async fn bytes(client: &mut Client, path: &str) -> Result<Option<(Bytes, String)>, CliError> {
    let raw = client.get(path, "").await?;
    if raw.status != 200 {
        return Ok(None);
    }
    let gzip = client.get(path, "Accept-Encoding: gzip\r\n").await?;
    let brotli = client.get(path, "Accept-Encoding: br\r\n").await?;
    Ok(Some((
        Bytes {
            raw: raw.body.len(),
            gzip: gzip.body.len(),
            brotli: brotli.body.len(),
        },
        raw.text(),
    )))
}

fn ending(path: &str) -> &str {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.rsplit('.').next().unwrap_or_default()
}

fn is_loaded(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && matches!(ending(path), "css" | "js" | "wasm")
}

/// Styles, scripts and wasm that the tags of a page name.
fn references(html: &str) -> Vec<String> {
    html.split('<')
        .filter(|tag| tag.starts_with("link ") || tag.starts_with("script "))
        .filter_map(|tag| tag.split('>').next())
        .filter_map(|tag| attribute(tag, "href").or_else(|| attribute(tag, "src")))
        .filter(|path| is_loaded(path))
        .collect()
}

/// Scripts and wasm that a script names in quotation marks, from its own place and with its own
/// version, as ours does. What is not there is left out when it is asked for.
fn named(script: &str, text: &str) -> Vec<String> {
    let (path, version) = script.split_once('?').unwrap_or((script, ""));
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    text.split(['"', '\'', '`'])
        .filter(|text| text.len() < 200 && matches!(ending(text), "js" | "wasm"))
        .filter(|text| !text.contains([' ', ':', '?']))
        .map(|text| match text.strip_prefix('/') {
            Some(_) => text.to_owned(),
            None => format!("{folder}/{}", text.trim_start_matches("./")),
        })
        .map(|path| match version {
            "" => path,
            version => format!("{path}?{version}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_loads_is_found_and_what_it_links_is_not() {
        let html = "<link rel=\"stylesheet\" href=\"/assets/a.css?v=1\"><a href=\"/b.js\">b</a>\
                    <script type=\"module\" src=\"/assets/c.js\"></script>\
                    <script src=\"//elsewhere/d.js\"></script>";
        assert_eq!(references(html), ["/assets/a.css?v=1", "/assets/c.js"]);
        assert_eq!(
            named(
                "/assets/c.js?v=1",
                "import('./d/e.js'); f(\"g.wasm\", 'h i.js')"
            ),
            ["/assets/d/e.js?v=1", "/assets/g.wasm?v=1"]
        );
    }
}
