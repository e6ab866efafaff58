//! Where the ballots of open polls came from, in memory and nowhere else.
//!
//! A script that casts many ballots is found by the network that they come from, so something has to
//! join a ballot to a network for as long as the poll is open. Whatever stands in a row can be tried
//! out: there are four thousand million addresses and sixteen million networks, and whoever has the
//! rows, a backup and the server's secret needs less than a minute for all of them. So no row has any
//! of it. What is kept is here: by the hash of a voting code, the day and 64 bits of a digest of the
//! network (never of the address), keyed with random bits of this poll and this process, which are
//! thrown away with it when the poll has closed or the process ends. What is written down is the
//! outcome alone: which ballots are set aside ([`super::commands::look_for_stuffed_ballots`]), so
//! that nothing but these is lost at a restart.
//!
//! The price: a crowd is seen by the part of it that came through one process since its start, which
//! loses fewer ballots of a script than make a crowd. Considered and left: marks in a table of their
//! own under a key beside the database (that file and a backup give the networks back), and counts for
//! each network (nobody could tell which ballots to set aside).

use std::collections::HashMap;
use std::sync::Mutex;

use domain::ids::PollId;
use domain::poll::PollAddress;
use domain::poll::stuffing::Origin;

use crate::client::ClientAddress;
use crate::key_file;
use crate::secret::Secret;

/// The most ballots of one poll that are kept in mind: more than any borough has voters.
const MOST: usize = 500_000;

/// The signs of every poll that people vote in.
#[derive(Debug, Default)]
pub struct Signs(Mutex<HashMap<PollId, OfPoll>>);

#[derive(Debug)]
struct OfPoll {
    at: PollAddress,
    key: Secret,
    ballots: HashMap<String, Origin>,
}

impl Signs {
    /// Keeps in mind where a ballot came from on this day. Nothing where that tells nothing.
    pub fn note(
        &self,
        poll: PollId,
        at: &PollAddress,
        ballot: String,
        day: u32,
        from: ClientAddress,
    ) {
        let Some(network) = from.network() else {
            return;
        };
        let Ok(mut polls) = self.0.lock() else { return };
        let of_poll = match polls.entry(poll) {
            std::collections::hash_map::Entry::Occupied(there) => there.into_mut(),
            std::collections::hash_map::Entry::Vacant(new) => {
                let Ok(key) = key_file::fresh() else { return };
                new.insert(OfPoll {
                    at: at.clone(),
                    key: Secret::new(&key),
                    ballots: HashMap::new(),
                })
            }
        };
        if of_poll.ballots.len() < MOST {
            let [a, b, c, d, e, f, g, h, ..] = of_poll.key.mac("network", &network);
            let network = u64::from_be_bytes([a, b, c, d, e, f, g, h]);
            // A write that is carried out again is one ballot.
            of_poll
                .ballots
                .entry(ballot)
                .or_insert(Origin { day, network });
        }
    }

    /// Where these ballots of a poll came from, by the hashes of their codes.
    pub fn of<'a>(
        &self,
        poll: PollId,
        ballots: impl Iterator<Item = &'a str>,
    ) -> Vec<Option<Origin>> {
        let polls = self.0.lock().ok();
        let known = polls.as_ref().and_then(|polls| polls.get(&poll));
        ballots
            .map(|ballot| known.and_then(|known| known.ballots.get(ballot)).copied())
            .collect()
    }

    /// The polls of which anything is kept in mind.
    pub fn polls(&self) -> Vec<(PollId, PollAddress)> {
        let Ok(polls) = self.0.lock() else {
            return Vec::new();
        };
        polls
            .iter()
            .map(|(id, one)| (*id, one.at.clone()))
            .collect()
    }

    /// Throws away everything of a poll, its key too.
    pub fn forget(&self, poll: PollId) {
        if let Ok(mut polls) = self.0.lock() {
            polls.remove(&poll);
        }
    }
}
