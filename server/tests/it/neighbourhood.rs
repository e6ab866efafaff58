//! A concern from a resident to the neighbourhood team of the place and back, and who sees it.

mod two_people;

use domain::account::Role;
use domain::ids::{AreaId, TeamId};
use entity::{area, area_promise, concern, concern_event, team};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use server::council::commands::serve_areas::{ServeAreas, serve_areas};
use server::granted::Caller;

use crate::support::{Browser, Page, TestApp, on_both};

pub const NORTH: &str = "north@police.example";
const SOUTH: &str = "south@police.example";
const WHAT: &str = "Cars race past the school every Friday night";
const PLACE: &str = "Priory Road, by the school gate";

/// Two wards, one of each police team: their codes.
pub async fn wards(app: &TestApp) -> (String, String) {
    app.with_places().await;
    let db = app.app.db.read();
    let mut codes = Vec::new();
    for (name, team_name) in [
        ("Castle & Priory", "Neighbourhood Team North"),
        ("Netherton & Holly Hall", "Neighbourhood Team South"),
    ] {
        let find = area::Entity::find().filter(area::Column::Name.eq(name));
        let ward = find.one(db).await.expect("reads").expect("a ward");
        let find = team::Entity::find().filter(team::Column::Name.eq(team_name));
        let team = find.one(db).await.expect("reads").expect("a team");
        let anyone = Caller::anyone(app.app.clock.now());
        let command = ServeAreas {
            team: TeamId(team.id),
            areas: vec![AreaId(ward.id)],
        };
        serve_areas(&app.app, &anyone, command)
            .await
            .expect("serves");
        codes.push(ward.code);
    }
    let south = codes.pop().expect("two wards");
    (codes.pop().expect("two wards"), south)
}

/// The form behind the signpost.
async fn form(resident: &Browser, ward: &str) -> Page {
    let first = resident
        .get(&format!("/areas/{ward}/concern"))
        .await
        .expect(200);
    let said = first.main_text();
    assert!(
        said.contains("Call 999") && said.contains("Call 101"),
        "{said}"
    );
    assert!(!first.has("main form"), "the signpost comes first");
    let links = first.links();
    let next = links.iter().find(|link| link.contains("step=form"));
    resident.get(next.expect("a way on")).await.expect(200)
}

/// The page for a last look.
async fn last_look(resident: &Browser, ward: &str, more: &[(&str, &str)]) -> Page {
    let form = form(resident, ward).await;
    let mut fields = vec![
        ("category", "roads"),
        ("what", WHAT),
        ("place", PLACE),
        ("contact", "no"),
    ];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend(more);
    resident.submit(&form, "main form", &fields).await
}

/// Raises a concern and returns its code.
pub async fn raise(app: &TestApp, ward: &str, more: &[(&str, &str)]) -> String {
    let resident = app.anyone();
    let check = last_look(&resident, ward, more).await.expect(200);
    let sent = resident
        .submit(&check, "main form", &[("go", "send")])
        .await
        .expect(303);
    let receipt = resident
        .follow(&sent.location().expect("a receipt"))
        .await
        .expect(200);
    receipt.texts(".app-code").concat()
}

async fn followed(app: &TestApp, code: &str) -> String {
    let thread = app.anyone().post("/concerns", &[("code", code)]).await;
    thread.expect(200).main_text()
}

/// The address of the only concern in this officer's queue.
pub async fn only(officer: &Browser) -> String {
    let queue = officer.get("/desk/concerns").await.expect(200);
    let links = queue.attributes("main table a", "href");
    assert_eq!(links.len(), 1, "{links:?}");
    links.concat()
}

pub async fn answer(officer: &Browser, path: &str, fields: &[(&str, &str)]) -> Page {
    let page = officer.get(path).await.expect(200);
    officer.submit(&page, "main form", fields).await
}

