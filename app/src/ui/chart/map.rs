//! A small map of wards shaded by number, in one hue, with the number in each ward.
//!
//! Deliberately not here: a basemap, zooming, anything one must use a pointer for. The table
//! with every ward's name stands open below.

use std::fmt::Write as _;

use leptos::prelude::*;

use super::super::table::Column;
use super::{Caption, Count, Twin, escape, figure, named, number_text, share};

/// One ward, already projected by a [`Frame`].
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Its name.
    pub name: String,
    /// Its outline as SVG path data, from [`Frame::path`].
    pub path: String,
    /// Where its number stands, from [`Frame::point`].
    pub label_at: (f64, f64),
    /// How many.
    pub count: Count,
}

/// Width of the drawing in its own units.
const WIDTH: f64 = 480.0;

/// A projection of longitude and latitude onto the drawing: equirectangular about the middle,
/// which is true to shape at the size of a borough.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    west: f64,
    north: f64,
    scale_x: f64,
    scale_y: f64,
    height: f64,
}

impl Frame {
    /// Around these points (longitude, latitude in degrees); `None` when they span nothing.
    pub fn around(points: impl IntoIterator<Item = (f64, f64)>) -> Option<Self> {
        let start = (f64::MAX, f64::MAX, f64::MIN, f64::MIN);
        let (west, south, east, north) = points.into_iter().fold(start, |(w, s, e, n), (x, y)| {
            (w.min(x), s.min(y), e.max(x), n.max(y))
        });
        if !(east > west && north > south) {
            return None;
        }
        let squeeze = ((north + south) / 2.0).to_radians().cos();
        let scale_x = WIDTH / (east - west);
        let scale_y = scale_x / squeeze;
        Some(Self {
            west,
            north,
            scale_x,
            scale_y,
            height: (north - south) * scale_y,
        })
    }

    /// A point on the drawing.
    pub fn point(&self, (longitude, latitude): (f64, f64)) -> (f64, f64) {
        (
            (longitude - self.west) * self.scale_x,
            (self.north - latitude) * self.scale_y,
        )
    }

    /// Rings as path data to a tenth of a unit; points that fall together are left out.
    pub fn path<'a>(&self, rings: impl IntoIterator<Item = &'a [(f64, f64)]>) -> String {
        let mut out = String::new();
        for ring in rings {
            let mut last = String::new();
            let mut command = 'M';
            for point in ring {
                let (x, y) = self.point(*point);
                let here = format!("{x:.1} {y:.1}");
                if here != last {
                    out.push(command);
                    out.push_str(&here);
                    command = 'L';
                    last = here;
                }
            }
            if command == 'L' {
                out.push('Z');
            }
        }
        out
    }
}

/// The map. `unit` is what is counted, for the table: "Responses".
pub fn ward_map(caption: &Caption, frame: &Frame, unit: &str, shapes: &[Shape]) -> AnyView {
    let most = shapes
        .iter()
        .map(|shape| shape.count.shown())
        .max()
        .unwrap_or(0);
    let mut svg = format!(
        "<svg class=\"app-chart__map\" viewBox=\"-2 -2 {:.0} {:.0}\" {}",
        WIDTH + 4.0,
        frame.height + 4.0,
        named(caption)
    );
    for shape in shapes {
        let fill = match shape.count {
            Count::Known(number) => format!(
                "class=\"app-map__ward app-map__ward--{}\"",
                step(number, most)
            ),
            Count::Suppressed { .. } => {
                format!(
                    "class=\"app-map__ward app-map__ward--held\" fill=\"url(#{}-hatch)\"",
                    escape(&caption.id)
                )
            }
        };
        let _ = write!(
            svg,
            "<path {fill} fill-rule=\"evenodd\" d=\"{}\"><title>{}: {}</title></path>",
            escape(&shape.path),
            escape(&shape.name),
            shape.count.text()
        );
    }
    for shape in shapes {
        if let Count::Known(number) = shape.count {
            let (x, y) = shape.label_at;
            let _ = write!(
                svg,
                "<text class=\"app-map__number\" x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                y + 6.0,
                number_text(number)
            );
        }
    }
    svg.push_str("</svg>");
    let columns = vec![Column::text("Ward"), Column::number(unit)];
    let rows = shapes
        .iter()
        .map(|shape| vec![shape.name.clone(), shape.count.text()])
        .collect();
    let suppressed = shapes
        .iter()
        .any(|shape| matches!(shape.count, Count::Suppressed { .. }));
    figure(
        caption,
        svg,
        Twin {
            columns,
            rows,
            suppressed,
        },
    )
}

/// One of five shades: 0 for nothing, then by quarters of the most.
fn step(number: u64, most: u64) -> u8 {
    let share = share(number, most);
    match share {
        _ if number == 0 => 0,
        s if s <= 0.25 => 1,
        s if s <= 0.5 => 2,
        s if s <= 0.75 => 3,
        _ => 4,
    }
}
