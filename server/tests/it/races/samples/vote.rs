//! Votes on statements, statements of residents, voters who are set aside.

use domain::ids::{ConsultationId, StatementId};
use domain::retention::VOTE_SOURCE_DAYS;
use domain::vote::statement::Vote;
use domain::vote::stuffing::Flag;
use jiff::SignedDuration;
use server::granted::Caller;
use server::vote::commands::import_polis::Files;
use server::vote::commands::{
    AddStatement, CastVote, ForgetSources, ImportPolis, LetVotersBack, LookForStuffing,
    SetVotersAside, ShuffleVotes, all_voted, shuffle_votes,
};

use super::{Sample, Who, example};
use crate::races::world::{NOWHERE, OPEN};

/// When it is time to forget where the votes came from.
fn long_after(scene: &super::Scene) -> Caller {
    let days = SignedDuration::from_hours(24 * (VOTE_SOURCE_DAYS + 1));
    Caller::anyone(scene.app.clock.now() + days)
}

pub const ALL: [Sample; 8] = [
    example!(vote, OPEN, add_statement, |s| s.anyone(), AddStatement {
        on: s.on.clone(),
        token: format!("{:?}", s.who),
        text: s.words("Trees should stay"),
        key: s.key(),
    }),
    example!(vote, OPEN, cast_vote, |s| s.anyone(), CastVote {
        on: s.on.clone(),
        // Two clicks of one voter.
        token: "one voter".to_owned(),
        statement: StatementId(s.facts.open_statement),
        vote: match s.who {
            Who::First => Vote::Agree,
            Who::Second => Vote::Disagree,
        },
        from: None,
    }),
    example!(vote, OPEN, forget_sources, |s| long_after(s), ForgetSources),
    example!(vote, NOWHERE, import_polis, |s| s.anyone(), ImportPolis {
        files: Files {
            name: "a conversation of a test".to_owned(),
            summary: String::new(),
            comments: "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n\
                       1600000000000,Sun,0,0,1,1,1,Trees should stay\n"
                .to_owned(),
            votes: "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0\n\
                    0,,1,1,1,0,1\n1,,0,1,0,1,-1\n"
                .to_owned(),
        },
        owner: None,
    }),
    example!(vote, OPEN, let_voters_back, |s| s.moderator(), LetVotersBack {
        on: s.on.clone(),
        flag: Flag::Unread,
    }),
    example!(vote, OPEN, look_for_stuffing, |s| s.anyone(), LookForStuffing {
        on: ConsultationId(s.facts.open),
    }),
    example!(vote, OPEN, set_voters_aside, |s| s.moderator(), SetVotersAside {
        on: s.on.clone(),
        flag: Flag::Unread,
    }),
    Sample {
        slice: "vote",
        name: "shuffle_votes",
        home: OPEN,
        run: |s| {
            Box::pin(async move {
                all_voted(&s.app).await?;
                shuffle_votes(&s.app, &s.anyone(), ShuffleVotes)
                    .await
                    .map(drop)
                    .map_err(Into::into)
            })
        },
        // The order of rows is what it changes.
        only_answers: true,
    },
];
