//! The groups as a picture: an ellipse for each and a coarse density.
//!
//! Invariant: nothing here is a person. An ellipse comes from the mean and the spread of at least
//! the threshold of people, a cell with fewer is left out, and both are rounded. No outline passes
//! through anybody's point, as a convex hull's would.
#![allow(
    clippy::indexing_slicing,
    reason = "groups and cells are below the sizes the tables were made for"
)]

use serde::{Deserialize, Serialize};

use super::kmeans::Point;
use super::{Groups, letter};

/// How many standard deviations an ellipse reaches.
const REACH: f64 = 1.5;
/// Cells along each side.
const SIDE: usize = 16;

/// One group drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ellipse {
    /// The group's letter.
    pub letter: char,
    /// How many people.
    pub size: usize,
    /// Its middle, from −1 to 1.
    pub centre: [f64; 2],
    /// The longer and the shorter half axis.
    pub radii: [f64; 2],
    /// The direction of the longer one, in degrees from the first axis.
    pub degrees: f64,
}

/// A cell with enough people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// From the left, 0 to [`Picture::side`].
    pub column: usize,
    /// From the bottom.
    pub row: usize,
    /// How many people of groups are in it, rounded down to a multiple of five.
    pub people: usize,
}

/// The picture, from −1 to 1 both ways.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    /// The groups.
    pub groups: Vec<Ellipse>,
    /// Cells along each side.
    pub side: usize,
    /// Where many people stand.
    pub cells: Vec<Cell>,
}

/// The picture of these groups, with nothing of fewer people than `threshold`.
pub fn picture(groups: &Groups, positions: &[Point], threshold: usize) -> Picture {
    let spreads: Vec<Spread> = (0..groups.sizes.len())
        .map(|group| {
            let members = positions
                .iter()
                .zip(&groups.group_of)
                .filter(|(_, of)| **of == Some(group))
                .map(|(point, _)| *point);
            Spread::of(members)
        })
        .collect();
    let extent = spreads
        .iter()
        .zip(&groups.sizes)
        .filter(|(_, size)| **size >= threshold)
        .flat_map(|(spread, _)| {
            let reach = spread.radii()[0] * 4.0 / 3.0;
            spread.middle.map(|at| at.abs() + reach)
        })
        .fold(0.0_f64, f64::max)
        .max(f64::MIN_POSITIVE);
    let rounded = |x: f64| (x / extent * 100.0).round() / 100.0;
    Picture {
        groups: spreads
            .iter()
            .zip(&groups.sizes)
            .enumerate()
            .filter(|(_, (_, size))| **size >= threshold)
            .map(|(group, (spread, size))| Ellipse {
                letter: letter(group),
                size: *size,
                centre: spread.middle.map(rounded),
                radii: spread.radii().map(rounded),
                degrees: spread.angle().to_degrees().round(),
            })
            .collect(),
        side: SIDE,
        cells: density(groups, positions, extent, threshold),
    }
}

fn density(groups: &Groups, positions: &[Point], extent: f64, threshold: usize) -> Vec<Cell> {
    let mut people = vec![0_usize; SIDE * SIDE];
    for (point, _) in positions
        .iter()
        .zip(&groups.group_of)
        .filter(|(_, group)| group.is_some())
    {
        let place = point.map(|at| ((at / extent + 1.0) / 2.0 * SIDE as f64).floor());
        if place.iter().all(|at| (0.0..SIDE as f64).contains(at)) {
            // Checked to be from 0 to the side.
            people[place[1] as usize * SIDE + place[0] as usize] += 1;
        }
    }
    people
        .into_iter()
        .enumerate()
        .filter(|(_, people)| *people > 0 && *people >= threshold)
        .map(|(place, people)| Cell {
            column: place % SIDE,
            row: place / SIDE,
            people: if threshold > 1 {
                people - people % 5
            } else {
                people
            },
        })
        .collect()
}

/// Mean and covariance.
struct Spread {
    middle: Point,
    xx: f64,
    xy: f64,
    yy: f64,
}

impl Spread {
    fn of(members: impl Iterator<Item = Point> + Clone) -> Self {
        let count = (members.clone().count() as f64).max(1.0);
        let sum = members
            .clone()
            .fold([0.0; 2], |sum: Point, at| [sum[0] + at[0], sum[1] + at[1]]);
        let middle = sum.map(|sum| sum / count);
        let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
        for at in members {
            let (x, y) = (at[0] - middle[0], at[1] - middle[1]);
            xx += x * x / count;
            xy += x * y / count;
            yy += y * y / count;
        }
        Spread { middle, xx, xy, yy }
    }

    fn radii(&self) -> [f64; 2] {
        let half = f64::midpoint(self.xx, self.yy);
        let root = ((self.xx - self.yy) / 2.0).hypot(self.xy);
        [half + root, half - root].map(|variance| REACH * variance.max(0.0).sqrt())
    }

    fn angle(&self) -> f64 {
        (2.0 * self.xy).atan2(self.xx - self.yy) / 2.0
    }
}
