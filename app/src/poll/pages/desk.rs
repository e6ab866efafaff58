//! The desk of polls: the list, a new one, one poll with what is missing and the next step.

use domain::edit::Changed;
use domain::poll::read::{DeskPoll, DeskPollLine, DeskPolls};
use domain::poll::{Electorate, Poll};
use leptos::prelude::*;

use super::desk_sections::weak_and_binding;
use super::result::turnout;
use crate::messages::poll::{desk as words, result as said};
use crate::paths;
use crate::ui::choice::{Choice, checkbox, radios};
use crate::ui::conflict::{self, READ, key_field};
use crate::ui::field::{Field, text_input};
use crate::ui::form::{
    ButtonKind, FormState, button, button_group, error_summary, hidden, link_button, post_form,
};
use crate::ui::parts::{self, SummaryRow, Tone};
use crate::ui::progress::{Task, task_list};
use crate::ui::table::{Column, table};

/// Where the polls of a consultation are kept.
pub fn desk_polls(slug: &str) -> String {
    paths::desk_consultation(slug, "polls")
}

/// The polls of a consultation.
pub fn polls(view: &DeskPolls) -> AnyView {
    let slug = &view.slug;
    let body = if !view.regime.voting_allowed && view.polls.is_empty() {
        no_votes(&view.regime.name)
    } else {
        let add = (view.editable && view.regime.voting_allowed).then(|| {
            let href = format!("{}/new", desk_polls(slug));
            link_button(ButtonKind::Primary, href, "Add a poll")
        });
        let read_only = (!view.editable).then(|| {
            parts::inset(
                "Polls can be changed while the consultation is a draft. It is \
                no longer one, so what people vote on stays as it is.",
            )
        });
        let list = if view.polls.is_empty() {
            parts::empty(
                "No polls yet. A poll puts a question to a vote: a ranking, an approval, points, \
                 or a budget.",
                None,
            )
        } else {
            listed(view)
        };
        view! { {read_only}{list}{add} }.into_any()
    };
    view! {
        {parts::back_link(paths::desk_consultation(slug, ""), "Back to the consultation")}
        <span class="govuk-caption-xl">{view.title.clone()}</span>
        <h1 class="govuk-heading-xl">"Polls"</h1>
        {body}
    }
    .into_any()
}

/// Why there is no vote under this regime.
fn no_votes(regime: &str) -> AnyView {
    let text = format!(
        "This consultation is held as “{regime}”, which does not allow a vote: it is decided on \
         reasons, not numbers. Ask questions instead, and people can say why they support or \
         object."
    );
    parts::inset(text)
}

fn listed(view: &DeskPolls) -> AnyView {
    let rows = view
        .polls
        .iter()
        .map(|line| {
            let DeskPollLine {
                poll,
                faults,
                turnout,
                published,
            } = line;
            let href = paths::desk_poll(&view.slug, poll.number, "");
            let state = if *published {
                parts::tag(Tone::Done, "Published")
            } else if view.closed {
                parts::tag(Tone::Urgent, "To be counted")
            } else if !faults.is_empty() {
                parts::tag(Tone::Waiting, "Needs work")
            } else if view.editable {
                parts::tag(Tone::Done, "Ready")
            } else {
                parts::tag(Tone::Live, "Set up")
            };
            vec![
                view! { <a class="govuk-link" href=href>{poll.name()}</a> }.into_any(),
                words::kind(&poll.method).into_any(),
                words::electorate(&poll.electorate).into_any(),
                (turnout.online + turnout.paper).to_string().into_any(),
                state,
            ]
        })
        .collect();
    let columns = [
        Column::text("Question"),
        Column::text("Kind"),
        Column::text("Who may vote"),
        Column::number("Ballots"),
        Column::text("State"),
    ];
    table("Polls of this consultation", &columns, rows)
}

/// A new poll: its question and its kind, nothing else yet.
pub fn new_poll(slug: &str, title: &str, state: &FormState) -> AnyView {
    let kinds: Vec<Choice> = words::KINDS
        .into_iter()
        .map(|(code, name, hint)| Choice::new(code, name).hint(hint))
        .collect();
    view! {
        {parts::back_link(desk_polls(slug), "Back to the polls")}
        {error_summary(&state.errors)}
        <span class="govuk-caption-xl">{title.to_owned()}</span>
        <h1 class="govuk-heading-xl">"Add a poll"</h1>
        {post_form(
            format!("{}/new", desk_polls(slug)),
            view! {
                {key_field(state)}
                {text_input(state, Field::new("question", "What do you ask?").hint("One question that the options answer. For example: Which crossing should we build first?"))}
                {radios(state, Field::new("kind", "How do people vote?").large(), &kinds)}
                {button(ButtonKind::Primary, "Go on to its settings")}
            },
        )}
    }
    .into_any()
}

