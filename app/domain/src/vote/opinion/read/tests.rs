//! What is read, and what is refused with its line.

use super::*;
use crate::vote::opinion::matrix::Moderation;

const VOTES: &str = "participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,7,3\n\
    1,,0,0,2,1,1,1,-1\n\
    \n\
    2,,,0,1,0,0,,0\r\n";
const COMMENTS: &str = "timestamp,comment-id,moderated,comment-body\n\
    1,3,1,\"Two\nlines, \"\"quoted\"\"\"\n\
    1,7,-1,Plain\n\
    1,9,0,Without votes\n";

fn refused(votes: &str, comments: Option<&str>) -> (Source, usize, Reason) {
    let error = open_data(votes, comments).unwrap_err();
    (error.source_file, error.line, error.reason)
}

#[test]
fn a_conversation_is_read_with_its_moderation_and_its_groups() {
    let read = open_data(VOTES, Some(COMMENTS)).unwrap();
    assert_eq!(read.matrix.people(), [1, 2]);
    assert_eq!(read.matrix.statements(), [3, 7]);
    assert_eq!(read.matrix.votes(), 3);
    assert_eq!(read.matrix.hidden(false), [false, true]);
    assert_eq!(
        read.texts.get(&3).map(String::as_str),
        Some("Two\nlines, \"quoted\"")
    );
    assert_eq!(read.published, BTreeMap::from([(1, 0)]));
    let votes: Vec<_> = read.matrix.votes_of(0).collect();
    assert_eq!(votes, [(0, -1), (1, 1)]);
}

#[test]
fn a_wrong_cell_is_refused_with_its_line() {
    let wrong = VOTES.replace(",,0\r", ",,2\r");
    assert_eq!(refused(&wrong, None), (Source::Votes, 4, Reason::NotAVote));
    let ragged = VOTES.replace(",,0\r", ",\r");
    let reason = Reason::Table(TableFault::Cells { have: 8, need: 9 });
    assert_eq!(refused(&ragged, None), (Source::Votes, 4, reason));
    let long = VOTES.replace(",,0\r", ",,0,,1\r");
    let reason = Reason::Table(TableFault::Cells { have: 11, need: 9 });
    assert_eq!(refused(&long, None), (Source::Votes, 4, reason));
    let twice = VOTES.replace("\n2,,,", "\n1,,,");
    assert_eq!(
        refused(&twice, None),
        (
            Source::Votes,
            4,
            Reason::ParticipantTwice {
                person: 1,
                first: 2
            }
        )
    );
}

#[test]
fn a_wrong_heading_is_refused() {
    assert_eq!(
        refused("", None),
        (Source::Votes, 1, Reason::Table(TableFault::Empty))
    );
    assert_eq!(
        refused("a,b\n", None),
        (
            Source::Votes,
            1,
            Reason::Table(TableFault::NoColumn("participant"))
        )
    );
    assert_eq!(
        refused("participant,xid\n", None),
        (Source::Votes, 1, Reason::NoStatements)
    );
    assert_eq!(
        refused("participant,4,4\n", None),
        (
            Source::Votes,
            1,
            Reason::StatementTwice {
                statement: 4,
                first: 1
            }
        )
    );
}

#[test]
fn a_wrong_comment_is_refused_with_the_line_it_begins_on() {
    let wrong = COMMENTS.replace("7,-1", "7,maybe");
    assert_eq!(
        refused(VOTES, Some(&wrong)),
        (Source::Comments, 4, Reason::NotAModeration)
    );
    let open = COMMENTS.replace("Plain", "\"Plain");
    assert_eq!(
        refused(VOTES, Some(&open)),
        (Source::Comments, 4, Reason::Table(TableFault::OpenMark))
    );
    let twice = COMMENTS.replace("1,9,0,", "1,3,0,");
    let reason = Reason::StatementTwice {
        statement: 3,
        first: 2,
    };
    assert_eq!(refused(VOTES, Some(&twice)), (Source::Comments, 5, reason));
    let late = COMMENTS.replace("1,9,0,", "9999999999999999,9,0,");
    let reason = Reason::NotAMoment;
    assert_eq!(refused(VOTES, Some(&late)), (Source::Comments, 5, reason));
    let not_last = "comment-id,comment-body,moderated\n3,Trees, and shade,1\n";
    let reason = Reason::Table(TableFault::Cells { have: 4, need: 3 });
    assert_eq!(
        refused(VOTES, Some(not_last)),
        (Source::Comments, 2, reason)
    );
}

