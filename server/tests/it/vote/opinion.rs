//! What people think: when it is public, what is shown of it, and counting it again.

use std::process::Command;

use serde_json::Value;

use super::{camps, opened};
use crate::support::{Page, on_both};

fn json(page: &Page) -> Value {
    serde_json::from_slice(&page.body).expect("JSON")
}

/// Every whole number in what is published but those that name a statement or a place in the picture,
/// and how many it takes.
fn counts(value: &Value, found: &mut Vec<u64>) {
    match value {
        Value::Object(fields) => {
            for (name, inside) in fields {
                if !["id", "statement", "need", "side", "column", "row"].contains(&name.as_str()) {
                    counts(inside, found);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| counts(item, found)),
        other => found.extend(other.as_u64()),
    }
}

on_both! {
    async fn it_is_shown_once_ten_people_have_voted_and_no_small_count_is(app: &TestApp) {
        let (asked, on, ids) = opened(app).await;
        camps(&app.app, &on, &ids, 4).await;
        let path = asked.path("opinion");
        let early = app.anyone().get(&path).await.expect(200);
        assert!(early.main_text().contains("once at least 10 have voted"), "{}", early.main_text());
        assert!(!early.main_text().contains(crate::vote::STATEMENTS[0]));
        assert_eq!(json(&app.anyone().get(&asked.path("opinion.json")).await)["opinion"], Value::Null);

        camps(&app.app, &on, &ids, 33).await;
        app.release().await;
        let page = app.anyone().get(&path).await.expect(200);
        let heading = page.texts("h1").concat();
        assert!(heading.contains(" groups of opinion, and"), "{heading}");
        assert!(page.has("table"), "a table always");
        // Each statement has one card, with a row for each group.
        let cards = page.texts(".app-opinion__words");
        let once: std::collections::BTreeSet<&String> = cards.iter().collect();
        assert!(!cards.is_empty() && cards.len() == once.len(), "{cards:?}");
        // Nobody is said to pass in numbers where few do.
        assert!(!page.main_text().contains("Many pass"), "{}", page.main_text());
        // Common ground comes before the picture.
        let text = page.text();
        assert!(text.find("What every group agrees on") < text.find("app-picture__svg"));
        let json = json(&app.anyone().get(&asked.path("opinion.json")).await.expect(200));
        let mut found = Vec::new();
        counts(&json["opinion"], &mut found);
        assert!(found.len() > 10, "{found:?}");
        assert!(found.iter().all(|n| n % 5 == 0 && (*n >= 10)), "{found:?}");
        let groups = json["opinion"]["groups"].as_array().expect("groups").len();
        assert!(groups >= 2);
        assert_eq!(page.count("svg.app-picture__svg a"), groups);
    }

    async fn what_few_more_people_say_cannot_be_seen_in_the_difference(app: &TestApp) {
        let (asked, on, ids) = opened(app).await;
        camps(&app.app, &on, &ids, 20).await;
        assert_eq!(app.release().await, 1);
        let before = app.anyone().get(&asked.path("opinion.json")).await.expect(200).text();
        camps(&app.app, &on, &ids, 24).await;
        app.later(25);
        assert_eq!(app.release().await, 0, "eight more");
        assert_eq!(before, app.anyone().get(&asked.path("opinion.json")).await.text());
        camps(&app.app, &on, &ids, 26).await;
        assert_eq!(app.release().await, 1);
        assert_ne!(before, app.anyone().get(&asked.path("opinion.json")).await.text());
    }

    async fn whoever_is_let_back_is_counted_on_the_page_the_next_day_and_after_the_close_at_once(app: &TestApp) {
        let (asked, on, ids) = opened(app).await;
        camps(&app.app, &on, &ids, 20).await;
        let id = ids[0].to_string();
        for _ in 0..30 {
            // No page first, so no cookie: a program.
            app.anyone().post(&asked.path("vote"), &[("statement", &id), ("vote", "agree")]).await.expect(303);
        }
        let people = async || {
            app.release().await;
            app.anyone().get(&asked.path("opinion")).await.expect(200).main_text()
        };
        let text = people().await;
        assert!(text.contains("About 40 people") && text.contains("About 30 voters are left out"), "{text}");
        let moderator = app.sign_in("moderator@council.example").await;
        let aside = format!("/desk/consultations/{}/votes-aside", asked.slug);
        let page = moderator.get(&aside).await.expect(200);
        moderator.submit(&page, "main form", &[]).await.expect(303);
        assert!(people().await.contains("About 40 people"), "not on the same day");
        app.later(25);
        let text = people().await;
        assert!(text.contains("About 70 people") && text.contains("Fewer than 10 voters, or none"), "{text}");
        // Those who voted once are in no group, and it is said.
        assert!(text.contains("of the about 40 people in groups"), "{text}");
        assert!(text.contains("About 30 others who voted are in no group"), "{text}");
        // After the close the votes themselves are public, and the page says what they say.
        app.later(31 * 24);
        assert!(people().await.contains("About 70 people"));
        let moderator = app.sign_in("moderator@council.example").await;
        let page = moderator.get(&aside).await.expect(200);
        moderator.submit(&page, "main form", &[]).await.expect(303);
        let text = people().await;
        assert!(text.contains("About 40 people"), "{text}");
        let comments = app.anyone().get(&asked.path("opinion/comments.csv")).await.expect(200).text();
        let votes = app.anyone().get(&asked.path("opinion/participants-votes.csv")).await.expect(200).text();
        let voters = votes.lines().count() as u64 - 1;
        let first = comments.lines().nth(1).expect("a statement");
        let agrees: u64 = first.split(',').nth(4).and_then(|n| n.parse().ok()).expect("a number");
        assert_eq!(voters, 40);
        assert!(agrees <= voters, "{first}");
    }

    async fn anybody_can_count_again_after_closing_and_gets_the_same_groups(app: &TestApp) {
        let (asked, on, ids) = opened(app).await;
        camps(&app.app, &on, &ids, 31).await;
        for file in ["comments.csv", "participants-votes.csv", "summary.csv"] {
            app.anyone().get(&asked.path(&format!("opinion/{file}"))).await.expect(404);
        }
        app.later(31 * 24);
        let folder = tempfile::tempdir().expect("a folder");
        for file in ["comments.csv", "participants-votes.csv", "summary.csv"] {
            let answer = app.anyone().get(&asked.path(&format!("opinion/{file}"))).await.expect(200);
            assert!(answer.header("content-type").starts_with("text/csv"));
            std::fs::write(folder.path().join(file), &answer.body).expect("written");
        }
        app.anyone().get(&asked.path("opinion/voters.csv")).await.expect(404);
        let output = Command::new(env!("CARGO_BIN_EXE_soundings"))
            .args(["opinion", "--json"])
            .arg(folder.path())
            .output()
            .expect("the program runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let again: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        app.release().await;
        let found = server::vote::queries::opinion::latest(&app.app, on.id).expect("found");
        let groups = found.analysis.groups.as_ref().expect("groups");
        let sizes: Vec<u64> = groups.sizes.iter().map(|size| *size as u64).collect();
        let theirs: Vec<u64> = again["groups"]
            .as_array()
            .expect("groups")
            .iter()
            .filter_map(|group| group["size"].as_u64())
            .collect();
        assert_eq!(theirs, sizes);
        assert_eq!(again["participants"], 62);
        let common: Vec<i64> = groups.common_ground.iter().map(|one| one.statement).collect();
        assert_eq!(again["common_ground"], serde_json::json!(common));
        let axes = serde_json::json!(found.analysis.components.axes).to_string();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(said.contains(&axes), "the same to the last bit: {axes}");
    }

    async fn the_real_conversations_of_the_demonstration_say_whose_they_are(app: &TestApp) {
        app.with_demonstration().await;
        for slug in ["conversation-london-youth-policing", "conversation-affordable-housing"] {
            let path = format!("/consultations/{slug}/opinion");
            let page = app.anyone().get(&path).await.expect(200);
            let text = page.main_text();
            assert!(text.contains("sub-licensed under CC BY 4.0"), "{text}");
            assert!(page.has("table"), "{text}");
        }
        // An officer comes to it from the page on which responses come in.
        let officer = app.sign_in("officer@council.example").await;
        let watch = "/desk/consultations/station-quarter-a-brief-for-the-old-goods-yard/watch";
        let links = officer.get(watch).await.expect(200).links();
        assert!(links.iter().any(|link| link.ends_with("/opinion")), "{links:?}");
    }
}
