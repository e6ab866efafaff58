//! The measure for pages: an axum handler that returns given bytes and does nothing else.

use std::path::Path;

use axum::Router;
use axum::http::header;
use axum::routing::get;
use bytes::Bytes;
use tokio::net::TcpListener;

use server::cli::CliError;
use server::config::Config;

/// Serves the bytes of a file at `/`, as compressed HTML, until the process is stopped.
///
/// # Errors
/// Where the file can't be read or nothing can listen.
pub async fn serve(file: &Path, config: &Config) -> Result<(), CliError> {
    let bytes = Bytes::from(std::fs::read(file)?);
    let handler = move || {
        let bytes = bytes.clone();
        async move {
            (
                [
                    (header::CONTENT_TYPE, "text/html; charset=utf-8"),
                    (header::CONTENT_ENCODING, "br"),
                ],
                bytes,
            )
        }
    };
    let listener = TcpListener::bind(config.listen).await?;
    axum::serve(listener, Router::new().route("/", get(handler))).await?;
    Ok(())
}
