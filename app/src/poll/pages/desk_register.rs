//! The register: who may vote, how many have been given a ballot paper, and new letters.

use domain::edit::Changed;
use domain::poll::Section;
use domain::poll::read::DeskPoll;
use leptos::prelude::*;

use super::desk_frame::{framed, saved};
use crate::paths;
use crate::ui::chart::{number_text, percent};
use crate::ui::choice::checkbox;
use crate::ui::conflict::{KEY, key_field, version_field};
use crate::ui::field::{Field, file_input};
use crate::ui::form::{ButtonKind, FormState, button, hidden, post_form, upload_form};
use crate::ui::parts::{self, SummaryRow};

/// The page: what is there, the upload, new letters; and what a colleague did to it where somebody was
/// first.
pub fn register(view: &DeskPoll, state: &FormState, changed: Option<&Changed>) -> AnyView {
    let electors = view.turnout.electors.unwrap_or(0);
    let there = if electors == 0 {
        parts::empty("Nobody is on the register yet.", None)
    } else {
        parts::summary_list(vec![
            SummaryRow::text("On the register", number_text(electors)),
            SummaryRow::text(
                "Ballot papers issued",
                format!(
                    "{} ({})",
                    number_text(view.issued),
                    percent(view.issued, electors)
                ),
            ),
        ])
    };
    let upload =
        (view.may.register && view.issued == 0).then(|| upload_part(view, state, electors));
    let letters = (view.may.register && electors > view.issued).then(|| letters_part(view, state));
    let inside = view! {
        {saved(view, Section::Register, state, changed)}
        <p class="govuk-body">
            "Each person or address on the register gets a letter with a code for one ballot \
             paper. We keep only whether a paper was issued: nobody can see how anyone voted, not \
             even you."
        </p>
        {there}
        {letters}
        {upload}
    };
    framed(view, state, "The register", inside)
}

fn upload_part(view: &DeskPoll, state: &FormState, electors: u64) -> AnyView {
    let (title, warn) = if electors == 0 {
        ("Upload the register", None)
    } else {
        (
            "Replace the register",
            Some(parts::warning(
                "A new register replaces this one, and the letters made for it stop working.",
            )),
        )
    };
    let form = upload_form(
        paths::desk_poll(&view.view.slug, view.view.poll.number, "register"),
        view! {
            {version_field(state)}
            {key_field(state)}
            {file_input(state, Field::new("file", "The register as CSV").hint("The first line names the columns: name and address, separated by commas. Up to 20,000 people, 5 MB.").accept(".csv,text/csv"))}
            {button(ButtonKind::Primary, "Upload, and make the letters")}
        },
    );
    view! {
        <h2 class="govuk-heading-l">{title}</h2>
        {warn}
        <p class="govuk-body">
            "The letters appear once, straight after the upload, ready to print. We keep no code in a form \
             that could be read, so they can’t be shown again."
        </p>
        <p class="govuk-body">
            "Each person is on the register once, however their name is typed. Where two people of one \
             name live at one address, add a third column, note or reference, that tells them apart, \
             such as senior and junior. It is printed behind their names."
        </p>
        {form}
    }
    .into_any()
}

fn letters_part(view: &DeskPoll, state: &FormState) -> AnyView {
    view! {
        <h2 class="govuk-heading-l">"Make new letters"</h2>
        <p class="govuk-body">
            "For everybody who has not been issued a ballot paper. Letters that were made before \
             stop working, so do this only if they were lost or never posted."
        </p>
        {post_form(
            paths::desk_poll(&view.view.slug, view.view.poll.number, "register/letters"),
            view! {
                {version_field(state)}
                // A key of its own: new letters are not the upload again.
                {hidden(KEY, format!("{}-letters", state.get(KEY)))}
                {checkbox(state, Field::new("confirm", "The letters made before are void"), "yes")}
                {button(ButtonKind::Secondary, "Make new letters")}
            },
        )}
    }
    .into_any()
}
