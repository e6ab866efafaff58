//! Raising a concern: the signpost first, then what and where, then a last look, then the receipt.

use domain::neighbourhood::crime::{self, Signed};
use domain::neighbourhood::read::ConcernReceipt;
use domain::neighbourhood::{Category, NewConcern};
use domain::personal::{self, PersonalKind};
use leptos::prelude::*;

use crate::messages::neighbourhood as words;
use crate::messages::response::personal as looks_like;
use crate::neighbourhood::forms::{CONCERN, NO_CRIME};
use crate::paths;
use crate::ui::choice::{Choice, radios};
use crate::ui::dates;
use crate::ui::field::{Field, select, text_area, text_input};
use crate::ui::form::{
    ButtonKind, FormState, button, error_summary, get_form, hidden, link_button, named_button,
    post_form,
};
use crate::ui::parts;
use crate::ui::personal::{Finding, personal_warning};
use crate::ui::receipt::{mail_form, mailed_notice};

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
            <a class="govuk-link" href=paths::CONCERN_LOOK_UP>"See what became of it"</a>
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
            ". Nobody reads this page for crime reports."
        </p>
        <h2 class="govuk-heading-m">"To raise a concern about a place"</h2>
        <p class="govuk-body">
            "Carry on here: noise, speeding, litter, dark streets, a place where you do not feel \
             safe. The neighbourhood team reads each one and replies within 72 hours."
        </p>
        {link_button(ButtonKind::Primary, format!("{}?step=form", paths::raise(code)), "Continue: it is about a place")}
    }
    .into_any()
}

/// Instead of the form, where nobody would read what is sent: whom to turn to.
pub fn nobody_reads(code: &str, ward: &str) -> AnyView {
    view! {
        {parts::back_link(paths::area(code), format!("Back to {ward}"))}
        <span class="govuk-caption-xl">{ward.to_owned()}</span>
        <h1 class="govuk-heading-xl">"You can’t raise a concern here at the moment"</h1>
        <p class="govuk-body">
            "No neighbourhood team reads concerns about this area on this website, so nobody would \
             answer you."
        </p>
        {parts::warning("Is somebody in danger, or is a crime happening now? Call 999.")}
        <p class="govuk-body">
            "For anything else that the police should know, call 101, or "
            <a class="govuk-link" href="https://www.police.uk/pu/contact-us/" rel="external">
                "tell them on the police website"
            </a>
            "."
        </p>
        <p class="govuk-body">
            "About litter, lights, parks or roads you can write to the council: see "
            <a class="govuk-link" href="/contact">"whom to contact"</a>
            "."
        </p>
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
        {parts::back_link(paths::raise(code), "Back")}
        {error_summary(&state.errors)}
        <span class="govuk-caption-xl">{ward.to_owned()}</span>
        <h1 class="govuk-heading-xl">"What is your concern?"</h1>
        {post_form(paths::raise(code), view! {
            {hidden("key", key)}
            {said_no_crime(state)}
            {radios(state, Field::new("category", "What is it about?"), &categories)}
            {text_area(state, Field::new("what", "What happens?").hint("What you see or hear, when and how often. Leave out names of people and number plates.").rows(6).limit(3_000))}
            {text_area(state, Field::new("place", "Where?").hint("A street, a landmark, between which streets. You need no map.").rows(2))}
            {radios(state, Field::new("contact", "May the team get in touch with you?").inline(), &contact)}
            {text_input(state, Field::new("name", "Your name (optional)").autocomplete("name"))}
            {text_input(state, Field::new("email", "Your email address").hint("Only if they may get in touch. Only the neighbourhood team sees it.").kind("email").autocomplete("email"))}
            {named_button(ButtonKind::Primary, "go", "check", "Continue")}
        })}
    }
    .into_any()
}

/// A last look before it is sent. `not_saved` says that sending it failed just now.
pub fn check(
    code: &str,
    ward: &str,
    new: &NewConcern,
    state: &FormState,
    key: &str,
    not_saved: bool,
) -> AnyView {
    let category = new.category.map(words::category).unwrap_or_default();
    let contact = if new.may_contact {
        let named = if new.name.is_empty() { "" } else { ", " };
        format!("Yes: {}{named}{}", new.name, new.email)
    } else {
        "No".to_owned()
    };
    let rows = [
        ("category", "What it is about", category.to_owned()),
        ("what", "What happens", new.what.clone()),
        ("place", "Where", new.place.clone()),
        ("contact", "May the team get in touch", contact),
    ]
    .into_iter()
    .map(|(field, key, value)| {
        view! {
            <div class="govuk-summary-list__row">
                <dt class="govuk-summary-list__key">{key}</dt>
                <dd class="govuk-summary-list__value"><span class="app-lines" dir="auto">{value}</span></dd>
                <dd class="govuk-summary-list__actions">
                    <button
                        type="submit"
                        class="app-change"
                        name="go"
                        value="change"
                        formaction=format!("{}#{field}", paths::raise(code))
                    >
                        "Change"
                        <span class="govuk-visually-hidden">{format!(" {}", key.to_lowercase())}</span>
                    </button>
                </dd>
            </div>
        }
    })
    .collect_view();
    let again = not_saved.then(|| {
        let words = "The service is busy or its disk is full. What you wrote is all still here. \
                     Wait a minute and send it again: it can’t be counted twice.";
        parts::notification(
            false,
            "We could not save your concern",
            view! { <p class="govuk-notification-banner__heading">{words}</p> },
        )
    });
    view! {
        {again}
        <span class="govuk-caption-xl">{ward.to_owned()}</span>
        <h1 class="govuk-heading-xl">"Check your concern"</h1>
        {post_form(paths::raise(code), view! {
            {hidden("key", key)}
            {carried(state)}
            {said_no_crime(state)}
            {personal_warning(found(new), "You can leave them in if the team needs them to find the place. Only they read what you write: it is never published.")}
            <dl class="govuk-summary-list">{rows}</dl>
            <p class="govuk-body">
                "You get a code that lets you follow what happens to it. We publish only how many \
                 concerns of each kind there are."
            </p>
            {named_button(ButtonKind::Primary, "go", "send", "Send your concern")}
        })}
    }
    .into_any()
}

