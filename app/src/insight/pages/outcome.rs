//! The outcome: what was decided, what people said, what was done, and why.

use domain::consultation::Stage;
use domain::insight::disclosure::{PUBLIC, Shown};
use domain::insight::read::{OutcomeView, PublishedWords};
use domain::insight::{Outcome, Theme};
use jiff::civil::Date;
use leptos::prelude::*;

use super::released;
use crate::messages::insight as words;
use crate::paths;
use crate::ui::chart::number_text;
use crate::ui::parts::{self, Tone};
use crate::ui::progress::{Reached, Stage as Step, timeline};
use crate::ui::{dates, markdown};

/// The page.
pub fn outcome(view: OutcomeView) -> AnyView {
    let decision = match (&view.decision, view.decided) {
        (Some(text), Some(at)) => view! {
            <section class="app-decision">
                <h2 class="govuk-heading-l">"What was decided"</h2>
                <p class="govuk-body-s">{format!("Recorded {}", dates::long(at))}</p>
                {parts::prose(markdown::render(text))}
            </section>
        }
        .into_any(),
        _ if view.attribution.is_some() => parts::inset(
            "This is open data: it was held by somebody else, and nothing is decided on it here.",
        ),
        _ => waiting(view.stage),
    };
    let steps = view.attribution.is_none().then(|| path(&view));
    let themes = (!view.themes.is_empty()).then(|| {
        view! {
            <h2 class="govuk-heading-l">"You said, we did"</h2>
            {view.themes.iter().map(|one| theme(one, view.today)).collect_view()}
        }
    });
    let polls = (!view.polls.is_empty()).then(|| poll_results(&view));
    let words = (!view.words.is_empty()).then(|| said(&view.words));
    let heard = heard(&view);
    let ballots = view.ballots.map(|of| {
        let text = format!("People also voted in polls: {}.", words::ballots(of));
        view! { <p class="govuk-body">{text}</p> }
    });
    let voted = view.voters != Shown::Hidden;
    let invented = view
        .invented
        .then(|| parts::inset("The people and responses here are invented, for a demonstration."));
    let attribution = view.attribution.clone().map(parts::inset);
    view! {
        {parts::back_link(paths::consultation(&view.slug), "Back to the consultation")}
        <span class="govuk-caption-xl">{view.title.clone()}</span>
        <h1 class="govuk-heading-xl">"What came of it"</h1>
        {invented}
        {steps}
        {decision}
        {polls}
        {themes}
        <h2 class="govuk-heading-l">"Who we heard from"</h2>
        <p class="govuk-body-l">{heard}</p>
        {ballots}
        {voted.then(|| opinion_link(&view.slug))}
        {view.responses.as_ref().map(released)}
        <p class="govuk-body-s">
            "Numbers are those of when responding and voting had ended, rounded to the nearest 5. Groups of fewer than 10 people are shown together or not at all, so that nobody \
             can be recognised. Percentages are of the rounded counts."
        </p>
        {words}
        {attribution}
        <p class="govuk-body">
            "Did you take part? "
            <a class="govuk-link" href=paths::RECEIPT>"See what became of your own words"</a>
            " with the code on your receipt."
        </p>
    }
    .into_any()
}

