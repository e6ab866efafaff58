//! Two people at one moment: the first one's use case is held at a point inside it until the second
//! one's has begun.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use domain::account::Member;
use server::App;
use server::db::{Db, Gate, Point};
use server::granted::Caller;
use tokio::sync::Notify;

use super::TestApp;

/// Holds the first transaction that comes to a point.
#[derive(Debug)]
struct Hold {
    at: Point,
    taken: AtomicBool,
    there: Notify,
    go: Notify,
}

impl Gate for Hold {
    fn pass(&self, at: Point) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(async move {
            if at == self.at && !self.taken.swap(true, Ordering::SeqCst) {
                self.there.notify_one();
                self.go.notified().await;
            }
        })
    }
}

/// Does two things at one moment, each in a process of its own, and answers what became of each. The
/// first one is held at `at` until the second one has had time to come as far as it can.
pub async fn together<A, B, FA, FB>(
    app: &TestApp,
    at: Point,
    first: impl FnOnce(App) -> FA,
    second: impl FnOnce(App) -> FB,
) -> (A, B)
where
    FA: Future<Output = A> + Send + 'static,
    FB: Future<Output = B> + Send + 'static,
    A: Send + 'static,
    B: Send + 'static,
{
    let hold = Arc::new(Hold {
        at,
        taken: AtomicBool::new(false),
        there: Notify::new(),
        go: Notify::new(),
    });
    let db = Db::open(&app.app.config.database_url)
        .await
        .expect("opens")
        .gated(hold.clone());
    let held = App::new(app.app.config.clone(), db, app.app.clock.clone()).expect("an application");
    let first = tokio::spawn(first(held));
    tokio::time::timeout(Duration::from_secs(30), hold.there.notified())
        .await
        .expect("the first one comes to this point");
    let second = tokio::spawn(second(app.another().await));
    tokio::time::sleep(Duration::from_millis(250)).await;
    hold.go.notify_one();
    (
        first.await.expect("the first one ends"),
        second.await.expect("the second one ends"),
    )
}

impl TestApp {
    /// Everything that this invented person may do.
    pub async fn member(&self, email: &str) -> Member {
        let id = self.person(email).await;
        server::account::rows::member::member(self.app.db.read(), id)
            .await
            .expect("reads")
            .expect("a member")
    }

    /// This invented person at this moment.
    pub async fn caller(&self, email: &str) -> Caller {
        Caller::member(self.member(email).await, self.app.clock.now())
    }

    /// Has an administrator give this invented person the role in the team in which another holds it.
    pub async fn also_in_team_of(&self, other: &str, email: &str, role: domain::account::Role) {
        let team = *self
            .member(other)
            .await
            .teams_as(role)
            .first()
            .expect("a team");
        let id = self.person(email).await;
        let path = format!("/desk/people/{id}");
        let administrator = self.sign_in("administrator@council.example").await;
        let page = administrator.get(&path).await.expect(200);
        let form = format!("form[action=\"{path}/roles\"]");
        let fields = [("team", team.to_string()), ("role", role.code().to_owned())];
        let fields = fields
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        administrator
            .submit(&page, &form, &fields)
            .await
            .expect(303);
    }
}
