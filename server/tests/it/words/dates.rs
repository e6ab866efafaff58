//! Years of two digits, midnight, and names in addresses.

use std::collections::BTreeSet;

use domain::calendar::{next_uk_midnight, uk_clock};
use domain::consultation::draft::RESERVED;
use jiff::SignedDuration;

use crate::consultation::{OFFICER, begin};
use crate::response::asked::open_as;
use crate::support::{on_both, routes};

/// Where an address name stands, no other page may stand under a name that a consultation could have.
#[test]
fn no_consultation_is_called_as_a_page_that_stands_where_its_own_would() {
    let routes: BTreeSet<String> = routes::all().into_iter().map(|(_, path)| path).collect();
    let mut beside = BTreeSet::new();
    for route in &routes {
        let Some((before, _)) = route.split_once("{slug}") else {
            continue;
        };
        for other in routes.iter().filter_map(|other| other.strip_prefix(before)) {
            let name = other.split('/').next().unwrap_or_default();
            if !name.starts_with('{') && !name.is_empty() {
                beside.insert(name.to_owned());
            }
        }
    }
    assert!(beside.contains("new"), "{beside:?}");
    for name in beside {
        assert!(RESERVED.contains(&name.as_str()), "{name}");
    }
}

on_both! {
    async fn a_title_leads_to_its_own_page_whatever_it_is(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        for (title, slug) in [
            ("New", "new-2"),
            ("new!", "new-3"),
            ("Café Zoë", "cafe-zoe"),
            ("CAFE ZOE", "cafe-zoe-2"),
            ("Ŵyl y Ddôl", "wyl-y-ddol"),
            ("公園", "consultation"),
        ] {
            assert_eq!(begin(&officer, title, "non-statutory").await, slug);
            let page = officer.get(&format!("/desk/consultations/{slug}")).await.expect(200);
            assert!(page.main_text().contains(title), "{}", page.main_text());
        }
    }

    async fn a_year_of_another_age_is_refused_and_what_was_typed_stays(app: &TestApp) {
        let officer = app.sign_in(OFFICER).await;
        let slug = begin(&officer, "A bridge", "non-statutory").await;
        let path = format!("/desk/consultations/{slug}/dates");
        for (year, said) in [
            ("26", "4 numbers"), ("0", "4 numbers"), ("226", "4 numbers"), ("20266", "4 numbers"),
            ("0026", "between 2000 and 2100"), ("1926", "between 2000 and 2100"), ("9999", "between 2000 and 2100"),
            ("two", "real date"), ("+226", "real date"),
        ] {
            let page = officer.get(&path).await.expect(200);
            let fields = [
                ("regime", "non-statutory"),
                ("opens-day", "1"), ("opens-month", "12"), ("opens-year", year), ("opens-time", "09:00"),
                ("closes-day", "31"), ("closes-month", "1"), ("closes-year", "2027"), ("closes-time", "17:00"),
                ("closing_reason", "Eight weeks"),
            ];
            let page = officer.submit(&page, &format!("form[action='{path}']"), &fields).await.expect(422);
            assert_eq!(page.errors().len(), 1, "{year}: {:?}", page.errors());
            assert!(page.errors()[0].contains(said), "{year}: {:?}", page.errors());
            for (name, typed) in &fields[1..] {
                assert_eq!(page.value(name), *typed, "{year}");
            }
        }
    }

    async fn what_closes_with_a_day_is_said_to_close_in_its_last_minute(app: &TestApp) {
        let now = app.app.clock.now();
        let end = next_uk_midnight(now + SignedDuration::from_hours(24 * 20));
        let asked = open_as(&app.app, |draft| draft.dates.closes = Some(end)).await;
        let (last, first) = (uk_clock(end - SignedDuration::from_mins(1)), uk_clock(end));
        let long = |clock: &jiff::Zoned| clock.strftime("%-d %B %Y").to_string();
        let said = format!("{}, 11:59pm", long(&last));
        let (next, resident) = (long(&first), app.anyone());
        let officer = app.sign_in(OFFICER).await;
        let check = crate::response::check_page(app, &asked, &asked.fields("Words")).await;
        let sent = resident.submit(&check, "main form", &[]).await.expect(303);
        let desk = format!("/desk/consultations/{}", asked.slug);
        let mut pages = vec![check, resident.follow(&sent.location().expect("a receipt")).await];
        for path in [
            "/".to_owned(), "/consultations".to_owned(), format!("/consultations/{}", asked.slug),
            asked.path("respond"), asked.path("vote"),
        ] {
            pages.push(resident.get(&path).await.expect(200));
        }
        for path in [desk.clone(), format!("{desk}/watch"), "/desk/consultations".to_owned()] {
            pages.push(officer.get(&path).await.expect(200));
        }
        let mut told = 0;
        for page in &pages {
            let text = page.main_text();
            assert!(!text.contains("midnight") && !text.contains(&next), "{}: {text}", page.path);
            told += usize::from(text.contains(&said));
        }
        assert!(told >= 7, "{told} of {}", pages.len());
        app.later(24 * 21);
        for path in ["/consultations".to_owned(), format!("/consultations/{}", asked.slug), asked.path("respond")] {
            let text = resident.get(&path).await.main_text();
            assert!(text.contains(&long(&last)) && !text.contains(&next), "{path}: {text}");
        }
    }
}
