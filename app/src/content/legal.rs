//! Privacy, cookies, licences.

use domain::retention::{CONCERN_CONTACT_DAYS, LETTER_DAYS, VOTE_SOURCE_DAYS};
use leptos::prelude::*;

use crate::paths;
use crate::ui::parts::{SummaryRow, heading, summary_list};
use crate::ui::table::{Column, text_table};

/// What we keep about people, why and how long.
pub fn privacy() -> AnyView {
    let row = |[what, why, who, how_long]: [&str; 4]| {
        let facts = vec![
            SummaryRow::text("Why", why),
            SummaryRow::text("Who sees it", who),
            SummaryRow::text("How long", how_long),
        ];
        view! {
            <h3 class="govuk-heading-m">{what.to_owned()}</h3>
            {summary_list(facts)}
        }
        .into_any()
    };
    let rows = vec![
        row([
            "Your answers",
            "To understand what people think before a decision",
            "The teams that hold the consultation; everyone, if you agreed and a moderator \
             approved",
            "As long as the record of the decision. Nothing is removed automatically; what you \
             can ask for is below",
        ]),
        row([
            "Your name and organisation, if you tell us",
            "To appear beside your words, if you choose that",
            "Everyone, if you chose to be named and a moderator approved; otherwise nobody",
            "As long as your answers",
        ]),
        row([
            "Your votes on statements",
            "To see what people agree about, one vote each",
            "Everyone, as counts; and, once voting has ended, one by one, shuffled and without \
             names or times. We keep which browser voted only as a scrambled mark, with a day and \
             no time",
            "As long as the record of the decision",
        ]),
        row([
            "Your ward, if you tell us",
            "To know which places we heard from",
            "The teams that hold the consultation; small numbers are never published",
            "As long as your answers",
        ]),
        row([
            "A scrambled mark of the network your first vote came from, which changes each day \
             and is shared by many networks; and whether the page was opened first",
            "To notice votes cast by programs",
            "Nobody; only the program uses it",
            &format!("{VOTE_SOURCE_DAYS} days"),
        ]),
        row([
            "Your email address, if you leave it",
            "To tell you what came of it",
            "Nobody; only the program uses it",
            "Until the email about the outcome is on its way: it is removed at the same time",
        ]),
        row([
            "Your receipt code",
            "So that you can follow what happened to your words",
            "Only you: what we keep can’t be turned back into the code",
            "As long as your answers",
        ]),
        row([
            "An email to you, until it is sent",
            "To send it",
            "Only the program reads it. If it can’t be sent, the council’s administrators see its \
             subject, when it was written, how often it was tried and why it failed; they do not \
             see your address or what the email says",
            &format!(
                "Your address and what it says are removed as soon as it is sent. An email that \
                 can’t be sent is removed after {LETTER_DAYS} days"
            ),
        ]),
        row([
            "Your ballot in a poll",
            "To count it, and so that you can change and check it",
            "Everyone, once the result is published: each ballot is in a list without names or \
             times. We do not keep whose ballot it is, and what we keep can’t be turned back into \
             your voting code",
            "As long as the record of the decision",
        ]),
        row([
            "That you may vote in a poll, and the day you got your ballot paper",
            "So that each person votes once",
            "If the poll has a register: the teams that hold the consultation see the names and \
             addresses on it, and how many have a ballot paper. If you asked by email: nobody; we \
             keep your address only as a scrambled mark. Nobody can see how you voted",
            "As long as the record of the decision",
        ]),
        row([
            "A scrambled mark of the network and the day your ballot came from",
            "To notice ballots cast by programs",
            "Nobody; only the program uses it. It is kept in memory and never written down, only \
             whether a ballot was set aside",
            "Until the poll closes",
        ]),
        row([
            "A concern about your neighbourhood",
            "So that the police neighbourhood team can act and reply",
            "The neighbourhood team for that area, and the council’s moderators if it is passed to the council",
            "As long as the team’s record. Nothing is removed automatically",
        ]),
        row([
            "How to reach you about a concern, if you say we may",
            "So that the team can get in touch",
            "The neighbourhood team for that area",
            &format!(
                "Until {CONCERN_CONTACT_DAYS} days after the last thing that happened to a concern that has ended"
            ),
        ]),
        row([
            "Names and work addresses of staff, and what they did",
            "To know who did what, as the law on records asks",
            "Administrators and auditors",
            "As long as the record is kept. Who is signed in: 8 hours after they last used it",
        ]),
    ];
    view! {
        {heading("", "Privacy", "What we keep about you, why, and what you can ask of us.")}
        <h2 class="govuk-heading-l">"What we keep"</h2>
        <p class="govuk-body">"You can take part without an account and without telling us who you are."</p>
        {rows}
        <h2 class="govuk-heading-l">"What we do not do"</h2>
        <ul class="govuk-list govuk-list--bullet">
            <li>"We do not keep the network address from which you take part. It is used for a few minutes, in memory only, to stop floods of messages; of votes and ballots we keep the marks described above, from which the address can’t be read."</li>
            <li>"We do not follow you, show advertisements, or load anything from another company."</li>
            <li>"We do not sell or share what you write."</li>
            <li>"No computer decides about what you write. People read it."</li>
        </ul>
        <h2 class="govuk-heading-l">"What a program decides"</h2>
        <p class="govuk-body">"A program looks for votes and ballots that seem to be cast by other programs, such as very many from one network, and sets them aside. They are kept but not counted. It does not know whose they are, so people’s own votes may be among them. Moderators can let votes on statements back in. The result of a poll also says what it would be with the ballots that were set aside, and you can check with your voting code whether yours is one of them."</p>
        <h2 class="govuk-heading-l">"Before you send"</h2>
        <p class="govuk-body">"You see what the public would see before you send, and choose whether your words may be published. Do not write names, telephone numbers or addresses of yourself or others in an answer."</p>
        <h2 class="govuk-heading-l">"The law"</h2>
        <p class="govuk-body">"The public body that holds the consultation is the controller of what you send. It does so to carry out a public task (UK GDPR, article 6(1)(e))."</p>
        <h2 class="govuk-heading-l">"What you can ask"</h2>
        <p class="govuk-body">
            "You can ask to see what is kept about you, to have it put right, to have it removed, \
             or object to its use. Write to the team that holds the consultation, on the "
            <a class="govuk-link" href="/contact">"contact page"</a>
            ". Where you sent your answer without your name, we need your receipt code to find it."
        </p>
        <p class="govuk-body">
            "If you are not content with the answer, you can complain to the "
            <a class="govuk-link" href="https://ico.org.uk/make-a-complaint/">"Information Commissioner’s Office"</a>"."
        </p>
    }
    .into_any()
}

