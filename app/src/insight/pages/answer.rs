//! Answering what people said, theme by theme.

use domain::consultation::Stage;
use domain::insight::{Outcome, Theme, check_theme};
use leptos::prelude::*;

use crate::messages::insight as words;
use crate::paths;
use crate::ui::choice::{Choice, date_time, radios};
use crate::ui::field::{Field, text_area, text_input};
use crate::ui::form::{
    ButtonKind, FieldError, FormState, button, button_form, button_group, error_summary, hidden,
    link_button, post_form,
};
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
    let next = match stage {
        Stage::Closed => view! {
            <h2 class="govuk-heading-m">"Publish the answers"</h2>
            <p class="govuk-body">
                "Everybody can then read what people said and what you did about it. You can still \
                 change the words of a theme afterwards, but not remove it."
            </p>
            {button_form(at("answer/publish"), ButtonKind::Primary, "Publish the answers", &[])}
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
        if text.trim().is_empty() {
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

/// The form of one theme, new or changed.
pub fn theme(slug: &str, title: &str, state: &FormState) -> AnyView {
    let at = |part: &str| paths::desk_consultation(slug, part);
    let choices: Vec<Choice> = Outcome::ALL
        .into_iter()
        .map(|outcome| Choice::new(outcome.code(), words::outcome(outcome)))
        .collect();
    let heading = if state.get("theme").is_empty() {
        "Add a theme"
    } else {
        "Change a theme"
    };
    view! {
        {parts::back_link(at("answer"), "Back to the themes")}
        {error_summary(&state.errors)}
        <span class="govuk-caption-xl">{title.to_owned()}</span>
        <h1 class="govuk-heading-xl">{heading}</h1>
        {post_form(
            at("answer/theme"),
            view! {
                {(!state.get("theme").is_empty()).then(|| hidden("theme", state.get("theme")))}
                {text_input(state, Field::new("title", "What is it about?"))}
                {text_area(state, Field::new("we_asked", "We asked").hint("What the consultation asked about this.").rows(3))}
                {text_area(state, Field::new("you_said", "You said").hint("What people said: the different views, and how many held each. Do not name anyone.").rows(6))}
                {radios(state, Field::new("outcome", "Did you do what people asked?"), &choices)}
                {text_area(state, Field::new("we_did", "We did").hint("What you did, or will do. Leave empty if you did nothing.").rows(4))}
                {text_area(state, Field::new("because", "Because").hint("Why, or why not. This is what people look for first.").rows(4))}
                {text_area(state, Field::new("promise", "What do you promise? (optional)").hint("Something that can be seen to be done. It is tracked in public until it is kept.").rows(2))}
                {date_time(state, Field::new("promise_due", "By when?").hint("For example, 27 3 2027."), false)}
                {button(ButtonKind::Primary, "Save the theme")}
            },
        )}
    }
    .into_any()
}

/// Asks before a theme is removed.
pub fn remove(slug: &str, theme: &Theme) -> AnyView {
    let at = |part: &str| paths::desk_consultation(slug, part);
    let id = theme.id.map(|id| id.to_string()).unwrap_or_default();
    view! {
        <h1 class="govuk-heading-xl">{format!("Remove the theme “{}”?", theme.title)}</h1>
        <p class="govuk-body">"Its words are deleted. This can’t be undone."</p>
        {button_group(view! {
            {button_form(at("answer/remove"), ButtonKind::Warning, "Remove the theme", &[("theme", &id)])}
            <a class="govuk-link" href=at("answer")>"Keep it"</a>
        })}
    }
    .into_any()
}
