use proptest::prelude::*;

use super::*;

const BLT: &str = "\u{feff}4 2 # seats\n-2\n3 1 3 4 0\n4 1 3 2 0\n(mark) 2 4 1 3 0\n1 2 0\n2 - 3 - 1 0\n\
    0\n\"Adam \\\"Addy\\\" Lee\"\n\"Basil\"\n\"Charlotte\"\n\"Donald # 4\" # last\n\"Title\"\n";

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
        (
            &format!("2 1\n1 1 0\n{end}\"By hand\"\n"),
            7,
            Reason::TooManyNames,
        ),
        (
            "3 1\n1 1 0\n0\n\"A\"\n\"B\"\n\"T\"\n",
            7,
            Reason::MissingName,
        ),
        ("2 1\n1 1 0\n0\nA\n\"B\"\n\"T\"\n", 5, Reason::BareName),
        ("2 1\n1 1 0\n0\n\"A\"\nB\n\"T\"\n", 5, Reason::BareName),
        ("2 1\n1 1 0\n0\nA\nB C\n", 5, Reason::BareName),
        ("2 1\r1 1 0\r\r0 3 1 0\r", 4, NUMBER_AT_4),
        ("2 1\n1 1 0\n2 0\n0\n0\n", 5, NUMBER_AT_4),
        ("2 1\n1 1 0\n2 0\n0\n-1\n\"A\"\n", 5, NUMBER_AT_4),
    ] {
        assert_eq!(blt_fault(text), (line, reason), "{text:?}");
    }
}

const NUMBER_AT_4: Reason = Reason::NumberAsName { ended: 4 };

#[test]
fn a_stray_0_among_the_ballots_is_refused_and_a_blank_ballot_is_counted() {
    let stray = "3 1\n4 1 2 0\n0\n2 3 0\n0\n\"Ann\"\n\"Bob\"\n\"Cy\"\n\"Title\"\n";
    let reason = Reason::NumberAsName { ended: 3 };
    assert_eq!(blt_fault(stray), (4, reason));
    let blank = blt(&stray.replace("\n0\n2", "\n5 0\n\n2")).unwrap();
    assert_eq!((blank.valid(), blank.blank()), (6, 5));
}

#[test]
fn a_title_may_be_missing_where_it_can_not_be_taken_for_a_name() {
    let text = "3 1\n1 1 2 0\n2 3 0\n0\n\"Ann\"\n\"Bob\"\n\"Cy\"\n";
    assert_eq!(blt(text).unwrap().title(), None);
    // Nobody ranks a third candidate: two names and a title, under a header that says three.
    let header = text.replace("2 3 0", "2 2 0").replace("Cy", "Ward 1");
    assert_eq!(blt_fault(&header), (8, Reason::MissingName));
    let titled = format!("{header}\"Title\"\n");
    assert_eq!(blt(&titled).unwrap().title(), Some("Title"));
}

#[test]
fn names_without_quotation_marks_are_read_where_all_are_without() {
    let quoted = "2 1\n1 2 0\n0\n\"Ann\"\n\"Bob\"\n\"Title\"\n";
    let bare = quoted.replace("\"Ann\"", "Ann").replace("\"Bob\"", "Bob");
    assert_eq!(blt(&bare), blt(quoted));
    assert_eq!(blt(&bare.replace('"', "")), blt(quoted));
    assert_eq!(blt(&quoted.replace("\"Title\"", "Title")), blt(quoted));
    for ends in ["\r\n", "\r"] {
        assert_eq!(blt(&quoted.replace('\n', ends)), blt(quoted));
        let commented = quoted.replace("2 1\n", "# by hand\n2 1 # seats\n");
        assert_eq!(blt(&commented.replace('\n', ends)), blt(quoted));
    }
}

#[test]
fn a_scottish_csv_from_a_spreadsheet_is_read_without_its_padding() {
    let padded = "3,1,,,\n4,1,2,,\n2,3,,,\n,,,,\nCandidate 1,Ann,Lab,,\n\
        Candidate 2,\"Bob, jr\",SNP,,\nCandidate 3,Cy,,,\nWard 1,,,,\n";
    let read = scottish_csv(padded).unwrap();
    assert_eq!((read.valid(), read.title()), (6, Some("Ward 1")));
    assert_eq!(read.candidates()[1].name, "Bob, jr");
    assert_eq!(read.candidates()[2].party, None);
    let plain = padded.replace(",,\n", "\n").replace(",\n", "\n");
    assert_eq!(scottish_csv(&plain), Ok(read.clone()));
    assert_eq!(scottish_csv(&padded.replace('\n', "\r")), Ok(read));
    let open = padded.replace("\"Bob, jr\"", "\"Bob, jr");
    assert_eq!(csv_fault(&open), (6, Reason::OpenMark));
    let late = padded.replace("Ward 1,,,,", "7,,,,");
    assert_eq!(csv_fault(&late), (8, Reason::BadName));
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
            Reason::OpenMark,
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
    let wide: Vec<u8> = "2 1".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let error = by_name("a.blt", &wide).unwrap_err();
    assert_eq!(error.reason, Reason::Utf16);
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
        let lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 1;
        if let Err(error) = by_name("x.blt", &bytes) {
            prop_assert!((1..=lines).contains(&error.line));
        }
    }

    #[test]
    fn a_damaged_csv_file_is_read_or_refused_within_its_lines(bytes in damaged(CSV)) {
        let lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 1;
        if let Err(error) = by_name("x.csv", &bytes) {
            prop_assert!((1..=lines).contains(&error.line));
        }
    }
}
