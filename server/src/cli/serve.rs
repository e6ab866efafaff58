//! `soundings serve`.

use std::net::SocketAddr;

use clap::Args;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::cli::{CliError, open};
use crate::clock::Clock;
use crate::config::Config;
use crate::http::{self, Patience};
use crate::{App, jobs, router};

/// Serve the site
#[derive(Args, Debug)]
pub struct Serve {
    /// Do not bring the database to the newest schema first
    #[arg(long)]
    no_migrate: bool,
    /// No rate limits: for measurements on this machine only
    #[arg(long, hide = true)]
    no_limits: bool,
}

impl Serve {
    /// Serves until SIGTERM or Ctrl-C; requests in flight are finished, for as long as [`Patience`]
    /// allows.
    pub async fn run(self, config: Config) -> Result<(), CliError> {
        let db = open(&config).await?;
        if !self.no_migrate {
            crate::db::migrate(&db).await?;
        }
        let (_, demonstration) = crate::record::site::state(db.read()).await?;
        if demonstration && !config.is_local() {
            return Err(CliError::Usage(
                "This database is the demonstration, whose passwords everybody knows: it is not \
                 served under a public SOUNDINGS_BASE_URL."
                    .to_owned(),
            ));
        }
        if self.no_limits && !config.is_local() {
            return Err(CliError::Usage(
                "--no-limits is only for a SOUNDINGS_BASE_URL on this machine.".to_owned(),
            ));
        }
        let listen = config.listen;
        let base_url = config.base_url.clone();
        let app = App::new(config, db, Clock::default())
            .map_err(|error| CliError::Usage(error.to_string()))?;
        if self.no_limits {
            app.limits.turn_off();
        }
        if let Some(address) = app.config.metrics {
            serve_metrics(address).await?;
        }
        let listener = TcpListener::bind(listen).await.map_err(|error| {
            CliError::Failed(format!("Nothing can listen on {listen}: {error}."))
        })?;
        let (stop, stopped) = watch::channel(false);
        let jobs = tokio::spawn(jobs::run(app.clone(), stopped));
        println!("Soundings serves on {base_url} (listening on {listen}).");
        if demonstration {
            let people = crate::record::demonstration::people(app.db.read()).await?;
            print!("{}", app::messages::account::demonstration_people(&people));
        }
        let pages = router::router(&app);
        http::listen(listener, pages, Patience::default(), asked_to_stop()).await;
        let _ = stop.send(true);
        let _ = jobs.await;
        app.db.close().await;
        Ok(())
    }
}

/// Serves `/metrics` on a listener of its own, so that it is never public by accident.
async fn serve_metrics(address: SocketAddr) -> Result<(), CliError> {
    let handle = metrics_exporter_prometheus::PrometheusBuilder::new()
        .install_recorder()
        .map_err(|error| CliError::Failed(format!("Metrics can't be kept: {error}.")))?;
    let listener = TcpListener::bind(address).await.map_err(|error| {
        CliError::Failed(format!(
            "Nothing can listen on {address} for metrics: {error}."
        ))
    })?;
    let router = axum::Router::new().route(
        "/metrics",
        axum::routing::get(move || async move { handle.render() }),
    );
    tokio::spawn(http::listen(
        listener,
        router,
        Patience::default(),
        std::future::pending(),
    ));
    Ok(())
}

async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = interrupt => {}
        () = terminate => {}
    }
}
