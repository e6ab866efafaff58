//! When a response is taken, asked of the use case itself and inside the write; and who is first.

use domain::ids::QuestionId;
use domain::response::grace::SendRefused;
use domain::response::{Answer, Channel, Publication, Respondent, Submission};
use jiff::{SignedDuration, Timestamp};
use server::error::Refused;
use server::granted::Caller;
use server::response::commands::response_writer::{PendingResponse, Taken};
use server::response::commands::{SendResponse, SendResponseRefused, Sent, send_response};
use server::response::key::Key;
use server::response::rows::KeyedSubmission;

use super::asked::{Asked, open};
use super::{check_page, stored, tallies_agree};
use crate::support::{TestApp, on_both};

fn answers(asked: &Asked) -> Vec<(QuestionId, Answer)> {
    let chosen = |items: &[u32]| Answer::Choices {
        items: items.to_vec(),
        other: None,
    };
    [
        (0, Answer::Text("Narrow".to_owned())),
        (2, Answer::Text("The kerb is high".to_owned())),
        (4, chosen(&[1])),
        (6, chosen(&[0, 2])),
        (8, Answer::Number(4)),
    ]
    .map(|(at, answer)| (asked.questions[at], answer))
    .to_vec()
}

fn command(asked: &Asked, key: &Key) -> SendResponse {
    SendResponse {
        on: asked.slug.clone(),
        key: key.clone(),
        channel: Channel::Online,
        area: None,
        publication: Publication::Anonymous,
        respondent: Respondent::default(),
        answers: answers(asked),
        invented: false,
    }
}

/// Sends it at a moment; what the rule said where it was refused.
async fn sent_at(
    app: &TestApp,
    command: SendResponse,
    now: Timestamp,
) -> Result<Sent, SendRefused> {
    match send_response(&app.app, &Caller::anyone(now), command).await {
        Ok(sent) => Ok(sent),
        Err(Refused::Because(SendResponseRefused::NotTaken(refused))) => Err(refused),
        Err(other) => panic!("{other:?}"),
    }
}

/// A response straight to the writer, past what the use case asks first.
async fn written_at(app: &TestApp, asked: &Asked, issued: Timestamp, now: Timestamp) -> Taken {
    let on = app.app.questionnaires.of(&app.app.db, &asked.slug).await;
    let on = on.expect("reads").expect("a questionnaire");
    let key = Key::issue(issued).expect("random");
    let submission = Submission {
        consultation: on.consultation.id,
        channel: Channel::Online,
        area: None,
        publication: Publication::Anonymous,
        respondent: Respondent::default(),
        answers: answers(asked),
        at: now,
        invented: false,
    };
    let pending = PendingResponse {
        keyed: KeyedSubmission {
            key: key.stored(),
            receipt_hash: server::secret::receipt_hash(&key.receipt(&app.app.config.secret)),
            submission,
        },
        issued,
        effects: Vec::new(),
    };
    app.app.responses.write(pending).await.expect("answers")
}

/// When the consultation of `asked` closes.
async fn closes(app: &TestApp, asked: &Asked) -> Timestamp {
    let on = app.app.questionnaires.of(&app.app.db, &asked.slug).await;
    let on = on.expect("reads").expect("a questionnaire");
    on.consultation.milestones.closes.expect("a closing time")
}

/// Publishes answers to the themes of a closed consultation.
async fn publish_answers(app: &TestApp, asked: &Asked) {
    let officer = app.sign_in("officer@council.example").await;
    let desk = format!("/desk/consultations/{}/answer", asked.slug);
    let form = officer.get(&format!("{desk}/theme")).await.expect(200);
    let theme = [
        ("title", "The kerb"),
        ("we_asked", "Where?"),
        ("you_said", "It is high."),
        ("outcome", "did"),
        ("we_did", "It is lower."),
        ("because", "Most asked for it."),
    ];
    officer.submit(&form, "main form", &theme).await.expect(303);
    let page = officer.get(&desk).await.expect(200);
    let button = "form[action$='/answer/publish']";
    officer.submit(&page, button, &[]).await.expect(303);
}

