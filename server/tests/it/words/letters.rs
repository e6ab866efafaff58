//! Letters that do not leave: who is told, why, and how they leave after all; addresses at every form;
//! passwords in every form of Unicode.

use crate::response::asked::open;
use crate::response::check_page;
use crate::support::{Browser, TestApp, on_both};

/// Addresses to which no letter leaves.
const WRONG: [&str; 8] = [
    "ann.@example.org",
    ".ann@example.org",
    "an..n@example.org",
    "a@-x.org",
    "a@x-.org",
    "a@ex_ample.org",
    "a@example.org.",
    "zoë@example.org",
];

pub(super) const ADMINISTRATOR: &str = "administrator@council.example";

/// The folder of letters, which a test may take away.
pub(super) fn folder(app: &TestApp) -> std::path::PathBuf {
    match &app.app.config.mail {
        server::config::Mail::Folder(folder) => folder.clone(),
        server::config::Mail::Smtp(_) => panic!("a folder"),
    }
}

/// Lets nothing be written in it: a file stands in its place.
pub(super) fn break_mail(app: &TestApp) {
    std::fs::remove_dir_all(folder(app)).expect("removed");
    std::fs::write(folder(app), "in the way").expect("written");
}

pub(super) fn repair_mail(app: &TestApp) {
    std::fs::remove_file(folder(app)).expect("removed");
    std::fs::create_dir(folder(app)).expect("made");
}

pub(super) async fn invite(administrator: &Browser, email: &str) {
    let form = administrator.get("/desk/people/invite").await.expect(200);
    let team = form.attributes("select[name=team] option", "value")[1].clone();
    let new = [
        ("name", "Nia Rowe"),
        ("email", email),
        ("team", &team),
        ("role", "analyst"),
    ];
    administrator
        .submit(&form, "main form", &new)
        .await
        .expect(303);
}

/// Has the receipt of a new response sent to this address.
pub(super) async fn receipt(app: &TestApp, to: &str) {
    let asked = open(&app.app).await;
    let check = check_page(app, &asked, &asked.fields("Words"))
        .await
        .expect(200);
    let resident = app.anyone();
    resident.submit(&check, "main form", &[]).await.expect(303);
    let page = resident.get(&asked.path("receipt")).await.expect(200);
    resident
        .submit(&page, "main form", &[("email", to)])
        .await
        .expect(303);
}

