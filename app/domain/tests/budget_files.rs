//! Pabulib files: what is refused where, and that nothing makes the reader fall over.

#![expect(
    clippy::expect_used,
    reason = "helpers of tests, where a file that reads is a failure"
)]

use domain::vote::budget::pabulib::{Note, PbReason, PbRefusal, Section, read, read_bytes, write};
use domain::vote::budget::{
    BallotForm, BallotRefusal, Budget, BudgetRefusal, Election, Pennies, Project, Rule, count,
};
use proptest::prelude::*;

const GOOD: &str = "META\nkey;value\nnum_projects;2\nnum_votes;3\nbudget;100.50\n\
    vote_type;cumulative\nmax_sum_points;5\nPROJECTS\nproject_id;cost;votes;name;category;selected\n\
    a/1;60,5;2;\"Trees; and \"\"shade\"\"\";green,parks;1\nb;40;2;Bikes;;0\n\
    VOTES\nvoter_id;vote;points;age\n1;a/1,b;2,3;44\n2;b;1.5;\n3;a/1;5;none\n";

fn refusal(text: &str) -> PbRefusal {
    read(text).expect_err("refused")
}

fn changed(from: &str, to: &str) -> PbRefusal {
    assert!(GOOD.contains(from), "{from}");
    refusal(&GOOD.replacen(from, to, 1))
}

fn at(line: usize, reason: PbReason) -> PbRefusal {
    PbRefusal { line, reason }
}

#[test]
fn a_file_is_read_with_quotes_decimal_commas_and_decimal_points() {
    for text in [
        GOOD.to_owned(),
        GOOD.replace('\n', "\r\n"),
        GOOD.replace('\n', "\r"),
        format!("\u{feff}{GOOD}"),
    ] {
        let file = read(&text).unwrap();
        let budget = file.election.budget();
        assert_eq!(budget.total().minor(), 10_050);
        assert_eq!(budget.projects()[0].name, "Trees; and \"shade\"");
        assert_eq!(budget.projects()[0].cost.minor(), 6_050);
        assert_eq!(budget.projects()[0].categories, ["green", "parks"]);
        assert_eq!(budget.projects()[0].selected, Some(true));
        assert_eq!(file.election.points_scale(), 10);
        assert_eq!(file.election.scores(), [70, 45]);
        assert_eq!(file.notes, []);
        assert_eq!(file.meta("vote_type"), Some("cumulative"));
    }
}

#[test]
fn the_count_as_json_has_the_names_that_were_promised() {
    let file = read(GOOD).unwrap();
    let made = count(&file.election, "greedy".parse::<Rule>().unwrap());
    let json = serde_json::to_value(&made).unwrap();
    assert_eq!(json["rule"], "greedy");
    assert_eq!(json["budget"], serde_json::json!(100.5));
    assert_eq!(json["cost"], serde_json::json!(100.5));
    assert_eq!(json["funded"], serde_json::json!(["a/1", "b"]));
    assert_eq!(json["rounds"][0]["project"], "a/1");
    assert_eq!(json["rounds"][1]["left"], 40);
    assert!(
        made.text()
            .contains("a/1  cost 60.50, votes 2, score 7, left 100.50: funded")
    );
}

