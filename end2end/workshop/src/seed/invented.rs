//! What invented people answer: the same each time, chosen by a digest of words.

use domain::consultation::QuestionKind;
use domain::response::Answer;

use crate::seed::voices::Words;

/// A number that is the same each time for the same words: FNV-1a, mixed.
pub(super) fn pick(parts: &[&str], most: u64) -> u64 {
    let mut digest = 0xcbf2_9ce4_8422_2325_u64;
    for byte in parts.iter().flat_map(|part| part.bytes()) {
        digest = (digest ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    // The last letters have to move every bit (finaliser of MurmurHash3).
    digest = (digest ^ (digest >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    digest = (digest ^ (digest >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    (digest ^ (digest >> 33)) % most.max(1)
}

/// What is still to be said: each sentence once, since no two people write the same.
pub(super) struct Unsaid {
    voices: std::slice::Iter<'static, &'static str>,
    places: std::slice::Iter<'static, &'static str>,
}

impl Unsaid {
    pub(super) fn of(words: &'static Words) -> Self {
        Self {
            voices: words.voices.iter(),
            places: words.places.iter(),
        }
    }
}

/// What somebody answers to a question of this kind, if anything; `part` chooses.
pub(super) fn invented_answer(
    kind: QuestionKind,
    choices: &domain::consultation::Choices,
    unsaid: &mut Unsaid,
    part: &dyn Fn(&str, u64) -> u64,
) -> Option<Answer> {
    let writes = |what: &str, often: u64| part(what, 10) < often;
    let text = |words: Option<&&'static str>| words.map(|text| Answer::Text((*text).to_owned()));
    match kind {
        QuestionKind::SingleChoice => {
            let place = match part("choice", 10) {
                0..=5 => 0,
                6..=8 => 1,
                _ => 2,
            };
            Some(Answer::Choices {
                items: vec![place],
                other: None,
            })
        }
        QuestionKind::Scale => {
            let spread = [3, 4, 4, 5, 2, 5, 4, 1];
            let number = spread.get(usize::try_from(part("scale", 8)).ok()?)?;
            Some(Answer::Number(*number))
        }
        QuestionKind::MultipleChoice => {
            let last = u64::try_from(choices.items.len()).ok()?;
            let items: Vec<u32> = (0..last)
                .filter(|place| part(&format!("mark {place}"), 6) < 3 - (place / 2).min(2))
                .filter_map(|place| u32::try_from(place).ok())
                .collect();
            (!items.is_empty()).then_some(Answer::Choices { items, other: None })
        }
        QuestionKind::LongText if writes("writes", 3) => text(unsaid.voices.next()),
        QuestionKind::ShortText if writes("names a place", 2) => text(unsaid.places.next()),
        QuestionKind::LongText | QuestionKind::ShortText | QuestionKind::StatementBlock => None,
    }
}
