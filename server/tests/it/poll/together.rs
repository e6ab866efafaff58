//! Voting in a poll and what others do at the same moment: in two processes, asked inside the write.

use std::net::Ipv4Addr;

use domain::code::Code;
use domain::poll::list::commitment;
use domain::poll::policy::CastRefused;
use domain::poll::{BallotList, Choice, Choices, Electorate, Poll};
use futures::future::{join, join_all};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use server::client::ClientAddress;
use server::error::{Denied, Refused};
use server::granted::Caller;
use server::poll::commands::{
    CastBallot, CastBallotRefused, IssuePaper, IssueRefused, Proof, PublishBallots, RequestLink,
    RequestRefused, cast_ballot, issue_paper, publish_ballots, request_link,
};
use server::poll::queries;

use super::arrange::{Polled, approval, caller, open, ranked};
use crate::consultation::OFFICER;
use crate::support::{TestApp, on_both};

fn ballot(polled: &Polled, poll: &Poll, code: &str, option: i32) -> CastBallot {
    let mark = Choice { option, value: 1 };
    CastBallot {
        poll: polled.address(),
        code: Code::typed(code),
        choices: poll.choices(&[mark]).expect("a ballot"),
        from: ClientAddress::new(Ipv4Addr::LOCALHOST.into()),
    }
}

fn paper(polled: &Polled, letter: usize, code: &str) -> IssuePaper {
    IssuePaper {
        poll: polled.address(),
        proof: Proof::Letter(polled.letters[letter].clone()),
        code: Code::typed(code),
    }
}

async fn closing(app: &TestApp, polled: &Polled) -> (Timestamp, Timestamp) {
    let closes = polled
        .found(app)
        .await
        .0
        .milestones
        .closes
        .expect("a closing time");
    let before = closes.saturating_sub(SignedDuration::from_millis(1));
    (before.expect("a moment"), closes)
}

async fn papers(app: &TestApp) -> u64 {
    let all = entity::poll_ballot::Entity::find();
    all.count(app.app.db.read()).await.expect("counts")
}

async fn electors_with_paper(app: &TestApp) -> u64 {
    entity::poll_elector::Entity::find()
        .filter(entity::poll_elector::Column::IssuedOn.is_not_null())
        .count(app.app.db.read())
        .await
        .expect("counts")
}

