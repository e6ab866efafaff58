//! Nothing can be sent at this moment; what was written is shown so that it can be copied.

use domain::response::grace::SendRefused;
use domain::response::read::About;
use leptos::prelude::*;

use crate::messages::response as words;
use crate::paths;
use crate::ui::dates;

/// The page, with the words that were sent: question and answer.
pub fn closed(about: &About, refused: SendRefused, written: Vec<(String, String)>) -> AnyView {
    let (title, first) = words::send(refused);
    let when = about
        .closes
        .filter(|_| refused == SendRefused::Closed)
        .map(|at| format!("It closed on {}. ", dates::until(at)));
    let kept = (!written.is_empty()).then(|| {
        let items = written
            .into_iter()
            .map(|(prompt, text)| {
                view! {
                    <h3 class="govuk-heading-s">{prompt}</h3>
                    <p class="govuk-body app-lines" dir="auto">{text}</p>
                }
            })
            .collect_view();
        view! {
            <h2 class="govuk-heading-m">"What you wrote"</h2>
            <p class="govuk-body">
                "We did not receive this. Copy it from here if you want to keep it or send it to \
                 the contact on the consultation’s page."
            </p>
            {items}
        }
    });
    view! {
        <span class="govuk-caption-xl">{about.title.clone()}</span>
        <h1 class="govuk-heading-xl">{title}</h1>
        <p class="govuk-body">{when} {first}</p>
        <p class="govuk-body">
            <a class="govuk-link" href=paths::consultation(&about.slug)>"Go to the consultation"</a>
        </p>
        {kept}
    }
    .into_any()
}
