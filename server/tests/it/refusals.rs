//! No refusal loses words: signed out, role lost, the thing gone, nothing can be written.

use domain::account::Role;

use crate::consultation::{OFFICER, whole_draft};
use crate::support::{on_both, password};

const WORDS: &str = "Two people were hurt here last year.";

on_both! {
    async fn who_was_signed_out_while_typing_signs_in_and_sends_it_again(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, "A crossing").await;
        let path = format!("/desk/consultations/{slug}/about");
        let form = officer.get(&path).await.expect(200);
        // The same page in a browser whose session has ended.
        let browser = app.anyone();
        let kept = browser
            .submit(&form, &format!("form[action='{path}']"), &[("body", WORDS)])
            .await
            .expect(401);
        assert!(kept.main_text().contains(WORDS), "{}", kept.main_text());
        assert!(kept.links().contains(&"/sign-in".to_owned()));
        let again = [("email", OFFICER), ("password", password(OFFICER))];
        browser.post("/sign-in", &again).await.expect(303);
        browser.submit(&kept, "main form", &[]).await.expect(303);
        let saved = officer.get(&path).await.expect(200);
        assert_eq!(saved.value("body"), WORDS);
        // Whoever sent nothing is asked to sign in, as ever.
        let nothing = app.anyone().post(&path, &[("title", " ")]).await.expect(303);
        assert!(nothing.location().expect("a place").starts_with("/sign-in"));
    }

    async fn a_single_word_a_word_without_spaces_and_a_button_are_not_lost_either(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, "A crossing").await;
        let path = format!("/desk/consultations/{slug}/about");
        for word in ["No", "我反对", "£12,000", "no"] {
            let kept = app.anyone().post(&path, &[("body", word)]).await.expect(401);
            assert_eq!(kept.value("body"), word, "to be sent again");
            let shown = kept.texts("main .app-lines");
            assert_eq!(shown, [word], "to be copied");
        }
        // A click is sent again with a new session: what it was on comes with it.
        let remove = format!("/desk/consultations/{slug}/options/remove");
        let form = [("entry", "1"), ("version", "0")];
        let kept = app.anyone().post(&remove, &form).await.expect(401);
        assert_eq!([kept.value("entry"), kept.value("version")], ["1", "0"]);
        assert!(!kept.main_text().contains("What you typed"));
    }

    async fn whoever_may_not_do_it_or_finds_it_gone_keeps_the_words(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, "A crossing").await;
        let about = format!("/desk/consultations/{slug}/about");
        let analyst = app.sign_in_as(Role::Analyst).await;
        let refused = analyst.post(&about, &[("body", WORDS)]).await.expect(403);
        assert!(refused.main_text().contains(WORDS));
        assert!(!refused.has("main form"), "sending it again would help nobody");
        let gone = format!("/desk/consultations/{slug}/polls/7/question");
        // A word of small letters as well as a sentence.
        for word in [WORDS, "litter", "no", "12"] {
            let gone = officer.post(&gone, &[("question", word)]).await.expect(404);
            assert_eq!(gone.texts("main .app-lines"), [word]);
        }
    }

    async fn no_page_shows_a_password_or_puts_it_into_a_form(app: &TestApp) {
        let secret = "a barge full of coal";
        let fields = [("password", secret), ("new-password", secret), ("name", "Jo Bright")];
        let refused = app.anyone().post("/account", &fields).await.expect(401);
        assert!(!refused.text().contains(secret));
        assert!(!refused.has("main form"));
        // What is written into a page is text there.
        let script = "<script>alert(1)</script> and more";
        let refused = app.anyone().post("/account", &[("name", script)]).await.expect(401);
        assert!(refused.main_text().contains(script), "{}", refused.main_text());
        assert!(!refused.has("main script"));
    }
}
