//! The picture of the groups: each a circle with its contour lines, a letter and a number. Nothing on it
//! is a person.
//!
//! The area of a circle is its number of people, on one scale for all; how far apart circles are is how
//! differently the groups vote, and no direction means anything, so no axis is drawn. Groups differ by
//! letter and pattern as well as by colour. Each is a link to what it says.

use std::fmt::Write as _;

use domain::vote::opinion::{Ellipse, Picture};

use super::group::anchor;
use crate::ui::chart::number_text;

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 500.0;
/// Room around the shoals for labels.
const MARGIN: f64 = 56.0;
/// The radius of the largest circle, where there is room for it.
const LARGEST: f64 = 128.0;
/// Labels keep this far from one another, across and down.
const APART: (f64, f64) = (116.0, 74.0);

/// The picture as SVG, with what it says for those who cannot see it.
pub fn picture(picture: &Picture, description: &str) -> String {
    let circles = circles(&picture.groups);
    let mut labels: Vec<(f64, f64)> = circles.iter().map(|circle| circle.middle).collect();
    part(&mut labels);
    let (top, height) = band(&circles, &labels);
    let mut out = format!(
        "<svg class=\"app-picture__svg\" viewBox=\"0 {top} {WIDTH} {height}\" role=\"group\" \
         aria-label=\"{}\"><defs>{}</defs>",
        escape(description),
        picture.groups.iter().map(pattern).collect::<String>()
    );
    let _ = write!(
        out,
        "<rect class=\"app-picture__sea\" y=\"{top}\" width=\"{WIDTH}\" height=\"{height}\" rx=\"6\"/>"
    );
    for (group, circle) in picture.groups.iter().zip(&circles) {
        shoal(&mut out, *circle, group);
    }
    for (group, at) in picture.groups.iter().zip(labels) {
        label(&mut out, group, at);
    }
    out.push_str("</svg>");
    out
}

/// Where a group is drawn.
#[derive(Clone, Copy, Debug)]
struct Circle {
    middle: (f64, f64),
    radius: f64,
}

/// The circles of these groups: areas by people, on one scale, with the middles as far apart as there is
/// room for.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of people are far below 2^52"
)]
fn circles(groups: &[Ellipse]) -> Vec<Circle> {
    let sides: Vec<f64> = groups
        .iter()
        .map(|group| (group.size as f64).sqrt())
        .collect();
    let longest = sides.iter().copied().fold(1.0, f64::max);
    let fit = |largest: f64| -> Vec<Circle> {
        let radii = sides.iter().map(|side| side / longest * largest);
        let room = (
            WIDTH - 2.0 * (largest + MARGIN / 2.0),
            HEIGHT - 2.0 * (largest + MARGIN / 2.0),
        );
        let place = Frame::around(groups, room);
        let at = groups.iter().map(|group| place.at(group.centre));
        at.zip(radii)
            .map(|(middle, radius)| Circle { middle, radius })
            .collect()
    };
    // Circles that would hide one another are all made smaller, by one measure, down to what can be read.
    let mut largest = LARGEST;
    let mut found = fit(largest);
    while overlap(&found) && largest > LARGEST / 2.0 {
        largest *= 0.94;
        found = fit(largest);
    }
    found
}

fn overlap(circles: &[Circle]) -> bool {
    circles.iter().enumerate().any(|(at, one)| {
        circles.iter().skip(at + 1).any(|other| {
            let apart = (one.middle.0 - other.middle.0).hypot(one.middle.1 - other.middle.1);
            apart < one.radius + other.radius
        })
    })
}

/// From the coordinates of the picture to those of the drawing.
struct Frame {
    scale: f64,
    left: f64,
    top: f64,
}

impl Frame {
    /// The middles of the groups in the middle of the drawing, within this much room.
    fn around(groups: &[Ellipse], room: (f64, f64)) -> Self {
        let span = |axis: usize| {
            let at = groups.iter().filter_map(|group| group.centre.get(axis));
            let low = at.clone().copied().fold(f64::MAX, f64::min);
            let high = at.copied().fold(f64::MIN, f64::max);
            (low.min(high), (high - low).max(0.01))
        };
        let ((x, wide), (y, tall)) = (span(0), span(1));
        let scale = (room.0 / wide).min(room.1 / tall);
        Frame {
            scale,
            left: (WIDTH - wide * scale) / 2.0 - x * scale,
            // The second axis points up, and down on a screen.
            top: (HEIGHT + tall * scale) / 2.0 + y * scale,
        }
    }

