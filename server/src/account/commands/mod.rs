//! Use cases of accounts: one function, one transaction.

pub mod people;
pub mod sign_in;
