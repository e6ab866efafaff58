//! Counts of ranked ballots, checked by hand on small elections.

use domain::vote::ranked::{
    Action, Candidate, Count, Election, Purpose, Refused, Rule, Status, TieBreak, Votes, count,
    print, read,
};

fn blt(text: &str) -> Election {
    match read::blt(text) {
        Ok(election) => election,
        Err(error) => panic!("{error}"),
    }
}

fn counted(rule: Rule, election: &Election) -> Count {
    match count(rule, election, &TieBreak::seeded("seed 2026")) {
        Ok(count) => count,
        Err(refused) => panic!("{refused}"),
    }
}

/// (name, votes) of a stage in the order of the file, then not transferable and lost.
fn figures(count: &Count, stage: usize) -> Vec<String> {
    let stage = &count.stages[stage];
    let named = stage
        .totals
        .iter()
        .map(|total| format!("{} {}", total.candidate, total.votes));
    named
        .chain([
            stage.non_transferable.to_string(),
            stage.lost_by_fraction.to_string(),
        ])
        .collect()
}

const ONE_SURPLUS: &str = "4 2\n10 1 2 0\n5 1 3 0\n3 1 0\n6 2 0\n5 3 0\n4 4 3 0\n0\n\
    \"Ada\"\n\"Basil\"\n\"Cleo\"\n\"Dora\"\n\"One surplus\"\n";

#[test]
fn the_scottish_rules_pass_a_surplus_cut_after_five_places() {
    let result = counted(Rule::StvScotland, &blt(ONE_SURPLUS));
    assert_eq!((result.ballots, result.quota), (33, Some(Votes::whole(12))));
    assert_eq!(
        figures(&result, 0),
        ["Ada 18", "Basil 6", "Cleo 5", "Dora 4", "0", "0"]
    );
    // 6 ÷ 18 = 0.33333: 10 papers to Basil, 5 to Cleo, 3 to nobody, 0.00006 dropped.
    let second = [
        "Ada 12",
        "Basil 9.3333",
        "Cleo 6.66665",
        "Dora 4",
        "0.99999",
        "0.00006",
    ];
    assert_eq!(figures(&result, 1), second);
    let third = [
        "Ada 12",
        "Basil 9.3333",
        "Cleo 10.66665",
        "Dora 0",
        "0.99999",
        "0.00006",
    ];
    assert_eq!(figures(&result, 2), third);
    let last = [
        "Ada 12",
        "Basil 0",
        "Cleo 10.66665",
        "Dora 0",
        "10.33329",
        "0.00006",
    ];
    assert_eq!(figures(&result, 3), last);
    assert_eq!(result.elected, ["Ada", "Cleo"]);
    assert_eq!(result.stages[3].elected, ["Cleo"]);
    let surplus = Action::SurplusTransferred {
        candidate: "Ada".to_owned(),
        surplus: Votes::whole(6),
    };
    assert_eq!(result.stages[1].action, surplus);
    let papers: Vec<(Option<&str>, u64)> = result.stages[1]
        .transfers
        .iter()
        .map(|one| (one.to.as_deref(), one.papers))
        .collect();
    assert_eq!(papers, [(Some("Basil"), 10), (Some("Cleo"), 5), (None, 3)]);
    let basil = &result.candidates[1];
    assert_eq!((basil.number, basil.status), (2, Status::Excluded));
}

