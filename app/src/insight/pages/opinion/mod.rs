//! What people think: the sentence first, then what every group agrees on, then the picture of the
//! groups, what each says, what divides them and what people are unsure of; all of it as a table.
//!
//! Deliberately not here: any person. Groups have letters and sizes; nothing smaller is drawn.

mod group;
mod groups;
mod picture;
mod says;

use domain::insight::disclosure::{PUBLIC, Shown};
use domain::insight::opinion::{Opinion, OpinionView, Standing};
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
    view! {
        {says::patterns()}
        <p class="govuk-body-l app-lead">{base(opinion)}</p>
        {common_ground(opinion)}
        {groups::groups(opinion)}
        {divisive(opinion)}
        {uncertain(opinion)}
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

/// What all agree on: of every group where there are groups, else of everybody.
fn common_ground(opinion: &Opinion) -> AnyView {
    let (title, lead, all) = if opinion.groups.is_empty() {
        ("What most people say", words::CONSENSUS, &opinion.consensus)
    } else {
        (
            "What every group agrees on",
            words::COMMON_GROUND,
            &opinion.common_ground,
        )
    };
    let inside = if all.is_empty() {
        view! { <p class="govuk-body">{words::NO_COMMON_GROUND}</p> }.into_any()
    } else {
        let (open, more) = all.split_at(all.len().min(MOST_OPEN));
        let rest = (!more.is_empty()).then(|| {
            let text = format!("{} more", more.len());
            parts::details(text, says::list(opinion, more))
        });
        view! {
            <p class="govuk-body">{lead}</p>
            {says::list(opinion, open)}
            {rest}
        }
        .into_any()
    };
    view! {
        <section class="app-opinion__part" aria-labelledby="common-ground">
            <h2 class="govuk-heading-l" id="common-ground">{title}</h2>
            {inside}
        </section>
    }
    .into_any()
}

fn divisive(opinion: &Opinion) -> AnyView {
    if opinion.groups.is_empty() {
        return ().into_any();
    }
    let list = opinion
        .divisive
        .iter()
        .filter_map(|one| {
            let statement = opinion.statement(one.statement)?;
            let lead = format!(
                "Group {} agrees, group {} disagrees",
                one.for_it, one.against
            );
            Some(says::statement(opinion, statement, lead))
        })
        .collect_view();
    let inside = if opinion.divisive.is_empty() {
        view! { <p class="govuk-body">{words::NOTHING_DIVIDES}</p> }.into_any()
    } else {
        view! { <ul class="app-opinion__list">{list}</ul> }.into_any()
    };
    view! {
        <section class="app-opinion__part" aria-labelledby="divides">
            <h2 class="govuk-heading-l" id="divides">"What divides them"</h2>
            {inside}
        </section>
    }
    .into_any()
}

fn uncertain(opinion: &Opinion) -> AnyView {
    if opinion.uncertain.is_empty() {
        return ().into_any();
    }
    let list = opinion
        .uncertain
        .iter()
        .filter_map(|id| {
            let statement = opinion.statement(*id)?;
            Some(says::statement(
                opinion,
                statement,
                words::MANY_PASS.to_owned(),
            ))
        })
        .collect_view();
    view! {
        <section class="app-opinion__part" aria-labelledby="unsure">
            <h2 class="govuk-heading-l" id="unsure">"What people are unsure of"</h2>
            <p class="govuk-body">{words::UNCERTAIN}</p>
            <ul class="app-opinion__list">{list}</ul>
        </section>
    }
    .into_any()
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
