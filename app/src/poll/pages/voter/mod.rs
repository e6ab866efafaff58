//! What a voter sees: the poll, how to get a ballot paper, the paper, the receipt, the check.

mod entry;
mod paper;
mod poll;
mod receipt;

pub use entry::{ask_code, entry, link, sent};
pub use paper::{check_ballot, paper};
pub use poll::{not_now, poll};
pub use receipt::{CheckedBallot, check, receipt};

use domain::poll::read::PollView;
use leptos::prelude::*;

use crate::paths;
use crate::ui::parts;

/// The way back and what the vote is, above a page's own heading.
fn top(view: &PollView, heading: impl Into<String>) -> AnyView {
    view! {
        {parts::back_link(paths::poll(&view.slug, view.poll.number), "Back to the vote")}
        <span class="govuk-caption-xl">{view.poll.question.clone()}</span>
        <h1 class="govuk-heading-xl">{heading.into()}</h1>
    }
    .into_any()
}

fn part(view: &PollView, name: &str) -> String {
    paths::poll_part(&view.slug, view.poll.number, name)
}

/// The names of the wards a poll is restricted to: “A, B and C”.
pub fn wards(view: &PollView) -> String {
    let domain::poll::Electorate::Ward { areas } = &view.poll.electorate else {
        return String::new();
    };
    let names: Vec<String> = view
        .areas
        .iter()
        .filter(|(id, _)| areas.iter().any(|area| area.0 == *id))
        .map(|(_, name)| name.clone())
        .collect();
    crate::messages::poll::result::listed(&names)
}

/// What goes with an option’s name: what it costs and where it is.
fn facts(view: &PollView, one: &domain::poll::PollOption) -> String {
    let area = one.area.and_then(|id| {
        let found = view.areas.iter().find(|(known, _)| *known == id.0);
        found.map(|(_, name)| name.clone())
    });
    one.cost
        .map(crate::messages::poll::result::pounds)
        .into_iter()
        .chain(area)
        .collect::<Vec<_>>()
        .join(" · ")
}
