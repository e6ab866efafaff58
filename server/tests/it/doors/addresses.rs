//! Addresses as people type them from a letter or a poster.

use domain::poll::Electorate;

use crate::poll::arrange::{open, ranked};
use crate::support::on_both;

on_both! {
    async fn an_address_in_capitals_or_with_a_slash_leads_to_its_page_for_good(app: &TestApp) {
        let polled = open(app, ranked(), Electorate::Open).await;
        app.with_places().await;
        let anyone = app.anyone();
        let ward = anyone.get("/areas?postcode=DY1+1HF").await.location().expect("a ward");
        let slug = format!("/consultations/{}", polled.slug);
        for (typed, right) in [
            ("/receipt/".to_owned(), "/receipt".to_owned()),
            ("/Receipt".to_owned(), "/receipt".to_owned()),
            ("/CONSULTATIONS/?q=Trees".to_owned(), "/consultations?q=Trees".to_owned()),
            (slug.to_uppercase(), slug.clone()),
            (format!("{slug}/"), slug.clone()),
            (polled.path("/").to_uppercase(), polled.path("")),
            (format!("{}/", ward.to_lowercase()), ward.clone()),
            (ward.to_lowercase(), ward.clone()),
        ] {
            let moved = anyone.get(&typed).await.expect(308);
            assert_eq!(moved.location().as_deref(), Some(right.as_str()), "{typed}");
            anyone.get(&right).await.expect(200);
        }
        for nothing in ["/nothing", "//evil.example/", "/%5Cevil.example/", "///", "/consultations/nothing"] {
            anyone.get(nothing).await.expect(404);
        }
        // Who may not know of a draft learns nothing by capitals, and a form is not sent elsewhere.
        let posted = anyone.post("/Receipt", &[("code", "AAAA")]).await;
        assert_eq!(posted.status, 404);
        let gone = anyone.follow("/Consultations/A-Draft-That-Is-None/").await;
        assert_eq!(gone.status, 404);
    }
}
