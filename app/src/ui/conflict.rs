//! Two people who change one thing: the version that a form carries, and the page that shows both.
//!
//! Invariant: what this person typed stays in the fields; what the colleague saved stands above them;
//! sending again replaces it knowingly, because the form then carries the newer version.

use domain::edit::{Changed, Version};
use leptos::prelude::*;

use super::dates;
use super::form::{FormState, hidden};

/// The hidden field that carries the version of what a form shows.
pub const VERSION: &str = "version";
/// The hidden field that carries the key of a form that makes something.
pub const KEY: &str = "key";

/// The hidden field that carries a thing of many parts as the page showed it
/// ([`domain::edit::AsRead`]).
pub const READ: &str = "read";

/// The version in a form that changes something.
pub fn version_field(state: &FormState) -> AnyView {
    hidden(VERSION, state.get(VERSION))
}

/// The key in a form that makes something.
pub fn key_field(state: &FormState) -> AnyView {
    hidden(KEY, state.get(KEY))
}

/// Who changed it and when, in a sentence.
pub fn sentence(changed: &Changed) -> String {
    format!(
        "{} changed this at {}.",
        changed.by,
        dates::within(changed.at)
    )
}

/// The form again after a colleague was first: every word as typed, with the newer version.
#[must_use]
pub fn with_newer(mut state: FormState, changed: &Changed) -> FormState {
    state = state.with(VERSION, changed.version.to_string());
    state.refuse("", sentence(changed));
    state
}

/// Why nothing was removed: it is not what this person meant to remove.
#[must_use]
pub fn not_removed(mut state: FormState, changed: &Changed) -> FormState {
    state.refuse(
        "",
        format!(
            "{} It was not removed. Read it as it is now, and remove it then if you still want to",
            sentence(changed)
        ),
    );
    state
}

/// Why a form is refused whose thing has moved on to another stage since the page was opened.
pub const NOT_NOW: &str = "This has moved on since you opened the page, so it can’t be saved. What you \
     typed is still below: copy what you want to keep";

/// The form again after the thing moved on to another stage: every word as typed, and why once.
#[must_use]
pub fn not_now(mut state: FormState) -> FormState {
    if !state.errors.iter().any(|error| error.message == NOT_NOW) {
        state.refuse("", NOT_NOW);
    }
    state
}

/// The same form as it is first shown, with this version.
#[must_use]
pub fn with_version(state: FormState, version: Version) -> FormState {
    state.with(VERSION, version.to_string())
}

/// What the colleague saved, beside the fields that still hold what this person typed: label and
/// words of each field that differs.
pub fn theirs(changed: &Changed, saved: Vec<(String, String)>) -> AnyView {
    let rows = as_it_is(saved);
    view! {
        <section class="app-conflict" aria-labelledby="conflict-heading">
            <h2 class="govuk-heading-m" id="conflict-heading">"Here are both versions"</h2>
            <p class="govuk-body">
                {sentence(changed)} " It now says what is below. What you typed is still in the form. \
                Send it again to replace theirs, or take from theirs what you need first."
            </p>
            {rows}
        </section>
    }
    .into_any()
}

/// What is saved of a thing now: label and words of each field.
pub fn as_it_is(saved: Vec<(String, String)>) -> AnyView {
    let rows = saved
        .into_iter()
        .map(|(label, words)| {
            let words = if words.is_empty() {
                "Nothing".to_owned()
            } else {
                words
            };
            view! {
                <div class="govuk-summary-list__row">
                    <dt class="govuk-summary-list__key">{label}</dt>
                    <dd class="govuk-summary-list__value app-lines" dir="auto">{words}</dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="govuk-summary-list">{rows}</dl> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conflict_keeps_what_was_typed_and_takes_the_newer_version() {
        let changed = Changed {
            by: "Lee".to_owned(),
            at: "2026-11-25T10:42:00Z".parse().expect("a time"),
            version: Version(4),
        };
        let typed = FormState::from_pairs([("title", "Mine"), (VERSION, "3")]);
        let state = with_newer(typed, &changed);
        assert_eq!(state.get("title"), "Mine");
        assert_eq!(state.get(VERSION), "4");
        assert!(state.is_refused());
        assert!(sentence(&changed).starts_with("Lee changed this at "));
        assert!(
            sentence(&changed).contains("10:42am"),
            "{}",
            sentence(&changed)
        );
        let shown = theirs(&changed, vec![("Title".into(), "<b>".into())]).to_html();
        assert!(shown.contains("&lt;b&gt;"), "{shown}");
    }
}
