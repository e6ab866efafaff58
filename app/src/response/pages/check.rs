//! *Check your answers*, with what the public will see.

use domain::response::grace::GRACE_MINUTES;
use domain::response::read::{CheckView, Checked};
use domain::response::{Answer, Publication};
use leptos::prelude::*;

use super::{has_words, in_words};
use crate::messages::response as words;
use crate::paths;
use crate::response::forms::KEY;
use crate::ui::dates;
use crate::ui::form::{ButtonKind, button, button_group, hidden};
use crate::ui::parts;
use crate::ui::personal::{Finding, personal_warning};

/// The page. Everything is in its one form; the buttons that change something take it back.
pub fn check(view: CheckView) -> AnyView {
    let back = paths::respond(&view.about.slug);
    let again = view.again.map(|why| {
        let (title, text) = words::again(why);
        parts::notification(
            false,
            title,
            view! { <p class="govuk-notification-banner__heading">{text}</p> },
        )
    });
    let carried = view
        .carried
        .iter()
        .map(|(name, value)| hidden(name.as_str(), value.as_str()))
        .collect_view();
    let rows = view
        .answers
        .iter()
        .map(|checked| row(checked, &back))
        .collect_view();
    let closes = view.about.closes.map(|at| {
        format!(
            "This consultation closes on {}. If you start before then, you can still send your \
             answers up to {GRACE_MINUTES} minutes after it closes.",
            dates::until(at)
        )
    });
    view! {
        {again}
        <span class="govuk-caption-xl">{view.about.title.clone()}</span>
        <h1 class="govuk-heading-xl">"Check your answers"</h1>
        <form method="post" action=paths::check(&view.about.slug) novalidate>
            {hidden(KEY, view.key.clone())}
            {carried}
            {warnings(&view.answers)}
            <h2 class="govuk-heading-l">"Your views"</h2>
            <dl class="govuk-summary-list">{rows}</dl>
            <h2 class="govuk-heading-l">"About you"</h2>
            {about_you(&view, &back)}
            {preview(&view)}
            <h2 class="govuk-heading-l">"Send your response"</h2>
            <p class="govuk-body">
                "You get a receipt with a code, so that you can follow what happens to your words."
            </p>
            <p class="govuk-body">{closes}</p>
            {button_group(button(ButtonKind::Primary, "Send your response"))}
        </form>
    }
    .into_any()
}

fn change(back: &str, page: usize, what: &str) -> impl IntoView + use<> {
    view! {
        <button
            type="submit"
            class="app-change"
            name="go"
            value=format!("page:{page}")
            formaction=back.to_owned()
        >
            "Change"
            <span class="govuk-visually-hidden">{format!(" {what}")}</span>
        </button>
    }
}

fn row(checked: &Checked, back: &str) -> impl IntoView + use<> {
    let answer = match &checked.answer {
        Some(answer) => in_words(&checked.question, answer),
        None => "Not answered".to_owned(),
    };
    view! {
        <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">{checked.question.prompt.clone()}</dt>
            <dd class="govuk-summary-list__value"><span class="app-lines" dir="auto">{answer}</span></dd>
            <dd class="govuk-summary-list__actions">
                {change(back, checked.page, &checked.question.prompt)}
            </dd>
        </div>
    }
}

fn about_you(view: &CheckView, back: &str) -> impl IntoView + use<> {
    let or_none = |text: &str| {
        if text.is_empty() {
            "Not given".to_owned()
        } else {
            text.to_owned()
        }
    };
    let rows = [
        ("Ward", or_none(view.ward.as_deref().unwrap_or_default())),
        ("Name", or_none(&view.name)),
        ("Organisation", or_none(&view.organisation)),
        ("Email address", or_none(&view.email)),
        (
            "What the public may see",
            words::publication(view.publication).0.to_owned(),
        ),
    ]
    .into_iter()
    .map(|(key, value)| {
        view! {
            <div class="govuk-summary-list__row">
                <dt class="govuk-summary-list__key">{key}</dt>
                <dd class="govuk-summary-list__value">{value}</dd>
                <dd class="govuk-summary-list__actions">
                    {change(back, view.about_you, &key.to_lowercase())}
                </dd>
            </div>
        }
    })
    .collect_view();
    view! { <dl class="govuk-summary-list">{rows}</dl> }
}

fn warnings(answers: &[Checked]) -> Option<AnyView> {
    let found = answers
        .iter()
        .flat_map(|checked| {
            checked.personal.iter().map(|personal| Finding {
                words: personal.words.clone(),
                looks_like: words::personal(personal.kind),
                place: format!("your answer to “{}”", checked.question.prompt),
            })
        })
        .collect();
    personal_warning(
        found,
        "You can leave them in. We do not publish details like these, so an answer that holds \
         them may not be published as it stands.",
    )
}

fn preview(view: &CheckView) -> impl IntoView + use<> {
    let mut author = vec![];
    if view.publication == Publication::Named {
        author.extend([view.name.clone(), view.organisation.clone()]);
        author.retain(|part| !part.is_empty());
    }
    let author = if author.is_empty() {
        "Name not shown".to_owned()
    } else {
        author.join(", ")
    };
    let shown: Vec<_> = view
        .answers
        .iter()
        .filter(|checked| {
            view.publication != Publication::Private
                && checked.question.published
                && has_words(&checked.question)
        })
        .filter_map(|checked| {
            let text = checked.answer.as_ref().and_then(Answer::free_text)?;
            Some((checked.question.prompt.clone(), text.to_owned()))
        })
        .collect();
    let inside = if shown.is_empty() {
        view! {
            <p class="govuk-body">
                "None of your words. Your choices are counted together with everybody else’s."
            </p>
        }
        .into_any()
    } else {
        let quotes = shown
            .into_iter()
            .map(|(prompt, text)| {
                view! {
                    <p class="govuk-body govuk-!-font-weight-bold">{prompt}</p>
                    <blockquote class="app-quote">
                        <p class="govuk-body app-lines" dir="auto">{text}</p>
                        <footer class="app-quote__author" dir="auto">{author.clone()}</footer>
                    </blockquote>
                }
            })
            .collect_view();
        view! {
            {quotes}
            <p class="govuk-body">
                "A person checks these words before they are published. Everything else is counted \
                 together with other people’s answers."
            </p>
        }
        .into_any()
    };
    view! {
        <section class="app-preview" aria-labelledby="preview">
            <h2 class="govuk-heading-l" id="preview">"What the public will see"</h2>
            {inside}
        </section>
    }
}
