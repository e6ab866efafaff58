//! Pages of staff accounts.

mod desk;
mod letters;
mod password;
mod people;
mod sign_in;

pub use desk::desk;
pub use letters::letters;
pub use password::{account, link_over, new_password, reset, reset_sent};
pub use people::{confirm_disable, confirm_removal, invite, people, person};
pub use sign_in::sign_in;