/// One poll: what is set, what is missing, what can be done now.
pub fn poll(view: &DeskPoll) -> AnyView {
    let (slug, poll) = (&view.view.slug, &view.view.poll);
    let next = if view.may.edit {
        remove_link(slug, poll)
    } else {
        after_draft(view)
    };
    view! {
        {parts::back_link(desk_polls(slug), "All polls of this consultation")}
        <span class="govuk-caption-xl">{view.view.title.clone()}</span>
        <h1 class="govuk-heading-xl">{poll.name()}</h1>
        {missing(view)}
        {weak_and_binding(poll, view.may.edit)}
        {sections(view)}
        {next}
        {papers(view)}
    }
    .into_any()
}

fn missing(view: &DeskPoll) -> AnyView {
    if view.faults.is_empty() || !view.may.edit {
        return ().into_any();
    }
    let (slug, number) = (view.view.slug.clone(), view.view.poll.number);
    let items = view
        .faults
        .iter()
        .map(|fault| {
            let (section, text) = words::fault(*fault);
            if section.is_empty() {
                view! { <li>{text}</li> }.into_any()
            } else {
                let href = paths::desk_poll(&slug, number, section);
                view! { <li><a class="govuk-link" href=href>{text}</a></li> }.into_any()
            }
        })
        .collect_view();
    parts::inset(view! {
        <p class="govuk-body"><strong>"Before the consultation can be sent for review:"</strong></p>
        <ul class="govuk-list govuk-list--bullet">{items}</ul>
    })
}

/// What each section says, with a link where it may be changed.
fn sections(view: &DeskPoll) -> AnyView {
    let poll = &view.view.poll;
    let at = |part: &str| paths::desk_poll(&view.view.slug, poll.number, part);
    let needs = |section: &str| {
        view.faults
            .iter()
            .any(|fault| words::fault(*fault).0 == section)
    };
    let (_, things) = words::things(&poll.method);
    let (weight, _) = said::weight(poll.binding);
    let mut tasks = vec![
        ("question", "The question".to_owned(), poll.name()),
        (
            "rule",
            format!(
                "{}: how it is marked and counted",
                words::kind(&poll.method)
            ),
            said::capital(&words::settings(&poll.method)),
        ),
        (
            "options",
            format!("The {things}"),
            format!("{} on the ballot paper", poll.options.len()),
        ),
        (
            "electorate",
            "Who may vote".to_owned(),
            words::electorate(&poll.electorate).to_owned(),
        ),
        (
            "weight",
            "What the result is worth, and when it is seen".to_owned(),
            weight.to_owned(),
        ),
    ];
    if poll.electorate == Electorate::Register {
        let electors = view.turnout.electors.unwrap_or(0);
        tasks.push((
            "register",
            "The register and the letters".to_owned(),
            format!("{electors} people on it"),
        ));
    }
    let tasks: Vec<Task> = tasks
        .into_iter()
        .map(|(part, title, hint)| {
            let (tone, state) = match (needs(part), view.may.edit) {
                (true, _) => (Tone::Waiting, "Needed"),
                (false, true) => (Tone::Done, "Ready"),
                (false, false) => (Tone::Neutral, "Fixed"),
            };
            let open = view.may.edit || (part == "register" && view.may.register);
            Task {
                href: open.then(|| at(part)),
                title,
                hint,
                tone,
                state: state.to_owned(),
            }
        })
        .collect();
    let fixed = (!view.may.edit).then(|| {
        parts::inset("The consultation is no longer a draft, so the poll stays as it is: everybody votes on the same paper.")
    });
    view! { {fixed}{task_list(&tasks)} }.into_any()
}

fn remove_link(slug: &str, poll: &Poll) -> AnyView {
    let href = paths::desk_poll(slug, poll.number, "remove");
    view! { <p class="govuk-body"><a class="govuk-link" href=href>"Remove this poll"</a></p> }
        .into_any()
}

/// What can be printed at any time.
fn papers(view: &DeskPoll) -> AnyView {
    let poll = &view.view.poll;
    if poll.options.len() < 2 {
        return ().into_any();
    }
    let at = |part: &str| paths::desk_poll(&view.view.slug, poll.number, part);
    view! {
        <h2 class="govuk-heading-m">"On paper"</h2>
        <ul class="govuk-list govuk-list--bullet">
            <li><a class="govuk-link" href=at("ballot-paper")>"Print the ballot paper"</a></li>
            <li><a class="govuk-link" href=at("ballot-paper?large=yes")>"Print the ballot paper in large print"</a></li>
            {view.may.key.then(|| view! {
                <li><a class="govuk-link" href=at("paper-votes")>"Key a ballot that came on paper"</a></li>
            })}
        </ul>
    }
    .into_any()
}

