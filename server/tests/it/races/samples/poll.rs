//! Polls: set up by officers, voted in by residents.

use domain::code::Code;
use domain::edit::Version;
use domain::ids::PollOptionId;
use domain::poll::{Electorate, Method, NewElector, NewOption, NewPoll, PollAddress};
use domain::vote::{ranked, tally};
use server::client::ClientAddress;
use server::poll::commands::{
    AddOption, AddPoll, CastBallot, ChangeElectorate, ChangeKind, ChangeOption, ChangeQuestion,
    ChangeRule, ChangeWeight, IssuePaper, KeyPaperBallot, KeyedBallot, LookForStuffedBallots,
    MoveOption, NewLetters, Proof, PublishBallots, RemoveOption, RemovePoll, ReplaceRegister,
    RequestLink, ShuffleRows, all_pending, shuffle_rows,
};

use super::{Sample, Scene, Who, example};
use crate::races::world::{CLOSED, DRAFT, OPEN, email};

fn poll(scene: &Scene) -> PollAddress {
    PollAddress {
        slug: scene.on.clone(),
        number: 1,
    }
}

/// The poll of a draft that has a register.
fn registered(scene: &Scene) -> PollAddress {
    PollAddress {
        number: 2,
        ..poll(scene)
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

/// One paper, that two officers key.
fn keyed(scene: &Scene) -> KeyedBallot {
    KeyedBallot {
        key: scene.key(),
        code: scene.facts.ready.letters.1.clone(),
        choices: domain::poll::Choices::default(),
    }
}

fn option(scene: &Scene) -> NewOption {
    NewOption {
        name: scene.words("West"),
        ..NewOption::default()
    }
}

pub const ALL: [Sample; 20] = [
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
        }
    ),
    example!(
        poll,
        OPEN,
        key_paper_ballot,
        |s| s.officer(),
        KeyPaperBallot {
            poll: poll(s),
            first: keyed(s).sealed(&s.app),
            second: keyed(s),
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
            to: match s.who {
                Who::First => 2,
                Who::Second => 3,
            },
        }
    ),
    example!(
        poll,
        DRAFT,
        new_letters,
        |s| s.officer(),
        NewLetters {
            poll: registered(s),
            seen: Version(1),
            key: s.key(),
        }
    ),
    example!(
        poll,
        CLOSED,
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
            seen: Version::default(),
        }
    ),
    example!(
        poll,
        DRAFT,
        remove_poll,
        |s| s.officer(),
        RemovePoll {
            poll: poll(s),
            read: s.facts.draft_poll.clone(),
        }
    ),
    example!(
        poll,
        DRAFT,
        replace_register,
        |s| s.officer(),
        ReplaceRegister {
            poll: registered(s),
            seen: Version(1),
            electors: vec![NewElector {
                name: s.words("Ada Byron"),
                address: "1 High Street".to_owned(),
            }],
            key: s.key(),
        }
    ),
    example!(
        poll,
        OPEN,
        cast_ballot,
        |s| s.anyone(),
        CastBallot {
            poll: poll(s),
            code: s.facts.ready.paper.clone(),
            choices: domain::poll::Choices::default(),
            from: ClientAddress::new(std::net::Ipv4Addr::LOCALHOST.into()),
        }
    ),
    // Where ballots came from is in the memory of the process that took them; this one took none.
    Sample {
        only_answers: true,
        ..example!(
            poll,
            OPEN,
            look_for_stuffed_ballots,
            |s| s.anyone(),
            LookForStuffedBallots { poll: poll(s) }
        )
    },
    example!(
        poll,
        OPEN,
        issue_paper,
        |s| s.anyone(),
        IssuePaper {
            poll: poll(s),
            proof: Proof::Letter(s.facts.ready.letters.0.clone()),
            code: Code::typed("0123-4567-89AB-CDEF"),
        }
    ),
    example!(
        poll,
        OPEN,
        request_link,
        |s| s.anyone(),
        RequestLink {
            poll: PollAddress {
                number: 2,
                ..poll(s)
            },
            email: email("jo@example.org"),
            postcode: None,
        }
    ),
    Sample {
        slice: "poll",
        name: "shuffle_rows",
        home: OPEN,
        run: |s| {
            Box::pin(async move {
                all_pending(&s.app).await?;
                shuffle_rows(&s.app, &s.anyone(), ShuffleRows)
                    .await
                    .map(drop)
                    .map_err(Into::into)
            })
        },
        // The order of rows is what it changes.
        only_answers: true,
    },
];
