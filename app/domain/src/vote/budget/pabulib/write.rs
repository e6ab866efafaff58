//! Writing a `.pb` file.
//!
//! Ballots come in the order of the election and get running numbers for voter ids:
//! whoever publishes them shuffles first.

use std::fmt::Write as _;

use super::super::ballot::BallotForm;
use super::super::election::Election;

/// Keys that are written from the election itself.
const OWN: [&str; 9] = [
    "num_projects",
    "num_votes",
    "budget",
    "vote_type",
    "max_length",
    "max_sum_cost",
    "max_sum_points",
    "min_points",
    "max_points",
];

/// The order that the keepers of the format ask of META; other keys follow as given.
const ORDER: [&str; 35] = [
    "description",
    "country",
    "unit",
    "district",
    "subunit",
    "instance",
    "num_projects",
    "num_votes",
    "budget",
    "vote_type",
    "rule",
    "date_begin",
    "date_end",
    "min_length",
    "max_length",
    "min_sum_cost",
    "max_sum_cost",
    "min_points",
    "max_points",
    "min_sum_points",
    "max_sum_points",
    "default_score",
    "min_project_cost",
    "max_project_cost",
    "min_project_score_threshold",
    "neighborhoods",
    "subdistricts",
    "categories",
    "edition",
    "language",
    "currency",
    "fully_funded",
    "experimental",
    "comment",
    "acknowledgments",
];

/// The text of a file. `meta` is what else goes into META (`description`, `country`, `unit`,
/// `instance`, `rule`, `date_begin`, `date_end`, `currency`); keys that the election decides are
/// left out of it.
pub fn write(election: &Election, meta: &[(String, String)]) -> String {
    let budget = election.budget();
    let mut out = String::from("META\nkey;value\n");
    let mut row = |fields: &[&str]| {
        for (at, field) in fields.iter().enumerate() {
            if at > 0 {
                out.push(';');
            }
            push(&mut out, field);
        }
        out.push('\n');
    };
    let scale = election.points_scale();
    let (kind, bounds) = form(election.form(), scale);
    let own = [
        ("num_projects", budget.projects().len().to_string()),
        ("num_votes", election.ballots().len().to_string()),
        ("budget", budget.total().to_string()),
        ("vote_type", kind.to_owned()),
    ];
    let given = meta
        .iter()
        .map(|(key, value)| (key.as_str(), value.clone()));
    let mut pairs: Vec<(&str, String)> = given
        .filter(|(key, _)| !OWN.contains(key))
        .chain(own)
        .chain(bounds)
        .collect();
    pairs.sort_by_key(|(key, _)| ORDER.iter().position(|k| k == key).unwrap_or(ORDER.len()));
    for (key, value) in &pairs {
        row(&[key, value]);
    }

    row(&["PROJECTS"]);
    let columns = Column::of(election);
    row(&columns.iter().map(|c| c.name()).collect::<Vec<_>>());
    let counted = election.votes().into_iter().zip(election.scores());
    for (project, (votes, score)) in budget.projects().iter().zip(counted) {
        let fields = columns.iter().map(|column| match column {
            Column::Id => project.id.clone(),
            Column::Cost => project.cost.to_string(),
            Column::Votes => votes.to_string(),
            Column::Score => decimal(score, scale),
            Column::Name if project.name.is_empty() => project.id.clone(),
            Column::Name => project.name.clone(),
            Column::Category => project.categories.join(","),
            Column::District => project.area.clone().unwrap_or_default(),
            Column::Selected => u8::from(project.selected == Some(true)).to_string(),
        });
        let fields: Vec<String> = fields.collect();
        row(&fields.iter().map(String::as_str).collect::<Vec<_>>());
    }

    row(&["VOTES"]);
    let has_points = matches!(
        election.form(),
        BallotForm::Score { .. } | BallotForm::Cumulative { .. }
    );
    row(if has_points {
        &["voter_id", "vote", "points"]
    } else {
        &["voter_id", "vote"]
    });
    for (number, ballot) in (1..).zip(election.ballots()) {
        let number = number.to_string();
        let ids: Vec<&str> = ballot
            .choices()
            .iter()
            .filter_map(|c| budget.project(c.project))
            .map(|p| p.id.as_str())
            .collect();
        let points: Vec<String> = ballot
            .choices()
            .iter()
            .map(|c| decimal(i64::from(c.points), scale))
            .collect();
        match has_points {
            true => row(&[&number, &ids.join(","), &points.join(",")]),
            false => row(&[&number, &ids.join(",")]),
        }
    }
    out
}

