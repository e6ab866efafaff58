//! What consultation, counting, fairness and influence mean.
//!
//! Here: values, rules and counts, one folder a slice. Deliberately not here: IO, a clock,
//! leptos, axum, sea-orm, tokio. Every rule is a function of its arguments and of `now`.

pub mod vote;
