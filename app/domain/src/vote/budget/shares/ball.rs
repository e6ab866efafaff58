//! A number known to lie within a distance of a float: fast comparisons that know when they do not
//! know.
//!
//! Not here: the exact arithmetic that decides then (`exact`). Invariant: the true value lies in
//! `mid - rad ..= mid + rad`; every operation widens `rad` by more than it can have rounded.

/// Twice the unit of rounding of a 64-bit float, so that bounds hold with room to spare.
const EPS: f64 = f64::EPSILON;
/// Room for the rounding of the bounds themselves.
const ROOM: f64 = 1.0 + 1e-6;

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ball {
    pub mid: f64,
    pub rad: f64,
}

impl Ball {
    pub const ZERO: Self = Self { mid: 0.0, rad: 0.0 };

    /// The nearest float of a whole number.
    pub fn whole(value: u128) -> Self {
        let mid = value as f64;
        Self {
            mid,
            rad: if value < (1 << 53) { 0.0 } else { mid * EPS },
        }
    }

    pub fn low(self) -> f64 {
        below(self.mid - self.rad)
    }

    pub fn high(self) -> f64 {
        above(self.mid + self.rad)
    }

    pub fn minus(self, other: Self) -> Self {
        let mid = self.mid - other.mid;
        Self {
            mid,
            rad: (self.rad + other.rad + mid.abs() * EPS) * ROOM,
        }
    }

    pub fn times(self, factor: Self) -> Self {
        let mid = self.mid * factor.mid;
        let rad = self.mid.abs() * factor.rad + self.rad * (factor.mid.abs() + factor.rad);
        Self {
            mid,
            rad: (rad + mid.abs() * EPS) * ROOM,
        }
    }

    /// `None` when the divisor may be zero or less.
    pub fn over(self, divisor: Self) -> Option<Self> {
        let least = divisor.low();
        if least.is_nan() || least <= 0.0 {
            return None;
        }
        let mid = self.mid / divisor.mid;
        let rad = (self.rad + mid.abs() * divisor.rad) / least;
        Some(Self {
            mid,
            rad: (rad + mid.abs() * EPS) * ROOM,
        })
    }
}

/// Adds up many products of balls with exact whole weights.
#[derive(Clone, Copy, Default)]
pub(super) struct Sum {
    mid: f64,
    rad: f64,
    size: f64,
    terms: f64,
}

impl Sum {
    #[inline]
    pub fn add(&mut self, weight: f64, ball: Ball) {
        let term = weight * ball.mid;
        self.mid += term;
        self.size += term.abs();
        self.rad += weight * ball.rad;
        self.terms += 1.0;
    }

    /// The sum of `n` terms rounds by less than `n` units of rounding of the sum of their sizes.
    pub fn ball(self) -> Ball {
        let rounding = (self.terms + 2.0) * EPS;
        Ball {
            mid: self.mid,
            rad: (self.rad * (1.0 + rounding) + self.size * rounding * (1.0 + rounding)) * ROOM,
        }
    }
}

/// A little less, by more than rounding can be.
pub(super) fn below(value: f64) -> f64 {
    value - value.abs() * (2.0 * EPS)
}

/// A little more.
pub(super) fn above(value: f64) -> f64 {
    value + value.abs() * (2.0 * EPS)
}