#[test]
fn wrong_files_are_refused_with_line_and_reason() {
    assert_eq!(refusal(""), at(1, PbReason::Empty));
    assert_eq!(refusal("\n\nhello"), at(3, PbReason::NoSection));
    assert_eq!(
        changed("META", "VOTES"),
        at(
            1,
            PbReason::SectionOrder {
                section: Section::Votes
            }
        )
    );
    assert_eq!(
        refusal("META\nkey;value\nbudget;3\n"),
        at(
            3,
            PbReason::SectionMissing {
                section: Section::Projects
            }
        )
    );
    let cut = GOOD.split("VOTES").next().unwrap();
    assert_eq!(
        refusal(cut),
        at(
            11,
            PbReason::SectionMissing {
                section: Section::Votes
            }
        )
    );
    assert_eq!(
        changed("budget;100.50", "x;y"),
        at(1, PbReason::MetaMissing { key: "budget" })
    );
    assert_eq!(
        changed("budget;100.50", "budget;-1"),
        at(
            5,
            PbReason::BadNumber {
                field: "budget",
                value: "-1".into()
            }
        )
    );
    assert_eq!(
        changed("vote_type;cumulative", "vote_type;guess"),
        at(
            6,
            PbReason::VoteType {
                value: "guess".into()
            }
        )
    );
    assert_eq!(changed("project_id;cost", "project_id;c"), {
        at(9, PbReason::ColumnMissing { column: "cost" })
    });
    assert_eq!(
        changed("b;40;", "b;forty;"),
        at(
            11,
            PbReason::BadNumber {
                field: "cost",
                value: "forty".into()
            }
        )
    );
    assert_eq!(
        changed("\nb;40;", "\na/1;40;"),
        at(
            11,
            PbReason::Project(BudgetRefusal::IdTwice { id: "a/1".into() })
        )
    );
    assert_eq!(
        changed("2;b;1.5", "2;c;1.5"),
        at(
            15,
            PbReason::Ballot(BallotRefusal::UnknownProject { id: "c".into() })
        )
    );
    assert_eq!(
        changed("a/1,b;2,3", "a/1,b;2"),
        at(
            14,
            PbReason::PointsMismatch {
                projects: 2,
                points: 1
            }
        )
    );
    assert_eq!(
        changed("2;b;1.5", "2;b;many"),
        at(
            15,
            PbReason::BadNumber {
                field: "points",
                value: "many".into()
            }
        )
    );
    assert_eq!(
        changed("num_votes;3", "num_votes;4"),
        at(
            4,
            PbReason::CountMismatch {
                key: "num_votes",
                declared: 4,
                found: 3
            }
        )
    );
    assert_eq!(
        changed("\"\"shade\"\"\";", "shade;"),
        at(10, PbReason::OpenQuote)
    );
    assert_eq!(read_bytes(b"META\nkey;\xff"), Err(at(2, PbReason::NotUtf8)));
    let wide: Vec<u8> = GOOD.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read_bytes(&wide), Err(at(1, PbReason::Utf16)));
}

#[test]
fn amounts_that_may_be_thousands_or_decimals_are_refused_with_their_line() {
    for amount in ["300,000", "300.000", "1,234,567", "1.234,56"] {
        let ambiguous = |field| PbReason::Ambiguous {
            field,
            value: amount.to_owned(),
        };
        assert_eq!(
            changed("budget;100.50", &format!("budget;{amount}")),
            at(5, ambiguous("budget"))
        );
        assert_eq!(
            changed("b;40;", &format!("b;{amount};")),
            at(11, ambiguous("cost"))
        );
    }
    let value = "£300000".to_owned();
    let field = "budget";
    assert_eq!(
        changed("budget;100.50", "budget;£300000"),
        at(5, PbReason::BadNumber { field, value })
    );
    let value = "5.000".to_owned();
    let field = "max_sum_points";
    assert_eq!(
        changed("max_sum_points;5", "max_sum_points;5.000"),
        at(7, PbReason::Ambiguous { field, value })
    );
    for amount in ["300000", "300000.00", "300000,00"] {
        let text = GOOD.replace("budget;100.50", &format!("budget;{amount}"));
        let total = read(&text).unwrap().election.budget().total();
        assert_eq!(total.minor(), 30_000_000, "{amount}");
    }
}

#[test]
fn a_file_that_says_two_things_of_one_key_is_refused() {
    let key = "budget";
    assert_eq!(
        changed("num_votes;3", "num_votes;3\nbudget;200"),
        at(6, PbReason::MetaTwice { key, first: 5 })
    );
    let same = GOOD.replace("num_votes;3", "num_votes;3\nbudget;100.50");
    assert!(read(&same).is_ok());
}

#[test]
fn a_quotation_mark_that_swallows_rows_is_refused_where_it_opens() {
    assert_eq!(
        changed("b;40;2;Bikes;", "b;40;2;\"Bikes;"),
        at(11, PbReason::OpenQuote)
    );
    let text = GOOD.replace("b;40;2;Bikes;", "b;40;2;\"Bikes;");
    let text = text.replace("3;a/1;5;none", "3;\"a/1\";5;none");
    assert_eq!(refusal(&text), at(11, PbReason::OpenQuote));
}

#[test]
fn bounds_that_the_file_declares_are_held_as_the_keepers_of_the_format_hold_them() {
    let long = GOOD
        .replace("max_sum_points;5", "max_points;4")
        .replace("1.5", "4.5");
    assert!(matches!(
        refusal(&long),
        PbRefusal {
            line: 15,
            reason: PbReason::Ballot(BallotRefusal::PointsOutside { .. })
        }
    ));
    let text = "META\nkey;value\nbudget;100\nvote_type;ordinal\nmax_length;1\nPROJECTS\n\
        project_id;cost\na;60\nb;60\nVOTES\nvoter_id;vote\n1;a\n2;a,b\n";
    let why = BallotRefusal::TooMany { given: 2, most: 1 };
    assert_eq!(refusal(text), at(13, PbReason::Ballot(why)));
    let over = read(&GOOD.replace("a/1,b;2,3", "a/1,b;3,3")).unwrap();
    assert_eq!(over.notes, [Note::OverPoints { line: 14 }]);
    assert_eq!(over.election.scores(), [80, 45]);
}

