//! Tables and pages of lists.
//!
//! A wide table scrolls in its own container, which takes the keyboard focus so that it can be
//! scrolled without a mouse. Deliberately not here: sorting, which is a link to another address.

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

/// A table of views. The first cell of each row is its heading.
pub fn table(caption: impl Into<String>, columns: &[Column], rows: Vec<Vec<AnyView>>) -> AnyView {
    let caption = caption.into();
    let label = caption.clone();
    let heads = columns
        .iter()
        .map(|column| {
            let class = if column.numeric {
                "govuk-table__header govuk-table__header--numeric"
            } else {
                "govuk-table__header"
            };
            view! { <th scope="col" class=class>{column.name.clone()}</th> }
        })
        .collect_view();
    let numeric: Vec<bool> = columns.iter().map(|column| column.numeric).collect();
    let rows = rows
        .into_iter()
        .map(|cells| {
            let cells = cells
                .into_iter()
                .enumerate()
                .map(|(at, cell)| {
                    if at == 0 {
                        view! { <th scope="row" class="govuk-table__header">{cell}</th> }.into_any()
                    } else if numeric.get(at).copied().unwrap_or(false) {
                        view! { <td class="govuk-table__cell govuk-table__cell--numeric">{cell}</td> }.into_any()
                    } else {
                        view! { <td class="govuk-table__cell">{cell}</td> }.into_any()
                    }
                })
                .collect_view();
            view! { <tr class="govuk-table__row">{cells}</tr> }
        })
        .collect_view();
    view! {
        <div class="app-scroll" role="region" tabindex="0" aria-label=label>
            <table class="govuk-table">
                <caption class="govuk-table__caption govuk-table__caption--s">{caption}</caption>
                <thead class="govuk-table__head"><tr class="govuk-table__row">{heads}</tr></thead>
                <tbody class="govuk-table__body">{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
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
}
