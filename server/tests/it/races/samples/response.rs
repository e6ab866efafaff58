//! Responses.

use super::Sample;

pub const ALL: [Sample; 0] = [];