/// Turnout, and counting once it has closed.
fn after_draft(view: &DeskPoll) -> AnyView {
    let poll = &view.view.poll;
    let (slug, number) = (&view.view.slug, poll.number);
    let result = paths::poll_part(slug, number, "result");
    let mut rows = vec![SummaryRow::text("Who voted", turnout(&view.turnout))];
    if let Some(electors) = view.turnout.electors {
        rows.push(SummaryRow::text(
            "Ballot papers issued",
            format!("{} of {electors}", view.issued),
        ));
    }
    let step = if let Some(published) = &view.published {
        rows.push(SummaryRow::text("Published", published.at.clone()));
        rows.push(SummaryRow::view(
            "SHA-256 of the list",
            view! { <code class="app-hash">{published.hash.clone()}</code> },
        ));
        link_button(ButtonKind::Primary, result, "See the result")
    } else if view.may.publish {
        let href = paths::desk_poll(slug, number, "publish");
        link_button(ButtonKind::Primary, href, "Count and publish")
    } else if view.view.closed {
        parts::inset("An officer of the consultation’s teams counts and publishes it.")
    } else if view.view.open {
        parts::inset(format!(
            "Sealed until {}. Until then nobody sees a result, not even you.",
            view.view.closes
        ))
    } else {
        parts::inset(format!("Voting opens {}.", view.view.opens))
    };
    view! {
        <h2 class="govuk-heading-m">"Turnout"</h2>
        {parts::summary_list(rows)}
        {step}
    }
    .into_any()
}

/// Asks before a poll is taken away; `changed` says who changed it since the question was first asked.
pub fn remove(view: &DeskPoll, changed: Option<&Changed>) -> AnyView {
    let (slug, poll) = (&view.view.slug, &view.view.poll);
    let back = paths::desk_poll(slug, poll.number, "");
    let state = changed
        .map(|changed| conflict::not_removed(FormState::new(), changed))
        .unwrap_or_default();
    let read = view.read.as_str().to_owned();
    let register = (view.turnout.electors.unwrap_or(0) > 0).then(|| {
        parts::warning("Its register goes too, and the letters made for it stop working.")
    });
    view! {
        {parts::back_link(back.clone(), "Back to the poll")}
        {error_summary(&state.errors)}
        <h1 class="govuk-heading-xl">"Remove this poll?"</h1>
        <p class="govuk-body-l">{poll.name()}</p>
        <p class="govuk-body">"Its question, its settings and everything on its ballot paper are taken away. This can’t be undone."</p>
        {register}
        {post_form(
            paths::desk_poll(slug, poll.number, "remove"),
            button_group(view! {
                {hidden(READ, read)}
                {button(ButtonKind::Warning, "Remove it")}
                <a class="govuk-link" href=back>"Keep it"</a>
            }),
        )}
    }
    .into_any()
}

/// Asks before ballots are counted and published.
pub fn publish(view: &DeskPoll, state: &FormState) -> AnyView {
    let (slug, poll) = (&view.view.slug, &view.view.poll);
    let back = paths::desk_poll(slug, poll.number, "");
    let aside = match view.turnout.set_aside {
        0 => None,
        n => Some(parts::inset(format!(
            "{n} ballots are set aside, because they look as if one person sent many. The list holds \
             them, marked, and the page shows the result with and without them."
        ))),
    };
    view! {
        {parts::back_link(back, "Back to the poll")}
        {error_summary(&state.errors)}
        <span class="govuk-caption-xl">{poll.name()}</span>
        <h1 class="govuk-heading-xl">"Count and publish"</h1>
        {parts::summary_list(vec![SummaryRow::text("Who voted", turnout(&view.turnout))])}
        {aside}
        <p class="govuk-body">"Have all paper ballots been keyed? After this no ballot can be added or changed."</p>
        <ul class="govuk-list govuk-list--bullet">
            <li>"The list of all ballots is published, without names, codes, times or order."</li>
            <li>"Its fingerprint goes into the audit record, so that nobody can change it unseen."</li>
            <li>"The result with its whole working is shown to everybody."</li>
        </ul>
        {post_form(
            paths::desk_poll(slug, poll.number, "publish"),
            view! {
                {checkbox(state, Field::new("confirm", "Every ballot is in"), "yes")}
                {button(ButtonKind::Primary, "Count and publish")}
            },
        )}
    }
    .into_any()
}
