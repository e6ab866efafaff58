//! Boundaries: what a ring must be, and where an area's label stands.

use super::read::Ring;

/// Why a boundary is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BoundaryRefused {
    /// A number that is no longitude or latitude: another coordinate system.
    #[error("coordinates are not longitude and latitude in degrees")]
    NotDegrees,
    /// Fewer than four points, or the last is not the first (RFC 7946 §3.1.6).
    #[error("a ring is not closed")]
    NotClosed,
    /// No ring at all.
    #[error("no outline")]
    Empty,
}

/// Checks every ring.
///
/// # Errors
/// The first thing that is wrong.
pub fn check(rings: &[Ring]) -> Result<(), BoundaryRefused> {
    if rings.is_empty() {
        return Err(BoundaryRefused::Empty);
    }
    for ring in rings {
        let degrees = |(x, y): &(f64, f64)| {
            x.is_finite() && y.is_finite() && x.abs() <= 180.0 && y.abs() <= 90.0
        };
        if !ring.iter().all(degrees) {
            return Err(BoundaryRefused::NotDegrees);
        }
        if ring.len() < 4 || ring.first() != ring.last() {
            return Err(BoundaryRefused::NotClosed);
        }
    }
    Ok(())
}

/// The middle of the largest ring, by area; where a label or a number stands.
pub fn middle(rings: &[Ring]) -> Option<(f64, f64)> {
    largest(rings).map(|(_, point)| point)
}

/// How large the largest ring is, whatever its winding: an area within another is drawn after it.
pub fn extent(rings: &[Ring]) -> f64 {
    largest(rings).map_or(0.0, |(size, _)| size)
}

/// Twice the area of the largest ring, and its middle.
fn largest(rings: &[Ring]) -> Option<(f64, (f64, f64))> {
    let mut best: Option<(f64, (f64, f64))> = None;
    for ring in rings {
        let (mut doubled, mut x, mut y) = (0.0, 0.0, 0.0);
        for (from, to) in ring.iter().zip(ring.iter().skip(1)) {
            let cross = from.0 * to.1 - to.0 * from.1;
            doubled += cross;
            x += (from.0 + to.0) * cross;
            y += (from.1 + to.1) * cross;
        }
        let size = doubled.abs();
        if size > 0.0 && best.is_none_or(|(most, _)| size > most) {
            best = Some((size, (x / (3.0 * doubled), y / (3.0 * doubled))));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_boundary_in_metres_or_with_an_open_ring_is_refused() {
        let square = vec![(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0)];
        assert_eq!(check(std::slice::from_ref(&square)), Ok(()));
        assert_eq!(check(&[]), Err(BoundaryRefused::Empty));
        let metres = square.iter().map(|(x, y)| (x + 390_000.0, y + 285_000.0));
        assert_eq!(check(&[metres.collect()]), Err(BoundaryRefused::NotDegrees));
        assert_eq!(
            check(&[square[..4].to_vec()]),
            Err(BoundaryRefused::NotClosed)
        );
    }

    #[test]
    fn the_label_stands_in_the_middle_of_the_largest_part() {
        let square = |at: f64, size: f64| {
            vec![
                (at, at),
                (at + size, at),
                (at + size, at + size),
                (at, at + size),
                (at, at),
            ]
        };
        let (x, y) = middle(&[square(10.0, 1.0), square(0.0, 4.0)]).expect("a middle");
        assert!((x - 2.0).abs() < 1e-9 && (y - 2.0).abs() < 1e-9, "{x} {y}");
        assert_eq!(middle(&[]), None);
    }
}