/// A column of PROJECTS.
#[derive(Clone, Copy)]
enum Column {
    Id,
    Cost,
    Votes,
    Score,
    Name,
    Category,
    District,
    Selected,
}

impl Column {
    /// Those that hold something for every project: the format allows no empty fields.
    fn of(election: &Election) -> Vec<Self> {
        let projects = election.budget().projects();
        let mut columns = vec![Self::Id, Self::Cost, Self::Votes];
        if !matches!(form(election.form(), 1).0, "approval" | "choose-1") {
            columns.push(Self::Score);
        }
        if projects.iter().any(|p| !p.name.is_empty()) {
            columns.push(Self::Name);
        }
        if projects.iter().all(|p| !p.categories.is_empty()) {
            columns.push(Self::Category);
        }
        if projects.iter().all(|p| p.selected.is_some()) {
            columns.push(Self::Selected);
        }
        if projects.iter().all(|p| p.area.is_some()) {
            columns.push(Self::District);
        }
        columns
    }

    fn name(self) -> &'static str {
        match self {
            Self::Id => "project_id",
            Self::Cost => "cost",
            Self::Votes => "votes",
            Self::Score => "score",
            Self::Name => "name",
            Self::Category => "category",
            Self::District => "district",
            Self::Selected => "selected",
        }
    }
}

/// The vote type, and the bounds for META.
fn form(form: &BallotForm, scale: u32) -> (&'static str, Vec<(&'static str, String)>) {
    let points = |p: i32| decimal(i64::from(p), scale);
    match *form {
        BallotForm::Knapsack { limit } => ("approval", vec![("max_sum_cost", limit.to_string())]),
        BallotForm::Approval { most, limit } => (
            "approval",
            most.map(|m| ("max_length", m.to_string()))
                .into_iter()
                .chain(limit.map(|l| ("max_sum_cost", l.to_string())))
                .collect(),
        ),
        BallotForm::ChooseOne => ("choose-1", vec![("max_length", "1".to_owned())]),
        BallotForm::Score { lowest, highest } => (
            "scoring",
            [
                ("min_points", lowest, i32::MIN),
                ("max_points", highest, i32::MAX),
            ]
            .into_iter()
            .filter(|(_, bound, none)| bound != none)
            .map(|(key, bound, _)| (key, points(bound)))
            .collect(),
        ),
        BallotForm::Cumulative { total: i32::MAX } => ("cumulative", Vec::new()),
        BallotForm::Cumulative { total } => ("cumulative", vec![("max_sum_points", points(total))]),
        BallotForm::Ordinal { most } => (
            "ordinal",
            most.map(|m| ("max_length", m.to_string()))
                .into_iter()
                .collect(),
        ),
    }
}

fn decimal(value: i64, scale: u32) -> String {
    if scale <= 1 {
        return value.to_string();
    }
    let (scale, sign) = (u64::from(scale), if value < 0 { "-" } else { "" });
    let (whole, part) = (value.unsigned_abs() / scale, value.unsigned_abs() % scale);
    let width = scale.ilog10() as usize;
    format!("{sign}{whole}.{part:0width$}")
}

/// A field, in quotes where it would be misread without.
fn push(out: &mut String, field: &str) {
    if field.contains([';', '"', '\n', '\r']) {
        let _ = write!(out, "\"{}\"", field.replace('"', "\"\""));
    } else {
        out.push_str(field);
    }
}
