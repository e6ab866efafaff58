//! The questionnaire's fields as they are sent.
//!
//! Every page carries the fields of all others, so nothing is kept on the server until the
//! response is sent and nothing is lost by an error, a restart or an expiry. Field names:
//! `answer.<question>`, `other.<question>`, those of *about you*, and those that steer.

use domain::account::Email;
use domain::consultation::{Question, QuestionKind};
use domain::ids::QuestionId;
use domain::response::answer::SHORT;
use domain::response::{Answer, Publication, Respondent, check_answer};

use crate::messages::response as words;
use crate::pairs::Pairs;
use crate::ui::form::{FieldError, FormState};

/// Fields of *about you*.
pub const ABOUT_YOU: [&str; 6] = [
    "postcode",
    "ward",
    "name",
    "organisation",
    "email",
    "publication",
];
/// The signed key of the check page.
pub const KEY: &str = "key";
/// Fields that steer and are not carried.
const STEERING: [&str; 3] = ["page", "go", "from"];

/// Where a button leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Go {
    /// The next page, or back to *check your answers* where one came from there.
    Next,
    /// The page before.
    Back,
    /// This page, to change something.
    To(usize),
    /// *Check your answers*.
    Check,
}

/// What was sent can't have come from our form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedForm;

/// Name of the field of this question.
pub fn answer_field(question: QuestionId) -> String {
    format!("answer.{question}")
}

/// Name of the field for "other" of this question.
pub fn other_field(question: QuestionId) -> String {
    format!("other.{question}")
}

/// Where to go, which page was sent (from 1) and whether one came from *check your answers*.
///
/// # Errors
/// Where the page or the button is not one of ours.
pub fn steering(pairs: &Pairs, pages: usize) -> Result<(Go, usize, bool), MalformedForm> {
    let page_of = |text: &str| {
        text.parse::<usize>()
            .ok()
            .filter(|page| (1..=pages).contains(page))
            .ok_or(MalformedForm)
    };
    let go = match pairs.one("go") {
        "" | "next" => Go::Next,
        "back" => Go::Back,
        "check" => Go::Check,
        other => Go::To(page_of(other.strip_prefix("page:").ok_or(MalformedForm)?)?),
    };
    // The check page is no page of questions and so sends no number.
    let page = match pairs.one("page") {
        "" if matches!(go, Go::To(_) | Go::Check) => pages,
        sent => page_of(sent)?,
    };
    Ok((go, page, pairs.one("from") == "check"))
}

/// Whether every field belongs to this questionnaire.
///
/// # Errors
/// Where one does not: the request is refused as a whole.
pub fn known(pairs: &Pairs, questions: &[Question]) -> Result<(), MalformedForm> {
    let asked = |text: &str| {
        text.parse::<i64>().is_ok_and(|id| {
            questions
                .iter()
                .any(|q| q.id.0 == id && q.kind != QuestionKind::StatementBlock)
        })
    };
    let all = pairs.iter().all(|(name, _)| match name.split_once('.') {
        Some(("answer" | "other", id)) => asked(id),
        Some(_) => false,
        None => name == KEY || ABOUT_YOU.contains(&name) || STEERING.contains(&name),
    });
    if all { Ok(()) } else { Err(MalformedForm) }
}

/// The values as typed, for showing the page again.
pub fn state(pairs: &Pairs) -> FormState {
    FormState::from_pairs(pairs.iter())
}

/// An answer that is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongAnswer {
    /// To which question.
    pub question: QuestionId,
    /// What is wrong, at its field.
    pub error: FieldError,
}

/// The answers in a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadAnswers {
    /// Those that are answers, in the order of the questions.
    pub taken: Vec<(QuestionId, Answer)>,
    /// Those that are not.
    pub wrong: Vec<WrongAnswer>,
}

/// The answers to `questions` and what is wrong with them.
///
/// # Errors
/// Where a value can't have come from our form.
pub fn answers(pairs: &Pairs, questions: &[Question]) -> Result<ReadAnswers, MalformedForm> {
    let mut read = ReadAnswers::default();
    for question in questions {
        let name = answer_field(question.id);
        let values: Vec<&str> = pairs.all(&name).collect();
        let other = other_field(question.id);
        match check_answer(question, &values, pairs.one(&other)) {
            Ok(Some(answer)) => read.taken.push((question.id, answer)),
            Ok(None) => {}
            Err(refused) if !refused.is_a_mistake() => return Err(MalformedForm),
            Err(refused) => read.wrong.push(WrongAnswer {
                question: question.id,
                error: FieldError {
                    message: words::answer(question, refused),
                    field: name,
                },
            }),
        }
    }
    Ok(read)
}

