//! Fields that are several controls under one legend: radios, checkboxes, date and time.
//!
//! "Other" text stands below its choice and is always shown, because without scripts it could
//! not appear. Deliberately not here: which choices exclude each other (the domain refuses).

use leptos::prelude::*;

use super::field::{Field, error_message, group, refused};
use super::form::{FormState, field_id};

/// One choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// As posted.
    pub value: String,
    /// As read.
    pub text: String,
    /// Help below it; empty for none.
    pub hint: String,
    /// Name and label of a text that goes with this choice ("Other, say which").
    pub other: Option<(String, String)>,
    /// Preceded by "or": the choice that means none of the others.
    pub apart: bool,
}

impl Choice {
    /// A choice without help.
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            text: text.into(),
            ..Self::default()
        }
    }

    /// With help below it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// With a text field below it.
    #[must_use]
    pub fn other(mut self, name: impl Into<String>, label: impl Into<String>) -> Self {
        self.other = Some((name.into(), label.into()));
        self
    }

    /// Set apart by "or".
    #[must_use]
    pub fn apart(mut self) -> Self {
        self.apart = true;
        self
    }
}

/// Exactly one of a few.
pub fn radios(state: &FormState, field: Field, choices: &[Choice]) -> AnyView {
    choices_of(state, field, choices, "radio", "govuk-radios")
}

/// Any number of a few.
pub fn checkboxes(state: &FormState, field: Field, choices: &[Choice]) -> AnyView {
    choices_of(state, field, choices, "checkbox", "govuk-checkboxes")
}

/// One box for one statement ("I am 16 or over"): no legend.
pub fn checkbox(state: &FormState, field: Field, value: impl Into<String>) -> AnyView {
    let choice = Choice::new(value, field.label.clone());
    let items = item(state, &field, &choice, 0, "checkbox", "govuk-checkboxes");
    group(
        state,
        &field.name,
        view! {
            {field.hint_view()}
            {error_message(state, &field.name)}
            <div class="govuk-checkboxes">{items}</div>
        },
    )
}

/// A day and a time, each in its own field: `{name}-day`, `-month`, `-year`, and `-time` when
/// `with_time`. The time is typed as 24 hours, `17:00`.
pub fn date_time(state: &FormState, field: Field, with_time: bool) -> AnyView {
    let mut parts = vec![
        ("day", "Day", 2_u8),
        ("month", "Month", 2),
        ("year", "Year", 4),
    ];
    if with_time {
        parts.push(("time", "Time, for example 17:00", 5));
    }
    let inputs = parts
        .into_iter()
        .enumerate()
        .map(|(at, (part, label, width))| {
            let name = format!("{}-{part}", field.name);
            let id = if at == 0 { field.id() } else { field_id(&name) };
            let base = format!("govuk-input govuk-date-input__input govuk-input--width-{width}");
            let value = state.get(&name).to_owned();
            let mode = if part == "time" { "text" } else { "numeric" };
            view! {
                <div class="govuk-date-input__item">
                    <div class="govuk-form-group">
                        <label class="govuk-label govuk-date-input__label" for=id.clone()>{label}</label>
                        <input
                            class=refused(state, &field.name, &base)
                            id=id
                            name=name
                            type="text"
                            inputmode=mode
                            value=value
                            autocomplete="off"
                        />
                    </div>
                </div>
            }
        })
        .collect_view();
    let inside = view! { <div class="govuk-date-input">{inputs}</div> };
    fieldset(state, field, inside)
}

/// A group of controls under one legend, with hint and error.
pub fn fieldset(state: &FormState, field: Field, inside: impl IntoView + 'static) -> AnyView {
    let (legend, text) = (legend_class(&field), field.label.clone());
    let legend = if field.heading {
        view! { <legend class=legend><h1 class="govuk-fieldset__heading">{text}</h1></legend> }
            .into_any()
    } else {
        view! { <legend class=legend>{text}</legend> }.into_any()
    };
    group(
        state,
        &field.name,
        view! {
            <fieldset class="govuk-fieldset" aria-describedby=field.described_by(state)>
                {legend}
                {field.hint_view()}
                {error_message(state, &field.name)}
                {inside.into_any()}
            </fieldset>
        },
    )
}

