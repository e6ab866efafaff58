//! Polls: set up, voted in, counted, published.

pub mod arrange;
mod desk;
mod gone;
mod lying;
mod paper;
mod recount;
mod secrecy;
mod signs;
mod together;
mod two_officers;
mod voter;
