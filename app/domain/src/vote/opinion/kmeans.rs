//! k-means in the plane, from fixed starts.
//!
//! Invariant: the answer depends on where the points are and not on their order or on chance:
//! points are taken in the order of their coordinates, and every start comes from them. Many
//! starts are tried.
#![allow(
    clippy::indexing_slicing,
    reason = "labels are below the number of centres, places below the number of points"
)]

/// Starts by k-means++ (Arthur and Vassilvitskii, 2007) beside the two regular ones.
const STARTS: u64 = 60;
/// The same where there are few points.
const STARTS_OF_FEW: u64 = 400;
/// Up to so many points are few.
const FEW: usize = 500;
/// Most rounds of one start.
const ROUNDS: usize = 300;

/// A point in the plane.
pub type Point = [f64; 2];

/// Points with weights, in the order of their coordinates.
pub(super) struct Cloud {
    points: Vec<Point>,
    weights: Vec<f64>,
    /// The place each had when given.
    given: Vec<usize>,
}

/// Points and the group of each.
#[derive(Clone, Debug, PartialEq)]
pub struct Clusters {
    /// The middle of each group.
    pub centres: Vec<Point>,
    /// The group of each point, in the order given.
    pub labels: Vec<usize>,
    /// Sum of squared distances to the middle of one's group.
    pub inertia: f64,
    /// Whether the usual start, the first different points, leads here.
    pub(super) usual: bool,
}

/// Squared distance.
pub(super) fn square(a: Point, b: Point) -> f64 {
    let (x, y) = (a[0] - b[0], a[1] - b[1]);
    x * x + y * y
}

impl Cloud {
    /// A cloud of these points; weights as given.
    pub(super) fn new(points: &[Point], weights: &[f64]) -> Self {
        let mut given: Vec<usize> = (0..points.len()).collect();
        given.sort_by(|a, b| {
            let (p, q) = (points[*a], points[*b]);
            p[0].total_cmp(&q[0]).then(p[1].total_cmp(&q[1]))
        });
        Cloud {
            points: given.iter().map(|place| points[*place]).collect(),
            weights: given.iter().map(|place| weights[*place]).collect(),
            given,
        }
    }

    /// How many different points there are, counted no further than `enough`.
    pub(super) fn different(&self, enough: usize) -> usize {
        self.distinct().take(enough).count()
    }

    /// The best of the fixed starts; `None` where there are fewer different points than groups.
    pub(super) fn best(&self, groups: usize) -> Option<Clusters> {
        self.found(groups).into_iter().next()
    }

    /// The different answers of all fixed starts, the least inertia first; among them, marked, that
    /// of the first different points, where the Polis server and red-dwarf start.
    pub(super) fn found(&self, groups: usize) -> Vec<Clusters> {
        if groups == 0 || self.different(groups) < groups {
            return Vec::new();
        }
        let usual = Clusters {
            usual: true,
            ..self.shuffle_rows(self.first(groups))
        };
        let starts = match self.points.len() {
            0..=FEW => STARTS_OF_FEW,
            _ => STARTS,
        };
        let random = (0..starts).map(|seed| self.plus_plus(groups, seed));
        let mut found = vec![usual];
        found.extend(
            [self.last(groups), self.farthest(groups)]
                .into_iter()
                .chain(random)
                .map(|start| self.shuffle_rows(start)),
        );
        // Stable: of equals the earlier stays.
        found.sort_by(|a, b| a.inertia.total_cmp(&b.inertia));
        found.dedup_by(|later, earlier| {
            let same = later.inertia <= earlier.inertia * (1.0 + 1e-12);
            earlier.usual |= same && later.usual;
            same
        });
        found
    }