on_both! {
    async fn an_administrator_sees_what_did_not_leave_and_has_it_sent_again(app: &TestApp) {
        let administrator = app.sign_in(ADMINISTRATOR).await;
        invite(&administrator, "nia@council.example").await;
        receipt(app, "mo.smith@example.org").await;
        break_mail(app);
        app.run_jobs().await;
        let desk = administrator.get("/desk").await.expect(200);
        assert!(desk.main_text().contains("2 were not sent"), "{}", desk.main_text());
        let page = administrator.get("/desk/letters").await.expect(200);
        let said = page.main_text();
        // Staff are known to whoever administers; a resident’s address is nobody’s business.
        assert!(said.contains("nia@council.example") && said.contains("A resident"), "{said}");
        assert!(!said.contains("mo.smith") && !said.contains("example.org"), "{said}");
        assert!(said.contains("We could not write to the folder for emails"), "{said}");
        assert!(said.contains("tried once") && said.contains("We will try again"), "{said}");
        repair_mail(app);
        let button = page.attributes("main form", "action");
        assert_eq!(button.len(), 2);
        // Two clicks are one letter.
        for said in ["We are sending it again", "We did not send it again"] {
            let clicked = administrator.post(&button[0], &[]).await.expect(303);
            let page = administrator.get(&clicked.location().expect("a page")).await.expect(200);
            assert!(page.main_text().contains(said), "{}", page.main_text());
        }
        app.run_jobs().await;
        assert_eq!(app.sent().len(), 1);
        let page = administrator.get("/desk/letters").await.expect(200);
        assert_eq!(page.count("main form"), 1, "{}", page.main_text());
        for path in ["/desk/letters/999999/again", "/desk/letters/x/again"] {
            let unknown = administrator.post(path, &[]).await;
            assert!(matches!(unknown.status, 400 | 404), "{}", unknown.status);
        }
    }

    async fn a_letter_is_tried_for_days_and_then_waits_for_somebody(app: &TestApp) {
        let administrator = app.sign_in(ADMINISTRATOR).await;
        invite(&administrator, "nia@council.example").await;
        break_mail(app);
        app.run_jobs().await;
        for hours in [12, 12, 23, 23] {
            app.later(hours);
            app.run_jobs().await;
            let again = app.sign_in(ADMINISTRATOR).await.get("/desk/letters").await.expect(200);
            assert!(again.main_text().contains("Waiting"), "{}", again.main_text());
        }
        app.later(3);
        app.run_jobs().await;
        let administrator = app.sign_in(ADMINISTRATOR).await;
        let page = administrator.get("/desk/letters").await.expect(200);
        assert!(page.main_text().contains("Given up"), "{}", page.main_text());
        repair_mail(app);
        app.later(24);
        app.run_jobs().await;
        assert!(app.sent().is_empty());
        let administrator = app.sign_in(ADMINISTRATOR).await;
        administrator.submit(&page, "main form", &[]).await.expect(303);
        app.run_jobs().await;
        assert_eq!(app.sent().len(), 1);
        let page = administrator.get("/desk/letters").await.expect(200);
        assert!(page.main_text().contains("Every email that was written has left"), "{}", page.main_text());
    }

    async fn a_letter_that_leaves_says_what_it_is_written_in_and_keeps_its_id(app: &TestApp) {
        let administrator = app.sign_in(ADMINISTRATOR).await;
        invite(&administrator, "nia@council.example").await;
        app.run_jobs().await;
        let file = std::fs::read_dir(folder(app)).expect("a folder").next().expect("one").expect("a file");
        let text = std::fs::read_to_string(file.path()).expect("a letter");
        let (head, _) = text.split_once("\r\n\r\n").expect("a head");
        for line in ["MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8"] {
            assert!(head.lines().any(|one| one == line), "{line}: {head}");
        }
        let id = head.lines().find(|line| line.starts_with("Message-ID: <")).expect("an id");
        assert!(id.len() > 40 && id.ends_with('>'), "{id}");
    }

    async fn no_form_takes_an_address_that_no_letter_leaves_for(app: &TestApp) {
        let asked = open(&app.app).await;
        let resident = app.anyone();
        let check = check_page(app, &asked, &asked.fields("Words")).await.expect(200);
        resident.submit(&check, "main form", &[]).await.expect(303);
        let receipt = resident.get(&asked.path("receipt")).await.expect(200);
        let administrator = app.sign_in(ADMINISTRATOR).await;
        let invitation = administrator.get("/desk/people/invite").await.expect(200);
        let team = invitation.attributes("select[name=team] option", "value")[1].clone();
        let (ward, _) = crate::neighbourhood::wards(app).await;
        let concern = resident.get(&format!("/areas/{ward}/concern?step=form")).await.expect(200);
        for wrong in WRONG {
            let page = resident.submit(&receipt, "main form", &[("email", wrong)]).await.expect(422);
            assert_eq!(page.value("email"), wrong);
            let mut fields = asked.fields("Words");
            fields.push(("email".to_owned(), wrong.to_owned()));
            let page = check_page(app, &asked, &fields).await.expect(422);
            assert_eq!(page.value("email"), wrong);
            let new = [("name", "Nia"), ("email", wrong), ("team", team.as_str()), ("role", "analyst")];
            let page = administrator.submit(&invitation, "main form", &new).await.expect(422);
            assert_eq!(page.value("email"), wrong);
            let raised = [
                ("category", "roads"), ("what", "Cars"), ("place", "Here"), ("contact", "yes"), ("email", wrong),
            ];
            let page = resident.submit(&concern, "main form", &raised).await.expect(422);
            assert_eq!(page.value("email"), wrong);
        }
        assert!(app.letters().await.is_empty());
    }

    async fn a_password_is_the_same_on_every_keyboard(app: &TestApp) {
        let email = "officer@council.example";
        let officer = app.sign_in(email).await;
        let (composed, apart) = ("zo\u{eb} heron canal \u{e9}t\u{e9}", "zoe\u{308} heron canal e\u{301}te\u{301}");
        let account = officer.get("/account").await.expect(200);
        let fields = [("present", crate::support::password(email)), ("new", apart)];
        let names: Vec<String> = account.attributes("main form input[type=password]", "name");
        assert_eq!(names.len(), 2, "{names:?}");
        let typed = [(names[0].as_str(), fields[0].1), (names[1].as_str(), fields[1].1)];
        officer.submit(&account, "main form", &typed).await.expect(303);
        for password in [composed, apart] {
            app.anyone().post("/sign-in", &[("email", email), ("password", password)]).await.expect(303);
        }
        let other = [("email", email), ("password", "zoe heron canal ete")];
        app.anyone().post("/sign-in", &other).await.expect(422);
    }
}
