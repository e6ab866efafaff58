//! Invented responses in great number, for measurements: the same ones each time.
//!
//! Invariant: they come only into a database that is marked as a demonstration; every one is marked
//! as invented, and a second run adds only what is missing.

use std::convert::Infallible;
use std::time::Instant;

use domain::consultation::{Question, QuestionKind};
use domain::ids::AreaId;
use domain::response::{Answer, Channel, Publication, Respondent, Submission};
use jiff::Timestamp;

use server::App;
use server::cli::CliError;
use server::consultation::rows::brief;
use server::response::key::Key;
use server::response::rows::{self, KeyedSubmission, PermittedResponse};
use server::secret::receipt_hash;

use crate::marked;

const IN_A_STATEMENT: u64 = 512;
const IN_A_COMMIT: u64 = 20_480;

/// What was done.
#[derive(Clone, Copy, Debug)]
pub struct Loaded {
    /// Responses that are new.
    pub added: u64,
    /// Seconds it took.
    pub seconds: f64,
}

/// What is said where there is nothing to add to.
pub fn unpublished(slug: &str) -> String {
    format!("There is no published consultation “{slug}”.")
}

/// Adds the first `n` invented responses of the consultation of this slug, but those that are
/// there already.
///
/// # Errors
/// [`CliError::Usage`] where the database is not marked as a demonstration, or there is no such
/// published consultation.
pub async fn load(app: &App, slug: &str, n: u64) -> Result<Loaded, CliError> {
    marked::refuse_others(&app.db).await?;
    let began = Instant::now();
    let on = app
        .questionnaires
        .of(&app.db, slug)
        .await?
        .ok_or_else(|| CliError::Usage(unpublished(slug)))?;
    let now = app.clock.now();
    let opens = on.consultation.milestones.opens.unwrap_or(now);
    let until = on
        .consultation
        .milestones
        .closes
        .map_or(now, |c| c.min(now));
    let wards: Vec<AreaId> = on.wards.iter().map(|ward| ward.id).collect();
    let mut added = 0;
    let mut next = 0;
    while next < n {
        let stop = n.min(next + IN_A_COMMIT);
        let tx = app.db.begin().await?;
        while next < stop {
            let upto = stop.min(next + IN_A_STATEMENT);
            let batch: Vec<KeyedSubmission> = (next..upto)
                .map(|number| {
                    let mut dice = Dice::new(number);
                    let submission = Submission {
                        consultation: on.consultation.id,
                        channel: channel(&mut dice),
                        area: (dice.below(10) < 9)
                            .then(|| pick(&mut dice, &wards))
                            .flatten(),
                        publication: publication(&mut dice),
                        respondent: Respondent::default(),
                        answers: on
                            .questions
                            .iter()
                            .filter_map(|q| Some((q.id, answer(&mut dice, q)?)))
                            .collect(),
                        at: moment(&mut dice, opens, until),
                        invented: true,
                    };
                    // The same at each run: one a second from the opening.
                    let second = i64::try_from(number).unwrap_or(i64::MAX);
                    let issued = opens.as_second().saturating_add(second);
                    let issued = Timestamp::from_second(issued).unwrap_or(opens);
                    let key = Key::of_token(&format!("load/{slug}/{number}"), issued);
                    KeyedSubmission {
                        key: key.stored(),
                        receipt_hash: receipt_hash(&key.receipt(&app.config.secret)),
                        submission,
                    }
                })
                .collect();
            let held = brief::hold_milestones(tx.inner(), [on.consultation.id]).await?;
            let held = held
                .get(&on.consultation.id)
                .ok_or_else(|| CliError::Usage(format!("“{slug}” is gone.")))?;
            // What is invented asks no stage: the database is marked for it.
            let batch = batch.iter().map(|keyed| {
                let Ok(admitted) = held.admit(now, |_| Ok::<(), Infallible>(()));
                PermittedResponse::new(admitted, keyed)
            });
            let batch: Vec<PermittedResponse<'_>> = batch.collect();
            let fresh = rows::write(&batch).await?;
            added += fresh.into_iter().filter(|fresh| *fresh).count() as u64;
            next = upto;
        }
        tx.commit().await?;
    }
    Ok(Loaded {
        added,
        seconds: began.elapsed().as_secs_f64(),
    })
}

