//! A database for one test, and its removal.

use std::path::Path;

use sea_orm::{ConnectionTrait, Database};
use tempfile::TempDir;

/// An SQLite file in a folder of its own, or a PostgreSQL database of its own.
pub struct TestDatabase {
    url: String,
    folder: TempDir,
    server: Option<(String, String)>,
}

impl TestDatabase {
    /// A new SQLite file.
    pub fn sqlite() -> Self {
        Self::sqlite_in(&std::env::temp_dir())
    }

    /// A new SQLite file below this folder.
    pub fn sqlite_in(above: &Path) -> Self {
        let folder = tempfile::tempdir_in(above).expect("a folder");
        Self {
            url: format!("sqlite://{}", folder.path().join("soundings.db").display()),
            folder,
            server: None,
        }
    }

    /// A new PostgreSQL database, if there is a server.
    pub async fn postgresql() -> Option<Self> {
        let Ok(server) = std::env::var("SOUNDINGS_TEST_POSTGRES") else {
            let required = ["CI", "SOUNDINGS_REQUIRE_POSTGRES"]
                .into_iter()
                .any(|name| std::env::var_os(name).is_some());
            assert!(!required, "SOUNDINGS_TEST_POSTGRES is not set");
            eprintln!("not run on PostgreSQL: SOUNDINGS_TEST_POSTGRES is not set");
            return None;
        };
        let name = format!(
            "soundings_test_{}",
            server::secret::token().expect("random")
        );
        let connection = Database::connect(&server)
            .await
            .expect("PostgreSQL answers");
        connection
            .execute_unprepared(&format!("CREATE DATABASE {name}"))
            .await
            .expect("a database is made");
        connection.close().await.expect("closes");
        let mut url = url::Url::parse(&server).expect("an address");
        url.set_path(&name);
        Some(Self {
            url: url.to_string(),
            folder: tempfile::tempdir().expect("a folder"),
            server: Some((server, name)),
        })
    }

    /// Another database with the same content. Nobody may be connected to this one.
    pub async fn copied(&self) -> Self {
        let Some((server, name)) = &self.server else {
            let copy = Self::sqlite();
            let file = |one: &Self| one.folder.path().join("soundings.db");
            std::fs::copy(file(self), file(&copy)).expect("a copy");
            return copy;
        };
        let copy = format!(
            "soundings_test_{}",
            server::secret::token().expect("random")
        );
        let connection = Database::connect(server).await.expect("PostgreSQL answers");
        connection
            .execute_unprepared(&format!("CREATE DATABASE {copy} TEMPLATE {name}"))
            .await
            .expect("a copy is made");
        connection.close().await.expect("closes");
        let mut url = url::Url::parse(server).expect("an address");
        url.set_path(&copy);
        Self {
            url: url.to_string(),
            folder: tempfile::tempdir().expect("a folder"),
            server: Some((server.clone(), copy)),
        }
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A folder that goes with it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Removes it. A test that fails leaves its PostgreSQL database for whoever looks into it.
    pub async fn remove(self) {
        if let Some((server, name)) = self.server {
            let connection = Database::connect(&server)
                .await
                .expect("PostgreSQL answers");
            connection
                .execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)"))
                .await
                .expect("the database is removed");
            connection.close().await.expect("closes");
        }
    }
}
