//! Eigenvalues and eigenvectors of a small symmetric tridiagonal matrix.
//!
//! Implicit QL with shifts, as in EISPACK's `tql2` (Bowdler, Martin, Reinsch and Wilkinson, 1968).
#![allow(
    clippy::indexing_slicing,
    reason = "every index is below the order of the matrix"
)]

/// Most rounds for one eigenvalue; the method takes two or three.
const ROUNDS: usize = 60;

/// Eigenvalues from the greatest, and the unit eigenvector of each, of the matrix with this
/// `diagonal` and these elements `beside` it (one fewer).
pub(super) fn eigen(diagonal: &[f64], beside: &[f64]) -> (Vec<f64>, Vec<Vec<f64>>) {
    let n = diagonal.len();
    let mut d = diagonal.to_vec();
    let mut e = vec![0.0; n];
    e[..beside.len()].copy_from_slice(beside);
    // z[i] is the i-th eigenvector as it forms.
    let mut z: Vec<Vec<f64>> = (0..n)
        .map(|i| (0..n).map(|j| if i == j { 1.0 } else { 0.0 }).collect())
        .collect();
    for l in 0..n {
        for _ in 0..ROUNDS {
            let m = (l..n - 1)
                .find(|m| {
                    let near = d[*m].abs() + d[m + 1].abs();
                    e[*m].abs() <= f64::EPSILON * near
                })
                .unwrap_or(n - 1);
            if m == l {
                break;
            }
            sweep(&mut d, &mut e, &mut z, l, m);
        }
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| d[*b].total_cmp(&d[*a]));
    let values = order.iter().map(|i| d[*i]).collect();
    let vectors = order.iter().map(|i| std::mem::take(&mut z[*i])).collect();
    (values, vectors)
}

/// One implicit QL step on the block `l..=m`.
fn sweep(d: &mut [f64], e: &mut [f64], z: &mut [Vec<f64>], l: usize, m: usize) {
    let mut g = (d[l + 1] - d[l]) / (2.0 * e[l]);
    let mut r = g.hypot(1.0);
    g = d[m] - d[l] + e[l] / (g + r.copysign(g));
    let (mut s, mut c, mut p) = (1.0, 1.0, 0.0);
    for i in (l..m).rev() {
        let f = s * e[i];
        let b = c * e[i];
        r = f.hypot(g);
        e[i + 1] = r;
        if r == 0.0 {
            d[i + 1] -= p;
            e[m] = 0.0;
            return;
        }
        s = f / r;
        c = g / r;
        g = d[i + 1] - p;
        r = (d[i] - g) * s + 2.0 * c * b;
        p = s * r;
        d[i + 1] = g + p;
        g = c * r - b;
        let (low, high) = z.split_at_mut(i + 1);
        for (a, b) in low[i].iter_mut().zip(high[0].iter_mut()) {
            let f = *b;
            *b = s * *a + c * f;
            *a = c * *a - s * f;
        }
    }
    d[l] -= p;
    e[l] = g;
    e[m] = 0.0;
}

#[cfg(test)]
mod tests {
    use super::eigen;

    #[test]
    fn the_second_difference_has_the_eigenvalues_of_the_textbook() {
        let n = 9;
        let (values, vectors) = eigen(&vec![2.0; n], &vec![-1.0; n - 1]);
        for (k, value) in values.iter().rev().enumerate() {
            let angle = (k as f64 + 1.0) * std::f64::consts::PI / (n as f64 + 1.0);
            assert!((value - (2.0 - 2.0 * angle.cos())).abs() < 1e-12);
        }
        for (value, v) in values.iter().zip(&vectors) {
            for i in 0..n {
                let before = if i > 0 { v[i - 1] } else { 0.0 };
                let after = v.get(i + 1).copied().unwrap_or(0.0);
                assert!((2.0 * v[i] - before - after - value * v[i]).abs() < 1e-12);
            }
        }
    }
}
