//! Polls: set up by officers, voted in by residents.

use domain::code::Code;
use domain::edit::Version;
use domain::ids::PollOptionId;
use domain::poll::{Electorate, Method, NewElector, NewOption, NewPoll, PollAddress};
use domain::vote::{ranked, tally};
use server::client::ClientAddress;
use server::poll::commands::{
    AddOption, AddPoll, CastBallot, ChangeElectorate, ChangeKind, ChangeOption, ChangeQuestion,
    ChangeRule, ChangeWeight, IssuePaper, KeyPaperBallot, Keyed, MoveOption, NewLetters, Proof,
    PublishBallots, RemoveOption, RemovePoll, ReplaceRegister, RequestLink, ShuffleRows,
};

use super::{Sample, Scene, Who, example};
use crate::races::world::{DRAFT, POLLED, POLLING, email};

fn poll(scene: &Scene) -> PollAddress {
    PollAddress {
        slug: scene.on.clone(),
        number: 1,
    }
}

fn approval() -> Method {
    Method::Points {
        form: tally::Rule::Approval { most: None },
        seats: 1,
    }
}

fn ranked(seats: u32) -> Method {
    Method::Ranked {
        rule: ranked::Rule::Irv,
        seats,
    }
}

fn option(scene: &Scene) -> NewOption {
    NewOption {
        name: scene.words("West"),
        ..NewOption::default()
    }
}

pub const ALL: [Sample; 19] = [
    example!(
        poll,
        DRAFT,
        add_option,
        |s| s.officer(),
        AddOption {
            poll: poll(s),
            option: option(s),
            picture: None,
            key: s.key(),
        }
    ),
    example!(
        poll,
        DRAFT,
        add_poll,
        |s| s.officer(),
        AddPoll {
            on: s.on.clone(),
            poll: NewPoll {
                question: s.words("Which one?"),
                help: String::new(),
                method: approval(),
                electorate: Electorate::Open,
                sealed: true,
                binding: false,
            },
            key: s.key(),
        }
    ),
    example!(
        poll,
        DRAFT,
        change_electorate,
        |s| s.officer(),
        ChangeElectorate {
            poll: poll(s),
            seen: Version::default(),
            electorate: match s.who {
                Who::First => Electorate::Email,
                Who::Second => Electorate::Register,
            },
        }
    ),
    example!(
        poll,
        DRAFT,
        change_kind,
        |s| s.officer(),
        ChangeKind {
            poll: poll(s),
            seen: Version::default(),
            begins: approval(),
        }
    ),
    example!(
        poll,
        DRAFT,
        change_option,
        |s| s.officer(),
        ChangeOption {
            poll: poll(s),
            option: PollOptionId(s.facts.poll_option),
            seen: Version::default(),
            says: option(s),
            picture: None,
        }
    ),
    example!(
        poll,
        DRAFT,
        change_question,
        |s| s.officer(),
        ChangeQuestion {
            poll: poll(s),
            seen: Version::default(),
            question: s.words("Which way?"),
            help: String::new(),
        }
    ),
    example!(
        poll,
        DRAFT,
        change_rule,
        |s| s.officer(),
        ChangeRule {
            poll: poll(s),
            seen: Version::default(),
            method: match s.who {
                Who::First => ranked(1),
                Who::Second => ranked(2),
            },
        }
    ),
    example!(
        poll,
        DRAFT,
        change_weight,
        |s| s.officer(),
        ChangeWeight {
            poll: poll(s),
            seen: Version::default(),
            binding: s.who == Who::First,
            sealed: true,
        }
    ),
    example!(
        poll,
        POLLING,
        key_paper_ballot,
        |s| s.officer(),
        KeyPaperBallot {
            poll: poll(s),
            first: String::new(),
            second: Keyed {
                key: s.key(),
                code: String::new(),
                choices: domain::poll::Choices::default(),
            },
        }
    ),
    example!(
        poll,
        DRAFT,
        move_option,
        |s| s.officer(),
        MoveOption {
            poll: poll(s),
            option: PollOptionId(s.facts.poll_option),
            to: 1,
        }
    ),
    example!(
        poll,
        DRAFT,
        new_letters,
        |s| s.officer(),
        NewLetters {
            poll: poll(s),
            seen: Version::default(),
            key: s.key(),
        }
    ),
    example!(
        poll,
        POLLED,
        publish_ballots,
        |s| s.officer(),
        PublishBallots { poll: poll(s) }
    ),
    example!(
        poll,
        DRAFT,
        remove_option,
        |s| s.officer(),
        RemoveOption {
            poll: poll(s),
            option: PollOptionId(s.facts.poll_option),
        }
    ),
    example!(
        poll,
        DRAFT,
        remove_poll,
        |s| s.officer(),
        RemovePoll { poll: poll(s) }
    ),
    example!(
        poll,
        DRAFT,
        replace_register,
        |s| s.officer(),
        ReplaceRegister {
            poll: poll(s),
            seen: Version::default(),
            electors: vec![NewElector {
                name: s.words("Ada Byron"),
                address: "1 High Street".to_owned(),
            }],
            key: s.key(),
        }
    ),
    example!(
        poll,
        POLLING,
        cast_ballot,
        |s| s.anyone(),
        CastBallot {
            poll: poll(s),
            code: Code::typed("0123-4567-89AB-CDEF"),
            choices: domain::poll::Choices::default(),
            from: ClientAddress::new(std::net::Ipv4Addr::LOCALHOST.into()),
        }
    ),
    example!(
        poll,
        POLLING,
        issue_paper,
        |s| s.anyone(),
        IssuePaper {
            poll: poll(s),
            proof: Proof::Letter("AAAA-BBBB-CCCC-DDDD".to_owned()),
            code: Code::typed("0123-4567-89AB-CDEF"),
        }
    ),
    example!(
        poll,
        POLLING,
        request_link,
        |s| s.anyone(),
        RequestLink {
            poll: poll(s),
            email: email("jo@example.org"),
            postcode: None,
        }
    ),
    example!(poll, POLLING, shuffle_rows, |s| s.anyone(), ShuffleRows),
];
