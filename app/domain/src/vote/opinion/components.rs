//! Two principal components of the votes, and where each person stands.
//!
//! A missing vote is filled with the statement's mean; after centring that is exactly 0, so the
//! filled matrix is as sparse as the votes and is never written out. Components by Lanczos steps on
//! the covariance, each new direction made orthogonal to all before it, from a fixed start: the same
//! votes give the same components to the last bit. A warm start changes how many steps it takes,
//! not where they lead.
#![allow(
    clippy::indexing_slicing,
    reason = "cells and places come from the matrix whose sizes the tables are made for"
)]

use super::matrix::{Statement, VoteMatrix};
use super::tallies::Tally;
use super::tridiagonal;

/// The residual, as a part of the greatest eigenvalue, at which a component is good enough.
const CLOSE: f64 = 1e-9;

/// What the votes come down to.
#[derive(Clone, Debug, PartialEq)]
pub struct Components {
    /// The mean vote of each statement, by column; 0 for those left out or without votes.
    pub means: Vec<f64>,
    /// Two directions of unit length over the columns; all 0 where there is no second one.
    pub axes: [Vec<f64>; 2],
    /// The variance along each, times the number of people less one.
    pub strength: [f64; 2],
    /// Lanczos steps taken.
    pub steps: usize,
}

/// The components of the matrix, the `hidden` columns counted as 0 for everybody; `everybody` has the
/// votes on each column.
pub fn components(
    matrix: &VoteMatrix,
    hidden: &[bool],
    everybody: &[Tally],
    warm: Option<&[(Statement, [f64; 2])]>,
) -> Components {
    let means = means(everybody, hidden);
    let width = matrix.statements().len();
    let centred = Centred::new(matrix, hidden, &means);
    let start = start(matrix, warm);
    let (strength, axes, steps) = leading(width, start, |v, out| centred.apply(v, out));
    Components {
        means,
        axes: axes.map(settled),
        strength,
        steps,
    }
}

impl Components {
    /// Where each person stands: the projection, scaled by √(statements ÷ votes cast), where the
    /// columns left out count as votes of everybody (as the Polis server has it).
    pub fn positions(&self, matrix: &VoteMatrix, hidden: &[bool]) -> Vec<[f64; 2]> {
        let centred = Centred::new(matrix, hidden, &self.means);
        let x = centred.table(&self.axes[0]);
        let y = centred.table(&self.axes[1]);
        let out = hidden.iter().filter(|hidden| **hidden).count();
        let width = hidden.len() as f64;
        (0..matrix.people().len())
            .map(|row| {
                let cells = matrix.row(row);
                let mut at = [0.0; 2];
                let mut votes = out;
                for cell in cells {
                    let cell = *cell as usize;
                    at[0] += x[cell];
                    at[1] += y[cell];
                    votes += usize::from(!hidden[cell >> 2]);
                }
                let scale = (width / votes.max(1) as f64).sqrt();
                [at[0] * scale, at[1] * scale]
            })
            .collect()
    }

    /// How far a single agreement with each statement would carry somebody from the middle.
    pub fn extremity(&self) -> Vec<f64> {
        let scale = (self.means.len() as f64).sqrt();
        self.means
            .iter()
            .enumerate()
            .map(|(column, mean)| {
                let length = self.axes[0][column].hypot(self.axes[1][column]);
                (1.0 - mean).abs() * length * scale
            })
            .collect()
    }
}

/// The mean vote of each column.
fn means(everybody: &[Tally], hidden: &[bool]) -> Vec<f64> {
    everybody
        .iter()
        .zip(hidden)
        .map(|(tally, hidden)| {
            if *hidden || tally.all() == 0 {
                return 0.0;
            }
            (f64::from(tally.agrees) - f64::from(tally.disagrees)) / f64::from(tally.all())
        })
        .collect()
}

/// The centred matrix, as an operator.
struct Centred<'a> {
    matrix: &'a VoteMatrix,
    /// The centred value of each code of a cell.
    value: Vec<f64>,
}

impl<'a> Centred<'a> {
    fn new(matrix: &'a VoteMatrix, hidden: &[bool], means: &[f64]) -> Self {
        let mut value = vec![0.0; means.len() * 4];
        for ((cells, mean), hidden) in value.chunks_exact_mut(4).zip(means).zip(hidden) {
            if !hidden {
                cells.copy_from_slice(&[-1.0 - mean, -mean, 1.0 - mean, 0.0]);
            }
        }
        Centred { matrix, value }
    }

    /// What each code adds to a projection on `axis`.
    fn table(&self, axis: &[f64]) -> Vec<f64> {
        self.value
            .iter()
            .enumerate()
            .map(|(cell, value)| value * axis[cell >> 2])
            .collect()
    }

