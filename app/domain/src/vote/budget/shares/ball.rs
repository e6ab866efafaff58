//! Numbers known to lie within a distance of a float: fast comparisons that know when they do not
//! know. In two lanes, for two shares at once: see `run`.
//!
//! Not here: the exact arithmetic that decides then (`exact`). Invariant: in each lane the true
//! value lies in `mid - rad ..= mid + rad`; every operation widens `rad` by more than it can have
//! rounded.

/// Twice the unit of rounding of a 64-bit float, so that bounds hold with room to spare.
const EPS: f64 = f64::EPSILON;
/// Below this, two to the power of 53, every whole number is a float.
const WHOLE: f64 = 9_007_199_254_740_992.0;
/// Room for the rounding of the bounds themselves.
const ROOM: f64 = 1.0 + 1e-6;

/// A value for the lower and for the upper share.
pub(super) type Lanes = [f64; 2];

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ball {
    pub mid: Lanes,
    pub rad: f64,
}

impl Ball {
    pub const ZERO: Self = Self {
        mid: [0.0; 2],
        rad: 0.0,
    };

    /// The nearest float of a whole number.
    pub fn whole(value: u128) -> Self {
        Self::nearest(value as f64)
    }

    /// A float that is the nearest to a whole number.
    #[inline]
    pub fn nearest(mid: f64) -> Self {
        Self {
            mid: [mid; 2],
            rad: if mid < WHOLE { 0.0 } else { mid * EPS },
        }
    }

    pub fn is_exact(self) -> bool {
        self.rad == 0.0
    }

    /// Two floats, each the nearest, or nearly, of a fraction.
    pub fn near(mid: Lanes) -> Self {
        Self {
            mid,
            rad: size(mid) * (4.0 * EPS),
        }
    }

    #[inline]
    pub fn low(self) -> Lanes {
        self.mid.map(|m| below(m - self.rad))
    }

    #[inline]
    pub fn high(self) -> Lanes {
        self.mid.map(|m| above(m + self.rad))
    }

    /// Surely less, in both lanes.
    #[inline]
    pub fn is_below(self, other: Self) -> bool {
        all(self.high(), other.low(), |a, b| a < b)
    }

    /// Surely not less, in both lanes.
    #[inline]
    pub fn is_not_below(self, other: Self) -> bool {
        all(self.low(), other.high(), |a, b| a >= b)
    }

    #[inline]
    pub fn minus(self, other: Self) -> Self {
        let mid = zip(self.mid, other.mid, |a, b| a - b);
        Self {
            mid,
            rad: (self.rad + other.rad + size(mid) * EPS) * ROOM,
        }
    }

    #[inline]
    pub fn times(self, factor: Self) -> Self {
        let mid = zip(self.mid, factor.mid, |a, b| a * b);
        let rad = size(self.mid) * factor.rad + self.rad * (size(factor.mid) + factor.rad);
        Self {
            mid,
            rad: (rad + size(mid) * EPS) * ROOM,
        }
    }

    /// `None` when the divisor may be zero or less.
    pub fn over(self, divisor: Self) -> Option<Self> {
        let [one, other] = divisor.low();
        let least = one.min(other);
        if least.is_nan() || least <= 0.0 {
            return None;
        }
        let mid = zip(self.mid, divisor.mid, |a, b| a / b);
        let rad = (self.rad + size(mid) * divisor.rad) / least;
        Some(Self {
            mid,
            rad: (rad + size(mid) * EPS) * ROOM,
        })
    }
}

/// Adds up many products of balls with exact whole weights.
#[derive(Clone, Copy, Default)]
pub(super) struct Sum {
    mid: Lanes,
    rad: f64,
    size: f64,
    terms: f64,
}

impl Sum {
    #[inline]
    pub fn add(&mut self, weight: f64, ball: Ball) {
        let term = ball.mid.map(|m| weight * m);
        self.mid = zip(self.mid, term, |a, b| a + b);
        self.size += size(term);
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
#[inline]
pub(super) fn below(value: f64) -> f64 {
    value - value.abs() * (2.0 * EPS)
}

/// A little more.
#[inline]
fn above(value: f64) -> f64 {
    value + value.abs() * (2.0 * EPS)
}

#[inline]
pub(super) fn zip([a, b]: Lanes, [c, d]: Lanes, with: impl Fn(f64, f64) -> f64) -> Lanes {
    [with(a, c), with(b, d)]
}

#[inline]
pub(super) fn all([a, b]: Lanes, [c, d]: Lanes, holds: impl Fn(f64, f64) -> bool) -> bool {
    holds(a, c) && holds(b, d)
}

#[inline]
fn size([a, b]: Lanes) -> f64 {
    a.abs().max(b.abs())
}