#[test]
fn an_export_without_quotation_marks_keeps_its_commas_and_its_seconds() {
    let bare = "timestamp,comment-id,author-id,moderated,is-meta,comment-body\r\n\
        1600000000,3,0,,TRUE,Trees, \"old\" benches, and shade\r\n\
        1600000000123,7,4,1,,\"More, please\",,\r\n,,,,,\r\n";
    for text in [
        bare.to_owned(),
        format!("\u{feff}{bare}"),
        bare.replace("\r\n", "\r"),
    ] {
        let read = open_data(VOTES, Some(&text)).unwrap();
        let first = &read.comments[&3];
        assert_eq!(first.text, "Trees, \"old\" benches, and shade");
        assert_eq!(first.at, Some(1_600_000_000_000));
        assert!(first.about.meta && first.by_owner);
        assert_eq!(first.about.moderation, Moderation::Unmoderated);
        let second = &read.comments[&7];
        assert_eq!(second.text, "More, please");
        assert_eq!(second.at, Some(1_600_000_000_123));
        assert!(!second.about.meta && !second.by_owner);
        assert_eq!(read.matrix.hidden(false), [true, false]);
    }
    let read = open_data(VOTES, Some(COMMENTS)).unwrap();
    assert_eq!(read.comments[&3].at, None, "no conversation is of 1970");
}

#[test]
fn a_statement_that_the_comments_lack_counts_as_taken_out() {
    let read = open_data(VOTES, Some("comment-id,moderated,comment-body\n3,1,A\n")).unwrap();
    assert_eq!(read.matrix.hidden(false), [false, true]);
    let read = open_data(VOTES, None).unwrap();
    assert_eq!(read.matrix.hidden(false), [false, false]);
}

#[test]
fn a_summary_is_read_with_its_commas_and_refused_with_its_line() {
    let read = summary("\u{feff}topic,Trees, and shade\r\nsmallest-group, 5 ,\r\n").unwrap();
    let want = Summary {
        topic: "Trees, and shade".to_owned(),
        description: String::new(),
        smallest_group: Some(5),
    };
    assert_eq!(read, want);
    assert_eq!(summary(""), Ok(Summary::default()));
    for (text, reason) in [
        (
            "topic,A\nconversation-description,\"B\n",
            Reason::Table(TableFault::OpenMark),
        ),
        (
            "topic,A\nsmallest-group,few\n",
            Reason::NotANumber("smallest-group"),
        ),
    ] {
        let wanted = ReadError::new(Source::Summary, 2, reason);
        assert_eq!(summary(text), Err(wanted));
    }
}

#[test]
fn both_spellings_of_the_server_are_read_and_the_latest_vote_counts() {
    let votes = r#"[{"pid":4,"tid":1,"vote":1,"modified":"20"},
        {"participant_id":4,"statement_id":1,"vote":-1,"modified":10.0},
        {"pid":5,"tid":1,"vote":0}]"#;
    let comments = r#"[{"tid":1,"txt":"A","mod":0},{"statement_id":2,"txt":"B","moderated":-1}]"#;
    let read = server_json(votes, comments).unwrap();
    assert_eq!(read.matrix.people(), [4, 5]);
    assert_eq!(read.matrix.statements(), [1]);
    assert_eq!(read.matrix.votes_of(0).collect::<Vec<_>>(), [(0, 1)]);
    assert_eq!(read.matrix.hidden(true), [true]);
}

#[test]
fn wrong_json_is_refused_with_its_line() {
    let of = |votes: &str| {
        let error = server_json(votes, "[]").unwrap_err();
        (error.line, error.reason)
    };
    assert_eq!(of("[\n{"), (2, Reason::NotJson));
    assert_eq!(
        of("[{\"pid\":1,\"tid\":1,\"vote\":1},\n{\"pid\":1,\"tid\":1,\"vote\":3}]"),
        (2, Reason::NotAVote)
    );
    assert_eq!(of("[\n{\"pid\":1}]"), (2, Reason::NotTheRecord));
    let comments =
        "\u{feff}[{\"tid\":1,\"mod\":1},\n{\"tid\":2,\"mod\":1},\n{\"tid\":1,\"mod\":-1}]";
    let error = server_json("\u{feff}[]", comments).unwrap_err();
    let reason = Reason::RecordTwice {
        statement: 1,
        first: 1,
        again: 3,
    };
    assert_eq!(error, ReadError::new(Source::Comments, 3, reason));
}
