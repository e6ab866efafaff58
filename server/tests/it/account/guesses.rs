//! Many guesses at one moment: no more of them are looked at than of guesses one after the other.

use crate::support::{Browser, TestApp, on_both, password};

const OFFICER: &str = "officer@council.example";
/// How many guesses are looked at.
const LOOKED_AT: usize = 10;

/// Sends many forms at one moment, and counts those that were looked at; every other one is 429.
async fn at_once(browsers: Vec<Browser>, path: &'static str, fields: &[(&str, &str)]) -> usize {
    let clicks: Vec<_> = browsers
        .into_iter()
        .map(|browser| {
            let fields: Vec<(String, String)> = fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect();
            tokio::spawn(async move {
                let fields: Vec<(&str, &str)> = fields
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.as_str()))
                    .collect();
                browser.post(path, &fields).await.status
            })
        })
        .collect();
    let mut looked_at = 0;
    for click in clicks {
        match click.await.expect("answered") {
            422 | 303 => looked_at += 1,
            429 => {}
            other => panic!("{other}"),
        }
    }
    looked_at
}

fn strangers(app: &TestApp) -> Vec<Browser> {
    (0..40).map(|_| app.anyone()).collect()
}

on_both! {
    async fn of_forty_guesses_at_a_password_ten_are_looked_at(app: &TestApp) {
        let guess = [("email", OFFICER), ("password", "wrong wrong wrong")];
        let looked_at = at_once(strangers(app), "/sign-in", &guess).await;
        assert_eq!(looked_at, LOOKED_AT);
    }

    async fn of_forty_guesses_at_the_present_password_ten_are_looked_at(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let guess = [("password", "wrong wrong wrong"), ("new-password", "a barge full of coal")];
        let looked_at = at_once(vec![officer; 40], "/account", &guess).await;
        assert_eq!(looked_at, LOOKED_AT);
    }

    async fn ten_letters_at_most_are_sent_to_one_address(app: &TestApp) {
        let sent = at_once(strangers(app), "/reset", &[("email", OFFICER)]).await;
        assert_eq!(sent, LOOKED_AT);
        assert_eq!(app.letters().await.len(), LOOKED_AT);
    }

    async fn the_owner_signs_in_as_often_as_they_like(app: &TestApp) {
        let right = [("email", OFFICER), ("password", password(OFFICER))];
        for _ in 0..12 {
            app.anyone().post("/sign-in", &right).await.expect(303);
        }
    }
}
