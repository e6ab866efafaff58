//! Forms that are too large, and forms that nobody can do anything with: their words come back, and
//! they take no more room than they are given.

use domain::poll::Electorate;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::consultation::{OFFICER, whole_draft};
use crate::faults::process::Server;
use crate::poll::arrange::{open, ranked};
use crate::response::asked;
use crate::support::{Page, TestApp, on_both};

const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data; boundary=edge";
const WORDS: &str = "Two people were hurt here last year.";

/// A field of a form in parts, or a file.
fn part(name: &str, value: &str) -> String {
    format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
}

fn parts(name: &str, value: &str) -> String {
    format!("{}--edge--\r\n", part(name, value))
}

fn beginning(page: &Page) {
    assert_eq!(page.status, 413);
    assert!(page.body.len() < 1_200_000, "{}", page.body.len());
    let said = page.main_text();
    assert!(said.contains("That is too large"));
    assert!(said.contains("This is only the beginning of it"));
    assert!(said.contains(WORDS));
    assert!(!page.has("main form"));
}

#[tokio::test]
async fn of_a_form_that_is_much_too_large_the_beginning_comes_back() {
    let app = TestApp::on_sqlite().await;
    let anyone = app.anyone();
    for quotes in [2_000_000, 11_000_000] {
        let typed = format!("{WORDS} {}", "\"".repeat(quotes));
        let body = format!("what={}", typed.replace(' ', "+"));
        beginning(&anyone.post_body("/concerns", FORM, body).await);
        beginning(
            &anyone
                .post_body("/concerns", MULTIPART, parts("what", &typed))
                .await,
        );
    }
    // Many small ones are one large one.
    let many: String = (0..200)
        .map(|_| part("what", &"\"".repeat(50_000)))
        .collect();
    let many = format!("{}{many}--edge--\r\n", part("where", WORDS));
    beginning(&anyone.post_body("/concerns", MULTIPART, many).await);
    app.finish().await;
}

/// Thirty at one moment, of nobody: none is kept, whatever it is.
#[tokio::test]
async fn many_large_forms_at_one_moment_fit_into_memory() {
    let app = TestApp::on_sqlite().await;
    let server = Server::start(&app).await;
    let quotes = "\"".repeat(11_000_000);
    let file = format!(
        "--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n\
         %PDF-1.7 {quotes}\r\n--edge--\r\n"
    );
    let bodies = [
        (FORM, format!("what={}", "\"".repeat(3_900_000)), 413),
        (MULTIPART, parts("what", &quotes), 413),
        (MULTIPART, file, 422),
    ];
    let mut sent = Vec::new();
    for nth in 0..30 {
        let (kind, body, status) = bodies[nth % bodies.len()].clone();
        let address = server.address();
        sent.push(tokio::spawn(async move {
            let mut stream = TcpStream::connect(address).await.expect("connects");
            let head = format!(
                "POST /concerns HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\n\
                 connection: close\r\ncontent-length: {}\r\ncontent-type: {kind}\r\n\r\n",
                body.len()
            );
            stream.write_all(head.as_bytes()).await.expect("sent");
            stream.write_all(body.as_bytes()).await.expect("taken");
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).await.expect("answered");
            let begins = format!("HTTP/1.1 {status}");
            assert!(answer.starts_with(begins.as_bytes()), "{kind} {status}");
        }));
    }
    for one in sent {
        one.await.expect("answered");
    }
    let most = server.most_memory();
    assert!(most < 200_000, "{most} kB");
    drop(server);
    app.finish().await;
}

on_both! {
    async fn where_the_database_is_away_the_words_are_on_the_page_and_can_be_sent_again(app: &TestApp) {
        let asked = asked::open_with(&app.app, &["Bins should be emptied every week"]).await;
        let polled = open(app, ranked(), Electorate::Email).await;
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, "A crossing").await;
        let about = format!("/desk/consultations/{slug}/about");
        let page = officer.get(&about).await.expect(200);
        let form = format!("form[action='{about}']");
        let resident = app.anyone();
        let away = |page: &Page| {
            assert!([500, 503].contains(&page.status), "{}: {}", page.path, page.status);
            assert!(page.main_text().contains(WORDS), "{}: {}", page.path, page.main_text());
        };
        for (path, fields) in [
            // The questions that the answers are to can't be looked up.
            (asked.path("respond"), vec![(asked.answer(2), WORDS), ("page".to_owned(), "1")]),
            // Nor can the poll, and the consultation that is voted on.
            (polled.path("/request"), vec![("email".to_owned(), WORDS)]),
            (asked.path("vote/statement"), vec![("text".to_owned(), WORDS)]),
        ] {
            let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), *value)).collect();
            let page = app.cut_off(&resident).await.post(&path, &fields).await;
            away(&page);
            let again = resident.submit(&page, "main form", &[]).await;
            assert!(![404, 500, 503].contains(&again.status), "{path}: {}", again.status);
        }
        // Nor who it is that writes.
        let page = app.cut_off(&officer).await.submit(&page, &form, &[("body", WORDS)]).await;
        away(&page);
        officer.submit(&page, "main form", &[]).await.expect(303);
        let saved = officer.get(&about).await.expect(200);
        assert_eq!(saved.value("body"), WORDS, "still signed in, and sent again");
    }

    async fn an_address_that_is_none_keeps_the_words_that_were_sent_to_it(app: &TestApp) {
        let anyone = app.anyone();
        for path in ["/nowhere", "/consultations/none/polls/7/cast", "/consultations/none/polls/x/cast"] {
            let page = anyone.post(path, &[("text", WORDS)]).await.expect(404);
            assert!(page.main_text().contains(WORDS), "{path}");
        }
        let page = anyone.post("/privacy", &[("text", WORDS)]).await.expect(405);
        assert!(page.main_text().contains(WORDS));
    }
}
