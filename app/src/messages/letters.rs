//! The text of letters that staff receive. Plain text, one link, no names of residents.

/// To set a new password.
pub fn reset(name: &str, link: &str) -> String {
    format!(
        "Hello {name},\n\nSomebody asked for a new password for your account. If it was you, \
         open this link within one hour. It works once.\n\n{link}\n\nIf it was not you, you \
         don’t need to do anything: your password stays the same.\n"
    )
}

/// To choose a first password.
pub fn invitation(name: &str, link: &str) -> String {
    format!(
        "Hello {name},\n\nYou have been invited to use Soundings, where residents have their say \
         and get an answer. Open this link within 7 days and choose your password. It works \
         once.\n\n{link}\n\nIf you did not expect this, you don’t need to do anything.\n"
    )
}
