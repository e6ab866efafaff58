//! Groups of people who stand near one another, and how many groups there are.
//!
//! Only people with enough votes are grouped. The number of groups is the one from 2 to 5 with the
//! best silhouette in which no group is under the disclosure threshold. Where every number leaves
//! a group too small, its people go to the nearest group that is not: nobody is left over who could
//! be found by taking groups from the total.
//!
//! Deliberately not: holding the last number of groups for some rounds, as the Polis server does.
//! Groups here are a function of the votes alone, so that anybody can count them again.
#![allow(
    clippy::indexing_slicing,
    reason = "labels are below the number of groups, places below the number of points"
)]

use super::base::{self, Cell};
use super::kmeans::{Cloud, Clusters, Point, nearest, square};
use super::{Settings, TooFew};

/// What one number of groups comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// How many groups.
    pub groups: usize,
    /// Sum of squared distances to the middle of one's group.
    pub inertia: f64,
    /// Mean silhouette; over cells where there are many people.
    pub silhouette: f64,
    /// How many are in the smallest group.
    pub smallest: usize,
    /// The group of each point.
    pub labels: Vec<usize>,
}

/// Groups from the largest to the smallest.
#[derive(Clone, Debug, PartialEq)]
pub struct Grouping {
    /// The group of each point.
    pub labels: Vec<usize>,
    /// The middle of each group.
    pub centres: Vec<Point>,
    /// How many are in each.
    pub sizes: Vec<usize>,
    /// Mean silhouette of the number of groups that was chosen.
    pub silhouette: f64,
}

/// Every number of groups from 2 to the most.
pub fn tried(points: &[Point], settings: &Settings) -> Vec<Tried> {
    let large = points.len() > settings.exact_up_to;
    let ones = vec![1.0; points.len()];
    let cloud = Cloud::new(points, &ones);
    let cells = if large {
        base::cells(points, settings.base_clusters)
    } else {
        Vec::new()
    };
    let summed = summed(&cells);
    (2..=settings.most_groups)
        .filter(|groups| points.len() > *groups)
        .filter_map(|groups| {
            let (clusters, silhouette) = if large {
                let clusters = cloud.shuffle_rows(summed.best(groups)?.centres);
                let silhouette = base::silhouette(&cells, &clusters.labels, groups)?;
                (clusters, silhouette)
            } else {
                no_worse(points, cloud.found(groups), groups)?
            };
            let Clusters {
                labels, inertia, ..
            } = clusters;
            let smallest = sizes(&labels, groups).into_iter().min()?;
            Some(Tried {
                groups,
                inertia,
                silhouette,
                smallest,
                labels,
            })
        })
        .collect()
}

/// The least inertia, unless the usual start has a better silhouette: the answer is no worse than
/// that of the usual start in either.
fn no_worse(points: &[Point], found: Vec<Clusters>, groups: usize) -> Option<(Clusters, f64)> {
    let silhouette = |clusters: &Clusters| base::exact(points, &clusters.labels, groups);
    let mut best: Option<(Clusters, f64)> = None;
    for clusters in found {
        if let Some((_, held)) = &best {
            if !clusters.usual {
                continue;
            }
            let usual = silhouette(&clusters)?;
            // Better by more than rounding.
            if usual > held + 1e-9 {
                return Some((clusters, usual));
            }
            return best;
        }
        let first = silhouette(&clusters)?;
        let done = clusters.usual;
        best = Some((clusters, first));
        if done {
            return best;
        }
    }
    best
}

fn summed(cells: &[Cell]) -> Cloud {
    let centres: Vec<Point> = cells.iter().map(|cell| cell.centre).collect();
    let weights: Vec<f64> = cells.iter().map(Cell::weight).collect();
    Cloud::new(&centres, &weights)
}

/// The groups of these points.
///
/// # Errors
/// Why nothing can be said of groups.
pub fn grouping(points: &[Point], settings: &Settings) -> Result<Grouping, TooFew> {
    let need = settings.fewest_people();
    if points.len() < need {
        return Err(TooFew::People { need });
    }
    let tried = tried(points, settings);
    let best = |large_enough: bool| {
        tried
            .iter()
            .filter(|tried| !large_enough || tried.smallest >= settings.smallest_group)
            .fold(None::<&Tried>, |best, tried| match best {
                Some(best) if best.silhouette >= tried.silhouette => Some(best),
                _ => Some(tried),
            })
    };
    if let Some(found) = best(true) {
        return Ok(ordered(points, &found.labels, found));
    }
    let found = best(false).ok_or(TooFew::NothingTellsApart)?;
    let labels = joined(points, found, settings.smallest_group).ok_or(TooFew::GroupsTooSmall {
        need: settings.smallest_group,
    })?;
    Ok(ordered(points, &labels, found))
}

