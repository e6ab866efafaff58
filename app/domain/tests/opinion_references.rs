//! Opinion groups of real conversations against the Polis server's own results and red-dwarf's.
//!
//! The conversations are in `end2end/references/data`; what the Python package red-dwarf answers on
//! them was made by `end2end/references/opinion.py`.

#![expect(
    clippy::unwrap_used,
    reason = "a reference that cannot be read fails the test"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use domain::vote::opinion::read::{self, Conversation};
use domain::vote::opinion::{
    Analysis, Groups, Moderation, Point, Settings, Stance, VoteMatrix, analyse, by_group,
    consensus, everybody, inertia, priority, rand_index, representative, silhouette, together,
    tried,
};
use serde_json::Value;

fn shared(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../end2end/references/data")
        .join(name)
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

fn folders(name: &str) -> Vec<(String, PathBuf)> {
    let mut all: Vec<_> = fs::read_dir(shared(name))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into(), path))
        .collect();
    all.sort();
    assert!(!all.is_empty());
    all
}

fn open(folder: &Path) -> Conversation {
    let votes = text(&folder.join("participants-votes.csv"));
    read::open_data(&votes, Some(&text(&folder.join("comments.csv")))).unwrap()
}

fn kept(folder: &Path) -> Conversation {
    let votes = text(&folder.join("votes.json"));
    read::server_json(&votes, &text(&folder.join("comments.json"))).unwrap()
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&text(path)).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    let list = value.as_array().unwrap();
    list.iter().map(|x| x.as_f64().unwrap()).collect()
}

fn integers(value: &Value) -> Vec<i64> {
    let list = value.as_array().unwrap();
    list.iter().map(|x| x.as_i64().unwrap()).collect()
}

fn cosine(a: &[f64], b: &[f64]) -> f64 {
    let dot = |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * (1.0 + b.abs())
}

/// The server's own group of each row, and how many groups it has.
fn servers_groups(matrix: &VoteMatrix, maths: &Value) -> (Vec<Option<usize>>, usize) {
    let cells = &maths["base-clusters"];
    let members: BTreeMap<i64, Vec<i64>> = integers(&cells["id"])
        .into_iter()
        .zip(cells["members"].as_array().unwrap().iter().map(integers))
        .collect();
    let mut group_of = vec![None; matrix.people().len()];
    let groups = maths["group-clusters"].as_array().unwrap();
    for group in groups {
        let id = group["id"].as_u64().unwrap() as usize;
        for cell in integers(&group["members"]) {
            for person in &members[&cell] {
                group_of[matrix.row_of(*person).unwrap()] = Some(id);
            }
        }
    }
    (group_of, groups.len())
}

#[test]
fn components_and_positions_are_the_servers_up_to_sign() {
    for (name, folder) in folders("polis_math_reference") {
        let read = kept(&folder);
        let maths = json(&folder.join("math-pca2.json"));
        let tids = integers(&maths["tids"]);
        let found = analyse(&read.matrix, &Settings::open_data(), None);
        for (which, axis) in found.components.axes.iter().enumerate() {
            let theirs = numbers(&maths["pca"]["comps"][which]);
            // Columns of the server without a vote are not in the matrix, and 0 there.
            let ours: Vec<f64> = tids
                .iter()
                .map(|tid| read.matrix.column(*tid).map_or(0.0, |at| axis[at]))
                .collect();
            let cosine = cosine(&ours, &theirs).abs();
            assert!(cosine >= 0.999, "{name}: {cosine}");
            eprintln!("{name}: component {which}, |cosine| {cosine:.9}");
            // People who are alone in a base cluster stand where it stands.
            let cells = &maths["base-clusters"];
            let members = cells["members"].as_array().unwrap();
            let theirs = numbers(&cells[["x", "y"][which]]);
            let (mut ours, mut servers) = (Vec::new(), Vec::new());
            for (members, at) in members.iter().map(integers).zip(theirs) {
                if let [person] = members.as_slice() {
                    ours.push(found.positions[read.matrix.row_of(*person).unwrap()][which]);
                    servers.push(at);
                }
            }
            let along = self::cosine(&ours, &servers).abs();
            let length = |v: &[f64]| v.iter().map(|x| x * x).sum::<f64>().sqrt();
            let ratio = length(&ours) / length(&servers);
            eprintln!("{name}: positions |cosine| {along:.6}, length {ratio:.6}");
            assert!(
                along >= 0.999 && (ratio - 1.0).abs() < 1e-3,
                "{name}: {along}, {ratio}"
            );
        }
    }
}

