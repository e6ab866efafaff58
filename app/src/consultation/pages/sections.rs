//! The sections of a draft, a page each.

use domain::consultation::QuestionKind;
use domain::consultation::read::WholeView;
use leptos::prelude::*;

use super::public::size;
use crate::messages::consultation as words;
use crate::paths;
use crate::ui::choice::{Choice, checkbox, checkboxes, date_time};
use crate::ui::field::{Field, file_input, select, text_area, text_input};
use crate::ui::form::{
    ButtonKind, FormState, button, button_form, error_summary, post_form, upload_form,
};
use crate::ui::parts;

/// The frame of every section.
fn section(
    view: &WholeView,
    state: &FormState,
    heading: &'static str,
    inside: impl IntoView + 'static,
) -> AnyView {
    view! {
        {parts::back_link(paths::desk_consultation(&view.listed.slug, ""), "Back to the draft")}
        {error_summary(&state.errors)}
        <span class="govuk-caption-xl">{view.listed.title.clone()}</span>
        <h1 class="govuk-heading-xl">{heading}</h1>
        {inside.into_any()}
    }
    .into_any()
}

fn save(view: &WholeView, part: &str, fields: impl IntoView + 'static) -> AnyView {
    post_form(
        paths::desk_consultation(&view.listed.slug, part),
        view! { {fields.into_any()} {button(ButtonKind::Primary, "Save")} },
    )
}

/// What it is about.
pub fn about(view: &WholeView, state: &FormState) -> AnyView {
    let fields = view! {
        {text_input(state, Field::new("title", "Title"))}
        {text_area(state, Field::new("summary", "Summary").hint("One or two sentences. They stand in lists.").rows(3).limit(400))}
        {text_input(state, Field::new("topic", "Topic").hint("For example: Housing, Streets, Parks.").width(20))}
        {text_area(state, Field::new("body", "The text").hint("Markdown: # for headings, - for lists, [words](https://address) for links.").rows(20))}
    };
    section(view, state, "What it is about", save(view, "about", fields))
}

/// What can change.
pub fn scope(view: &WholeView, state: &FormState) -> AnyView {
    let fields = view! {
        {text_area(state, Field::new("open", "What is open?").hint("What people can still change."))}
        {text_area(state, Field::new("limited", "What is limited?").hint("What they can change within limits, and the limits."))}
        {text_area(state, Field::new("fixed", "What is fixed?").hint("What is decided already, by whom."))}
        {text_area(state, Field::new("reason", "Why?").hint("Why some of it is limited or fixed. Be honest about the money."))}
    };
    section(
        view,
        state,
        "What can change, and why",
        save(view, "scope", fields),
    )
}

/// Opening, closing, the rule.
pub fn dates(view: &WholeView, state: &FormState, regimes: &[(String, String)]) -> AnyView {
    let minimum = format!(
        "{} asks for at least {} days. Source: {}.",
        view.regime.1, view.regime.2, view.regime.3
    );
    let fields = view! {
        {select(state, Field::new("regime", "Under which rule is it held?"), regimes)}
        {parts::inset(minimum)}
        {date_time(state, Field::new("opens", "When does it open?").hint("UK time, for example 1 3 2027 at 09:00."), true)}
        {date_time(state, Field::new("closes", "When does it close?").hint("UK time, for example 31 3 2027 at 23:59."), true)}
        {text_area(state, Field::new("closing_reason", "Why that date?").hint("People read this beside the date.").rows(2))}
    };
    section(
        view,
        state,
        "Opening, closing and the rule",
        save(view, "dates", fields),
    )
}

/// Whom to ask.
pub fn contact(view: &WholeView, state: &FormState) -> AnyView {
    let fields = view! {
        {text_input(state, Field::new("contact_name", "Name or team"))}
        {text_input(state, Field::new("contact_email", "E-mail address").kind("email"))}
    };
    section(
        view,
        state,
        "Whom people can ask",
        save(view, "contact", fields),
    )
}

/// Where, and with which teams.
pub fn areas(
    view: &WholeView,
    state: &FormState,
    areas: &[(String, String)],
    teams: &[(String, String)],
) -> AnyView {
    let choices = |list: &[(String, String)]| -> Vec<Choice> {
        list.iter()
            .map(|(value, text)| Choice::new(value.clone(), text.clone()))
            .collect()
    };
    let fields = view! {
        {checkboxes(state, Field::new("areas", "Which wards is it about?").hint("Choose every one for the whole borough."), &choices(areas))}
        {checkboxes(state, Field::new("partners", "Which other teams share it?").hint("They can draft, watch, moderate and answer as your own team can."), &choices(teams))}
    };
    section(
        view,
        state,
        "Where, and with which teams",
        save(view, "areas", fields),
    )
}

/// A row of a list with its button to take it away.
fn removable(view: &WholeView, part: &str, id: String, text: AnyView) -> impl IntoView + use<> {
    let action = paths::desk_consultation(&view.listed.slug, &format!("{part}/remove"));
    view! {
        <li class="app-removable">
            <div>{text}</div>
            {button_form(action, ButtonKind::Secondary, "Remove", &[("id", &id)])}
        </li>
    }
}

