//! Why an option is not put on a paper.

use domain::poll::PollRefused;

use crate::consultation::commands::DocumentRefused;
use crate::error::Refused;

/// Why an option is not put on the paper like this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionRefused {
    /// A rule of the poll says no.
    Poll(PollRefused),
    /// Its picture is not taken.
    Picture(DocumentRefused),
    /// A colleague has taken it off the paper.
    Gone,
}

impl OptionRefused {
    /// What a rule of the poll says, as what it says of an option.
    pub(super) fn of(refused: Refused<PollRefused>) -> Refused<Self> {
        match refused {
            Refused::Because(why) => Refused::Because(Self::Poll(why)),
            Refused::Denied(denied) => Refused::Denied(denied),
        }
    }
}
