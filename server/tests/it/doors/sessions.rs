//! A request that is under way when its session ends.

use axum::body::Body;
use axum::http::Method;
use server::db::Point;
use tower::ServiceExt;

use crate::support::{on_both, password, together};

const OFFICER: &str = "officer@council.example";

on_both! {
    async fn a_session_that_a_password_change_ended_stays_ended_when_a_slow_request_saves_it(app: &TestApp) {
        let stolen = app.sign_in(OFFICER).await;
        let owner = app.sign_in(OFFICER).await;
        let form = owner.get("/account").await.expect(200);
        // In another hour, so that the request notes that the session was used.
        app.later(1);
        let slow = stolen.request(Method::GET, "/desk").body(Body::empty()).expect("a request");
        let (shown, changed) = together(
            app,
            Point::Begun,
            move |held| async move {
                let answer = server::router::router(&held).oneshot(slow).await;
                answer.expect("answered").status().as_u16()
            },
            move |_| async move {
                let new = [("password", password(OFFICER)), ("new-password", "a barge full of coal")];
                owner.submit(&form, "main form", &new).await.status
            },
        )
        .await;
        assert_eq!((shown, changed), (200, 303), "both were at work at once");
        stolen.get("/desk").await.expect(303);
        let left = sessions(app).await;
        assert_eq!(left, 1, "the owner's, and nothing came back");
    }
}

async fn sessions(app: &crate::support::TestApp) -> u64 {
    use sea_orm::{EntityTrait, PaginatorTrait};
    let rows = entity::session::Entity::find().count(app.app.db.read());
    rows.await.expect("counts")
}
