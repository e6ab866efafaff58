//! Guesses from one address: wrong ones are counted, however many come at one moment, and right ones
//! are not, since a library has one address.

use axum::http::StatusCode;
use domain::poll::Electorate;

use super::of_status;
use crate::poll::arrange::{open, ranked};
use crate::response::asked;
use crate::support::{Browser, TestApp, on_both, password};

/// Each of these forms from somebody else at one address, all at one moment.
async fn at_once(
    app: &TestApp,
    path: &str,
    forms: Vec<Vec<(&'static str, String)>>,
) -> Vec<StatusCode> {
    let sent: Vec<_> = forms
        .into_iter()
        .map(|form| {
            let (browser, path) = (app.anyone(), path.to_owned());
            tokio::spawn(async move {
                let fields: Vec<_> = form
                    .iter()
                    .map(|(name, value)| (*name, value.as_str()))
                    .collect();
                browser.post(&path, &fields).await.status
            })
        })
        .collect();
    let mut answers = Vec::new();
    for one in sent {
        let status = one.await.expect("answered");
        answers.push(StatusCode::from_u16(status).expect("a status"));
    }
    answers
}

fn codes(how_many: usize) -> Vec<Vec<(&'static str, String)>> {
    (0..how_many)
        .map(|nth| vec![("code", format!("AAAA-BBBB-CCCC-{nth:04}"))])
        .collect()
}

async fn open_by(browser: &Browser, path: &str, code: &str) -> u16 {
    browser.post(path, &[("code", code)]).await.status
}

on_both! {
    async fn of_two_hundred_passwords_guessed_from_one_address_forty_are_looked_at(app: &TestApp) {
        let guesses = (0..200)
            .map(|nth| vec![
                ("email", format!("nobody{nth}@council.example")),
                ("password", "wrong wrong wrong".to_owned()),
            ])
            .collect();
        assert_eq!(of_status(&at_once(app, "/sign-in", guesses).await, 422), 40);
        let right = [("email", "officer@council.example"), ("password", password("officer@council.example"))];
        app.anyone().post("/sign-in", &right).await.expect(429);
    }

    async fn an_office_signs_in_from_one_address_as_often_as_it_likes(app: &TestApp) {
        for _ in 0..3 {
            for email in ["officer@council.example", "moderator@council.example", "analyst@council.example"] {
                let right = vec![vec![("email", email.to_owned()), ("password", password(email).to_owned())]; 20];
                assert_eq!(of_status(&at_once(app, "/sign-in", right).await, 303), 20, "{email}");
            }
        }
    }

    async fn of_two_hundred_codes_guessed_at_one_moment_thirty_are_looked_at(app: &TestApp) {
        let polled = open(app, ranked(), Electorate::Open).await;
        assert_eq!(of_status(&at_once(app, &polled.path("/open"), codes(200)).await, 422), 30);
        // Whatever door they are tried at.
        for path in [&polled.path("/check"), "/receipt", "/concerns"] {
            assert_eq!(of_status(&at_once(app, path, codes(20)).await, 422), 0, "{path}");
        }
    }

    async fn of_two_hundred_receipts_guessed_thirty_are_looked_at_in_a_form_and_in_a_cookie(app: &TestApp) {
        assert_eq!(of_status(&at_once(app, "/receipt", codes(200)).await, 422), 30);
        let asked = asked::open(&app.app).await;
        let request = app
            .anyone()
            .request(axum::http::Method::GET, &format!("/consultations/{}/receipt", asked.slug))
            .header("cookie", "receipt=AAAA-BBBB-CCCC-DDDD")
            .body(axum::body::Body::empty());
        app.anyone().send(request.expect("a request")).await.expect(429);
    }

    async fn of_many_links_guessed_forty_are_looked_at(app: &TestApp) {
        let mut answers = Vec::new();
        for nth in 0..60 {
            let page = app.anyone().get(&format!("/reset/{nth:032}")).await;
            answers.push(StatusCode::from_u16(page.status).expect("a status"));
        }
        assert_eq!(of_status(&answers, 410), 40);
    }

    async fn a_library_opens_as_many_ballot_papers_as_it_has_people(app: &TestApp) {
        let polled = open(app, ranked(), Electorate::Open).await;
        let receipt = polled.vote(&app.anyone(), &[("mark-1", "1")]).await;
        let code = receipt.texts(".app-code").concat();
        let mut opened = Vec::new();
        for _ in 0..50 {
            let (browser, path, code) = (app.anyone(), polled.path("/open"), code.clone());
            opened.push(tokio::spawn(async move { open_by(&browser, &path, &code).await }));
        }
        for one in opened {
            assert_eq!(one.await.expect("answered"), 303);
        }
        for _ in 0..40 {
            app.anyone().post(&polled.path("/check"), &[("code", &code)]).await.expect(200);
        }
        // Some of them mistype, and nobody is shut out for it; thirty wrong ones are too many.
        for wrong in 0..30 {
            let typed = format!("AAAA-BBBB-CCCC-{wrong:04}");
            assert_eq!(open_by(&app.anyone(), &polled.path("/open"), &typed).await, 422);
            if wrong < 29 {
                assert_eq!(open_by(&app.anyone(), &polled.path("/open"), &code).await, 303);
            }
        }
        assert_eq!(open_by(&app.anyone(), &polled.path("/open"), &code).await, 429);
    }

    async fn a_library_asks_for_as_many_ballot_papers_by_letter_as_it_has_people(app: &TestApp) {
        let polled = open(app, ranked(), Electorate::Email).await;
        let entry = app.anyone().get(&polled.path("/paper")).await.expect(200);
        for nth in 0..60 {
            let email = format!("person{nth}@home.example");
            let form = format!("form[action='{}']", polled.path("/request"));
            app.anyone().submit(&entry, &form, &[("email", &email)]).await.expect(200);
        }
    }
}
