//! Base clusters: a crowd summed up in at most a hundred cells.
//!
//! The cell that is spread out most is halved at its middle, across the direction in which it is
//! widest, until there are enough. It depends only on where the points are.
#![allow(clippy::indexing_slicing, reason = "members are places of points")]

use super::kmeans::{Point, square};

/// Some people who stand near one another.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cell {
    /// Places in the list of points.
    pub members: Vec<usize>,
    /// Their middle.
    pub centre: Point,
    /// Sum of squared distances from it, along each direction.
    spread: Point,
}

impl Cell {
    fn new(points: &[Point], members: Vec<usize>) -> Self {
        let count = members.len().max(1) as f64;
        let sum = members.iter().fold([0.0; 2], |sum: Point, member| {
            [sum[0] + points[*member][0], sum[1] + points[*member][1]]
        });
        let centre = [sum[0] / count, sum[1] / count];
        let spread = members.iter().fold([0.0; 2], |sum: Point, member| {
            let (x, y) = (
                points[*member][0] - centre[0],
                points[*member][1] - centre[1],
            );
            [sum[0] + x * x, sum[1] + y * y]
        });
        Cell {
            members,
            centre,
            spread,
        }
    }

    /// How many stand here.
    pub(super) fn weight(&self) -> f64 {
        self.members.len() as f64
    }

    /// Mean squared distance from the middle.
    pub(super) fn variance(&self) -> f64 {
        self.cost() / self.weight().max(1.0)
    }

    fn cost(&self) -> f64 {
        self.spread[0] + self.spread[1]
    }

    fn halves(self, points: &[Point]) -> (Vec<usize>, Vec<usize>) {
        let axis = usize::from(self.spread[1] > self.spread[0]);
        let middle = self.centre[axis];
        self.members
            .into_iter()
            .partition(|member| points[*member][axis] < middle)
    }
}

/// At most `most` cells that hold every point once.
pub(super) fn cells(points: &[Point], most: usize) -> Vec<Cell> {
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by(|a, b| {
        let (p, q) = (points[*a], points[*b]);
        p[0].total_cmp(&q[0]).then(p[1].total_cmp(&q[1]))
    });
    let mut cells = vec![Cell::new(points, order)];
    while cells.len() < most.max(1) {
        let widest = (0..cells.len()).max_by(|a, b| {
            let (a, b) = (&cells[*a], &cells[*b]);
            a.cost().total_cmp(&b.cost())
        });
        let Some(widest) = widest.filter(|widest| cells[*widest].cost() > 1e-12) else {
            break;
        };
        let (low, high) = cells.swap_remove(widest).halves(points);
        let apart = !low.is_empty() && !high.is_empty();
        for half in [low, high] {
            if !half.is_empty() {
                cells.push(Cell::new(points, half));
            }
        }
        if !apart {
            break;
        }
    }
    cells
}

/// About the mean silhouette (Rousseeuw, 1987), from cells instead of points: what of a cell is in a
/// group counts as so many points at its middle, and distances are lengthened by both cells' spread.
pub(super) fn silhouette(cells: &[Cell], labels: &[usize], groups: usize) -> Option<f64> {
    let mut sizes = vec![0.0; groups];
    labels.iter().for_each(|label| sizes[*label] += 1.0);
    // What each cell holds of each group: a cell can lie across a border.
    let shares: Vec<Vec<f64>> = cells
        .iter()
        .map(|cell| {
            let mut share = vec![0.0; groups];
            cell.members
                .iter()
                .for_each(|member| share[labels[*member]] += 1.0);
            share
        })
        .collect();
    let mut total = 0.0;
    let mut sums = vec![0.0; groups];
    for (here, here_share) in cells.iter().zip(&shares) {
        sums.fill(0.0);
        for (there, share) in cells.iter().zip(&shares) {
            let far = square(here.centre, there.centre) + here.variance() + there.variance();
            let far = far.sqrt();
            for (sum, share) in sums.iter_mut().zip(share) {
                *sum += far * share;
            }
        }
        for (group, count) in here_share.iter().enumerate() {
            total += count * one(&sums, &sizes, group);
        }
    }
    (!labels.is_empty()).then(|| total / labels.len() as f64)
}

/// The mean silhouette of every point against every other.
pub(super) fn exact(points: &[Point], labels: &[usize], groups: usize) -> Option<f64> {
    let mut sizes = vec![0.0; groups];
    labels.iter().for_each(|label| sizes[*label] += 1.0);
    let mut sums = vec![vec![0.0; groups]; points.len()];
    for (i, (point, label)) in points.iter().zip(labels).enumerate() {
        for j in i + 1..points.len() {
            let far = square(*point, points[j]).sqrt();
            sums[i][labels[j]] += far;
            sums[j][*label] += far;
        }
    }
    let total: f64 = sums
        .iter()
        .zip(labels)
        .map(|(sums, label)| one(sums, &sizes, *label))
        .sum();
    (!points.is_empty()).then(|| total / points.len() as f64)
}

/// The silhouette of one point from the sums of its distances to each group.
fn one(sums: &[f64], sizes: &[f64], label: usize) -> f64 {
    if sizes[label] <= 1.0 {
        return 0.0;
    }
    let own = sums[label] / (sizes[label] - 1.0);
    let other = (0..sums.len())
        .filter(|group| *group != label && sizes[*group] > 0.0)
        .map(|group| sums[group] / sizes[group])
        .fold(f64::INFINITY, f64::min);
    let greater = own.max(other);
    if !greater.is_finite() || greater <= 0.0 {
        return 0.0;
    }
    (other - own) / greater
}
