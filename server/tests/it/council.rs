//! Places, the home page, and the pages that a public body must have.

use server::council::boundaries::read_geojson;
use server::council::commands::{ImportAreas, import_areas};
use server::granted::Caller;

use crate::consultation::{OFFICER, publish, set_dates, whole_draft};
use crate::insight::conclude;
use crate::response::asked::open;
use crate::support::{TestApp, on_both};

const SQUARE: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature",
    "properties":{"WD25CD":"E05999999","WD25NM":"Newtown"},
    "geometry":{"type":"Polygon","coordinates":[[[-2.1,52.5],[-2.0,52.5],[-2.0,52.6],[-2.1,52.6],[-2.1,52.5]]]}}]}"#;

/// How many of the file's areas are new.
async fn bring_in(app: &TestApp, file: &str) -> usize {
    let command = ImportAreas {
        areas: read_geojson(file, None, None).expect("areas"),
        kind: "ward".to_owned(),
        ..ImportAreas::default()
    };
    import_areas(&app.app, &Caller::anyone(app.app.clock.now()), command)
        .await
        .expect("imports")
        .added
}

on_both! {
    async fn a_postcode_however_typed_leads_to_its_ward_and_others_say_what_to_do(app: &TestApp) {
        app.with_places().await;
        let anyone = app.anyone();
        for typed in ["B62+0AA", "b620aa", "%20b62%200aa"] {
            let found = anyone.get(&format!("/areas?postcode={typed}")).await.expect(303);
            let ward = anyone.get(&found.location().expect("a ward")).await.expect(200);
            assert!(ward.main_text().contains("Halesowen South"), "{typed}");
        }
        let wrong = anyone.get("/areas?postcode=Dudley").await.expect(422);
        assert_eq!(wrong.errors(), ["Enter a full postcode, such as DY1 1HF"]);
        assert_eq!(wrong.value("postcode"), "Dudley");
        let elsewhere = anyone.get("/areas?postcode=SW1A+1AA").await.expect(422);
        assert!(elsewhere.errors()[0].contains("can’t find this postcode"));
        assert_eq!(elsewhere.count("table tbody tr"), 24);
    }

    async fn a_ward_shows_its_census_profile_as_charts_with_tables(app: &TestApp) {
        app.with_places().await;
        let ward = app.anyone().get("/areas/E05015903").await.expect(200);
        assert!(ward.title().starts_with("Amblecote"));
        let text = ward.main_text();
        assert!(text.contains("14,965"), "{text}");
        assert!(text.contains("Aged 65 and over"), "{text}");
        assert!(text.contains("Rented from the council") && !text.contains("Owned: "), "{text}");
        assert!(ward.count("table") >= 5);
        assert!(text.contains("Open Government Licence"));
        app.anyone().get("/areas/E05000000").await.expect(404);
    }

    async fn a_ward_lists_what_closes_soonest_first(app: &TestApp) {
        app.with_places().await;
        let officer = app.sign_in(OFFICER).await;
        for (title, opens, closes) in [
            ("The later bridge", 1, 45),
            ("The coming bridge", 10, 40),
            ("The sooner bridge", 1, 32),
            ("The past bridge", 1, 29),
        ] {
            let slug = whole_draft(app, &officer, title).await;
            set_dates(app, &officer, &slug, opens, closes).await;
            publish(app, &slug).await;
        }
        app.later(2 * 24);
        let order = ["The past bridge", "The sooner bridge", "The later bridge", "The coming bridge"];
        let ward = app.anyone().get("/areas/E05015903").await.expect(200);
        assert_eq!(ward.texts(".app-card__title"), order);
        app.later(28 * 24);
        let order = ["The sooner bridge", "The coming bridge", "The later bridge", "The past bridge"];
        let ward = app.anyone().get("/areas/E05015903").await.expect(200);
        assert_eq!(ward.texts(".app-card__title"), order);
    }

    async fn the_first_page_says_whose_it_is_and_what_changed_because_people_spoke(app: &TestApp) {
        let bare = app.anyone().get("/").await.expect(200);
        assert!(!bare.has("svg.app-places"));
        app.with_places().await;
        let asked = open(&app.app).await;
        conclude(app, &asked).await;
        app.fresh();
        let home = app.anyone().get("/").await.expect(200);
        assert_eq!(home.texts(".app-hero__place"), ["Demonstration Borough Council"]);
        assert_eq!(home.count("svg.app-places a"), 24);
        let card = home.texts(".app-card").pop().expect("a card");
        assert!(card.contains("It is lowered.") && card.contains("Decided"), "{card}");
    }

    async fn bringing_in_the_same_areas_twice_changes_nothing_and_a_new_name_replaces_the_old(app: &TestApp) {
        app.with_places().await;
        app.with_places().await;
        let page = app.anyone().get("/areas").await.expect(200);
        assert_eq!(page.count("table tbody tr"), 24);
        assert_eq!(bring_in(app, SQUARE).await, 1);
        let renamed = SQUARE.replace("Newtown", "Newtown and Quarry");
        assert_eq!(bring_in(app, &renamed).await, 0);
        app.fresh();
        let names = app.anyone().get("/areas").await.texts("table tbody th");
        assert_eq!(names.len(), 25);
        assert!(names.contains(&"Newtown and Quarry".to_owned()));
    }

    async fn a_site_without_anything_still_has_every_page_it_must_have(app: &TestApp) {
        let anyone = app.anyone();
        for path in ["/", "/areas", "/accessibility", "/privacy", "/cookies", "/terms", "/contact", "/licences"] {
            let page = anyone.get(path).await.expect(200);
            assert_eq!(page.count("main h1"), 1, "{path}");
            assert!(page.header("etag").len() > 4, "{path}");
            assert_eq!(page.header("set-cookie"), "", "{path}");
        }
        let home = anyone.get("/").await;
        assert!(home.main_text().contains("Nothing is open just now"));
        assert!(!home.has("[name=postcode]"));
    }
}
