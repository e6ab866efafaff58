//! All wards, with a look-up by postcode.

use domain::council::read::{AreasView, LookUp};
use leptos::prelude::*;

use super::map::ward_map;
use super::near::postcode_form;
use crate::paths;
use crate::ui::chart::number_text;
use crate::ui::form::{FormState, error_summary};
use crate::ui::parts::{empty, heading, page_with_facts};
use crate::ui::table::{Column, table};

/// The form as it was asked for, with what to do where nothing was found.
fn form(look_up: &LookUp) -> FormState {
    let (typed, message) = match look_up {
        LookUp::NotAsked => return FormState::new(),
        LookUp::NotAPostcode(typed) => (typed, "Enter a full postcode, such as DY1 1HF"),
        LookUp::Elsewhere(typed) => (
            typed,
            "We can’t find this postcode in the borough. Check it, or choose your area from the \
             list",
        ),
    };
    let mut form = FormState::new().with("postcode", typed);
    form.refuse("postcode", message);
    form
}

/// The page.
pub fn areas(view: AreasView) -> AnyView {
    let form = form(&view.look_up);
    let head = view! {
        {error_summary(&form.errors)}
        {heading("", "Your area", "See what is open where you live, who lives there, and what your neighbours raised.")}
    };
    if view.areas.is_empty() {
        let next = (paths::HUB.to_owned(), "See all consultations".to_owned());
        return view! { {head}{empty("No areas have been set up yet.", Some(next))} }.into_any();
    }
    let map = ward_map(&view.areas, "");
    let rows = view
        .areas
        .iter()
        .map(|area| {
            let link = view! {
                <a class="govuk-link" href=paths::area(&area.code)>{area.name.clone()}</a>
            };
            vec![link.into_any(), number_text(area.residents).into_any()]
        })
        .collect();
    let columns = [
        Column::text("Area"),
        Column::number("Residents, Census 2021"),
    ];
    let list = table(
        format!("The {} wards of the borough", view.areas.len()),
        &columns,
        rows,
    );
    view! {
        {page_with_facts(
            view! { {head}{postcode_form(&form)} },
            map,
            view! { <h2 class="govuk-heading-l">"All areas"</h2>{list} },
        )}
        {sources()}
    }
    .into_any()
}

/// Where places and figures come from, as their licences ask.
pub fn sources() -> AnyView {
    view! {
        <p class="govuk-body-s">
            "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. Contains OS data © Crown copyright and database right 2025. Contains Royal Mail data © Royal Mail copyright and database right 2025."
        </p>
    }
    .into_any()
}
