//! An answer, read as people read it.

use axum::http::{HeaderMap, header};
use bytes::Bytes;
use scraper::{ElementRef, Html, Selector};

/// An answer of the application.
#[derive(Clone, Debug)]
pub struct Page {
    /// The address asked for.
    pub path: String,
    /// Status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Bytes,
}

impl Page {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// This page if its status is this one; fails with what it says otherwise.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.path, self.main_text());
        self
    }

    /// Where a redirect leads.
    pub fn location(&self) -> Option<String> {
        let value = self.headers.get(header::LOCATION)?;
        Some(value.to_str().expect("a text").to_owned())
    }

    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("a text"))
    }

    /// The title.
    pub fn title(&self) -> String {
        self.texts("title").concat()
    }

    /// The visible words of the page's main part, with single spaces.
    pub fn main_text(&self) -> String {
        let found = self.texts("main");
        if found.is_empty() {
            self.text()
        } else {
            found.concat()
        }
    }

    /// The words of each element found, with single spaces.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.each(selector, words)
    }

    /// How many elements are found.
    pub fn count(&self, selector: &str) -> usize {
        self.each(selector, |_| ()).len()
    }

    /// Whether anything is found.
    pub fn has(&self, selector: &str) -> bool {
        self.count(selector) > 0
    }

    /// An attribute of each element found that has it.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        self.each(selector, |element| element.attr(name).map(str::to_owned))
            .into_iter()
            .flatten()
            .collect()
    }

    /// The addresses of all links in the main part.
    pub fn links(&self) -> Vec<String> {
        self.attributes("main a", "href")
    }

    /// The lines of the error summary.
    pub fn errors(&self) -> Vec<String> {
        self.texts(".govuk-error-summary li")
    }

    /// The value that the field of this name shows.
    pub fn value(&self, name: &str) -> String {
        let wanted = format!("[name=\"{name}\"]");
        self.each(&wanted, |element| match element.value().name() {
            "textarea" => Some(
                element
                    .text()
                    .collect::<String>()
                    .trim_start_matches('\n')
                    .to_owned(),
            ),
            "select" => chosen(element),
            _ => match element.attr("type") {
                Some("radio" | "checkbox") => element
                    .attr("checked")
                    .map(|_| element.attr("value").unwrap_or("on").to_owned()),
                _ => Some(element.attr("value").unwrap_or_default().to_owned()),
            },
        })
        .into_iter()
        .flatten()
        .next()
        .unwrap_or_default()
    }

    /// The action and the fields of the form that the selector finds, as a browser would send them.
    #[track_caller]
    pub fn form(&self, selector: &str) -> (String, Vec<(String, String)>) {
        let document = Html::parse_document(&self.text());
        let form = document
            .select(&parse(selector))
            .next()
            .unwrap_or_else(|| panic!("no {selector} on {}: {}", self.path, self.main_text()));
        let action = form.attr("action").unwrap_or(&self.path).to_owned();
        let mut fields = Vec::new();
        for control in form.select(&parse("input[name], textarea[name], select[name]")) {
            let name = control.attr("name").unwrap_or_default().to_owned();
            match (control.value().name(), control.attr("type")) {
                ("textarea", _) => {
                    let text: String = control.text().collect();
                    fields.push((name, text.strip_prefix('\n').unwrap_or(&text).to_owned()));
                }
                ("select", _) => fields.push((name, chosen(control).unwrap_or_default())),
                (_, Some("radio" | "checkbox")) if control.attr("checked").is_none() => {}
                (_, Some("file" | "submit" | "button")) => {}
                _ => fields.push((name, control.attr("value").unwrap_or_default().to_owned())),
            }
        }
        (action, fields)
    }

    fn each<T>(&self, selector: &str, take: impl Fn(ElementRef<'_>) -> T) -> Vec<T> {
        let document = Html::parse_document(&self.text());
        document.select(&parse(selector)).map(take).collect()
    }
}

fn parse(selector: &str) -> Selector {
    Selector::parse(selector).expect("a selector")
}

fn words(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn chosen(select: ElementRef<'_>) -> Option<String> {
    let selected = select.select(&parse("option[selected]")).next();
    let option = selected.or_else(|| select.select(&parse("option")).next())?;
    Some(
        option
            .attr("value")
            .map_or_else(|| words(option), str::to_owned),
    )
}
