//! Votes on statements, statements of residents, voters who are set aside.

use domain::ids::{ConsultationId, StatementId};
use domain::vote::statement::Vote;
use domain::vote::stuffing::Flag;
use server::vote::commands::{
    AddStatement, CastVote, ForgetSources, LetVotersBack, LookForStuffing, SetVotersAside,
};

use super::{Sample, Who, example};
use crate::races::world::{NOWHERE, OPEN};

pub const ALL: [Sample; 6] = [
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
    example!(vote, NOWHERE, forget_sources, |s| s.anyone(), ForgetSources),
    example!(vote, OPEN, let_voters_back, |s| s.moderator(), LetVotersBack {
        on: s.on.clone(),
        flag: Flag::Flood,
    }),
    example!(vote, OPEN, look_for_stuffing, |s| s.anyone(), LookForStuffing {
        on: ConsultationId(s.facts.open),
    }),
    example!(vote, OPEN, set_voters_aside, |s| s.moderator(), SetVotersAside {
        on: s.on.clone(),
        flag: Flag::Flood,
    }),
];