/// The cookies there are.
pub fn cookies() -> AnyView {
    let columns = [
        Column::text("Name"),
        Column::text("What it is for"),
        Column::text("Who gets it"),
        Column::text("How long"),
    ];
    let row = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
    let rows = vec![
        row([
            "voter",
            "So that one person has one vote on a statement and can change it",
            "People who open a page with statements to vote on",
            "180 days",
        ]),
        row([
            "receipt",
            "Shows you the receipt of the response you just sent, on its own page only",
            "People who send a response",
            "1 day",
        ]),
        row([
            "concern",
            "Shows you the receipt of the concern you just raised, on its own page only",
            "People who raise a concern",
            "1 hour",
        ]),
        row([
            "ballot",
            "Holds your voting code, so that you can change and check your ballot without typing it",
            "People who open a ballot paper",
            "180 days, or until you finish and clear this browser",
        ]),
        row([
            "session or __Host-session",
            "Keeps staff signed in",
            "Staff who sign in",
            "8 hours",
        ]),
        row([
            "known",
            "Lets staff in from their usual browser while somebody else is guessing their password",
            "Staff who have signed in",
            "180 days",
        ]),
    ];
    view! {
        {heading("", "Cookies", "Small pieces of text that your browser keeps for us.")}
        <p class="govuk-body">"We only use cookies that the service can’t work without. The law lets us set those without asking, so we do not show you a banner."</p>
        <p class="govuk-body">"Reading and searching set no cookies, except on pages with statements to vote on."</p>
        {text_table("Our cookies", &columns, rows)}
        <p class="govuk-body">"None of them follows you to another site, and no other company sees them. You can delete them in your browser at any time; if you delete the “voter” cookie, we take your next vote to be from a new person."</p>
    }
    .into_any()
}

/// Whose work this is built on.
pub fn licences() -> AnyView {
    view! {
        {heading("", "Licences and credits", "")}
        <h2 class="govuk-heading-l">"This software"</h2>
        <p class="govuk-body">"Soundings is free software under the Apache License, version 2.0."</p>
        <h2 class="govuk-heading-l">"Places and census"</h2>
        <p class="govuk-body">"Source: Office for National Statistics licensed under the Open Government Licence v.3.0."</p>
        <p class="govuk-body">"Contains OS data © Crown copyright and database right 2025."</p>
        <p class="govuk-body">"Contains Royal Mail data © Royal Mail copyright and database right 2025."</p>
        <p class="govuk-body">
            <a class="govuk-link" href="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/">"Read the Open Government Licence"</a>
        </p>
        <h2 class="govuk-heading-l">"Open-data conversations"</h2>
        <p class="govuk-body">"Where a consultation says that it was brought in from open data: data was gathered using the Polis software (see: compdemocracy.org/polis and github.com/compdemocracy/polis) and is sub-licensed under CC BY 4.0 with Attribution to The Computational Democracy Project."</p>
        <h2 class="govuk-heading-l">"Typeface and styles"</h2>
        <ul class="govuk-list govuk-list--bullet">
            <li>"Atkinson Hyperlegible Next, by the Braille Institute of America, under the SIL Open Font License 1.1."</li>
            <li>"GOV.UK Frontend, © Crown copyright (Government Digital Service), under the MIT licence. Its crown and its typeface are not used: this is not a government site."</li>
        </ul>
        <h2 class="govuk-heading-l">"Programs"</h2>
        <p class="govuk-body">"Built with Rust, Leptos, Axum, SeaORM, Tokio, SQLite and PostgreSQL, and with many smaller libraries under the MIT, Apache 2.0, BSD, ISC, Zlib, Unicode, MPL and IJG licences. The file NOTICES, which comes with the program, names them one by one with the words that their licences ask for."</p>
        <p class="govuk-body">"This software is based in part on the work of the Independent JPEG Group."</p>
        <p class="govuk-body"><a class="govuk-link" href=paths::HUB>"Go to consultations"</a></p>
    }
    .into_any()
}
