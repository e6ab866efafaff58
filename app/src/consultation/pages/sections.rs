//! The sections of a draft that are one form, a page each.

use domain::consultation::read::ConsultationDetail;
use leptos::prelude::*;

use crate::paths;
use crate::ui::choice::{Choice, checkboxes, date_time};
use crate::ui::field::{Field, select, text_area, text_input};
use crate::ui::form::{ButtonKind, FormState, button, error_summary, post_form};
use crate::ui::parts;

/// The frame of every section.
pub(super) fn section(
    view: &ConsultationDetail,
    state: &FormState,
    heading: &'static str,
    inside: impl IntoView + 'static,
) -> AnyView {
    view! {
        {parts::back_link(paths::desk_consultation(&view.listed.slug, ""), "Back to the draft")}
        {error_summary(&state.errors)}
        <span class="govuk-caption-xl">{view.listed.title.clone()}</span>
        <h1 class="govuk-heading-xl">{heading}</h1>
        {inside.into_any()}
    }
    .into_any()
}

fn save(view: &ConsultationDetail, part: &str, fields: impl IntoView + 'static) -> AnyView {
    post_form(
        paths::desk_consultation(&view.listed.slug, part),
        view! { {fields.into_any()} {button(ButtonKind::Primary, "Save")} },
    )
}

/// What it is about.
pub fn about(view: &ConsultationDetail, state: &FormState) -> AnyView {
    let fields = view! {
        {text_input(state, Field::new("title", "Title"))}
        {text_area(state, Field::new("summary", "Summary").hint("One or two sentences. People see them in lists of consultations.").rows(3).limit(400))}
        {text_input(state, Field::new("topic", "Topic").hint("For example: Housing, Streets, Parks.").width(20))}
        {text_area(state, Field::new("body", "The text").hint("Markdown: # for headings, - for lists, [words](https://address) for links.").rows(20))}
    };
    section(view, state, "What it is about", save(view, "about", fields))
}

/// What can change.
pub fn scope(view: &ConsultationDetail, state: &FormState) -> AnyView {
    let fields = view! {
        {text_area(state, Field::new("open", "What is open?").hint("What people can still change."))}
        {text_area(state, Field::new("limited", "What is limited?").hint("What they can change within limits, and the limits."))}
        {text_area(state, Field::new("fixed", "What is fixed?").hint("What has already been decided, and who decided it."))}
        {text_area(state, Field::new("reason", "Why?").hint("Why some of it is limited or fixed. Be honest about the money."))}
    };
    section(
        view,
        state,
        "What can change, and why",
        save(view, "scope", fields),
    )
}

/// Opening, closing, the rule.
pub fn dates(
    view: &ConsultationDetail,
    state: &FormState,
    regimes: &[(String, String)],
) -> AnyView {
    let minimum = match view.regime.2 {
        0 => format!(
            "{} sets no minimum time. Source: {}.",
            view.regime.1, view.regime.3
        ),
        days => format!(
            "{} asks for at least {days} days. Source: {}.",
            view.regime.1, view.regime.3
        ),
    };
    let fields = view! {
        {select(state, Field::new("regime", "Which rule is it held under?"), regimes)}
        {parts::inset(minimum)}
        {date_time(state, Field::new("opens", "When does it open?").hint("UK time, for example 1 3 2027 at 09:00."), true)}
        {date_time(state, Field::new("closes", "When does it close?").hint("UK time, for example 31 3 2027 at 23:59."), true)}
        {text_area(state, Field::new("closing_reason", "Why that date?").hint("People see this beside the date.").rows(2))}
    };
    section(
        view,
        state,
        "Opening, closing and the rule",
        save(view, "dates", fields),
    )
}

/// Whom to ask.
pub fn contact(view: &ConsultationDetail, state: &FormState) -> AnyView {
    let fields = view! {
        {text_input(state, Field::new("contact_name", "Name or team"))}
        {text_input(state, Field::new("contact_email", "Email address").kind("email"))}
    };
    section(view, state, "Who to contact", save(view, "contact", fields))
}

/// Where, and with which teams.
pub fn areas(
    view: &ConsultationDetail,
    state: &FormState,
    areas: &[(String, String)],
    teams: &[(String, String)],
) -> AnyView {
    let choices = |list: &[(String, String)]| -> Vec<Choice> {
        list.iter()
            .map(|(value, text)| Choice::new(value.clone(), text.clone()))
            .collect()
    };
    let fields = view! {
        {checkboxes(state, Field::new("areas", "Which wards is it about?").hint("For the whole borough, choose them all."), &choices(areas))}
        {checkboxes(state, Field::new("partners", "Which other teams share it?").hint("They can draft, watch, moderate and answer as your own team can."), &choices(teams))}
    };
    section(
        view,
        state,
        "Where, and with which teams",
        save(view, "areas", fields),
    )
}
