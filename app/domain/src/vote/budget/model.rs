//! What is voted on: the money there is and the projects that may be funded.
//!
//! Deliberately not here: ballots (`ballot`), and the two together (`election`). Invariant: the ids
//! of the projects of a budget are unique and fit for a list in a file.

use std::collections::HashMap;

use serde::Serialize;

use super::money::Pennies;

/// A project that may be funded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Project {
    /// As in the file or the council's list; unique.
    pub id: String,
    /// May be empty.
    pub name: String,
    pub cost: Pennies,
    /// Subjects, as the town files them.
    pub categories: Vec<String>,
    /// District or neighbourhood.
    pub area: Option<String>,
    /// The town's own decision, where the file has it.
    pub selected: Option<bool>,
}

impl Project {
    /// A project of which only id and cost are known.
    pub fn new(id: impl Into<String>, cost: Pennies) -> Self {
        Self {
            id: id.into(),
            name: String::new(),
            cost,
            categories: Vec::new(),
            area: None,
            selected: None,
        }
    }
}

/// The projects and the money there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    total: Pennies,
    projects: Vec<Project>,
    place: HashMap<String, u32>,
}

/// Why a budget cannot be set up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum BudgetRefusal {
    #[error("project id twice")]
    IdTwice { id: String },
    /// Empty, or not fit for a list of ids in a file: with a comma, control characters, space at
    /// its ends, or one of the words `none`, `meta`, `projects`, `votes`.
    #[error("project id that files cannot hold")]
    IdUnfit { id: String },
    #[error("too many projects")]
    TooManyProjects,
}

/// More projects than any town has put on one ballot.
pub const MOST_PROJECTS: usize = 100_000;

impl Budget {
    /// # Errors
    /// An unfit or repeated id, more than [`MOST_PROJECTS`].
    pub fn new(total: Pennies, projects: Vec<Project>) -> Result<Self, BudgetRefusal> {
        if projects.len() > MOST_PROJECTS {
            return Err(BudgetRefusal::TooManyProjects);
        }
        let mut place = HashMap::with_capacity(projects.len());
        for (at, project) in (0u32..).zip(&projects) {
            if !is_fit(&project.id) {
                return Err(BudgetRefusal::IdUnfit {
                    id: project.id.clone(),
                });
            }
            if place.insert(project.id.clone(), at).is_some() {
                return Err(BudgetRefusal::IdTwice {
                    id: project.id.clone(),
                });
            }
        }
        Ok(Self {
            total,
            projects,
            place,
        })
    }

    /// What there is to spend.
    pub fn total(&self) -> Pennies {
        self.total
    }

    /// In the order given.
    pub fn projects(&self) -> &[Project] {
        &self.projects
    }

    /// The place of a project in [`Self::projects`].
    pub fn find(&self, id: &str) -> Option<u32> {
        self.place.get(id).copied()
    }

    /// The project at a place that a ballot of this election names.
    pub fn project(&self, place: u32) -> Option<&Project> {
        self.projects.get(place as usize)
    }
}

fn is_fit(id: &str) -> bool {
    !id.is_empty()
        && id.trim() == id
        && !id.contains(|c: char| c == ',' || c.is_control())
        && !["none", "meta", "projects", "votes"]
            .iter()
            .any(|word| id.eq_ignore_ascii_case(word))
}
