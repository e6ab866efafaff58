//! Concerns where nobody reads them.

use domain::account::Role;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::neighbourhood::{NORTH, raise, wards};
use crate::support::{TestApp, on_both};

async fn concerns(app: &TestApp) -> u64 {
    entity::concern::Entity::find()
        .count(app.app.db.read())
        .await
        .expect("counts")
}

/// The code of a ward that no team looks after.
async fn unserved(app: &TestApp) -> String {
    let served = entity::team_area::Entity::find()
        .all(app.app.db.read())
        .await
        .expect("reads");
    let find = entity::area::Entity::find()
        .filter(entity::area::Column::Id.is_not_in(served.iter().map(|one| one.area_id)));
    find.one(app.app.db.read())
        .await
        .expect("reads")
        .expect("a ward")
        .code
}

/// Takes the role of the one officer of the north, so that nobody of that team reads what comes.
async fn nobody_reads(app: &TestApp) {
    let administrator = app.administrator_of_the_police().await;
    let person = app.person(NORTH).await;
    let page = administrator
        .get(&format!("/desk/people/{person}"))
        .await
        .expect(200);
    let role = Role::NeighbourhoodOfficer.code();
    let remove = page.links().into_iter().find(|link| link.contains(role));
    let confirm = administrator
        .get(&remove.expect("a role to take away"))
        .await
        .expect(200);
    administrator
        .submit(&confirm, "main form", &[])
        .await
        .expect(303);
}

on_both! {
    async fn a_concern_that_nobody_would_read_is_refused_before_it_is_typed(app: &TestApp) {
        wards(app).await;
        let ward = unserved(app).await;
        let resident = app.anyone();
        for path in [format!("/areas/{ward}/concern"), format!("/areas/{ward}/concern?step=form")] {
            let page = resident.get(&path).await.expect(200);
            let said = page.main_text();
            assert!(said.contains("999") && said.contains("101") && said.contains("nobody would answer"), "{said}");
            assert!(!page.has("main form") && !said.contains("72 hours"), "{said}");
        }
        let area = resident.get(&format!("/areas/{ward}")).await.expect(200);
        assert!(!area.links().iter().any(|link| link.contains("/concern")), "{:?}", area.links());
    }

    async fn a_team_that_goes_while_somebody_types_leaves_their_words(app: &TestApp) {
        let (north, _) = wards(app).await;
        let resident = app.anyone();
        let form = resident.get(&format!("/areas/{north}/concern?step=form")).await.expect(200);
        let fields = [("category", "roads"), ("what", "Cars race here"), ("place", "Priory Road"), ("contact", "no")];
        let check = resident.submit(&form, "main form", &fields).await.expect(200);
        let code = raise(app, &north, &[]).await;
        nobody_reads(app).await;
        for (page, go) in [(&form, "check"), (&check, "send")] {
            let mut sent = fields.to_vec();
            sent.push(("go", go));
            let refused = resident.submit(page, "main form", &sent).await.expect(422);
            assert!(refused.errors().concat().contains("Call 101"), "{:?}", refused.errors());
            assert_eq!(refused.value("what"), "Cars race here");
            assert_eq!(refused.value("place"), "Priory Road");
        }
        assert_eq!(concerns(app).await, 1);
        // Whoever was promised a reply is not told any more when it comes.
        let thread = resident.post("/concerns", &[("code", &code)]).await.expect(200);
        let said = thread.main_text();
        assert!(said.contains("don’t wait for a reply") && !said.contains("will reply by"), "{said}");
    }

    async fn a_team_without_anybody_reads_nothing(app: &TestApp) {
        let (north, _) = wards(app).await;
        let code = raise(app, &north, &[]).await;
        nobody_reads(app).await;
        let page = app.anyone().get(&format!("/areas/{north}/concern")).await.expect(200);
        assert!(page.main_text().contains("nobody would answer"), "{}", page.main_text());
        let thread = app.anyone().post("/concerns", &[("code", &code)]).await.expect(200);
        assert!(thread.main_text().contains("don’t wait for a reply"), "{}", thread.main_text());
    }
}
