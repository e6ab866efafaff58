//! A page of the questionnaire, and *about you*.

use domain::consultation::read::OptionView;
use domain::consultation::{Question, QuestionKind};
use domain::names;
use domain::response::answer::{LONG, OTHER};
use domain::response::read::RespondView;
use leptos::prelude::*;

use crate::messages::response as words;
use crate::paths;
use crate::response::forms::{answer_field, other_field};
use crate::ui::choice::{Choice, checkboxes, radios};
use crate::ui::dates;
use crate::ui::field::{Field, select, text_area, text_input};
use crate::ui::form::{
    ButtonKind, FormState, button_group, error_summary, hidden, named_button, post_form,
};
use crate::ui::markdown;
use crate::ui::parts;
use crate::ui::progress::page_of;

/// The page with its values and errors.
pub fn respond(view: RespondView, state: &FormState) -> AnyView {
    let slug = view.about.slug.clone();
    let last = view.page == view.pages;
    let back = if view.page == 1 {
        parts::back_link(paths::consultation(&slug), "Back to the consultation")
    } else {
        ().into_any()
    };
    let carried = view
        .carried
        .iter()
        .map(|(name, value)| hidden(name.as_str(), value.as_str()))
        .collect_view();
    let from = view.from_check.then(|| hidden("from", "check"));
    let heading = if last { "About you" } else { "Your views" };
    let intro = (view.page == 1).then(|| view! { {introduction(&view)} {every_option(&view)} });
    let fields = if last {
        about_you(&view, state)
    } else {
        view.questions
            .iter()
            .map(|question| ask(question, &view, state))
            .collect_view()
            .into_any()
    };
    let forward = if view.from_check || last {
        "Check your answers"
    } else {
        "Continue"
    };
    let buttons = button_group(view! {
        {named_button(ButtonKind::Primary, "go", "next", forward)}
        {(view.page > 1).then(|| named_button(ButtonKind::Secondary, "go", "back", "Back"))}
    });
    let form = view! {
        {hidden("page", view.page.to_string())}
        {from}
        {carried}
        {fields}
        {buttons}
    };
    view! {
        {back}
        {error_summary(&state.errors)}
        <span class="govuk-caption-xl">{view.about.title.clone()}</span>
        <h1 class="govuk-heading-xl">{heading}</h1>
        {page_of(view.page, view.pages)}
        {intro}
        {post_form(paths::respond(&slug), form)}
    }
    .into_any()
}

fn introduction(view: &RespondView) -> impl IntoView + use<> {
    let closes = view
        .about
        .closes
        .map(|at| format!("You can respond until {}. ", dates::until(at)));
    view! {
        <p class="govuk-body">
            {closes}
            "No account needed. You check everything before it is sent. Nothing is kept until you \
             send it, so leave this page open while you write."
        </p>
    }
}

/// What the options mean, where no choice of this page is called as one of them.
fn every_option(view: &RespondView) -> Option<AnyView> {
    let mut offered = view.questions.iter().flat_map(|q| &q.choices.items);
    let beside_choices = offered.any(|text| {
        let called = |option: &OptionView| names::same(&option.title, text);
        view.options.iter().any(called)
    });
    (!view.options.is_empty() && !beside_choices).then(|| {
        let list = view
            .options
            .iter()
            .map(|option| {
                let means = markdown::words(&option.description);
                view! { <li><strong>{option.title.clone()}</strong> {format!(": {means}")}</li> }
            })
            .collect_view();
        let list = view! { <ul class="govuk-list govuk-list--bullet">{list}</ul> };
        parts::details("What each option means", list)
    })
}

fn ask(question: &Question, view: &RespondView, state: &FormState) -> AnyView {
    let name = answer_field(question.id);
    let label = if question.required || question.kind == QuestionKind::StatementBlock {
        question.prompt.clone()
    } else {
        format!("{} (optional)", question.prompt)
    };
    let field = Field::new(name, label).hint(question.hint.clone()).large();
    match question.kind {
        QuestionKind::ShortText => text_input(state, field),
        QuestionKind::LongText => text_area(state, field.rows(8).limit(LONG)),
        QuestionKind::SingleChoice => radios(state, field, &choices(question, &view.options)),
        QuestionKind::MultipleChoice => checkboxes(
            state,
            field.hint(words::several(&question.hint)),
            &choices(question, &view.options),
        ),
        QuestionKind::Scale => radios(state, field, &steps(question)),
        QuestionKind::StatementBlock => statements(question, &view.about.slug),
    }
}

