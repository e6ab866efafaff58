//! Reading a `.pb` file.

use std::collections::HashSet;

use super::super::ballot::{BallotForm, Choice};
use super::super::model::{Budget, Election, Project};
use super::super::money::Pennies;
use super::rows::{Row, Rows};
use super::{Note, PbFile, PbReason, PbRefusal, Section};

/// Most decimals that points may have.
const MOST_DECIMALS: usize = 4;

/// Reads a file as bytes: UTF-8, with or without byte order mark.
///
/// # Errors
/// As [`read`], and when it is not UTF-8.
pub fn read_bytes(bytes: &[u8]) -> Result<PbFile, PbRefusal> {
    match std::str::from_utf8(bytes) {
        Ok(text) => read(text),
        Err(error) => {
            let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = 1 + good.iter().filter(|b| **b == b'\n').count();
            Err(PbRefusal {
                line,
                reason: PbReason::NotUtf8,
            })
        }
    }
}

/// Reads a file.
///
/// # Errors
/// The first thing that is wrong, with its line.
pub fn read(text: &str) -> Result<PbFile, PbRefusal> {
    let mut rows = Rows::new(text);
    let mut notes = Vec::new();
    let (meta_line, meta, at_projects) = read_meta(&mut rows)?;
    let meta = Meta {
        line: meta_line,
        pairs: meta,
    };
    let total = meta.money("budget")?.ok_or_else(|| meta.lacks("budget"))?;
    let (projects, told, at_votes) = read_projects(&mut rows, at_projects)?;
    meta.agrees("num_projects", projects.len())?;
    let budget = Budget::new(total, projects).map_err(|why| PbRefusal {
        line: at_projects,
        reason: PbReason::Project(why),
    })?;
    let election = read_votes(&mut rows, at_votes, &meta, budget, &mut notes)?;
    meta.agrees("num_votes", election.ballots.len())?;
    note_votes_column(&election, &told, &mut notes);
    Ok(PbFile {
        meta: meta.pairs,
        election,
        notes,
    })
}

fn refuse<T>(line: usize, reason: PbReason) -> Result<T, PbRefusal> {
    Err(PbRefusal { line, reason })
}

/// The section that a row opens.
fn section(row: &Row<'_>) -> Option<Section> {
    let name = row.get(Some(0))?;
    [
        ("meta", Section::Meta),
        ("projects", Section::Projects),
        ("votes", Section::Votes),
    ]
    .into_iter()
    .find(|(known, _)| name.eq_ignore_ascii_case(known))
    .map(|(_, section)| section)
}

/// The header row of a section.
fn header<'t>(rows: &mut Rows<'t>, section: Section) -> Result<Row<'t>, PbRefusal> {
    match rows.next_row()? {
        Some(row) => Ok(row),
        None => refuse(rows.line(), PbReason::SectionMissing { section }),
    }
}

struct Meta {
    line: usize,
    pairs: Vec<(String, String)>,
}

impl Meta {
    fn get(&self, key: &str) -> Option<&str> {
        self.pairs
            .iter()
            .rev()
            .find(|(k, _)| k == key)
            .map(|(_, v)| v.as_str())
    }

    fn lacks(&self, key: &'static str) -> PbRefusal {
        PbRefusal {
            line: self.line,
            reason: PbReason::MetaMissing { key },
        }
    }

    fn bad(&self, field: &'static str, value: &str) -> PbRefusal {
        let reason = PbReason::BadNumber {
            field,
            value: value.to_owned(),
        };
        PbRefusal {
            line: self.line,
            reason,
        }
    }

    fn money(&self, key: &'static str) -> Result<Option<Pennies>, PbRefusal> {
        let read = |v| Pennies::parse(v).ok_or_else(|| self.bad(key, v));
        self.get(key).map(read).transpose()
    }

    fn number(&self, key: &'static str) -> Result<Option<u64>, PbRefusal> {
        let read = |v: &str| v.parse().map_err(|_| self.bad(key, v));
        self.get(key).map(read).transpose()
    }

    fn points(&self, key: &'static str, scale: u32) -> Result<Option<i32>, PbRefusal> {
        let read = |v| points(v, scale).ok_or_else(|| self.bad(key, v));
        self.get(key).map(read).transpose()
    }

    fn agrees(&self, key: &'static str, found: usize) -> Result<(), PbRefusal> {
        let found = found as u64;
        match self.number(key)? {
            Some(declared) if declared != found => refuse(
                self.line,
                PbReason::CountMismatch {
                    key,
                    declared,
                    found,
                },
            ),
            _ => Ok(()),
        }
    }
}

/// The line of the section, its pairs, the line where the next section opened.
type MetaPart = (usize, Vec<(String, String)>, usize);

fn read_meta(rows: &mut Rows<'_>) -> Result<MetaPart, PbRefusal> {
    let Some(first) = rows.next_row()? else {
        return refuse(1, PbReason::Empty);
    };
    match section(&first) {
        Some(Section::Meta) => {}
        Some(section) => return refuse(first.line, PbReason::SectionOrder { section }),
        None => return refuse(first.line, PbReason::NoSection),
    }
    header(rows, Section::Meta)?;
    let mut pairs = Vec::new();
    while let Some(row) = rows.next_row()? {
        match section(&row) {
            Some(Section::Projects) => return Ok((first.line, pairs, row.line)),
            Some(section) => return refuse(row.line, PbReason::SectionOrder { section }),
            None => {
                let key = row.get(Some(0)).unwrap_or_default().to_owned();
                if let Some(value) = row.get(Some(1)) {
                    pairs.push((key, value.to_owned()));
                }
            }
        }
    }
    refuse(
        rows.line(),
        PbReason::SectionMissing {
            section: Section::Projects,
        },
    )
}

