//! Where staff download the responses to a consultation.

use leptos::prelude::*;

use crate::paths;
use crate::ui::form::{ButtonKind, button_group, named_button, post_form};
use crate::ui::parts;

/// The page.
pub fn export(slug: &str, title: &str) -> AnyView {
    view! {
        {parts::back_link(paths::desk_consultation(slug, ""), "Back to the consultation")}
        <span class="govuk-caption-xl">{title.to_owned()}</span>
        <h1 class="govuk-heading-xl">"Download responses"</h1>
        <p class="govuk-body">
            "One row for each response: day, channel, ward, choices, and free text that has been \
             approved. Names and email addresses are never in the file, nor is text that is \
             waiting for a moderator or was rejected. The download is noted in the record."
        </p>
        {post_form(paths::desk_consultation(slug, "export"), view! {
            {button_group(view! {
                {named_button(ButtonKind::Primary, "format", "csv", "Download as CSV")}
                {named_button(ButtonKind::Secondary, "format", "json", "Download as JSON")}
            })}
        })}
        {parts::details("How formulas are kept from running", view! {
            <p class="govuk-body">
                "A cell that begins with =, +, -, @ or an apostrophe has an extra apostrophe in \
                 front of it, so that a spreadsheet shows it as text. Take it off to get what was \
                 written."
            </p>
        })}
    }
    .into_any()
}
