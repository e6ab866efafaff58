//! The sections of a draft that are lists: options, questions, statements, documents.

use domain::consultation::draft::{option_subject, question_subject};
use domain::consultation::read::ConsultationDetail;
use domain::consultation::{Question, QuestionKind};
use domain::edit::Version;
use leptos::prelude::*;

use super::frame::{SectionPage, framed};
use super::public::size;
use crate::messages::consultation as words;
use crate::paths;
use crate::ui::choice::{Choice, checkbox, radios};
use crate::ui::conflict::{VERSION, key_field, version_field};
use crate::ui::field::{Field, file_input, text_area, text_input};
use crate::ui::form::{
    ButtonKind, FormState, button, button_form, button_group, hidden, post_form, upload_form,
};
use crate::ui::parts::{self, SummaryRow};

/// One thing of a list, with the ways to change it and to take it away.
fn entry(
    view: &ConsultationDetail,
    part: &str,
    id: &str,
    name: &str,
    changeable: Option<Version>,
    inside: AnyView,
) -> AnyView {
    let remove = paths::desk_consultation(&view.listed.slug, &format!("{part}/remove"));
    let change = changeable.map(|_| {
        let href = paths::desk_consultation(&view.listed.slug, &format!("{part}?change={id}"));
        view! {
            <a class="govuk-link" href=href>
                "Change"<span class="govuk-visually-hidden">{format!(" {name}")}</span>
            </a>
        }
    });
    let take = view! {
        <form method="post" action=remove class="app-button-form">
            {hidden("entry", id)}
            {changeable.map(|seen| hidden(VERSION, seen.to_string()))}
            <button type="submit" class="govuk-button govuk-button--secondary">
                "Remove"<span class="govuk-visually-hidden">{format!(" {name}")}</span>
            </button>
        </form>
    };
    view! { {inside}{button_group(view! { {take}{change} })} }.into_any()
}

fn numbered(entries: Vec<AnyView>, empty: &'static str) -> AnyView {
    if entries.is_empty() {
        return view! { <p class="govuk-body">{empty}</p> }.into_any();
    }
    let rows = entries
        .into_iter()
        .enumerate()
        .map(|(at, inside)| SummaryRow::view((at + 1).to_string(), inside))
        .collect();
    parts::summary_list(rows)
}