/// The projects, what the file tells of their votes, the line where VOTES opened.
type ProjectsPart = (Vec<Project>, Vec<Option<u64>>, usize);

fn read_projects(rows: &mut Rows<'_>, line: usize) -> Result<ProjectsPart, PbRefusal> {
    let head = header(rows, Section::Projects)?;
    let Some(cost_at) = head.find(&["cost"]) else {
        return refuse(line + 1, PbReason::ColumnMissing { column: "cost" });
    };
    let [name, category, area, selected, votes] = [
        &["name"][..],
        &["category", "categories"],
        &["district", "neighborhood", "neighbourhood", "subunit"],
        &["selected"],
        &["votes"],
    ]
    .map(|names| head.find(names));
    let (mut projects, mut told, mut ids) = (Vec::new(), Vec::new(), HashSet::new());
    while let Some(row) = rows.next_row()? {
        match section(&row) {
            Some(Section::Votes) => return Ok((projects, told, row.line)),
            Some(section) => return refuse(row.line, PbReason::SectionOrder { section }),
            None => {}
        }
        let Some(id) = row.get(Some(0)) else {
            return refuse(
                row.line,
                PbReason::FieldMissing {
                    column: "project_id",
                },
            );
        };
        if !ids.insert(id.to_owned()) {
            let why = super::BudgetRefusal::IdTwice { id: id.to_owned() };
            return refuse(row.line, PbReason::Project(why));
        }
        let Some(cost) = row.get(Some(cost_at)) else {
            return refuse(row.line, PbReason::FieldMissing { column: "cost" });
        };
        let Some(pennies) = Pennies::parse(cost) else {
            let value = cost.to_owned();
            return refuse(
                row.line,
                PbReason::BadNumber {
                    field: "cost",
                    value,
                },
            );
        };
        let mut project = Project::new(id, pennies);
        project.name = row.get(name).unwrap_or_default().to_owned();
        project.categories = row.get(category).map(list).unwrap_or_default();
        project.area = row.get(area).map(str::to_owned);
        project.selected = match row.get(selected) {
            Some("1") => Some(true),
            Some("0") => Some(false),
            _ => None,
        };
        told.push(row.get(votes).and_then(|v| v.parse().ok()));
        projects.push(project);
    }
    refuse(
        rows.line(),
        PbReason::SectionMissing {
            section: Section::Votes,
        },
    )
}

fn list(field: &str) -> Vec<String> {
    field
        .split(',')
        .map(|e| e.trim().to_owned())
        .filter(|e| !e.is_empty())
        .collect()
}

struct VoteColumns {
    vote: usize,
    points: Option<usize>,
}

fn read_votes(
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
    let (least, most) = (meta.number("min_length")?, meta.number("max_length")?);
    let (mut voters, mut twice, mut odd_length) = (HashSet::new(), None, None);
    while let Some(row) = rows.next_row()? {
        if let Some(section) = section(&row) {
            return refuse(row.line, PbReason::SectionOrder { section });
        }
        let choices = choices(&row, &columns, &election)?;
        let given = choices.len() as u64;
        if given > 0 && (least.is_some_and(|l| given < l) || most.is_some_and(|m| given > m)) {
            odd_length.get_or_insert(Note::Length {
                line: row.line,
                given: choices.len(),
            });
        }
        let ballot = election
            .form
            .ballot_of(&election.budget, choices)
            .map_err(|why| PbRefusal {
                line: row.line,
                reason: PbReason::Ballot(why),
            })?;
        election.ballots.push(ballot);
        // Only a hash is kept of each voter: it is a note, not a refusal.
        if row.get(Some(0)).is_some_and(|id| !voters.insert(hash(id))) {
            twice.get_or_insert(Note::VoterTwice { line: row.line });
        }
    }
    notes.extend(twice.into_iter().chain(odd_length));
    Ok(election)
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
            most: None,
            limit: meta.money("max_sum_cost")?,
        },
        "choose-1" => BallotForm::ChooseOne,
        "ordinal" => BallotForm::Ordinal { most: None },
        "cumulative" => BallotForm::Cumulative {
            total: meta.points("max_sum_points", scale)?.unwrap_or(i32::MAX),
        },
        "scoring" => BallotForm::Score {
            lowest: i32::MIN,
            highest: meta.points("max_points", scale)?.unwrap_or(i32::MAX),
        },
        _ => {
            return refuse(
                meta.line,
                PbReason::VoteType {
                    value: kind.to_owned(),
                },
            );
        }
    })
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
            let why = super::BallotRefusal::UnknownProject {
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

/// A number with a sign and decimals, times `scale`.
fn points(text: &str, scale: u32) -> Option<i32> {
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !is_number(whole) || !is_number(decimals) {
        return None;
    }
    let mut value = whole.parse::<i64>().ok()?.checked_mul(i64::from(scale))?;
    let mut unit = i64::from(scale);
    for digit in decimals.bytes() {
        if unit == 1 {
            if digit != b'0' {
                return None;
            }
            continue;
        }
        unit /= 10;
        value = value.checked_add(i64::from(digit - b'0') * unit)?;
    }
    i32::try_from(if negative { -value } else { value }).ok()
}

fn note_votes_column(election: &Election, told: &[Option<u64>], notes: &mut Vec<Note>) {
    let counted = election.votes();
    let odd = election
        .budget
        .projects()
        .iter()
        .zip(told.iter().zip(counted));
    notes.extend(
        odd.filter_map(|(project, (told, counted))| match told {
            Some(told) if *told != counted => Some(Note::VotesColumn {
                project: project.id.clone(),
                told: *told,
                counted,
            }),
            _ => None,
        })
        .take(1),
    );
}