on_both! {
    async fn the_close_is_asked_inside_the_write_of_every_use_case_of_voters(app: &TestApp) {
        let polled = open(app, ranked(), Electorate::Register).await;
        let (before, closes) = closing(app, &polled).await;
        let (_, poll) = polled.found(app).await;
        let (code, other) = ("1111-1111-1111-1111", "2222-2222-2222-2222");

        let late = issue_paper(&app.app, &Caller::anyone(closes), paper(&polled, 0, code)).await;
        assert!(
            matches!(late, Err(Refused::Because(IssueRefused::NotNow(CastRefused::Closed)))),
            "{late:?}"
        );
        let early = Caller::anyone(Timestamp::UNIX_EPOCH);
        let early = issue_paper(&app.app, &early, paper(&polled, 0, code)).await;
        assert!(
            matches!(early, Err(Refused::Because(IssueRefused::NotNow(CastRefused::NotYetOpen)))),
            "{early:?}"
        );
        assert_eq!((papers(app).await, electors_with_paper(app).await), (0, 0));
        issue_paper(&app.app, &Caller::anyone(before), paper(&polled, 0, code)).await.expect("issued");

        cast_ballot(&app.app, &Caller::anyone(before), ballot(&polled, &poll, code, 1)).await.expect("cast");
        let late = cast_ballot(&app.app, &Caller::anyone(closes), ballot(&polled, &poll, code, 2)).await;
        assert!(
            matches!(late, Err(Refused::Because(CastBallotRefused::NotNow(CastRefused::Closed)))),
            "{late:?}"
        );
        let without = cast_ballot(&app.app, &Caller::anyone(before), ballot(&polled, &poll, other, 2)).await;
        assert!(matches!(without, Err(Refused::Because(CastBallotRefused::NoPaper))), "{without:?}");
        let cast = queries::ballot(app.app.db.read(), &poll, &Code::typed(code)).await.expect("reads");
        assert_eq!(cast.expect("a paper").choices.expect("cast").text(), "1:1", "as it was before the close");

        let link = RequestLink {
            poll: polled.address(),
            email: domain::account::Email::parse("jo@example.org").expect("an address"),
            postcode: None,
        };
        let wrong = request_link(&app.app, &Caller::anyone(before), link.clone()).await;
        assert!(matches!(wrong, Err(Refused::Denied(Denied::Malformed))), "letters alone: {wrong:?}");
        let late = request_link(&app.app, &Caller::anyone(closes), link).await;
        assert!(
            matches!(late, Err(Refused::Because(RequestRefused::NotNow(CastRefused::Closed)))),
            "{late:?}"
        );
        assert_eq!(papers(app).await, 1);
    }

    async fn a_ballot_is_within_the_rules_of_its_own_poll_whatever_the_command_says(app: &TestApp) {
        let polled = open(app, ranked(), Electorate::Open).await;
        let (before, _) = closing(app, &polled).await;
        let (_, poll) = polled.found(app).await;
        let of_another = Poll { method: approval(), ..poll.clone() };
        let marks = [Choice { option: 1, value: 1 }, Choice { option: 2, value: 1 }];
        let choices: Choices = of_another.choices(&marks).expect("fine there");
        let command = CastBallot { choices, ..ballot(&polled, &poll, "AAAA", 1) };
        let refused = cast_ballot(&app.app, &Caller::anyone(before), command).await;
        assert!(matches!(refused, Err(Refused::Because(CastBallotRefused::Ballot(_)))), "{refused:?}");
        assert_eq!(papers(app).await, 0);
    }

    async fn a_ballot_cast_while_the_list_is_published_is_in_it_or_is_refused(app: &TestApp) {
        let polled = open(app, approval(), Electorate::Open).await;
        let (before, closes) = closing(app, &polled).await;
        let (_, poll) = polled.found(app).await;
        let other = app.another().await;
        let officer = Caller { now: closes, ..caller(app, OFFICER).await };
        let late = Caller::anyone(before);
        let code = |n: usize| format!("0000-0000-0000-{n:04}");
        let casting = join_all((0..60).map(|n| {
            let (app, late) = (&other, &late);
            let command = ballot(&polled, &poll, &code(n), 1 + (n % 3) as i32);
            async move {
                // One after the other, so that some are before and some after.
                tokio::time::sleep(std::time::Duration::from_millis(n as u64)).await;
                cast_ballot(app, late, command).await
            }
        }));
        let publishing = async {
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
            publish_ballots(&app.app, &officer, PublishBallots { poll: polled.address() }).await
        };
        let (cast, published) = join(casting, publishing).await;
        published.expect("published");
        let list = queries::published(app.app.db.read(), poll.id).await.expect("reads").expect("a list");
        let list: BallotList = serde_json::from_str(&list.list).expect("a list");
        let mut taken = 0;
        for (n, outcome) in cast.into_iter().enumerate() {
            let listed = list.find(&Code::typed(&code(n)));
            match outcome {
                Ok(()) => {
                    taken += 1;
                    let (_, listed) = listed.expect("what was acknowledged is counted");
                    assert_eq!(listed.choices, format!("{}:1", 1 + n % 3));
                }
                Err(Refused::Because(CastBallotRefused::NotNow(CastRefused::Closed))) => {
                    assert!(listed.is_none(), "what was refused is not counted");
                }
                Err(otherwise) => panic!("{otherwise:?}"),
            }
        }
        assert_eq!(list.ballots.len(), taken);
        assert_eq!(papers(app).await, taken as u64, "nothing changed after the list");
        let own = ballot(&polled, &poll, &code(0), 1);
        let address = app::paths::poll(&polled.slug, 1);
        assert_eq!(commitment(&address, &own.code, &own.choices).len(), 64);
        other.db.close().await;
    }

    async fn two_clicks_on_one_form_give_one_paper_and_two_forms_of_one_letter_give_one(app: &TestApp) {
        let polled = open(app, ranked(), Electorate::Register).await;
        let (before, _) = closing(app, &polled).await;
        let voter = Caller::anyone(before);
        let other = app.another().await;
        let same = "3333-3333-3333-3333";
        let clicks = join_all((0..10).map(|n| {
            let app = if n % 2 == 0 { &app.app } else { &other };
            issue_paper(app, &voter, paper(&polled, 0, same))
        }));
        for issued in clicks.await {
            issued.expect("the same paper");
        }
        assert_eq!((papers(app).await, electors_with_paper(app).await), (1, 1));
        let forms = join_all((0..10).map(|n| {
            let app = if n % 2 == 0 { &app.app } else { &other };
            issue_paper(app, &voter, paper(&polled, 1, &format!("4444-4444-4444-444{n}")))
        }));
        let mut issued = 0;
        for outcome in forms.await {
            match outcome {
                Ok(()) => issued += 1,
                Err(Refused::Because(IssueRefused::Used)) => {}
                Err(otherwise) => panic!("{otherwise:?}"),
            }
        }
        assert_eq!(issued, 1);
        assert_eq!((papers(app).await, electors_with_paper(app).await), (2, 2));
        // A form that gave somebody their paper gives nobody else one.
        let stale = issue_paper(&app.app, &voter, paper(&polled, 2, same)).await;
        assert!(matches!(stale, Err(Refused::Because(IssueRefused::StaleForm))), "{stale:?}");
        assert_eq!((papers(app).await, electors_with_paper(app).await), (2, 2));
        other.db.close().await;
    }

    async fn an_address_that_asks_many_times_at_one_moment_is_one_elector(app: &TestApp) {
        let polled = open(app, approval(), Electorate::Email).await;
        let (before, _) = closing(app, &polled).await;
        let other = app.another().await;
        let waiting = app.letters().await.len();
        let asked = join_all((0..6).map(|n| {
            let app = if n % 2 == 0 { &app.app } else { &other };
            let command = RequestLink {
                poll: polled.address(),
                email: domain::account::Email::parse("jo@example.org").expect("an address"),
                postcode: None,
            };
            let voter = Caller::anyone(before);
            async move { request_link(app, &voter, command).await }
        }));
        for sent in asked.await {
            sent.expect("sent");
        }
        let electors = entity::poll_elector::Entity::find().count(app.app.db.read()).await;
        assert_eq!(electors.expect("counts"), 1);
        let letters = app.letters().await;
        assert_eq!(letters.len(), waiting + 6);
        let links: std::collections::BTreeSet<String> =
            letters[waiting..].iter().map(crate::support::link).collect();
        assert_eq!(links.len(), 1, "each letter has the same link");
        other.db.close().await;
    }
}
