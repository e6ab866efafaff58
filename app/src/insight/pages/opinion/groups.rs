//! The groups: their picture with its table, what each says, and every statement by group.

use domain::insight::disclosure::Shown;
use domain::insight::opinion::{GroupOpinion, Opinion};
use leptos::prelude::*;

use super::group::{anchor, badge};
use super::{picture, says};
use crate::insight::islands::Lit;
use crate::messages::opinion as words;
use crate::ui::chart::{number_text, percent};
use crate::ui::parts;
use crate::ui::table::{Column, text_table};

/// The picture, the table and a section for each group; why there are none where there are none.
pub fn groups(opinion: &Opinion) -> AnyView {
    if let Some(why) = opinion.too_few {
        return view! {
            <section class="app-opinion__part" aria-labelledby="groups">
                <h2 class="govuk-heading-l" id="groups">"Groups of opinion"</h2>
                {parts::inset(words::too_few(why))}
            </section>
        }
        .into_any();
    }
    let drawn = opinion
        .picture
        .as_ref()
        .map(|drawn| picture::picture(drawn, &words::picture(opinion)));
    let each = opinion
        .groups
        .iter()
        .map(|group| one(opinion, group))
        .collect_view();
    view! {
        <div id="opinion-groups" class="app-opinion__groups">
            <section class="app-opinion__part" aria-labelledby="groups">
                <h2 class="govuk-heading-l" id="groups">"Where the groups stand"</h2>
                <p class="govuk-body">{words::PICTURE}</p>
                <figure class="app-picture">
                    <div class="app-picture__drawing" inner_html=drawn></div>
                    <figcaption><Lit target="opinion-groups".to_owned() /></figcaption>
                </figure>
                {table(opinion)}
                {words::grouped(opinion).map(|text| view! { <p class="govuk-body">{text}</p> })}
            </section>
            {each}
        </div>
    }
    .into_any()
}

fn size(shown: Shown) -> String {
    match shown {
        Shown::Count(number) => format!("about {}", number_text(number)),
        Shown::Hidden => "held back".to_owned(),
    }
}

fn table(opinion: &Opinion) -> AnyView {
    let grouped: u64 = opinion.groups.iter().filter_map(|g| g.size.number()).sum();
    let rows = opinion
        .groups
        .iter()
        .map(|group| {
            let says = group
                .says
                .first()
                .and_then(|one| Some((one.stance, opinion.statement(one.statement)?)))
                .map(|(stance, statement)| {
                    format!("{}: “{}”", words::stance(stance), statement.text)
                })
                .unwrap_or_else(|| words::SAYS_NOTHING_OF_ITS_OWN.to_owned());
            let share = group
                .size
                .number()
                .map(|number| percent(number, grouped))
                .unwrap_or_default();
            view! {
                <tr class="govuk-table__row" data-group=group.letter.to_string()>
                    <th scope="row" class="govuk-table__header app-opinion__name">
                        {badge(group.letter)} " "
                        <a class="govuk-link" href=format!("#{}", anchor(group.letter))>
                            {format!("Group {}", group.letter)}
                        </a>
                    </th>
                    <td class="govuk-table__cell govuk-table__cell--numeric app-opinion__name">{size(group.size)}</td>
                    <td class="govuk-table__cell govuk-table__cell--numeric">{share}</td>
                    <td class="govuk-table__cell">{says}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="app-scroll" role="region" tabindex="0" aria-label="The groups as a table">
            <table class="govuk-table app-opinion__table">
                <caption class="govuk-table__caption govuk-table__caption--s">"The groups as a table"</caption>
                <thead class="govuk-table__head">
                    <tr class="govuk-table__row">
                        <th scope="col" class="govuk-table__header">"Group"</th>
                        <th scope="col" class="govuk-table__header govuk-table__header--numeric">"People"</th>
                        <th scope="col" class="govuk-table__header govuk-table__header--numeric">"Share"</th>
                        <th scope="col" class="govuk-table__header">"What sets it apart"</th>
                    </tr>
                </thead>
                <tbody class="govuk-table__body">{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn one(opinion: &Opinion, group: &GroupOpinion) -> AnyView {
    let id = anchor(group.letter);
    let inside = if group.says.is_empty() {
        view! { <p class="govuk-body">{words::SAYS_NOTHING_OF_ITS_OWN}</p> }.into_any()
    } else {
        says::list(opinion, &group.says)
    };
    view! {
        <section class="app-opinion__part" aria-labelledby=id.clone() data-group=group.letter.to_string()>
            <h2 class="govuk-heading-l app-opinion__group" id=id.clone() tabindex="-1">
                {badge(group.letter)} {format!("What group {} says", group.letter)}
            </h2>
            <p class="govuk-body">{words::group_lead(&size(group.size))}</p>
            {inside}
        </section>
    }
    .into_any()
}

/// Every statement by group, one step away.
pub fn every_statement(opinion: &Opinion) -> AnyView {
    let mut columns = vec![Column::text("Statement")];
    if opinion.groups.is_empty() {
        columns.push(Column::text("Everybody"));
    }
    columns.extend(
        opinion
            .groups
            .iter()
            .map(|group| Column::text(format!("Group {}", group.letter))),
    );
    let rows = opinion
        .statements
        .iter()
        .map(|one| {
            let mut row = vec![one.text.clone()];
            let said = one.everybody.iter().chain(&one.by_group);
            row.extend(said.map(|said| says::cell(*said)));
            row
        })
        .collect();
    parts::details(
        "Every statement as a table",
        text_table("Who agrees / disagrees / passes", &columns, rows),
    )
}
