//! Dates and times as people in Great Britain read them.
//!
//! Moments arrive as [`jiff::Timestamp`]; the clock is always an argument. Deliberately not here:
//! which day a moment falls on (`domain::calendar`), and periods and deadlines, which are rules.
//!
//! Invariant: nobody reads the word midnight, which is of two days. Until when something goes on is
//! said by its last minute ([`until`], [`last_day`], [`closes`]); when it begins, or when something
//! happened, is said by the others.

use domain::calendar::uk_clock as local;
use domain::calendar::uk_day;
use jiff::Timestamp;
use jiff::civil::Date;

/// `1 December 2026`
pub fn date(at: Timestamp) -> String {
    civil(uk_day(at))
}

/// `1 December 2026`, of a calendar day.
pub fn civil(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// `1 Dec`, for the axis of a chart.
pub fn short(day: Date) -> String {
    day.strftime("%-d %b").to_string()
}

/// `Tuesday 1 December 2026`
pub fn long_date(at: Timestamp) -> String {
    local(at).strftime("%A %-d %B %Y").to_string()
}

/// `11:59pm`, `5pm`, `midday`. What begins with a day has begun at `12:01am`.
pub fn time(at: Timestamp) -> String {
    let at = local(at);
    match (at.hour(), at.minute()) {
        (0, 0) => "12:01am".to_owned(),
        (12, 0) => "midday".to_owned(),
        (hour, minute) => {
            let half = if hour < 12 { "am" } else { "pm" };
            let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
            if minute == 0 {
                format!("{hour}{half}")
            } else {
                format!("{hour}:{minute:02}{half}")
            }
        }
    }
}

/// `Tuesday 1 December 2026, 11:59pm`
pub fn long(at: Timestamp) -> String {
    format!("{}, {}", long_date(at), time(at))
}

/// `11:59pm on Tuesday 1 December 2026`, within a sentence.
pub fn within(at: Timestamp) -> String {
    format!("{} on {}", time(at), long_date(at))
}

/// The last minute of what goes on until then, if that is the end of a day; else the moment itself.
fn last_minute(end: Timestamp) -> Timestamp {
    let clock = local(end);
    match (clock.hour(), clock.minute()) {
        (0, 0) => end
            .checked_sub(jiff::SignedDuration::from_mins(1))
            .unwrap_or(end),
        _ => end,
    }
}

/// `Tuesday 1 December 2026, 11:59pm` of what goes on until then: the end of a day is its last minute.
pub fn until(end: Timestamp) -> String {
    long(last_minute(end))
}

/// `1 December 2026`, the last day of what goes on until then.
pub fn last_day(end: Timestamp) -> String {
    date(last_minute(end))
}

/// `Tuesday 1 December 2026`, the last day of what goes on until then.
pub fn last_long_date(end: Timestamp) -> String {
    long_date(last_minute(end))
}

/// For `<time datetime="…">`: `2026-12-01T23:59:00+00:00`, with London's offset.
pub fn machine(at: Timestamp) -> String {
    local(at).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// Whole calendar days in London from `now` to `then`: 0 today, 1 tomorrow, -1 yesterday.
pub fn days_until(now: Timestamp, then: Timestamp) -> i64 {
    let (from, to) = (uk_day(now), uk_day(then));
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// `closes in 9 days`, `closes tomorrow at 5pm`, `closed yesterday`, without a capital.
pub fn closes(now: Timestamp, closing: Timestamp) -> String {
    let last = last_minute(closing);
    let days = days_until(now, last);
    if closing <= now {
        return match days {
            0 => "closed today".to_owned(),
            -1 => "closed yesterday".to_owned(),
            _ => format!("closed {} days ago", -days),
        };
    }
    match days {
        0 => format!("closes today at {}", time(last)),
        1 => format!("closes tomorrow at {}", time(last)),
        _ => format!("closes in {days} days"),
    }
}

/// `opens in 9 days`, `opens tomorrow at 9am`, `opened yesterday`, without a capital.
pub fn opens(now: Timestamp, opening: Timestamp) -> String {
    let days = days_until(now, opening);
    if opening <= now {
        return match days {
            0 => "opened today".to_owned(),
            -1 => "opened yesterday".to_owned(),
            _ => format!("opened {} days ago", -days),
        };
    }
    match days {
        0 => format!("opens today at {}", time(opening)),
        1 => format!("opens tomorrow at {}", time(opening)),
        _ => format!("opens in {days} days"),
    }
}

/// `just now`, `5 minutes ago`, `3 hours ago`, then the date.
pub fn ago(now: Timestamp, then: Timestamp) -> String {
    let seconds = now.as_second() - then.as_second();
    let plural = |n: i64, unit: &str| match n {
        1 => format!("1 {unit} ago"),
        _ => format!("{n} {unit}s ago"),
    };
    match seconds {
        i64::MIN..60 => "just now".to_owned(),
        60..3_600 => plural(seconds / 60, "minute"),
        3_600..86_400 => plural(seconds / 3_600, "hour"),
        _ => date(then),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_winter_closing_is_written_in_greenwich_time() {
        assert_eq!(
            long(at("2026-12-01T23:59:00Z")),
            "Tuesday 1 December 2026, 11:59pm"
        );
        assert_eq!(date(at("2026-12-01T23:59:00Z")), "1 December 2026");
    }

    #[test]
    fn a_summer_closing_is_written_in_summer_time_on_the_next_day() {
        assert_eq!(
            long(at("2026-06-30T23:30:00Z")),
            "Wednesday 1 July 2026, 12:30am"
        );
        assert_eq!(
            machine(at("2026-06-30T23:30:00Z")),
            "2026-07-01T00:30:00+01:00"
        );
    }

    #[test]
    fn the_hour_that_clocks_skip_and_repeat_is_told_from_the_offset() {
        assert_eq!(time(at("2026-03-29T00:59:00Z")), "12:59am");
        assert_eq!(time(at("2026-03-29T01:00:00Z")), "2am");
        assert_eq!(time(at("2026-10-25T00:30:00Z")), "1:30am");
        assert_eq!(time(at("2026-10-25T01:30:00Z")), "1:30am");
    }

    #[test]
    fn days_are_calendar_days_across_both_changes_of_the_clock() {
        assert_eq!(
            days_until(at("2026-03-28T23:30:00Z"), at("2026-03-29T22:59:00Z")),
            1
        );
        assert_eq!(
            days_until(at("2026-10-24T23:30:00Z"), at("2026-10-25T23:30:00Z")),
            0
        );
        assert_eq!(
            days_until(at("2026-11-23T09:00:00Z"), at("2026-12-02T09:00:00Z")),
            9
        );
        assert_eq!(
            days_until(at("2026-01-31T12:00:00Z"), at("2026-12-31T12:00:00Z")),
            334
        );
    }

    #[test]
    fn closing_is_told_in_days_and_on_the_last_two_with_the_time() {
        let now = at("2026-11-23T09:00:00Z");
        assert_eq!(closes(now, at("2026-12-02T23:59:00Z")), "closes in 9 days");
        assert_eq!(
            closes(now, at("2026-11-24T17:00:00Z")),
            "closes tomorrow at 5pm"
        );
        assert_eq!(
            closes(now, at("2026-11-23T12:00:00Z")),
            "closes today at midday"
        );
        assert_eq!(closes(now, at("2026-11-23T08:00:00Z")), "closed today");
        assert_eq!(closes(now, at("2026-11-20T08:00:00Z")), "closed 3 days ago");
    }

    #[test]
    fn what_ends_with_a_day_ends_in_its_last_minute() {
        for (end, said) in [
            (
                "2026-12-31T00:00:00Z",
                "Wednesday 30 December 2026, 11:59pm",
            ),
            ("2026-06-30T23:00:00Z", "Tuesday 30 June 2026, 11:59pm"),
            ("2027-01-01T00:00:00Z", "Thursday 31 December 2026, 11:59pm"),
            ("2026-12-31T12:00:00Z", "Thursday 31 December 2026, midday"),
            ("2026-12-31T00:01:00Z", "Thursday 31 December 2026, 12:01am"),
            (
                "2026-12-30T23:59:00Z",
                "Wednesday 30 December 2026, 11:59pm",
            ),
        ] {
            assert_eq!(until(at(end)), said);
        }
        let end = at("2026-12-31T00:00:00Z");
        assert_eq!(last_day(end), "30 December 2026");
        assert_eq!(last_long_date(end), "Wednesday 30 December 2026");
        for (now, said) in [
            ("2026-12-28T09:00:00Z", "closes in 2 days"),
            ("2026-12-29T09:00:00Z", "closes tomorrow at 11:59pm"),
            ("2026-12-30T09:00:00Z", "closes today at 11:59pm"),
            ("2026-12-31T00:00:00Z", "closed yesterday"),
            ("2027-01-01T09:00:00Z", "closed 2 days ago"),
        ] {
            assert_eq!(closes(at(now), end), said, "{now}");
        }
        // What begins with a day begins on that day.
        assert_eq!(long(end), "Thursday 31 December 2026, 12:01am");
        assert_eq!(
            opens(at("2026-12-30T09:00:00Z"), end),
            "opens tomorrow at 12:01am"
        );
    }

    #[test]
    fn what_was_moments_ago_is_told_in_minutes_and_what_is_old_by_its_date() {
        let now = at("2026-11-23T09:00:00Z");
        assert_eq!(ago(now, at("2026-11-23T08:59:30Z")), "just now");
        assert_eq!(ago(now, at("2026-11-23T08:59:00Z")), "1 minute ago");
        assert_eq!(ago(now, at("2026-11-23T06:00:00Z")), "3 hours ago");
        assert_eq!(ago(now, at("2026-11-01T06:00:00Z")), "1 November 2026");
    }
}
