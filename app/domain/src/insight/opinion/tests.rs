use super::*;
use crate::vote::opinion::{Settings, VoteMatrix, analyse, generate, picture};

fn found() -> (VoteMatrix, Analysis, Picture) {
    let matrix = VoteMatrix::from_votes(generate(300, 20, 4_000, 7));
    let about: Vec<_> = matrix
        .statements()
        .iter()
        .map(|id| {
            let about = crate::vote::opinion::About {
                moderation: crate::vote::opinion::Moderation::Accepted,
                meta: false,
            };
            (*id, Some(about))
        })
        .collect();
    let matrix = matrix.with_statements(about);
    let analysis = analyse(&matrix, &Settings::public(), None);
    let drawn = picture(
        analysis.groups.as_ref().expect("groups"),
        &analysis.positions,
        10,
    );
    (matrix, analysis, drawn)
}

fn shown(matrix: &VoteMatrix, analysis: &Analysis, drawn: &Picture, left_out: i64) -> Opinion {
    let texts = matrix
        .statements()
        .iter()
        .filter(|id| **id != left_out)
        .map(|id| (*id, format!("statement {id}")))
        .collect();
    let finding = Finding {
        analysis,
        statements: matrix.statements(),
        participants: matrix.people().len(),
        votes: matrix.votes(),
        picture: Some(drawn),
    };
    opinion(finding, PUBLIC, true).worded(&texts)
}

#[test]
fn every_number_is_a_multiple_of_five_or_hidden() {
    let (matrix, analysis, drawn) = found();
    let opinion = shown(&matrix, &analysis, &drawn, -1);
    assert!(opinion.groups.len() >= 2 && !opinion.statements.is_empty());
    let rows = opinion
        .statements
        .iter()
        .flat_map(|one| one.by_group.iter().chain(&one.everybody));
    for said in rows {
        for cell in [said.agree, said.disagree, said.pass] {
            assert!(cell.number().is_none_or(|n| n % 5 == 0 && n >= 10));
        }
    }
    assert!(
        opinion
            .groups
            .iter()
            .all(|g| g.size.number().is_some_and(|n| n % 5 == 0))
    );
    assert!(
        opinion
            .picture
            .is_some_and(|p| p.groups.iter().all(|g| g.size % 5 == 0))
    );
}

#[test]
fn nothing_is_said_of_a_group_whose_count_is_hidden() {
    let (mut said, mut found) = (0, 0);
    for seed in 0..12 {
        let matrix = VoteMatrix::from_votes(generate(80, 20, 900, seed));
        let about = |id: &Statement| {
            let moderation = crate::vote::opinion::Moderation::Accepted;
            let about = crate::vote::opinion::About {
                moderation,
                meta: false,
            };
            (*id, Some(about))
        };
        let about: Vec<_> = matrix.statements().iter().map(about).collect();
        let matrix = matrix.with_statements(about);
        let analysis = analyse(&matrix, &Settings::public(), None);
        let finding = Finding {
            analysis: &analysis,
            statements: matrix.statements(),
            participants: matrix.people().len(),
            votes: matrix.votes(),
            picture: None,
        };
        let opinion = opinion(finding, PUBLIC, true);
        let cell = |of: Statement, letter: char, stance| {
            let group = opinion.groups.iter().position(|one| one.letter == letter);
            let one = opinion.statement(of).expect("a statement");
            one.by_group[group.expect("a group")].on(stance)
        };
        let letters: Vec<char> = opinion.groups.iter().map(|one| one.letter).collect();
        let mut named = Vec::new();
        for group in &opinion.groups {
            let says = group.says.iter();
            named.extend(says.map(|one| cell(one.statement, group.letter, one.stance)));
        }
        for one in &opinion.common_ground {
            let each = letters.iter();
            named.extend(each.map(|letter| cell(one.statement, *letter, one.stance)));
        }
        for one in &opinion.divisive {
            named.push(cell(one.statement, one.for_it, Stance::Agree));
            named.push(cell(one.statement, one.against, Stance::Disagree));
        }
        assert!(!named.contains(&Shown::Hidden), "seed {seed}");
        if letters.is_empty() {
            for one in &opinion.consensus {
                let everybody = opinion.statement(one.statement).and_then(|of| of.everybody);
                assert!(everybody.is_some_and(|said| said.on(one.stance).number().is_some()));
            }
        } else {
            assert!(opinion.consensus.is_empty(), "everybody beside groups");
        }
        said += named.len();
        found += analysis.groups.as_ref().map_or(0, |groups| {
            groups.divisive.len() * 2 + groups.common_ground.len() * groups.sizes.len()
        });
    }
    assert!(
        said > 0 && said < found,
        "{said} of {found}: some is hidden"
    );
}