    fn at(&self, [x, y]: [f64; 2]) -> (f64, f64) {
        (self.left + x * self.scale, self.top - y * self.scale)
    }
}

/// Moves labels apart that would overlap, and back into the picture.
fn part(labels: &mut [(f64, f64)]) {
    for _ in 0..60 {
        let mut moved = false;
        for one in 1..labels.len() {
            for other in 0..one {
                let (Some(a), Some(b)) = (labels.get(other).copied(), labels.get(one).copied())
                else {
                    continue;
                };
                let (dx, dy) = (b.0 - a.0, b.1 - a.1);
                if dx.abs() >= APART.0 || dy.abs() >= APART.1 {
                    continue;
                }
                moved = true;
                // Along the way that is shorter.
                let step = if (APART.1 - dy.abs()) < (APART.0 - dx.abs()) {
                    (0.0, if dy < 0.0 { -4.0 } else { 4.0 })
                } else {
                    (if dx < 0.0 { -4.0 } else { 4.0 }, 0.0)
                };
                for (place, sign) in [(other, -1.0), (one, 1.0)] {
                    if let Some(label) = labels.get_mut(place) {
                        label.0 = (label.0 + sign * step.0).clamp(MARGIN, WIDTH - MARGIN);
                        label.1 = (label.1 + sign * step.1).clamp(MARGIN, HEIGHT - MARGIN);
                    }
                }
            }
        }
        if !moved {
            return;
        }
    }
}

/// The height that is drawn on, from where: all circles and labels, with room around them.
fn band(circles: &[Circle], labels: &[(f64, f64)]) -> (f64, f64) {
    let of_circles = circles.iter().map(|one| (one.middle.1, one.radius));
    let of_labels = labels.iter().map(|label| (label.1, MARGIN));
    let (top, bottom) = of_circles
        .chain(of_labels)
        .fold((HEIGHT, 0.0_f64), |(top, bottom), (y, reach)| {
            (top.min(y - reach), bottom.max(y + reach))
        });
    let top = (top - MARGIN / 2.0).max(0.0).round();
    (top, (bottom + MARGIN / 2.0).min(HEIGHT).round() - top)
}

fn class(letter: char) -> char {
    letter.to_ascii_lowercase()
}

/// A pattern for each letter: slanting lines, dots, level lines, crosses, upright lines.
fn pattern(group: &Ellipse) -> String {
    let letter = class(group.letter);
    let (size, turn, inside) = match letter {
        'a' => (10, 45, "<line y2=\"10\" stroke-width=\"2.4\"/>"),
        'b' => (
            11,
            0,
            "<circle cx=\"5.5\" cy=\"5.5\" r=\"2.1\" stroke=\"none\"/>",
        ),
        'c' => (9, 90, "<line y2=\"9\" stroke-width=\"2.4\"/>"),
        'd' => (12, 45, "<path d=\"M6 2v8M2 6h8\" stroke-width=\"1.8\"/>"),
        _ => (9, 0, "<line y2=\"9\" stroke-width=\"2.4\"/>"),
    };
    format!(
        "<pattern id=\"shoal-{letter}\" width=\"{size}\" height=\"{size}\" \
         patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate({turn})\"><g \
         class=\"app-picture__mark app-picture__mark--{letter}\">{inside}</g></pattern>"
    )
}

