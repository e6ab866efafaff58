//! Whether what was sent answers a question.

use super::Answer;
use crate::consultation::{Question, QuestionKind};
use crate::ids::QuestionId;
use crate::typed;

/// Most characters of a one-line answer, and of "other".
pub const SHORT: usize = 200;
/// Most characters of a long answer: about four pages.
pub const LONG: usize = 10_000;
/// The value that stands for "other" among the choices.
pub const OTHER: &str = "other";

/// Why an answer is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerRefused {
    /// An answer is needed.
    #[error("no answer")]
    Required,
    /// Too many characters.
    #[error("{count} characters, {limit} allowed")]
    TooLong {
        /// How many there are.
        count: usize,
        /// How many are allowed.
        limit: usize,
    },
    /// Not one of the choices: not sent by our form.
    #[error("not one of the choices")]
    NotOffered,
    /// More than one choice where one is asked for.
    #[error("more than one choice")]
    MoreThanOne,
    /// "Other" is chosen and its words are missing.
    #[error("other without words")]
    OtherWithoutWords,
    /// Words for "other" beside a different choice.
    #[error("words beside another choice")]
    OtherNotChosen,
}

impl AnswerRefused {
    /// Whether our own form could have sent it; if not, the request is refused as a whole.
    pub fn is_a_mistake(self) -> bool {
        self != AnswerRefused::NotOffered
    }
}

/// The answer in the values sent for one question: `values` under the question's name and `other`
/// beside it. Nothing sent is `None`.
///
/// # Errors
/// The first thing that is wrong.
pub fn check_answer(
    question: &Question,
    values: &[&str],
    other: &str,
) -> Result<Option<Answer>, AnswerRefused> {
    let values: Vec<&str> = values
        .iter()
        .map(|value| typed::trimmed(value))
        .filter(|v| !v.is_empty())
        .collect();
    let found = match question.kind {
        QuestionKind::StatementBlock => return Ok(None),
        QuestionKind::ShortText => text(&values, SHORT)?,
        QuestionKind::LongText => text(&values, LONG)?,
        QuestionKind::SingleChoice => choices(question, &values, typed::trimmed(other), true)?,
        QuestionKind::MultipleChoice => choices(question, &values, typed::trimmed(other), false)?,
        QuestionKind::Scale => scale(question, &values)?,
    };
    if found.is_none() && question.required {
        return Err(AnswerRefused::Required);
    }
    Ok(found)
}

/// The most that a whole form of answers sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MostSent {
    /// Characters of all answers together.
    pub characters: usize,
    /// Fields: one a text, one a choice.
    pub fields: usize,
}

/// The most that the form of these questions sends, with what its sender says of themselves.
pub fn most_sent(questions: &[Question]) -> MostSent {
    /// Of *about you*, and of what steers.
    const OWN_FIELDS: usize = 12;
    let own = MostSent {
        characters: OWN_FIELDS * SHORT,
        fields: OWN_FIELDS,
    };
    questions.iter().fold(own, |most, question| {
        let (characters, fields) = match question.kind {
            QuestionKind::StatementBlock => (0, 0),
            QuestionKind::ShortText => (SHORT, 1),
            QuestionKind::LongText => (LONG, 1),
            QuestionKind::Scale => (OF_A_CHOICE, 1),
            QuestionKind::SingleChoice | QuestionKind::MultipleChoice => {
                let choices = question.choices.items.len() + 1;
                (choices * OF_A_CHOICE + SHORT, choices + 1)
            }
        };
        MostSent {
            characters: most.characters + characters,
            fields: most.fields + fields,
        }
    })
}

/// The most characters of a choice as it is sent.
const OF_A_CHOICE: usize = 10;

/// An answer that is not taken, or one that is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnswered {
    /// To which question.
    pub question: QuestionId,
    /// Why.
    pub why: AnswerRefused,
}

/// Whether these answer this questionnaire: each is to one of its questions and within it, none is
/// there twice, and none that is needed is missing.
///
/// # Errors
/// The first thing that is wrong.
pub fn check_answers(
    questions: &[Question],
    answers: &[(QuestionId, Answer)],
) -> Result<(), NotAnswered> {
    for (at, (question, _)) in answers.iter().enumerate() {
        let asked = questions.iter().any(|one| one.id == *question);
        let before = answers.iter().take(at).any(|(one, _)| one == question);
        if !asked || before {
            return Err(NotAnswered {
                question: *question,
                why: AnswerRefused::NotOffered,
            });
        }
    }
    for question in questions {
        let answer = answers.iter().find(|(of, _)| *of == question.id);
        fits(question, answer.map(|(_, answer)| answer)).map_err(|why| NotAnswered {
            question: question.id,
            why,
        })?;
    }
    Ok(())
}

