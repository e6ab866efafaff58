//! Control characters, invisible text and limits.

use domain::consultation::draft::NewQuestion;
use domain::consultation::{Choices, QuestionKind};
use entity::{answer, concern, statement};
use sea_orm::EntityTrait;

use crate::consultation::{OFFICER, begin};
use crate::neighbourhood::wards;
use crate::response::asked::{open, open_asking, open_with};
use crate::response::stored;
use crate::support::{TestApp, on_both};

const FORM: &str = "application/x-www-form-urlencoded";

/// What a word processor and old files put into a text, as it is sent, and as it was meant.
const PASTED: &str = "one%0Btwo%0Cthree%C2%85four%E2%80%A8five%0D%0Ait%C2%92s%7F%03%00 %C2%80%1B";
const MEANT: &str = "one\ntwo\nthree\nfour\nfive\nit’s €";

/// Texts of which nothing can be seen.
const UNSEEN: [&str; 6] = [
    "\u{200b}",
    "\u{3164}",
    "\u{2800}",
    "\u{ad}",
    "\u{200e}\u{202a}\u{2066}\u{200f}",
    "\u{feff} \u{a0}\u{3000}",
];

async fn texts(app: &TestApp) -> Vec<String> {
    let rows = answer::Entity::find().all(app.app.db.read()).await;
    let rows = rows.expect("reads").into_iter();
    rows.filter_map(|row| row.text).collect()
}

fn long(prompt: &str) -> NewQuestion {
    NewQuestion {
        page: 1,
        kind: QuestionKind::LongText,
        prompt: prompt.to_owned(),
        hint: String::new(),
        required: false,
        published: true,
        choices: Choices::default(),
    }
}