#[test]
fn the_scottish_rules_weigh_every_paper_by_the_value_it_came_with() {
    let text = "5 3\n20 1 2 3 0\n9 2 4 0\n4 3 0\n4 4 0\n2 5 0\n0\nA\nB\nC\nD\nE\nTwo\n";
    let result = counted(Rule::StvScotland, &blt(text));
    assert_eq!(result.quota, Some(Votes::whole(10)));
    assert_eq!(
        figures(&result, 1),
        ["A 10", "B 19", "C 4", "D 4", "E 2", "0", "0"]
    );
    // 20 papers at 9 × 0.5 ÷ 19 = 0.23684, 9 at 9 × 1 ÷ 19 = 0.47368.
    let third = [
        "A 10",
        "B 10",
        "C 8.7368",
        "D 8.26312",
        "E 2",
        "0",
        "0.00008",
    ];
    assert_eq!(figures(&result, 2), third);
    assert_eq!(figures(&result, 3)[4..], ["E 0", "2", "0.00008"]);
    assert_eq!(result.elected, ["A", "B", "C"]);
}

#[test]
fn equal_surpluses_and_equal_lowest_look_back_before_they_draw() {
    // B and C end level at 3; C had fewer at first, so C goes, without a draw.
    let text = "4 1\n9 1 0\n3 2 0\n2 3 0\n1 4 3 0\n0\nA\nB\nC\nD\nT\n";
    let mut result = counted(Rule::StvScotland, &blt(&text.replace("9 1 0", "4 1 0")));
    assert!(result.draws.is_empty());
    let gone = Action::Excluded {
        candidate: "C".to_owned(),
        votes: Votes::whole(3),
    };
    assert_eq!(result.stages[2].action, gone);
    result = counted(
        Rule::StvScotland,
        &blt("3 1\n4 1 0\n2 2 0\n2 3 0\n0\nA\nB\nC\nT\n"),
    );
    assert_eq!(result.draws.len(), 1);
    assert_eq!(
        (result.draws[0].stage, result.draws[0].purpose),
        (1, Purpose::Exclude)
    );
}

#[test]
fn a_lot_is_the_hash_anyone_can_make_and_the_lowest_is_drawn() {
    let lot = TieBreak::seeded("seed 2026").lot(1, Purpose::Exclude, "Basil");
    // printf 'seed 2026\n1\nexclude\nBasil' | sha256sum
    assert_eq!(
        lot,
        "2cec3af6f2e801437793e8d48338320c65cad02f32a8e7e2cae7ec9cfd464001"
    );
    let result = counted(
        Rule::Irv,
        &blt("3 1\n4 3 0\n2 1 0\n2 2 0\n0\nAda\nBasil\nCleo\nT\n"),
    );
    let draw = &result.draws[0];
    assert!(draw.lots[0].lot < draw.lots[1].lot);
    let gone = Action::Excluded {
        candidate: draw.lots[0].name.clone(),
        votes: Votes::whole(2),
    };
    assert_eq!(
        (&result.stages[1].action, result.elected[0].as_str()),
        (&gone, "Cleo")
    );
    assert_eq!(result.seed, "seed 2026");
}

#[test]
fn meek_keeps_just_what_the_quota_needs() {
    let result = counted(
        Rule::Meek,
        &blt("3 2\n6 1 2 0\n2 2 0\n1 3 0\n0\nA\nB\nC\nT\n"),
    );
    assert_eq!(
        result.stages[0].quota.map(|quota| quota.to_string()),
        Some("3.000000001".into())
    );
    // A keeps 3.000000001 ÷ 6 of each vote, rounded up: 0.500000001.
    let second = ["A 3.000000006", "B 4.999999994", "C 1", "0", "0"];
    assert_eq!(figures(&result, 1), second);
    assert_eq!(
        result.stages[1].totals[0].keep.map(|keep| keep.to_string()),
        { Some("0.500000001".to_owned()) }
    );
    assert_eq!(result.elected, ["A", "B"]);
}

#[test]
fn meek_lowers_the_quota_as_votes_run_out() {
    let text = "4 2\n40 1 0\n9 2 0\n8 3 0\n3 4 0\n0\nA\nB\nC\nD\nT\n";
    let result = counted(Rule::Meek, &blt(text));
    assert_eq!(result.elected, ["A", "B"]);
    let quotas: Vec<Votes> = result
        .stages
        .iter()
        .filter_map(|stage| stage.quota)
        .collect();
    assert!(
        quotas.windows(2).all(|pair| pair[1] <= pair[0]),
        "{quotas:?}"
    );
    assert!(quotas.last() < quotas.first());
}

