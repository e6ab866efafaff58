//! Which counts a response adds to.
//!
//! Kept per consultation as `(question, dimension, key)`; question 0 is the response as a
//! whole. A recount of the stored rows must give the same.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Answer, Submission};
use crate::moderation::State;

/// The responses.
pub const TOTAL: &str = "total";
/// Responses by day in the United Kingdom, `2026-12-01`.
pub const DAY: &str = "day";
/// Responses by ward: the area's number, or [`NOT_SAID`].
pub const WARD: &str = "ward";
/// Responses by the way they came.
pub const CHANNEL: &str = "channel";
/// Responses that answer this question.
pub const ANSWERED: &str = "answered";
/// Answers by place in the list of choices, or `other`.
pub const CHOICE: &str = "choice";
/// Answers by number of a scale.
pub const NUMBER: &str = "number";
/// Free texts by how far they have come in moderation: `held`, `approved`, `rejected`.
pub const TEXT: &str = "text";
/// The key where there is one only.
pub const ALL: &str = "all";
/// The key of those who did not say.
pub const NOT_SAID: &str = "none";

/// Question, dimension, key.
pub type Key = (i64, &'static str, String);

/// Adds a response to the counts of its consultation. `day` is that of [`crate::calendar::uk_day`].
pub fn add(counts: &mut BTreeMap<Key, i64>, submission: &Submission, day: Date) {
    let mut one = |question: i64, dimension: &'static str, key: String| {
        *counts.entry((question, dimension, key)).or_default() += 1;
    };
    one(0, TOTAL, ALL.to_owned());
    one(0, DAY, day.to_string());
    one(0, CHANNEL, submission.channel.code().to_owned());
    one(
        0,
        WARD,
        submission
            .area
            .map_or_else(|| NOT_SAID.to_owned(), |area| area.to_string()),
    );
    for (question, answer) in &submission.answers {
        one(question.0, ANSWERED, ALL.to_owned());
        match answer {
            Answer::Text(_) => one(question.0, TEXT, State::Held.code().to_owned()),
            Answer::Number(number) => one(question.0, NUMBER, number.to_string()),
            Answer::Choices { items, other } => {
                for item in items {
                    one(question.0, CHOICE, item.to_string());
                }
                if other.is_some() {
                    one(question.0, CHOICE, super::answer::OTHER.to_owned());
                    one(question.0, TEXT, State::Held.code().to_owned());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::ids::{AreaId, ConsultationId, QuestionId};
    use crate::response::{Channel, Publication, Respondent};

    #[test]
    fn a_response_counts_once_as_a_whole_and_once_for_each_choice() {
        let submission = Submission {
            consultation: ConsultationId(7),
            channel: Channel::Online,
            area: Some(AreaId(3)),
            publication: Publication::Anonymous,
            respondent: Respondent::default(),
            answers: vec![
                (QuestionId(1), Answer::Text("x".into())),
                (
                    QuestionId(2),
                    Answer::Choices {
                        items: vec![0, 2],
                        other: Some("y".into()),
                    },
                ),
                (QuestionId(4), Answer::Number(5)),
            ],
            at: Timestamp::UNIX_EPOCH,
            invented: false,
        };
        let mut counts = BTreeMap::new();
        add(&mut counts, &submission, jiff::civil::date(2026, 12, 1));
        add(&mut counts, &submission, jiff::civil::date(2026, 12, 2));
        let of = |q, d: &'static str, k: &str| counts.get(&(q, d, k.to_owned())).copied();
        assert_eq!(of(0, TOTAL, ALL), Some(2));
        assert_eq!(of(0, DAY, "2026-12-01"), Some(1));
        assert_eq!(of(0, WARD, "3"), Some(2));
        assert_eq!(of(1, ANSWERED, ALL), Some(2));
        assert_eq!(of(2, CHOICE, "2"), Some(2));
        assert_eq!(of(2, CHOICE, "1"), None);
        assert_eq!(of(2, CHOICE, "other"), Some(2));
        assert_eq!(of(4, NUMBER, "5"), Some(2));
        assert_eq!(of(1, TEXT, "held"), Some(2));
        assert_eq!(of(2, TEXT, "held"), Some(2), "the words beside “other”");
        assert_eq!(counts.len(), 14);
    }
}
