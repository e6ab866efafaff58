use proptest::prelude::*;

use super::*;

const BLT: &str = "\u{feff}4 2 # seats\n-2\n3 1 3 4 0\n4 1 3 2 0\n(mark) 2 4 1 3 0\n1 2 0\n2 - 3 - 1 0\n\
    0\n\"Adam \\\"Addy\\\" Lee\"\n\"Basil\"\nCharlotte\n\"Donald # 4\" # last\n\"Title\"\n\"By hand\"\n";

const CSV: &str = "3,2,\n36,1,\n5,3,1,2,\n2,3,1,2\n\"Candidate 2\",\"B \"\"Bee\"\" C\",\"Party (P)\",\n\
    \"Candidate 1\",\"A\",\"\",\n\"Candidate 3\",\"C, jr\",\"Ind\",\n\"Ward 3\",";

fn blt_fault(text: &str) -> (usize, Reason) {
    let error = blt(text).unwrap_err();
    (error.line, error.reason)
}

fn csv_fault(text: &str) -> (usize, Reason) {
    let error = scottish_csv(text).unwrap_err();
    (error.line, error.reason)
}

#[test]
fn a_blt_file_is_read_with_comments_marks_gaps_and_withdrawn_candidates() {
    let election = blt(BLT).unwrap();
    let names: Vec<&str> = election
        .candidates()
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["Adam \"Addy\" Lee", "Basil", "Charlotte", "Donald # 4"]
    );
    assert_eq!(election.title(), Some("Title"));
    assert_eq!(
        (election.seats(), election.valid(), election.blank()),
        (2, 11, 1)
    );
    assert_eq!(election.skipped(), 2);
    let ballots: Vec<(u64, &[u16])> = election.ballots().iter().collect();
    let want: [(u64, &[u16]); 4] = [(4, &[0, 2]), (3, &[0, 2, 3]), (2, &[2, 0]), (2, &[3, 0, 2])];
    assert_eq!(ballots, want);
}

#[test]
fn a_blt_file_on_one_line_is_the_same_election() {
    let one_line = "2 1 3 1 2 0 1 2 0 0 \"A\" \"B\" \"T\"";
    assert_eq!(
        blt(one_line),
        blt("2 1\n1 2 0\n3 1 2 0\n0\n\"A\"\n\"B\"\n\"T\"\n")
    );
}

#[test]
fn a_scottish_csv_is_read_with_identical_ballots_grouped() {
    let election = scottish_csv(CSV).unwrap();
    let shown: Vec<(&str, Option<&str>)> = election
        .candidates()
        .iter()
        .map(|one| (one.name.as_str(), one.party.as_deref()))
        .collect();
    let want = [
        ("A", None),
        ("B \"Bee\" C", Some("Party (P)")),
        ("C, jr", Some("Ind")),
    ];
    assert_eq!(shown, want);
    assert_eq!(election.title(), Some("Ward 3"));
    let ballots: Vec<(u64, &[u16])> = election.ballots().iter().collect();
    let want: [(u64, &[u16]); 2] = [(36, &[0]), (7, &[2, 0, 1])];
    assert_eq!(ballots, want);
    assert_eq!(
        scottish_csv(&CSV.replace('\n', "\r\n")),
        Ok(election.clone())
    );
    let bare = CSV
        .replace("\"Candidate 2\"", "Candidate 2")
        .replace("\"Ward 3\"", "Ward 3");
    assert_eq!(scottish_csv(&bare), Ok(election));
}

#[test]
fn a_malformed_blt_file_is_refused_with_its_line_and_the_reason() {
    let end = "0\n\"A\"\n\"B\"\n\"T\"\n";
    for (text, line, reason) in [
        ("", 1, Reason::Empty),
        ("# only a comment\n", 1, Reason::Empty),
        ("two 1\n", 1, Reason::BadHeader),
        ("2\n", 1, Reason::BadHeader),
        ("0 1\n", 1, Reason::NoCandidates),
        ("2 0\n", 1, Reason::NoSeats),
        ("2 3\n", 1, Reason::MoreSeatsThanCandidates),
        ("5000 3\n", 1, Reason::TooManyCandidates),
        (&format!("2 1\n-3\n{end}"), 2, Reason::WithdrawnUnknown),
        (&format!("2 1\n1 1 0\n-1\n{end}"), 3, Reason::BadCount),
        (&format!("2 1\n1.5 1 0\n{end}"), 2, Reason::BadCount),
        (&format!("2 1\n00 1 0\n{end}"), 2, Reason::BadCount),
        (&format!("2 1\n1 3 0\n{end}"), 2, Reason::BadPreference),
        (&format!("2 1\n# a\n1 x 0\n{end}"), 3, Reason::BadPreference),
        (&format!("2 1\n1 1 2 1 0\n{end}"), 2, Reason::RankedTwice),
        (&format!("2 1\n1 1=2 0\n{end}"), 2, Reason::EqualRanking),
        (
            &format!("2 1\n1 2 0\n1 1 2\n1 2 0\n{end}"),
            3,
            Reason::BallotNotClosed,
        ),
        (
            &format!("2 1\n4294967296 1 0\n{end}"),
            2,
            Reason::TooManyBallots,
        ),
        ("2 1\n1 1 0\n\"A\"\n", 3, Reason::BallotsNotClosed),
        ("2 1\n1 1 0\n", 3, Reason::BallotsNotClosed),
        ("2 1\n1 1 0\n0\n\"A\"\n", 5, Reason::MissingName),
        ("2 1\n1 1 0\n0\n\"A\n\"B\"\n\"T\"\n", 4, Reason::BadName),
        ("2 1\n1 1 0\n0\n\"A\"\n\"\"\n\"T\"\n", 5, Reason::BadName),
        (
            &format!("2 1\n1 1 0\n{end}1 2 0\n"),
            7,
            Reason::TrailingText,
        ),
    ] {
        assert_eq!(blt_fault(text), (line, reason), "{text:?}");
    }
}

