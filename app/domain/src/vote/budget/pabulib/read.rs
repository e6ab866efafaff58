//! Reading a `.pb` file: its sections in turn, and its projects.

use std::collections::HashSet;

use super::super::election::Election;
use super::super::model::{Budget, Project};
use super::lines::{header, money, refuse, section};
use super::meta::Meta;
use super::rows::Rows;
use super::votes::read_votes;
use super::{Note, PbFile, PbReason, PbRefusal, Section};
use crate::text::{Encoding, NotText, plain, text};

/// Reads a file as bytes: UTF-8, with or without byte order mark.
///
/// # Errors
/// As [`read`], and when it is not UTF-8.
pub fn read_bytes(bytes: &[u8]) -> Result<PbFile, PbRefusal> {
    match text(bytes) {
        Ok(text) => read(&text),
        Err(NotText { line, found }) => refuse(
            line,
            match found {
                Encoding::Utf16 => PbReason::Utf16,
                Encoding::Other => PbReason::NotUtf8,
            },
        ),
    }
}

/// Reads a file.
///
/// # Errors
/// The first thing that is wrong, with its line.
pub fn read(text: &str) -> Result<PbFile, PbRefusal> {
    let text = plain(text);
    let mut rows = Rows::new(&text);
    let mut notes = Vec::new();
    let (meta, at_projects) = Meta::read(&mut rows)?;
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

/// The projects, what the file says about their votes, the line where VOTES opened.
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
        let pennies = money("cost", cost).or_else(|why| refuse(row.line, why))?;
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
