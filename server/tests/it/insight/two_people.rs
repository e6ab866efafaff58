//! Two officers at one moment, stopped inside their use cases: the end is that of one after the other.

use domain::edit::{AsRead, CreationKey, Version};
use domain::ids::ThemeId;
use domain::insight::{Outcome, Theme, as_read};
use jiff::civil::Date;
use server::App;
use server::db::Point;
use server::granted::Caller;
use server::insight::commands::{
    AddTheme, ChangeTheme, Decide, PublishAnswers, RemoveTheme, add_theme, change_theme, decide,
    publish_answers, remove_theme,
};
use server::insight::queries::themes;

use super::{COLLEAGUE, OFFICER, closed, entries};
use crate::response::asked::Asked;
use crate::support::{TestApp, on_both, together};

const POINTS: [Point; 2] = [Point::Granted, Point::BeforeCommit];

fn whole(title: &str) -> Theme {
    Theme {
        id: None,
        title: title.to_owned(),
        we_asked: "What else?".to_owned(),
        you_said: "It is too high.".to_owned(),
        outcome: Some(Outcome::Did),
        we_did: "It is lowered.".to_owned(),
        because: "Wheels have to cross it.".to_owned(),
        promise: String::new(),
        promise_due: None,
        kept: false,
    }
}

fn unfinished() -> Theme {
    Theme {
        because: String::new(),
        ..whole("Half a theme")
    }
}

async fn add(app: App, caller: Caller, on: String, theme: Theme) -> bool {
    let key = CreationKey::default();
    add_theme(&app, &caller, AddTheme { on, theme, key })
        .await
        .is_ok()
}

async fn change(app: App, caller: Caller, on: String, theme: ThemeId, says: Theme) -> bool {
    let seen = Version::default();
    let command = ChangeTheme {
        on,
        theme,
        says,
        seen,
    };
    change_theme(&app, &caller, command).await.is_ok()
}

async fn remove(app: App, caller: Caller, on: String, theme: ThemeId) -> bool {
    let seen = Version::default();
    remove_theme(&app, &caller, RemoveTheme { on, theme, seen })
        .await
        .is_ok()
}

async fn publish(app: App, caller: Caller, on: String, read: AsRead) -> bool {
    publish_answers(&app, &caller, PublishAnswers { on, read })
        .await
        .is_ok()
}

async fn decided(app: App, caller: Caller, on: String, words: &'static str, read: AsRead) -> bool {
    let command = Decide {
        on,
        words: words.to_owned(),
        equality_assessed: Some(Date::constant(2026, 2, 1)),
        read,
    };
    decide(&app, &caller, command).await.is_ok()
}

async fn stored(app: &TestApp, asked: &Asked) -> Vec<Theme> {
    let on = server::consultation::rows::by_slug(app.app.db.read(), &asked.slug).await;
    let on = on.expect("reads").expect("a consultation");
    themes(app.app.db.read(), on.id).await.expect("reads")
}

/// The themes as somebody reads them now.
async fn read(app: &TestApp, asked: &Asked) -> AsRead {
    as_read(&stored(app, asked).await)
}

/// A closed consultation with one whole theme, two officers, and the theme's number.
async fn begun(app: &TestApp) -> (Asked, Caller, Caller, ThemeId) {
    let asked = closed(app).await;
    let (one, other) = (app.caller(OFFICER).await, app.caller(COLLEAGUE).await);
    let slug = asked.slug.clone();
    assert!(add(app.app.clone(), one.clone(), slug, whole("The kerb")).await);
    let id = stored(app, &asked).await[0].id.expect("a number");
    (asked, one, other, id)
}

