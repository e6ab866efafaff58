//! The forms in which a consultation is written.

use domain::calendar::{DayRefused, typed_day, uk_clock, uk_moment};
use domain::consultation::draft::{NewQuestion, question_faults};
use domain::consultation::read::{ConsultationDetail, OptionView};
use domain::consultation::{Choices, Question, QuestionKind};
use domain::typed;
use jiff::Timestamp;
use jiff::civil::Time;

use crate::messages::consultation as words;
use crate::pairs::Pairs;
use crate::ui::form::FormState;

/// The most characters of a body of text.
pub const MOST_BODY: usize = 50_000;

/// Checks that a field has words, and not too many.
pub fn needed(state: &mut FormState, pairs: &Pairs, field: &str, message: &str, most: usize) {
    if pairs.one(field).is_empty() {
        state.refuse(field, message);
    } else {
        at_most(state, pairs, field, most);
    }
}

/// Checks that a field has not too many characters.
pub fn at_most(state: &mut FormState, pairs: &Pairs, field: &str, most: usize) {
    let length = pairs.one(field).chars().count();
    if length > most {
        state.refuse(field, words::too_long(most, length));
    }
}

/// A moment of four fields in UK local time: nothing where all are empty.
///
/// # Errors
/// Where they are filled in otherwise, or the change to summer time leaves it out.
pub fn moment(pairs: &Pairs, name: &str) -> Result<Option<Timestamp>, DayRefused> {
    let part = |end: &str| pairs.one(&format!("{name}-{end}")).to_owned();
    let (day, month, year, time) = (part("day"), part("month"), part("year"), part("time"));
    if [&day, &month, &year, &time].iter().all(|p| p.is_empty()) {
        return Ok(None);
    }
    let date = typed_day(&day, &month, &year)?;
    let at = time_of_day(&time).and_then(|time| uk_moment(date.to_datetime(time)));
    at.map(Some).ok_or(DayRefused::NoDay)
}

