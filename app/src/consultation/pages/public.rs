//! A consultation as everybody reads it.

use domain::consultation::Stage;
use domain::consultation::read::{ConsultationDetail, ContactView};
use leptos::prelude::*;

use super::around::{self, Around};
use super::stage::tag_of;
use crate::paths;
use crate::ui::form::{ButtonKind, link_button};
use crate::ui::parts::{self, SummaryRow};
use crate::ui::{chart::number_text, dates, markdown};

/// The page.
pub fn consultation(view: ConsultationDetail, around: &Around) -> AnyView {
    let head = head(&view, next_step(&view));
    let mut rows = facts(&view);
    rows.extend(around::fact(&view, around));
    let reading = view! { {reading(&view)} {around::ending(&view, around)} };
    view! {
        {parts::back_link(paths::HUB, "All consultations")}
        {parts::page_with_facts(head, parts::summary_list(rows), reading)}
    }
    .into_any()
}

/// The same for its teams before it is public.
pub fn preview(view: ConsultationDetail) -> AnyView {
    let back = paths::desk_consultation(&view.listed.slug, "");
    let note = parts::inset(match view.listed.stage {
        Stage::Withdrawn => "This was withdrawn. Only your teams can see it.",
        _ => "This is a draft, as people will see it. Only your teams can see it now.",
    });
    let head = head(&view, note);
    view! {
        {parts::back_link(back, "Back to the draft")}
        {parts::page_with_facts(head, parts::summary_list(facts(&view)), reading(&view))}
    }
    .into_any()
}

fn head(view: &ConsultationDetail, next: AnyView) -> AnyView {
    let (word, tone) = tag_of(&view.listed);
    let invented = view
        .invented
        .then(|| parts::inset("This consultation is invented, to show how Soundings works."));
    view! {
        <h1 class="govuk-heading-xl app-titled">{view.listed.title.clone()}</h1>
        <p class="app-stage">{parts::tag(tone, word)}</p>
        <p class="govuk-body-l app-lead">{view.listed.summary.clone()}</p>
        {invented}
        {next}
        {polls(view)}
    }
    .into_any()
}

fn next_step(view: &ConsultationDetail) -> AnyView {
    let statements = view.to_vote_on;
    let slug = &view.listed.slug;
    match view.listed.stage {
        Stage::Open => {
            let respond = (!view.questions.is_empty())
                .then(|| link_button(ButtonKind::Primary, paths::respond(slug), "Give your views"));
            let votes = view.regime.voting_allowed && (statements > 0 || view.statements_open);
            let kind = if respond.is_some() {
                ButtonKind::Secondary
            } else {
                ButtonKind::Primary
            };
            let vote = votes.then(|| {
                let text = match statements {
                    0 => "Add a statement".to_owned(),
                    1 => "Vote on 1 statement".to_owned(),
                    n => format!("Vote on {} statements", number_text(n)),
                };
                link_button(kind, paths::vote(slug), text)
            });
            let opinion = (votes && statements > 0).then(|| opinion_link(slug));
            view! { <div class="govuk-button-group">{respond}{vote}</div> {opinion} }.into_any()
        }
        Stage::Closed | Stage::Answered | Stage::Decided => {
            let closed = view.listed.closes.map(dates::last_day).unwrap_or_default();
            let closed =
                format!("This consultation closed on {closed}. Below is what people were asked.");
            // What was held elsewhere has no outcome here; nor is there anything to see before the answers are
            // published.
            let outcome = if view.listed.imported {
                ().into_any()
            } else if view.listed.stage.is_answered() {
                link_button(
                    ButtonKind::Primary,
                    paths::outcome(slug),
                    "See what came of it",
                )
                .into_any()
            } else {
                view! {
                    <p class="govuk-body">
                        <a class="govuk-link" href=paths::outcome(slug)>"Who took part, and what happens next"</a>
                    </p>
                }
                .into_any()
            };
            let opinion =
                (view.regime.voting_allowed && statements > 0).then(|| opinion_link(slug));
            view! { {parts::inset(closed)} {outcome} {opinion} }.into_any()
        }
        Stage::Scheduled => {
            let opens = view.listed.opens.map(dates::long).unwrap_or_default();
            parts::inset(format!("You can give your views from {opens}."))
        }
        _ => ().into_any(),
    }
}

fn opinion_link(slug: &str) -> impl IntoView + use<> {
    view! {
        <p class="govuk-body">
            <a class="govuk-link" href=paths::opinion(slug)>"What people think: what they agree on, and where they differ"</a>
        </p>
    }
}

