//! Administrators add teams and partner organisations, each in their own organisation only.

use domain::account::Role;

use crate::neighbourhood::{NORTH, raise, wards};
use crate::support::{Page, link, on_both};
use server::record::audit::{self, Chain};

/// The address of the team of this name in the list.
fn of(list: &Page, name: &str) -> Option<String> {
    let names = list.texts("main table a");
    let at = names.iter().position(|text| text == name)?;
    list.attributes("main table a", "href").get(at).cloned()
}

on_both! {
    async fn a_team_is_added_once_changed_and_given_people(app: &TestApp) {
        let administrator = app.sign_in_as(Role::Administrator).await;
        let form = administrator.get("/desk/teams/new").await.expect(200);
        let empty = administrator.submit(&form, "main form", &[("organisation", "")]).await.expect(422);
        assert_eq!(empty.errors().len(), 3, "{:?}", empty.errors());
        let organisations = form.texts("select[name=organisation] option");
        assert!(organisations.iter().any(|name| name.contains("Borough")), "{organisations:?}");
        assert!(organisations.iter().all(|name| !name.contains("Police")), "{organisations:?}");
        let new = [("name", "Housing"), ("email", "housing@council.example")];
        let clicks: Vec<_> = (0..4)
            .map(|_| {
                let (browser, form) = (administrator.clone(), form.clone());
                tokio::spawn(async move { browser.submit(&form, "main form", &new).await.expect(303) })
            })
            .collect();
        let mut made = std::collections::BTreeSet::new();
        for click in clicks {
            made.insert(click.await.expect("clicked").location());
        }
        assert_eq!(made.len(), 1, "{made:?}");
        // However it is written.
        for name in ["Housing", "HOUSING", "Ho\u{301}using."] {
            let taken = [("name", name), ("email", "other@council.example")];
            let refused = administrator.submit(&form, "main form", &taken).await.expect(422);
            assert_eq!(refused.value("email"), "other@council.example");
        }
        let list = administrator.get("/desk/teams").await.expect(200);
        let path = of(&list, "Housing").expect("the new team");
        let page = administrator.get(&path).await.expect(200);
        assert!(!page.has("input[type=checkbox]"), "a council's team looks after no wards");
        for name in ["Urban Design", "URBAN DESIGN"] {
            administrator.submit(&page, "main form", &[("name", name)]).await.expect(422);
        }
        // Its own name in other letters is no other team's.
        administrator.submit(&page, "main form", &[("name", "HOUSING")]).await.expect(303);
        let page = administrator.get(&path).await.expect(200);
        let better = [("name", "Homes and Housing")];
        administrator.submit(&page, "main form", &better).await.expect(303);
        let invite = administrator.get("/desk/people/invite").await.expect(200);
        let teams = invite.texts("select[name=team] option");
        assert!(teams.iter().any(|team| team.starts_with("Homes and Housing")), "{teams:?}");
        app.fresh();
        let contact = app.anyone().get("/contact").await.expect(200).main_text();
        assert!(contact.contains("housing@council.example"), "{contact}");
    }

    async fn a_police_team_is_changed_by_the_police_alone_and_its_wards_are_its_queue(app: &TestApp) {
        let (north, south) = wards(app).await;
        raise(app, &south, &[]).await;
        let council = app.sign_in_as(Role::Administrator).await;
        let list = council.get("/desk/teams").await.expect(200);
        assert!(list.main_text().contains("Neighbourhood Team North"));
        assert_eq!(of(&list, "Neighbourhood Team North"), None);
        let police = app.administrator_of_the_police().await;
        let list = police.get("/desk/teams").await.expect(200);
        let path = of(&list, "Neighbourhood Team North").expect("a team");
        council.get(&path).await.expect(403);
        let words = [("name", "Mine"), ("email", "me@council.example")];
        council.post(&path, &words).await.expect(403);
        police.get("/desk/teams/organisations/new").await.expect(403);
        let empty = app.sign_in(NORTH).await.get("/desk/concerns").await.expect(200);
        assert!(empty.main_text().contains("None is waiting"));
        let page = police.get(&path).await.expect(200);
        assert_eq!(page.count("input[type=checkbox][checked]"), 1);
        let wanted: Vec<String> = page.attributes("input[type=checkbox]", "value");
        let all: Vec<(&str, &str)> = wanted.iter().map(|id| ("area", id.as_str())).collect();
        police.submit(&page, "main form", &all).await.expect(303);
        let queue = app.sign_in(NORTH).await.get("/desk/concerns").await.expect(200);
        assert!(queue.main_text().contains("1 is waiting"), "{}", queue.main_text());
        app.fresh();
        let ward = app.anyone().get(&format!("/areas/{north}/neighbourhood")).await.expect(200);
        assert!(ward.main_text().contains("Neighbourhood Team North"));
    }

    async fn a_partner_organisation_has_an_administrator_of_its_own(app: &TestApp) {
        let administrator = app.sign_in_as(Role::Administrator).await;
        let form = administrator.get("/desk/teams/organisations/new").await.expect(200);
        let empty = administrator.submit(&form, "main form", &[]).await.expect(422);
        assert_eq!(empty.errors().len(), 3);
        let new = [("name", "Canal Friends"), ("person", "Ada Ferris"), ("email", "ada@canal.example")];
        for _ in 0..2 {
            administrator.submit(&form, "main form", &new).await.expect(303);
        }
        let letters = app.letters().await;
        assert_eq!(letters.len(), 1);
        let other = [new[0], ("person", "Sam"), ("email", "sam@canal.example")];
        administrator.submit(&form, "main form", &other).await.expect(422);
        let ada = app.anyone();
        let invitation = ada.get(&link(&letters[0])).await.expect(200);
        ada.submit(&invitation, "main form", &[("new-password", "rowing on the cut")]).await.expect(303);
        let list = ada.get("/desk/teams").await.expect(200);
        assert!(of(&list, "Administration").is_some());
        assert_eq!(of(&list, "Planning Policy"), None);
        ada.get("/desk/teams/organisations/new").await.expect(403);
        let whole = audit::verify(app.app.db.read()).await.expect("reads");
        assert!(matches!(whole, Chain::Whole(_)), "{whole:?}");
    }

    async fn a_colleagues_change_of_a_team_is_not_overwritten_unseen(app: &TestApp) {
        let administrator = app.sign_in_as(Role::Administrator).await;
        let list = administrator.get("/desk/teams").await.expect(200);
        let path = of(&list, "Urban Design").expect("the team");
        let page = administrator.get(&path).await.expect(200);
        let theirs = [("name", "Urban Design and Heritage"), ("email", "heritage@council.example")];
        for _ in 0..2 {
            administrator.submit(&page, "main form", &theirs).await.expect(303);
        }
        assert_eq!(app.entries("team.changed").await, 1);
        let mine = [("name", "Urban Design and Trees"), ("email", "trees@council.example")];
        let both = administrator.submit(&page, "main form", &mine).await.expect(422);
        assert_eq!(both.value("name"), "Urban Design and Trees");
        assert_eq!(both.value("email"), "trees@council.example");
        let said = both.main_text();
        assert!(said.contains("Ruth Adeyemi changed this at"), "{said}");
        assert!(said.contains("heritage@council.example"), "{said}");
        administrator.submit(&both, "main form", &[]).await.expect(303);
        let list = administrator.get("/desk/teams").await.expect(200);
        assert!(of(&list, "Urban Design and Trees").is_some());
    }

    async fn many_clicks_on_an_organisation_add_one_and_send_one_letter(app: &TestApp) {
        let administrator = app.sign_in_as(Role::Administrator).await;
        let form = administrator.get("/desk/teams/organisations/new").await.expect(200);
        let clicks: Vec<_> = (0..5)
            .map(|_| {
                let (browser, form) = (administrator.clone(), form.clone());
                tokio::spawn(async move {
                    let new = [
                        ("name", "Canal Friends"),
                        ("person", "Ada Ferris"),
                        ("email", "ada@canal.example"),
                    ];
                    browser.submit(&form, "main form", &new).await.expect(303)
                })
            })
            .collect();
        for click in clicks {
            assert_eq!(click.await.expect("clicked").location().as_deref(), Some("/desk/teams"));
        }
        assert_eq!(app.letters().await.len(), 1);
        assert_eq!(app.entries("organisation.added").await, 1);
    }

    async fn a_team_of_another_organisation_is_not_added(app: &TestApp) {
        let council = app.sign_in_as(Role::Administrator).await;
        let south = app.team("Neighbourhood Team South").await;
        let found = server::council::rows::teams::team(app.app.db.read(), south).await;
        let police = found.expect("reads").expect("a team").organisation.id.to_string();
        let new = [("organisation", police.as_str()), ("name", "Mine"), ("email", "me@council.example")];
        let refused = council.post("/desk/teams/new", &new).await.expect(422);
        assert!(refused.errors()[0].contains("you do not administer"), "{:?}", refused.errors());
        assert_eq!(app.entries("team.added").await, 0);
    }
}
