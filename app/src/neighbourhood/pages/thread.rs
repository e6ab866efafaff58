//! Following a concern, and what everybody sees of a ward.

use domain::insight::disclosure::Shown;
use domain::neighbourhood::Happened;
use domain::neighbourhood::read::{AreaPanel, ConcernView, Event};
use leptos::prelude::*;

use crate::messages::level;
use crate::messages::neighbourhood as words;
use crate::paths;
use crate::ui::chart::{Bar, Caption, Count, bar_chart};
use crate::ui::dates;
use crate::ui::field::{Field, text_input};
use crate::ui::form::{ButtonKind, FormState, button, error_summary, link_button, post_form};
use crate::ui::parts::{self, SummaryRow};

/// Look up a concern by its code.
pub fn follow(state: &FormState) -> AnyView {
    view! {
        {error_summary(&state.errors)}
        {parts::heading("", "Concerns about places", "Raise one with the neighbourhood police team, or see what became of yours.")}
        {link_button(ButtonKind::Primary, "/concerns/new", "Raise a concern")}
        <h2 class="govuk-heading-m">"See what became of yours"</h2>
        {post_form(paths::CONCERN_LOOK_UP, view! {
            {text_input(state, Field::new("code", "The code on your receipt").hint("Four groups of four, like ABCD-EFGH-JKLM-NPQR.").width(20).autocomplete("off"))}
            {button(ButtonKind::Secondary, "Show me")}
        })}
    }
    .into_any()
}

/// What became of a concern, for its author.
pub fn thread(view: &ConcernView) -> AnyView {
    let rows = vec![
        SummaryRow::text("About", words::category(view.listed.category)),
        SummaryRow::text("Where", view.listed.place.clone()),
        SummaryRow::text("You wrote", view.what.clone()),
        SummaryRow::text("Sent", dates::long(view.listed.submitted)),
        SummaryRow::text("Who has it", words::with_whom(&view.listed.route)),
        SummaryRow::text("Status", words::status(view.listed.status)),
    ];
    view! {
        {parts::back_link(paths::CONCERN_LOOK_UP, "Back")}
        <h1 class="govuk-heading-xl">"Your concern"</h1>
        {parts::summary_list(rows)}
        <h2 class="govuk-heading-m">"What happened"</h2>
        {events(view)}
    }
    .into_any()
}

/// Events as a list, the latest last.
pub(super) fn events(view: &ConcernView) -> AnyView {
    let events: &[Event] = &view.events;
    if events.is_empty() {
        let text = if view.is_read {
            let due = dates::until(view.due);
            format!("Nothing yet. The team will reply by {due}.")
        } else {
            words::NOBODY_READS_NOW.to_owned()
        };
        return view! { <p class="govuk-body">{text}</p> }.into_any();
    }
    let items = events
        .iter()
        .map(|event| {
            let text = match &event.what {
                Happened::Routed(route) => words::with_whom(route),
                Happened::Status(status) => words::status(*status).to_owned(),
                Happened::Replied(reply) => format!("Reply: {reply}"),
            };
            view! {
                <li class="app-event">
                    <p class="govuk-body-s app-event__when">{dates::long(event.at)}</p>
                    <p class="govuk-body app-event__words">{text}</p>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="govuk-list app-events">{items}</ol> }.into_any()
}

/// Counts by category and *you said, we did* of a ward. Under its own heading of level 2.
pub fn area_panel(panel: &AreaPanel) -> AnyView {
    let chart = if panel
        .counts
        .iter()
        .any(|(_, shown)| *shown != Shown::Hidden)
    {
        let bars: Vec<Bar> = panel
            .counts
            .iter()
            .map(|(category, shown)| {
                let count = match shown {
                    Shown::Count(n) => Count::Known(*n),
                    Shown::Hidden => Count::Suppressed { below: 10 },
                };
                Bar::new(words::category(*category), count)
            })
            .collect();
        let known: Vec<(&str, u64)> = panel
            .counts
            .iter()
            .filter_map(|(category, shown)| Some((words::category(*category), shown.number()?)))
            .filter(|(_, count)| *count > 0)
            .collect();
        let sentence = match known.as_slice() {
            [] => "How many concerns were raised".to_owned(),
            _ => level::first("Most raised", &known, "about "),
        };
        let note = "Counts below 10 are hidden and others rounded to 5, so that nobody can be \
                    recognised";
        // Shares of what may be shown would be shares of nothing anybody knows.
        bar_chart(&Caption::new("concerns", sentence).base(note), 0, &bars)
    } else {
        view! {
            <p class="govuk-body">
                "There are no numbers to show yet. They appear here once 10 concerns of a kind have been \
                 raised, and are updated about once a month."
            </p>
        }
        .into_any()
    };
    let promises = if panel.promises.is_empty() {
        ().into_any()
    } else {
        let items = panel
            .promises
            .iter()
            .map(|promise| {
                view! {
                    <li class="app-theme">
                        <dl class="app-thread">
                            <dt class="app-thread__label">"You said"</dt>
                            <dd class="app-thread__words">{promise.saying.said.clone()}</dd>
                            <dt class="app-thread__label">"We did"</dt>
                            <dd class="app-thread__words">{promise.saying.done.clone()}</dd>
                        </dl>
                        <p class="govuk-body-s">{dates::date(promise.at)}</p>
                    </li>
                }
            })
            .collect_view();
        view! {
            <h3 class="govuk-heading-m">"You said, we did"</h3>
            <ul class="govuk-list">{items}</ul>
        }
        .into_any()
    };
    let teams = (!panel.teams.is_empty()).then(|| {
        view! { <p class="govuk-body">"Looked after by " {panel.teams.join(", ")} "."</p> }
    });
    view! {
        <section aria-labelledby="neighbourhood">
            <h2 class="govuk-heading-l" id="neighbourhood">"Neighbourhood concerns"</h2>
            {teams}
            {chart}
            {promises}
            {(!panel.teams.is_empty()).then(|| link_button(ButtonKind::Secondary, paths::raise(&panel.code), "Raise a concern about a place here"))}
        </section>
    }
    .into_any()
}

/// The panel as a page of its own.
pub fn area_page(panel: &AreaPanel) -> AnyView {
    view! {
        {parts::back_link(paths::area(&panel.code), format!("Back to {}", panel.name))}
        <h1 class="govuk-heading-xl">{panel.name.clone()}</h1>
        {area_panel(panel)}
    }
    .into_any()
}