/// A small generator (SplitMix64, Steele, Lea and Flood 2014): the same numbers for a seed.
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`; 0 where `n` is 0.
    fn below(&mut self, n: u64) -> u64 {
        self.next().checked_rem(n).unwrap_or(0)
    }
}

fn pick<T: Copy>(dice: &mut Dice, from: &[T]) -> Option<T> {
    // The smaller of two draws: some wards write more than others.
    let n = from.len() as u64;
    let at = dice.below(n).min(dice.below(n));
    from.get(usize::try_from(at).ok()?).copied()
}

fn moment(dice: &mut Dice, from: Timestamp, until: Timestamp) -> Timestamp {
    let span = until.as_millisecond().saturating_sub(from.as_millisecond());
    let span = u64::try_from(span).unwrap_or(0);
    let after = i64::try_from(dice.below(span)).unwrap_or(0);
    Timestamp::from_millisecond(from.as_millisecond() + after).unwrap_or(until)
}

fn channel(dice: &mut Dice) -> Channel {
    match dice.below(20) {
        0 => Channel::Paper,
        1 => Channel::Event,
        2 => Channel::Phone,
        _ => Channel::Online,
    }
}

fn publication(dice: &mut Dice) -> Publication {
    match dice.below(4) {
        0 => Publication::Private,
        _ => Publication::Anonymous,
    }
}

fn answer(dice: &mut Dice, question: &Question) -> Option<Answer> {
    if !question.required && dice.below(5) == 0 {
        return None;
    }
    let choices = question.choices.items.len() as u64;
    let one = |dice: &mut Dice| u32::try_from(dice.below(choices).min(dice.below(choices))).ok();
    match question.kind {
        QuestionKind::StatementBlock => None,
        QuestionKind::ShortText => Some(Answer::Text(sentence(dice, 1))),
        QuestionKind::LongText => {
            let sentences = 1 + dice.below(3);
            Some(Answer::Text(sentence(dice, sentences)))
        }
        QuestionKind::SingleChoice => {
            (choices > 0).then_some(())?;
            Some(Answer::Choices {
                items: vec![one(dice)?],
                other: None,
            })
        }
        QuestionKind::MultipleChoice => {
            (choices > 0).then_some(())?;
            let mut items = vec![one(dice)?, one(dice)?];
            items.sort_unstable();
            items.dedup();
            let own = question.choices.other && dice.below(12) == 0;
            Some(Answer::Choices {
                items,
                other: own.then(|| sentence(dice, 1)),
            })
        }
        QuestionKind::Scale => {
            let steps = question.choices.to.saturating_sub(question.choices.from);
            let step = dice.below(u64::try_from(steps).unwrap_or(0) + 1);
            Some(Answer::Number(
                question.choices.from + i64::try_from(step).unwrap_or(0),
            ))
        }
    }
}

fn sentence(dice: &mut Dice, how_many: u64) -> String {
    const WHO: [&str; 6] = [
        "The crossing",
        "The new path",
        "The bus stop",
        "The park",
        "The square",
        "The street",
    ];
    const WHAT: [&str; 6] = [
        "should be wider",
        "is too dark in winter",
        "works well as it is",
        "needs a bench",
        "floods when it rains",
        "should be nearer the school",
    ];
    (0..how_many)
        .map(|_| {
            let (who, what) = (dice.below(6), dice.below(6));
            format!(
                "{} {}.",
                WHO.get(who as usize).unwrap_or(&"It"),
                WHAT.get(what as usize).unwrap_or(&"matters")
            )
        })
        .collect::<Vec<_>>()
        .join(" ")
}