on_both! {
    async fn what_is_pasted_into_an_answer_is_taken_as_it_was_meant(app: &TestApp) {
        let asked = open(&app.app).await;
        let resident = app.anyone();
        let sent = format!("page=1&go=next&{}=Narrow&{}={PASTED}", asked.answer(0), asked.answer(2));
        let second = resident.post_body(&asked.path("respond"), FORM, sent).await.expect(200);
        assert_eq!(second.value(&asked.answer(2)), MEANT);
        let whole = asked.fields("-").into_iter().filter(|(name, _)| *name != asked.answer(2));
        let mut body: String = whole.map(|(name, value)| format!("{name}={value}&")).collect();
        body.push_str(&format!("{}={PASTED}&go=check", asked.answer(2)));
        let check = resident.post_body(&asked.path("respond"), FORM, body).await.expect(200);
        resident.submit(&check, "main form", &[]).await.expect(303);
        assert!(texts(app).await.contains(&MEANT.to_owned()), "{:?}", texts(app).await);
    }

    async fn what_is_pasted_into_a_concern_or_a_draft_is_taken_as_it_was_meant(app: &TestApp) {
        let (north, _) = wards(app).await;
        let resident = app.anyone();
        let path = format!("/areas/{north}/concern");
        let form = resident.get(&format!("{path}?step=form")).await.expect(200);
        let key = form.value("key");
        let sent = format!("key={key}&category=roads&place=Here%0Bor%20there&contact=no&what={PASTED}&go=send");
        resident.post_body(&path, FORM, sent).await.expect(303);
        let raised = concern::Entity::find().one(app.app.db.read()).await.expect("reads").expect("one");
        assert_eq!((raised.what.as_str(), raised.place.as_str()), (MEANT, "Here\nor there"));
        let officer = app.sign_in(OFFICER).await;
        let slug = begin(&officer, "Pasted", "non-statutory").await;
        let about = format!("/desk/consultations/{slug}/about");
        let page = officer.get(&about).await.expect(200);
        let version = page.value("version");
        let sent = format!("version={version}&title=Pasted&summary=S%C2%92s&topic=Streets&body={PASTED}");
        officer.post_body(&about, FORM, sent).await.expect(303);
        let page = officer.get(&about).await.expect(200);
        assert_eq!((page.value("body").as_str(), page.value("summary").as_str()), (MEANT, "S’s"));
    }

    async fn what_cannot_be_read_at_all_keeps_its_words(app: &TestApp) {
        let asked = open(&app.app).await;
        for (sent, kept) in [("It was 100%25 true, 50%", "It was 100% true, 50%"), ("Caf%e9 %93Zo%eb%94", "Café “Zoë”")] {
            let body = format!("page=1&go=next&{}=Narrow+road&{}={sent}", asked.answer(0), asked.answer(2));
            let page = app.anyone().post_body(&asked.path("respond"), FORM, body).await.expect(400);
            let said = page.main_text();
            assert!(said.contains(kept) && said.contains("Narrow road"), "{said}");
        }
        assert_eq!(stored(app).await, 0);
    }

    async fn what_cannot_be_seen_is_nothing(app: &TestApp) {
        let asked = open_with(&app.app, &["More trees please"]).await;
        let resident = app.anyone();
        for unseen in UNSEEN {
            let first = resident.get(&asked.path("respond")).await.expect(200);
            let page = resident
                .submit(&first, "main form", &[(&asked.answer(0), unseen), (&asked.answer(2), "x"), ("go", "next")])
                .await
                .expect(422);
            assert_eq!(page.errors().len(), 1, "{unseen:?} {:?}", page.errors());
            let mut fields = asked.fields("Words");
            fields.retain(|(name, _)| name != "publication");
            fields.extend([("publication".to_owned(), "named".to_owned()), ("name".to_owned(), unseen.to_owned())]);
            let page = crate::response::check_page(app, &asked, &fields).await.expect(422);
            assert!(page.errors().concat().contains("your name"), "{unseen:?} {:?}", page.errors());
            let vote = resident.get(&asked.path("vote")).await.expect(200);
            resident
                .submit(&vote, "form[action$='/statement']", &[("text", unseen)])
                .await
                .expect(422);
        }
        assert_eq!(stored(app).await, 0);
        let statements = statement::Entity::find().all(app.app.db.read()).await.expect("reads");
        assert_eq!(statements.len(), 1);
        let officer = app.sign_in(OFFICER).await;
        let page = officer.get("/desk/consultations/new").await.expect(200);
        for unseen in UNSEEN {
            let fields = [("title", unseen), ("regime", "non-statutory")];
            officer.submit(&page, "main form", &fields).await.expect(422);
        }
    }

    async fn limits_are_of_characters_and_the_form_takes_what_its_questions_do(app: &TestApp) {
        let questions: Vec<NewQuestion> = (1..=8).map(|n| long(&format!("Question {n}?"))).collect();
        let asked = open_asking(&app.app, questions).await;
        for character in ["公", "🌳", "é", "x"] {
            let text = character.repeat(10_000);
            let fields: Vec<(String, String)> = (0..8)
                .map(|at| (asked.answer(at), text.clone()))
                .chain([("publication".to_owned(), "anonymous".to_owned())])
                .collect();
            let check = crate::response::check_page(app, &asked, &fields).await.expect(200);
            app.anyone().submit(&check, "main form", &[]).await.expect(303);
        }
        assert_eq!(texts(app).await.len(), 32);
        // Too long is said at the field, with every word.
        let much = "🌳".repeat(15_000);
        let fields: Vec<(String, String)> =
            (0..8).map(|at| (asked.answer(at), much.clone())).collect();
        let page = crate::response::check_page(app, &asked, &fields).await.expect(422);
        assert_eq!(page.errors().len(), 8, "{:?}", page.errors());
        for at in 0..8 {
            assert_eq!(page.value(&asked.answer(at)), much);
        }
        // What no form can take is refused as a whole, and even then nothing is lost.
        let fields = [(asked.answer(0), "公园 ".repeat(120_000))];
        let page = crate::response::check_page(app, &asked, &fields).await;
        let kept = match page.status {
            422 => page.value(&asked.answer(0)),
            413 => page.main_text(),
            other => panic!("{other}"),
        };
        assert_eq!(kept.matches("公园").count(), 120_000);
    }

    async fn the_longest_text_of_a_draft_is_taken_in_any_letters(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = begin(&officer, "Long", "non-statutory").await;
        let about = format!("/desk/consultations/{slug}/about");
        let form = format!("form[action='{about}']");
        for (length, status) in [(50_000, 303), (50_001, 422), (90_000, 422)] {
            let body = "🌳".repeat(length);
            let page = officer.get(&about).await.expect(200);
            let fields = [("title", "Long"), ("summary", "S"), ("topic", "T"), ("body", &body)];
            let page = officer.submit(&page, &form, &fields).await.expect(status);
            if status == 422 {
                assert_eq!(page.errors().len(), 1, "{length}");
                assert_eq!(page.value("body"), body, "{length}");
            }
        }
    }
}
