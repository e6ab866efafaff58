//! Answering what people said, theme by theme.

use domain::consultation::Stage;
use domain::insight::{Theme, as_read, check_theme};
use leptos::prelude::*;

use crate::messages::insight as words;
use crate::paths;
use crate::ui::conflict::READ;
use crate::ui::form::{ButtonKind, FieldError, button_form, error_summary, link_button};
use crate::ui::parts::{self, SummaryRow, Tone};

/// The list of themes, with what is missing of each.
pub fn answer(
    slug: &str,
    title: &str,
    stage: Stage,
    themes: &[Theme],
    errors: &[FieldError],
) -> AnyView {
    let at = |part: &str| paths::desk_consultation(slug, part);
    let list = if themes.is_empty() {
        parts::empty(
            "No themes yet. A theme is one thing that people raised: say what you asked, what \
             they said, what you did and why.",
            None,
        )
    } else {
        themes
            .iter()
            .map(|theme| one(slug, stage, theme))
            .collect_view()
            .into_any()
    };
    let read = as_read(themes);
    let next = match stage {
        Stage::Closed => view! {
            <h2 class="govuk-heading-m">"Publish the answers"</h2>
            <p class="govuk-body">
                "Everybody can then read what people said and what you did about it. You can still \
                 change the words of a theme afterwards, but not remove it."
            </p>
            {button_form(at("answer/publish"), ButtonKind::Primary, "Publish the answers", &[(READ, read.as_str())])}
        }
        .into_any(),
        Stage::Answered => view! {
            <p class="govuk-body">"The answers are published. The next step is the decision."</p>
            {link_button(ButtonKind::Primary, at("decide"), "Record the decision")}
        }
        .into_any(),
        _ => view! { <p class="govuk-body">"The decision is recorded."</p> }.into_any(),
    };
    view! {
        {parts::back_link(at("watch"), "Back to what came in")}
        {error_summary(errors)}
        <span class="govuk-caption-xl">{title.to_owned()}</span>
        <h1 class="govuk-heading-xl">"Answer what people said"</h1>
        <div id="themes">{list}</div>
        {(stage != Stage::Decided).then(|| link_button(ButtonKind::Secondary, at("answer/theme"), "Add a theme"))}
        {next}
    }
    .into_any()
}

fn one(slug: &str, stage: Stage, theme: &Theme) -> AnyView {
    let id = theme.id.map(|id| id.to_string()).unwrap_or_default();
    let at = |part: &str| paths::desk_consultation(slug, part);
    let whole = check_theme(theme).is_ok();
    let tag = if whole {
        parts::tag(Tone::Done, "Answered")
    } else {
        parts::tag(Tone::Waiting, "Not complete yet")
    };
    let shown = |text: &str| {
        if domain::typed::is_blank(text) {
            "Not written yet".to_owned()
        } else {
            text.to_owned()
        }
    };
    let mut rows = vec![
        SummaryRow::text("We asked", shown(&theme.we_asked)),
        SummaryRow::text("You said", shown(&theme.you_said)),
        SummaryRow::text(
            "Outcome",
            theme.outcome.map_or("Not chosen yet", words::outcome),
        ),
        SummaryRow::text("What we did", shown(&theme.we_did)),
        SummaryRow::text("Because", shown(&theme.because)),
    ];
    if !theme.promise.is_empty() {
        let due = theme
            .promise_due
            .map(crate::ui::dates::civil)
            .unwrap_or_default();
        let kept = if theme.kept { "kept" } else { "not kept yet" };
        rows.push(SummaryRow::text(
            "We promise",
            format!("{} (by {due}; {kept})", theme.promise),
        ));
    }
    let keep = (!theme.promise.is_empty() && !theme.kept && stage.is_answered()).then(|| {
        button_form(
            at("promise"),
            ButtonKind::Secondary,
            "The promise is kept",
            &[("theme", &id)],
        )
    });
    let change = (stage != Stage::Decided).then(|| {
        view! { <a class="govuk-link" href=at(&format!("answer/theme?theme={id}"))>"Change"<span class="govuk-visually-hidden">{format!(" {}", theme.title)}</span></a> }
    });
    let remove = (stage == Stage::Closed).then(|| {
        view! { " · " <a class="govuk-link" href=at(&format!("answer/remove?theme={id}"))>"Remove"<span class="govuk-visually-hidden">{format!(" {}", theme.title)}</span></a> }
    });
    view! {
        <section class="app-theme">
            <h2 class="govuk-heading-m">{theme.title.clone()} " " {tag}</h2>
            {parts::summary_list(rows)}
            <p class="govuk-body">{change}{remove}</p>
            {keep}
        </section>
    }
    .into_any()
}