/// A circle with two contours in it.
fn shoal(out: &mut String, circle: Circle, group: &Ellipse) {
    let (x, y) = circle.middle;
    let letter = class(group.letter);
    let people = number_text(u64::try_from(group.size).unwrap_or(0));
    let _ = write!(
        out,
        "<a class=\"app-picture__group app-picture__group--{letter}\" data-group=\"{}\" \
         href=\"#{}\" aria-label=\"Group {}, about {people} people\"><g transform=\"translate({x:.1} \
         {y:.1})\">",
        group.letter,
        anchor(group.letter),
        group.letter,
    );
    for (ring, reach) in [("outer", 1.0), ("middle", 0.68), ("inner", 0.36)] {
        let r = circle.radius * reach;
        let _ = write!(
            out,
            "<ellipse class=\"app-picture__{ring}\" rx=\"{r:.1}\" ry=\"{r:.1}\"/>"
        );
        if ring == "outer" {
            let _ = write!(
                out,
                "<ellipse fill=\"url(#shoal-{letter})\" rx=\"{r:.1}\" ry=\"{r:.1}\"/>"
            );
        }
    }
    out.push_str("</g></a>");
}

fn label(out: &mut String, group: &Ellipse, (x, y): (f64, f64)) {
    let people = number_text(u64::try_from(group.size).unwrap_or(0));
    let _ = write!(
        out,
        "<g class=\"app-picture__label app-picture__label--{}\" data-group=\"{}\" \
         aria-hidden=\"true\"><text class=\"app-picture__letter\" x=\"{x:.1}\" y=\"{y:.1}\" \
         dy=\"0.1em\">{}</text><text class=\"app-picture__size\" x=\"{x:.1}\" y=\"{y:.1}\" \
         dy=\"1.3em\">{people}<tspan class=\"app-picture__unit\"> people</tspan></text></g>",
        class(group.letter),
        group.letter,
        group.letter
    );
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(letter: char, centre: [f64; 2]) -> Ellipse {
        Ellipse {
            letter,
            size: 40,
            centre,
            radii: [0.3, 0.2],
            degrees: 20.0,
        }
    }

    #[test]
    fn each_group_is_a_link_with_a_pattern_and_a_label_and_nothing_else_is_drawn() {
        let drawn = picture(
            &Picture {
                groups: vec![group('A', [-0.5, 0.1]), group('B', [-0.45, 0.1])],
                side: 16,
                cells: Vec::new(),
            },
            "Two <groups>",
        );
        for part in [
            "href=\"#group-a\"",
            "url(#shoal-b)",
            "40 people",
            "Two &lt;groups>",
        ] {
            assert!(drawn.contains(part), "{part} in {drawn}");
        }
        assert_eq!(drawn.matches("<a ").count(), 2);
        // The only circles are the dots of a pattern.
        assert_eq!(drawn.matches("<circle").count(), 1);
    }

    #[test]
    fn the_area_of_a_circle_is_its_number_of_people_however_the_group_is_spread() {
        let sized = |letter, centre, size, radii| Ellipse {
            size,
            radii,
            ..group(letter, centre)
        };
        let groups = [
            sized('A', [-0.5, 0.1], 135, [0.2, 0.1]),
            sized('B', [0.4, -0.2], 60, [0.6, 0.5]),
            sized('C', [0.1, 0.6], 15, [0.3, 0.3]),
        ];
        let drawn = circles(&groups);
        let area = |at: usize| drawn[at].radius * drawn[at].radius;
        assert!((area(0) / area(1) - 135.0 / 60.0).abs() < 1e-9);
        assert!((area(0) / area(2) - 9.0).abs() < 1e-9);
        assert!(!overlap(&drawn), "{drawn:?}");
        for circle in &drawn {
            let ((x, y), r) = (circle.middle, circle.radius);
            assert!(
                x >= r && x + r <= WIDTH && y >= r && y + r <= HEIGHT,
                "{circle:?}"
            );
        }
        // Groups in one place are still drawn, no larger than they can be read.
        let same = [group('A', [0.1, 0.1]), group('B', [0.1, 0.1])];
        assert!(circles(&same).iter().all(|one| one.radius.is_finite()));
    }

    #[test]
    fn labels_that_meet_are_moved_apart() {
        let mut labels = vec![(300.0, 200.0), (310.0, 205.0), (305.0, 195.0)];
        part(&mut labels);
        for one in 0..3 {
            for other in 0..one {
                let (a, b) = (labels[one], labels[other]);
                assert!(
                    (a.0 - b.0).abs() >= APART.0 - 8.0 || (a.1 - b.1).abs() >= APART.1 - 8.0,
                    "{labels:?}"
                );
            }
        }
    }
}