on_both! {
    async fn a_concern_is_raised_after_the_signpost_and_what_was_typed_survives(app: &TestApp) {
        let (north, _) = wards(app).await;
        let resident = app.anyone();
        let empty = form(&resident, &north).await;
        let refused = resident
            .submit(&empty, "main form", &[("place", PLACE), ("contact", "yes")])
            .await
            .expect(422);
        assert!(refused.title().starts_with("Error:"), "{}", refused.title());
        assert_eq!(refused.errors().len(), 3, "{:?}", refused.errors());
        assert_eq!(refused.value("place"), PLACE);
        let what = "A van, AB12 CDE, parks on the kerb. Call me on 07700 900123";
        let stop = last_look(&resident, &north, &[("what", what), ("place", "DY1 1HF")])
            .await
            .expect(200);
        assert!(stop.main_text().contains("AB12 CDE may be about the number plate of one driver"));
        let look = resident
            .submit(&stop, "main form", &[("go", "check")])
            .await
            .expect(200);
        let said = look.main_text();
        assert!(said.contains("AB12 CDE looks like a number plate"), "{said}");
        assert!(said.contains("07700 900123 looks like a phone number"), "{said}");
        assert!(!said.contains("looks like a postcode"), "{said}");
        // A last look stores nothing, and leads back with everything on the page.
        assert_eq!(stored(app).await, 0);
        let back = resident
            .submit(&look, "main form", &[("go", "change")])
            .await
            .expect(200);
        assert_eq!(back.value("what"), what);
        assert_eq!(back.value("category"), "roads");
        assert_eq!(stored(app).await, 0);
    }

    async fn what_may_be_a_crime_is_sent_to_101_and_nobody_is_stuck(app: &TestApp) {
        let (north, _) = wards(app).await;
        let resident = app.anyone();
        let what = "A man steals bikes by the station";
        let stop = last_look(&resident, &north, &[("what", what)]).await.expect(200);
        let said = stop.main_text();
        assert_eq!(stop.texts("h1"), ["This may be a crime: call 101"]);
        assert!(said.contains("steals may be about a theft"), "{said}");
        assert!(said.contains("Nothing has been sent yet"), "{said}");
        assert_eq!(stop.texts("[aria-current]"), ["Raise a concern"]);
        // A hand that goes around the page comes back to it.
        let fields: Vec<(String, String)> = stop.form("main form").1;
        let unsaid: Vec<(&str, &str)> = fields
            .iter()
            .filter(|(name, _)| name != "no-crime" && name != "go")
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .chain([("go", "send")])
            .collect();
        let again = resident.post(&stop.path, &unsaid).await.expect(200);
        assert_eq!(again.texts("h1"), stop.texts("h1"));
        assert_eq!(stored(app).await, 0);
        // Words are kept on the way back, and asked about once.
        let back = resident.submit(&stop, "main form", &[("go", "change")]).await.expect(200);
        assert_eq!(back.value("what"), what);
        let same = resident.submit(&back, "main form", &[("go", "check")]).await.expect(200);
        assert_eq!(same.texts("h1"), ["Check your concern"]);
        // Other words are asked about again.
        let more = [("what", "A man steals bikes and carries a knife"), ("go", "check")];
        let asked = resident.submit(&back, "main form", &more).await.expect(200);
        assert_eq!(asked.texts("h1"), stop.texts("h1"));
        // Whoever knows that it is none goes on.
        let look = resident.submit(&stop, "main form", &[("go", "check")]).await.expect(200);
        assert_eq!(look.texts("h1"), ["Check your concern"]);
        resident.submit(&look, "main form", &[("go", "send")]).await.expect(303);
        assert_eq!(stored(app).await, 1);
    }

    async fn many_clicks_are_one_concern_and_one_receipt(app: &TestApp) {
        let (north, _) = wards(app).await;
        let check = last_look(&app.anyone(), &north, &[]).await.expect(200);
        let clicks = (0..8).map(|_| {
            let (browser, check) = (app.anyone(), check.clone());
            tokio::spawn(async move {
                let sent = browser.submit(&check, "main form", &[("go", "send")]).await.expect(303);
                let receipt = browser.follow(&sent.location().expect("a receipt")).await;
                receipt.expect(200).texts(".app-code").concat()
            })
        });
        let mut codes = Vec::new();
        for click in clicks.collect::<Vec<_>>() {
            codes.push(click.await.expect("clicked"));
        }
        assert_eq!(codes[0].len(), 19, "{codes:?}");
        codes.dedup();
        assert_eq!(codes.len(), 1, "{codes:?}");
        assert_eq!(stored(app).await, 1);
        // A key of our own making and nobody else's.
        let path = format!("/areas/{north}/concern");
        app.anyone().post(&path, &[("key", "mine"), ("go", "send")]).await.expect(400);
    }

    async fn the_team_of_the_place_sees_a_concern_and_nobody_else_does(app: &TestApp) {
        let (north, _) = wards(app).await;
        let contact = [("contact", "yes"), ("name", "Jo Bright"), ("email", "jo@example.org")];
        raise(app, &north, &contact).await;
        let officer = app.sign_in(NORTH).await;
        let path = only(&officer).await;
        let page = officer.get(&path).await.expect(200).main_text();
        assert!(page.contains(WHAT) && page.contains("jo@example.org"), "{page}");
        let elsewhere = app.sign_in(SOUTH).await;
        assert!(!elsewhere.get("/desk/concerns").await.expect(200).main_text().contains(PLACE));
        elsewhere.get(&path).await.expect(404);
        elsewhere.get(&format!("/desk/concerns/areas/{north}")).await.expect(403);
        for role in Role::ALL {
            if role == Role::NeighbourhoodOfficer {
                continue;
            }
            let colleague = app.sign_in_as(role).await;
            let queue = colleague.get("/desk/concerns").await;
            assert!(!queue.main_text().contains(PLACE), "{role:?}");
            // A council's moderators see what is referred to it, and only that.
            assert_eq!(queue.status == 200, role == Role::Moderator, "{role:?}");
            colleague.get(&path).await.expect(404);
            colleague.post(&path, &[("ownership", "ours")]).await.expect(404);
        }
        assert_eq!(events(app).await, 0);
    }

    async fn a_reply_stops_the_clock_and_is_read_with_the_code(app: &TestApp) {
        let (north, _) = wards(app).await;
        let contact = [("contact", "yes"), ("email", "jo@example.org")];
        let code = raise(app, &north, &contact).await;
        assert!(followed(app, &code).await.contains("Nothing yet"));
        app.later(73);
        let officer = app.sign_in(NORTH).await;
        let queue = officer.get("/desk/concerns").await.expect(200).main_text();
        assert!(queue.contains("1 is waiting for a reply; 1 is overdue"), "{queue}");
        assert!(queue.contains("Reply overdue by 1 hour"), "{queue}");
        let path = only(&officer).await;
        let status = [("ownership", "ours"), ("status", "looking-into")];
        answer(&officer, &path, &status).await.expect(303);
        // Whose it is and how far it has come is no reply: the clock runs on.
        assert_eq!(only(&officer).await, path);
        let reply = [("reply", "We stand there on Friday at ten.")];
        answer(&officer, &path, &reply).await.expect(303);
        let waiting = officer.get("/desk/concerns").await.expect(200);
        assert!(waiting.main_text().contains("None is waiting for a reply"));
        let going_on = officer.get("/desk/concerns?part=answered").await.expect(200);
        assert!(going_on.main_text().contains("Replied 1 hour late"), "{}", going_on.main_text());
        let said = followed(app, &code.to_lowercase().replace('-', " ")).await;
        for part in ["We stand there on Friday", "The neighbourhood police team has it", "Being looked into"] {
            assert!(said.contains(part), "{part}: {said}");
        }
        let letters = app.letters().await;
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].to, "jo@example.org");
        assert!(letters[0].body.contains("We stand there on Friday"));
        let done = [("status", "no-action"), ("reply", "")];
        let refused = answer(&officer, &path, &done).await.expect(422);
        assert_eq!(refused.errors(), ["Say why nothing will be done"]);
        answer(&officer, &path, &[("status", "done")]).await.expect(303);
        let ended = officer.get("/desk/concerns?part=ended").await.expect(200);
        assert!(ended.main_text().contains(PLACE));
    }

    async fn a_reply_clicked_twice_is_sent_once(app: &TestApp) {
        let (north, _) = wards(app).await;
        let contact = [("contact", "yes"), ("email", "jo@example.org")];
        let code = raise(app, &north, &contact).await;
        let officer = app.sign_in(NORTH).await;
        let path = only(&officer).await;
        let page = officer.get(&path).await.expect(200);
        let fields = [("ownership", "ours"), ("status", "planned"), ("reply", "A hump is built in May.")];
        let clicks = (0..4).map(|_| {
            let (officer, page) = (officer.clone(), page.clone());
            tokio::spawn(async move { officer.submit(&page, "main form", &fields).await.expect(303) })
        });
        for click in clicks.collect::<Vec<_>>() {
            click.await.expect("clicked");
        }
        officer.submit(&page, "main form", &fields).await.expect(303);
        let said = followed(app, &code).await;
        assert_eq!(said.matches("A hump is built").count(), 1, "{said}");
        assert_eq!(app.letters().await.len(), 1);
        assert_eq!(events(app).await, 3);
        // The same words on a page of their own are a second reply.
        answer(&officer, &path, &fields).await.expect(303);
        assert_eq!(events(app).await, 4);
        // Saving what is so already leaves no trace.
        answer(&officer, &path, &[]).await.expect(303);
        assert_eq!(events(app).await, 4);
        assert_eq!(app.letters().await.len(), 2);
    }

    async fn a_referral_is_seen_by_the_council_until_it_is_given_back(app: &TestApp) {
        let (north, _) = wards(app).await;
        let contact = [("contact", "yes"), ("name", "Jo Bright"), ("email", "jo@example.org")];
        let code = raise(app, &north, &contact).await;
        let officer = app.sign_in(NORTH).await;
        let path = only(&officer).await;
        let refer = [("ownership", "council"), ("status", "new"), ("reply", "The council repairs lamps.")];
        answer(&officer, &path, &refer).await.expect(303);
        let said = followed(app, &code).await;
        assert!(said.contains("It was passed to the council"), "{said}");
        let council = app.sign_in_as(Role::Moderator).await;
        let queue = council.get("/desk/concerns?part=answered").await.expect(200);
        assert!(queue.main_text().contains(PLACE), "{}", queue.main_text());
        let page = council.get(&path).await.expect(200).main_text();
        assert!(page.contains(WHAT) && !page.contains("jo@example.org") && !page.contains("Jo Bright"));
        let repaired = [("status", "done"), ("reply", "All three lamps work again.")];
        answer(&council, &path, &repaired).await.expect(303);
        // The team that referred it sees what the council did.
        let back = officer.get(&path).await.expect(200).main_text();
        assert!(back.contains("All three lamps work again."), "{back}");
        let give_back = [("ownership", "ours"), ("status", "looking-into")];
        answer(&council, &path, &give_back).await.expect(303);
        council.get(&path).await.expect(404);
        app.sign_in_as(Role::Officer).await.get(&path).await.expect(404);
        let said = followed(app, &code).await;
        assert!(said.contains("The neighbourhood police team has it"), "{said}");
    }

    async fn what_is_somebody_elses_says_where_it_was_sent(app: &TestApp) {
        let (north, _) = wards(app).await;
        let code = raise(app, &north, &[]).await;
        let officer = app.sign_in(NORTH).await;
        let path = only(&officer).await;
        let another = [("ownership", "another"), ("status", "done"), ("reply", "They own the towpath.")];
        let refused = answer(&officer, &path, &another).await.expect(422);
        assert_eq!(refused.errors(), ["Say where you sent it: the person who raised it reads this"]);
        assert_eq!(refused.value("reply"), "They own the towpath.");
        let sent = [another[0], another[1], another[2], ("sent_to", "The canal trust, 0303 040 4040")];
        answer(&officer, &path, &sent).await.expect(303);
        let said = followed(app, &code).await;
        let passed = "It was passed to: The canal trust, 0303 040 4040";
        // Beside its name, and among what happened.
        assert_eq!(said.matches(passed).count(), 2, "{said}");
        let again = officer.get(&path).await.expect(200);
        assert_eq!(again.value("sent_to"), "The canal trust, 0303 040 4040");
        let corrected = [("sent_to", "The river trust")];
        answer(&officer, &path, &corrected).await.expect(303);
        assert!(followed(app, &code).await.contains("It was passed to: The river trust"));
    }

    async fn the_queue_is_sifted_and_paged(app: &TestApp) {
        let (north, _) = wards(app).await;
        for number in 0..22 {
            raise(app, &north, &[("place", &format!("Place {number}"))]).await;
        }
        let officer = app.sign_in(NORTH).await;
        let first = officer.get("/desk/concerns").await.expect(200);
        assert_eq!(first.count("main tbody tr"), 20);
        assert!(first.main_text().contains("22 concerns") && first.main_text().contains("Page 1 of 2"));
        let second = officer.get("/desk/concerns?part=waiting&page=2").await.expect(200);
        assert_eq!(second.count("main tbody tr"), 2);
        officer.get("/desk/concerns?page=99").await.expect(200);
        officer.get("/desk/concerns?page=x&ownership=x&status=x&part=x").await.expect(200);
        let paths = second.attributes("main table a", "href");
        let planned = [("ownership", "ours"), ("status", "planned")];
        answer(&officer, &paths[0], &planned).await.expect(303);
        answer(&officer, &paths[1], &[("ownership", "council"), ("status", "new")]).await.expect(303);
        for (query, rows) in [
            ("ownership=ours", 1),
            ("ownership=council", 1),
            ("ownership=open", 20),
            ("status=planned", 1),
            ("ownership=council&status=planned", 0),
        ] {
            let page = officer.get(&format!("/desk/concerns?part=waiting&{query}")).await.expect(200);
            assert_eq!(page.count("main tbody tr"), rows, "{query}");
        }
    }

    async fn the_receipt_is_mailed_and_the_other_look_up_leads_to_the_concern(app: &TestApp) {
        let (north, _) = wards(app).await;
        let resident = app.anyone();
        let check = last_look(&resident, &north, &[]).await.expect(200);
        resident.submit(&check, "main form", &[("go", "send")]).await.expect(303);
        let receipt = resident.get("/concerns/receipt").await.expect(200);
        let code = receipt.texts(".app-code").concat();
        let refused = resident.submit(&receipt, "main form", &[("email", "jo at home")]).await.expect(422);
        assert_eq!(refused.value("email"), "jo at home");
        assert_eq!(app.letters().await.len(), 0);
        let done = resident.submit(&receipt, "main form", &[("email", "jo@example.org")]).await.expect(303);
        let page = resident.follow(&done.location().expect("leads on")).await.expect(200);
        assert!(page.main_text().contains("Receipt sent"));
        let letters = app.letters().await;
        assert_eq!(letters.len(), 1);
        assert!(letters[0].body.contains(&code), "{}", letters[0].body);
        // Nobody without the cookie has a receipt to look at or to send.
        let stranger = app.anyone();
        stranger.get("/concerns/receipt").await.expect(303);
        stranger.post("/concerns/receipt", &[("email", "me@example.org")]).await.expect(303);
        assert_eq!(app.letters().await.len(), 1);
        let thread = stranger.post("/receipt", &[("code", &code.to_lowercase())]).await.expect(200);
        assert_eq!(thread.texts("h1"), ["Your concern"]);
        assert!(thread.main_text().contains(PLACE));
        for path in ["/receipt", "/concerns"] {
            let unknown = stranger.post(path, &[("code", "AAAA-BBBB-CCCC-DDDD")]).await.expect(422);
            assert_eq!(unknown.value("code"), "AAAA-BBBB-CCCC-DDDD");
        }
    }

    async fn an_area_shows_counts_of_ten_and_more_and_what_was_done(app: &TestApp) {
        let (north, south) = wards(app).await;
        let page = format!("/areas/{north}/neighbourhood");
        assert!(app.anyone().get(&page).await.expect(200).main_text().contains("no numbers to show yet"));
        for category in ["roads"; 9].iter().chain(&["litter"; 12]).chain(&["parks"; 2]) {
            raise(app, &north, &[("category", category)]).await;
        }
        app.release().await;
        for path in [page.clone(), format!("/areas/{north}")] {
            let shown = app.anyone().get(&path).await.expect(200);
            let rows = shown.texts("#neighbourhood ~ * table tr, section[aria-labelledby=neighbourhood] table tr");
            let row = |name: &str| rows.iter().find(|row| row.contains(name)).cloned().unwrap_or_default();
            assert!(row("Litter").contains("10"), "{path}: {rows:?}");
            assert!(row("Speeding").contains("fewer than 10"), "{path}: {rows:?}");
            assert!(row("Parks").contains("fewer than 10"), "{path}: {rows:?}");
            for never in [PLACE, WHAT] {
                assert!(!shown.text().contains(never), "{path} shows what somebody wrote");
            }
        }
        let officer = app.sign_in(NORTH).await;
        let path = format!("/desk/concerns/areas/{north}");
        let form = officer.get(&path).await.expect(200);
        let refused = officer.submit(&form, "main form", &[("said", "It is dark")]).await.expect(422);
        assert_eq!(refused.value("said"), "It is dark");
        let words = [("said", "It is dark"), ("done", "Six lamps work again")];
        let clicks = (0..4).map(|_| {
            let (officer, form) = (officer.clone(), form.clone());
            tokio::spawn(async move { officer.submit(&form, "main form", &words).await.expect(303) })
        });
        for click in clicks.collect::<Vec<_>>() {
            click.await.expect("clicked");
        }
        let promises = area_promise::Entity::find().count(app.app.db.read()).await;
        assert_eq!(promises, Ok(1));
        let shown = app.anyone().get(&page).await.expect(200).main_text();
        assert_eq!(shown.matches("Six lamps work again").count(), 1, "{shown}");
        let elsewhere = app.anyone().get(&format!("/areas/{south}/neighbourhood")).await.expect(200);
        assert!(!elsewhere.main_text().contains("Six lamps"));
    }
}

async fn stored(app: &TestApp) -> u64 {
    let count = concern::Entity::find().count(app.app.db.read()).await;
    count.expect("counts")
}

async fn events(app: &TestApp) -> u64 {
    let count = concern_event::Entity::find().count(app.app.db.read()).await;
    count.expect("counts")
}
