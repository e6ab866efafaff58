//! What is kept of where a vote comes from: a mark of 20 bits, a keyed digest of the day and of the
//! network (a 256th part of an IPv4 address range, or an IPv6 site), so that many networks share one
//! and it is another tomorrow; and whether the page had been read. Both are forgotten after
//! [`domain::retention::VOTE_SOURCE_DAYS`] days.

use std::net::IpAddr;

use domain::calendar::uk_day;
use jiff::Timestamp;
use jiff::civil::{Date, date};

use crate::client::ClientAddress;
use crate::secret::Secret;
use crate::vote::rows::set_aside::{Source, UNKNOWN};

const FIRST_DAY: Date = date(1970, 1, 1);

/// The day in the United Kingdom, counted from 1970.
pub fn day_number(now: Timestamp) -> i32 {
    FIRST_DAY
        .until(uk_day(now))
        .map_or(0, |span| span.get_days())
}

/// What is kept of where a voter comes from; `read` is whether their browser had been given the
/// voting page.
pub fn of(secret: &Secret, client: ClientAddress, now: Timestamp, read: bool) -> Source {
    let day = day_number(now);
    let (network, own): (Vec<u8>, bool) = match client.ip() {
        IpAddr::V4(v4) => (
            v4.octets().into_iter().take(3).collect(),
            v4.is_loopback() || v4.is_private() || v4.is_link_local(),
        ),
        IpAddr::V6(v6) => (
            v6.octets().into_iter().take(6).collect(),
            v6.is_loopback() || v6.is_unique_local(),
        ),
    };
    if own {
        // Our own proxy, or everybody within one building: it tells nothing of anybody.
        return Source {
            day,
            mark: UNKNOWN,
            read,
        };
    }
    let message = [&day.to_be_bytes()[..], &network].concat();
    let [a, b, c, ..] = secret.mac("voter-source", &message);
    Source {
        day,
        mark: i32::from(a & 15) << 16 | i32::from(b) << 8 | i32::from(c),
        read,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_another_on_the_next_day_here_and_one_for_neighbours() {
        let secret = Secret::new("s");
        let mark = |ip: [u8; 4], at: &str| {
            let now = at.parse().expect("a moment");
            of(&secret, ClientAddress::new(ip.into()), now, true)
        };
        let evening = mark([81, 2, 69, 1], "2026-07-01T22:59:00Z");
        assert_eq!(evening.day, 20_635);
        assert_eq!(evening, mark([81, 2, 69, 200], "2026-07-01T22:00:00Z"));
        let midnight = mark([81, 2, 69, 1], "2026-07-01T23:00:00Z");
        assert_eq!(midnight.day, 20_636, "summer time");
        assert_ne!(evening.mark, midnight.mark);
        assert_eq!(mark([10, 0, 0, 1], "2026-07-01T12:00:00Z").mark, UNKNOWN);
    }
}
