//! What is kept of where a vote comes from: a mark of 20 bits, a keyed digest of the network (a block
//! of 256 neighbouring IPv4 addresses, or an IPv6 site), so that many networks share one; and whether the
//! page had been read. Both are forgotten after [`domain::retention::VOTE_SOURCE_DAYS`] days.
//!
//! Invariant: the key is random, of one day, and in the memory of one process alone, so the marks of
//! the day can't be worked out backwards by anybody who has the rows and the server's secret: not even
//! by trying every network there is. The price: after a restart, and between two processes on one
//! database, one network has two marks, so that a crowd is seen by the part of it.

use std::sync::Mutex;

use domain::calendar::day_number;
use jiff::Timestamp;

use crate::client::ClientAddress;
use crate::key_file;
use crate::secret::Secret;
use crate::vote::rows::set_aside::{Source, UNKNOWN};

/// The key of the day, thrown away at the first vote of another.
#[derive(Debug, Default)]
pub struct DayKey(Mutex<Option<(i32, Secret)>>);

impl DayKey {
    /// What is kept of where a voter comes from; `read` is whether their browser had been given the
    /// voting page.
    pub fn source(&self, client: ClientAddress, now: Timestamp, read: bool) -> Source {
        let day = day_number(now);
        let mark = client
            .network()
            .and_then(|network| self.mark(day, &network))
            .unwrap_or(UNKNOWN);
        Source { day, mark, read }
    }

    /// None for a day that is over, whose key is gone, and where no key can be made.
    fn mark(&self, day: i32, network: &[u8]) -> Option<i32> {
        let mut kept = self.0.lock().ok()?;
        if kept.as_ref().is_none_or(|(of, _)| *of < day) {
            *kept = Some((day, Secret::new(&key_file::fresh().ok()?)));
        }
        let (_, key) = kept.as_ref().filter(|(of, _)| *of == day)?;
        let [a, b, c, ..] = key.mac("voter-source", network);
        Some(i32::from(a & 15) << 16 | i32::from(b) << 8 | i32::from(c))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(keys: &DayKey, ip: [u8; 4], now: &str) -> Source {
        let now = now.parse().expect("a moment");
        keys.source(ClientAddress::new(ip.into()), now, true)
    }

    #[test]
    fn a_mark_is_another_on_the_next_day_here_and_one_for_neighbours() {
        let keys = DayKey::default();
        let evening = at(&keys, [81, 2, 69, 1], "2026-07-01T22:59:00Z");
        assert_eq!(evening.day, 20_635);
        let neighbour = at(&keys, [81, 2, 69, 200], "2026-07-01T22:00:00Z");
        assert_eq!(evening, neighbour);
        let midnight = at(&keys, [81, 2, 69, 1], "2026-07-01T23:00:00Z");
        assert_eq!(midnight.day, 20_636, "summer time");
        assert_ne!(evening.mark, midnight.mark);
        let private = at(&keys, [10, 0, 0, 1], "2026-07-01T23:00:00Z");
        assert_eq!(private.mark, UNKNOWN);
        let late = at(&keys, [81, 2, 69, 1], "2026-07-01T22:59:00Z");
        assert_eq!(late.mark, UNKNOWN, "the key of the day before is gone");
    }

    #[test]
    fn what_is_kept_follows_from_nothing_that_anybody_else_has() {
        // Two servers with one secret, one day, sixteen networks: were the key known, each mark of
        // one were a mark of the other.
        let (one, two) = (DayKey::default(), DayKey::default());
        let marks = |keys: &DayKey| -> Vec<i32> {
            (0..16)
                .map(|n| at(keys, [81, 2, n, 1], "2026-07-01T12:00:00Z").mark)
                .collect()
        };
        assert_ne!(marks(&one), marks(&two));
        assert_eq!(marks(&one), marks(&one));
    }
}