/// What *about you* says, but for where one lives, which needs the borough's data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AboutYou {
    /// Who.
    pub respondent: Respondent,
    /// What the public may see.
    pub publication: Publication,
}

/// Reads *about you*.
///
/// # Errors
/// What is wrong, by field.
pub fn about_you(pairs: &Pairs, offered: &[Publication]) -> Result<AboutYou, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut refuse = |field: &str, message: String| {
        errors.push(FieldError {
            field: field.to_owned(),
            message,
        });
    };
    let mut line = |field: &str| {
        let text = pairs.one(field).replace(['\n', '\t'], " ");
        let count = text.chars().count();
        if count > SHORT {
            refuse(field, words::too_long(count));
        }
        (!text.is_empty()).then_some(text)
    };
    let respondent = Respondent {
        name: line("name"),
        organisation: line("organisation"),
        email: line("email"),
    };
    if respondent
        .email
        .as_deref()
        .is_some_and(|email| Email::parse(email).is_err())
    {
        refuse("email", words::NOT_AN_EMAIL.to_owned());
    }
    let publication =
        Publication::from_code(pairs.one("publication")).filter(|p| offered.contains(p));
    match publication {
        None => refuse("publication", words::NO_PUBLICATION.to_owned()),
        Some(Publication::Named) if respondent.name.is_none() => {
            refuse("name", words::NO_NAME.to_owned());
        }
        Some(_) => {}
    }
    match (errors.is_empty(), publication) {
        (true, Some(publication)) => Ok(AboutYou {
            respondent,
            publication,
        }),
        _ => Err(errors),
    }
}

/// The fields to carry along unseen: all that hold something, but those named here and those that
/// steer.
pub fn carried(pairs: &Pairs, shown: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    pairs
        .iter()
        .filter(|(name, value)| !value.is_empty() && !STEERING.contains(name) && !shown(name))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::consultation::Choices;

    fn question(id: i64, kind: QuestionKind) -> Question {
        Question {
            id: QuestionId(id),
            page: 1,
            position: 1,
            kind,
            prompt: "Why?".into(),
            hint: String::new(),
            required: true,
            published: true,
            choices: Choices::default(),
        }
    }

    fn pairs(of: &[(&str, &str)]) -> Pairs {
        Pairs::new(
            of.iter()
                .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
                .collect(),
        )
    }

    #[test]
    fn a_field_of_another_questionnaire_is_not_ours() {
        let asked = [question(5, QuestionKind::LongText)];
        assert_eq!(
            known(&pairs(&[("answer.5", "x"), ("go", "next")]), &asked),
            Ok(())
        );
        for name in ["answer.6", "answer.x", "answer.", "admin", "x.5"] {
            assert_eq!(
                known(&pairs(&[(name, "1")]), &asked),
                Err(MalformedForm),
                "{name}"
            );
        }
    }

    #[test]
    fn buttons_lead_where_they_say_and_a_page_that_is_not_there_is_refused() {
        assert_eq!(
            steering(&pairs(&[("page", "1")]), 3),
            Ok((Go::Next, 1, false))
        );
        assert_eq!(
            steering(
                &pairs(&[("page", "2"), ("go", "back"), ("from", "check")]),
                3
            ),
            Ok((Go::Back, 2, true))
        );
        assert_eq!(
            steering(&pairs(&[("go", "page:3")]), 3),
            Ok((Go::To(3), 3, false))
        );
        for wrong in [
            &[("page", "4")][..],
            &[("page", "0")],
            &[("go", "page:9")],
            &[],
        ] {
            assert_eq!(steering(&pairs(wrong), 3), Err(MalformedForm), "{wrong:?}");
        }
    }

    #[test]
    fn a_name_is_needed_only_where_it_is_to_be_shown() {
        let offered = Publication::offered("choice");
        let sent = pairs(&[("publication", "named"), ("email", "no address")]);
        let errors = about_you(&sent, offered).expect_err("two mistakes");
        let fields: Vec<&str> = errors.iter().map(|e| e.field.as_str()).collect();
        assert_eq!(fields, ["email", "name"]);
        assert!(about_you(&pairs(&[("publication", "private")]), offered).is_ok());
        assert!(about_you(&pairs(&[("publication", "named")]), &[Publication::Private]).is_err());
    }
}
