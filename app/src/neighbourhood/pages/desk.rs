//! The neighbourhood team's queue and one concern in it.

use domain::council::Area;
use domain::edit::Changed;
use domain::neighbourhood::read::{ConcernView, Listed, Part, QueueFilter, QueueView};
use domain::neighbourhood::{
    Happened, MOST_OF_A_SAYING, MOST_REPLY, Ownership, ReplyClock, Route, Status,
};
use leptos::prelude::*;

use super::thread::events;
use crate::messages::neighbourhood as words;
use crate::paths;
use crate::ui::choice::{Choice, radios};
use crate::ui::conflict::{key_field, theirs, version_field, with_version};
use crate::ui::dates;
use crate::ui::field::{Field, select, text_area};
use crate::ui::form::{ButtonKind, FormState, button, error_summary, hidden, post_form};
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

/// The address of a part of the queue, without its page.
fn address(filter: &QueueFilter) -> String {
    let mut address = format!("{}?part={}", paths::CONCERNS, filter.part.code());
    if let Some(ownership) = filter.ownership {
        address.push_str("&ownership=");
        address.push_str(ownership.code());
    }
    if let Some(status) = filter.status {
        address.push_str("&status=");
        address.push_str(status.code());
    }
    address
}

fn tabs(view: &QueueView) -> AnyView {
    let tabs = Part::ALL
        .into_iter()
        .map(|part| {
            let current = (view.filter.part == part).then_some("page");
            let href = format!("{}?part={}", paths::CONCERNS, part.code());
            let label = match part {
                Part::Waiting => format!("{} ({})", words::part(part), view.waiting),
                _ => words::part(part).to_owned(),
            };
            view! { <li><a class="govuk-link" href=href aria-current=current>{label}</a></li> }
        })
        .collect_view();
    view! {
        <nav aria-label="Which concerns"><ul class="soundings-choices">{tabs}</ul></nav>
    }
    .into_any()
}

fn filters(filter: &QueueFilter) -> AnyView {
    let state = FormState::new()
        .with("ownership", filter.ownership.map_or("", Ownership::code))
        .with("status", filter.status.map_or("", Status::code));
    let any = |label: &str| vec![(String::new(), label.to_owned())];
    let mut ownerships = any("Anyone");
    ownerships.extend(
        Ownership::ALL
            .iter()
            .map(|o| (o.code().to_owned(), words::ownership(*o).to_owned())),
    );
    let mut statuses = any("Any status");
    statuses.extend(
        filter
            .part
            .statuses()
            .iter()
            .map(|s| (s.code().to_owned(), words::status(*s).to_owned())),
    );
    view! {
        <form method="get" action=paths::CONCERNS role="search" aria-label="Concerns" class="app-filters">
            {hidden("part", filter.part.code())}
            {select(&state, Field::new("ownership", "Responsible"), &ownerships)}
            {select(&state, Field::new("status", "Status"), &statuses)}
            {button(ButtonKind::Secondary, "Show")}
        </form>
    }
    .into_any()
}

fn whose(route: &Route) -> String {
    match route.sent_to.as_str() {
        "" => words::ownership(route.ownership).to_owned(),
        sent_to => format!("{}: {sent_to}", words::ownership(route.ownership)),
    }
}

fn row(listed: &Listed) -> Vec<AnyView> {
    let href = format!("{}/{}", paths::CONCERNS, listed.id);
    vec![
        view! { <a class="govuk-link" href=href>{words::category(listed.category)}</a> }.into_any(),
        clock(listed),
        listed.place.clone().into_any(),
        listed.ward.clone().into_any(),
        whose(&listed.route).into_any(),
        words::status(listed.status).into_any(),
    ]
}

/// The queue; `areas` are the wards of this officer, where they may say what was done.
pub fn queue(view: &QueueView, areas: &[Area]) -> AnyView {
    let filter = &view.filter;
    let body = if view.items.is_empty() {
        let all = (filter.ownership.is_some() || filter.status.is_some()).then(|| {
            let part = QueueFilter {
                part: filter.part,
                ..QueueFilter::default()
            };
            (address(&part), "Show all of these".to_owned())
        });
        parts::empty("No concerns here.", all)
    } else {
        let columns = [
            "Concern",
            "Reply clock",
            "Where",
            "Ward",
            "Responsible",
            "Status",
        ];
        let order = match filter.part {
            Part::Ended => "latest first",
            Part::Waiting | Part::Answered => "most urgent first",
        };
        let caption = match view.total {
            1 => "1 concern".to_owned(),
            n => format!("{n} concerns, {order}"),
        };
        let rows = view.items.iter().map(row).collect();
        table(caption, &columns.map(Column::text), rows)
    };
    let areas = (!areas.is_empty()).then(|| {
        let items = areas
            .iter()
            .map(|area| {
                let href = format!("{}/areas/{}", paths::CONCERNS, area.code);
                view! { <li><a class="govuk-link" href=href>{area.name.clone()}</a></li> }
            })
            .collect_view();
        parts::details(
            "Say what was done in a ward",
            view! { <ul class="govuk-list">{items}</ul> },
        )
    });
    view! {
        <h1 class="govuk-heading-xl">"Neighbourhood concerns"</h1>
        <p class="govuk-body-l">{waiting(view.waiting, view.overdue)}</p>
        {tabs(view)}
        {filters(filter)}
        {body}
        {pagination(&address(filter), filter.page, view.pages)}
        {areas}
    }
    .into_any()
}

