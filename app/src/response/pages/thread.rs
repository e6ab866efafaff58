//! *My thread*: one response from sending to decision.

use domain::consultation::Stage;
use domain::moderation::State;
use domain::response::Publication;
use domain::response::read::{Said, ThreadView};
use leptos::prelude::*;

use crate::messages::{insight, moderation, response};
use crate::paths;
use crate::ui::dates;
use crate::ui::parts::{self, Tone};
use crate::ui::progress::{Reached, Stage as Step, timeline};

/// The page.
pub fn thread(view: ThreadView) -> AnyView {
    let said = view
        .said
        .iter()
        .map(|said| words(said, view.publication))
        .collect_view();
    view! {
        {parts::back_link(paths::RECEIPT, "Look up another code")}
        <span class="govuk-caption-xl">{view.about.title.clone()}</span>
        <h1 class="govuk-heading-xl">"Your response, step by step"</h1>
        {timeline("Steps of your response", &steps(&view))}
        <h2 class="govuk-heading-l">"What you said"</h2>
        <p class="govuk-body">{format!("Your choice: {}.", response::publication(view.publication).0)}</p>
        {said}
        <h2 class="govuk-heading-l">"What the team answers"</h2>
        {answers(&view)}
        <h2 class="govuk-heading-l">"The decision"</h2>
        {decision(&view)}
        <p class="govuk-body">
            <a class="govuk-link" href=paths::consultation(&view.about.slug)>"Go to the consultation"</a>
        </p>
    }
    .into_any()
}

fn steps(view: &ThreadView) -> Vec<Step> {
    let waiting = view
        .said
        .iter()
        .filter(|said| said.moderation == Some(State::Held))
        .count();
    let checked = match waiting {
        0 => "Nothing is waiting".to_owned(),
        1 => "1 answer is waiting".to_owned(),
        n => format!("{n} answers are waiting"),
    };
    let reached = |done: bool, now: bool| match (done, now) {
        (true, _) => Reached::Done,
        (false, true) => Reached::Now,
        (false, false) => Reached::Ahead,
    };
    let answered = matches!(view.stage, Stage::Answered | Stage::Decided);
    let closes = view.about.closes.map(dates::until).unwrap_or_default();
    vec![
        Step::new("Received", dates::long(view.at), Reached::Done),
        Step::new("Words checked", checked, reached(waiting == 0, true)),
        Step::new(
            "Consultation closes",
            closes,
            reached(view.stage != Stage::Open, waiting == 0),
        ),
        Step::new(
            "Answered",
            "",
            reached(answered, view.stage == Stage::Closed),
        ),
        Step::new(
            "Decided",
            view.decision
                .as_ref()
                .map(|(at, _)| dates::long(*at))
                .unwrap_or_default(),
            reached(view.stage == Stage::Decided, view.stage == Stage::Answered),
        ),
    ]
}

fn words(said: &Said, publication: Publication) -> impl IntoView + use<> {
    let state = said.moderation.map(|state| {
        let (tone, tag, note) = match state {
            State::Held => (
                Tone::Waiting,
                "Waiting",
                "A person will check it. Until then nobody outside the team sees it.".to_owned(),
            ),
            State::Approved if said.public => {
                (Tone::Done, "Published", "Everybody can read it.".to_owned())
            }
            State::Approved if publication == Publication::Private => (
                Tone::Done,
                "Read",
                "Not published, as you chose.".to_owned(),
            ),
            State::Approved => (
                Tone::Done,
                "Read",
                "Answers to this question are not published.".to_owned(),
            ),
            State::Rejected => (
                Tone::Neutral,
                "Not published",
                said.reason.map_or_else(
                    || "The team has read it.".to_owned(),
                    |reason| format!("The reason: {}.", lower_first(moderation::reason(reason))),
                ),
            ),
        };
        view! { <p class="govuk-body">{parts::tag(tone, tag)} " " {note}</p> }
    });
    view! {
        <h3 class="govuk-heading-s">{said.prompt.clone()}</h3>
        <p class="govuk-body app-lines" dir="auto">{said.text.clone()}</p>
        {state}
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}

fn answers(view: &ThreadView) -> AnyView {
    if view.themes.is_empty() {
        return view! {
            <p class="govuk-body">
                "There are no answers yet. They come after the consultation has closed, theme by theme."
            </p>
        }
        .into_any();
    }
    view.themes
        .iter()
        .map(|theme| {
            let outcome = theme.outcome.map(insight::outcome).unwrap_or_default();
            view! {
                <h3 class="govuk-heading-m">{theme.title.clone()}</h3>
                <dl class="govuk-summary-list">
                    <div class="govuk-summary-list__row">
                        <dt class="govuk-summary-list__key">"You said"</dt>
                        <dd class="govuk-summary-list__value app-lines" dir="auto">{theme.you_said.clone()}</dd>
                    </div>
                    <div class="govuk-summary-list__row">
                        <dt class="govuk-summary-list__key">{outcome}</dt>
                        <dd class="govuk-summary-list__value app-lines" dir="auto">{theme.we_did.clone()}</dd>
                    </div>
                    <div class="govuk-summary-list__row">
                        <dt class="govuk-summary-list__key">"Because"</dt>
                        <dd class="govuk-summary-list__value app-lines" dir="auto">{theme.because.clone()}</dd>
                    </div>
                </dl>
            }
        })
        .collect_view()
        .into_any()
}

fn decision(view: &ThreadView) -> AnyView {
    match &view.decision {
        None => view! { <p class="govuk-body">"Nothing has been decided yet."</p> }.into_any(),
        Some((at, words)) => view! {
            <p class="govuk-body">{format!("Decided on {}.", dates::long(*at))}</p>
            {parts::prose(crate::ui::markdown::render(words))}
            <p class="govuk-body">
                <a class="govuk-link" href=paths::outcome(&view.about.slug)>"Read the whole outcome"</a>
            </p>
        }
        .into_any(),
    }
}
