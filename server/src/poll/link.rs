//! Links that are sent by email: each gives one ballot paper, within a few days.
//!
//! Invariant: only a link that was made here works, for its own poll; asked for twice on one day, it
//! is the same. The database has its hash alone.

use domain::ids::PollId;
use jiff::civil::Date;

use crate::secret::{self, Secret};

/// Days for which a link works, after that on which it was asked for.
const DAYS: i32 = 3;
const PURPOSE: &str = "poll-link";

/// Why a link does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkRefused {
    /// It was not made here, or for another poll.
    Unknown,
    /// Its days are over.
    Expired,
}

/// The token of the link for an address, of which this is stored, on a day.
pub fn token(secret: &Secret, poll: PollId, key_hash: &str, day: Date) -> String {
    let mac = secret.mac(
        "poll-elector-link",
        format!("{poll}/{key_hash}/{day}").as_bytes(),
    );
    let own = secret::hex(&mac[..16]);
    secret.sign(PURPOSE, &format!("{poll}.{day}.{own}"))
}

/// Whether a link works on this day. Whether it has given its paper is not known here.
///
/// # Errors
/// Why not.
pub fn check(secret: &Secret, poll: PollId, token: &str, today: Date) -> Result<(), LinkRefused> {
    let value = secret.verify(PURPOSE, token).ok_or(LinkRefused::Unknown)?;
    let mut parts = value.split('.');
    if parts.next() != Some(poll.to_string().as_str()) {
        return Err(LinkRefused::Unknown);
    }
    let made: Date = parts
        .next()
        .and_then(|text| text.parse().ok())
        .ok_or(LinkRefused::Unknown)?;
    let days = made.until(today).map_or(i32::MAX, |span| span.get_days());
    if (0..=DAYS).contains(&days) {
        Ok(())
    } else {
        Err(LinkRefused::Expired)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_link_works_for_its_own_poll_on_its_day_and_three_more() {
        let secret = Secret::new("s");
        let link = token(&secret, PollId(7), "hash", date(2026, 10, 24));
        assert_eq!(link, token(&secret, PollId(7), "hash", date(2026, 10, 24)));
        let on = |day| check(&secret, PollId(7), &link, day);
        assert_eq!(on(date(2026, 10, 24)), Ok(()));
        assert_eq!(on(date(2026, 10, 27)), Ok(()));
        assert_eq!(on(date(2026, 10, 28)), Err(LinkRefused::Expired));
        assert_eq!(on(date(2026, 10, 23)), Err(LinkRefused::Expired));
        let elsewhere = check(&secret, PollId(8), &link, date(2026, 10, 24));
        assert_eq!(elsewhere, Err(LinkRefused::Unknown));
        let forged = check(&secret, PollId(7), "7.2026-10-24.00", date(2026, 10, 24));
        assert_eq!(forged, Err(LinkRefused::Unknown));
    }
}
