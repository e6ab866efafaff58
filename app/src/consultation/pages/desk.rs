//! The desk: the list of one's consultations, a new one, and the overview of a draft.

use domain::consultation::Stage;
use domain::consultation::policy::Permission;
use domain::consultation::read::{ConsultationDetail, DeskList, NewDraftChoices, Overview};
use leptos::prelude::*;

use super::stage::tag_of;
use crate::messages::consultation as words;
use crate::paths;
use crate::ui::conflict::{VERSION, key_field};
use crate::ui::dates;
use crate::ui::field::{Field, select, text_input};
use crate::ui::form::{
    ButtonKind, FieldError, FormState, button, button_form, button_group, error_summary,
    link_button, post_form,
};
use crate::ui::parts::{self, Tone};
use crate::ui::progress::{Task, task_list};
use crate::ui::table::{Column, pagination, table};

/// The consultations of one's teams.
pub fn desk(list: &DeskList) -> AnyView {
    let rows = list
        .found
        .iter()
        .map(|listed| {
            let (word, tone) = tag_of(listed);
            let closes = listed
                .closes
                .map(dates::last_day)
                .unwrap_or_else(|| "not set".to_owned());
            let href = paths::desk_consultation(&listed.slug, "");
            vec![
                view! { <a class="govuk-link" href=href>{listed.title.clone()}</a> }.into_any(),
                parts::tag(tone, word),
                listed.teams.join(", ").into_any(),
                closes.into_any(),
            ]
        })
        .collect::<Vec<_>>();
    let body = if rows.is_empty() {
        parts::empty("Your teams have no consultations yet.", None)
    } else {
        let columns = [
            Column::text("Consultation"),
            Column::text("Stage"),
            Column::text("Teams"),
            Column::text("Closes"),
        ];
        table("Consultations of your teams", &columns, rows)
    };
    let base = paths::DESK_CONSULTATIONS;
    let new = list.may_begin.then(|| {
        link_button(
            ButtonKind::Primary,
            format!("{base}/new"),
            "Begin a consultation",
        )
    });
    view! {
        <h1 class="govuk-heading-xl">"Consultations"</h1>
        {new}
        {body}
        {pagination(base, list.page, list.pages)}
    }
    .into_any()
}

/// A new consultation: title, owner team, regime.
pub fn new(state: &FormState, choices: &NewDraftChoices) -> AnyView {
    view! {
        {parts::back_link(paths::DESK_CONSULTATIONS, "Back to the list")}
        {error_summary(&state.errors)}
        <h1 class="govuk-heading-xl">"Begin a consultation"</h1>
        {post_form(
            format!("{}/new", paths::DESK_CONSULTATIONS),
            view! {
                {key_field(state)}
                {text_input(state, Field::new("title", "Title").hint("Plain words, as people would say it."))}
                {select(state, Field::new("team", "Which team owns it?"), &choices.teams)}
                {select(state, Field::new("regime", "Which rule is it held under?").hint("It says how long a consultation must be open, and whether a vote may be offered."), &choices.regimes)}
                {button(ButtonKind::Primary, "Begin")}
            },
        )}
    }
    .into_any()
}

