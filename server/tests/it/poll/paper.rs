//! The register, its letters, and ballots that come on paper.

use super::super::consultation::{OFFICER, publish, whole_draft};
use super::desk::{add, desk, options, save};
use crate::support::{Browser, Page, TestApp, on_both};

const REGISTER: &[u8] =
    b"Name,Address\nAda Byron,\"1 High Street, Dudley\"\nBea Cole,2 High Street\n";

async fn with_register(app: &TestApp, officer: &Browser, title: &str) -> (String, Vec<String>) {
    let slug = whole_draft(app, officer, title).await;
    let path = desk(&slug, &add(officer, &slug, "Which colour?", "ranked").await);
    options(officer, &path, &[("Red", ""), ("Blue", ""), ("Green", "")]).await;
    save(
        officer,
        &format!("{path}/electorate"),
        &[("electorate", "register")],
    )
    .await;
    let letters = upload(officer, &format!("{path}/register"), REGISTER)
        .await
        .expect(200);
    (slug, letters.texts(".app-letter__code strong"))
}

async fn upload(officer: &Browser, path: &str, file: &[u8]) -> Page {
    officer
        .post_files(path, &[], &[("file", "register.csv", "text/csv", file)])
        .await
}

/// Keys one paper twice, the second time perhaps otherwise.
async fn key(
    officer: &Browser,
    path: &str,
    first: &[(&str, &str)],
    again: &[(&str, &str)],
) -> Page {
    let form = officer.get(path).await.expect(200);
    let second = officer.submit(&form, "main form", first).await.expect(200);
    assert!(
        second.main_text().contains("second time"),
        "{}",
        second.main_text()
    );
    officer.submit(&second, "main form", again).await
}

