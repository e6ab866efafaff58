//! Voters: how each gets a paper, casts it, changes it, and finds it in the published list.

use domain::code::Code;
use domain::poll::policy::CastRefused;
use domain::poll::{BallotList, Choices, Electorate};
use sea_orm::{EntityTrait, PaginatorTrait};
use server::error::{Denied, Refused};
use server::granted::Caller;
use server::poll::commands::{self, CastBallot, CastBallotRefused, PublishBallots, cast_ballot};
use server::poll::queries;

use super::arrange::{approval, caller, knapsack, open, ranked, ward};
use crate::consultation::OFFICER;
use crate::support::{TestApp, link, on_both};

async fn papers(app: &TestApp) -> u64 {
    let papers = entity::poll_ballot::Entity::find();
    papers.count(app.app.db.read()).await.expect("counts")
}

on_both! {
    async fn anybody_votes_without_an_account_changes_it_and_is_told_the_code(app: &TestApp) {
        let polled = open(app, ranked(), Electorate::Open).await;
        let voter = app.anyone();
        let page = voter.get(&polled.path("")).await.expect(200);
        assert!(page.main_text().contains("Weak"), "{}", page.main_text());
        let paper = voter.get(&polled.path("/paper")).await.expect(200);
        assert_eq!(paper.header("set-cookie").matches("HttpOnly; SameSite=Lax").count(), 1);
        assert!(paper.header("set-cookie").contains(&format!("Path={};", polled.path(""))));
        // A gap in the ranks is told, and what was chosen stays.
        let wrong = voter
            .submit(&paper, "main form.app-ballot", &[("mark-2", "2")])
            .await
            .expect(422);
        assert_eq!(wrong.value("mark-2"), "2");
        assert!(wrong.errors()[0].contains("1st"), "{:?}", wrong.errors());
        let receipt = polled.vote(&voter, &[("mark-2", "1"), ("mark-3", "2")]).await;
        let code = receipt.texts(".app-code").concat();
        assert_eq!(code.len(), 19, "{code}");
        assert_eq!(papers(app).await, 1);
        let again = voter.get(&polled.path("/paper")).await.expect(200);
        assert_eq!(again.value("mark-2"), "1", "{}", again.main_text());
        let receipt = polled.vote(&voter, &[("mark-1", "1"), ("mark-2", ""), ("mark-3", "")]).await;
        assert_eq!(receipt.texts(".app-code").concat(), code);
        assert_eq!(papers(app).await, 1, "the second took the place of the first");
        // On another device the code opens the same paper.
        let elsewhere = app.anyone();
        let typed = code.to_lowercase().replace('-', " ");
        let form = elsewhere.get(&polled.path("/open")).await.expect(200);
        elsewhere.submit(&form, "main form", &[("code", &typed)]).await.expect(303);
        let paper = elsewhere.get(&polled.path("/paper")).await.expect(200);
        assert_eq!(paper.value("mark-1"), "1");
        // Checking tells that it is cast, and what it says only when asked.
        let check = elsewhere.post(&polled.path("/check"), &[("code", &code)]).await.expect(200);
        assert!(check.main_text().contains("Your ballot is cast"), "{}", check.main_text());
        assert!(!check.main_text().contains("North"), "{}", check.main_text());
        let show = [("held", "yes"), ("show", "yes")];
        let shown = elsewhere.post(&polled.path("/check"), &show).await.expect(200);
        assert!(shown.main_text().contains("North"), "{}", shown.main_text());
        elsewhere.post(&polled.path("/check"), &[("code", "AAAA")]).await.expect(422);
        // Somebody else votes in the same browser.
        voter.post(&polled.path("/forget"), &[]).await.expect(303);
        polled.vote(&voter, &[("mark-3", "1")]).await;
        assert_eq!(papers(app).await, 2);
    }

    async fn a_budget_says_what_is_spent_and_gives_back_every_mark_without_scripts(app: &TestApp) {
        let polled = open(app, knapsack(), Electorate::Open).await;
        let voter = app.anyone();
        let paper = voter.get(&polled.path("/paper")).await.expect(200);
        let said = |page: &crate::support::Page| page.texts(".app-spent__words").concat();
        let nothing = said(&paper);
        assert!(nothing.starts_with("£0 of £") && nothing.ends_with("is left."), "{nothing}");
        assert_eq!(paper.attributes("form.app-ballot button[value='count']", "name"), ["go"]);
        let count = |marks: &[(&str, &str)]| {
            let (_, fields) = paper.form("main form.app-ballot");
            let mut pairs: Vec<(String, String)> = fields;
            pairs.push(("go".to_owned(), "count".to_owned()));
            pairs.extend(marks.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())));
            let (voter, path) = (voter.clone(), polled.path("/paper"));
            async move {
                let pairs: Vec<(&str, &str)> =
                    pairs.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
                voter.post(&path, &pairs).await.expect(200)
            }
        };
        let one = count(&[("mark-1", "1")]).await;
        assert_eq!(one.value("mark-1"), "1");
        assert_ne!(said(&one), nothing);
        assert_eq!(papers(app).await, 0, "nothing is cast");
        // All that is too much is counted, and said, but refused only when it is checked.
        let all = count(&[("mark-1", "1"), ("mark-2", "1"), ("mark-3", "1")]).await;
        assert!(said(&all).contains("too much"), "{}", said(&all));
        assert_eq!(all.value("mark-3"), "1");
        let marks = [("mark-1", "1"), ("mark-2", "1"), ("mark-3", "1")];
        let refused = voter.submit(&paper, "main form.app-ballot", &marks).await.expect(422);
        assert_eq!(said(&refused), said(&all));
    }

    async fn two_hundred_at_once_with_one_code_are_one_ballot_and_none_fails(app: &TestApp) {
        let polled = open(app, approval(), Electorate::Open).await;
        let voter = app.anyone();
        let paper = voter.get(&polled.path("/paper")).await.expect(200);
        let (_, fields) = paper.form("main form.app-ballot");
        let signed = fields.iter().find(|(name, _)| name == "paper").expect("a code").1.clone();
        let sent = (0..200).map(|n| {
            let (voter, path, signed) = (voter.clone(), polled.path("/cast"), signed.clone());
            tokio::spawn(async move {
                let mark = format!("mark-{}", n % 3 + 1);
                voter.post(&path, &[("paper", &signed), (&mark, "1")]).await.status
            })
        });
        for answer in sent.collect::<Vec<_>>() {
            assert_eq!(answer.await.expect("answers"), 303);
        }
        assert_eq!(papers(app).await, 1);
    }

    async fn a_letter_gives_one_paper_however_often_the_form_is_sent(app: &TestApp) {
        let polled = open(app, ranked(), Electorate::Register).await;
        let voter = app.anyone();
        let entry = voter.get(&polled.path("/paper")).await.expect(200);
        let form = format!("form[action='{}']", polled.path("/issue"));
        let letter = polled.letters[0].to_lowercase().replace('-', " ");
        let wrong = voter.submit(&entry, &form, &[("letter", "AAAA-AAAA")]).await.expect(422);
        assert_eq!(wrong.value("letter"), "AAAA-AAAA");
        let first = voter.submit(&entry, &form, &[("letter", &letter)]).await.expect(303);
        let again = voter.submit(&entry, &form, &[("letter", &letter)]).await.expect(303);
        assert_eq!(first.location(), again.location());
        assert_eq!(papers(app).await, 1);
        let paper = voter.get(&first.location().expect("a page")).await.expect(200);
        assert!(paper.main_text().contains("Keep your voting code"));
        // The same letter on another page is refused.
        let stranger = app.anyone();
        polled.open_letter(&stranger, &letter).await.expect(422);
        // The same page with another letter gives nobody else's paper, but a new page.
        let other = polled.letters[1].as_str();
        let stale = voter.submit(&entry, &form, &[("letter", other)]).await.expect(422);
        assert_eq!(stale.value("letter"), other);
        voter.submit(&stale, &form, &[]).await.expect(303);
        assert_eq!(papers(app).await, 2);
        polled.vote(&voter, &[("mark-1", "1")]).await;
        let (_, poll) = polled.found(app).await;
        let turnout = queries::turnout(app.app.db.read(), &poll).await.expect("counts");
        assert_eq!((turnout.electors, turnout.online), (Some(40), 1));
    }

    async fn an_e_mail_address_gives_one_paper_and_nobody_learns_whose_it_is(app: &TestApp) {
        let polled = open(app, approval(), Electorate::Email).await;
        let voter = app.anyone();
        let before = app.letters().await.len();
        let ask = |email: &'static str| {
            let (voter, path) = (voter.clone(), polled.path("/request"));
            async move { voter.post(&path, &[("email", email)]).await }
        };
        ask("nonsense").await.expect(422);
        let first = ask("Jo@Example.org").await.expect(200);
        let letters = app.letters().await;
        assert_eq!(letters.len(), before + 1);
        let to = link(&letters[before]);
        // Looking at the link does nothing.
        voter.get(&to).await.expect(200);
        let page = voter.get(&to).await.expect(200);
        assert_eq!(papers(app).await, 0);
        let form = format!("form[action='{}']", polled.path("/issue"));
        voter.submit(&page, &form, &[]).await.expect(303);
        voter.submit(&page, &form, &[]).await.expect(303);
        assert_eq!(papers(app).await, 1);
        polled.vote(&voter, &[("mark-2", "1")]).await;
        // The same address again: the same answer, a letter of other words, no other paper.
        let again = ask(" jo@example.org ").await.expect(200);
        assert_eq!(first.main_text(), again.main_text());
        let letters = app.letters().await;
        assert!(letters[before + 1].body.contains("given out"), "{}", letters[before + 1].body);
        let stranger = app.anyone();
        let page = stranger.get(&to).await.expect(200);
        stranger.submit(&page, &form, &[]).await.expect(422);
        stranger.get(&to.replace("token=", "token=1")).await.expect(422);
        assert_eq!(papers(app).await, 1);
        let stored = entity::poll_elector::Entity::find().all(app.app.db.read()).await.expect("reads");
        assert_eq!(stored.len(), 1);
        assert!(!format!("{stored:?}").contains("example"), "{stored:?}");
    }

    async fn a_postcode_elsewhere_gives_no_paper(app: &TestApp) {
        app.with_places().await;
        let (postcode, area) = ward(app).await;
        let polled = open(app, approval(), Electorate::Ward { areas: vec![area] }).await;
        let voter = app.anyone();
        let path = polled.path("/request");
        let ask = async |postcode: &str| {
            voter.post(&path, &[("email", "jo@example.org"), ("postcode", postcode)]).await
        };
        let unknown = ask("ZZ1 1ZZ").await.expect(422);
        assert_eq!(unknown.value("email"), "jo@example.org");
        let before = app.letters().await.len();
        ask(&postcode).await.expect(200);
        assert_eq!(app.letters().await.len(), before + 1);
    }

    async fn a_ballot_over_budget_is_never_taken_whatever_is_sent(app: &TestApp) {
        let polled = open(app, knapsack(), Electorate::Open).await;
        let voter = app.anyone();
        let paper = voter.get(&polled.path("/paper")).await.expect(200);
        let (_, fields) = paper.form("main form.app-ballot");
        let signed = fields.iter().find(|(name, _)| name == "paper").expect("a code").1.clone();
        for marks in [
            vec![("mark-1", "1"), ("mark-3", "1")],
            vec![("mark-1", "2")],
            vec![("mark-1", "99999999999999999999")],
        ] {
            let mut sent = vec![("paper", signed.as_str())];
            sent.extend(marks);
            voter.post(&polled.path("/paper"), &sent).await.expect(422);
            let page = voter.post(&polled.path("/cast"), &sent).await.expect(422);
            assert_eq!(page.errors().len(), 1, "{:?}", page.errors());
        }
        assert_eq!(papers(app).await, 0);
        let over = [("paper", signed.as_str()), ("mark-1", "1"), ("mark-3", "1")];
        let page = voter.post(&polled.path("/cast"), &over).await.expect(422);
        assert!(page.errors()[0].contains("£10,000 more"), "{:?}", page.errors());
        let receipt = polled.vote(&voter, &[("mark-1", "1"), ("mark-2", "1")]).await;
        assert!(receipt.main_text().contains("Your ballot is cast"));
    }

    async fn under_a_regime_that_allows_no_vote_there_is_no_poll(app: &TestApp) {
        use domain::edit::CreationKey;
        use domain::poll::{NewPoll, PollRefused};
        use server::poll::commands::{AddPoll, add_poll};
        let officer = app.sign_in(OFFICER).await;
        let slug = crate::consultation::begin(&officer, "An application", "planning-application").await;
        let db = app.app.db.read();
        let on = server::consultation::rows::by_slug(db, &slug).await.expect("reads").expect("one");
        let command = AddPoll {
            on: slug.clone(),
            poll: NewPoll::beginning("Which one?", ranked()),
            key: CreationKey::default(),
        };
        let refused = add_poll(&app.app, &caller(app, OFFICER).await, command).await;
        let why = match refused { Err(Refused::Because(why)) => why, other => panic!("{other:?}") };
        assert_eq!(why, [PollRefused::NotUnderThisRegime]);
        assert!(queries::polls(db, on.id).await.expect("reads").is_empty());
    }

    async fn a_made_up_code_and_a_missing_paper_open_nothing(app: &TestApp) {
        let polled = open(app, ranked(), Electorate::Register).await;
        let voter = app.anyone();
        let forged = [("paper", "AAAA-AAAA-AAAA-AAAA.00"), ("mark-1", "1")];
        voter.post(&polled.path("/cast"), &forged).await.expect(422);
        voter.post(&polled.path("/cast"), &[]).await.expect(400);
        voter.post(&polled.path("/issue"), &[("letter", &polled.letters[0])]).await.expect(400);
        assert_eq!(papers(app).await, 0);
    }

    async fn after_the_close_nothing_is_taken_and_the_list_holds_every_ballot(app: &TestApp) {
        let polled = open(app, ranked(), Electorate::Open).await;
        let mut voters = Vec::new();
        for marks in [["1", "2", ""], ["2", "1", ""], ["", "1", "2"], ["", "", ""]] {
            let voter = app.anyone();
            let marks: Vec<(String, &str)> =
                (1..).zip(marks).map(|(n, mark)| (format!("mark-{n}"), mark)).collect();
            let marks: Vec<(&str, &str)> = marks.iter().map(|(n, m)| (n.as_str(), *m)).collect();
            let code = polled.vote(&voter, &marks).await.texts(".app-code").concat();
            voters.push((voter, code));
        }
        let (on, poll) = polled.found(app).await;
        let publish = PublishBallots { poll: polled.address() };
        let officer = caller(app, OFFICER).await;
        let early = commands::publish_ballots(&app.app, &officer, publish.clone()).await;
        assert!(matches!(early, Err(Denied::NotPermitted(_))), "not before the close: {early:?}");
        let paper = voters[0].0.get(&polled.path("/paper")).await.expect(200);
        // While it is open nobody has a list, whoever they are.
        for browser in [app.anyone(), app.sign_in(OFFICER).await] {
            browser.get(&polled.path("/ballots.json")).await.expect(404);
        }
        app.later(24 * 60);
        let late = voters[0].0.submit(&paper, "main form.app-ballot", &[]).await.expect(403);
        assert!(late.main_text().contains("Voting has ended"), "{}", late.main_text());
        let (action, fields) = paper.form("main form.app-ballot");
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        voters[0].0.post(&action.replace("/paper", "/cast"), &fields).await.expect(403);

        let officer = caller(app, OFFICER).await;
        let mut lists = Vec::new();
        for _ in 0..2 {
            let done = commands::publish_ballots(&app.app, &officer, publish.clone()).await;
            done.expect("published");
            lists.push(queries::published(app.app.db.read(), poll.id).await.expect("reads"));
        }
        assert_eq!(lists[0], lists[1]);
        let hash = lists[0].clone().expect("published").list_hash;
        let published = app.anyone().get(&polled.path("/ballots.json")).await.expect(200);
        assert_eq!(published.header("etag"), format!("\"{hash}\""));
        let text = published.text();
        assert_eq!(domain::digest::hash(&text), hash);
        let list: BallotList = serde_json::from_str(&text).expect("a list");
        list.check().expect("whole");
        assert_eq!(list.ballots.len(), 4);
        let entries = entity::audit_entry::Entity::find().all(app.app.db.read()).await.expect("reads");
        assert!(entries.iter().any(|e| e.kind == "publish-ballots" && e.detail.contains(&hash)));
        for (voter, code) in &voters {
            let (line, _) = list.find(&Code::typed(code)).expect("their ballot");
            let check = voter.post(&polled.path("/check"), &[("code", code)]).await.expect(200);
            assert!(check.main_text().contains(&format!("line {line} of 4")), "{}", check.main_text());
        }
        crate::poll::recount::with_the_command(&text, &voters[2].1, "line");
        // Where they came from is not kept any more.
        let rows = entity::poll_ballot::Entity::find().all(app.app.db.read()).await.expect("reads");
        assert_eq!(rows.len(), 4);
        assert!(rows.iter().all(|row| row.source.is_none()));
        // Whoever asked before the close and comes after the publication is too late.
        let before = on.milestones.closes.expect("a closing time");
        let before = before.saturating_sub(jiff::SignedDuration::from_secs(1)).expect("before");
        let command = CastBallot {
            poll: polled.address(),
            code: Code::typed(&voters[0].1),
            choices: Choices::default(),
            from: server::client::ClientAddress::new(std::net::Ipv4Addr::LOCALHOST.into()),
        };
        let refused = cast_ballot(&app.app, &Caller::anyone(before), command).await;
        assert!(
            matches!(refused, Err(Refused::Because(CastBallotRefused::NotNow(CastRefused::Closed)))),
            "{refused:?}"
        );
    }
}
