//! Polls: set up, voted in, counted, published.

mod desk;
mod paper;