on_both! {
    async fn publish_answers_and_save_half_a_theme(app: &TestApp) {
        // The half theme first: then nothing is published.
        let (asked, one, other, id) = begun(app).await;
        let on = || asked.slug.clone();
        let read = read(app, &asked).await;
        let (changed, published) = together(
            app,
            Point::BeforeCommit,
            |app| change(app, one.clone(), on(), id, unfinished()),
            |app| publish(app, other.clone(), on(), read.clone()),
        )
        .await;
        assert!(changed && !published);
        // Publication first: then the theme stays whole, and no half one joins it.
        let made_whole = change_theme(&app.app, &one, ChangeTheme {
            on: on(),
            theme: id,
            says: whole("The kerb"),
            seen: Version(1),
        });
        assert!(made_whole.await.is_ok());
        let half = change_half(one.clone(), on(), id);
        let (published, changed) =
            together(app, Point::Granted, |app| publish(app, other.clone(), on(), read.clone()), half).await;
        assert!(published && !changed);
        assert!(!add(app.app.clone(), one, on(), unfinished()).await);
        assert_eq!(stored(app, &asked).await[0].because, "Wheels have to cross it.");
    }

    async fn publish_answers_and_add_half_a_theme(app: &TestApp) {
        let (asked, one, other, _) = begun(app).await;
        let on = || asked.slug.clone();
        let read = read(app, &asked).await;
        let (published, added) = together(
            app,
            Point::BeforeCommit,
            |app| publish(app, one.clone(), on(), read.clone()),
            |app| add(app, other.clone(), on(), unfinished()),
        )
        .await;
        assert!(published && !added);
        assert_eq!(stored(app, &asked).await.len(), 1);
    }

    async fn publish_answers_and_remove_the_only_theme(app: &TestApp) {
        let (asked, one, other, id) = begun(app).await;
        let on = || asked.slug.clone();
        let read = read(app, &asked).await;
        let (published, removed) = together(
            app,
            Point::Granted,
            |app| publish(app, one.clone(), on(), read.clone()),
            |app| remove(app, other.clone(), on(), id),
        )
        .await;
        assert!(published && !removed);
        assert_eq!(stored(app, &asked).await.len(), 1);
    }

    async fn change_a_theme_and_change_it_otherwise(app: &TestApp) {
        let (asked, one, other, id) = begun(app).await;
        let on = || asked.slug.clone();
        let (first, second) = together(
            app,
            Point::Granted,
            |app| change(app, one.clone(), on(), id, whole("The kerb and the lamps")),
            |app| change(app, other.clone(), on(), id, whole("The kerb and the trees")),
        )
        .await;
        assert!(first && !second);
        assert_eq!(stored(app, &asked).await[0].title, "The kerb and the lamps");
    }

    async fn two_clicks_at_one_moment_add_one_theme(app: &TestApp) {
        let (asked, one, _, _) = begun(app).await;
        for (made, at) in POINTS.into_iter().enumerate() {
            let click = |app: App| {
                let (one, on) = (one.clone(), asked.slug.clone());
                async move {
                    let command = AddTheme {
                        on,
                        theme: whole("Lamps"),
                        key: CreationKey::typed(&format!("form {made}")),
                    };
                    add_theme(&app, &one, command).await.is_ok()
                }
            };
            assert_eq!(together(app, at, click, click).await, (true, true));
            assert_eq!(stored(app, &asked).await.len(), made + 2);
        }
    }

    async fn decide_and_decide_otherwise(app: &TestApp) {
        let (asked, one, other, _) = begun(app).await;
        let on = || asked.slug.clone();
        let read = read(app, &asked).await;
        assert!(publish(app.app.clone(), one.clone(), on(), read.clone()).await);
        let (first, second) = together(
            app,
            Point::Granted,
            |app| decided(app, one.clone(), on(), "We build it.", read.clone()),
            |app| decided(app, other.clone(), on(), "We do not build it.", read.clone()),
        )
        .await;
        assert!(first && !second);
        let told = effects(app).await;
        assert_eq!(told, 1, "nobody is told twice");
        let done = ["add-theme", "publish-answers", "decide"];
        assert_eq!(entries(app, &asked).await, done);
        let page = app.anyone().get(&asked.path("outcome")).await.expect(200).main_text();
        assert!(page.contains("We build it.") && !page.contains("not build"), "{page}");
    }

    async fn two_clicks_at_one_moment_decide_once_and_are_answered_alike(app: &TestApp) {
        let (asked, one, _, _) = begun(app).await;
        let on = || asked.slug.clone();
        let read = read(app, &asked).await;
        assert!(publish(app.app.clone(), one.clone(), on(), read.clone()).await);
        let click = |app: App| decided(app, one.clone(), on(), "We build it.", read.clone());
        assert_eq!(together(app, Point::BeforeCommit, click, click).await, (true, true));
        assert_eq!(effects(app).await, 1);
    }

    async fn decide_and_add_a_theme(app: &TestApp) {
        let (asked, one, other, _) = begun(app).await;
        let on = || asked.slug.clone();
        let read = read(app, &asked).await;
        assert!(publish(app.app.clone(), one.clone(), on(), read.clone()).await);
        let (first, added) = together(
            app,
            Point::BeforeCommit,
            |app| decided(app, one.clone(), on(), "We build it.", read.clone()),
            |app| add(app, other.clone(), on(), whole("Late")),
        )
        .await;
        assert!(first && !added);
        assert_eq!(stored(app, &asked).await.len(), 1);
    }

    async fn decide_and_change_a_theme(app: &TestApp) {
        let (asked, one, other, id) = begun(app).await;
        let on = || asked.slug.clone();
        let read = read(app, &asked).await;
        assert!(publish(app.app.clone(), one.clone(), on(), read.clone()).await);
        let (first, changed) = together(
            app,
            Point::Granted,
            |app| decided(app, one.clone(), on(), "We build it.", read.clone()),
            |app| change(app, other.clone(), on(), id, whole("Otherwise")),
        )
        .await;
        assert!(first && !changed);
        assert_eq!(stored(app, &asked).await[0].title, "The kerb");
    }
}

fn change_half(
    caller: Caller,
    on: String,
    id: ThemeId,
) -> impl FnOnce(App) -> std::pin::Pin<Box<dyn Future<Output = bool> + Send>> {
    move |app| {
        Box::pin(async move {
            let command = ChangeTheme {
                on,
                theme: id,
                says: unfinished(),
                seen: Version(2),
            };
            change_theme(&app, &caller, command).await.is_ok()
        })
    }
}

/// How many times everybody is to be told of a decision.
async fn effects(app: &TestApp) -> u64 {
    use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
    entity::outbox::Entity::find()
        .filter(entity::outbox::Column::Kind.eq("tell-taken-part"))
        .count(app.app.db.read())
        .await
        .expect("counts")
}