/// The form below a list: adds, or changes what `id` names.
fn below(
    view: &ConsultationDetail,
    part: &str,
    state: &FormState,
    [add, change]: [&'static str; 2],
    fields: impl IntoView + 'static,
) -> AnyView {
    let action = paths::desk_consultation(&view.listed.slug, part);
    let id = state.get("entry").to_owned();
    let (title, cancel) = if id.is_empty() {
        (add, None)
    } else {
        let href = action.clone();
        (
            change,
            Some(view! { <a class="govuk-link" href=href>"Leave it as it was"</a> }),
        )
    };
    let form = post_form(
        action,
        view! {
            {hidden("entry", id)}
            {version_field(state)}
            {key_field(state)}
            {fields.into_any()}
            {button_group(view! { {button(ButtonKind::Primary, title)}{cancel} })}
        },
    );
    view! { <h2 class="govuk-heading-l">{title}</h2>{form} }.into_any()
}

/// The options.
pub(super) fn options(page: SectionPage<'_>) -> AnyView {
    let (view, state) = (&page.view.detail, page.state);
    let entries = view
        .options
        .iter()
        .map(|option| {
            let nothing = option
                .do_nothing
                .then(|| view! { " " {parts::tag(parts::Tone::Neutral, "Do nothing")} });
            let inside = view! {
                <p class="govuk-body"><strong>{option.title.clone()}</strong>{nothing}</p>
                <p class="govuk-body app-lines" dir="auto">{option.description.clone()}</p>
            };
            let id = option.id.to_string();
            let seen = page.view.versions.of(&option_subject(option.id));
            entry(
                view,
                "options",
                &id,
                &option.title,
                Some(seen),
                inside.into_any(),
            )
        })
        .collect();
    let fields = view! {
        {text_input(state, Field::new("title", "Title"))}
        {text_area(state, Field::new("description", "What it means").hint("Say what would happen, what it costs and what it would not do. Markdown.").rows(4))}
        {checkbox(state, Field::new("do_nothing", "This option is to do nothing"), "yes")}
    };
    let inside = view! {
        <p class="govuk-body">
            "People can only weigh a proposal against something. Give at least two options, one of them to do nothing."
        </p>
        {numbered(entries, "No options yet.")}
        {below(view, "options", state, ["Add an option", "Change the option"], fields)}
    };
    framed(page, "The options", inside)
}

fn described(question: &Question) -> AnyView {
    let line = format!(
        "Page {} · {} · {} · {}",
        question.page,
        words::kind(question.kind),
        if question.required {
            "an answer is needed"
        } else {
            "optional"
        },
        if question.published {
            "published after moderation"
        } else {
            "not published"
        },
    );
    let choices = &question.choices;
    let detail = match question.kind {
        QuestionKind::SingleChoice | QuestionKind::MultipleChoice => {
            let other = if choices.other {
                " · Other, in their own words"
            } else {
                ""
            };
            format!("{}{other}", choices.items.join(" · "))
        }
        QuestionKind::Scale => format!(
            "{} ({}) to {} ({})",
            choices.from, choices.low, choices.to, choices.high
        ),
        QuestionKind::ShortText | QuestionKind::LongText | QuestionKind::StatementBlock => {
            String::new()
        }
    };
    view! {
        <p class="govuk-body"><strong>{question.prompt.clone()}</strong></p>
        <p class="govuk-body-s">{line}</p>
        {(!detail.is_empty()).then(|| view! { <p class="govuk-body-s">{detail}</p> })}
    }
    .into_any()
}

/// The questions.
pub(super) fn questions(page: SectionPage<'_>) -> AnyView {
    let (view, state) = (&page.view.detail, page.state);
    let entries = view
        .questions
        .iter()
        .map(|question| {
            let id = question.id.to_string();
            entry(
                view,
                "questions",
                &id,
                &question.prompt,
                Some(page.view.versions.of(&question_subject(question.id))),
                described(question),
            )
        })
        .collect();
    let kinds: Vec<Choice> = QuestionKind::ALL
        .into_iter()
        .filter(|kind| view.regime.voting_allowed || *kind != QuestionKind::StatementBlock)
        .map(|kind| Choice::new(kind.code(), words::kind(kind)).hint(words::kind_hint(kind)))
        .collect();
    let fields = view! {
        {text_input(state, Field::new("prompt", "The question"))}
        {text_input(state, Field::new("hint", "Help below the question (optional)"))}
        {radios(state, Field::new("kind", "How is it answered?"), &kinds)}
        {text_area(state, Field::new("choices", "Choices, one on each line").hint("For a question with choices."))}
        {checkbox(state, Field::new("other", "Also offer “other”, in people’s own words"), "yes")}
        {text_input(state, Field::new("from", "Lowest number").hint("For a scale.").width(3))}
        {text_input(state, Field::new("low", "What the lowest number means").hint("For a scale.").width(20))}
        {text_input(state, Field::new("to", "Highest number").hint("For a scale.").width(3))}
        {text_input(state, Field::new("high", "What the highest number means").hint("For a scale.").width(20))}
        {text_input(state, Field::new("page", "On which page of the questionnaire?").width(2))}
        {checkbox(state, Field::new("required", "An answer is needed"), "yes")}
        {checkbox(state, Field::new("published", "Answers in people’s own words may be published after moderation"), "yes")}
    };
    let inside = view! {
        {numbered(entries, "No questions yet.")}
        {below(view, "questions", state, ["Add a question", "Change the question"], fields)}
    };
    framed(page, "The questions", inside)
}

/// The statements.
pub(super) fn statements(page: SectionPage<'_>) -> AnyView {
    let (view, state) = (&page.view.detail, page.state);
    let entries: Vec<AnyView> = view
        .statements
        .iter()
        .map(|statement| {
            let text = &statement.text;
            let inside = view! { <p class="govuk-body" dir="auto">{text.clone()}</p> };
            entry(
                view,
                "statements",
                &statement.id.to_string(),
                text,
                None,
                inside.into_any(),
            )
        })
        .collect();
    if !view.regime.voting_allowed {
        let note = format!(
            "{} does not allow a vote: it is decided on reasons, not numbers.",
            view.regime.name
        );
        let left = (!entries.is_empty()).then(|| numbered(entries, ""));
        let inside = view! { {parts::inset(note)}{left} };
        return framed(page, "Statements to vote on", inside);
    }
    let (label, value) = if view.statements_open {
        ("Do not let residents add statements", "no")
    } else {
        ("Let residents add statements of their own", "yes")
    };
    let now = words::residents_add(view.statements_open);
    let version = page.view.version.to_string();
    let toggle = paths::desk_consultation(&view.listed.slug, "statements/open");
    let fields = text_area(
        state,
        Field::new("text", "One idea that people can agree or disagree with").rows(2),
    );
    let inside = view! {
        <p class="govuk-body">
            "People agree, disagree or pass, one statement at a time. Results are indicative: they \
             show what people think, and decide nothing by themselves."
        </p>
        {numbered(entries, "No statements yet.")}
        {below(view, "statements", state, ["Add a statement", "Change the statement"], fields)}
        <h2 class="govuk-heading-l">"Statements of residents"</h2>
        <p class="govuk-body">{now}</p>
        {button_form(toggle, ButtonKind::Secondary, label, &[("open", value), (VERSION, &version)])}
    };
    framed(page, "Statements to vote on", inside)
}

/// The documents.
pub(super) fn documents(page: SectionPage<'_>) -> AnyView {
    let (view, state) = (&page.view.detail, page.state);
    let entries = view
        .documents
        .iter()
        .map(|document| {
            let about = format!("{}, {}", document.file_name, size(document.size));
            let inside = view! {
                <p class="govuk-body">
                    <a class="govuk-link" href=paths::document(&document.token)>{document.title.clone()}</a>
                </p>
                <p class="govuk-body-s">{about}</p>
            };
            let id = document.id.to_string();
            entry(view, "documents", &id, &document.title, None, inside.into_any())
        })
        .collect();
    let form = upload_form(
        paths::desk_consultation(&view.listed.slug, "documents"),
        view! {
            {key_field(state)}
            {text_input(state, Field::new("title", "Title").hint("What it is, in plain words."))}
            {file_input(state, Field::new("file", "The file").hint("PDF, Word, Excel, PNG, JPEG, CSV or text, up to 10 MB.").accept(".pdf,.docx,.xlsx,.png,.jpg,.jpeg,.csv,.txt"))}
            {button(ButtonKind::Primary, "Add the document")}
        },
    );
    let inside = view! {
        {numbered(entries, "No documents yet.")}
        <h2 class="govuk-heading-l">"Add a document"</h2>
        {form}
    };
    framed(page, "Documents", inside)
}