/// People of groups under the threshold moved to the nearest that is not; `None` where fewer than
/// two groups would be left.
fn joined(points: &[Point], found: &Tried, threshold: usize) -> Option<Vec<usize>> {
    let sizes = sizes(&found.labels, found.groups);
    let centres = centres(points, &found.labels, found.groups);
    let (kept, middles): (Vec<usize>, Vec<Point>) = (0..found.groups)
        .filter(|group| sizes[*group] >= threshold)
        .map(|group| (group, centres[group]))
        .unzip();
    (kept.len() >= 2).then(|| {
        points
            .iter()
            .zip(&found.labels)
            .map(|(point, label)| match kept.contains(label) {
                true => *label,
                false => kept[nearest(&middles, *point).0],
            })
            .collect()
    })
}

/// Groups renumbered from the largest; of equals the one farther left, then lower, comes first.
fn ordered(points: &[Point], labels: &[usize], found: &Tried) -> Grouping {
    let sizes = sizes(labels, found.groups);
    let centres = centres(points, labels, found.groups);
    let mut order: Vec<usize> = (0..found.groups)
        .filter(|group| sizes[*group] > 0)
        .collect();
    order.sort_by(|a, b| {
        sizes[*b]
            .cmp(&sizes[*a])
            .then(centres[*a][0].total_cmp(&centres[*b][0]))
            .then(centres[*a][1].total_cmp(&centres[*b][1]))
    });
    let mut place = vec![0; found.groups];
    for (new, old) in order.iter().enumerate() {
        place[*old] = new;
    }
    Grouping {
        labels: labels.iter().map(|label| place[*label]).collect(),
        centres: order.iter().map(|group| centres[*group]).collect(),
        sizes: order.iter().map(|group| sizes[*group]).collect(),
        silhouette: found.silhouette,
    }
}

fn sizes(labels: &[usize], groups: usize) -> Vec<usize> {
    let mut sizes = vec![0; groups];
    labels.iter().for_each(|label| sizes[*label] += 1);
    sizes
}

fn centres(points: &[Point], labels: &[usize], groups: usize) -> Vec<Point> {
    let mut sums = vec![[0.0; 3]; groups];
    for (point, label) in points.iter().zip(labels) {
        let sum = &mut sums[*label];
        sum[0] += point[0];
        sum[1] += point[1];
        sum[2] += 1.0;
    }
    sums.iter()
        .map(|sum| [sum[0] / sum[2].max(1.0), sum[1] / sum[2].max(1.0)])
        .collect()
}

/// The mean silhouette of a grouping, every point against every other.
pub fn silhouette(points: &[Point], labels: &[usize]) -> Option<f64> {
    base::exact(points, labels, labels.iter().max()? + 1)
}

/// The sum of squared distances to the middle of one's group.
pub fn inertia(points: &[Point], labels: &[usize]) -> f64 {
    let groups = labels.iter().max().map_or(0, |most| most + 1);
    let centres = centres(points, labels, groups);
    points
        .iter()
        .zip(labels)
        .map(|(point, label)| square(*point, centres[*label]))
        .sum()
}

/// The adjusted Rand index (Hubert and Arabie, 1985) of two groupings of the same people: 1 where
/// they agree, about 0 where they agree no more than by chance.
pub fn rand_index(a: &[usize], b: &[usize]) -> f64 {
    let (rows, columns) = (
        a.iter().max().map_or(0, |most| most + 1),
        b.iter().max().map_or(0, |most| most + 1),
    );
    let mut table = vec![0.0; rows * columns];
    for (a, b) in a.iter().zip(b) {
        table[a * columns + b] += 1.0;
    }
    let pairs = |n: f64| n * (n - 1.0) / 2.0;
    let together: f64 = table.iter().copied().map(pairs).sum();
    let by_a: f64 = sizes(a, rows).iter().map(|n| pairs(*n as f64)).sum();
    let by_b: f64 = sizes(b, columns).iter().map(|n| pairs(*n as f64)).sum();
    let all = pairs(a.len() as f64);
    let chance = by_a * by_b / all.max(1.0);
    let most = f64::midpoint(by_a, by_b);
    if (most - chance).abs() < f64::EPSILON {
        return 1.0;
    }
    (together - chance) / (most - chance)
}