fn waiting(waiting: u64, overdue: u64) -> String {
    let first = match waiting {
        0 => return "None is waiting for a reply.".to_owned(),
        1 => "1 is waiting for a reply".to_owned(),
        n => format!("{n} are waiting for a reply"),
    };
    match overdue {
        0 => format!("{first}; none is overdue."),
        1 => format!("{first}; 1 is overdue."),
        n => format!("{first}; {n} are overdue."),
    }
}

/// The form that answers a concern, as it stands.
pub fn answer_state(view: &ConcernView) -> FormState {
    let state = FormState::new()
        .with("ownership", view.listed.route.ownership.code())
        .with("sent_to", &view.listed.route.sent_to)
        .with("status", view.listed.status.code());
    with_version(state, view.version)
}

/// What a colleague saved, beside what this person typed.
fn both(view: &ConcernView, changed: &Changed) -> AnyView {
    let mut saved = vec![
        ("Who is responsible?".to_owned(), whose(&view.listed.route)),
        (
            "What is its status?".to_owned(),
            words::status(view.listed.status).to_owned(),
        ),
    ];
    let reply = view
        .events
        .iter()
        .rev()
        .find_map(|event| match &event.what {
            Happened::Replied(words) => Some(words.clone()),
            Happened::Routed(_) | Happened::Status(_) => None,
        });
    saved.extend(reply.map(|words| ("The last reply".to_owned(), words)));
    theirs(changed, saved)
}

/// One concern, with the form that answers it. `changed` where a colleague answered it since this
/// person saw it.
pub fn concern(view: &ConcernView, state: &FormState, changed: Option<&Changed>) -> AnyView {
    let id = view.listed.id.to_string();
    let mut rows = vec![
        SummaryRow::text("Ward", view.listed.ward.clone()),
        SummaryRow::text("Where", view.listed.place.clone()),
        SummaryRow::text("What happens", view.what.clone()),
        SummaryRow::text("Sent", dates::long(view.listed.submitted)),
        SummaryRow::text("Reply due", dates::until(view.due)),
        SummaryRow::text("Responsible", words::with_whom(&view.listed.route)),
    ];
    let contact = match (&view.contact, view.may_contact) {
        (Some(contact), _) if contact.name.is_empty() => contact.email.clone(),
        (Some(contact), _) => format!("{}, {}", contact.name, contact.email),
        (None, true) => "Yes, by the neighbourhood police team, with a reply here".to_owned(),
        (None, false) => "No".to_owned(),
    };
    rows.push(SummaryRow::text("May be contacted", contact));
    let ownerships: Vec<Choice> = Ownership::ALL
        .iter()
        .filter(|o| **o != Ownership::Open)
        .map(|o| match o {
            Ownership::Another => Choice::new(o.code(), words::ownership(*o)).other(
                "sent_to",
                "Where did you send it? The person who raised it reads this",
            ),
            _ => Choice::new(o.code(), words::ownership(*o)),
        })
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
        {events(view)}
        {changed.map(|changed| both(view, changed))}
        <h2 class="govuk-heading-m">"Answer it"</h2>
        {post_form(format!("{}/{id}", paths::CONCERNS), view! {
            {key_field(state)}
            {version_field(state)}
            {radios(state, Field::new("ownership", "Who is responsible?"), &ownerships)}
            {select(state, Field::new("status", "What is its status?"), &statuses)}
            {text_area(state, Field::new("reply", "Reply to the person who raised it").hint("They read it with their code, and by email if they left an address. The first reply stops the 72-hour clock.").rows(5).limit(MOST_REPLY))}
            {button(ButtonKind::Primary, "Save and send the reply")}
        })}
    }
    .into_any()
}

/// *You said, we did* for a ward.
pub fn area_form(area: &Area, state: &FormState) -> AnyView {
    view! {
        {parts::back_link(paths::CONCERNS, "Back to the queue")}
        {error_summary(&state.errors)}
        <span class="govuk-caption-xl">{area.name.clone()}</span>
        <h1 class="govuk-heading-xl">"Say what was done"</h1>
        {post_form(format!("{}/areas/{}", paths::CONCERNS, area.code), view! {
            {key_field(state)}
            {text_area(state, Field::new("said", "You said").hint("What people in this ward told you. Do not name anyone.").rows(3).limit(MOST_OF_A_SAYING))}
            {text_area(state, Field::new("done", "We did").rows(3).limit(MOST_OF_A_SAYING))}
            {button(ButtonKind::Primary, "Publish")}
        })}
    }
    .into_any()
}
