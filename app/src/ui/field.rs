//! Fields of a form: label, hint, error and control, tied together for assistive technology.
//!
//! Each takes the [`FormState`] and shows the value typed and the error found under its name.
//! Deliberately not here: what a good value is.

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
    /// Most characters a text area takes, told below it; 0 for no limit told.
    pub limit: usize,
    /// `accept` of a file input; empty for any.
    pub accept: &'static str,
    /// Whether radios stand beside each other.
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

    /// Tells the most characters it takes.
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

    fn limit_text(&self) -> Option<String> {
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

    fn label_view(&self) -> AnyView {
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

/// The error of a field, said as one to screen readers.
pub fn error_message(state: &FormState, name: &str) -> Option<AnyView> {
    state.error(name).map(|message| {
        view! {
            <p class="govuk-error-message" id=format!("{}-error", field_id(name))>
                <span class="govuk-visually-hidden">"Error: "</span>
                {message.to_owned()}
            </p>
        }
        .into_any()
    })
}

/// The group around a field, marked when refused.
pub(super) fn group(state: &FormState, name: &str, inside: impl IntoView + 'static) -> AnyView {
    let class = if state.error(name).is_some() {
        "govuk-form-group govuk-form-group--error"
    } else {
        "govuk-form-group"
    };
    view! { <div class=class>{inside.into_any()}</div> }.into_any()
}

pub(super) fn refused(state: &FormState, name: &str, base: &str) -> String {
    match state.error(name) {
        Some(_) => format!("{base} {}--error", base.split(' ').next().unwrap_or(base)),
        None => base.to_owned(),
    }
}

fn named<'a>(name: &'a str, otherwise: &'a str) -> &'a str {
    if name.is_empty() { otherwise } else { name }
}

/// One line of text. A password is never sent back.
pub fn text_input(state: &FormState, field: Field) -> AnyView {
    let kind = named(field.kind, "text").to_owned();
    let value = if kind == "password" {
        String::new()
    } else {
        state.get(&field.name).to_owned()
    };
    let base = match field.width {
        0 => "govuk-input".to_owned(),
        n => format!("govuk-input govuk-input--width-{n}"),
    };
    let complete = (!field.autocomplete.is_empty()).then_some(field.autocomplete);
    let invalid = state.error(&field.name).map(|_| "true");
    group(
        state,
        &field.name,
        view! {
            {field.label_view()}
            {field.hint_view()}
            {error_message(state, &field.name)}
            <input
                class=refused(state, &field.name, &base)
                id=field.id()
                name=field.name.clone()
                type=kind
                value=value
                autocomplete=complete
                aria-describedby=field.described_by(state)
                aria-invalid=invalid
            />
        },
    )
}

/// Several lines of text, with the limit told below.
pub fn text_area(state: &FormState, field: Field) -> AnyView {
    let rows = if field.rows == 0 { 5 } else { field.rows };
    let invalid = state.error(&field.name).map(|_| "true");
    // A newline straight after the tag is dropped by the HTML parser, so one more is written.
    let value = format!("\n{}", state.get(&field.name));
    let limit = field.limit_text().map(|text| {
        view! { <div class="govuk-hint govuk-character-count__message" id=format!("{}-info", field.id())>{text}</div> }
    });
    group(
        state,
        &field.name,
        view! {
            {field.label_view()}
            {field.hint_view()}
            {error_message(state, &field.name)}
            <textarea
                class=refused(state, &field.name, "govuk-textarea")
                id=field.id()
                name=field.name.clone()
                rows=rows.to_string()
                aria-describedby=field.described_by(state)
                aria-invalid=invalid
            >
                {value}
            </textarea>
            {limit}
        },
    )
}

/// One of a list, folded. For long lists only; radios are easier.
pub fn select(state: &FormState, field: Field, options: &[(String, String)]) -> AnyView {
    let chosen = state.get(&field.name).to_owned();
    let options = options
        .iter()
        .map(|(value, text)| {
            view! { <option value=value.clone() selected=*value == chosen>{text.clone()}</option> }
        })
        .collect_view();
    group(
        state,
        &field.name,
        view! {
            {field.label_view()}
            {field.hint_view()}
            {error_message(state, &field.name)}
            <select
                class=refused(state, &field.name, "govuk-select")
                id=field.id()
                name=field.name.clone()
                aria-describedby=field.described_by(state)
            >
                {options}
            </select>
        },
    )
}

/// A file. Stands in an [`upload_form`](super::form::upload_form).
pub fn file_input(state: &FormState, field: Field) -> AnyView {
    let accept = (!field.accept.is_empty()).then_some(field.accept);
    group(
        state,
        &field.name,
        view! {
            {field.label_view()}
            {field.hint_view()}
            {error_message(state, &field.name)}
            <input
                class=refused(state, &field.name, "govuk-file-upload")
                id=field.id()
                name=field.name.clone()
                type="file"
                accept=accept
                aria-describedby=field.described_by(state)
            />
        },
    )
}
