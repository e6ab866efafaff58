//! The sections of a draft that are one form, a page each.

use leptos::prelude::*;

use super::frame::{SectionPage, framed};
use crate::paths;
use crate::ui::choice::{Choice, checkboxes, date_time};
use crate::ui::conflict::version_field;
use crate::ui::field::{Field, select, text_area, text_input};
use crate::ui::form::{ButtonKind, button, post_form};
use crate::ui::parts;

fn save(page: SectionPage<'_>, fields: impl IntoView + 'static) -> AnyView {
    let slug = &page.view.detail.listed.slug;
    post_form(
        paths::desk_consultation(slug, page.view.section.code()),
        view! {
            {version_field(page.state)}
            {fields.into_any()}
            {button(ButtonKind::Primary, "Save")}
        },
    )
}

pub(super) fn about(page: SectionPage<'_>) -> AnyView {
    let state = page.state;
    let fields = view! {
        {text_input(state, Field::new("title", "Title"))}
        {text_area(state, Field::new("summary", "Summary").hint("One or two sentences. People see them in lists of consultations.").rows(3).limit(400))}
        {text_input(state, Field::new("topic", "Topic").hint("For example: Housing, Streets, Parks.").width(20))}
        {text_area(state, Field::new("body", "The text").hint("Markdown: # for headings, - for lists, [words](https://address) for links.").rows(20))}
    };
    framed(page, "What it is about", save(page, fields))
}

pub(super) fn scope(page: SectionPage<'_>) -> AnyView {
    let state = page.state;
    let fields = view! {
        {text_area(state, Field::new("open", "What is open?").hint("What people can still change."))}
        {text_area(state, Field::new("limited", "What is limited?").hint("What they can change within limits, and the limits."))}
        {text_area(state, Field::new("fixed", "What is fixed?").hint("What has already been decided, and who decided it."))}
        {text_area(state, Field::new("reason", "Why?").hint("Why some of it is limited or fixed. Be honest about the money."))}
    };
    framed(page, "What can change, and why", save(page, fields))
}

pub(super) fn dates(page: SectionPage<'_>) -> AnyView {
    let (state, regime) = (page.state, &page.view.detail.regime);
    let regimes = page.view.choices.regimes.as_slice();
    let minimum = match regime.minimum_days {
        0 => format!(
            "{} sets no minimum time. Source: {}.",
            regime.name, regime.source
        ),
        days => format!(
            "{} asks for at least {days} days. Source: {}.",
            regime.name, regime.source
        ),
    };
    let fields = view! {
        {select(state, Field::new("regime", "Which rule is it held under?"), regimes)}
        {parts::inset(minimum)}
        {date_time(state, Field::new("opens", "When does it open?").hint("UK time, for example 1 3 2027 at 09:00."), true)}
        {date_time(state, Field::new("closes", "When does it close?").hint("UK time, for example 31 3 2027 at 23:59."), true)}
        {text_area(state, Field::new("closing_reason", "Why that date?").hint("People see this beside the date.").rows(2))}
    };
    framed(page, "Opening, closing and the rule", save(page, fields))
}

pub(super) fn contact(page: SectionPage<'_>) -> AnyView {
    let state = page.state;
    let fields = view! {
        {text_input(state, Field::new("contact_name", "Name or team"))}
        {text_input(state, Field::new("contact_email", "Email address").kind("email"))}
    };
    framed(page, "Who to contact", save(page, fields))
}

pub(super) fn places(page: SectionPage<'_>) -> AnyView {
    let (state, offered) = (page.state, &page.view.choices);
    let choices = |list: &[(String, String)]| -> Vec<Choice> {
        list.iter()
            .map(|(value, text)| Choice::new(value.clone(), text.clone()))
            .collect()
    };
    let fields = view! {
        {checkboxes(state, Field::new("areas", "Which wards is it about?").hint("For the whole borough, choose them all."), &choices(&offered.wards))}
        {checkboxes(state, Field::new("partners", "Which other teams share it?").hint("They can draft, watch, moderate and answer as your own team can."), &choices(&offered.teams))}
    };
    framed(page, "Where, and with which teams", save(page, fields))
}