#[test]
fn a_ballot_over_the_limit_that_the_file_declares_is_refused() {
    let text = "META\nkey;value\nbudget;100\nvote_type;approval\nmax_sum_cost;100\nPROJECTS\n\
        project_id;cost\na;60\nb;60\nVOTES\nvoter_id;vote\n1;a\n2;a,b\n";
    let limit = Pennies::new(10_000).unwrap();
    let why = BallotRefusal::OverBudget {
        cost: 12_000,
        limit,
    };
    assert_eq!(refusal(text), at(13, PbReason::Ballot(why)));
}

#[test]
fn oddities_that_leave_the_count_clear_are_noted_and_counted() {
    let text = "META\nkey;value\nbudget;100\nvote_type;approval\nmin_length;2\nPROJECTS\n\
        project_id;cost;votes\na;60;7\nb;60;1\nVOTES\nvoter_id;vote\n1;a\n1;a,b\n2;\n";
    let file = read(text).unwrap();
    assert_eq!(file.election.ballots().len(), 3);
    assert_eq!(
        file.notes,
        [
            Note::VoterTwice { line: 13 },
            Note::Short { line: 12, given: 1 },
            Note::VotesColumn {
                project: "a".into(),
                told: 7,
                counted: 2
            },
        ]
    );
}

fn forms() -> impl Strategy<Value = BallotForm> {
    proptest::sample::select(vec![
        BallotForm::Approval {
            most: None,
            limit: None,
        },
        BallotForm::Approval {
            most: None,
            limit: Pennies::new(1_000_000),
        },
        BallotForm::Score {
            lowest: i32::MIN,
            highest: 9,
        },
        BallotForm::Cumulative { total: 1_000 },
        BallotForm::Ordinal { most: None },
    ])
}

proptest! {
    #[test]
    fn what_is_written_reads_back_the_same(
        form in forms(),
        ids in proptest::collection::hash_set("[a-z;\"/ł]{1,5}", 1..6),
        name in "[A-Z][a-z;\"\n ]{0,8}[a-z]",
        ballots in proptest::collection::vec(
            proptest::collection::vec((any::<prop::sample::Index>(), 0..9_i32), 0..5), 0..8),
    ) {
        prop_assume!(!ids.contains("none") && !ids.contains("meta") && !ids.contains("votes"));
        let ids: Vec<String> = ids.into_iter().collect();
        let projects = ids.iter().zip(1u64..).map(|(id, cost)| {
            let mut project = Project::new(id, Pennies::new(cost * 1_050).unwrap());
            project.name.clone_from(&name);
            project.area = Some("Nord".into());
            project
        });
        let budget = Budget::new(Pennies::new(5_000).unwrap(), projects.collect()).unwrap();
        let mut election = Election::new(budget, form);
        for ballot in ballots {
            let mut choices: Vec<(&str, i32)> =
                ballot.iter().map(|(at, points)| (ids[at.index(ids.len())].as_str(), *points)).collect();
            choices.sort_unstable();
            choices.dedup_by_key(|c| c.0);
            election.cast(&choices).unwrap();
        }
        let text = write(&election, &[("description".into(), "Parks; and more".into())]);
        let again = read(&text).unwrap();
        prop_assert_eq!(&again.election, &election);
        prop_assert_eq!(again.meta("description"), Some("Parks; and more"));
        prop_assert_eq!(again.notes, []);
    }

    #[test]
    fn no_spoilt_file_makes_the_reader_fall_over(
        at in 0..GOOD.len(),
        cut in 0_usize..40,
        put in prop_oneof!["[;,\"\n0-9.-]{0,6}", "\\PC{0,6}"],
    ) {
        let mut bytes = GOOD.as_bytes().to_vec();
        bytes.splice(at..(at + cut).min(GOOD.len()), put.bytes());
        if let Ok(file) = read_bytes(&bytes) {
            for rule in ["greedy", "mes-add1-greedy", "mes:score"] {
                let made = count(&file.election, rule.parse::<Rule>().unwrap());
                prop_assert!(made.cost <= made.budget);
            }
        }
    }

    #[test]
    fn no_text_at_all_makes_the_reader_fall_over(text in "(META|PROJECTS|VOTES|[a-z;,\"\n0-9]){0,40}") {
        let _ = read(&text);
    }
}