#[test]
fn the_run_off_counts_a_majority_of_the_ballots_still_in_play() {
    let text = "3 2\n4 1 0\n3 2 1 0\n2 3 0\n1 3 2 0\n0\nA\nB\nC\nT\n";
    let result = counted(Rule::Irv, &blt(&text.replace("3 2 1 0", "5 2 1 0")));
    assert_eq!(result.seats, 1);
    assert_eq!(result.elected, ["B"]);
    assert_eq!(result.quota, Some(Votes::whole(6)));
    assert_eq!(figures(&result, 1), ["A 4", "B 6", "C 0", "2", "0"]);
}

/// A circle: A over B by 2, B over C by 6, C over A by 2.
const CIRCLE: &str = "3 1\n5 1 2 3 0\n4 2 3 1 0\n2 3 1 2 0\n1 3 2 1 0\n0\nA\nB\nC\nT\n";

#[test]
fn schulze_and_ranked_pairs_break_a_circle_at_its_weakest_link() {
    let election = blt(CIRCLE);
    let schulze = counted(Rule::Schulze, &election);
    let pairwise = schulze
        .pairwise
        .as_ref()
        .unwrap_or_else(|| panic!("no table"));
    assert_eq!(pairwise.preferred, [[0, 7, 5], [5, 0, 9], [7, 3, 0]]);
    // A reaches C through B at 2, B reaches A through C at 2, C reaches B through A at 2.
    assert_eq!(
        pairwise.paths,
        Some(vec![vec![0, 2, 2], vec![2, 0, 6], vec![2, 2, 0]])
    );
    let ranked = counted(Rule::RankedPairs, &election);
    let locked = |stage: usize| matches!(ranked.stages[stage].action, Action::Locked { .. });
    assert!(locked(0));
    assert!(ranked.draws.len() == 1 && ranked.draws[0].purpose == Purpose::LockFirst);
    let clear = counted(
        Rule::RankedPairs,
        &blt(&CIRCLE.replace("5 1 2 3", "6 1 2 3")),
    );
    let left_out = Action::LeftOut {
        winner: "C".to_owned(),
        loser: "A".to_owned(),
        margin: 1,
    };
    assert_eq!(clear.stages[2].action, left_out);
    assert_eq!(clear.elected, ["A"]);
    assert_eq!(
        clear.ranking,
        Some(vec![vec!["A".into()], vec!["B".into()], vec!["C".into()]])
    );
    assert!(clear.draws.is_empty());
}

#[test]
fn borda_shares_what_a_short_ballot_leaves_and_elects_nobody() {
    let result = counted(
        Rule::Borda,
        &blt("4 1\n2 1 2 0\n1 4 3 2 1 0\n0\nA\nB\nC\nD\nT\n"),
    );
    // Two ballots leave 1 point between C and D: half each.
    assert_eq!(figures(&result, 0)[..4], ["A 6", "B 5", "C 3", "D 4"]);
    assert!(result.elected.is_empty());
    assert_eq!(result.stages[0].sum(), Votes::whole(3 * 6));
}

#[test]
fn approval_takes_every_candidate_ranked() {
    let result = counted(
        Rule::Approval,
        &blt("3 2\n3 1 2 0\n2 2 3 0\n1 3 0\n0\nA\nB\nC\nT\n"),
    );
    assert_eq!(figures(&result, 0)[..3], ["A 3", "B 5", "C 3"]);
    assert_eq!(result.elected[0], "B");
    assert_eq!(result.draws.len(), 1);
}

