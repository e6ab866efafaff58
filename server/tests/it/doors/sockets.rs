//! Connections whose other end does nothing, or very little at a time.

use std::time::{Duration, Instant};

use server::http::{Patience, listen};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use crate::faults::process::Server;
use crate::support::TestApp;

const QUICK: Patience = Patience {
    head: Duration::from_millis(400),
    write: Duration::from_millis(400),
    stop: Duration::from_millis(400),
};

struct Listening {
    address: std::net::SocketAddr,
    stop: oneshot::Sender<()>,
    ended: tokio::task::JoinHandle<()>,
}

async fn listening(pages: axum::Router) -> Listening {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = oneshot::channel();
    let ended = tokio::spawn(listen(listener, pages, QUICK, async move {
        let _ = stopped.await;
    }));
    Listening {
        address,
        stop,
        ended,
    }
}

/// How long it takes until the other end closes, with a byte sent every so often.
async fn closed_after(mut stream: TcpStream, drip: Option<&[u8]>) -> Duration {
    let began = Instant::now();
    let mut drops = drip.into_iter().flatten().cycle();
    let mut answer = [0; 1_024];
    loop {
        let read = tokio::time::timeout(Duration::from_millis(100), stream.read(&mut answer)).await;
        if matches!(read, Ok(Ok(0) | Err(_))) {
            return began.elapsed();
        }
        if let Some(byte) = drops.next()
            && stream.write_all(&[*byte]).await.is_err()
        {
            return began.elapsed();
        }
        assert!(began.elapsed() < Duration::from_secs(40), "it stays open");
    }
}

#[tokio::test]
async fn who_sends_nothing_or_drips_is_let_go_and_who_asks_is_answered() {
    let app = TestApp::on_sqlite().await;
    let server = listening(server::router::router(&app.app)).await;
    let begin = async |text: &[u8]| {
        let mut stream = TcpStream::connect(server.address).await.expect("connects");
        stream.write_all(text).await.expect("sent");
        stream
    };
    let idle = closed_after(begin(b"").await, None);
    let dripping = closed_after(begin(b"GET / HTTP/1.1\r\n").await, Some(b"x: y\r\n"));
    let kept_open = closed_after(
        begin(b"GET /health/live HTTP/1.1\r\nhost: a\r\n\r\n").await,
        None,
    );
    let (idle, dripping, kept_open) = tokio::join!(idle, dripping, kept_open);
    for waited in [idle, dripping, kept_open] {
        assert!(waited >= Duration::from_millis(300), "{waited:?}");
        assert!(waited < Duration::from_secs(5), "{waited:?}");
    }
    // Two requests on one connection, a moment apart.
    let mut stream = begin(b"").await;
    for _ in 0..2 {
        tokio::time::sleep(Duration::from_millis(150)).await;
        let asks = b"GET /health/live HTTP/1.1\r\nhost: a\r\n\r\n";
        stream.write_all(asks).await.expect("sent");
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).await.expect("answered");
        assert_eq!(&answer, b"HTTP/1.1 200");
        let mut rest = vec![0; 4_096];
        let read = stream.read(&mut rest).await.expect("the rest");
        assert!(read > 0, "the rest of the head, and the body");
    }
    let _ = server.stop.send(());
    server.ended.await.expect("ends");
    app.finish().await;
}

#[tokio::test]
async fn who_takes_nothing_of_an_answer_is_let_go() {
    let large = axum::Router::new().route_service(
        "/",
        axum::routing::get(|| async { vec![b'a'; 64 * 1024 * 1024] }),
    );
    let server = listening(large).await;
    let mut stream = TcpStream::connect(server.address).await.expect("connects");
    stream
        .write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n")
        .await
        .expect("sent");
    tokio::time::sleep(Duration::from_secs(2)).await;
    let mut taken = 0;
    let mut some = vec![0; 1024 * 1024];
    while let Ok(read @ 1..) = stream.read(&mut some).await {
        taken += read;
    }
    assert!(taken < 64 * 1024 * 1024, "it was cut off: {taken}");
}

