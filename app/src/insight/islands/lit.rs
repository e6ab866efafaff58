//! Highlights one group everywhere on the page while it is pointed at or focused.
//!
//! Without scripts each group of the picture is a link to what it says. Invariant: nothing is
//! shown or hidden by this, it only stands out; the style sheet does the rest from `data-lit`.

use leptos::prelude::*;

/// Marks the element whose id is `target` with the letter of the group within it that is pointed at.
#[island]
pub fn Lit(
    /// The id of the element that holds the groups.
    target: String,
) -> impl IntoView {
    let words = RwSignal::new("Each shape links to what its group says.".to_owned());
    #[cfg(feature = "hydrate")]
    listen(target, words);
    #[cfg(not(feature = "hydrate"))]
    let _ = target;
    view! { <p class="govuk-body-s app-lit">{move || words.get()}</p> }
}

#[cfg(feature = "hydrate")]
fn listen(target: String, words: RwSignal<String>) {
    // After hydration, which takes the words in the page for those of the signal.
    request_animation_frame(move || {
        words.set(
            "Point at a group to highlight it everywhere below, or choose it to go to what it \
             says."
                .to_owned(),
        );
    });
    let over = target.clone();
    let _ = window_event_listener(leptos::ev::mouseover, move |event| light(&over, &event));
    let _ = window_event_listener(leptos::ev::focusin, move |event| light(&target, &event));
}

#[cfg(feature = "hydrate")]
fn light(target: &str, event: &web_sys::Event) {
    use wasm_bindgen::JsCast;
    let Some(groups) = document().get_element_by_id(target) else {
        return;
    };
    let pointed = event
        .target()
        .and_then(|at| at.dyn_into::<web_sys::Element>().ok());
    // What has the focus stands out while nothing is pointed at: a page that scrolls under a
    // resting mouse points at nothing.
    let letter = pointed
        .and_then(|at| group_of(&at))
        .or_else(|| group_of(&document().active_element()?));
    let _ = match letter {
        Some(letter) => groups.set_attribute("data-lit", &letter),
        None => groups.remove_attribute("data-lit"),
    };
}

/// The letter of the group, in the picture or its table, that this is part of.
#[cfg(feature = "hydrate")]
fn group_of(at: &web_sys::Element) -> Option<String> {
    at.closest(".app-picture [data-group], .app-opinion__table [data-group]")
        .ok()
        .flatten()?
        .get_attribute("data-group")
}