    /// Lloyd's rounds from these centres until no point changes its group.
    pub(super) fn shuffle_rows(&self, mut centres: Vec<Point>) -> Clusters {
        let mut labels = vec![usize::MAX; self.points.len()];
        for _ in 0..ROUNDS {
            let mut sums = vec![[0.0; 3]; centres.len()];
            let mut changed = false;
            for ((point, weight), label) in self.points.iter().zip(&self.weights).zip(&mut labels) {
                let near = nearest(&centres, *point).0;
                changed |= near != *label;
                *label = near;
                let sum = &mut sums[near];
                sum[0] += weight * point[0];
                sum[1] += weight * point[1];
                sum[2] += weight;
            }
            if !changed {
                break;
            }
            for (centre, sum) in centres.iter_mut().zip(&sums) {
                if sum[2] > 0.0 {
                    *centre = [sum[0] / sum[2], sum[1] / sum[2]];
                }
            }
            if let Some(empty) = sums.iter().position(|sum| sum[2] <= 0.0) {
                centres[empty] = self.loneliest(&centres);
            }
        }
        let mut inertia = 0.0;
        let mut given = vec![0; labels.len()];
        for (place, label) in labels.iter().enumerate() {
            inertia += self.weights[place] * square(self.points[place], centres[*label]);
            given[self.given[place]] = *label;
        }
        Clusters {
            centres,
            labels: given,
            inertia,
            usual: false,
        }
    }

    /// The point that costs most where it is.
    fn loneliest(&self, centres: &[Point]) -> Point {
        let cost = |place: &usize| self.weights[*place] * nearest(centres, self.points[*place]).1;
        (0..self.points.len())
            .max_by(|a, b| cost(a).total_cmp(&cost(b)))
            .map_or([0.0; 2], |place| self.points[place])
    }

    fn distinct(&self) -> impl Iterator<Item = Point> + '_ {
        let before = std::iter::once(None).chain(self.points.iter().map(Some));
        self.points
            .iter()
            .zip(before)
            .filter(|(point, before)| Some(*point) != *before)
            .map(|(point, _)| *point)
    }

    /// The first different points, as the Polis server starts.
    fn first(&self, groups: usize) -> Vec<Point> {
        self.distinct().take(groups).collect()
    }

    /// The same from the other end.
    fn last(&self, groups: usize) -> Vec<Point> {
        let mut chosen: Vec<Point> = Vec::with_capacity(groups);
        for point in self.points.iter().rev() {
            if chosen.len() == groups {
                break;
            }
            if chosen.last() != Some(point) {
                chosen.push(*point);
            }
        }
        chosen
    }

    /// The point farthest from the middle, then always the one farthest from those chosen.
    fn farthest(&self, groups: usize) -> Vec<Point> {
        let total: f64 = self.weights.iter().sum();
        let middle = self
            .points
            .iter()
            .zip(&self.weights)
            .fold([0.0; 2], |m, (p, w)| {
                [m[0] + w * p[0] / total, m[1] + w * p[1] / total]
            });
        let mut chosen = vec![self.loneliest(&[middle])];
        while chosen.len() < groups {
            chosen.push(self.loneliest(&chosen));
        }
        chosen
    }

    /// Points drawn one after the other, each by its weighted squared distance to those drawn.
    fn plus_plus(&self, groups: usize, seed: u64) -> Vec<Point> {
        let mut state = seed;
        let mut costs = self.weights.clone();
        let mut chosen: Vec<Point> = Vec::with_capacity(groups);
        while chosen.len() < groups {
            let total: f64 = costs.iter().sum();
            let mut draw = super::draw::unit(&mut state) * total;
            let place = costs
                .iter()
                .position(|cost| {
                    draw -= cost;
                    draw < 0.0
                })
                .unwrap_or(self.points.len() - 1);
            let point = self.points[place];
            for ((cost, weight), other) in costs.iter_mut().zip(&self.weights).zip(&self.points) {
                let near = weight * square(*other, point);
                *cost = if chosen.is_empty() {
                    near
                } else {
                    cost.min(near)
                };
            }
            chosen.push(point);
        }
        chosen
    }
}

/// The nearest centre and the squared distance to it; the first of equals.
pub(super) fn nearest(centres: &[Point], point: Point) -> (usize, f64) {
    let mut best = (0, f64::INFINITY);
    for (which, centre) in centres.iter().enumerate() {
        let far = square(*centre, point);
        if far < best.1 {
            best = (which, far);
        }
    }
    best
}