/// Whether an answer is one that the form of this question could have sent.
fn fits(question: &Question, answer: Option<&Answer>) -> Result<(), AnswerRefused> {
    let (values, other) = match answer {
        None => (Vec::new(), ""),
        Some(Answer::Text(text)) => (vec![text.clone()], ""),
        Some(Answer::Number(number)) => (vec![number.to_string()], ""),
        Some(Answer::Choices { items, other }) => {
            let mut values: Vec<String> = items.iter().map(ToString::to_string).collect();
            values.extend(other.is_some().then(|| OTHER.to_owned()));
            (values, other.as_deref().unwrap_or_default())
        }
    };
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    let same_kind = match answer {
        None => true,
        Some(Answer::Text(_)) => matches!(
            question.kind,
            QuestionKind::ShortText | QuestionKind::LongText
        ),
        Some(Answer::Number(_)) => question.kind == QuestionKind::Scale,
        Some(Answer::Choices { .. }) => matches!(
            question.kind,
            QuestionKind::SingleChoice | QuestionKind::MultipleChoice
        ),
    };
    if !same_kind {
        return Err(AnswerRefused::NotOffered);
    }
    check_answer(question, &values, other).map(drop)
}

fn within(text: &str, limit: usize) -> Result<(), AnswerRefused> {
    let count = text.chars().count();
    if count > limit {
        return Err(AnswerRefused::TooLong { count, limit });
    }
    Ok(())
}

fn text(values: &[&str], limit: usize) -> Result<Option<Answer>, AnswerRefused> {
    match values {
        [] => Ok(None),
        [one] => {
            within(one, limit)?;
            Ok(Some(Answer::Text((*one).to_owned())))
        }
        _ => Err(AnswerRefused::NotOffered),
    }
}

fn scale(question: &Question, values: &[&str]) -> Result<Option<Answer>, AnswerRefused> {
    match values {
        [] => Ok(None),
        [one] => one
            .parse::<i64>()
            .ok()
            .filter(|n| (question.choices.from..=question.choices.to).contains(n))
            .map(|n| Some(Answer::Number(n)))
            .ok_or(AnswerRefused::NotOffered),
        _ => Err(AnswerRefused::MoreThanOne),
    }
}

