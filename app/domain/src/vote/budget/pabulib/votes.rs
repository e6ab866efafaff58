//! The VOTES section: ballots in the form that META names.

use std::collections::HashSet;

use super::super::ballot::{BallotForm, BallotRefusal, Choice, within};
use super::super::election::Election;
use super::super::model::Budget;
use super::lines::{MOST_DECIMALS, points, refuse, section};
use super::meta::Meta;
use super::rows::{Row, Rows};
use super::{Note, PbReason, PbRefusal};

struct VoteColumns {
    vote: usize,
    points: Option<usize>,
}

/// Reads the section that opened on `line`, to the end of the file.
pub(super) fn read_votes(
    rows: &mut Rows<'_>,
    line: usize,
    meta: &Meta,
    budget: Budget,
    notes: &mut Vec<Note>,
) -> Result<Election, PbRefusal> {
    let kind = meta
        .get("vote_type")
        .ok_or_else(|| meta.lacks("vote_type"))?
        .to_owned();
    let has_points = matches!(kind.as_str(), "cumulative" | "scoring");
    // An election without a single ballot may end right after the section's name.
    let head = rows.next_row()?;
    let vote = head.as_ref().and_then(|h| h.find(&["vote"]));
    let points_at = head.as_ref().and_then(|h| h.find(&["points"]));
    let Some(vote) = vote else {
        return refuse(line + 1, PbReason::ColumnMissing { column: "vote" });
    };
    if has_points && points_at.is_none() {
        return refuse(line + 1, PbReason::ColumnMissing { column: "points" });
    }
    let columns = VoteColumns {
        vote,
        points: points_at.filter(|_| has_points),
    };
    let scale = points_scale(rows.clone(), columns.points)?;
    let mut election = Election::new(budget, form(meta, &kind, scale)?);
    election.points_scale = scale;
    let (least, bounds) = (meta.number("min_length")?, Bounds::of(meta, scale)?);
    let (mut voters, mut found) = (HashSet::new(), [None, None, None]);
    while let Some(row) = rows.next_row()? {
        let line = row.line;
        if let Some(section) = section(&row) {
            return refuse(line, PbReason::SectionOrder { section });
        }
        let choices = choices(&row, &columns, &election)?;
        let given = choices.len();
        let made = bounds.hold(&election.budget, &choices).and_then(|()| {
            // The published files themselves hold ballots with more points than META allows, and
            // the towns counted them.
            election
                .form
                .ballot_of(&election.budget, choices.clone())
                .or_else(|why| match why {
                    BallotRefusal::OverPoints { .. } => {
                        found[2].get_or_insert(Note::OverPoints { line });
                        let form = BallotForm::Cumulative { total: i32::MAX };
                        form.ballot_of(&election.budget, choices)
                    }
                    why => Err(why),
                })
        });
        match made {
            Ok(ballot) => election.ballots.push(ballot),
            Err(why) => return refuse(line, PbReason::Ballot(why)),
        }
        // Only a hash is kept of each voter: it is a note, not a refusal.
        if row.get(Some(0)).is_some_and(|id| !voters.insert(hash(id))) {
            found[0].get_or_insert(Note::VoterTwice { line });
        }
        if given > 0 && least.is_some_and(|least| (given as u64) < least) {
            found[1].get_or_insert(Note::Short { line, given });
        }
    }
    notes.extend(found.into_iter().flatten());
    Ok(election)
}

/// Bounds on the points of each choice.
struct Bounds {
    lowest: i32,
    highest: i32,
}

impl Bounds {
    fn of(meta: &Meta, scale: u32) -> Result<Self, PbRefusal> {
        Ok(Self {
            lowest: meta.points("min_points", scale)?.unwrap_or(i32::MIN),
            highest: meta.points("max_points", scale)?.unwrap_or(i32::MAX),
        })
    }

    fn hold(&self, budget: &Budget, choices: &[Choice]) -> Result<(), BallotRefusal> {
        within(budget, choices, self.lowest, self.highest)
    }
}

fn hash(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

fn form(meta: &Meta, kind: &str, scale: u32) -> Result<BallotForm, PbRefusal> {
    Ok(match kind {
        "approval" => BallotForm::Approval {
            most: length(meta)?,
            limit: meta.money("max_sum_cost")?,
        },
        "choose-1" => BallotForm::ChooseOne,
        "ordinal" => BallotForm::Ordinal {
            most: length(meta)?,
        },
        "cumulative" => BallotForm::Cumulative {
            total: meta.points("max_sum_points", scale)?.unwrap_or(i32::MAX),
        },
        "scoring" => BallotForm::Score {
            lowest: meta.points("min_points", scale)?.unwrap_or(i32::MIN),
            highest: meta.points("max_points", scale)?.unwrap_or(i32::MAX),
        },
        _ => {
            return refuse(
                meta.line_of("vote_type"),
                PbReason::VoteType {
                    value: kind.to_owned(),
                },
            );
        }
    })
}

/// `max_length`, of which a number beyond all projects is as good as none.
fn length(meta: &Meta) -> Result<Option<u32>, PbRefusal> {
    Ok(meta
        .number("max_length")?
        .and_then(|most| u32::try_from(most).ok()))
}

fn choices(
    row: &Row<'_>,
    columns: &VoteColumns,
    election: &Election,
) -> Result<Vec<Choice>, PbRefusal> {
    let parts = |field: Option<usize>| row.get(field).map(|f| f.split(',').map(str::trim));
    let ids: Vec<&str> = parts(Some(columns.vote))
        .into_iter()
        .flatten()
        .filter(|id| !id.is_empty())
        .collect();
    let mut choices = Vec::with_capacity(ids.len());
    for id in &ids {
        let Some(project) = election.budget.find(id) else {
            let why = BallotRefusal::UnknownProject {
                id: (*id).to_owned(),
            };
            return refuse(row.line, PbReason::Ballot(why));
        };
        choices.push(Choice { project, points: 1 });
    }
    if columns.points.is_some() {
        let given: Vec<&str> = parts(columns.points).into_iter().flatten().collect();
        if given.len() != choices.len() {
            let reason = PbReason::PointsMismatch {
                projects: choices.len(),
                points: given.len(),
            };
            return refuse(row.line, reason);
        }
        for (choice, text) in choices.iter_mut().zip(given) {
            let Some(points) = points(text, election.points_scale) else {
                let value = text.to_owned();
                return refuse(
                    row.line,
                    PbReason::BadNumber {
                        field: "points",
                        value,
                    },
                );
            };
            choice.points = points;
        }
    }
    Ok(choices)
}

/// The power of ten that makes all points of the file whole.
fn points_scale(mut rows: Rows<'_>, points: Option<usize>) -> Result<u32, PbRefusal> {
    let mut most = 0;
    if points.is_some() {
        while let Some(row) = rows.next_row()? {
            let field = row.get(points).unwrap_or_default();
            let decimals = |p: &str| p.trim().split_once('.').map_or(0, |(_, d)| d.len());
            most = most.max(field.split(',').map(decimals).max().unwrap_or(0));
            if most > MOST_DECIMALS {
                let value = field.to_owned();
                return refuse(
                    row.line,
                    PbReason::BadNumber {
                        field: "points",
                        value,
                    },
                );
            }
        }
    }
    Ok(10u32.pow(u32::try_from(most).unwrap_or(0)))
}