fn legend_class(field: &Field) -> &'static str {
    match (field.heading, field.large) {
        (true, _) => "govuk-fieldset__legend govuk-fieldset__legend--l",
        (false, true) => "govuk-fieldset__legend govuk-fieldset__legend--m",
        _ => "govuk-fieldset__legend",
    }
}

fn choices_of(
    state: &FormState,
    field: Field,
    choices: &[Choice],
    kind: &'static str,
    block: &'static str,
) -> AnyView {
    let items = choices
        .iter()
        .enumerate()
        .map(|(at, choice)| item(state, &field, choice, at, kind, block))
        .collect_view();
    let class = if field.inline {
        format!("{block} {block}--inline")
    } else {
        block.to_owned()
    };
    fieldset(state, field, view! { <div class=class>{items}</div> })
}

fn item(
    state: &FormState,
    field: &Field,
    choice: &Choice,
    at: usize,
    kind: &'static str,
    block: &'static str,
) -> AnyView {
    let id = if at == 0 {
        field.id()
    } else {
        format!("{}-{at}", field.id())
    };
    let hint_id = format!("{id}-item-hint");
    let described = (!choice.hint.is_empty()).then(|| hint_id.clone());
    let hint = (!choice.hint.is_empty()).then(|| {
        view! { <div class=format!("govuk-hint {block}__hint") id=hint_id>{choice.hint.clone()}</div> }
    });
    let apart = choice
        .apart
        .then(|| view! { <div class=format!("{block}__divider")>"or"</div> });
    let other = choice.other.as_ref().map(|(name, label)| {
        let other_id = field_id(name);
        view! {
            <div class=format!("{block}__conditional")>
                {group(state, name, view! {
                    <label class="govuk-label" for=other_id.clone()>{label.clone()}</label>
                    {error_message(state, name)}
                    <input class=refused(state, name, "govuk-input govuk-!-width-two-thirds") id=other_id
                        name=name.clone() type="text" dir="auto" value=state.get(name).to_owned() />
                })}
            </div>
        }
    });
    view! {
        {apart}
        <div class=format!("{block}__item")>
            <input
                class=format!("{block}__input")
                id=id.clone()
                name=field.name.clone()
                type=kind
                value=choice.value.clone()
                checked=state.has(&field.name, &choice.value)
                aria-describedby=described
            />
            <label class=format!("govuk-label {block}__label") for=id dir="auto">{choice.text.clone()}</label>
            {hint}
        </div>
        {other}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_choice_keeps_what_was_chosen_and_says_what_to_do() {
        let mut state = FormState::new()
            .with("way", "bus")
            .and("way", "other")
            .with("way-other", "a \"mule\"");
        state.refuse("way-other", "Say which in fewer words");
        let choices = [
            Choice::new("bus", "Bus"),
            Choice::new("other", "Other").other("way-other", "Which"),
        ];
        let html = checkboxes(&state, Field::new("way", "How do you travel?"), &choices).to_html();
        assert_eq!(html.matches(" checked").count(), 2, "{html}");
        assert!(html.contains("value=\"a &quot;mule&quot;\""), "{html}");
        assert!(html.contains("Say which in fewer words"), "{html}");
        assert!(!html.contains("style="), "{html}");
    }

    #[test]
    fn a_date_keeps_its_parts_and_the_error_links_to_the_day() {
        let mut state = FormState::new()
            .with("closes-day", "31")
            .with("closes-month", "2");
        state.refuse("closes", "Enter a day that exists");
        let html = date_time(&state, Field::new("closes", "When does it close?"), true).to_html();
        assert!(
            html.contains("id=\"closes\"") && html.contains("name=\"closes-day\""),
            "{html}"
        );
        assert!(
            html.contains("value=\"31\"") && html.contains("name=\"closes-time\""),
            "{html}"
        );
        assert!(html.contains("aria-describedby=\"closes-error\""), "{html}");
    }
}