fn choices(
    question: &Question,
    values: &[&str],
    words: &str,
    single: bool,
) -> Result<Option<Answer>, AnswerRefused> {
    let mut items = Vec::new();
    let mut other_chosen = false;
    for value in values {
        if *value == OTHER && question.choices.other {
            other_chosen = true;
        } else {
            let place = value
                .parse::<u32>()
                .ok()
                .filter(|place| (*place as usize) < question.choices.items.len())
                .ok_or(AnswerRefused::NotOffered)?;
            items.push(place);
        }
    }
    items.sort_unstable();
    items.dedup();
    if single && items.len() + usize::from(other_chosen) > 1 {
        return Err(AnswerRefused::MoreThanOne);
    }
    if !words.is_empty() && !question.choices.other {
        return Err(AnswerRefused::NotOffered);
    }
    if other_chosen && words.is_empty() {
        return Err(AnswerRefused::OtherWithoutWords);
    }
    // Without scripts the words can be typed without choosing "other": nothing else chosen, or
    // several allowed, makes the meaning plain.
    if single && !words.is_empty() && !items.is_empty() {
        return Err(AnswerRefused::OtherNotChosen);
    }
    within(words, SHORT)?;
    if items.is_empty() && words.is_empty() {
        return Ok(None);
    }
    Ok(Some(Answer::Choices {
        items,
        other: (!words.is_empty()).then(|| words.to_owned()),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consultation::Choices;

    #[test]
    fn a_questionnaire_is_answered_by_what_its_own_forms_can_send() {
        let asked = |id: i64, kind, required| Question {
            id: QuestionId(id),
            ..question(kind, required)
        };
        let questions = [
            asked(1, QuestionKind::LongText, true),
            asked(2, QuestionKind::SingleChoice, false),
            asked(3, QuestionKind::Scale, false),
        ];
        let said = || (QuestionId(1), Answer::Text("Yes".to_owned()));
        let chosen = |items: Vec<u32>, other: Option<&str>| {
            let other = other.map(str::to_owned);
            (QuestionId(2), Answer::Choices { items, other })
        };
        let refused = |answers: &[(QuestionId, Answer)]| {
            check_answers(&questions, answers).expect_err("refused").why
        };
        assert_eq!(check_answers(&questions, &[said()]), Ok(()));
        let whole = [
            said(),
            chosen(vec![2], None),
            (QuestionId(3), Answer::Number(5)),
        ];
        assert_eq!(check_answers(&questions, &whole), Ok(()));
        let own = [said(), chosen(Vec::new(), Some("a boat"))];
        assert_eq!(check_answers(&questions, &own), Ok(()));
        use AnswerRefused::{MoreThanOne, NotOffered, Required, TooLong};
        assert_eq!(refused(&[]), Required);
        assert_eq!(refused(&[said(), said()]), NotOffered);
        assert_eq!(refused(&[said(), chosen(vec![3], None)]), NotOffered);
        assert_eq!(refused(&[said(), chosen(vec![0, 1], None)]), MoreThanOne);
        assert_eq!(
            refused(&[said(), (QuestionId(3), Answer::Number(6))]),
            NotOffered
        );
        assert_eq!(
            refused(&[said(), (QuestionId(9), Answer::Number(1))]),
            NotOffered
        );
        assert_eq!(refused(&[(QuestionId(1), Answer::Number(1))]), NotOffered);
        let long = Answer::Text("a".repeat(LONG + 1));
        assert_eq!(
            refused(&[(QuestionId(1), long)]),
            TooLong {
                count: LONG + 1,
                limit: LONG
            }
        );
    }

    fn question(kind: QuestionKind, required: bool) -> Question {
        Question {
            id: QuestionId(1),
            page: 1,
            position: 1,
            kind,
            prompt: String::new(),
            hint: String::new(),
            required,
            published: true,
            choices: Choices {
                items: vec!["a".into(), "b".into(), "c".into()],
                other: true,
                from: 1,
                to: 5,
                ..Choices::default()
            },
        }
    }

    fn chosen(items: &[u32], other: Option<&str>) -> Result<Option<Answer>, AnswerRefused> {
        Ok(Some(Answer::Choices {
            items: items.to_vec(),
            other: other.map(str::to_owned),
        }))
    }

    #[test]
    fn a_form_takes_all_that_its_questions_do() {
        let none = most_sent(&[]);
        let long = question(QuestionKind::LongText, true);
        let eight = most_sent(&vec![long; 8]);
        assert_eq!(eight.characters - none.characters, 8 * LONG);
        assert_eq!(eight.fields - none.fields, 8);
        let chosen = most_sent(&[question(QuestionKind::MultipleChoice, false)]);
        assert!(
            chosen.fields - none.fields >= 5,
            "three, other and its words"
        );
        assert!(chosen.characters - none.characters >= SHORT);
    }

    #[test]
    fn what_cannot_be_seen_is_no_answer() {
        for unseen in ["\u{200b}", "\u{3164}", "\u{2800}", "\u{ad} \u{200f}"] {
            for kind in [QuestionKind::ShortText, QuestionKind::LongText] {
                let needed = question(kind, true);
                assert_eq!(
                    check_answer(&needed, &[unseen], ""),
                    Err(AnswerRefused::Required)
                );
                assert_eq!(
                    check_answer(&question(kind, false), &[unseen], ""),
                    Ok(None)
                );
            }
            let one = question(QuestionKind::SingleChoice, true);
            let refused = check_answer(&one, &["other"], unseen);
            assert_eq!(refused, Err(AnswerRefused::OtherWithoutWords));
        }
    }

    #[test]
    fn text_is_trimmed_counted_and_needed_only_where_the_question_says_so() {
        let q = question(QuestionKind::ShortText, true);
        assert_eq!(
            check_answer(&q, &["  hi "], ""),
            Ok(Some(Answer::Text("hi".into())))
        );
        assert_eq!(check_answer(&q, &["  "], ""), Err(AnswerRefused::Required));
        let long = "é".repeat(SHORT + 3);
        assert_eq!(
            check_answer(&q, &[&long], ""),
            Err(AnswerRefused::TooLong {
                count: SHORT + 3,
                limit: SHORT
            })
        );
        let optional = question(QuestionKind::LongText, false);
        assert_eq!(check_answer(&optional, &[], ""), Ok(None));
    }

    #[test]
    fn a_choice_is_one_that_was_offered_and_other_keeps_its_words() {
        let one = question(QuestionKind::SingleChoice, true);
        assert_eq!(check_answer(&one, &["2"], ""), chosen(&[2], None));
        assert_eq!(
            check_answer(&one, &["3"], ""),
            Err(AnswerRefused::NotOffered)
        );
        assert_eq!(
            check_answer(&one, &["0", "1"], ""),
            Err(AnswerRefused::MoreThanOne)
        );
        assert_eq!(
            check_answer(&one, &["other"], ""),
            Err(AnswerRefused::OtherWithoutWords)
        );
        assert_eq!(
            check_answer(&one, &["1"], "mine"),
            Err(AnswerRefused::OtherNotChosen)
        );
        assert_eq!(check_answer(&one, &[], "mine"), chosen(&[], Some("mine")));
        let many = question(QuestionKind::MultipleChoice, false);
        assert_eq!(
            check_answer(&many, &["2", "0", "2", "other"], "mine"),
            chosen(&[0, 2], Some("mine"))
        );
        assert_eq!(
            check_answer(&many, &["1"], "mine"),
            chosen(&[1], Some("mine"))
        );
    }

    #[test]
    fn a_scale_takes_whole_numbers_between_its_ends() {
        let q = question(QuestionKind::Scale, false);
        assert_eq!(check_answer(&q, &["5"], ""), Ok(Some(Answer::Number(5))));
        for wrong in ["0", "6", "1.5", "x"] {
            assert_eq!(
                check_answer(&q, &[wrong], ""),
                Err(AnswerRefused::NotOffered),
                "{wrong}"
            );
        }
    }
}