#[test]
fn representative_statements_are_the_servers_for_its_own_groups() {
    let mut rows = 0;
    for (name, folder) in folders("polis_math_reference") {
        let read = kept(&folder);
        let maths = json(&folder.join("math-pca2.json"));
        let (group_of, groups) = servers_groups(&read.matrix, &maths);
        let tallies = by_group(&read.matrix, &group_of, groups);
        let hidden = read.matrix.hidden(false);
        let found = representative(read.matrix.statements(), &hidden, &tallies, 5);
        for (group, ours) in found.iter().enumerate() {
            let theirs = maths["repness"][group.to_string()].as_array().unwrap();
            let ids: Vec<i64> = theirs.iter().map(|r| r["tid"].as_i64().unwrap()).collect();
            let our_ids: Vec<i64> = ours.iter().map(|r| r.statement).collect();
            assert_eq!(our_ids, ids, "{name}, group {group}");
            for (ours, theirs) in ours.iter().zip(theirs) {
                rows += 1;
                let number = |field: &str| theirs[field].as_f64().unwrap();
                let stance = match theirs["repful-for"].as_str().unwrap() {
                    "agree" => Stance::Agree,
                    _ => Stance::Disagree,
                };
                assert_eq!(ours.stance, stance, "{name}, {theirs}");
                assert_eq!(f64::from(ours.count), number("n-success"));
                assert_eq!(f64::from(ours.votes), number("n-trials"));
                assert!(close(ours.chance, number("p-success")), "{name}, {theirs}");
                assert!(
                    close(ours.chance_test, number("p-test")),
                    "{name}, {theirs}"
                );
                assert!(close(ours.times, number("repness")), "{name}, {theirs}");
                assert!(
                    close(ours.times_test, number("repness-test")),
                    "{name}, {theirs}"
                );
                assert_eq!(
                    ours.best_agreement,
                    theirs["best-agree"].as_bool() == Some(true)
                );
            }
        }
        for (statement, ours) in read
            .matrix
            .statements()
            .iter()
            .zip(together(&tallies, Stance::Agree))
        {
            let theirs = maths["group-aware-consensus"][statement.to_string()]
                .as_f64()
                .unwrap();
            assert!(close(ours, theirs), "{name}, statement {statement}");
        }
    }
    eprintln!("{rows} representative rows compared");
}

#[test]
fn consensus_is_the_servers() {
    for (name, folder) in folders("polis_math_reference") {
        let read = kept(&folder);
        let maths = json(&folder.join("math-pca2.json"));
        let found = consensus(
            read.matrix.statements(),
            &read.matrix.hidden(false),
            &everybody(&read.matrix),
            5,
        );
        for (stance, side) in [(Stance::Agree, "agree"), (Stance::Disagree, "disagree")] {
            let ours: Vec<_> = found.iter().filter(|one| one.stance == stance).collect();
            let theirs = maths["consensus"][side].as_array().unwrap();
            let ids: Vec<i64> = theirs.iter().map(|r| r["tid"].as_i64().unwrap()).collect();
            let our_ids: Vec<i64> = ours.iter().map(|one| one.statement).collect();
            assert_eq!(our_ids, ids, "{name}, {side}");
            for (ours, theirs) in ours.iter().zip(theirs) {
                assert!(close(ours.chance, theirs["p-success"].as_f64().unwrap()));
                assert!(close(ours.chance_test, theirs["p-test"].as_f64().unwrap()));
                assert_eq!(i64::from(ours.count), theirs["n-success"].as_i64().unwrap());
                assert_eq!(i64::from(ours.votes), theirs["n-trials"].as_i64().unwrap());
            }
        }
    }
}

