//! Teams and organisations.

use domain::council::{NewOrganisation, TeamWords};
use domain::edit::Version;
use domain::ids::OrganisationId;
use server::council::commands::{AddOrganisation, AddTeam, ChangeTeam};

use super::{Sample, example};
use crate::races::world::{NOWHERE, email};

fn words(scene: &super::Scene, name: &str) -> TeamWords {
    TeamWords {
        name: scene.words(name),
        email: email("team@council.example"),
        areas: Vec::new(),
    }
}

pub const ALL: [Sample; 3] = [
    example!(
        council,
        NOWHERE,
        add_organisation,
        |s| s.administrator(),
        AddOrganisation {
            organisation: NewOrganisation {
                name: "Canal Friends".to_owned(),
                person: "Ada Ferris".to_owned(),
                email: email("ada@canal.example"),
            },
            key: s.key(),
        }
    ),
    example!(
        council,
        NOWHERE,
        add_team,
        |s| s.administrator(),
        AddTeam {
            to: OrganisationId(s.facts.council),
            words: words(s, "Housing"),
            key: s.key(),
        }
    ),
    example!(
        council,
        NOWHERE,
        change_team,
        |s| s.administrator(),
        ChangeTeam {
            team: s.facts.planning,
            words: words(s, "Planning"),
            seen: Version::default(),
        }
    ),
];
