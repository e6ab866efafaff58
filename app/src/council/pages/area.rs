//! One ward: what is open, who lives there, what neighbours raised.

use domain::council::read::{AreaView, Profile};
use jiff::Timestamp;
use leptos::prelude::*;

use super::areas::sources;
use super::map::ward_map;
use super::near;
use crate::messages::council as words;
use crate::paths;
use crate::ui::chart::{Bar, Caption, Count, bar_chart, number_text, percent};
use crate::ui::parts::{SummaryRow, breadcrumbs, empty, heading, page_with_facts, summary_list};

/// The page. `neighbourhood` is what the neighbourhood slice says about this area.
pub fn area(view: AreaView, now: Timestamp, neighbourhood: Option<AnyView>) -> AnyView {
    let consultations = if view.consultations.is_empty() {
        empty(
            "Nothing about this area is open or published at the moment.",
            Some((paths::HUB.to_owned(), "See all consultations".to_owned())),
        )
    } else {
        near::list(view.consultations, now)
    };
    let mut facts = Vec::new();
    if view.area.residents > 0 {
        facts.push(SummaryRow::text(
            "Residents",
            number_text(view.area.residents),
        ));
    }
    facts.extend(view.profiles.iter().flat_map(youngest_and_oldest));
    let profiles = (!view.profiles.is_empty()).then(|| {
        let charts = view.profiles.iter().map(chart).collect_view();
        view! {
            <h2 class="govuk-heading-l">{format!("Who lives in {}", view.area.name)}</h2>
            <p class="govuk-body">"From the census of March 2021. The Office for National Statistics changed small numbers a little, so that nobody can be picked out."</p>
            <div class="app-grid">{charts}</div>
            {sources()}
        }
    });
    let aside = view! {
        {ward_map(&view.all, &view.area.code)}
        {summary_list(facts)}
    };
    let reading = view! {
        <h2 class="govuk-heading-l">"Consultations about this area"</h2>
        {consultations}
        {neighbourhood}
    };
    view! {
        {breadcrumbs(&[("/", "Home"), (paths::AREAS, "Your area")])}
        {page_with_facts(heading("Ward", view.area.name.clone(), ""), aside, reading)}
        {profiles}
    }
    .into_any()
}

fn title(measure: &str) -> &str {
    match measure {
        "age" => "Age",
        "ethnic" => "Ethnic group",
        "disability" => "Disability",
        "religion" => "Religion or belief",
        "tenure(hh)" => "Homes, owned or rented",
        other => other,
    }
}

fn whole(profile: &Profile) -> u64 {
    profile.counts.iter().map(|(_, count)| count).sum()
}

/// The two ends of the ages, as facts beside the map.
fn youngest_and_oldest(profile: &Profile) -> Vec<SummaryRow> {
    if profile.measure != "age" {
        return Vec::new();
    }
    let whole = whole(profile);
    [profile.counts.first(), profile.counts.last()]
        .into_iter()
        .flatten()
        .map(|(label, count)| {
            let ages = format!("Aged {}", words::census(label));
            SummaryRow::text(ages, percent(*count, whole))
        })
        .collect()
}

fn chart(profile: &Profile) -> AnyView {
    let whole = whole(profile);
    let (title, of) = (title(&profile.measure), number_text(whole));
    let base = if profile.measure.contains("(hh)") {
        format!("{of} households")
    } else {
        format!("{of} residents")
    };
    let bars: Vec<Bar> = words::in_order(&profile.measure, &profile.counts)
        .into_iter()
        .map(|(label, count)| Bar::new(label, Count::Known(count)))
        .collect();
    let id = format!("profile-{}", profile.measure.replace(['(', ')', ' '], ""));
    let caption = Caption::new(id, title)
        .description(format!("{title} of the people who live here"))
        .base(base);
    bar_chart(&caption, whole, &bars)
}
