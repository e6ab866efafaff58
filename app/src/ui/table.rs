//! Tables and pages of lists.
//!
//! On a phone a table of many columns, or of much text, is read a row at a time: each row is a card,
//! each value beside the heading of its column (`app-table--stacked`). Its roles stand in the markup,
//! since a browser forgets them where a row is no longer drawn as one. What is still wider than its
//! place scrolls in its own container, which takes the keyboard focus. Deliberately not here: sorting,
//! which is a link to another address.

use leptos::prelude::*;

/// A column: its heading, and whether it holds numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Heading.
    pub name: String,
    /// Numbers are set right, in figures of one width.
    pub numeric: bool,
}

impl Column {
    /// A column of words.
    pub fn text(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            numeric: false,
        }
    }

    /// A column of numbers.
    pub fn number(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            numeric: true,
        }
    }
}

/// A row of views. The first cell is its heading.
pub struct Row {
    /// A cell for each column.
    pub cells: Vec<AnyView>,
    /// The group that it is about, by its letter, for whoever points at it.
    pub group: Option<String>,
}

/// A table of views. The first cell of each row is its heading.
pub fn table(caption: impl Into<String>, columns: &[Column], rows: Vec<Vec<AnyView>>) -> AnyView {
    let rows = rows
        .into_iter()
        .map(|cells| Row { cells, group: None })
        .collect();
    table_of(caption, columns, rows)
}

/// Whether a phone has no room for these columns side by side.
fn stacks(columns: &[Column]) -> bool {
    let texts = columns.iter().filter(|column| !column.numeric).count();
    columns.len() > 3 || columns.len() == 3 && texts > 1
}

/// A table of rows.
pub fn table_of(caption: impl Into<String>, columns: &[Column], rows: Vec<Row>) -> AnyView {
    let caption = caption.into();
    let label = caption.clone();
    let class = if stacks(columns) {
        "govuk-table app-table app-table--stacked"
    } else {
        "govuk-table app-table"
    };
    let heads = columns
        .iter()
        .map(|column| {
            let class = if column.numeric {
                "govuk-table__header govuk-table__header--numeric"
            } else {
                "govuk-table__header"
            };
            view! { <th scope="col" role="columnheader" class=class>{column.name.clone()}</th> }
        })
        .collect_view();
    let rows = rows.into_iter().map(|one| row(columns, one)).collect_view();
    view! {
        <div class="app-scroll" role="region" tabindex="0" aria-label=label>
            <table class=class role="table">
                <caption class="govuk-table__caption govuk-table__caption--s">{caption}</caption>
                <thead class="govuk-table__head" role="rowgroup"><tr class="govuk-table__row" role="row">{heads}</tr></thead>
                <tbody class="govuk-table__body" role="rowgroup">{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(columns: &[Column], row: Row) -> AnyView {
    let stacked = stacks(columns);
    let cells = row
        .cells
        .into_iter()
        .enumerate()
        .map(|(at, cell)| {
            if at == 0 {
                return view! { <th scope="row" role="rowheader" class="govuk-table__header">{cell}</th> }.into_any();
            }
            let column = columns.get(at);
            let class = if column.is_some_and(|column| column.numeric) {
                "govuk-table__cell govuk-table__cell--numeric"
            } else {
                "govuk-table__cell"
            };
            if stacked {
                let label = column.map(|column| column.name.clone());
                view! {
                    <td role="cell" class=class data-label=label>
                        <div class="app-table__value">{cell}</div>
                    </td>
                }
                .into_any()
            } else {
                view! { <td role="cell" class=class>{cell}</td> }.into_any()
            }
        })
        .collect_view();
    view! { <tr class="govuk-table__row" role="row" data-group=row.group>{cells}</tr> }.into_any()
}

/// A table of texts.
pub fn text_table(
    caption: impl Into<String>,
    columns: &[Column],
    rows: Vec<Vec<String>>,
) -> AnyView {
    let rows = rows
        .into_iter()
        .map(|row| row.into_iter().map(isolated).collect())
        .collect();
    table(caption, columns, rows)
}

/// A text that keeps its own direction beside others.
fn isolated(text: String) -> AnyView {
    view! { <bdi>{text}</bdi> }.into_any()
}

/// The way between pages of a list; nothing when there is one page. `base` is the address with
/// its query but without the page, and pages count from 1.
pub fn pagination(base: &str, page: u64, pages: u64) -> AnyView {
    if pages <= 1 {
        return ().into_any();
    }
    let joint = if base.contains('?') { '&' } else { '?' };
    let href = |number: u64| format!("{base}{joint}page={number}");
    let step = |class: &'static str, rel: &'static str, number: u64, text: &'static str| {
        view! {
            <div class=class>
                <a class="govuk-link govuk-pagination__link" href=href(number) rel=rel>{text}</a>
            </div>
        }
    };
    let previous =
        (page > 1).then(|| step("govuk-pagination__prev", "prev", page - 1, "Earlier page"));
    let next =
        (page < pages).then(|| step("govuk-pagination__next", "next", page + 1, "Next page"));
    view! {
        <nav class="govuk-pagination" aria-label="Pages">
            {previous}
            <p class="app-pagination__where">{format!("Page {page} of {pages}")}</p>
            {next}
        </nav>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_the_last_page_lead_one_way_only() {
        let first = pagination("/consultations?q=park", 1, 3).to_html();
        assert!(
            first.contains("/consultations?q=park&amp;page=2") && !first.contains("prev"),
            "{first}"
        );
        let last = pagination("/consultations", 3, 3).to_html();
        assert!(
            last.contains("/consultations?page=2") && !last.contains("rel=\"next\""),
            "{last}"
        );
    }

    #[test]
    fn a_table_names_its_rows_and_columns_and_takes_the_focus() {
        let columns = [Column::text("Ward"), Column::number("Responses")];
        let html =
            text_table("By ward", &columns, vec![vec!["Abbey".into(), "12".into()]]).to_html();
        for part in [
            "scope=\"row\"",
            "scope=\"col\"",
            "tabindex=\"0\"",
            "govuk-table__cell--numeric",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn many_columns_become_cards_that_keep_their_roles_and_say_each_heading() {
        let columns = ["Consultation", "Stage", "Team", "Responses"].map(Column::text);
        let row = ["A crossing", "Open", "Streets", "120"].map(str::to_owned);
        let html = text_table("All", &columns, vec![row.to_vec()]).to_html();
        for part in [
            "app-table--stacked",
            "role=\"table\"",
            "role=\"columnheader\"",
            "role=\"rowheader\"",
            "data-label=\"Responses\"",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert_eq!(html.matches("role=\"cell\"").count(), 3, "{html}");
        let few = [Column::text("Ward"), Column::number("Responses")];
        let html = text_table("By ward", &few, vec![vec!["Abbey".into(), "12".into()]]).to_html();
        assert!(
            !html.contains("stacked") && html.contains("role=\"cell\""),
            "{html}"
        );
    }
}
