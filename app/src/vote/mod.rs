//! Agree, disagree or pass: the voting page.

pub mod pages;
