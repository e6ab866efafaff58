//! What stands beside a consultation that is not its own: how many have been heard, how else one can
//! take part, and its address.

use domain::consultation::Stage;
use domain::consultation::read::{ConsultationDetail, ContactView};
use domain::insight::disclosure::PUBLIC;
use domain::insight::read::Heard;
use leptos::prelude::*;

use crate::ui::chart::number_text;
use crate::ui::parts::SummaryRow;

/// What the page says that the consultation itself does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Around {
    /// The whole address of the page, to pass on.
    pub address: String,
    /// How many have been heard, as it was released.
    pub heard: Heard,
}

/// What follows the text: how else one can take part, and the address, whole, so that it can be copied
/// and is there on paper.
pub(super) fn ending(view: &ConsultationDetail, around: &Around) -> AnyView {
    let way = another_way(view.listed.stage, &view.contact).map(|way| {
        view! { <h2 class="govuk-heading-m">"Not online?"</h2><p class="govuk-body">{way}</p> }
    });
    view! {
        {way}
        <h2 class="govuk-heading-m">"Share this page"</h2>
        <p class="govuk-body app-address">{around.address.clone()}</p>
        <p class="govuk-body-s">"Copy this address, or print the page."</p>
    }
    .into_any()
}

/// How many have been heard, as a fact about it.
pub(super) fn fact(view: &ConsultationDetail, around: &Around) -> Option<SummaryRow> {
    heard(view.listed.stage, !view.questions.is_empty(), &around.heard)
}

/// How many have been heard. What was not released is not said.
fn heard(stage: Stage, asked: bool, heard: &Heard) -> Option<SummaryRow> {
    let verb = if stage == Stage::Open {
        ["have responded", "have voted on statements"]
    } else {
        ["responded", "voted on statements"]
    };
    let said: Vec<String> = [heard.responses, heard.voters]
        .into_iter()
        .zip(verb)
        .filter_map(|(shown, verb)| {
            let people = number_text(shown?.number()?);
            Some(format!("About {people} people {verb}"))
        })
        .collect();
    let waits = stage == Stage::Open && asked;
    match said.as_slice() {
        [] if waits => Some(SummaryRow::text(
            "Who has taken part",
            format!("We say how many once {} people have.", PUBLIC.threshold),
        )),
        [] => None,
        _ => Some(SummaryRow::text("Who has taken part", said.join("\n"))),
    }
}

/// For whom a form on a screen is no way to be heard.
fn another_way(stage: Stage, contact: &ContactView) -> Option<AnyView> {
    let ContactView { name, email } = contact;
    let coming = matches!(stage, Stage::Open | Stage::Scheduled);
    (coming && !email.is_empty()).then(|| {
        let name = if name.is_empty() { "us" } else { name };
        view! {
            {format!("To respond on paper or by phone, or to have this in large print or another language, ask {name}: ")}
            <a class="govuk-link" href=format!("mailto:{email}")>{email.clone()}</a>
            ". Somebody can ask for you."
        }
        .into_any()
    })
}

#[cfg(test)]
mod tests {
    use domain::insight::disclosure::Shown;

    use super::*;

    fn said(stage: Stage, responses: Option<Shown>, voters: Option<Shown>) -> String {
        let row = heard(stage, true, &Heard { responses, voters });
        row.map(|row| row.value.to_html()).unwrap_or_default()
    }

    #[test]
    fn how_many_took_part_is_said_as_it_was_released_and_not_at_all_where_it_is_hidden() {
        let open = said(
            Stage::Open,
            Some(Shown::Count(120)),
            Some(Shown::Count(1_235)),
        );
        assert!(open.contains("About 120 people have responded"), "{open}");
        assert!(
            open.contains("About 1,235 people have voted on statements"),
            "{open}"
        );
        let closed = said(Stage::Closed, Some(Shown::Count(120)), Some(Shown::Hidden));
        assert!(closed.contains("About 120 people responded"), "{closed}");
        assert!(!closed.contains("voted"), "{closed}");
        for few in [None, Some(Shown::Hidden)] {
            assert!(said(Stage::Open, few, None).contains("once 10 people have"));
            assert_eq!(said(Stage::Decided, few, None), "");
        }
    }

    #[test]
    fn who_is_not_online_is_told_whom_to_ask_while_it_can_be_answered() {
        let contact = ContactView {
            name: "Streets".to_owned(),
            email: "streets@council.example".to_owned(),
        };
        let way = |stage| another_way(stage, &contact).map(|way| way.to_html());
        let open = way(Stage::Open).unwrap_or_default();
        assert!(
            open.contains("ask Streets") && open.contains("mailto:streets@"),
            "{open}"
        );
        assert!(way(Stage::Closed).is_none());
    }
}
