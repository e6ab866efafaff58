//! What every field has: its name, its label, its hint and how it looks.
//!
//! Deliberately not here: the controls, which are in `field` and `choice`.

use leptos::prelude::*;

use super::form::{FormState, field_id};

/// What every field has: name, label, hint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// As posted.
    pub name: String,
    /// The question.
    pub label: String,
    /// Help below the label; empty for none.
    pub hint: String,
    /// Whether the label is the page's `h1` (one question on the page).
    pub heading: bool,
    /// Whether the label is set large.
    pub large: bool,
    /// `type` of a text input; `text` when empty.
    pub kind: &'static str,
    /// `autocomplete` token (WCAG 1.3.5); empty for none.
    pub autocomplete: &'static str,
    /// Width of a text input in characters (2, 3, 4, 5, 10, 20, 30); 0 for the full width.
    pub width: u8,
    /// Rows of a text area; 5 when 0.
    pub rows: u8,
    /// Most characters a text area takes, shown below it; 0 shows no limit.
    pub limit: usize,
    /// `accept` of a file input; empty for any.
    pub accept: &'static str,
    /// Whether radios are side by side.
    pub inline: bool,
}

impl Field {
    /// A field with a label.
    pub fn new(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            ..Self::default()
        }
    }

    /// With help below the label.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// The label is the page's heading.
    #[must_use]
    pub fn heading(mut self) -> Self {
        self.heading = true;
        self
    }

    /// The label is set large.
    #[must_use]
    pub fn large(mut self) -> Self {
        self.large = true;
        self
    }

    /// With an input type: `email`, `password`, `tel`, `url`, `search`.
    #[must_use]
    pub fn kind(mut self, kind: &'static str) -> Self {
        self.kind = kind;
        self
    }

    /// With an `autocomplete` token.
    #[must_use]
    pub fn autocomplete(mut self, token: &'static str) -> Self {
        self.autocomplete = token;
        self
    }

    /// As wide as so many characters: 2, 3, 4, 5, 10, 20 or 30.
    #[must_use]
    pub fn width(mut self, characters: u8) -> Self {
        self.width = characters;
        self
    }

    /// A text area of so many rows.
    #[must_use]
    pub fn rows(mut self, rows: u8) -> Self {
        self.rows = rows;
        self
    }

    /// Says how many characters it takes.
    #[must_use]
    pub fn limit(mut self, characters: usize) -> Self {
        self.limit = characters;
        self
    }

    /// Radios beside each other.
    #[must_use]
    pub fn inline(mut self) -> Self {
        self.inline = true;
        self
    }

    /// File types offered by the file chooser.
    #[must_use]
    pub fn accept(mut self, types: &'static str) -> Self {
        self.accept = types;
        self
    }

    pub(super) fn id(&self) -> String {
        field_id(&self.name)
    }

    pub(super) fn limit_text(&self) -> Option<String> {
        (self.limit > 0).then(|| format!("You can write up to {} characters.", grouped(self.limit)))
    }

    /// Ids of what describes the control: hint, error, limit.
    pub(super) fn described_by(&self, state: &FormState) -> Option<String> {
        let id = self.id();
        let mut ids = Vec::new();
        if !self.hint.is_empty() {
            ids.push(format!("{id}-hint"));
        }
        if state.error(&self.name).is_some() {
            ids.push(format!("{id}-error"));
        }
        if self.limit > 0 {
            ids.push(format!("{id}-info"));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    pub(super) fn hint_view(&self) -> Option<AnyView> {
        (!self.hint.is_empty()).then(|| {
            view! { <div class="govuk-hint" id=format!("{}-hint", self.id())>{self.hint.clone()}</div> }
                .into_any()
        })
    }

    pub(super) fn label_view(&self) -> AnyView {
        let size = match (self.heading, self.large) {
            (true, _) => "govuk-label govuk-label--l",
            (false, true) => "govuk-label govuk-label--m",
            _ => "govuk-label",
        };
        let label = view! { <label class=size for=self.id()>{self.label.clone()}</label> };
        if self.heading {
            view! { <h1 class="govuk-label-wrapper">{label}</h1> }.into_any()
        } else {
            label.into_any()
        }
    }
}

/// `1234567` as `1,234,567`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
