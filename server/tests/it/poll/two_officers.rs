//! Two officers at one poll, and officers who click twice.

use domain::edit::{CreationKey, Version};
use domain::poll::{Method, NewElector, NewOption, NewPoll, PollAddress};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use server::poll::commands::{
    self, AddOption, AddPoll, ChangeQuestion, NewLetters, ReplaceRegister,
};
use server::poll::queries;

use super::super::consultation::{DESIGNER, OFFICER, whole_draft};
use super::arrange::caller;
use super::desk::{add, desk, option_ids, options, save};
use crate::support::{Browser, Page, TestApp, on_both};

/// A draft that two teams hold, with an officer of each, and a poll of this kind in it.
struct Pair {
    priya: Browser,
    tom: Browser,
    slug: String,
    path: String,
}

impl Pair {
    async fn at(app: &TestApp, kind: &str) -> Self {
        let priya = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &priya, "Two at one desk").await;
        let areas = format!("/desk/consultations/{slug}/areas");
        let page = priya.get(&areas).await.expect(200);
        let teams = page.attributes("input[name='partners']", "value");
        let names = page.texts("label[for^='partners']");
        let design = names.iter().position(|name| name.contains("Urban Design"));
        let team = &teams[design.expect("the team")];
        let form = format!("form[action='{areas}']");
        let joined = priya.submit(&page, &form, &[("partners", team)]).await;
        joined.expect(303);
        let path = desk(&slug, &add(&priya, &slug, "Which one?", kind).await);
        options(&priya, &path, &[("North", "100"), ("South", "200")]).await;
        Self {
            priya,
            tom: app.sign_in(DESIGNER).await,
            slug,
            path,
        }
    }

    fn part(&self, part: &str) -> String {
        format!("{}/{part}", self.path)
    }

    fn form(&self, part: &str) -> String {
        format!("form[action='{}']", self.part(part))
    }

    async fn open(&self, browser: &Browser, part: &str) -> Page {
        browser.get(&self.part(part)).await.expect(200)
    }

    async fn send(
        &self,
        browser: &Browser,
        page: &Page,
        part: &str,
        fields: &[(&str, &str)],
    ) -> Page {
        browser.submit(page, &self.form(part), fields).await
    }

    fn address(&self) -> PollAddress {
        PollAddress {
            slug: self.slug.clone(),
            number: 1,
        }
    }
}

/// How many entries of the record say this of a draft.
async fn entries(app: &TestApp, slug: &str, detail: &str) -> u64 {
    use entity::audit_entry::Column;
    entity::audit_entry::Entity::find()
        .filter(Column::Subject.eq(slug))
        .filter(Column::Detail.contains(detail))
        .count(app.app.db.read())
        .await
        .expect("counts")
}

fn new(question: &str) -> NewPoll {
    NewPoll::beginning(question, Method::beginning("approval").expect("a kind"))
}

