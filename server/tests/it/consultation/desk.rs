//! From a draft to its publication.

use super::{
    APPROVER, DESIGNER, OFFICER, TITLE, approve, begin, publish, save, set_dates, whole_draft,
};
use crate::support::{TestApp, on_both};
use server::record::audit::{self, Chain};

on_both! {
    async fn a_draft_goes_through_review_to_publication_and_opens_by_the_clock(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, TITLE).await;
        let public = format!("/consultations/{slug}");
        let at = |step: &str| format!("/desk/consultations/{slug}/{step}");
        app.anyone().get(&public).await.expect(404);
        officer.post(&at("submit"), &[]).await.expect(303);
        let approver = app.sign_in(APPROVER).await;
        let waiting = approver.get(&format!("/desk/consultations/{slug}")).await.expect(200);
        assert!(waiting.main_text().contains("In review"));
        approver.submit(&waiting, "form[action$='/approve']", &[]).await.expect(303);
        app.anyone().get(&public).await.expect(404);
        officer.post(&at("publish"), &[]).await.expect(303);
        let soon = app.anyone().get(&public).await.expect(200);
        assert!(soon.texts(".govuk-tag").contains(&"Opens soon".to_owned()));
        app.later(48);
        let open = app.anyone().get(&public).await.expect(200);
        assert!(open.links().contains(&format!("{public}/respond")));
        for part in ["Where the crossing goes", "The budget", "The grant is for one crossing",
            "Leave it as it is", "Four weeks after the last notice.", "Planning Policy",
            "Demonstration Borough Council", "planning@council.example"]
        {
            assert!(open.main_text().contains(part), "{part}");
        }
        assert_eq!(open.texts(".app-prose em"), ["hurt"]);
        app.later(24 * 30);
        let closed = app.anyone().get(&public).await.expect(200);
        assert!(closed.texts(".govuk-tag").contains(&"Closed".to_owned()));
        assert!(!closed.links().contains(&format!("{public}/respond")));
        assert!(closed.links().contains(&format!("{public}/outcome")));
    }

    async fn nothing_goes_to_review_with_a_gap_and_each_gap_names_its_principle(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = begin(&officer, TITLE, "non-statutory").await;
        let submit = format!("/desk/consultations/{slug}/submit");
        let page = officer.post(&submit, &[]).await.expect(422);
        let said = page.main_text();
        for principle in ["Formative stage", "Sufficient reasons and information", "Adequate time"] {
            assert!(said.contains(principle), "{principle} in {said}");
        }
        for section in ["scope", "about", "options", "questions", "contact", "dates"] {
            let link = format!("/desk/consultations/{slug}/{section}");
            assert!(page.links().contains(&link), "{link}");
            officer.get(&link).await.expect(200);
        }
        let slug = whole_draft(app, &officer, "Another crossing").await;
        set_dates(app, &officer, &slug, 1, 10).await;
        let page = officer
            .post(&format!("/desk/consultations/{slug}/submit"), &[])
            .await
            .expect(422);
        assert!(page.main_text().contains("open for 9 days"), "{}", page.main_text());
        assert!(page.main_text().contains("at least 14"));
    }

    async fn nobody_approves_what_they_wrote_not_even_one_part_of_it(app: &TestApp) {
        // Both roles in one hand: an officer who may also approve.
        let both = app.person("design@council.example").await;
        give(app, both, "Urban Design", domain::account::Role::Approver).await;
        give(app, both, "Planning Policy", domain::account::Role::Approver).await;
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, TITLE).await;
        let overview = officer.get(&format!("/desk/consultations/{slug}/areas")).await.expect(200);
        let team = overview.attributes("input[name='partners']", "value");
        let names = overview.texts("label[for^='partners']");
        let design = names.iter().position(|n| n.starts_with("Urban Design")).expect("a team");
        save(&officer, &slug, "areas", &[("partners", &team[design])]).await;
        let designer = app.sign_in(DESIGNER).await;
        save(&designer, &slug, "scope", &[
            ("open", "Where the crossing goes, and when"),
            ("fixed", "The budget"),
            ("reason", "The grant is for one crossing"),
        ]).await;
        let at = |step: &str| format!("/desk/consultations/{slug}/{step}");
        officer.post(&at("submit"), &[]).await.expect(303);
        officer.post(&at("approve"), &[]).await.expect(403);
        designer.post(&at("approve"), &[]).await.expect(403);
        let page = designer.get(&format!("/desk/consultations/{slug}")).await.expect(200);
        assert!(!page.has("form[action$='/approve']"));
        approve(&app.sign_in(APPROVER).await, &slug).await.expect(303);
    }

    async fn an_approver_sends_it_back_with_a_note_that_its_authors_read(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, TITLE).await;
        let at = |step: &str| format!("/desk/consultations/{slug}/{step}");
        officer.post(&at("submit"), &[]).await.expect(303);
        // While it is in review, nobody changes it.
        officer.get(&at("scope")).await.expect(403);
        let approver = app.sign_in(APPROVER).await;
        let empty = approver.post(&at("send-back"), &[("note", " ")]).await.expect(422);
        assert_eq!(empty.errors().len(), 1);
        let note = "Say what the crossing costs";
        approver.post(&at("send-back"), &[("note", note)]).await.expect(303);
        let page = officer.get(&format!("/desk/consultations/{slug}")).await.expect(200);
        assert!(page.main_text().contains(note));
        officer.get(&at("scope")).await.expect(200);
        officer.post(&at("submit"), &[]).await.expect(303);
        approve(&approver, &slug).await.expect(303);
    }

    async fn a_withdrawn_consultation_is_gone_from_every_public_page(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, TITLE).await;
        publish(app, &slug).await;
        let public = format!("/consultations/{slug}");
        app.anyone().get(&public).await.expect(200);
        let withdraw = format!("/desk/consultations/{slug}/withdraw");
        let page = officer.get(&withdraw).await.expect(200);
        app.anyone().get(&public).await.expect(200);
        officer.submit(&page, "main form", &[]).await.expect(303);
        app.anyone().get(&public).await.expect(404);
        for list in ["/consultations", "/consultations.atom"] {
            assert!(!app.anyone().get(list).await.expect(200).text().contains(&slug), "{list}");
        }
        officer.get(&format!("/desk/consultations/{slug}")).await.expect(200);
    }

    async fn the_record_holds_each_step_and_its_chain_is_whole(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, TITLE).await;
        publish(app, &slug).await;
        use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
        let entries = entity::audit_entry::Entity::find()
            .filter(entity::audit_entry::Column::Subject.eq(&slug))
            .order_by_asc(entity::audit_entry::Column::Id)
            .all(app.app.db.read())
            .await
            .expect("reads");
        let kinds: Vec<&str> = entries.iter().map(|e| e.kind.as_str()).collect();
        assert_eq!(kinds.first(), Some(&"begin-draft"));
        assert_eq!(kinds[kinds.len() - 3..], ["submit-for-review", "approve", "publish"]);
        assert!(entries.iter().all(|entry| entry.person_id.is_some()));
        let whole = audit::verify(app.app.db.read()).await.expect("reads");
        assert!(matches!(whole, Chain::Whole(_)), "{whole:?}");
    }

    async fn strangers_learn_of_no_draft(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = whole_draft(app, &officer, TITLE).await;
        let secret = format!("/desk/consultations/{slug}");
        for path in [secret.clone(), "/desk/consultations/no-such".to_owned()] {
            for part in ["", "/preview", "/scope", "/withdraw", "/send-back", "/watch", "/answer", "/decide"] {
                let answer = app.anyone().get(&format!("{path}{part}")).await.expect(303);
                assert!(answer.location().is_some_and(|to| to.starts_with("/sign-in")), "{path}{part}");
            }
        }
        for stranger in ["north@police.example", "group@voluntary.example", "councillor@council.example"] {
            let browser = app.sign_in(stranger).await;
            for part in ["", "/preview", "/scope", "/withdraw"] {
                browser.get(&format!("{secret}{part}")).await.expect(404);
            }
            browser.post(&format!("{secret}/submit"), &[]).await.expect(404);
            browser.get(&format!("/consultations/{slug}")).await.expect(404);
            let desk = browser.get("/desk/consultations").await.expect(200);
            assert!(!desk.main_text().contains(TITLE), "{stranger}");
        }
        let auditor = app.sign_in("auditor@council.example").await;
        auditor.get(&secret).await.expect(200);
        auditor.post(&format!("{secret}/submit"), &[]).await.expect(403);
        app.anyone()
            .post_cross_site(&format!("{secret}/submit"), &[])
            .await
            .expect(403);
    }
}

/// Gives a role through the administrator's page.
async fn give(
    app: &TestApp,
    person: domain::ids::PersonId,
    team: &str,
    role: domain::account::Role,
) {
    let administrator = app.sign_in("administrator@council.example").await;
    let page = administrator
        .get(&format!("/desk/people/{person}"))
        .await
        .expect(200);
    let names = page.texts("select[name='team'] option");
    let values = page.attributes("select[name='team'] option", "value");
    let at = names
        .iter()
        .position(|name| name.contains(team))
        .expect("a team of this name");
    administrator
        .post(
            &format!("/desk/people/{person}/roles"),
            &[("team", &values[at]), ("role", role.code())],
        )
        .await
        .expect(303);
}