#[test]
fn a_malformed_scottish_csv_is_refused_with_its_line_and_the_reason() {
    let end = "\"Candidate 1\",\"A\",\"P\",\n\"Candidate 2\",\"B\",\"P\",\n\"Ward\",\n";
    for (text, line, reason) in [
        ("\n\n", 1, Reason::Empty),
        ("2;1\n", 1, Reason::BadHeader),
        ("2,1,1,\n", 1, Reason::BadHeader),
        ("2,3,\n", 1, Reason::MoreSeatsThanCandidates),
        (&format!("2,1,\nx,1,\n{end}"), 2, Reason::BadCount),
        (&format!("2,1,\n0,1,\n{end}"), 2, Reason::BadCount),
        (
            &format!("2,1,\n3,1,\n3,3,\n{end}"),
            3,
            Reason::BadPreference,
        ),
        (&format!("2,1,\n3,1,,2,\n{end}"), 2, Reason::BadPreference),
        (&format!("2,1,\n3,1,1,\n{end}"), 2, Reason::RankedTwice),
        (&format!("2,1,\n3,1=2,\n{end}"), 2, Reason::EqualRanking),
        (
            "2,1,\n3,1,\n\"Candidate 1\",\"A\",\"P\",\n",
            3,
            Reason::MissingName,
        ),
        (
            "2,1,\n3,1,\n\"Candidate 3\",\"A\",\"P\",\n",
            3,
            Reason::BadName,
        ),
        (
            "2,1,\n3,1,\n\"Candidate 1\",\"A,\"P\",\n",
            3,
            Reason::BadName,
        ),
        (
            &format!("2,1,\n3,1,\n\"Candidate 1\",\"A\",\"P\",\n{end}"),
            4,
            Reason::BadName,
        ),
        (&format!("2,1,\n3,1,\n{end}3,2,\n"), 6, Reason::TrailingText),
    ] {
        assert_eq!(csv_fault(text), (line, reason), "{text:?}");
    }
}

#[test]
fn bytes_that_are_not_text_are_refused_with_their_line() {
    let error = by_name("a.blt", b"2 1\n1 1 0\n0\n\"\xff\"\n").unwrap_err();
    assert_eq!(
        error,
        ReadError {
            line: 4,
            reason: Reason::NotText
        }
    );
    let error = by_name("a.txt", b"").unwrap_err();
    assert_eq!(error.reason, Reason::UnknownKind);
}

/// A file with some of its bytes changed, doubled or dropped.
fn damaged(whole: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let edits = prop::collection::vec((0..whole.len(), any::<u8>(), 0..3_u8), 0..6);
    edits.prop_map(move |edits| {
        let mut bytes = whole.as_bytes().to_vec();
        for (place, byte, kind) in edits {
            let place = place % bytes.len();
            match kind {
                0 => bytes[place] = byte,
                1 => bytes.insert(place, byte),
                _ => drop(bytes.remove(place)),
            }
        }
        bytes
    })
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused_without_panic(bytes: Vec<u8>) {
        let _ = by_name("x.blt", &bytes);
        let _ = by_name("x.csv", &bytes);
    }

    #[test]
    fn any_words_of_the_format_are_read_or_refused(text in "([0-9\\-#\"\\\\(=,. \nA]|Candidate )*") {
        let _ = blt(&text);
        let _ = scottish_csv(&text);
    }

    #[test]
    fn a_damaged_blt_file_is_read_or_refused_within_its_lines(bytes in damaged(BLT)) {
        let lines = bytes.iter().filter(|byte| **byte == b'\n').count() + 1;
        if let Err(error) = by_name("x.blt", &bytes) {
            prop_assert!((1..=lines).contains(&error.line));
        }
    }

    #[test]
    fn a_damaged_csv_file_is_read_or_refused_within_its_lines(bytes in damaged(CSV)) {
        let lines = bytes.iter().filter(|byte| **byte == b'\n').count() + 1;
        if let Err(error) = by_name("x.csv", &bytes) {
            prop_assert!((1..=lines).contains(&error.line));
        }
    }
}
