//! Stuffing: what is flagged in made-up traffic and in replays of real conversations, and what is not.

mod dice;
mod replayed;
mod traffic;