#[test]
fn priorities_of_showing_are_the_servers() {
    for (name, folder) in folders("polis_math_reference") {
        let read = kept(&folder);
        let maths = json(&folder.join("math-pca2.json"));
        let strict = json(&folder.join("conversation.json"))["strict_moderation"]
            .as_bool()
            .unwrap();
        let settings = Settings {
            strict,
            ..Settings::open_data()
        };
        let found = analyse(&read.matrix, &settings, None);
        let extremity = found.components.extremity();
        let (group_of, _) = servers_groups(&read.matrix, &maths);
        let grouped: Vec<_> = group_of.iter().map(|group| group.map(|_| 0)).collect();
        let tallies = &by_group(&read.matrix, &grouped, 1)[0];
        for (column, statement) in read.matrix.statements().iter().enumerate() {
            let theirs = maths["comment-priorities"][statement.to_string()]
                .as_f64()
                .unwrap();
            let meta = read.matrix.about()[column].meta;
            let ours = priority(tallies[column], extremity[column], meta);
            assert!(
                (ours - theirs).abs() <= 1e-4 * theirs,
                "{name}, {statement}: {ours} and {theirs}"
            );
        }
    }
}

fn clustered(matrix: &VoteMatrix, found: &Analysis) -> (Vec<i64>, Vec<Point>) {
    (0..matrix.people().len())
        .filter(|row| matrix.votes_of(*row).count() >= 7)
        .map(|row| (matrix.people()[row], found.positions[row]))
        .unzip()
}

fn all() -> Vec<(String, Conversation, BTreeMap<i64, i64>)> {
    let open = folders("polis").into_iter().map(|(name, folder)| {
        let read = open(&folder);
        let published = read.published.clone();
        (name, read, published)
    });
    let kept = folders("polis_math_reference")
        .into_iter()
        .map(|(name, folder)| {
            let read = kept(&folder);
            let maths = json(&folder.join("math-pca2.json"));
            let (group_of, _) = servers_groups(&read.matrix, &maths);
            let people = read.matrix.people().iter().zip(group_of);
            let published = people
                .filter_map(|(person, group)| Some((*person, i64::try_from(group?).unwrap())))
                .collect();
            (name, read, published)
        });
    open.chain(kept).collect()
}

/// Labels of the people who are in both groupings.
fn in_both(
    a: &BTreeMap<i64, usize>,
    b: impl IntoIterator<Item = (i64, usize)>,
) -> (Vec<usize>, Vec<usize>) {
    b.into_iter()
        .filter_map(|(person, group)| Some((*a.get(&person)?, group)))
        .unzip()
}