on_both! {
    async fn grace_is_asked_by_the_use_case_to_the_minute(app: &TestApp) {
        let asked = open(&app.app).await;
        let closes = closes(app, &asked).await;
        let after = |minutes: i64| closes + SignedDuration::from_mins(minutes);
        let cases = [
            // Issued, sent, both in minutes after closing.
            (-30, -1, Ok(Sent::New)),
            (-1, 0, Ok(Sent::New)),
            (-1, 60, Ok(Sent::New)),
            (-1, 61, Err(SendRefused::Closed)),
            (0, 1, Err(SendRefused::Closed)),
            (-24 * 60 - 2, -1, Err(SendRefused::KeyExpired)),
            (-60 * 24 * 31, -60 * 24 * 31, Err(SendRefused::NotOpen)),
        ];
        let mut taken = 0;
        for (issued, now, wanted) in cases {
            let key = Key::issue(after(issued)).expect("random");
            let sent = sent_at(app, command(&asked, &key), after(now)).await;
            assert_eq!(sent, wanted, "issued {issued}, sent {now}");
            taken += u64::from(sent.is_ok());
            assert_eq!(stored(app).await, taken);
            // The write asks the same, whatever was asked before it.
            let written = written_at(app, &asked, after(issued), after(now)).await;
            let wanted = wanted.map_or_else(Taken::Refused, |_| Taken::New);
            assert_eq!(written, wanted, "issued {issued}, written {now}");
            taken += u64::from(written == Taken::New);
            assert_eq!(stored(app).await, taken);
        }
        tallies_agree(app).await;
    }

    async fn what_was_taken_stays_taken_however_late_it_is_sent_again(app: &TestApp) {
        let asked = open(&app.app).await;
        let closes = closes(app, &asked).await;
        let issued = closes - SignedDuration::from_mins(5);
        let key = Key::issue(issued).expect("random");
        assert_eq!(sent_at(app, command(&asked, &key), issued).await, Ok(Sent::New));
        for later in [5, 70, 60 * 48] {
            let now = issued + SignedDuration::from_mins(later);
            let again = sent_at(app, command(&asked, &key), now).await;
            assert_eq!(again, Ok(Sent::Again), "{later}");
            let mut other = command(&asked, &key);
            other.answers.pop();
            assert_eq!(sent_at(app, other, now).await, Ok(Sent::Changed), "{later}");
        }
        assert_eq!(stored(app).await, 1);
        // A key that has grown old leads to its receipt as well, and to no second response.
        let check = check_page(app, &asked, &asked.fields("Once")).await.expect(200);
        let resident = app.anyone();
        resident.submit(&check, "main form", &[]).await.expect(303);
        app.later(25);
        let late = resident.submit(&check, "main form", &[]).await.expect(303);
        assert_eq!(late.location(), Some(asked.path("receipt")));
        assert_eq!(stored(app).await, 2);
    }

    async fn a_batch_refuses_what_is_too_late_and_takes_the_rest(app: &TestApp) {
        let asked = open(&app.app).await;
        let closes = closes(app, &asked).await;
        let before = closes - SignedDuration::from_mins(5);
        let after = closes + SignedDuration::from_mins(90);
        let writing = (0..60).map(|number| {
            let now = if number % 3 == 0 { after } else { before };
            written_at(app, &asked, before, now)
        });
        let taken = futures::future::join_all(writing).await;
        for (number, taken) in taken.iter().enumerate() {
            let wanted = match number % 3 {
                0 => Taken::Refused(SendRefused::Closed),
                _ => Taken::New,
            };
            assert_eq!(*taken, wanted, "{number}");
        }
        assert_eq!(stored(app).await, 40);
        tallies_agree(app).await;
    }

    async fn in_grace_a_response_comes_before_the_answers_or_is_refused_with_its_words(app: &TestApp) {
        let asked = open(&app.app).await;
        app.later(30 * 24 - 1);
        let mut checks = Vec::new();
        for number in 0..12 {
            let fields = asked.fields(&format!("Reached in time, {number}"));
            checks.push(check_page(app, &asked, &fields).await.expect(200));
        }
        app.later(1);
        let sending: Vec<_> = checks
            .into_iter()
            .map(|check| {
                let browser = app.anyone();
                tokio::spawn(async move { browser.submit(&check, "main form", &[]).await })
            })
            .collect();
        publish_answers(app, &asked).await;
        let mut taken = 0;
        for (number, sent) in sending.into_iter().enumerate() {
            let page = sent.await.expect("sent");
            match page.status {
                303 => taken += 1,
                403 => assert!(page.main_text().contains(&format!("Reached in time, {number}"))),
                status => panic!("{status}: {}", page.main_text()),
            }
        }
        assert_eq!(stored(app).await, taken);
        // After the answers nobody is taken, though a process may not have heard of them yet.
        let issued = closes(app, &asked).await - SignedDuration::from_mins(1);
        let now = app.app.clock.now();
        let late = written_at(app, &asked, issued, now).await;
        assert_eq!(late, Taken::Refused(SendRefused::Closed));
        assert_eq!(stored(app).await, taken);
        tallies_agree(app).await;
    }

    async fn a_receipt_clicked_twice_is_one_letter(app: &TestApp) {
        let asked = open(&app.app).await;
        let check = check_page(app, &asked, &asked.fields("Mail me")).await.expect(200);
        let resident = app.anyone();
        resident.submit(&check, "main form", &[]).await.expect(303);
        let receipt = resident.get(&asked.path("receipt")).await.expect(200);
        let clicks = (0..4).map(|_| {
            let (browser, receipt) = (resident.clone(), receipt.clone());
            tokio::spawn(async move {
                let to = [("email", "jo@example.org")];
                browser.submit(&receipt, "main form", &to).await.expect(303)
            })
        });
        for click in clicks.collect::<Vec<_>>() {
            click.await.expect("clicked");
        }
        assert_eq!(app.letters().await.len(), 1);
        // Another address in the same form is another letter.
        let to = [("email", "sam@example.org")];
        resident.submit(&receipt, "main form", &to).await.expect(303);
        assert_eq!(app.letters().await.len(), 2);
    }
}
