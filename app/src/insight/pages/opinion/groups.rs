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
use crate::ui::table::{Column, Row, table_of, text_table};

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
        <section class="app-opinion__part" aria-labelledby="groups">
            <h2 class="govuk-heading-l" id="groups">"Where the groups stand"</h2>
            <p class="govuk-body">{words::PICTURE}</p>
            <figure class="app-picture">
                <div class="app-picture__drawing" inner_html=drawn></div>
                <figcaption><Lit target="opinion-groups".to_owned() /></figcaption>
            </figure>
            {table(opinion)}
            <p class="govuk-body">{words::in_groups(opinion)}</p>
            {each}
        </section>
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
            let name = view! {
                <span class="app-opinion__name">
                    {badge(group.letter)} " "
                    <a class="govuk-link" href=format!("#{}", anchor(group.letter))>
                        {format!("Group {}", group.letter)}
                    </a>
                </span>
            };
            let size = view! { <span class="app-opinion__name">{size(group.size)}</span> };
            Row {
                cells: vec![
                    name.into_any(),
                    size.into_any(),
                    share.into_any(),
                    says.into_any(),
                ],
                group: Some(group.letter.to_string()),
            }
        })
        .collect();
    let columns = [
        Column::text("Group"),
        Column::number("People"),
        Column::number("Share of those in groups"),
        Column::text("What sets it apart"),
    ];
    let table = table_of("The groups as a table", &columns, rows);
    view! { <div class="app-opinion__table">{table}</div> }.into_any()
}

fn one(opinion: &Opinion, group: &GroupOpinion) -> AnyView {
    let id = anchor(group.letter);
    let inside = if group.says.is_empty() {
        view! { <p class="govuk-body">{words::SAYS_NOTHING_OF_ITS_OWN}</p> }.into_any()
    } else {
        let items = group
            .says
            .iter()
            .filter_map(|one| {
                let statement = opinion.statement(one.statement)?;
                let href = format!("#{}", says::anchor(statement));
                Some(view! {
                    <li>
                        {words::stance(one.stance)} ": "
                        <a class="govuk-link" dir="auto" href=href>{statement.text.clone()}</a>
                    </li>
                })
            })
            .collect_view();
        view! { <ul class="govuk-list govuk-list--bullet">{items}</ul> }.into_any()
    };
    view! {
        <section class="app-opinion__says" aria-labelledby=id.clone() data-group=group.letter.to_string()>
            <h3 class="govuk-heading-m app-opinion__group" id=id.clone() tabindex="-1">
                {badge(group.letter)} {format!("What group {} says", group.letter)}
            </h3>
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
