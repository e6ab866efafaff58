//! Letters to the electors of a register, one page each when printed.
//!
//! Invariant: a code is in the page that makes it and nowhere else: it is kept as a hash.

use domain::consultation::draft::Contact;
use domain::poll::read::{LetterView, PollView};
use leptos::prelude::*;

use crate::paths;
use crate::ui::parts;

/// Every letter. `site` is where people reach us; `contact` who they can ask.
pub fn letters(view: &PollView, site: &str, contact: &Contact, list: &[LetterView]) -> AnyView {
    let letters = list
        .iter()
        .map(|letter| one(view, site, contact, letter))
        .collect_view();
    let number = list.len();
    let many = if number == 1 {
        "1 letter".to_owned()
    } else {
        format!("{} letters", crate::ui::chart::number_text(number as u64))
    };
    view! {
        <div class="app-screen-only">
            {parts::back_link(paths::desk_poll(&view.slug, view.poll.number, "register"), "Back to the register")}
            <h1 class="govuk-heading-xl">{format!("{many}, ready to print")}</h1>
            {parts::warning("Print them now, or save them as PDF where only your team can read it. The codes can’t be shown again.")}
            <p class="govuk-body">"Each letter is printed on a page of its own. Use the print command of your browser."</p>
        </div>
        <div class="app-letters">{letters}</div>
    }
    .into_any()
}

fn one(view: &PollView, site: &str, contact: &Contact, letter: &LetterView) -> AnyView {
    let address = format!("{}\n{}", letter.name, letter.address);
    let page = paths::poll(&view.slug, view.poll.number);
    let site = site.trim_end_matches('/');
    let plain = site
        .trim_start_matches("https://")
        .trim_start_matches("http://");
    let Contact { name, email } = contact;
    view! {
        <article class="app-letter">
            <p class="app-letter__address app-lines" dir="auto">{address}</p>
            <h2 class="app-letter__title">"Your vote: " {view.poll.question.clone()}</h2>
            <p>{format!("This is part of the consultation “{}”. You can vote from {} until {}.", view.title, view.opens, view.closes)}</p>
            <div class="app-letter__code">
                <span>"Your code"</span>
                <strong>{letter.code.clone()}</strong>
            </div>
            <h3>"To vote online"</h3>
            <p>"Go to " <strong>{format!("{plain}{page}")}</strong> " and type the code."</p>
            <h3>"To vote on paper"</h3>
            <p>"Fill in the ballot paper, write the code on it, and send or bring it back before voting closes. Use one way, not both: the code works once."</p>
            <h3>"Your vote is secret"</h3>
            <p>"We record that a ballot paper was issued for this code, but never how you voted. Keep the code to yourself: whoever has it can vote with it."</p>
            <p class="app-letter__contact">{format!("Questions? {name}, {email}")}</p>
        </article>
    }
    .into_any()
}
