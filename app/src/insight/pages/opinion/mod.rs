//! What people think: the sentence first, then what every group agrees on, then the picture of the
//! groups, what each says, what divides them and what people are unsure of; all of it as a table.
//!
//! Deliberately not here: any person. Groups have letters and sizes; nothing smaller is drawn.

mod group;
mod groups;
mod picture;
mod says;

use std::collections::HashSet;

use domain::insight::disclosure::{PUBLIC, Shown};
use domain::insight::opinion::{Opinion, OpinionView, Shows, Standing, StatementOpinion};
use domain::vote::opinion::Statement;
use leptos::prelude::*;

use crate::messages::opinion as words;
use crate::paths;
use crate::ui::chart::number_text;
use crate::ui::form::{ButtonKind, link_button};
use crate::ui::parts;

/// The statements of common ground that stand open; the others are one step away.
const MOST_OPEN: usize = 5;

/// The page.
pub fn opinion(view: &OpinionView) -> AnyView {
    let body = match &view.standing {
        Standing::TooEarly { need } => parts::empty(words::too_early(*need, view.open), None),
        Standing::Found(opinion) => found(opinion),
    };
    let heading = match &view.standing {
        Standing::Found(opinion) => words::sentence(opinion),
        _ => "What people think".to_owned(),
    };
    let vote = view.open.then(|| {
        link_button(
            ButtonKind::Primary,
            paths::vote(&view.slug),
            "Vote on statements",
        )
    });
    let invented = view
        .invented
        .then(|| parts::inset("The votes here are invented, for a demonstration."));
    let attribution = view.attribution.clone().map(parts::inset);
    view! {
        {parts::back_link(paths::consultation(&view.slug), "Back to the consultation")}
        <span class="govuk-caption-xl">{view.title.clone()}</span>
        <h1 class="govuk-heading-xl app-opinion__sentence">{heading}</h1>
        {attribution}
        {invented}
        {body}
        {vote}
        {how(view)}
    }
    .into_any()
}

fn found(opinion: &Opinion) -> AnyView {
    let mut open: HashSet<Statement> = HashSet::new();
    // Each statement has one card on the page, in the first part that it belongs to.
    let mut cards = |ids: &[Statement]| -> Vec<&StatementOpinion> {
        ids.iter()
            .filter_map(|id| opinion.statement(*id))
            .filter(|one| open.insert(one.id))
            .collect()
    };
    let of = |all: &[Shows]| -> Vec<Statement> { all.iter().map(|one| one.statement).collect() };
    let common = cards(&of(match opinion.groups.is_empty() {
        true => &opinion.consensus,
        false => &opinion.common_ground,
    }));
    let divides: Vec<Statement> = opinion.divisive.iter().map(|one| one.statement).collect();
    let divides = cards(&divides);
    let apart: Vec<Statement> = opinion
        .groups
        .iter()
        .flat_map(|one| of(&one.says))
        .collect();
    let apart = cards(&apart);
    let unsure = cards(&opinion.uncertain);
    view! {
        {says::patterns()}
        <p class="govuk-body-l app-lead">{base(opinion)}</p>
        <div id="opinion-groups" class="app-opinion__groups">
            {common_ground(opinion, &common)}
            {groups::groups(opinion)}
            {divisive(opinion, &divides)}
            {part(opinion, "apart", "What else sets a group apart", words::APART, &apart)}
            {part(opinion, "unsure", "What people are unsure of", words::UNCERTAIN, &unsure)}
        </div>
        {groups::every_statement(opinion)}
    }
    .into_any()
}

fn base(opinion: &Opinion) -> String {
    let number = |shown: Shown| match shown {
        Shown::Count(number) => format!("About {}", number_text(number)),
        Shown::Hidden => format!("Fewer than {}", PUBLIC.threshold),
    };
    let statements = opinion.statements.len();
    let on = format!(
        "{} {}",
        number_text(u64::try_from(statements).unwrap_or(0)),
        if statements == 1 {
            "statement"
        } else {
            "statements"
        }
    );
    let people = number(opinion.participants);
    match opinion.votes.number() {
        Some(votes) => format!(
            "{people} people cast about {} votes on {on}.",
            number_text(votes)
        ),
        None => format!("{people} people voted on {on}."),
    }
}

