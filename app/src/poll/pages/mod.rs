//! The pages of polls.
