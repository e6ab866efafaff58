//! The people of the demonstration: one per role, with passwords that everybody knows.

use std::collections::HashMap;

use app::messages::account::role as role_words;
use domain::account::read::DemonstrationPerson;
use domain::account::{Email, OrganisationKind, Role};
use domain::ids::TeamId;

use server::App;
use server::account::commands::add_staff::{AddStaff, StaffPerson, StaffTeam, add_staff};
use server::cli::CliError;
use server::granted::Caller;

/// An invented organisation.
pub const COUNCIL: &str = "Demonstration Borough Council";
/// An invented organisation.
pub const POLICE: &str = "Demonstration Police";
/// An invented organisation.
pub const VOLUNTARY: &str = "Demonstration Voluntary Partnership";

/// Teams: organisation, its kind, name, address.
pub const TEAMS: [(&str, OrganisationKind, &str, &str); 8] = [
    (
        COUNCIL,
        OrganisationKind::Council,
        "Planning Policy",
        "planning.policy@council.example",
    ),
    (
        COUNCIL,
        OrganisationKind::Council,
        "Urban Design",
        "urban.design@council.example",
    ),
    (
        COUNCIL,
        OrganisationKind::Council,
        "Sustainability",
        "sustainability@council.example",
    ),
    (
        COUNCIL,
        OrganisationKind::Council,
        "Democratic Services",
        "democratic.services@council.example",
    ),
    (
        COUNCIL,
        OrganisationKind::Council,
        "Transport and Streets",
        "streets@council.example",
    ),
    (
        POLICE,
        OrganisationKind::Police,
        "Neighbourhood Team North",
        "north@police.example",
    ),
    (
        POLICE,
        OrganisationKind::Police,
        "Neighbourhood Team South",
        "south@police.example",
    ),
    (
        VOLUNTARY,
        OrganisationKind::Voluntary,
        "Community Voices",
        "voices@voluntary.example",
    ),
];

/// One of the invented people.
pub struct Person {
    /// Name.
    pub name: &'static str,
    /// Address.
    pub email: &'static str,
    /// Password.
    pub password: &'static str,
    /// Team and role, the most important first.
    pub roles: &'static [(&'static str, Role)],
}

/// Everybody.
pub const PEOPLE: [Person; 12] = [
    Person {
        name: "Priya Nair",
        email: "officer@council.example",
        password: "officer heron canal",
        roles: &[
            ("Planning Policy", Role::Officer),
            ("Urban Design", Role::Officer),
            ("Sustainability", Role::Officer),
            ("Transport and Streets", Role::Officer),
        ],
    },
    Person {
        name: "Tom Ashdown",
        email: "design@council.example",
        password: "design heron canal",
        roles: &[("Urban Design", Role::Officer)],
    },
    Person {
        name: "Helen Okafor",
        email: "approver@council.example",
        password: "approver heron canal",
        roles: &[
            ("Planning Policy", Role::Approver),
            ("Urban Design", Role::Approver),
            ("Sustainability", Role::Approver),
            ("Transport and Streets", Role::Approver),
        ],
    },
    Person {
        name: "Marek Zielinski",
        email: "moderator@council.example",
        password: "moderator heron canal",
        roles: &[
            ("Planning Policy", Role::Moderator),
            ("Urban Design", Role::Moderator),
            ("Sustainability", Role::Moderator),
            ("Transport and Streets", Role::Moderator),
        ],
    },
    Person {
        name: "Leila Haddad",
        email: "analyst@council.example",
        password: "analyst heron canal",
        roles: &[
            ("Planning Policy", Role::Analyst),
            ("Transport and Streets", Role::Analyst),
        ],
    },
    Person {
        name: "Councillor George Whitlock",
        email: "councillor@council.example",
        password: "councillor heron canal",
        roles: &[("Democratic Services", Role::Councillor)],
    },
    Person {
        name: "Sergeant Amy Bright",
        email: "north@police.example",
        password: "neighbourhood heron canal",
        roles: &[
            ("Neighbourhood Team North", Role::NeighbourhoodOfficer),
            ("Neighbourhood Team North", Role::Officer),
        ],
    },
    Person {
        name: "Constable Imran Shah",
        email: "south@police.example",
        password: "neighbourhood otter canal",
        roles: &[("Neighbourhood Team South", Role::NeighbourhoodOfficer)],
    },
    Person {
        name: "Ruth Adeyemi",
        email: "administrator@council.example",
        password: "administrator heron canal",
        roles: &[("Democratic Services", Role::Administrator)],
    },
    Person {
        name: "Colin Marsh",
        email: "auditor@council.example",
        password: "auditor heron canal",
        roles: &[("Democratic Services", Role::Auditor)],
    },
    Person {
        name: "Inspector Dawn Reid",
        email: "inspector@police.example",
        password: "inspector heron canal",
        roles: &[
            ("Neighbourhood Team North", Role::Approver),
            ("Neighbourhood Team South", Role::Approver),
            ("Neighbourhood Team North", Role::Moderator),
            ("Neighbourhood Team South", Role::Moderator),
        ],
    },
    Person {
        name: "Grace Mbeki",
        email: "group@voluntary.example",
        password: "voluntary heron canal",
        roles: &[("Community Voices", Role::Officer)],
    },
];

/// What the sign-in page and `serve` say about a demonstration.
pub fn people() -> Vec<DemonstrationPerson> {
    PEOPLE
        .iter()
        .map(|person| DemonstrationPerson {
            name: person.name.to_owned(),
            role: person
                .roles
                .first()
                .map(|(team, role)| format!("{}, {team}", role_words(*role)))
                .unwrap_or_default(),
            email: person.email.to_owned(),
            password: person.password.to_owned(),
        })
        .collect()
}

/// Makes the organisations, teams and people where they are missing, and returns the teams by
/// name.
pub async fn staff(app: &App) -> Result<HashMap<String, TeamId>, CliError> {
    let teams = TEAMS
        .into_iter()
        .map(|(organisation, kind, name, email)| StaffTeam {
            organisation: organisation.to_owned(),
            kind,
            name: name.to_owned(),
            email: email.to_owned(),
        })
        .collect();
    let mut people = Vec::with_capacity(PEOPLE.len());
    for person in &PEOPLE {
        people.push(StaffPerson {
            name: person.name.to_owned(),
            email: Email::parse(person.email)?,
            password: person.password.to_owned(),
            roles: person
                .roles
                .iter()
                .map(|(team, role)| ((*team).to_owned(), *role))
                .collect(),
        });
    }
    Ok(add_staff(
        app,
        &Caller::anyone(app.clock.now()),
        AddStaff { teams, people },
    )
    .await?)
}