fn time_of_day(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once([':', '.'])?;
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

/// A moment put into its four fields.
pub fn with_moment(state: FormState, name: &str, at: Option<Timestamp>) -> FormState {
    let Some(at) = at else { return state };
    let local = uk_clock(at);
    state
        .with(format!("{name}-day"), local.day().to_string())
        .with(format!("{name}-month"), local.month().to_string())
        .with(format!("{name}-year"), local.year().to_string())
        .with(
            format!("{name}-time"),
            format!("{:02}:{:02}", local.hour(), local.minute()),
        )
}

/// A stored consultation as the forms of its sections.
pub fn of_view(view: &ConsultationDetail) -> FormState {
    let mut state = FormState::new()
        .with("title", &view.listed.title)
        .with("summary", &view.listed.summary)
        .with("body", &view.body)
        .with("topic", &view.listed.topic)
        .with("open", &view.open_scope)
        .with("limited", &view.limited_scope)
        .with("fixed", &view.fixed_scope)
        .with("reason", &view.scope_reason)
        .with("regime", &view.regime.code)
        .with("closing_reason", &view.listed.closing_reason)
        .with("contact_name", &view.contact.name)
        .with("contact_email", &view.contact.email);
    for area in &view.areas {
        state = state.and("areas", area.to_string());
    }
    for team in &view.partners {
        state = state.and("partners", team.to_string());
    }
    if view.statements_open {
        state = state.with("statements_open", "yes");
    }
    let state = with_moment(state, "opens", view.listed.opens);
    with_moment(state, "closes", view.listed.closes)
}

/// A form that adds to a list: questions start on page 1 and are published.
pub fn empty_entry() -> FormState {
    FormState::new().with("page", "1").with("published", "yes")
}

fn ticked(state: FormState, name: &str, on: bool) -> FormState {
    if on { state.with(name, "yes") } else { state }
}

/// A stored option as the form that changes it.
pub fn of_option(option: &OptionView) -> FormState {
    let state = FormState::new()
        .with("entry", option.id.to_string())
        .with("title", &option.title)
        .with("description", &option.description);
    ticked(state, "do_nothing", option.do_nothing)
}

/// A stored question as the form that changes it.
pub fn of_question(question: &Question) -> FormState {
    let choices = &question.choices;
    let mut state = FormState::new()
        .with("entry", question.id.to_string())
        .with("page", question.page.to_string())
        .with("kind", question.kind.code())
        .with("prompt", &question.prompt)
        .with("hint", &question.hint)
        .with("choices", choices.items.join("\n"));
    if question.kind == QuestionKind::Scale {
        state = state
            .with("from", choices.from.to_string())
            .with("to", choices.to.to_string())
            .with("low", &choices.low)
            .with("high", &choices.high);
    }
    state = ticked(state, "other", choices.other);
    state = ticked(state, "required", question.required);
    ticked(state, "published", question.published)
}

/// Reads a question, and refuses in `state` what is missing.
pub fn question(pairs: &Pairs, state: &mut FormState) -> Option<NewQuestion> {
    needed(state, pairs, "prompt", "Write the question", 500);
    at_most(state, pairs, "hint", 500);
    let kind = QuestionKind::from_code(pairs.one("kind"));
    if kind.is_none() {
        state.refuse("kind", "Choose how the question is answered");
    }
    let items: Vec<String> = pairs
        .one("choices")
        .lines()
        .map(typed::trimmed)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect();
    let number = |name: &str| pairs.one(name).parse::<i64>().ok();
    let mut choices = Choices {
        items,
        other: pairs.has("other"),
        ..Choices::default()
    };
    match kind {
        Some(QuestionKind::SingleChoice | QuestionKind::MultipleChoice) | None => {}
        Some(QuestionKind::Scale) => {
            // Ends that can't be read are no ends.
            (choices.from, choices.to) = number("from").zip(number("to")).unwrap_or_default();
            choices.low = pairs.one("low").to_owned();
            choices.high = pairs.one("high").to_owned();
        }
        Some(QuestionKind::ShortText | QuestionKind::LongText | QuestionKind::StatementBlock) => {
            choices.items.clear();
        }
    }
    let page = pairs.one("page").parse().unwrap_or_default();
    for refused in question_faults(page, kind, &choices) {
        let (field, message) = words::draft(refused);
        state.refuse(field, message);
    }
    let question = NewQuestion {
        page,
        kind: kind?,
        prompt: pairs.one("prompt").to_owned(),
        hint: pairs.one("hint").to_owned(),
        required: pairs.has("required"),
        published: pairs.has("published"),
        choices,
    };
    (!state.is_refused()).then_some(question)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(day: &str, month: &str, year: &str, time: &str) -> Pairs {
        let pair = |end: &str, value: &str| (format!("closes-{end}"), value.to_owned());
        Pairs::new(vec![
            pair("day", day),
            pair("month", month),
            pair("year", year),
            pair("time", time),
        ])
    }

    #[test]
    fn everything_that_is_wrong_with_a_question_is_said_at_once() {
        let refused = |fields: &[(&str, &str)]| {
            let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
            let pairs = Pairs::new(fields.iter().map(pair).collect());
            let mut state = FormState::new();
            assert_eq!(question(&pairs, &mut state), None);
            let fields = ["prompt", "kind", "page", "choices", "from"];
            let wrong = |field: &&str| state.error(field).is_some();
            fields.into_iter().filter(wrong).collect::<Vec<_>>()
        };
        assert_eq!(refused(&[("page", "99")]), ["prompt", "kind", "page"]);
        let choice = [("kind", QuestionKind::SingleChoice.code()), ("page", "0")];
        assert_eq!(refused(&choice), ["prompt", "page", "choices"]);
        let scale = [("kind", QuestionKind::Scale.code()), ("prompt", "How?")];
        assert_eq!(refused(&scale), ["page", "from"]);
    }

    #[test]
    fn a_moment_is_uk_local_time_and_the_missing_hour_of_spring_is_refused() {
        let at = |pairs: Pairs| moment(&pairs, "closes").map(|at| at.map(|at| at.to_string()));
        assert_eq!(
            at(typed("1", "7", "2026", "17:00")),
            Ok(Some("2026-07-01T16:00:00Z".into()))
        );
        assert_eq!(
            at(typed("1", "12", "2026", "23:59")),
            Ok(Some("2026-12-01T23:59:00Z".into()))
        );
        use DayRefused::{NoDay, YearOfFourDigits, YearOutOfReach};
        assert_eq!(at(typed("29", "3", "2026", "01:30")), Err(NoDay));
        assert_eq!(at(typed("31", "2", "2026", "12:00")), Err(NoDay));
        assert_eq!(at(typed("", "", "", "")), Ok(None));
        assert_eq!(at(typed("1", "2", "2026", "noon")), Err(NoDay));
        assert_eq!(at(typed("1", "12", "26", "09:00")), Err(YearOfFourDigits));
        assert_eq!(at(typed("1", "12", "0026", "09:00")), Err(YearOutOfReach));
    }
}