/// The options.
pub fn options(view: &WholeView, state: &FormState) -> AnyView {
    let list = view
        .options
        .iter()
        .map(|option| {
            let nothing = option.do_nothing.then(|| parts::tag(parts::Tone::Neutral, "Do nothing"));
            let text = view! { <strong>{option.title.clone()}</strong> " " {nothing} <br/> {option.description.clone()} };
            removable(view, "options", option.id.to_string(), text.into_any())
        })
        .collect_view();
    let form = post_form(
        paths::desk_consultation(&view.listed.slug, "options"),
        view! {
            <h2 class="govuk-heading-m">"Add an option"</h2>
            {text_input(state, Field::new("title", "Title"))}
            {text_area(state, Field::new("description", "What it means").rows(4))}
            {checkbox(state, Field::new("do_nothing", "This option is to do nothing"), "yes")}
            {button(ButtonKind::Primary, "Add the option")}
        },
    );
    section(
        view,
        state,
        "The options",
        view! { <ul class="govuk-list">{list}</ul> {form} },
    )
}

/// The questions.
pub fn questions(view: &WholeView, state: &FormState) -> AnyView {
    let list = view
        .questions
        .iter()
        .map(|question| {
            let needed = if question.required {
                "needed"
            } else {
                "optional"
            };
            let line = format!(
                "Page {} · {} · {needed}",
                question.page,
                words::kind(question.kind)
            );
            let text = view! { <strong>{question.prompt.clone()}</strong> <br/> {line} };
            removable(view, "questions", question.id.to_string(), text.into_any())
        })
        .collect_view();
    let kinds: Vec<(String, String)> = QuestionKind::ALL
        .into_iter()
        .map(|kind| (kind.code().to_owned(), words::kind(kind).to_owned()))
        .collect();
    let form = post_form(
        paths::desk_consultation(&view.listed.slug, "questions"),
        view! {
            <h2 class="govuk-heading-m">"Add a question"</h2>
            {text_input(state, Field::new("prompt", "The question"))}
            {text_input(state, Field::new("hint", "Help (optional)"))}
            {select(state, Field::new("kind", "How is it answered?"), &kinds)}
            {text_input(state, Field::new("page", "On which page?").width(2))}
            {text_area(state, Field::new("choices", "Choices, one on each line").hint("For questions with choices."))}
            {checkbox(state, Field::new("other", "Also offer “other”, in their own words"), "yes")}
            {text_input(state, Field::new("from", "Lowest number").hint("For a scale.").width(3))}
            {text_input(state, Field::new("low", "What the lowest number means").width(20))}
            {text_input(state, Field::new("to", "Highest number").width(3))}
            {text_input(state, Field::new("high", "What the highest number means").width(20))}
            {checkbox(state, Field::new("required", "An answer is needed"), "yes")}
            {checkbox(state, Field::new("published", "Answers in people’s own words may be published after moderation"), "yes")}
            {button(ButtonKind::Primary, "Add the question")}
        },
    );
    section(
        view,
        state,
        "The questions",
        view! { <ol class="govuk-list">{list}</ol> {form} },
    )
}

/// The statements.
pub fn statements(view: &WholeView, state: &FormState) -> AnyView {
    if !view.voting_allowed {
        return section(
            view,
            state,
            "Statements to vote on",
            parts::inset(format!(
                "{} does not allow a vote: grounds decide, not numbers.",
                view.regime.1
            )),
        );
    }
    let list = view
        .statements
        .iter()
        .map(|(id, text)| removable(view, "statements", id.to_string(), text.clone().into_any()))
        .collect_view();
    let (label, value) = if view.statements_open {
        ("Do not let residents add statements", "no")
    } else {
        ("Let residents add statements of their own", "yes")
    };
    let toggle = paths::desk_consultation(&view.listed.slug, "statements/open");
    let form = post_form(
        paths::desk_consultation(&view.listed.slug, "statements"),
        view! {
            <h2 class="govuk-heading-m">"Add a statement"</h2>
            {text_input(state, Field::new("text", "One idea that people can agree or disagree with"))}
            {button(ButtonKind::Primary, "Add the statement")}
        },
    );
    let inside = view! {
        <p class="govuk-body">
            "People agree, disagree or pass, one statement at a time. Results are indicative: they \
             show what people think, and decide nothing by themselves."
        </p>
        <ul class="govuk-list">{list}</ul>
        {form}
        {button_form(toggle, ButtonKind::Secondary, label, &[("open", value)])}
    };
    section(view, state, "Statements to vote on", inside)
}

/// The documents.
pub fn documents(view: &WholeView, state: &FormState) -> AnyView {
    let list = view
        .documents
        .iter()
        .map(|document| {
            let text = format!(
                "{} ({}, {})",
                document.title,
                document.file_name,
                size(document.size)
            );
            removable(view, "documents", document.id.to_string(), text.into_any())
        })
        .collect_view();
    let form = upload_form(
        paths::desk_consultation(&view.listed.slug, "documents"),
        view! {
            <h2 class="govuk-heading-m">"Add a document"</h2>
            {text_input(state, Field::new("title", "Title"))}
            {file_input(state, Field::new("file", "The file").hint("PDF, Word, Excel, PNG, JPEG, CSV or text, up to 10 MB.").accept(".pdf,.docx,.xlsx,.png,.jpg,.jpeg,.csv,.txt"))}
            {button(ButtonKind::Primary, "Add the document")}
        },
    );
    section(
        view,
        state,
        "Documents",
        view! { <ul class="govuk-list">{list}</ul> {form} },
    )
}