#[test]
fn two_candidates_of_one_name_stay_two() {
    let text = "3 1\n3 1 0\n2 2 0\n2 3 2 0\n0\n\"A Lee\"\n\"A Lee\"\n\"B\"\nT\n";
    let result = counted(Rule::Irv, &blt(text));
    assert_eq!(
        (result.elected[0].as_str(), result.elected_numbers[0]),
        ("A Lee", {
            if result.draws[0].drawn() == Some("B") {
                2
            } else {
                1
            }
        })
    );
    assert_eq!(result.stages[0].totals[1].candidate, "A Lee #2");
}

#[test]
fn a_count_without_ballots_or_candidates_is_refused() {
    let tie = TieBreak::default();
    let nobody = blt("2 1\n-1 -2\n1 1 2 0\n0\nA\nB\nT\n");
    assert_eq!(
        count(Rule::Meek, &nobody, &tie).err(),
        Some(Refused::NoCandidates)
    );
    let empty = blt("2 1\n-2\n5 2 0\n0\nA\nB\nT\n");
    assert_eq!(empty.blank(), 5);
    assert_eq!(
        count(Rule::Irv, &empty, &tie).err(),
        Some(Refused::NoBallots)
    );
    let named = vec![Candidate::new("A"), Candidate::new("B")];
    let twice = Election::new(None, 1, named, [(1, vec![0]), (1, vec![1, 1])]);
    assert!(matches!(twice, Err(Refused::Ballot { index: 1, .. })));
}

#[test]
fn everybody_is_elected_when_there_are_no_more_candidates_than_seats() {
    let election = blt("3 3\n-3\n2 1 0\n7 2 0\n0\nA\nB\nC\nT\n");
    for rule in [Rule::StvScotland, Rule::Meek] {
        assert_eq!(counted(rule, &election).elected, ["B", "A"], "{rule}");
    }
}

#[test]
fn rules_go_by_their_names_and_nothing_else() {
    for rule in Rule::ALL {
        assert_eq!(rule.as_str().parse(), Ok(rule));
        assert_eq!(serde_json::to_value(rule).ok(), Some(rule.as_str().into()));
    }
    assert!("first-past-the-post".parse::<Rule>().is_err());
}

#[test]
fn the_json_has_what_an_outsider_needs_and_reads_back() {
    for rule in Rule::ALL {
        let result = counted(rule, &blt(ONE_SURPLUS));
        let json = serde_json::to_value(&result).unwrap_or_default();
        for key in ["rule", "seats", "ballots", "quota", "elected", "stages"] {
            assert!(json.get(key).is_some(), "{rule}: {key}");
        }
        assert_eq!(json["rule"], rule.as_str());
        assert_eq!(json["ballots"], 33);
        assert_eq!(serde_json::from_value::<Count>(json).ok(), Some(result));
    }
    let json = serde_json::to_value(counted(Rule::StvScotland, &blt(ONE_SURPLUS)));
    let json = json.unwrap_or_default();
    assert_eq!(json["stages"][1]["totals"][1]["votes"], 9.3333);
    assert_eq!(json["stages"][1]["action"]["did"], "surplus-transferred");
}

#[test]
fn the_plain_text_shows_every_stage() {
    let shown = print::text(&counted(Rule::StvScotland, &blt(ONE_SURPLUS)));
    let rows: Vec<Vec<&str>> = shown
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert!(
        shown.contains("Stage 2: surplus of Ada transferred (6.00000)"),
        "{shown}"
    );
    assert!(
        rows.contains(&vec!["Basil", "9.33330", "+3.33330"]),
        "{shown}"
    );
    assert!(
        rows.contains(&vec!["lost", "by", "fraction", "0.00006"]),
        "{shown}"
    );
    assert!(rows.contains(&vec!["sum", "33.00000"]), "{shown}");
    assert!(shown.ends_with("Elected: Ada, Cleo\n"), "{shown}");
    let pairs = print::text(&counted(Rule::Schulze, &blt(CIRCLE)));
    assert!(pairs.contains("Strongest path"), "{pairs}");
}
