//! Fetches the figures again while the page is open, so that new responses appear.
//!
//! Without scripts the link does the same by loading the page again. Invariant: what is fetched
//! is HTML that the server rendered for this very person; nothing is computed here.

use leptos::prelude::*;

/// `source` answers with the inside of the element whose id is `target`.
#[island]
pub fn Live(
    /// Where the figures come from.
    source: String,
    /// The id of the element that shows them.
    target: String,
    /// The page itself, for the link.
    page: String,
) -> impl IntoView {
    let words = RwSignal::new("These figures are from when the page was loaded.".to_owned());
    #[cfg(feature = "hydrate")]
    watch(source, target, words);
    #[cfg(not(feature = "hydrate"))]
    let _ = (source, target);
    view! {
        <p class="govuk-body-s app-live">
            <span class="app-live__words">{move || words.get()}</span>
            " "
            <a class="govuk-link" href=page>"Refresh now"</a>
        </p>
    }
}

#[cfg(feature = "hydrate")]
fn watch(source: String, target: String, words: RwSignal<String>) {
    use std::time::Duration;
    // After hydration, which takes the words in the page for those of the signal.
    request_animation_frame(move || {
        words.set("These figures update by themselves.".to_owned());
    });
    let fetch = move || {
        let hidden = document().hidden();
        if hidden {
            return;
        }
        let (source, target) = (source.clone(), target.clone());
        leptos::task::spawn_local(async move {
            let said = match get(&source).await {
                Some(html) => {
                    if let Some(element) = document().get_element_by_id(&target)
                        && element.inner_html() != html
                    {
                        element.set_inner_html(&html);
                    }
                    "These figures update by themselves."
                }
                None => "We can’t reach the server, so these figures may be old.",
            };
            words.set(said.to_owned());
        });
    };
    set_interval(fetch, Duration::from_millis(1_500));
}

/// The text behind an address of our own, or nothing where it can't be had.
#[cfg(feature = "hydrate")]
async fn get(source: &str) -> Option<String> {
    use wasm_bindgen::JsCast;
    use wasm_bindgen_futures::JsFuture;
    let response = JsFuture::from(window().fetch_with_str(source)).await.ok()?;
    let response: web_sys::Response = response.dyn_into().ok()?;
    if !response.ok() || response.redirected() {
        return None;
    }
    JsFuture::from(response.text().ok()?)
        .await
        .ok()?
        .as_string()
}