on_both! {
    async fn polls_added_at_one_moment_are_all_there_and_one_form_makes_one(app: &TestApp) {
        let pair = Pair::at(app, "approval").await;
        let (priya, tom) = (caller(app, OFFICER).await, caller(app, DESIGNER).await);
        let add = |question: &str, key: &str| AddPoll {
            on: pair.slug.clone(),
            poll: new(question),
            key: CreationKey::typed(key),
        };
        let made = futures::future::join_all([
            commands::add_poll(&app.app, &priya, add("Hers?", "a")),
            commands::add_poll(&app.app, &tom, add("His?", "b")),
            commands::add_poll(&app.app, &priya, add("Hers?", "a")),
            commands::add_poll(&app.app, &tom, add("His?", "b")),
        ])
        .await;
        let made: Vec<i32> = made.into_iter().map(|one| one.expect("allowed")).collect();
        assert_eq!((made[0], made[1]), (made[2], made[3]), "a second click finds the first");
        let page = pair.priya.get(&desk(&pair.slug, "")).await.expect(200);
        assert_eq!(page.count("main tbody tr"), 3, "{}", page.main_text());
        for question in ["Hers?", "His?"] {
            assert!(page.main_text().contains(question), "{}", page.main_text());
        }
    }

    async fn two_sections_changed_at_one_moment_both_keep_what_was_written(app: &TestApp) {
        let pair = Pair::at(app, "ranked").await;
        let question = pair.open(&pair.priya, "question").await;
        let rule = pair.open(&pair.tom, "rule").await;
        let weight = pair.open(&pair.tom, "weight").await;
        let (asked, ruled, weighed) = tokio::join!(
            pair.send(&pair.priya, &question, "question", &[("question", "Which crossing?")]),
            pair.send(&pair.tom, &rule, "rule", &[("rule", "stv-scotland"), ("seats", "2")]),
            pair.send(&pair.tom, &weight, "weight", &[("binding", "yes")]),
        );
        for page in [asked, ruled, weighed] {
            page.expect(303);
        }
        assert_eq!(pair.open(&pair.tom, "question").await.value("question"), "Which crossing?");
        let rule = pair.open(&pair.priya, "rule").await;
        assert_eq!((rule.value("rule").as_str(), rule.value("seats").as_str()), ("stv-scotland", "2"));
        assert_eq!(pair.open(&pair.priya, "weight").await.value("binding"), "yes");
        let page = pair.open(&pair.priya, "options").await;
        assert_eq!(page.texts(".govuk-summary-list__value strong"), ["North", "South"]);
    }

    async fn whoever_is_second_at_a_section_sees_both_and_replaces_it_knowingly(app: &TestApp) {
        let pair = Pair::at(app, "ranked").await;
        for (part, first, second, field, theirs) in [
            ("question", [("question", "Hers?"), ("help", "Read this")], [("question", "His?"), ("help", "")], "question", "Hers?"),
            ("rule", [("rule", "irv"), ("seats", "1")], [("rule", "stv-scotland"), ("seats", "2")], "seats", "Instant run-off"),
            ("electorate", [("electorate", "email"), ("x", "")], [("electorate", "register"), ("x", "")], "electorate", "Anyone with an email address"),
            ("weight", [("binding", "yes"), ("", "")], [("binding", "no"), ("", "")], "binding", "Binding"),
            ("kind", [("kind", "dot"), ("x", "")], [("kind", "score"), ("x", "")], "kind", "Dots"),
        ] {
            let old = pair.open(&pair.tom, part).await;
            let page = pair.open(&pair.priya, part).await;
            pair.send(&pair.priya, &page, part, &first).await.expect(303);
            let both = pair.send(&pair.tom, &old, part, &second).await.expect(422);
            let text = both.main_text();
            for words in ["Priya Nair changed this at", "Here are both versions", theirs] {
                assert!(text.contains(words), "{part}: {words} in {text}");
            }
            let typed = second.iter().find(|(name, _)| *name == field).expect("a field").1;
            assert_eq!(both.value(field), typed, "{part}: what was typed is kept");
            pair.send(&pair.tom, &both, part, &[]).await.expect(303);
            let page = pair.open(&pair.priya, part).await;
            assert_eq!(page.value(field), typed, "{part}: sent again, it replaces");
        }
    }

    async fn a_second_click_on_a_section_is_answered_as_the_first_and_changes_nothing(app: &TestApp) {
        let pair = Pair::at(app, "budget").await;
        for (part, fields, said) in [
            ("question", [("question", "Which?"), ("help", "Help")], "poll 1: question"),
            ("rule", [("total", "5000"), ("rule", "greedy")], "poll 1: rule"),
            ("electorate", [("electorate", "email"), ("x", "")], "poll 1: electorate"),
            ("weight", [("binding", "yes"), ("", "")], "poll 1: binding"),
            ("kind", [("kind", "approval"), ("x", "")], "poll 1: kind"),
        ] {
            let page = pair.open(&pair.priya, part).await;
            let (one, two) = tokio::join!(
                pair.send(&pair.priya, &page, part, &fields),
                pair.send(&pair.priya, &page, part, &fields),
            );
            assert_eq!(one.expect(303).location(), two.expect(303).location(), "{part}");
            assert_eq!(entries(app, &pair.slug, said).await, 1, "{part}");
        }
        let page = pair.open(&pair.priya, "options").await;
        assert!(!page.main_text().contains("£100"), "costs go with the budget");
    }

    async fn settings_of_a_kind_that_is_no_longer_chosen_are_not_saved(app: &TestApp) {
        let pair = Pair::at(app, "ranked").await;
        let rule = pair.open(&pair.tom, "rule").await;
        let kind = pair.open(&pair.priya, "kind").await;
        pair.send(&pair.priya, &kind, "kind", &[("kind", "score")]).await.expect(303);
        let both = pair.send(&pair.tom, &rule, "rule", &[("rule", "irv"), ("seats", "1")]).await;
        let both = both.expect(422);
        assert!(both.main_text().contains("Priya Nair changed this"), "{}", both.main_text());
        assert_eq!(both.value("seats"), "1");
        assert!(both.has("[name='top']"), "the fields are those of the new kind");
        pair.send(&pair.tom, &both, "rule", &[("top", "7")]).await.expect(303);
        let page = pair.open(&pair.priya, "rule").await;
        assert_eq!((page.value("top").as_str(), page.value("seats").as_str()), ("7", "1"));
        // The kind it has keeps its settings.
        save(&pair.priya, &pair.part("kind"), &[("kind", "score")]).await;
        assert_eq!(pair.open(&pair.priya, "rule").await.value("top"), "7");
    }

    async fn options_added_at_one_moment_are_all_on_the_paper_and_one_form_adds_one(app: &TestApp) {
        let pair = Pair::at(app, "ranked").await;
        let hers = pair.open(&pair.priya, "options").await;
        let his = pair.open(&pair.tom, "options").await;
        let sent = tokio::join!(
            pair.send(&pair.priya, &hers, "options", &[("name", "East")]),
            pair.send(&pair.tom, &his, "options", &[("name", "West")]),
            pair.send(&pair.priya, &hers, "options", &[("name", "East")]),
            pair.send(&pair.tom, &his, "options", &[("name", "West")]),
        );
        for page in [sent.0, sent.1, sent.2, sent.3] {
            page.expect(303);
        }
        let page = pair.open(&pair.priya, "options").await;
        let mut names = page.texts(".govuk-summary-list__value strong");
        names.sort();
        assert_eq!(names, ["East", "North", "South", "West"]);
        assert_eq!(page.texts(".govuk-summary-list__key"), ["1", "2", "3", "4"]);
        // Two different forms with one name: the second is refused, with what was typed.
        let twice = pair.send(&pair.tom, &page, "options", &[("name", "east")]).await.expect(422);
        assert_eq!(twice.value("name"), "east");
    }

    async fn an_option_that_two_change_shows_both_and_one_that_is_gone_can_be_added_again(app: &TestApp) {
        let pair = Pair::at(app, "budget").await;
        let ids = option_ids(&pair.open(&pair.priya, "options").await);
        let change = format!("options?change={}", ids[0]);
        let old = pair.open(&pair.tom, &change).await;
        let page = pair.open(&pair.priya, &change).await;
        for _ in 0..2 {
            let fields = [("name", "Far north"), ("cost", "150")];
            pair.send(&pair.priya, &page, "options", &fields).await.expect(303);
        }
        assert_eq!(entries(app, &pair.slug, "poll 1: change option").await, 1);
        let both = pair.send(&pair.tom, &old, "options", &[("name", "Near north")]).await.expect(422);
        let text = both.main_text();
        assert!(text.contains("Priya Nair changed this") && text.contains("Far north"), "{text}");
        assert!(text.contains("£150"), "{text}");
        assert_eq!((both.value("name").as_str(), both.value("cost").as_str()), ("Near north", "100"));
        pair.send(&pair.tom, &both, "options", &[]).await.expect(303);
        let page = pair.open(&pair.priya, "options").await;
        assert_eq!(page.texts(".govuk-summary-list__value strong"), ["Near north", "South"]);
        assert_eq!(option_ids(&page), ids, "an option keeps its id");

        let old = pair.open(&pair.tom, &change).await;
        let remove = format!("form[action='{}']:has([value='{}'])", pair.part("options/remove"), ids[0]);
        pair.priya.submit(&page, &remove, &[]).await.expect(303);
        let gone = pair.send(&pair.tom, &old, "options", &[("name", "Still here")]).await.expect(422);
        assert!(gone.main_text().contains("has taken this off"), "{}", gone.main_text());
        assert_eq!(gone.value("name"), "Still here");
        pair.send(&pair.tom, &gone, "options", &[]).await.expect(303);
        let page = pair.open(&pair.priya, "options").await;
        assert_eq!(page.texts(".govuk-summary-list__value strong"), ["South", "Still here"]);
    }

    async fn a_poll_that_a_colleague_changed_is_not_removed_unseen(app: &TestApp) {
        let pair = Pair::at(app, "ranked").await;
        // Each kind of part, one after the other: a section, an option changed, one added.
        for (part, fields) in [
            ("question", vec![("question", "Which two?")]),
            ("options?change", vec![("name", "Far north")]),
            ("options", vec![("name", "East")]),
        ] {
            let asked = pair.open(&pair.tom, "remove").await;
            let (open, part) = match part.split_once('?') {
                Some((part, _)) => {
                    let ids = option_ids(&pair.open(&pair.priya, part).await);
                    (format!("{part}?change={}", ids[0]), part)
                }
                None => (part.to_owned(), part),
            };
            let page = pair.open(&pair.priya, &open).await;
            pair.send(&pair.priya, &page, part, &fields).await.expect(303);
            let kept = pair.tom.submit(&asked, "main form", &[]).await.expect(422);
            let why = kept.errors().concat();
            assert!(why.contains("It was not removed"), "{part}: {why}");
            pair.open(&pair.priya, "question").await;
        }
        let asked = pair.open(&pair.tom, "remove").await;
        for _ in 0..2 {
            pair.tom.submit(&asked, "main form", &[]).await.expect(303);
        }
        pair.tom.get(&pair.path).await.expect(404);
    }

    async fn an_option_that_a_colleague_changed_is_not_taken_off_unseen(app: &TestApp) {
        let pair = Pair::at(app, "ranked").await;
        let page = pair.open(&pair.tom, "options").await;
        let ids = option_ids(&page);
        let change = pair.open(&pair.priya, &format!("options?change={}", ids[0])).await;
        pair.send(&pair.priya, &change, "options", &[("name", "Far north")]).await.expect(303);
        let remove = format!("form[action='{}']:has([value='{}'])", pair.part("options/remove"), ids[0]);
        let kept = pair.tom.submit(&page, &remove, &[]).await.expect(422);
        let why = kept.errors().concat();
        assert!(why.contains("Priya Nair changed this") && why.contains("It was not removed"), "{why}");
        assert!(!kept.has(".app-conflict"), "nothing was typed, so nothing is compared");
        assert_eq!(kept.value("name"), "");
        pair.tom.submit(&kept, &remove, &[]).await.expect(303);
        let left = pair.open(&pair.priya, "options").await;
        assert_eq!(left.texts(".govuk-summary-list__value strong"), ["South"]);
    }

    async fn options_moved_and_removed_at_one_moment_stand_one_after_the_other(app: &TestApp) {
        let pair = Pair::at(app, "ranked").await;
        options(&pair.priya, &pair.path, &[("East", ""), ("West", "")]).await;
        let page = pair.open(&pair.priya, "options").await;
        let ids = option_ids(&page);
        let step = |what: &str, id: &str, more: &str| {
            format!("form[action='{}']:has([value='{id}']){more}", pair.part(what))
        };
        let (up, remove) = (
            step("options/move", &ids[3], ":has([value='3'])"),
            step("options/remove", &ids[0], ""),
        );
        let (moved, removed) = tokio::join!(
            pair.priya.submit(&page, &up, &[]),
            pair.tom.submit(&page, &remove, &[]),
        );
        moved.expect(303);
        removed.expect(303);
        let page = pair.open(&pair.priya, "options").await;
        let names = page.texts(".govuk-summary-list__value strong");
        // Moved first, then one less; or one less first, and the place is then the last.
        let orders = [["South", "West", "East"], ["South", "East", "West"]];
        assert!(orders.iter().any(|order| names == order), "{names:?}");
        assert_eq!(page.texts(".govuk-summary-list__key"), ["1", "2", "3"]);
    }

    async fn a_register_that_a_colleague_replaced_is_not_replaced_unseen(app: &TestApp) {
        let pair = Pair::at(app, "ranked").await;
        save(&pair.priya, &pair.part("electorate"), &[("electorate", "register")]).await;
        let old = pair.open(&pair.tom, "register").await;
        let (_, hidden) = pair.open(&pair.priya, "register").await.form(&pair.form("register"));
        let hidden: Vec<(&str, &str)> = hidden.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let file = |rows: &'static [u8]| [("file", "register.csv", "text/csv", rows)];
        let at = pair.part("register");
        let one = file(b"Name,Address\nAda Byron,1 High Street\nBea Cole,2 High Street\n");
        let letters = pair.priya.post_files(&at, &hidden, &one).await.expect(200);
        let codes = letters.texts(".app-letter__code strong");
        assert_eq!(codes.len(), 2);
        // She clicks twice: the same letters, and none of them is void.
        let again = pair.priya.post_files(&at, &hidden, &one).await.expect(200);
        assert_eq!(again.texts(".app-letter__code strong"), codes);
        // He had the page open from before.
        let (_, hidden) = old.form(&pair.form("register"));
        let hidden: Vec<(&str, &str)> = hidden.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let other = file(b"Name,Address\nCem Dal,3 High Street\n");
        let both = pair.tom.post_files(&at, &hidden, &other).await.expect(422);
        let text = both.main_text();
        assert!(text.contains("Priya Nair changed this") && text.contains("2 people"), "{text}");
        let (_, hidden) = both.form(&pair.form("register"));
        let hidden: Vec<(&str, &str)> = hidden.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        pair.tom.post_files(&at, &hidden, &other).await.expect(200);
        let (hers, his) = (
            pair.open(&pair.priya, "register").await,
            pair.open(&pair.tom, "register").await,
        );
        assert!(hers.main_text().contains("On the register 1"), "{}", hers.main_text());
        // New letters void those that a colleague has just made: not unseen either.
        let (part, confirmed) = ("register/letters", [("confirm", "yes")]);
        pair.send(&pair.priya, &hers, part, &confirmed).await.expect(200);
        let both = pair.send(&pair.tom, &his, part, &confirmed).await.expect(422);
        assert!(both.main_text().contains("Priya Nair changed this"), "{}", both.main_text());
    }

    async fn a_thousand_new_letters_each_open_one_paper_and_the_old_ones_none(app: &TestApp) {
        let pair = Pair::at(app, "ranked").await;
        save(&pair.priya, &pair.part("electorate"), &[("electorate", "register")]).await;
        let priya = caller(app, OFFICER).await;
        let electors = (1..=1_203)
            .map(|n| NewElector { name: format!("Elector {n}"), address: format!("{n} High Street") })
            .collect();
        let replace = ReplaceRegister {
            poll: pair.address(),
            seen: Version(0),
            electors,
            key: CreationKey::typed("register"),
        };
        let old = commands::replace_register(&app.app, &priya, replace).await.expect("taken");
        let make = NewLetters {
            poll: pair.address(),
            seen: Version(1),
            key: CreationKey::typed("letters"),
        };
        let new = commands::new_letters(&app.app, &priya, make).await.expect("made");
        assert_eq!((old.len(), new.len()), (1_203, 1_203));
        let db = app.app.db.read();
        let on = server::consultation::rows::by_slug(db, &pair.slug).await.expect("reads").expect("a draft");
        let poll = queries::poll(db, &on, 1).await.expect("reads").expect("a poll");
        let waiting = server::poll::rows::electors::waiting(db, poll.id).await.expect("reads");
        let stored: std::collections::HashMap<String, String> = waiting
            .into_iter()
            .map(|one| (one.name, one.token_hash.expect("a letter")))
            .collect();
        for (letter, before) in new.iter().zip(&old) {
            use server::poll::rows::electors::{LetterState, letter as found};
            assert_ne!(letter.code, before.code);
            assert_eq!(stored.get(&letter.name).map(String::len), Some(64));
            if ["Elector 1", "Elector 500", "Elector 501", "Elector 1203"].contains(&letter.name.as_str()) {
                let new = found(db, poll.id, &letter.code).await.expect("reads");
                assert!(matches!(new, LetterState::Unused(_)), "{}", letter.name);
                let old = found(db, poll.id, &before.code).await.expect("reads");
                assert_eq!(old, LetterState::Unknown, "{}", letter.name);
            }
        }
    }

    async fn a_poll_that_can_not_be_read_is_a_fault_and_not_a_poll_that_is_not_there(app: &TestApp) {
        let pair = Pair::at(app, "ranked").await;
        let broken = "UPDATE poll SET method = '{\"kind\":\"dice\"}'";
        app.app.db.writing().execute_unprepared(broken).await.expect("broken");
        for part in ["", "/question"] {
            pair.priya.get(&format!("{}{part}", pair.path)).await.expect(500);
        }
        pair.priya.get(&desk(&pair.slug, "")).await.expect(500);
    }

    async fn an_option_keeps_to_the_kind_its_poll_has_behind_the_lock(app: &TestApp) {
        let pair = Pair::at(app, "budget").await;
        let priya = caller(app, OFFICER).await;
        let page = pair.open(&pair.tom, "options").await;
        // A cost that nobody typed is refused in a budget, and left out where there is none.
        let refused = pair.send(&pair.tom, &page, "options", &[("name", "East")]).await.expect(422);
        assert_eq!(refused.errors().len(), 1, "{:?}", refused.errors());
        save(&pair.priya, &pair.part("kind"), &[("kind", "dot")]).await;
        let sent = pair.send(&pair.tom, &page, "options", &[("name", "East"), ("cost", "300")]).await;
        sent.expect(303);
        let add = AddOption {
            poll: pair.address(),
            option: NewOption { name: "West".to_owned(), cost: Some(5), ..NewOption::default() },
            picture: None,
            key: CreationKey::default(),
        };
        commands::add_option(&app.app, &priya, add).await.expect("added");
        let text = pair.open(&pair.priya, "options").await.main_text();
        assert!(!text.contains('£'), "{text}");
    }

    async fn words_have_an_end_whoever_asks_and_the_form_says_all_of_it_at_once(app: &TestApp) {
        let pair = Pair::at(app, "approval").await;
        let priya = caller(app, OFFICER).await;
        let add = AddOption {
            poll: pair.address(),
            option: NewOption { name: "n".repeat(121), ..NewOption::default() },
            picture: None,
            key: CreationKey::default(),
        };
        let refused = commands::add_option(&app.app, &priya, add).await.expect_err("too long");
        assert!(format!("{refused:?}").contains("NameTooLong"), "{refused:?}");
        let ask = ChangeQuestion {
            poll: pair.address(),
            seen: Version::default(),
            question: " ".to_owned(),
            help: "h".repeat(5_001),
        };
        let refused = commands::change_question(&app.app, &priya, ask).await.expect_err("too long");
        let refused = format!("{refused:?}");
        assert!(refused.contains("QuestionMissing") && refused.contains("HelpTooLong"), "{refused}");
        let page = pair.open(&pair.tom, "options").await;
        let (name, description) = ("n".repeat(121), "d".repeat(1_001));
        let typed = [("name", name.as_str()), ("description", description.as_str())];
        let again = pair.send(&pair.tom, &page, "options", &typed).await.expect(422);
        let limit = |most: &str| format!("Use {most} characters or fewer");
        assert_eq!(again.errors(), [limit("120"), limit("1000")]);
        assert_eq!(again.value("name"), name);
    }
}
