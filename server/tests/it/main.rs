//! Integration tests: through the router, on a real database, as people do it. One file a slice.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "what can't be expected or unwrapped fails the test"
)]

mod support;

mod account;
mod authz;
mod command_line;
mod consultation;
mod council;
mod council_teams;
mod count;
mod databases;
mod demonstration;
mod doors;
mod endpoint_coverage;
mod faults;
mod gets;
mod insight;
mod keys;
mod migrations;
mod moderation;
mod neighbourhood;
mod numbers;
mod poll;
mod races;
mod reading;
mod record;
mod refusals;
mod response;
mod retention;
mod spoilt;
mod vote;
mod words;
