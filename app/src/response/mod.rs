//! Responding, the receipt, and *my thread*.

pub mod forms;
pub mod pages;