on_both! {
    async fn each_elector_gets_a_letter_once_and_new_letters_void_the_old(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let (slug, codes) = with_register(app, &officer, "On the register").await;
        assert_eq!(codes.len(), 2);
        assert_ne!(codes[0], codes[1]);
        let path = desk(&slug, "/1/register");
        let page = officer.get(&path).await.expect(200);
        assert!(page.main_text().contains("0 (0%)"), "{}", page.main_text());
        assert!(!page.text().contains(&codes[0]), "a code is shown once");
        let form = format!("form[action='{path}/letters']");
        officer.submit(&page, &form, &[]).await.expect(422);
        let new = officer.submit(&page, &form, &[("confirm", "yes")]).await.expect(200);
        let new = new.texts(".app-letter__code strong");
        assert_eq!(new.len(), 2);
        assert!(!new.contains(&codes[0]));
        // A second click shows the same letters: none of them is void.
        let again = officer.submit(&page, &form, &[("confirm", "yes")]).await.expect(200);
        assert_eq!(again.texts(".app-letter__code strong"), new);
        publish(app, &slug).await;
        app.later(48);
        let officer = app.sign_in(OFFICER).await;
        let paper = desk(&slug, "/1/paper-votes");
        let marks = |code: &str| vec![("code".to_owned(), code.to_owned()), ("mark-1".to_owned(), "1".to_owned())];
        let old = marks(&codes[0]);
        let old: Vec<(&str, &str)> = old.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let refused = key(&officer, &paper, &old, &old).await.expect(422);
        assert!(refused.main_text().contains("No letter for this poll"), "{}", refused.main_text());
    }

    async fn a_paper_ballot_is_keyed_twice_and_its_letter_opens_no_second_one(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let (slug, codes) = with_register(app, &officer, "Keyed twice").await;
        publish(app, &slug).await;
        let paper = desk(&slug, "/1/paper-votes");
        officer.get(&paper).await.expect(403);
        app.later(48);
        let officer = app.sign_in(OFFICER).await;
        let code = codes[0].to_lowercase().replace('-', " ");
        let one = [("code", code.as_str()), ("mark-1", "2"), ("mark-3", "1")];
        let other = [("code", code.as_str()), ("mark-1", "1"), ("mark-3", "2")];
        let differ = key(&officer, &paper, &one, &other).await.expect(422);
        assert!(differ.main_text().contains("differently the second time"), "{}", differ.main_text());
        let gap = officer.get(&paper).await.expect(200);
        let gap = officer.submit(&gap, "main form", &[("code", "x"), ("mark-1", "3")]).await.expect(422);
        assert_eq!(gap.value("mark-1"), "3");
        let done = key(&officer, &paper, &one, &one).await.expect(200);
        assert!(done.main_text().contains("1 ballot has been keyed"), "{}", done.main_text());
        let twice = key(&officer, &paper, &one, &one).await.expect(422);
        assert!(twice.main_text().contains("already been issued"), "{}", twice.main_text());
        let turnout = officer.get(&desk(&slug, "/1")).await.expect(200).main_text();
        assert!(turnout.contains("1 of 2 on the register (50%)"), "{turnout}");
        assert!(turnout.contains("0 online, 1 on paper"), "{turnout}");
        // Somebody has voted: the register stays.
        let kept = upload(&officer, &desk(&slug, "/1/register"), REGISTER).await.expect(422);
        assert!(kept.main_text().contains("can’t be replaced"), "{}", kept.main_text());
    }

    async fn another_paper_keyed_into_a_form_that_was_gone_back_to_is_another_ballot(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let (slug, codes) = with_register(app, &officer, "Gone back").await;
        publish(app, &slug).await;
        app.later(48);
        let officer = app.sign_in(OFFICER).await;
        let paper = desk(&slug, "/1/paper-votes");
        let form = officer.get(&paper).await.expect(200);
        for (code, marks, keyed) in [
            (&codes[0], ("mark-1", "1"), "1 ballot has been keyed"),
            (&codes[1], ("mark-2", "1"), "2 ballots have been keyed"),
        ] {
            let marks = [("code", code.as_str()), marks];
            let again = officer.submit(&form, "main form", &marks).await.expect(200);
            let done = officer.submit(&again, "main form", &marks).await.expect(200);
            assert!(done.main_text().contains(keyed), "{}", done.main_text());
        }
        let turnout = officer.get(&desk(&slug, "/1")).await.expect(200).main_text();
        assert!(turnout.contains("0 online, 2 on paper"), "{turnout}");
    }

    async fn a_ballot_keyed_and_a_poll_published_twice_at_one_moment_is_one(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let (slug, codes) = with_register(app, &officer, "Once each").await;
        publish(app, &slug).await;
        app.later(48);
        let officer = app.sign_in(OFFICER).await;
        let paper = desk(&slug, "/1/paper-votes");
        let marks = [("code", codes[0].as_str()), ("mark-1", "1")];
        let first = officer.get(&paper).await.expect(200);
        let again = officer.submit(&first, "main form", &marks).await.expect(200);
        let (one, two) = tokio::join!(
            officer.submit(&again, "main form", &marks),
            officer.submit(&again, "main form", &marks),
        );
        for page in [one, two] {
            let text = page.expect(200).main_text();
            assert!(text.contains("1 ballot has been keyed"), "{text}");
        }
        app.later(24 * 60);
        let officer = app.sign_in(OFFICER).await;
        let ask = officer.get(&desk(&slug, "/1/publish")).await.expect(200);
        let (one, two) = tokio::join!(
            officer.submit(&ask, "main form", &[("confirm", "yes")]),
            officer.submit(&ask, "main form", &[("confirm", "yes")]),
        );
        assert_eq!(one.expect(303).location(), two.expect(303).location());
        use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
        let entries = entity::audit_entry::Entity::find()
            .filter(entity::audit_entry::Column::Subject.eq(&slug))
            .filter(entity::audit_entry::Column::Kind.is_in(["publish-ballots", "key-paper-ballot"]))
            .count(app.app.db.read());
        assert_eq!(entries.await.expect("counts"), 2, "one of each");
        // What comes after is too late.
        officer.submit(&again, "main form", &marks).await.expect(200);
        let other = [("code", codes[1].as_str()), ("mark-1", "1")];
        let late = key(&officer, &paper, &other, &other).await.expect(422);
        assert!(late.main_text().contains("have been published"), "{}", late.main_text());
    }

    async fn a_register_with_a_wrong_row_is_refused_with_line_and_reason(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let (slug, _) = with_register(app, &officer, "Wrong rows").await;
        let path = desk(&slug, "/1/register");
        for (file, reason) in [
            (&b"name,address\n,3 High Street\n"[..], "Line 2: the name is missing"),
            (b"name,address\nA,B\na,b\n", "Line 3: the same person"),
            (b"who,where\nA,B\n", "must name a column"),
            (b"name,address\nA,\"B\nC,D\n", "Line 2: a quotation mark opens here"),
            (b"name;address\nA;B\n", "separated by semicolons"),
            (b"\xff\xfen\0a\0", "UTF-16"),
            (b"name,address\nA,\xa3\n", "Line 2: there is a letter that is not UTF-8"),
            (b"name,address\nA,B\nA,B\n", "add a column “note”"),
            (b"", "Choose a file"),
        ] {
            let page = upload(&officer, &path, file).await.expect(422);
            assert!(page.errors().iter().any(|e| e.contains(reason)), "{:?}", page.errors());
        }
        let page = officer.get(&path).await.expect(200).main_text();
        assert!(page.contains('2'), "the register before is kept: {page}");
        assert!(page.contains("a third column, note or reference"), "{page}");
    }

    async fn the_ballot_paper_prints_in_two_sizes_and_says_how_to_mark_it(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let (slug, _) = with_register(app, &officer, "On paper").await;
        let path = desk(&slug, "/1/ballot-paper");
        let page = officer.get(&path).await.expect(200);
        assert_eq!(page.count(".app-paper__option"), 3);
        assert!(page.main_text().contains("Write 1 beside your first choice"));
        let large = officer.get(&format!("{path}?large=yes")).await.expect(200);
        assert!(large.has(".app-paper--large"));
    }
}
