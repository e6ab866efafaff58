//! Words about organisations and teams, and what the census counts.

use domain::account::OrganisationKind;
use domain::council::TeamRefused;

use super::account::manage;

/// No organisation chosen.
pub const ORGANISATION_MISSING: &str = "Choose the organisation that the team belongs to";

/// What kind of body it is.
pub fn kind(kind: OrganisationKind) -> &'static str {
    match kind {
        OrganisationKind::Council => "Council",
        OrganisationKind::Police => "Police",
        OrganisationKind::Voluntary => "Voluntary, community or faith body",
    }
}

/// Why it is not as it was wanted.
pub fn team(refused: TeamRefused) -> &'static str {
    match refused {
        TeamRefused::NameTaken => "There is already one with this name. Choose another name",
        TeamRefused::Manage(why) => manage(why),
    }
}

/// Homes in the order in which they are read, each under the census’s name and ours.
const HOMES: [(&str, &str); 8] = [
    ("Owned: Owns outright", "Owned outright"),
    (
        "Owned: Owns with a mortgage or loan",
        "Owned with a mortgage or loan",
    ),
    ("Shared ownership: Shared ownership", "Shared ownership"),
    (
        "Social rented: Rents from council or Local Authority",
        "Rented from the council",
    ),
    (
        "Social rented: Other social rented",
        "Rented from a housing association or another social landlord",
    ),
    (
        "Private rented: Private landlord or letting agency",
        "Rented from a private landlord or agency",
    ),
    (
        "Private rented: Other private rented",
        "Rented privately in another way",
    ),
    ("Lives rent free", "Lived in free of rent"),
];

/// A name of the census in plain words.
pub fn census(label: &str) -> String {
    if let Some((_, plain)) = HOMES.iter().find(|(name, _)| *name == label) {
        return (*plain).to_owned();
    }
    let label = label
        .strip_suffix(" under the Equality Act")
        .unwrap_or(label);
    match label.strip_prefix("Aged ") {
        Some(ages) => ages.replace(" years", ""),
        None => label.to_owned(),
    }
}

/// Figures of the census in the order in which they are read: ages by age, homes by who owns them, the
/// rest by how many, with what is no group of its own at the end.
pub fn in_order(measure: &str, counts: &[(String, u64)]) -> Vec<(String, u64)> {
    let place = |label: &str| HOMES.iter().position(|(name, _)| *name == label);
    let apart = |label: &str| {
        ["Other ", "Not "]
            .iter()
            .any(|start| label.starts_with(start))
    };
    let mut counts: Vec<&(String, u64)> = counts.iter().collect();
    match measure {
        "age" => {}
        "tenure(hh)" => counts.sort_by_key(|(label, _)| place(label).unwrap_or(HOMES.len())),
        _ => counts.sort_by_key(|(label, count)| (apart(label), std::cmp::Reverse(*count))),
    }
    counts
        .into_iter()
        .map(|(label, count)| (census(label), *count))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_the_census_have_plain_names_and_an_order() {
        assert_eq!(census("Aged 65 years and over"), "65 and over");
        assert_eq!(census("Aged 16 to 24 years"), "16 to 24");
        let named = |measure, labels: &[&str]| {
            let counts: Vec<(String, u64)> = (1..)
                .zip(labels)
                .map(|(n, label)| ((*label).to_owned(), n))
                .collect();
            let ordered = in_order(measure, &counts);
            ordered
                .into_iter()
                .map(|(label, _)| label)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            named(
                "tenure(hh)",
                &[
                    "Lives rent free",
                    "Shared ownership: Shared ownership",
                    "Owned: Owns outright"
                ]
            ),
            [
                "Owned outright",
                "Shared ownership",
                "Lived in free of rent"
            ]
        );
        assert_eq!(
            named(
                "religion",
                &["Buddhist", "Christian", "No religion", "Other religion"]
            ),
            ["No religion", "Christian", "Buddhist", "Other religion"]
        );
        assert_eq!(
            named(
                "disability",
                &[
                    "Disabled under the Equality Act",
                    "Not disabled under the Equality Act"
                ]
            ),
            ["Disabled", "Not disabled"]
        );
    }
}
