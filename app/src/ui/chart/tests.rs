use super::*;

fn known(number: u64) -> Count {
    Count::Known(number)
}

#[test]
fn a_suppressed_number_is_hatched_and_told_as_fewer_than() {
    let bars = [
        Bar::new("Yes", known(40)),
        Bar::new("No <b>", Count::Suppressed { below: 10 }),
    ];
    let html = bar_chart(&Caption::new("q1", "Most say yes"), 50, &bars).to_html();
    assert!(
        html.contains("fewer than 10") && html.contains("url(#q1-hatch)"),
        "{html}"
    );
    assert!(
        html.contains("40 (80%)") && html.contains("No &lt;b&gt;"),
        "{html}"
    );
    assert!(
        html.contains("role=\"img\"") && html.contains("<title id=\"q1-title\">"),
        "{html}"
    );
    assert!(!html.contains("style="), "{html}");
}

#[test]
fn a_percentage_keeps_its_base_and_does_not_round_somebody_away() {
    assert_eq!(known(213).of(1_204), "213 (18%)");
    assert_eq!(percent(1, 1_204), "under 1%");
    assert_eq!(percent(0, 1_204), "0%");
    assert_eq!(known(3).of(0), "3");
}

#[test]
fn segments_of_a_statement_fill_the_bar_and_nothing_divides_by_zero() {
    let stacks = [
        Stack {
            label: "Keep it".into(),
            agree: 62,
            disagree: 25,
            pass: 13,
        },
        Stack {
            label: "New".into(),
            ..Stack::default()
        },
    ];
    let html = stacked_chart(&Caption::new("s", "Most agree"), &stacks).to_html();
    for part in [
        "width=\"62.00%\"",
        "x=\"62.00%\"",
        "x=\"87.00%\"",
        "62 agree (62%)",
        "No votes yet",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert!(!html.contains("NaN"), "{html}");
}

#[test]
fn days_start_at_zero_and_the_highest_says_its_number() {
    let day = |day, count| Day {
        date: jiff::civil::date(2026, 11, day),
        count,
    };
    let html = day_chart(
        &Caption::new("d", "Most came first"),
        &[day(1, 0), day(2, 8), day(3, 4)],
    )
    .to_html();
    assert!(
        html.contains("8 on 2 Nov") && html.contains("height=\"65.0\""),
        "{html}"
    );
    assert!(
        !day_chart(&Caption::new("d", "Nothing yet"), &[])
            .to_html()
            .contains("NaN")
    );
}

#[test]
fn a_map_keeps_its_shape_and_never_writes_a_suppressed_number() {
    let square = [
        (0.0, 51.0),
        (0.1, 51.0),
        (0.1, 51.1),
        (0.0, 51.1),
        (0.0, 51.0),
    ];
    let frame = Frame::around(square).unwrap();
    let path = frame.path([square.as_slice()]);
    assert!(path.starts_with('M') && path.ends_with('Z'), "{path}");
    let (_, height) = frame.point((0.0, 51.0));
    assert!((height / WIDTH_OF_MAP - 1.588).abs() < 0.01, "{height}");
    let shape = Shape {
        name: "Abbey".into(),
        path,
        label_at: (1.0, 1.0),
        count: Count::Suppressed { below: 10 },
    };
    let html = ward_map(&Caption::new("m", "By ward"), &frame, "Responses", &[shape]).to_html();
    assert!(
        html.contains("Abbey: fewer than 10") && !html.contains("app-map__number"),
        "{html}"
    );
    assert!(Frame::around([(0.0, 51.0)]).is_none());
}

/// The map's own width, for its proportions: a degree of longitude is cos 51° of one of
/// latitude.
const WIDTH_OF_MAP: f64 = 480.0;
