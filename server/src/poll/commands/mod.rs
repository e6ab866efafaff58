//! Use cases on a poll: one function, one transaction.
//!
//! The root is the consultation, locked first; the poll's own row is held behind it, since whoever
//! gives out papers or casts holds that row shared.

pub mod register_file;
mod shuffle_rows;

mod add_option;
mod add_poll;
mod cast_ballot;
mod change_electorate;
mod change_kind;
mod change_option;
mod change_question;
mod change_rule;
mod change_weight;
mod issue_paper;
mod key_paper_ballot;
mod letters;
mod look_for_stuffed_ballots;
mod move_option;
mod new_letters;
mod option_refused;
mod pending_shuffles;
mod publish_ballots;
mod remove_option;
mod remove_poll;
mod replace_register;
mod request_link;
mod voting;

pub use add_option::{AddOption, add_option};
pub use add_poll::{AddPoll, add_poll};
pub use cast_ballot::{CastBallot, CastBallotRefused, cast_ballot};
pub use change_electorate::{ChangeElectorate, change_electorate};
pub use change_kind::{ChangeKind, change_kind};
pub use change_option::{ChangeOption, change_option};
pub use change_question::{ChangeQuestion, change_question};
pub use change_rule::{ChangeRule, change_rule};
pub use change_weight::{ChangeWeight, change_weight};
pub use issue_paper::{IssuePaper, IssueRefused, Proof, issue_paper};
pub use key_paper_ballot::{KeyPaperBallot, KeyedBallot, PaperRefused, key_paper_ballot};
pub use look_for_stuffed_ballots::{LookForStuffedBallots, look_for_stuffed_ballots};
pub use move_option::{MoveOption, move_option};
pub use new_letters::{NewLetters, new_letters};
pub use option_refused::OptionRefused;
pub use pending_shuffles::PendingShuffles;
pub use publish_ballots::{PublishBallots, publish_ballots};
pub use remove_option::{RemoveOption, remove_option};
pub use remove_poll::{RemovePoll, remove_poll};
pub use replace_register::{RegisterRefused, ReplaceRegister, replace_register};
pub use request_link::{RequestLink, RequestRefused, request_link};
pub use shuffle_rows::{ShuffleRows, all_pending, shuffle_rows};

use domain::consultation::Consultation;
use domain::poll::policy::{Policy, may_set_up};
use domain::poll::{Poll, PollAddress, PollRefused};

use crate::consultation::commands::grant_by;
use crate::db::Tx;
use crate::error::{Denied, Refused};
use crate::granted::{Caller, Granted};
use crate::poll::rows::polls;

/// Locks the consultation of this slug and asks one of the policies of its polls.
async fn grant<'tx>(
    tx: &'tx Tx,
    caller: &Caller,
    slug: &str,
    policy: Policy,
) -> Result<Granted<'tx, Consultation>, Denied> {
    grant_by(tx, caller, slug, policy).await
}

/// A poll that is held, and the permission to do something with it.
struct PollInHand<'tx> {
    draft: Granted<'tx, Consultation>,
    poll: Poll,
}

/// A poll in a draft, for somebody who may change it.
async fn in_hand<'tx>(
    tx: &'tx Tx,
    caller: &Caller,
    at: &PollAddress,
) -> Result<PollInHand<'tx>, Refused<Vec<PollRefused>>> {
    let draft = grant(tx, caller, &at.slug, may_set_up).await?;
    let poll = polls::hold(&draft, at.number)
        .await?
        .ok_or(Denied::NotFound)?;
    if !draft.root().voting_allowed {
        return Err(Refused::Because(vec![PollRefused::NotUnderThisRegime]));
    }
    Ok(PollInHand { draft, poll })
}
