//! Use cases of accounts: one file each, one function, one transaction.
//!
//! Invariant: whatever concerns other people is asked of `domain::account::policy` behind the lock
//! on every organisation that they work for, and leaves an entry in the record.

pub mod add_staff;
pub mod ask_reset;
pub mod change_password;
pub mod create_administrator;
pub mod disable;
pub mod enable;
pub mod give_role;
pub mod invite;
pub mod invite_again;
pub mod send_letter_again;
pub mod set_password_by_link;
pub mod sign_head;
pub mod sign_in;
pub mod take_role;

pub use add_staff::{AddStaff, StaffPerson, StaffTeam, add_staff};
pub use ask_reset::{AskReset, ask_reset};
pub use change_password::{ChangePassword, change_password};
pub use create_administrator::{CreateAdministrator, create_administrator};
pub use disable::{Disable, disable};
pub use enable::{Enable, enable};
pub use give_role::{GiveRole, give_role};
pub use invite::{Invite, invite};
pub use invite_again::{InviteAgain, invite_again};
pub use send_letter_again::{SendLetterAgain, send_letter_again};
pub use set_password_by_link::{SetPasswordByLink, set_password_by_link};
pub use sign_head::{MailHead, SignHead, mail_head, sign_head};
pub use sign_in::{SignIn, sign_in};
pub use take_role::{TakeRole, take_role};

use domain::account::policy::{ManageRefused, ManagedPerson, administrator};
use domain::account::{Email, Member};
use domain::ids::{PersonId, TeamId};

use super::rows::people::{self, PersonInTeam};
use crate::db::Tx;
use crate::error::{Denied, Refused};
use crate::granted::{Caller, Granted};

/// Locks what somebody works for, and asks whether the caller may do this with their account.
async fn grant_account<'tx>(
    tx: &'tx Tx,
    caller: &Caller,
    id: PersonId,
    rule: fn(&Member, &ManagedPerson) -> Result<(), ManageRefused>,
) -> Result<Granted<'tx, ManagedPerson>, Refused<ManageRefused>> {
    // A stranger does not learn whether there is such a person.
    administrator(&caller.actor)?;
    let locked = people::lock_managed(tx, id)
        .await?
        .ok_or(Denied::NotFound)?;
    Granted::ask_with_reason(tx, caller, locked, |actor, person| {
        rule(administrator(actor)?, person).map_err(Refused::Because)
    })
    .await
}

/// Locks what somebody works for and the team's organisation, and asks whether the caller may give
/// or take a role of theirs in this team.
async fn grant_role<'tx>(
    tx: &'tx Tx,
    caller: &Caller,
    id: PersonId,
    team: TeamId,
    rule: impl FnOnce(&Member, &PersonInTeam) -> Result<(), ManageRefused>,
) -> Result<Granted<'tx, PersonInTeam>, Refused<ManageRefused>> {
    administrator(&caller.actor)?;
    let locked = people::lock_in_team(tx, id, team)
        .await?
        .ok_or(Denied::NotFound)?;
    Granted::ask_with_reason(tx, caller, locked, |actor, on| {
        rule(administrator(actor)?, on).map_err(Refused::Because)
    })
    .await
}

/// An address as it is looked for and counted. What has no shape of one is simply nobody's.
fn folded(email: &str) -> String {
    Email::known_as(email)
}
