//! What a form is around its fields: kept values, errors, summary, buttons.
//!
//! A refused form comes back with [`FormState`] holding every value as typed and every error by
//! field. Deliberately not here: parsing (each slice's `forms.rs`) and the wording of refusals.

use std::collections::BTreeMap;

use leptos::prelude::*;

/// One thing to fix, and the field where to fix it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Name of the field as posted. Empty when the whole form is meant.
    pub field: String,
    /// What to do about it, a whole sentence without full stop.
    pub message: String,
}

/// Values as they were typed, and what is wrong with them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormState {
    values: BTreeMap<String, Vec<String>>,
    /// In the order of the fields on the page.
    pub errors: Vec<FieldError>,
}

impl FormState {
    /// An empty form.
    pub fn new() -> Self {
        Self::default()
    }

    /// The pairs of a posted form, repeated names kept in order.
    pub fn from_pairs<N: Into<String>, V: Into<String>>(
        pairs: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let mut state = Self::new();
        for (name, value) in pairs {
            state
                .values
                .entry(name.into())
                .or_default()
                .push(value.into());
        }
        state
    }

    /// With one value set, replacing what was there.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.values.insert(name.into(), vec![value.into()]);
        self
    }

    /// With one more value under this name.
    #[must_use]
    pub fn and(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.values
            .entry(name.into())
            .or_default()
            .push(value.into());
        self
    }

    /// With these errors.
    #[must_use]
    pub fn refused(mut self, errors: Vec<FieldError>) -> Self {
        self.errors = errors;
        self
    }

    /// Adds an error.
    pub fn refuse(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.errors.push(FieldError {
            field: field.into(),
            message: message.into(),
        });
    }

    /// The first value under this name, else empty.
    pub fn get(&self, name: &str) -> &str {
        self.all(name).first().map_or("", String::as_str)
    }

    /// All values under this name.
    pub fn all(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether this value is among those chosen under this name.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).iter().any(|held| held == value)
    }

    /// The first error of this field.
    pub fn error(&self, name: &str) -> Option<&str> {
        self.errors
            .iter()
            .find(|e| e.field == name)
            .map(|e| e.message.as_str())
    }

    /// Whether anything is wrong.
    pub fn is_refused(&self) -> bool {
        !self.errors.is_empty()
    }
}

/// The id of a field's first control: its name with all but letters, digits, `-` and `_`
/// replaced, so that it serves in a fragment too.
pub fn field_id(name: &str) -> String {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || c == '_' {
            c
        } else {
            '-'
        }
    };
    name.chars().map(plain).collect()
}

/// The box on top of a refused form; nothing when there is nothing to fix.
pub fn error_summary(errors: &[FieldError]) -> AnyView {
    if errors.is_empty() {
        return ().into_any();
    }
    let items = errors
        .iter()
        .map(|error| {
            let message = error.message.clone();
            if error.field.is_empty() {
                view! { <li>{message}</li> }.into_any()
            } else {
                let href = format!("#{}", field_id(&error.field));
                view! { <li><a href=href>{message}</a></li> }.into_any()
            }
        })
        .collect_view();
    view! {
        <div class="govuk-error-summary" id="error-summary" tabindex="-1">
            <div role="alert">
                <h2 class="govuk-error-summary__title">"There is a problem"</h2>
                <div class="govuk-error-summary__body">
                    <ul class="govuk-list govuk-error-summary__list">{items}</ul>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// How a button looks: what it does decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one next step of a page.
    #[default]
    Primary,
    /// Beside or instead of it.
    Secondary,
    /// Cannot be undone.
    Warning,
}

impl ButtonKind {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "govuk-button",
            Self::Secondary => "govuk-button govuk-button--secondary",
            Self::Warning => "govuk-button govuk-button--warning",
        }
    }
}

/// Sends the form it is in.
pub fn button(kind: ButtonKind, text: impl Into<String>) -> AnyView {
    view! { <button type="submit" class=kind.class()>{text.into()}</button> }.into_any()
}

/// Sends the form it is in, with a name and value that set it apart from its neighbours.
pub fn named_button(
    kind: ButtonKind,
    name: impl Into<String>,
    value: impl Into<String>,
    text: impl Into<String>,
) -> AnyView {
    view! {
        <button type="submit" class=kind.class() name=name.into() value=value.into()>
            {text.into()}
        </button>
    }
    .into_any()
}

/// A link that is the next step and so looks like a button.
pub fn link_button(kind: ButtonKind, href: impl Into<String>, text: impl Into<String>) -> AnyView {
    view! { <a class=kind.class() href=href.into()>{text.into()}</a> }.into_any()
}

/// Buttons and links in one row.
pub fn button_group(inside: impl IntoView + 'static) -> AnyView {
    view! { <div class="govuk-button-group">{inside.into_any()}</div> }.into_any()
}

/// A form of one button, for what needs no typing.
pub fn button_form(
    action: impl Into<String>,
    kind: ButtonKind,
    text: impl Into<String>,
    hidden_values: &[(&str, &str)],
) -> AnyView {
    view! {
        <form method="post" action=action.into() class="app-button-form">
            {hidden_values.iter().map(|(name, value)| hidden(*name, *value)).collect_view()}
            {button(kind, text)}
        </form>
    }
    .into_any()
}

/// A value carried along unseen.
pub fn hidden(name: impl Into<String>, value: impl Into<String>) -> AnyView {
    view! { <input type="hidden" name=name.into() value=value.into() /> }.into_any()
}

/// A form that posts to `action`, error summary not included.
pub fn post_form(action: impl Into<String>, inside: impl IntoView + 'static) -> AnyView {
    view! { <form method="post" action=action.into() novalidate>{inside.into_any()}</form> }
        .into_any()
}

/// A form with files.
pub fn upload_form(action: impl Into<String>, inside: impl IntoView + 'static) -> AnyView {
    view! {
        <form method="post" action=action.into() enctype="multipart/form-data" novalidate>
            {inside.into_any()}
        </form>
    }
    .into_any()
}

/// A form whose values go into the address: search and filters.
pub fn get_form(action: impl Into<String>, inside: impl IntoView + 'static) -> AnyView {
    view! { <form method="get" action=action.into() role="search">{inside.into_any()}</form> }
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_form_keeps_every_value_in_order() {
        let state = FormState::from_pairs([("q", "b"), ("q", "a"), ("name", " x ")]);
        assert_eq!(state.all("q"), ["b", "a"]);
        assert_eq!(state.get("name"), " x ");
        assert!(state.has("q", "a") && !state.has("q", "c"));
    }

    #[test]
    fn the_summary_links_to_the_field_and_escapes_what_was_typed() {
        let mut state = FormState::new();
        state.refuse("answer[1]", "Say why <b>");
        let html = error_summary(&state.errors).to_html();
        assert!(html.contains("href=\"#answer-1-\""), "{html}");
        assert!(html.contains("Say why &lt;b&gt;"), "{html}");
        assert!(!error_summary(&[]).to_html().contains("problem"));
    }
}