#[test]
fn inertia_and_silhouette_are_no_worse_than_those_of_red_dwarf() {
    let fixture: Value =
        serde_json::from_str(include_str!("fixtures/opinion/red_dwarf.json")).unwrap();
    let settings = Settings::open_data();
    for (name, read, published) in all() {
        let reference = &fixture["answers"][&name];
        let found = analyse(&read.matrix, &settings, None);
        let (people, points) = clustered(&read.matrix, &found);
        assert_eq!(
            points.len() as u64,
            reference["grouped"].as_u64().unwrap(),
            "{name}"
        );
        for ours in tried(&points, &settings) {
            let theirs = &reference["groups"][ours.groups.to_string()];
            let number = |field: &str| theirs[field].as_f64().unwrap();
            assert!(close(ours.inertia, inertia(&points, &ours.labels)));
            assert!(close(
                ours.silhouette,
                silhouette(&points, &ours.labels).unwrap()
            ));
            assert!(
                ours.inertia <= number("inertia") * (1.0 + 1e-6),
                "{name}, {} groups: inertia {} and {}",
                ours.groups,
                ours.inertia,
                number("inertia")
            );
            // A hundred starts may find less inertia only at the price of a worse silhouette.
            assert!(
                ours.inertia <= number("scikit_inertia") * (1.0 + 1e-6)
                    || ours.silhouette > number("scikit_silhouette"),
                "{name}, {} groups: inertia {} and scikit's {}",
                ours.groups,
                ours.inertia,
                number("scikit_inertia")
            );
            assert!(
                ours.silhouette >= number("silhouette") - 1e-6,
                "{name}, {} groups: silhouette {} and {}",
                ours.groups,
                ours.silhouette,
                number("silhouette")
            );
            eprintln!(
                "{name}: {} groups, inertia {:.3} (red-dwarf {:.3}), silhouette {:.4} ({:.4})",
                ours.groups,
                ours.inertia,
                number("inertia"),
                ours.silhouette,
                number("silhouette")
            );
        }
        let groups: &Groups = found.groups.as_ref().unwrap();
        let ours: BTreeMap<i64, usize> = people
            .iter()
            .filter_map(|person| {
                let row = read.matrix.row_of(*person)?;
                Some((*person, groups.group_of[row]?))
            })
            .collect();
        let theirs = reference["group_of"].as_object().unwrap();
        let theirs = theirs
            .iter()
            .map(|(p, g)| (p.parse().unwrap(), g.as_u64().unwrap() as usize));
        let (a, b) = in_both(&ours, theirs);
        let with_red_dwarf = rand_index(&a, &b);
        let published = published
            .into_iter()
            .map(|(person, group)| (person, usize::try_from(group).unwrap()));
        let (a, b) = in_both(&ours, published);
        eprintln!(
            "{name}: k {}; adjusted Rand index with red-dwarf {with_red_dwarf:.3}, with the \
             published groups {:.3}",
            groups.sizes.len(),
            rand_index(&a, &b)
        );
    }
}

#[test]
fn the_open_data_has_the_tallies_its_source_note_states() {
    for (name, folder) in folders("polis") {
        let expected = match name.as_str() {
            "london.youth.policing" => (26, 36, [392, 192, 54]),
            "brexit-consensus" => (204, 50, [2685, 1952, 666]),
            "scoop-hivemind.affordable-housing" => (381, 165, [8041, 4549, 2405]),
            _ => continue,
        };
        let matrix = open(&folder).matrix;
        let sums = everybody(&matrix).iter().fold([0; 3], |sum, tally| {
            [
                sum[0] + tally.agrees,
                sum[1] + tally.disagrees,
                sum[2] + tally.passes,
            ]
        });
        assert_eq!(
            (matrix.people().len(), matrix.statements().len(), sums),
            expected,
            "{name}"
        );
    }
}

#[test]
fn rejected_statements_are_in_no_result() {
    for (name, read, _) in all() {
        let found = analyse(&read.matrix, &Settings::open_data(), None);
        let report = domain::vote::opinion::OpinionReport::new(&read.matrix, &found);
        let rejected: Vec<i64> = read
            .matrix
            .statements()
            .iter()
            .zip(read.matrix.about())
            .filter(|(_, about)| about.moderation == Moderation::Rejected)
            .map(|(id, _)| *id)
            .collect();
        let mut shown = report.common_ground.clone();
        shown.extend(report.group_aware_consensus.keys());
        shown.extend(report.consensus.iter().map(|one| one.statement));
        shown.extend(report.divisive.iter().map(|one| one.statement));
        shown.extend(report.uncertain.iter().map(|one| one.statement));
        for group in &report.groups {
            shown.extend(group.representative.iter().map(|one| one.statement));
        }
        assert!(
            shown.iter().all(|id| !rejected.contains(id)),
            "{name}: {rejected:?}"
        );
        eprintln!(
            "{name}: common ground {:?}, consensus {:?}, divisive {:?}, uncertain {:?}",
            report.common_ground,
            report
                .consensus
                .iter()
                .map(|one| one.statement)
                .collect::<Vec<_>>(),
            report
                .divisive
                .iter()
                .map(|one| one.statement)
                .collect::<Vec<_>>(),
            report
                .uncertain
                .iter()
                .map(|one| one.statement)
                .collect::<Vec<_>>()
        );
    }
}