/// The choices. One that is called as an option says what the option means, where it is chosen.
fn choices(question: &Question, options: &[OptionView]) -> Vec<Choice> {
    let means = |text: &str| {
        options
            .iter()
            .find(|option| names::same(&option.title, text))
            .map(|option| markdown::words(&option.description))
            .unwrap_or_default()
    };
    let mut all: Vec<Choice> = question
        .choices
        .items
        .iter()
        .enumerate()
        .map(|(place, text)| Choice::new(place.to_string(), text.clone()).hint(means(text)))
        .collect();
    if question.choices.other {
        all.push(Choice::new(OTHER, "Other").other(other_field(question.id), "Write what it is"));
    }
    all
}

fn steps(question: &Question) -> Vec<Choice> {
    let scale = &question.choices;
    (scale.from..=scale.to)
        .map(|number| Choice::new(number.to_string(), words::step(scale, number)))
        .collect()
}

fn statements(question: &Question, slug: &str) -> AnyView {
    let hint = (!question.hint.is_empty())
        .then(|| view! { <p class="govuk-body">{question.hint.clone()}</p> });
    parts::inset(view! {
        <h2 class="govuk-heading-m">{question.prompt.clone()}</h2>
        {hint}
        <p class="govuk-body">
            <a class="govuk-link" href=paths::vote(slug) target="_blank" rel="noopener">
                "Say whether you agree with each statement (opens in a new tab)"
            </a>
        </p>
    })
}

fn about_you(view: &RespondView, state: &FormState) -> AnyView {
    let mut wards = vec![(String::new(), "Prefer not to say".to_owned())];
    wards.extend(
        view.wards
            .iter()
            .map(|ward| (ward.id.to_string(), ward.name.clone())),
    );
    let publications: Vec<Choice> = view
        .publications
        .iter()
        .map(|choice| {
            let (text, hint) = words::publication(*choice);
            Choice::new(choice.code(), text).hint(hint)
        })
        .collect();
    view! {
        <h2 class="govuk-heading-m">"Where you live (optional)"</h2>
        <p class="govuk-body">
            "It shows which parts of the borough we have heard from. We keep the ward, not the \
             postcode. Fill in one of the two."
        </p>
        {text_input(
            state,
            Field::new("postcode", "Postcode").width(10).autocomplete("postal-code"),
        )}
        {select(state, Field::new("ward", "Or choose your ward"), &wards)}
        <h2 class="govuk-heading-m">"Who you are (optional)"</h2>
        {text_input(state, Field::new("name", "Name").autocomplete("name"))}
        {text_input(
            state,
            Field::new("organisation", "Organisation, if you respond for one")
                .autocomplete("organization"),
        )}
        {text_input(
            state,
            Field::new("email", "Email address")
                .hint("We send you your receipt and tell you what was decided. Never published.")
                .kind("email")
                .autocomplete("email"),
        )}
        {radios(state, Field::new("publication", "What may the public see?")
            .hint("Your choices are always counted. Words are published only after a person has checked them.")
            .large(), &publications)}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use domain::consultation::Choices;
    use domain::ids::{OptionId, QuestionId};

    use super::*;

    fn asked(items: &[&str]) -> Question {
        Question {
            id: QuestionId(1),
            page: 1,
            position: 1,
            prompt: "Which do you prefer?".to_owned(),
            hint: String::new(),
            kind: QuestionKind::SingleChoice,
            required: true,
            published: false,
            choices: Choices {
                items: items.iter().map(|item| (*item).to_owned()).collect(),
                ..Choices::default()
            },
        }
    }

    #[test]
    fn a_choice_that_is_an_option_says_what_the_option_means() {
        let option = OptionView {
            id: OptionId(1),
            title: "Lower all over".to_owned(),
            description: "Three storeys **everywhere**: 90 homes.".to_owned(),
            do_nothing: false,
        };
        let choices = choices(&asked(&["Lower all over", "None of them"]), &[option]);
        assert_eq!(choices[0].hint, "Three storeys everywhere: 90 homes.");
        assert_eq!(choices[1].hint, "");
    }
}
