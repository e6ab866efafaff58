//! What consultation, counting, fairness and influence mean.
//!
//! Here: values, rules and counts, one folder a slice. Deliberately not here: IO, a clock,
//! leptos, axum, sea-orm, tokio. Every rule is a function of its arguments and of `now`;
//! it returns a decision or a refusal with a reason, and never prose.

pub mod account;
pub mod calendar;
pub mod code;
pub mod consultation;
pub mod council;
pub mod digest;
pub mod edit;
pub mod ids;
pub mod insight;
pub mod letter;
#[cfg(test)]
mod made_up;
pub mod moderation;
pub mod names;
pub mod neighbourhood;
pub mod personal;
pub mod poll;
pub mod response;
pub mod retention;
pub mod rows;
pub mod table;
pub mod text;
pub mod typed;
pub mod vote;