    /// `out = Xᵀ X v`, in one pass over the votes.
    fn apply(&self, v: &[f64], out: &mut [f64]) {
        let table = self.table(v);
        let mut sums = vec![0.0; table.len()];
        for row in 0..self.matrix.people().len() {
            let cells = self.matrix.row(row);
            let along: f64 = cells.iter().map(|cell| table[*cell as usize]).sum();
            for cell in cells {
                sums[*cell as usize] += along;
            }
        }
        for (column, out) in out.iter_mut().enumerate() {
            *out = (column * 4..column * 4 + 3)
                .map(|cell| sums[cell] * self.value[cell])
                .sum();
        }
    }
}

/// Where the steps start: the last components together, or a fixed unevenness.
fn start(matrix: &VoteMatrix, warm: Option<&[(Statement, [f64; 2])]>) -> Vec<f64> {
    let mut start: Vec<f64> = (0..matrix.statements().len()).map(uneven).collect();
    if let Some(warm) = warm {
        start.iter_mut().for_each(|x| *x *= 1e-3);
        for (id, [first, second]) in warm {
            if let Some(column) = matrix.column(*id) {
                start[column] += first + second;
            }
        }
    }
    start
}

/// A number between ½ and 1½ that no statement pattern is likely to be orthogonal to.
fn uneven(place: usize) -> f64 {
    let turn = (place as f64 + 1.0) * 0.618_033_988_749_894_9;
    0.5 + turn.fract()
}

/// The two leading eigenvalues and unit eigenvectors of a symmetric operator without negative
/// eigenvalues, and the steps taken.
fn leading(
    width: usize,
    start: Vec<f64>,
    apply: impl Fn(&[f64], &mut [f64]),
) -> ([f64; 2], [Vec<f64>; 2], usize) {
    let mut basis: Vec<Vec<f64>> = Vec::new();
    let mut diagonal: Vec<f64> = Vec::new();
    let mut beside: Vec<f64> = Vec::new();
    let mut next = start;
    let mut image = vec![0.0; width];
    let mut check = 6;
    let mut restarts = 0;
    while basis.len() < width {
        let length = norm(&next);
        // Orthogonal to the whole operator: a new start finds what this one cannot reach.
        if length <= f64::MIN_POSITIVE {
            break;
        }
        next.iter_mut().for_each(|x| *x /= length);
        basis.push(next);
        let current = &basis[basis.len() - 1];
        apply(current, &mut image);
        diagonal.push(dot(current, &image));
        let scale = norm(&image).max(diagonal.iter().fold(0.0_f64, |a, b| a.max(b.abs())));
        let mut rest = image.clone();
        orthogonal(&mut rest, &basis);
        orthogonal(&mut rest, &basis);
        let mut left = norm(&rest);
        if left <= scale * 1e-13 {
            left = 0.0;
            restarts += 1;
            rest = (0..width).map(|x| uneven(x * (restarts + 1))).collect();
            orthogonal(&mut rest, &basis);
            orthogonal(&mut rest, &basis);
            if norm(&rest) <= 1e-9 || restarts > 3 {
                break;
            }
        }
        if basis.len() >= check {
            check = basis.len() + basis.len() / 20 + 1;
            let (values, vectors) = tridiagonal::eigen(&diagonal, &beside);
            let last = basis.len() - 1;
            let settled = left > 0.0
                && [0, 1].iter().all(|which| {
                    (left * vectors[*which][last]).abs() <= CLOSE * values[0].max(f64::MIN_POSITIVE)
                });
            if settled {
                break;
            }
        }
        beside.push(left);
        next = rest;
    }
    if basis.is_empty() {
        return ([0.0; 2], [vec![0.0; width], vec![0.0; width]], 0);
    }
    let (values, vectors) = tridiagonal::eigen(&diagonal, &beside[..basis.len() - 1]);
    let axis = |which: usize| -> (f64, Vec<f64>) {
        let mut sum = vec![0.0; width];
        let strength = values.get(which).copied().unwrap_or(0.0);
        if strength <= values[0] * 1e-12 || strength <= 0.0 {
            return (0.0, sum);
        }
        for (part, direction) in vectors[which].iter().zip(&basis) {
            for (sum, x) in sum.iter_mut().zip(direction) {
                *sum += part * x;
            }
        }
        let length = norm(&sum);
        sum.iter_mut().for_each(|x| *x /= length);
        (strength, sum)
    };
    let (first, second) = (axis(0), axis(1));
    ([first.0, second.0], [first.1, second.1], basis.len())
}

/// Takes out of `v` what lies along the basis.
fn orthogonal(v: &mut [f64], basis: &[Vec<f64>]) {
    for direction in basis {
        let along = dot(v, direction);
        for (v, x) in v.iter_mut().zip(direction) {
            *v -= along * x;
        }
    }
}

/// Points the axis so that its greatest part is positive; parts that are nearly as great as the
/// greatest count as equal and the first decides, so that rounding never turns it.
fn settled(mut axis: Vec<f64>) -> Vec<f64> {
    let greatest = axis.iter().fold(0.0_f64, |a, x| a.max(x.abs()));
    let negative = axis
        .iter()
        .find(|x| x.abs() >= greatest * (1.0 - 1e-6))
        .is_some_and(|x| *x < 0.0);
    if negative {
        axis.iter_mut().for_each(|x| *x = -*x);
    }
    axis
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}
