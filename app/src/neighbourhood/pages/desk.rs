//! The neighbourhood team's queue and one concern in it.

use domain::neighbourhood::read::{ConcernView, Listed, QueueView};
use domain::neighbourhood::{Ownership, ReplyClock, Status};
use leptos::prelude::*;

use super::thread::events;
use crate::messages::neighbourhood as words;
use crate::paths;
use crate::ui::choice::{Choice, radios};
use crate::ui::dates;
use crate::ui::field::{Field, select, text_area};
use crate::ui::form::{ButtonKind, FormState, button, error_summary, post_form};
use crate::ui::parts::{self, SummaryRow, Tone};
use crate::ui::table::{Column, pagination, table};

fn clock(listed: &Listed) -> AnyView {
    let tone = match listed.clock {
        ReplyClock::Overdue(_) => Tone::Urgent,
        ReplyClock::Left(hours) if hours < 24 => Tone::Waiting,
        ReplyClock::InTime => Tone::Done,
        _ => Tone::Neutral,
    };
    parts::tag(tone, words::clock(listed.clock))
}

/// The queue; `areas` are the wards of this officer, where they may say what was done.
pub fn queue(view: &QueueView, areas: &[(String, String)]) -> AnyView {
    let tab = |part: &str, label: String| {
        let current = (view.part == part).then_some("page");
        let href = format!("{}?part={part}", paths::CONCERNS);
        view! { <li><a class="govuk-link" href=href aria-current=current>{label}</a></li> }
    };
    let body = if view.items.is_empty() {
        parts::empty("Nothing here.", None)
    } else {
        let rows = view
            .items
            .iter()
            .map(|listed| {
                let href = format!("{}/{}", paths::CONCERNS, listed.id);
                vec![
                    view! { <a class="govuk-link" href=href>{words::category(listed.category)}</a> }
                        .into_any(),
                    listed.place.clone().into_any(),
                    listed.ward.clone().into_any(),
                    words::ownership(listed.ownership).into_any(),
                    words::status(listed.status).into_any(),
                    clock(listed),
                ]
            })
            .collect();
        let columns = [
            "Concern",
            "Where",
            "Ward",
            "Whose",
            "How far",
            "Reply clock",
        ];
        table(
            "Concerns, most urgent first",
            &columns.map(Column::text),
            rows,
        )
    };
    let areas = (!areas.is_empty()).then(|| {
        let items = areas
            .iter()
            .map(|(code, name)| {
                view! { <li><a class="govuk-link" href=format!("{}/areas/{code}", paths::CONCERNS)>{name.clone()}</a></li> }
            })
            .collect_view();
        parts::details("Say what was done in a ward", view! { <ul class="govuk-list">{items}</ul> })
    });
    view! {
        <h1 class="govuk-heading-xl">"Neighbourhood concerns"</h1>
        <p class="govuk-body-l">
            {format!("{} wait for a reply; {} of them are overdue.", view.waiting.0, view.waiting.1)}
        </p>
        <nav aria-label="Which concerns">
            <ul class="soundings-choices">
                {tab("waiting", format!("Waiting for a reply ({})", view.waiting.0))}
                {tab("answered", "Replied, still going on".to_owned())}
                {tab("closed", "Ended".to_owned())}
            </ul>
        </nav>
        {body}
        {pagination(&format!("{}?part={}", paths::CONCERNS, view.part), view.page, view.pages)}
        {areas}
    }
    .into_any()
}

/// One concern, with the form that answers it.
pub fn concern(view: &ConcernView, state: &FormState) -> AnyView {
    let id = view.listed.id.to_string();
    let mut rows = vec![
        SummaryRow::text("About", words::category(view.listed.category)),
        SummaryRow::text("Ward", view.listed.ward.clone()),
        SummaryRow::text("Where", view.listed.place.clone()),
        SummaryRow::text("What happens", view.what.clone()),
        SummaryRow::text("Sent", dates::long(view.listed.submitted)),
        SummaryRow::text("Reply due", dates::long(view.due)),
    ];
    rows.push(match &view.contact {
        Some((name, email)) => SummaryRow::text("May be contacted", format!("{name} {email}")),
        None => SummaryRow::text("May be contacted", "No"),
    });
    let ownerships: Vec<Choice> = Ownership::ALL
        .iter()
        .filter(|o| **o != Ownership::Open)
        .map(|o| Choice::new(o.code(), words::ownership(*o)))
        .collect();
    let statuses: Vec<(String, String)> = Status::ALL
        .iter()
        .map(|s| (s.code().to_owned(), words::status(*s).to_owned()))
        .collect();
    view! {
        {parts::back_link(paths::CONCERNS, "Back to the queue")}
        {error_summary(&state.errors)}
        <p>{clock(&view.listed)}</p>
        <h1 class="govuk-heading-xl">{words::category(view.listed.category)}</h1>
        {parts::summary_list(rows)}
        <h2 class="govuk-heading-m">"What happened so far"</h2>
        {events(&view.events, &dates::long(view.due))}
        <h2 class="govuk-heading-m">"Answer it"</h2>
        {post_form(format!("{}/{id}", paths::CONCERNS), view! {
            {radios(state, Field::new("ownership", "Whose is it?"), &ownerships)}
            {select(state, Field::new("status", "How far has it come?"), &statuses)}
            {text_area(state, Field::new("reply", "Reply to the person who raised it").hint("They read it with their code, and by e-mail if they left an address. The first reply stops the 72-hour clock.").rows(5).limit(3_000))}
            {button(ButtonKind::Primary, "Save and send the reply")}
        })}
    }
    .into_any()
}

/// *You said, we did* for a ward.
pub fn area_form(code: &str, name: &str, state: &FormState) -> AnyView {
    view! {
        {parts::back_link(paths::CONCERNS, "Back to the queue")}
        {error_summary(&state.errors)}
        <span class="govuk-caption-xl">{name.to_owned()}</span>
        <h1 class="govuk-heading-xl">"Say what was done"</h1>
        {post_form(format!("{}/areas/{code}", paths::CONCERNS), view! {
            {text_area(state, Field::new("said", "You said").hint("What people in this ward told you. Name nobody.").rows(3).limit(1_000))}
            {text_area(state, Field::new("done", "We did").rows(3).limit(1_000))}
            {button(ButtonKind::Primary, "Publish")}
        })}
    }
    .into_any()
}