/// What was typed, for a page that only asks about it.
fn carried(state: &FormState) -> AnyView {
    let fields = CONCERN.iter().map(|name| hidden(*name, state.get(name)));
    fields.collect_view().into_any()
}

/// Of which words somebody said that they are no crime, so that they are asked once.
fn said_no_crime(state: &FormState) -> Option<AnyView> {
    let said = state.get(NO_CRIME);
    (!said.is_empty()).then(|| hidden(NO_CRIME, said).into_any())
}

/// Between the form and the last look, where the words may be about a crime: where that belongs, and the
/// way on for whoever knows that it is none.
pub fn may_be_a_crime(
    code: &str,
    ward: &str,
    signs: &[Signed],
    state: &FormState,
    key: &str,
) -> AnyView {
    let found = signs
        .iter()
        .map(|one| {
            view! {
                <li>
                    <strong><bdi>{one.words.clone()}</bdi></strong>
                    {format!(" may be about {}", words::sign(one.sign))}
                </li>
            }
        })
        .collect_view();
    view! {
        <span class="govuk-caption-xl">{ward.to_owned()}</span>
        <h1 class="govuk-heading-xl">"This may be a crime: call 101"</h1>
        <p class="govuk-body-l">
            "Nothing has been sent yet. Concerns are about places, and nobody reads them as reports of crimes: \
             a reply can take 72 hours, and no investigation begins with it."
        </p>
        {parts::warning("Is somebody in danger, or is a crime happening now? Call 999.")}
        <h2 class="govuk-heading-m">"Why we ask"</h2>
        <ul class="govuk-list govuk-list--bullet">{found}</ul>
        <h2 class="govuk-heading-m">"If it is a crime"</h2>
        <p class="govuk-body">
            "Call 101, or "
            <a class="govuk-link" href="https://www.police.uk/pu/contact-us/" rel="external">
                "report it on the police website"
            </a>
            ". There you can say who it was and give a number plate, and you get a crime reference number. To stay \
             anonymous, call Crimestoppers on 0800 555 111."
        </p>
        <h2 class="govuk-heading-m">"If it is about a place"</h2>
        <p class="govuk-body">
            "You can change your words, or go on with them as they are. Everything you wrote is kept \
             on this page."
        </p>
        {post_form(paths::raise(code), view! {
            {hidden("key", key)}
            {hidden(NO_CRIME, crime::wording(signs))}
            {carried(state)}
            <div class="govuk-button-group">
                {named_button(ButtonKind::Primary, "go", "change", "Change what I wrote")}
                {named_button(ButtonKind::Secondary, "go", "check", "This is no crime: go on")}
            </div>
        })}
    }
    .into_any()
}

/// What may say who somebody is; where something happens, a postcode is no more than that.
fn found(new: &NewConcern) -> Vec<Finding> {
    let place = personal::find(&new.place)
        .into_iter()
        .filter(|one| one.kind != PersonalKind::Postcode)
        .map(|one| (one, "“Where”"));
    let what = personal::find(&new.what).into_iter();
    what.map(|one| (one, "“What happens”"))
        .chain(place)
        .map(|(one, place)| Finding {
            words: one.words,
            looks_like: looks_like(one.kind),
            place: place.to_owned(),
        })
        .collect()
}

/// The receipt.
pub fn receipt(view: &ConcernReceipt, state: &FormState) -> AnyView {
    let code = view.code.clone();
    let due = dates::until(view.due);
    view! {
        {error_summary(&state.errors)}
        {mailed_notice(view.mailed)}
        {parts::panel("We have your concern", view! { "Your code" <br/> <strong class="app-code">{code}</strong> })}
        <p class="govuk-body">
            "Write this code down, print this page or have it sent to you. It is the only way to \
             see what became of your concern: we do not keep the code itself."
        </p>
        <h2 class="govuk-heading-m">"What happens next"</h2>
        <p class="govuk-body">{format!("The neighbourhood team will reply by {due}.")}</p>
        {link_button(ButtonKind::Secondary, paths::CONCERN_LOOK_UP, "See what became of it")}
        {mail_form(paths::CONCERN_RECEIPT, state)}
    }
    .into_any()
}
