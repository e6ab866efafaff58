//! Emails that did not leave, for administrators.

use domain::account::read::{LetterTo, LetterView, LettersView};
use domain::letter::Trouble;
use jiff::Timestamp;
use leptos::prelude::*;

use crate::messages::account as words;
use crate::paths;
use crate::ui::dates;
use crate::ui::form::{ButtonKind, button_form};
use crate::ui::parts::{Tone, heading, notification, tag};
use crate::ui::table::{Column, pagination, table};

/// The list, with a button for each.
pub fn letters(view: LettersView, now: Timestamp) -> AnyView {
    let again = view.again.map(|sent| {
        let (title, text) = words::sent_again(sent);
        let text = view! { <p class="govuk-notification-banner__heading">{text}</p> };
        notification(sent, title, text)
    });
    let list = if view.letters.is_empty() {
        view! { <p class="govuk-body">"Every email that was written has left."</p> }.into_any()
    } else {
        let columns = [
            Column::text("To"),
            Column::text("Subject"),
            Column::text("Written"),
            Column::text("Why it was not sent"),
            Column::text("What happens now"),
        ];
        let total = view.total;
        let rows = view
            .letters
            .into_iter()
            .map(|letter| row(letter, now))
            .collect();
        let caption = match total {
            1 => "1 email was not sent".to_owned(),
            n => format!("{n} emails were not sent"),
        };
        table(caption, &columns, rows)
    };
    view! {
        {again}
        {heading("Administration", "Emails that were not sent", words::emails_not_sent())}
        {list}
        {pagination(paths::LETTERS, view.page, view.pages)}
    }
    .into_any()
}

fn row(letter: LetterView, now: Timestamp) -> Vec<AnyView> {
    let tried = match letter.tries {
        1 => "tried once".to_owned(),
        n => format!("tried {n} times"),
    };
    let state = match letter.next {
        Some(next) => view! {
            {tag(Tone::Waiting, "Waiting")}
            <p class="govuk-body-s">{words::next_try(next, now)}</p>
        }
        .into_any(),
        None => view! {
            {tag(Tone::Neutral, "Given up")}
            <p class="govuk-body-s">{format!("It is removed on {}.", dates::date(letter.removed))}</p>
        }
        .into_any(),
    };
    let path = format!("{}/{}/again", paths::LETTERS, letter.id);
    let to = match letter.to {
        LetterTo::Staff(address) => address,
        LetterTo::Resident => "A resident".to_owned(),
        LetterTo::Unknown => "We can’t tell".to_owned(),
    };
    // Nothing is left of it to send.
    let button = (letter.trouble != Trouble::Unreadable)
        .then(|| button_form(path, ButtonKind::Secondary, "Send it again", &[]));
    vec![
        to.into_any(),
        view! { <bdi>{letter.subject}</bdi> }.into_any(),
        dates::long(letter.written).into_any(),
        format!("{} ({tried})", words::trouble(letter.trouble)).into_any(),
        view! {
            {state}
            {button}
        }
        .into_any(),
    ]
}