#[test]
fn while_voting_goes_on_what_is_hidden_may_be_any_small_number() {
    let said = |agrees, disagrees, passes| {
        let tally = Tally {
            agrees,
            disagrees,
            passes,
        };
        gated(tally, PUBLIC)
    };
    let room = |said: Said, of| said.leaves_room(PUBLIC.alone(of), PUBLIC);
    assert!(room(said(50, 0, 3), 60));
    // Twelve people of whom eleven agree: one at most did not.
    assert!(!room(said(11, 0, 1), 12));
    assert!(!room(said(35, 0, 0), 35));
    assert!(room(said(12, 13, 14), 39));
    let (matrix, analysis, drawn) = found();
    let finding = Finding {
        analysis: &analysis,
        statements: matrix.statements(),
        participants: matrix.people().len(),
        votes: matrix.votes(),
        picture: Some(&drawn),
    };
    let open = opinion(finding, PUBLIC, false);
    let sizes: Vec<Shown> = open.groups.iter().map(|group| group.size).collect();
    for statement in &open.statements {
        for (said, size) in statement.by_group.iter().zip(&sizes) {
            assert!(*said == Said::HIDDEN || said.leaves_room(*size, PUBLIC));
        }
    }
}

#[test]
fn many_pass_is_said_where_one_in_four_do_and_nowhere_else() {
    let count = |number: u64| match number {
        0 => Shown::Hidden,
        number => Shown::Count(number),
    };
    let of = |groups: &[[u64; 3]]| StatementOpinion {
        id: 1,
        text: String::new(),
        everybody: None,
        by_group: groups
            .iter()
            .map(|[agree, disagree, pass]| Said {
                agree: count(*agree),
                disagree: count(*disagree),
                pass: count(*pass),
            })
            .collect(),
    };
    // Twenty of 130, and fewer than ten: not many.
    assert!(!of(&[[80, 30, 20]]).many_pass(PUBLIC));
    assert!(!of(&[[15, 10, 0]]).many_pass(PUBLIC));
    assert!(!of(&[[0, 0, 0]]).many_pass(PUBLIC));
    assert!(of(&[[30, 15, 15]]).many_pass(PUBLIC));
    assert!(!of(&[[80, 30, 20], [30, 15, 15]]).many_pass(PUBLIC));
    assert!(of(&[[80, 30, 20], [20, 0, 40]]).many_pass(PUBLIC));
    let (matrix, analysis, drawn) = found();
    let opinion = shown(&matrix, &analysis, &drawn, -1);
    for one in &opinion.statements {
        assert_eq!(opinion.uncertain.contains(&one.id), one.many_pass(PUBLIC));
    }
}

#[test]
fn a_statement_without_words_is_nowhere() {
    let (matrix, analysis, drawn) = found();
    let whole = shown(&matrix, &analysis, &drawn, -1);
    let gone = whole
        .common_ground
        .first()
        .or(whole.groups.first().and_then(|g| g.says.first()))
        .map_or(0, |one| one.statement);
    let opinion = shown(&matrix, &analysis, &drawn, gone);
    let text = serde_json::to_string(&opinion).expect("written");
    assert!(!text.contains(&format!("\"id\":{gone},")), "{text}");
    assert!(!text.contains(&format!("\"statement\":{gone},")), "{text}");
    assert!(!opinion.uncertain.contains(&gone));
}