/// The sections of a draft, what is missing of each, and the next step; above it why the last step
/// was not taken, if it was not.
pub fn overview(overview: &Overview, errors: &[FieldError]) -> AnyView {
    let view = &overview.detail;
    let may = overview.may.as_slice();
    let slug = view.listed.slug.clone();
    let at = |part: &str| paths::desk_consultation(&slug, part);
    let (word, tone) = tag_of(&view.listed);
    let editable = may.contains(&Permission::Edit);
    let gaps: Vec<(&str, String)> = overview
        .missing
        .iter()
        .map(|gap| words::gate(*gap))
        .collect();
    let of = |n: usize| if n > 0 { n.to_string() } else { String::new() };
    let sections = [
        ("about", "What it is about", "Ready".to_owned()),
        ("scope", "What can change, and why", "Ready".to_owned()),
        ("options", "The options", of(view.options.len())),
        (
            "areas",
            "Where, and with which teams",
            of(view.areas.len() + view.partners.len()),
        ),
        ("questions", "The questions", of(view.questions.len())),
        (
            "statements",
            "Statements to vote on",
            of(view.statements.len()),
        ),
        ("polls", "Polls", of(view.polls.len())),
        ("documents", "Documents", of(view.documents.len())),
        ("dates", "Opening, closing and the rule", "Ready".to_owned()),
        ("contact", "Who to contact", "Ready".to_owned()),
    ];
    let tasks: Vec<Task> = sections
        .into_iter()
        .map(|(part, title, ready)| {
            let gap = gaps.iter().find(|(section, _)| *section == part);
            let (tone, state) = match gap {
                Some(_) => (Tone::Waiting, "Needed".to_owned()),
                None if ready.is_empty() => (Tone::Neutral, "Optional".to_owned()),
                None => (Tone::Done, ready),
            };
            Task {
                href: editable.then(|| at(part)),
                title: title.to_owned(),
                hint: gap.map(|(_, words)| words.clone()).unwrap_or_default(),
                tone,
                state,
            }
        })
        .collect();
    let note = overview
        .note
        .as_deref()
        .filter(|_| view.listed.stage == Stage::Draft)
        .map(|note| parts::inset(format!("It was sent back for changes: {note}")));
    let running = may
        .contains(&Permission::Watch)
        .then(|| link_button(ButtonKind::Primary, at("watch"), "Watch what comes in"));
    let listed = matches!(
        view.listed.stage,
        Stage::Draft | Stage::InReview | Stage::Approved
    )
    .then(|| task_list(&tasks));
    let look = if view.listed.stage.is_public() {
        paths::consultation(&slug)
    } else {
        at("preview")
    };
    view! {
        {parts::back_link(paths::DESK_CONSULTATIONS, "All consultations")}
        {error_summary(errors)}
        <p class="govuk-body">{parts::tag(tone, word)}</p>
        <h1 class="govuk-heading-xl">{view.listed.title.clone()}</h1>
        {dates_line(view)}
        {note}
        {running}
        {listed}
        {polls_link(view)}
        <p class="govuk-body"><a class="govuk-link" href=look>"See it as people will"</a></p>
        {steps(overview, &at)}
    }
    .into_any()
}

/// The polls of a consultation that is no longer a draft.
fn polls_link(view: &ConsultationDetail) -> Option<AnyView> {
    let public = view.listed.stage.is_public() && !view.polls.is_empty();
    public.then(|| {
        let href = paths::desk_consultation(&view.listed.slug, "polls");
        let text = if view.polls.len() == 1 {
            "Its poll: turnout, paper ballots, result".to_owned()
        } else {
            format!(
                "Its {} polls: turnout, paper ballots, results",
                view.polls.len()
            )
        };
        view! { <p class="govuk-body"><a class="govuk-link" href=href>{text}</a></p> }.into_any()
    })
}

fn dates_line(view: &ConsultationDetail) -> Option<AnyView> {
    let (opens, closes) = (view.listed.opens?, view.listed.closes?);
    let line = format!(
        "Opens {}; closes {}. {}.",
        dates::long(opens),
        dates::until(closes),
        view.regime.name
    );
    Some(view! { <p class="govuk-body">{line}</p> }.into_any())
}

fn steps(overview: &Overview, at: &dyn Fn(&str) -> String) -> AnyView {
    let stage = overview.detail.listed.stage;
    let able = |permission: Permission| overview.may.contains(&permission);
    let submission = overview.submission.to_string();
    let review = able(Permission::SubmitForReview).then(|| {
        view! {
            <h2 class="govuk-heading-m">"Send it for review"</h2>
            <p class="govuk-body">"Somebody else has to approve it before it can be published."</p>
            {button_form(at("submit"), ButtonKind::Primary, "Send for review", &[])}
        }
    });
    let approve = able(Permission::Approve).then(|| {
        view! {
            <h2 class="govuk-heading-m">"Approve it, or send it back"</h2>
            <p class="govuk-body">"Read it as people will see it first."</p>
            {button_group(view! {
                {button_form(at("approve"), ButtonKind::Primary, "Approve it", &[(VERSION, submission.as_str())])}
                {link_button(ButtonKind::Secondary, at("send-back"), "Send it back")}
            })}
        }
    });
    let waiting = (stage == Stage::InReview && !able(Permission::Approve))
        .then(|| parts::inset("It is waiting for somebody else in your teams to approve it."));
    let publish = able(Permission::Publish).then(|| {
        view! {
            <h2 class="govuk-heading-m">"Publish it"</h2>
            <p class="govuk-body">"It is shown at once, and opens and closes by itself at the times you set."</p>
            {button_form(at("publish"), ButtonKind::Primary, "Publish", &[])}
        }
    });
    let withdraw = able(Permission::Withdraw).then(|| {
        view! { <p class="govuk-body"><a class="govuk-link" href=at("withdraw")>"Withdraw it"</a></p> }
    });
    view! { <section class="app-next">{review} {approve} {waiting} {publish} {withdraw}</section> }
        .into_any()
}
