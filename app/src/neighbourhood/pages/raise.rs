//! Raising a concern: the signpost first, then what and where.

use domain::neighbourhood::Category;
use leptos::prelude::*;

use crate::messages::neighbourhood as words;
use crate::paths;
use crate::ui::choice::{Choice, radios};
use crate::ui::field::{Field, select, text_area, text_input};
use crate::ui::form::{
    ButtonKind, FormState, button, error_summary, get_form, hidden, link_button, post_form,
};
use crate::ui::parts;

/// Where a concern begins: the place first.
pub fn choose_area(state: &FormState, wards: &[(String, String)]) -> AnyView {
    view! {
        {error_summary(&state.errors)}
        {parts::heading("", "Raise a concern about a place", "Tell the neighbourhood police team about something that keeps happening where you live. They reply within 72 hours.")}
        {get_form("/concerns/new", view! {
            {text_input(state, Field::new("postcode", "Postcode of the place").width(10).autocomplete("postal-code"))}
            {select(state, Field::new("ward", "Or choose the ward"), wards)}
            {button(ButtonKind::Primary, "Continue")}
        })}
        <h2 class="govuk-heading-m">"Have you raised one already?"</h2>
        <p class="govuk-body">
            <a class="govuk-link" href="/concerns">"See what became of it"</a>
            " with the code on your receipt."
        </p>
    }
    .into_any()
}

/// The signpost: what does not belong here, and where it does.
pub fn first(code: &str, ward: &str) -> AnyView {
    view! {
        {parts::back_link(paths::area(code), format!("Back to {ward}"))}
        <span class="govuk-caption-xl">{ward.to_owned()}</span>
        <h1 class="govuk-heading-xl">"Before you start"</h1>
        {parts::warning("Is somebody in danger, or is a crime happening now? Call 999.")}
        <p class="govuk-body">
            "If you can’t hear or speak on the phone, use the textphone service 18000, or text 999 \
             if you have registered."
        </p>
        <h2 class="govuk-heading-m">"To report a crime"</h2>
        <p class="govuk-body">
            "Call 101, or "
            <a class="govuk-link" href="https://www.police.uk/pu/contact-us/" rel="external">
                "report it on the police website"
            </a>
            ". This page is not read as a crime report."
        </p>
        <h2 class="govuk-heading-m">"To raise a concern about a place"</h2>
        <p class="govuk-body">
            "Go on here: noise, speeding, litter, dark streets, a place where you do not feel \
             safe. The neighbourhood team reads each one and replies within 72 hours."
        </p>
        {link_button(ButtonKind::Primary, format!("/areas/{code}/concern?step=form"), "Continue: it is about a place")}
    }
    .into_any()
}

/// The form.
pub fn form(code: &str, ward: &str, state: &FormState, key: &str) -> AnyView {
    let categories: Vec<Choice> = Category::ALL
        .iter()
        .map(|category| Choice::new(category.code(), words::category(*category)))
        .collect();
    let contact = [Choice::new("yes", "Yes"), Choice::new("no", "No")];
    view! {
        {parts::back_link(format!("/areas/{code}/concern"), "Back")}
        {error_summary(&state.errors)}
        <span class="govuk-caption-xl">{ward.to_owned()}</span>
        <h1 class="govuk-heading-xl">"What is your concern?"</h1>
        {post_form(format!("/areas/{code}/concern"), view! {
            {hidden("key", key)}
            {radios(state, Field::new("category", "What is it about?"), &categories)}
            {text_area(state, Field::new("what", "What happens?").hint("What you see or hear, when and how often. Leave out names of people and number plates.").rows(6).limit(3_000))}
            {text_area(state, Field::new("place", "Where?").hint("A street, a landmark, between which streets. You need no map.").rows(2))}
            {radios(state, Field::new("contact", "May the team get in touch with you?").inline(), &contact)}
            {text_input(state, Field::new("name", "Your name (optional)").autocomplete("name"))}
            {text_input(state, Field::new("email", "Your e-mail address").hint("Only if they may get in touch. It is seen by the neighbourhood team alone.").kind("email").autocomplete("email"))}
            {button(ButtonKind::Primary, "Send your concern")}
        })}
    }
    .into_any()
}

/// The receipt.
pub fn receipt(code: &str, due: &str) -> AnyView {
    view! {
        {parts::panel("We have your concern", view! { "Your code" <br/> <strong class="app-code">{code.to_owned()}</strong> })}
        <p class="govuk-body">
            "Write this code down or print this page. It is the only way to see what became of \
             your concern: we do not keep it with your name."
        </p>
        <h2 class="govuk-heading-m">"What happens next"</h2>
        <p class="govuk-body">{format!("The neighbourhood team replies by {due}.")}</p>
        {link_button(ButtonKind::Secondary, "/concerns", "See what became of it")}
    }
    .into_any()
}