/// Questions put to a vote, with when they close; later their results.
fn polls(view: &ConsultationDetail) -> AnyView {
    let slug = &view.listed.slug;
    if view.polls.is_empty() || !view.regime.voting_allowed || !view.listed.stage.is_public() {
        return ().into_any();
    }
    let closes = view.listed.closes.map(dates::until).unwrap_or_default();
    let (before, after) = match view.listed.stage {
        Stage::Open => ("Vote: ", format!("Closes {closes}")),
        Stage::Scheduled => ("Vote: ", "Not open yet".to_owned()),
        _ => ("Result: ", format!("Closed {closes}")),
    };
    let items = view
        .polls
        .iter()
        .map(|poll| {
            let href = match view.listed.stage {
                Stage::Open | Stage::Scheduled => paths::poll(slug, poll.number),
                _ => paths::poll_part(slug, poll.number, "result"),
            };
            view! {
                <li class="app-polls__item">
                    <a class="govuk-link app-polls__link" href=href>{before}{poll.question.clone()}</a>
                    <span class="app-polls__when">{after.clone()}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="app-polls">{items}</ul> }.into_any()
}

fn facts(view: &ConsultationDetail) -> Vec<SummaryRow> {
    let listed = &view.listed;
    let mut rows = Vec::new();
    match (listed.stage, listed.opens, listed.closes) {
        (Stage::Open, _, Some(closes)) => rows.push(SummaryRow::text(
            "Closes",
            format!(
                "{} ({})",
                dates::until(closes),
                dates::closes(view.now, closes)
            ),
        )),
        (Stage::Closed | Stage::Answered | Stage::Decided, _, Some(closes)) => {
            rows.push(SummaryRow::text("Closed", dates::until(closes)));
        }
        (_, opens, closes) => {
            rows.extend(opens.map(|at| SummaryRow::text("Opens", dates::long(at))));
            rows.extend(closes.map(|at| SummaryRow::text("Closes", dates::until(at))));
        }
    }
    if !listed.closing_reason.is_empty() {
        rows.push(SummaryRow::text(
            "Why that date",
            listed.closing_reason.clone(),
        ));
    }
    if view.listed.imported {
        rows.push(SummaryRow::text(
            "Set up by",
            "Somebody else: this is open data, shown to try out the analysis",
        ));
    } else if !view.organisers.is_empty() {
        let who: Vec<String> = view
            .organisers
            .iter()
            .map(|one| format!("{}: {}", one.organisation, one.teams.join(", ")))
            .collect();
        rows.push(SummaryRow::text("Set up by", who.join("\n")));
    }
    if !listed.areas.is_empty() {
        rows.push(SummaryRow::text("Where", places(&listed.areas)));
    }
    if !view.regime.name.is_empty() {
        rows.push(SummaryRow::text("Held as", view.regime.name.clone()));
    }
    let ContactView { name, email } = view.contact.clone();
    if !email.is_empty() {
        let contact = view! {
            {name} <br/> <a class="govuk-link" href=format!("mailto:{email}")>{email.clone()}</a>
        };
        rows.push(SummaryRow::view("Questions?", contact));
    }
    rows
}

/// Up to six wards by name, more as a number.
fn places(areas: &[String]) -> String {
    if areas.len() > 6 {
        format!("{} wards", areas.len())
    } else {
        areas.join(", ")
    }
}

fn reading(view: &ConsultationDetail) -> AnyView {
    view! {
        {parts::prose(markdown::render(&view.body))}
        {what_can_change(view)}
        {options(view)}
        {documents(view)}
        {view.attribution.clone().map(parts::inset)}
    }
    .into_any()
}

fn what_can_change(view: &ConsultationDetail) -> AnyView {
    let part = |label: &'static str, text: &str| {
        (!domain::typed::is_blank(text))
            .then(|| SummaryRow::view(label, parts::prose(markdown::render(text))))
    };
    let rows: Vec<SummaryRow> = [
        part("Open", &view.open_scope),
        part("Limited", &view.limited_scope),
        part("Fixed", &view.fixed_scope),
        part("Why", &view.scope_reason),
    ]
    .into_iter()
    .flatten()
    .collect();
    if rows.is_empty() {
        return ().into_any();
    }
    let heading = if view.listed.stage.has_closed() {
        "What people could change"
    } else {
        "What you can change"
    };
    view! {
        <h2 class="govuk-heading-l">{heading}</h2>
        {parts::summary_list(rows)}
    }
    .into_any()
}

fn options(view: &ConsultationDetail) -> AnyView {
    if view.options.is_empty() {
        return ().into_any();
    }
    let list = view
        .options
        .iter()
        .map(|option| {
            view! {
                <li>
                    <h3 class="govuk-heading-s">{option.title.clone()}</h3>
                    {parts::prose(markdown::render(&option.description))}
                </li>
            }
        })
        .collect_view();
    let heading = if view.listed.stage.has_closed() {
        "What the options were"
    } else {
        "The options"
    };
    view! {
        <h2 class="govuk-heading-l">{heading}</h2>
        <ul class="govuk-list govuk-list--spaced">{list}</ul>
    }
    .into_any()
}

fn documents(view: &ConsultationDetail) -> AnyView {
    if view.documents.is_empty() {
        return ().into_any();
    }
    let list = view
        .documents
        .iter()
        .map(|document| {
            let ending = document
                .file_name
                .rsplit('.')
                .next()
                .unwrap_or_default()
                .to_uppercase();
            let text = format!("{} ({ending}, {})", document.title, size(document.size));
            view! {
                <li><a class="govuk-link" href=paths::document(&document.token)>{text}</a></li>
            }
        })
        .collect_view();
    view! {
        <h2 class="govuk-heading-l">"Documents"</h2>
        <ul class="govuk-list govuk-list--bullet">{list}</ul>
    }
    .into_any()
}

/// A size that people read: “340 kB”, “1.2 MB”.
pub(super) fn size(bytes: u64) -> String {
    if bytes < 1_000_000 {
        format!("{} kB", bytes.div_ceil(1_000))
    } else {
        format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000)
    }
}
