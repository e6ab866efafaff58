//! Staff accounts: sign-in, invitations, passwords, and who acts in a request.

pub mod http;
pub mod password;
pub mod session;

use domain::account::Member;

/// Where a member of staff can go, for the bar on top of each page: `(label, path)`.
pub fn links(_member: &Member) -> Vec<(String, String)> {
    Vec::new()
}
