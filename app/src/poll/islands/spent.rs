//! What a ballot spends, as it is marked: “£62,000 of £200,000. £138,000 is left.”
//!
//! Without scripts a button of the paper has the server work it out and gives every mark back.
//! Invariant: nothing is taken or refused here; whether a ballot fits its budget the server decides.

use leptos::prelude::*;

/// What is spent and what is left, or how much too much it is. `pence` is whether it is money.
pub fn sentence(spent: u64, of: u64, pence: bool) -> String {
    let amount = |number| {
        if pence {
            pounds(number)
        } else {
            grouped(number)
        }
    };
    let (given, whole) = (amount(spent), amount(of));
    let points = if pence { "" } else { " points" };
    if spent > of {
        let over = amount(spent - of);
        return format!("{given} of {whole}{points}. That is {over} too much: take some away.");
    }
    let left = of - spent;
    let is = if pence || left == 1 { "is" } else { "are" };
    format!("{given} of {whole}{points}. {} {is} left.", amount(left))
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn pounds(pence: u64) -> String {
    let whole = grouped(pence / 100);
    match pence % 100 {
        0 => format!("£{whole}"),
        rest => format!("£{whole}.{rest:02}"),
    }
}

/// Says what the marks within the element whose id is `within` spend, of `of`.
#[island]
pub fn Spent(
    /// The id of the element that holds the marks; each says in `data-spends` what one of it spends.
    within: String,
    /// What there is: pence, or points.
    of: u64,
    /// Whether it is money.
    pence: bool,
    /// What the marks spent when the page was made.
    spent: u64,
) -> impl IntoView {
    let spent = RwSignal::new(spent);
    #[cfg(feature = "hydrate")]
    watch(within, spent);
    #[cfg(not(feature = "hydrate"))]
    let _ = within;
    view! {
        <p class="app-spent__words" class:app-spent__words--over=move || { spent.get() > of } role="status">
            {move || sentence(spent.get(), of, pence)}
        </p>
    }
}

#[cfg(feature = "hydrate")]
fn watch(within: String, spent: RwSignal<u64>) {
    let first = within.clone();
    // After hydration; a browser that came back to the page has marks of its own by now.
    request_animation_frame(move || {
        spent.set(total(&first));
        if let Some(paper) = document().get_element_by_id(&first) {
            let _ = paper.set_attribute("data-live", "");
        }
    });
    let _ = window_event_listener(leptos::ev::input, move |_| spent.set(total(&within)));
}

#[cfg(feature = "hydrate")]
fn total(within: &str) -> u64 {
    use wasm_bindgen::JsCast;
    let marks = format!("#{within} [data-spends]");
    let Ok(marks) = document().query_selector_all(&marks) else {
        return 0;
    };
    let spends = |mark: &web_sys::Element| -> Option<u64> {
        let one: u64 = mark.get_attribute("data-spends")?.parse().ok()?;
        let times = match mark.dyn_ref::<web_sys::HtmlInputElement>() {
            Some(mark) if mark.type_() == "checkbox" => u64::from(mark.checked()),
            Some(mark) => mark.value().parse().ok()?,
            None => {
                let mark = mark.dyn_ref::<web_sys::HtmlSelectElement>()?;
                mark.value().parse().ok()?
            }
        };
        Some(one.saturating_mul(times))
    };
    (0..marks.length())
        .filter_map(|at| marks.get(at)?.dyn_into::<web_sys::Element>().ok())
        .filter_map(|mark| spends(&mark))
        .fold(0, u64::saturating_add)
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn what_is_spent_is_said_in_the_numbers_of_every_other_page() {
        for pence in [0, 7, 99_950, 6_200_000, 12_345_678_901] {
            assert_eq!(pounds(pence), crate::messages::poll::result::pounds(pence));
        }
        assert_eq!(
            sentence(6_200_000, 20_000_000, true),
            "£62,000 of £200,000. £138,000 is left."
        );
        assert_eq!(
            sentence(33_050_000, 20_000_000, true),
            "£330,500 of £200,000. That is £130,500 too much: take some away."
        );
        assert_eq!(sentence(9, 10, false), "9 of 10 points. 1 is left.");
        assert_eq!(
            sentence(1_000, 1_002, false),
            "1,000 of 1,002 points. 2 are left."
        );
    }
}
