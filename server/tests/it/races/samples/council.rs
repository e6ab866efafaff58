//! Teams and organisations.

use domain::council::tables;
use domain::council::{NewOrganisation, TeamWords};
use domain::edit::Version;
use domain::ids::OrganisationId;
use server::council::boundaries::NewArea;
use server::council::commands::{AddOrganisation, AddTeam, ChangeTeam, ImportAreas, ServeAreas};

use super::{Sample, example};
use crate::races::world::{NOWHERE, email};

fn words(scene: &super::Scene, name: &str) -> TeamWords {
    TeamWords {
        name: scene.words(name),
        email: email("team@council.example"),
        areas: Vec::new(),
    }
}

pub const ALL: [Sample; 5] = [
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
    example!(
        council,
        NOWHERE,
        import_areas,
        |s| s.anyone(),
        ImportAreas {
            areas: vec![NewArea {
                code: "E05099999".to_owned(),
                name: s.words("A new ward"),
                rings: Vec::new(),
            }],
            kind: "ward".to_owned(),
            figures: tables::figures(&format!(
                "code,name,residents,age: Aged 15 years and under\n{},A ward,{},11\n",
                s.facts.ward,
                s.words("").len(),
            ))
            .expect("figures"),
            postcodes: tables::postcodes(&format!(
                "postcode,area,town\nDY1 9ZZ,{},\"{}\"\n",
                s.facts.ward,
                s.words("Dudley")
            ))
            .expect("postcodes"),
        }
    ),
    example!(
        council,
        NOWHERE,
        serve_areas,
        |s| s.anyone(),
        ServeAreas {
            team: s.facts.planning,
            areas: vec![s.facts.area],
        }
    ),
];
