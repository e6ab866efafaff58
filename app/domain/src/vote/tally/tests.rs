use super::*;

fn options() -> Vec<String> {
    ["Bench", "Tree", "Path"].map(str::to_owned).to_vec()
}

fn counted(rule: Rule, seats: u32, ballots: &[(u64, Vec<u32>)]) -> Tally {
    tally(rule, &options(), seats, ballots, &TieBreak::seeded("s")).unwrap()
}

#[test]
fn approvals_add_up_and_blank_ballots_stand_apart() {
    let ballots = [(3, vec![1, 1, 0]), (2, vec![0, 1, 0]), (4, vec![0, 0, 0])];
    let result = counted(Rule::Approval { most: None }, 2, &ballots);
    let points: Vec<u64> = result.totals.iter().map(|line| line.points).collect();
    assert_eq!(points, [3, 5, 0]);
    assert_eq!(result.elected, ["Tree", "Bench"]);
    assert_eq!((result.ballots, result.blank), (5, 4));
    assert!(result.draws.is_empty());
}

#[test]
fn a_ballot_beyond_the_limits_is_refused_with_its_place() {
    let over = |rule, ballot: Vec<u32>| {
        tally(
            rule,
            &options(),
            1,
            &[(1, vec![0, 0, 0]), (1, ballot)],
            &TieBreak::default(),
        )
    };
    let refused = |fault| Err(Refused::Ballot { index: 1, fault });
    let purse = Rule::Dot {
        points: 5,
        most_each: None,
    };
    assert_eq!(over(purse, vec![3, 3, 0]), refused(Fault::TooMuchInAll));
    assert_eq!(
        over(Rule::Score { top: 4 }, vec![5, 0, 0]),
        refused(Fault::TooMuchForOne)
    );
    assert_eq!(
        over(Rule::Score { top: 4 }, vec![4, 0]),
        refused(Fault::WrongLength)
    );
    let two = Rule::Approval { most: Some(2) };
    assert_eq!(over(two, vec![1, 1, 1]), refused(Fault::TooMuchInAll));
    let spread = Rule::Dot {
        points: 5,
        most_each: Some(2),
    };
    assert_eq!(over(spread, vec![3, 0, 0]), refused(Fault::TooMuchForOne));
}

#[test]
fn points_that_are_level_go_to_the_option_more_voters_chose() {
    let ballots = [(1, vec![4, 0, 0]), (2, vec![0, 2, 0])];
    let result = counted(
        Rule::Dot {
            points: 4,
            most_each: None,
        },
        1,
        &ballots,
    );
    assert_eq!(result.elected, ["Tree"]);
    assert!(result.draws.is_empty());
}

#[test]
fn a_full_tie_is_drawn_from_the_seed_and_recorded() {
    let ballots = [(1, vec![1, 0, 0]), (1, vec![0, 1, 0])];
    let draw = |seed: &str| {
        let rule = Rule::Approval { most: None };
        tally(rule, &options(), 1, &ballots, &TieBreak::seeded(seed)).unwrap()
    };
    let first = draw("0");
    assert_eq!(first.draws.len(), 1);
    assert_eq!(first.draws[0].drawn(), Some(first.elected[0].as_str()));
    assert_eq!(first, draw("0"));
    assert!((1..20).any(|seed| draw(&seed.to_string()).elected != first.elected));
}

#[test]
fn the_working_survives_json() {
    let result = counted(Rule::Score { top: 5 }, 1, &[(7, vec![5, 0, 3])]);
    let json = serde_json::to_string(&result).unwrap();
    assert!(json.contains(r#""rule":"score","top":5"#), "{json}");
    assert_eq!(serde_json::from_str::<Tally>(&json).unwrap(), result);
}

#[test]
fn too_many_ballots_are_refused_rather_than_wrapped() {
    let ballots = [(u64::MAX, vec![1, 0, 0]), (1, vec![1, 0, 0])];
    let rule = Rule::Approval { most: None };
    let result = tally(rule, &options(), 1, &ballots, &TieBreak::default());
    assert_eq!(result, Err(Refused::TooMany));
}
