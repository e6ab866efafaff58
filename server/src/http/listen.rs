//! Connections: taken, served, and let go.
//!
//! Invariant: nobody holds a connection by doing nothing. The head of a request comes within
//! [`Patience::head`] of the connection or of the answer before it; whoever takes nothing of an answer
//! for [`Patience::write`] is gone. The body of a request has the time of the request, which the router
//! bounds. A stop waits for requests under way and for nothing else, and not for ever.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::serve::Listener;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tower::ServiceExt;

use super::patience::Patient;

/// For how long a client is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the head of the next request, whole.
    pub head: Duration,
    /// For any more of an answer to be taken.
    pub write: Duration,
    /// For requests under way, once the server is to stop.
    pub stop: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(15),
            write: Duration::from_secs(20),
            stop: Duration::from_secs(10),
        }
    }
}

/// Serves until `stop`, and then ends what is under way.
pub async fn listen(
    mut listener: TcpListener,
    pages: Router,
    patience: Patience,
    stop: impl Future<Output = ()>,
) {
    let (tell, stopped) = watch::channel(false);
    let mut connections = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            (stream, peer) = Listener::accept(&mut listener) => {
                let pages = pages.clone();
                connections.spawn(serve(stream, peer, pages, patience, stopped.clone()));
            }
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
        }
    }
    drop(listener);
    let _ = tell.send(true);
    let ended = tokio::time::timeout(patience.stop, async {
        while connections.join_next().await.is_some() {}
    });
    if ended.await.is_err() {
        tracing::warn!(
            connections = connections.len(),
            "requests that did not end were given up"
        );
        connections.shutdown().await;
    }
}

/// One connection, until it ends.
async fn serve(
    stream: TcpStream,
    peer: SocketAddr,
    pages: Router,
    patience: Patience,
    mut stopped: watch::Receiver<bool>,
) {
    let service = service_fn(move |request| {
        let mut request: Request<hyper::body::Incoming> = request;
        request.extensions_mut().insert(ConnectInfo(peer));
        pages.clone().oneshot(request)
    });
    let stream = TokioIo::new(Patient::new(stream, patience.write));
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(patience.head)
            .serve_connection(stream, service)
    );
    // How a connection ends is its client's affair: it is nobody's fault and in no log.
    let ended = tokio::select! {
        _ = connection.as_mut() => true,
        _ = stopped.wait_for(|stopped| *stopped) => false,
    };
    if !ended {
        connection.as_mut().graceful_shutdown();
        let _ = connection.await;
    }
}
