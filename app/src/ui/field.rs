//! Fields of a form: label, hint, error and control, tied together for assistive technology.
//!
//! Each takes the [`FormState`] and shows the value typed and the error found under its name.
//! Deliberately not here: what a good value is.

use leptos::prelude::*;

use super::form::{FormState, field_id};
pub use super::label::{Field, grouped};

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
                dir=(kind == "text").then_some("auto")
                type=kind
                value=value
                autocomplete=complete
                aria-describedby=field.described_by(state)
                aria-invalid=invalid
            />
        },
    )
}

/// Several lines of text, with the limit below.
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
                dir="auto"
                aria-describedby=field.described_by(state)
                aria-invalid=invalid
            >
                {in_text_area(&value)}
            </textarea>
            {limit}
        },
    )
}

/// Words as they are written inside a text area. Leptos writes the inside of a `textarea` as it is, so
/// that `</textarea>` in it would end the field and begin markup of the writer's own.
pub fn in_text_area(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;")
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

/// A file. Belongs in an [`upload_form`](super::form::upload_form).
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
