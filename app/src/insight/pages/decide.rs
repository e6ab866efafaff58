//! Recording the decision.

use leptos::prelude::*;

use crate::paths;
use crate::ui::choice::date_time;
use crate::ui::conflict::READ;
use crate::ui::field::{Field, text_area};
use crate::ui::form::{ButtonKind, FormState, button, error_summary, hidden, post_form};
use crate::ui::parts;

/// The form.
pub fn decide(slug: &str, title: &str, state: &FormState) -> AnyView {
    let at = |part: &str| paths::desk_consultation(slug, part);
    view! {
        {parts::back_link(at("answer"), "Back to the themes")}
        {error_summary(&state.errors)}
        <span class="govuk-caption-xl">{title.to_owned()}</span>
        <h1 class="govuk-heading-xl">"Record the decision"</h1>
        <p class="govuk-body">
            "The decision is published at once and sent to everyone who took part and left an \
             email address. It can’t be changed afterwards."
        </p>
        <p class="govuk-body">
            <a class="govuk-link" id="themes" href=at("answer")>"Read the themes and their answers once more"</a>
        </p>
        {post_form(
            at("decide"),
            view! {
                {hidden(READ, state.get(READ))}
                {text_area(state, Field::new("decision", "The decision").hint("Who decided what, when, and where the minutes are. You can use Markdown.").rows(8))}
                {date_time(state, Field::new("equality", "When was the equality impact assessment finished?").hint("It has to be done before the decision (public sector equality duty, Equality Act 2010 section 149). For example, 27 3 2027."), false)}
                {parts::warning("This supports a lawful decision. It is not legal advice.")}
                {button(ButtonKind::Primary, "Record and publish the decision")}
            },
        )}
    }
    .into_any()
}
