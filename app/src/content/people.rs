//! Accessibility, terms and moderation, contact.

use domain::council::read::Contact;
use domain::moderation::Reason;
use leptos::prelude::*;

use crate::messages::moderation::reason;
use crate::ui::parts::{empty, heading};
use crate::ui::table::{Column, table};

/// What works, what does not yet, and how to tell us.
pub fn accessibility() -> AnyView {
    view! {
        {heading("", "Accessibility", "This service is for everybody, whatever they read, see, hear or move with.")}
        <h2 class="govuk-heading-l">"What you can do here"</h2>
        <ul class="govuk-list govuk-list--bullet">
            <li>"make everything larger, up to 400%, without scrolling sideways"</li>
            <li>"use only a keyboard, or speech"</li>
            <li>"listen with a screen reader"</li>
            <li>"turn scripts off: every page and form works without them"</li>
            <li>"choose dark colours or high contrast in your own browser or system"</li>
            <li>"print any page"</li>
        </ul>
        <p class="govuk-body">"Every chart has its numbers in a table. Nothing needs a map, dragging, or a time limit. Nothing is shown by colour alone."</p>
        <h2 class="govuk-heading-l">"How it is tested"</h2>
        <p class="govuk-body">"We aim at the Web Content Accessibility Guidelines 2.2, level AA. An automatic check (axe) runs over the pages with each change of the software, with scripts on and off. Automatic checks find only part of what can be wrong. People who use assistive technology have not tested the service yet, and nobody independent has audited it, so we do not claim that it fully meets the guidelines."</p>
        <h2 class="govuk-heading-l">"What we know does not work well"</h2>
        <ul class="govuk-list govuk-list--bullet">
            <li>"Documents that teams upload may not be accessible. Ask the team for another format."</li>
            <li>"Pages are in English only. What residents write is shown in the language in which it was written."</li>
            <li>"What residents write may be hard to read; we do not change it."</li>
        </ul>
        <h2 class="govuk-heading-l">"Tell us, or ask for another format"</h2>
        <p class="govuk-body">
            "If something does not work for you, or you need large print, easy read, audio or paper, write to the team on the "
            <a class="govuk-link" href="/contact">"contact page"</a>
            ". You can also take part by telephone or on paper: each consultation names its contact."
        </p>
        <h2 class="govuk-heading-l">"If you are not content with our answer"</h2>
        <p class="govuk-body">
            "The Equality and Human Rights Commission enforces the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018. The "
            <a class="govuk-link" href="https://www.equalityadvisoryservice.com/">"Equality Advisory and Support Service"</a>
            " helps people to complain."
        </p>
    }
    .into_any()
}

/// What one may write here, and what happens to it.
pub fn terms() -> AnyView {
    let reasons = [
        Reason::PersonalData,
        Reason::NamedPerson,
        Reason::Abusive,
        Reason::Unlawful,
        Reason::OffTopic,
        Reason::Advertising,
        Reason::Duplicate,
        Reason::NotAStatement,
    ]
    .into_iter()
    .map(|why| view! { <li>{reason(why)}</li> })
    .collect_view();
    view! {
        {heading("", "Terms and moderation", "What you may write, who reads it, and what is published.")}
        <h2 class="govuk-heading-l">"Taking part"</h2>
        <p class="govuk-body">"Everybody may take part, once in each consultation. You may change your vote on a statement while voting is open. Numbers here show what those who took part think. They are not a referendum, and a vote never decides a planning application: reasons do."</p>
        <h2 class="govuk-heading-l">"What happens to your words"</h2>
        <ul class="govuk-list govuk-list--bullet">
            <li>"The teams that ask read every answer, published or not."</li>
            <li>"Nothing that you write is published before a person has read it."</li>
            <li>"It is published only if you agreed, and with your name only if you chose that."</li>
            <li>"We never change your words. A text is published whole or not at all."</li>
            <li>"Your receipt shows what was decided about your words and why."</li>
        </ul>
        <h2 class="govuk-heading-l">"What is not published"</h2>
        <p class="govuk-body">"A moderator may refuse to publish a text for one of these reasons only:"</p>
        <ul class="govuk-list govuk-list--bullet">{reasons}</ul>
        <p class="govuk-body">"Disagreeing with the council or the police is never a reason. Moderators do not moderate what they wrote themselves, and each decision is kept in a record that auditors can check."</p>
        <h2 class="govuk-heading-l">"Not for emergencies or crimes"</h2>
        <p class="govuk-body">"Nobody watches this site round the clock. In an emergency call 999. To report a crime call 101 or report it online to the police."</p>
        <h2 class="govuk-heading-l">"If you do not agree"</h2>
        <p class="govuk-body">
            "If you think that a decision about your words was wrong, write to the team on the "
            <a class="govuk-link" href="/contact">"contact page"</a>
            " with your receipt code. Somebody else will look at it again."
        </p>
    }
    .into_any()
}

/// How to reach each team.
pub fn contact(teams: Vec<Contact>) -> AnyView {
    let list = if teams.is_empty() {
        empty("No team has been set up yet.", None)
    } else {
        let columns = [
            Column::text("Team"),
            Column::text("Organisation"),
            Column::text("Email address"),
        ];
        let rows = teams
            .into_iter()
            .map(|contact| {
                let address = (!contact.email.is_empty()).then(|| {
                    let href = format!("mailto:{}", contact.email);
                    view! { <a class="govuk-link" href=href>{contact.email.clone()}</a> }
                });
                vec![
                    contact.team.into_any(),
                    contact.organisation.into_any(),
                    address.into_any(),
                ]
            })
            .collect();
        table("Teams and how to reach them", &columns, rows)
    };
    view! {
        {heading("", "Contact", "")}
        <p class="govuk-body">"In an emergency call 999. To report a crime call 101. Nobody watches this site round the clock."</p>
        <p class="govuk-body">"Each consultation names the person or team to ask about it. For anything else, write to one of the teams."</p>
        {list}
    }
    .into_any()
}
