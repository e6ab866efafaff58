//! Why an option is not put on a paper.

use domain::poll::PollRefused;

use crate::consultation::commands::DocumentRefused;
use crate::error::Refused;

/// Why an option is not put on the paper like this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptionRefused {
    /// Rules of the poll say no.
    Poll(Vec<PollRefused>),
    /// Its picture is not taken.
    Picture(DocumentRefused),
    /// A colleague has taken it off the paper.
    Gone,
}

impl OptionRefused {
    /// What rules of the poll say, as what it says of an option.
    pub(super) fn of(refused: Refused<Vec<PollRefused>>) -> Refused<Self> {
        match refused {
            Refused::Because(why) => Refused::Because(Self::Poll(why)),
            Refused::Denied(denied) => Refused::Denied(denied),
        }
    }
}