/// A part of the page with its cards; nothing where it has none.
fn part(
    opinion: &Opinion,
    id: &'static str,
    title: &'static str,
    lead: &'static str,
    cards: &[&StatementOpinion],
) -> AnyView {
    if cards.is_empty() {
        return ().into_any();
    }
    section(
        id,
        title,
        view! { <p class="govuk-body">{lead}</p> {listed(opinion, cards)} },
    )
}

fn section(id: &'static str, title: &'static str, inside: impl IntoView + 'static) -> AnyView {
    view! {
        <section class="app-opinion__part" aria-labelledby=id>
            <h2 class="govuk-heading-l" id=id>{title}</h2>
            {inside.into_any()}
        </section>
    }
    .into_any()
}

/// The first cards, the others one step away.
fn listed(opinion: &Opinion, cards: &[&StatementOpinion]) -> AnyView {
    let (open, more) = cards.split_at(cards.len().min(MOST_OPEN));
    let rest = (!more.is_empty()).then(|| {
        let text = format!("{} more", more.len());
        parts::details(text, says::list(opinion, more))
    });
    view! { {says::list(opinion, open)} {rest} }.into_any()
}

/// What all agree on: of every group where there are groups, else of everybody.
fn common_ground(opinion: &Opinion, cards: &[&StatementOpinion]) -> AnyView {
    let (title, lead) = if opinion.groups.is_empty() {
        ("What most people say", words::CONSENSUS)
    } else {
        ("What every group agrees on", words::COMMON_GROUND)
    };
    if cards.is_empty() {
        let none = view! { <p class="govuk-body">{words::NO_COMMON_GROUND}</p> };
        return section("common-ground", title, none);
    }
    part(opinion, "common-ground", title, lead, cards)
}

fn divisive(opinion: &Opinion, cards: &[&StatementOpinion]) -> AnyView {
    if opinion.groups.is_empty() {
        return ().into_any();
    }
    if cards.is_empty() {
        let none = view! { <p class="govuk-body">{words::NOTHING_DIVIDES}</p> };
        return section("divides", "What divides them", none);
    }
    section("divides", "What divides them", listed(opinion, cards))
}

/// How it is worked out, and how to do it again.
fn how(view: &OpinionView) -> AnyView {
    if !matches!(view.standing, Standing::Found(_)) {
        return ().into_any();
    }
    let file = |name: &str| paths::opinion_file(&view.slug, name);
    let votes = if view.votes_public {
        view! {
            <p class="govuk-body">
                "Anyone can count again. Put "
                <a class="govuk-link" href=file("comments.csv")>"comments.csv"</a>", "
                <a class="govuk-link" href=file("participants-votes.csv")>"participants-votes.csv"</a>
                " and "
                <a class="govuk-link" href=file("summary.csv")>"summary.csv"</a>
                " in one folder and run " <code>"soundings opinion FOLDER"</code>
                ". The people in these files are shuffled and have no names or times."
            </p>
        }
        .into_any()
    } else {
        view! { <p class="govuk-body">{words::VOTES_LATER}</p> }.into_any()
    };
    let text = view! {
        <p class="govuk-body">{words::aside(view.aside)}</p>
        {words::METHOD.map(|text| view! { <p class="govuk-body">{text}</p> }).collect_view()}
        {votes}
    };
    view! {
        <section class="app-opinion__part" aria-labelledby="how">
            <h2 class="govuk-heading-m" id="how">"How this is worked out"</h2>
            {text}
            <p class="govuk-body">
                <a class="govuk-link" href=paths::opinion_json(&view.slug)>"These figures as open data (JSON)"</a>
            </p>
        </section>
    }
    .into_any()
}
