//! What people see. Pages and their parts are compiled for the server only and are functions of
//! read models; islands are compiled for both targets.
//!
//! Deliberately not here: rules (in `domain`), data access (in `server`), routing (in `server`).

#![recursion_limit = "512"]

#[cfg(feature = "ssr")]
pub mod account;
#[cfg(feature = "ssr")]
pub mod consultation;
#[cfg(feature = "ssr")]
pub mod content;
#[cfg(feature = "ssr")]
pub mod council;
#[cfg(feature = "ssr")]
pub mod error;
pub mod insight;
#[cfg(feature = "ssr")]
pub mod messages;
#[cfg(feature = "ssr")]
pub mod moderation;
#[cfg(feature = "ssr")]
pub mod neighbourhood;
#[cfg(feature = "ssr")]
pub mod pairs;
#[cfg(feature = "ssr")]
pub mod paths;
pub mod poll;
#[cfg(feature = "ssr")]
pub mod response;
#[cfg(feature = "ssr")]
pub mod ui;
#[cfg(feature = "ssr")]
pub mod vote;

/// Called by the loader once the wasm is there.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