#[tokio::test]
async fn a_stop_waits_for_what_is_under_way_and_not_for_ever() {
    let slow = |millis| {
        axum::routing::get(move || async move {
            tokio::time::sleep(Duration::from_millis(millis)).await;
            "done"
        })
    };
    let pages = axum::Router::new()
        .route_service("/short", slow(200))
        .route_service("/endless", slow(600_000));
    let server = listening(pages).await;
    let mut streams = Vec::new();
    for path in ["/short", "/endless"] {
        let mut stream = TcpStream::connect(server.address).await.expect("connects");
        let asks = format!("GET {path} HTTP/1.1\r\nhost: a\r\n\r\n");
        stream.write_all(asks.as_bytes()).await.expect("sent");
        streams.push(stream);
    }
    let idle = TcpStream::connect(server.address).await.expect("connects");
    tokio::time::sleep(Duration::from_millis(100)).await;
    let began = Instant::now();
    let _ = server.stop.send(());
    let mut answer = String::new();
    let short = streams.first_mut().expect("the first");
    short.read_to_string(&mut answer).await.expect("answered");
    assert!(answer.ends_with("done"), "{answer}");
    server.ended.await.expect("ends");
    assert!(began.elapsed() < Duration::from_secs(3));
    drop(idle);
}

/// The program as it is run: within twenty seconds, and not held up when it is asked to stop.
#[tokio::test]
async fn the_server_lets_go_of_slow_clients_in_twenty_seconds_and_stops_while_there_are_some() {
    let app = TestApp::on_sqlite().await;
    let mut server = Server::start(&app).await;
    let mut slow = Vec::new();
    for nth in 0..20 {
        let mut stream = TcpStream::connect(server.address())
            .await
            .expect("connects");
        let drip: Option<&[u8]> = match nth % 2 {
            0 => None,
            _ => {
                stream.write_all(b"GET / HTTP/1.1\r\n").await.expect("sent");
                Some(b"x: y\r\n")
            }
        };
        slow.push(tokio::spawn(closed_after(stream, drip)));
    }
    for one in slow {
        let waited = one.await.expect("closed");
        assert!(waited < Duration::from_secs(20), "{waited:?}");
    }
    let mut half = TcpStream::connect(server.address())
        .await
        .expect("connects");
    let head = b"POST /sign-in HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\
        content-type: application/x-www-form-urlencoded\r\n\r\nemail=";
    half.write_all(head).await.expect("sent");
    tokio::time::sleep(Duration::from_millis(300)).await;
    let began = Instant::now();
    server.terminate().await;
    assert!(
        began.elapsed() < Duration::from_secs(15),
        "{:?}",
        began.elapsed()
    );
    app.finish().await;
}

/// Hashing a password takes megabytes; two hundred at one moment take no more than a few.
#[tokio::test]
async fn two_hundred_people_who_sign_in_at_one_moment_fit_into_memory() {
    let app = TestApp::on_sqlite().await;
    let server = Server::start(&app).await;
    let mut sent = Vec::new();
    for nth in 0..200 {
        let address = server.address();
        sent.push(tokio::spawn(async move {
            let mut stream = TcpStream::connect(address).await.expect("connects");
            let body = format!("email=nobody{nth}%40council.example&password=wrong+wrong+wrong");
            let asks = format!(
                "POST /sign-in HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\n\
                 connection: close\r\ncontent-length: {}\r\n\
                 content-type: application/x-www-form-urlencoded\r\n\r\n{body}",
                body.len()
            );
            stream.write_all(asks.as_bytes()).await.expect("sent");
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).await.expect("answered");
            assert!(
                answer.starts_with(b"HTTP/1.1 422"),
                "{}",
                String::from_utf8_lossy(&answer)
            );
        }));
    }
    for one in sent {
        one.await.expect("answered");
    }
    let most = server.most_memory();
    assert!(most < 300_000, "{most} kB");
    drop(server);
    app.finish().await;
}