/// How many took part, in a sentence.
fn heard(view: &OutcomeView) -> String {
    let few = |what: &str| format!("fewer than {} {what}", PUBLIC.threshold);
    let responses = match view.responses.as_ref().map(|released| released.responses) {
        Some(Shown::Count(number)) => format!("About {} responses", number_text(number)),
        Some(Shown::Hidden) => capital(&few("responses")),
        None => return "How many took part appears here an hour or so after the close.".to_owned(),
    };
    match view.voters {
        Shown::Count(number) => format!(
            "{responses}, and about {} people who voted on statements.",
            number_text(number)
        ),
        Shown::Hidden => format!("{responses}."),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn opinion_link(slug: &str) -> impl IntoView + use<> {
    view! {
        <p class="govuk-body">
            <a class="govuk-link" href=paths::opinion(slug)>"What people agree on, and where they differ"</a>
            ": the groups of opinion behind the votes."
        </p>
    }
}

/// Where the results of its polls are.
fn poll_results(view: &OutcomeView) -> AnyView {
    let items = view
        .polls
        .iter()
        .map(|poll| {
            let href = paths::poll_part(&view.slug, poll.number, "result");
            let state = if poll.published {
                "counted and published"
            } else {
                "not published yet"
            };
            view! {
                <li>
                    <a class="govuk-link" href=href>{poll.question.clone()}</a>
                    {format!(" ({state})")}
                </li>
            }
        })
        .collect_view();
    view! {
        <h2 class="govuk-heading-l">"How people voted"</h2>
        <ul class="govuk-list govuk-list--bullet">{items}</ul>
    }
    .into_any()
}

fn waiting(stage: Stage) -> AnyView {
    let text = match stage {
        Stage::Open => "This consultation is still open. The outcome appears here after it closes.",
        Stage::Answered => {
            "The answers to what people said are below. The decision has not been recorded yet."
        }
        _ => "We are reading what people said. The answers appear here before the decision.",
    };
    parts::inset(text)
}

/// From closing to the decision, as steps.
fn path(view: &OutcomeView) -> AnyView {
    let reached = |stage: Stage, passed: bool| {
        if passed {
            Reached::Done
        } else if view.stage == stage {
            Reached::Now
        } else {
            Reached::Ahead
        }
    };
    let closed = view.closed.map(dates::last_day).unwrap_or_default();
    let decided = view.decided.map(dates::date).unwrap_or_default();
    timeline(
        "What has happened so far",
        &[
            Step::new(
                "People responded",
                format!("until {closed}"),
                reached(Stage::Open, view.stage.has_closed()),
            ),
            Step::new(
                "We read every response",
                String::new(),
                reached(Stage::Closed, view.stage.is_answered()),
            ),
            Step::new(
                "We answered each theme",
                String::new(),
                reached(Stage::Answered, view.stage == Stage::Decided),
            ),
            Step::new(
                "The decision",
                decided,
                if view.stage == Stage::Decided {
                    Reached::Done
                } else {
                    Reached::Ahead
                },
            ),
        ],
    )
}

fn theme(theme: &Theme, today: Date) -> AnyView {
    let tone = match theme.outcome {
        Some(Outcome::Did) => Tone::Done,
        _ => Tone::Neutral,
    };
    let tag = theme
        .outcome
        .map(|outcome| parts::tag(tone, words::outcome(outcome)));
    let part = |label: &'static str, text: &str| {
        (!domain::typed::is_blank(text)).then(|| {
            view! {
                <dt class="app-thread__label">{label}</dt>
                <dd class="app-thread__words">{text.to_owned()}</dd>
            }
        })
    };
    let promise = theme.promise_on(today).map(|state| {
        let due = theme.promise_due.map(dates::civil).unwrap_or_default();
        let state = words::promise(state);
        view! {
            <dt class="app-thread__label">"We promise"</dt>
            <dd class="app-thread__words">{format!("{}, by {due}. {state}", theme.promise)}</dd>
        }
    });
    view! {
        <section class="app-theme">
            <h3 class="govuk-heading-m">{theme.title.clone()} " " {tag}</h3>
            <dl class="app-thread">
                {part("We asked", &theme.we_asked)}
                {part("You said", &theme.you_said)}
                {part("We did", &theme.we_did)}
                {part("Because", &theme.because)}
                {promise}
            </dl>
        </section>
    }
    .into_any()
}

fn said(words: &[PublishedWords]) -> AnyView {
    let quotes = words
        .iter()
        .map(|said| {
            let name = said.name.as_deref().unwrap_or("Somebody");
            let (name, question) = (name.to_owned(), said.question.clone());
            view! {
                <figure class="app-quote">
                    <blockquote class="app-quote__words" dir="auto">{said.words.clone()}</blockquote>
                    <figcaption class="govuk-body-s"><bdi>{name}</bdi> ", on: " <bdi>{question}</bdi></figcaption>
                </figure>
            }
        })
        .collect_view();
    view! {
        <h2 class="govuk-heading-l">"In people’s own words"</h2>
        {quotes}
    }
    .into_any()
}
