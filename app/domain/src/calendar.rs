//! The one calendar for days: that of the United Kingdom, `Europe/London` with its summer time.
//!
//! Storage holds moments in UTC; people, deadlines and counts by day go by what a clock on a wall in
//! London says. Deliberately not here: how a day is written on a page (`ui::dates`), bank holidays
//! and periods. Invariant: no other module turns a moment into a day, or a day into a moment.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, Unit, Zoned};

/// The zone database is compiled in; UTC is what a build without it would get.
static LONDON: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC));

/// `Europe/London`.
fn london() -> TimeZone {
    LONDON.clone()
}

/// What clock and calendar show in the United Kingdom at this moment.
pub fn uk_clock(at: Timestamp) -> Zoned {
    at.to_zoned(london())
}

/// The day that it is in the United Kingdom at this moment. `to_string` gives `2026-12-01`.
pub fn uk_day(at: Timestamp) -> Date {
    uk_clock(at).date()
}

/// Whether three o'clock at night in the United Kingdom has passed since `before`.
pub fn is_night_between(before: Timestamp, now: Timestamp) -> bool {
    // The day that has begun at three.
    let night = |at: Timestamp| {
        let day = uk_day(at);
        match uk_clock(at).hour() {
            0..3 => day.yesterday().unwrap_or(day),
            _ => day,
        }
    };
    night(before) < night(now)
}

/// The day in the United Kingdom at this moment, counted from 1970.
pub fn day_number(at: Timestamp) -> i32 {
    jiff::civil::date(1970, 1, 1)
        .until(uk_day(at))
        .map_or(0, |span| span.get_days())
}

/// The first moment of a day in the United Kingdom. A day past either end of what can be held
/// gives that end.
pub fn start_of_uk_day(day: Date) -> Timestamp {
    match day.to_zoned(london()) {
        Ok(start) => start.timestamp(),
        Err(_) if day.year() < 0 => Timestamp::MIN,
        Err(_) => Timestamp::MAX,
    }
}

/// The years of which anybody writes here: others are slips of the finger.
pub const YEARS: RangeInclusive<i16> = 2000..=2100;

/// Why what was typed as a day is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DayRefused {
    /// No day of the calendar, or not in numbers.
    #[error("no day")]
    NoDay,
    /// The year has not four digits: 26 may be any century's.
    #[error("a year of four digits is needed")]
    YearOfFourDigits,
    /// The year is none of [`YEARS`].
    #[error("a year of another age")]
    YearOutOfReach,
}

/// The day of three numbers as they were typed.
///
/// # Errors
/// [`DayRefused`].
pub fn typed_day(day: &str, month: &str, year: &str) -> Result<Date, DayRefused> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if ![day, month, year].into_iter().all(digits) {
        return Err(DayRefused::NoDay);
    }
    if year.len() != 4 {
        return Err(DayRefused::YearOfFourDigits);
    }
    let number = |text: &str| text.parse::<i8>().map_err(|_| DayRefused::NoDay);
    let whole = year.parse().map_err(|_| DayRefused::NoDay)?;
    let day = Date::new(whole, number(month)?, number(day)?).map_err(|_| DayRefused::NoDay)?;
    if is_within_reach(day) {
        Ok(day)
    } else {
        Err(DayRefused::YearOutOfReach)
    }
}

/// Whether the day is in one of [`YEARS`].
pub fn is_within_reach(day: Date) -> bool {
    YEARS.contains(&day.year())
}

/// The moment at which clock and calendar here show this: the first of two in the hour that
/// comes twice in autumn, none in the hour that spring leaves out.
pub fn uk_moment(shown: DateTime) -> Option<Timestamp> {
    let local = london().to_ambiguous_zoned(shown);
    if matches!(local.offset(), AmbiguousOffset::Gap { .. }) {
        return None;
    }
    local.compatible().ok().map(|zoned| zoned.timestamp())
}

/// Whole days between two moments as a calendar here counts them: from nine o'clock to nine o'clock is
/// a day, also where the clocks change in between.
pub fn whole_uk_days(from: Timestamp, to: Timestamp) -> i64 {
    uk_clock(from)
        .until((Unit::Day, &uk_clock(to)))
        .map_or(0, |span| i64::from(span.get_days()))
}

/// The first midnight in the United Kingdom after this moment.
pub fn next_uk_midnight(at: Timestamp) -> Timestamp {
    uk_day(at)
        .tomorrow()
        .map_or(Timestamp::MAX, start_of_uk_day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a moment")
    }

    #[test]
    fn a_night_is_three_o_clock_by_the_clock_on_the_wall() {
        for (before, now, passed) in [
            ("2026-12-01T02:59:30Z", "2026-12-01T02:59:59Z", false),
            ("2026-12-01T02:59:59Z", "2026-12-01T03:00:00Z", true),
            ("2026-12-01T03:00:00Z", "2026-12-01T03:00:30Z", false),
            ("2026-12-01T03:30:00Z", "2026-12-01T23:59:59Z", false),
            ("2026-12-01T23:59:59Z", "2026-12-02T00:00:29Z", false),
            ("2026-12-01T12:00:00Z", "2026-12-02T03:00:10Z", true),
            ("2026-11-30T12:00:00Z", "2026-12-02T12:00:00Z", true),
            // In summer it is two by UTC.
            ("2026-07-01T01:59:59Z", "2026-07-01T02:00:00Z", true),
            ("2026-07-01T02:59:59Z", "2026-07-01T03:00:00Z", false),
        ] {
            assert_eq!(
                is_night_between(at(before), at(now)),
                passed,
                "{before} {now}"
            );
        }
    }

    #[test]
    fn the_day_changes_at_midnight_in_the_united_kingdom_summer_and_winter() {
        for (moment, day) in [
            ("2026-07-01T22:59:59Z", "2026-07-01"),
            ("2026-07-01T23:00:00Z", "2026-07-02"),
            ("2026-12-01T23:59:59Z", "2026-12-01"),
            ("2026-12-02T00:00:00Z", "2026-12-02"),
        ] {
            assert_eq!(uk_day(at(moment)).to_string(), day, "{moment}");
        }
    }

    #[test]
    fn a_leap_day_is_a_day_and_the_year_ends_where_it_does_here() {
        assert_eq!(uk_day(at("2028-02-29T00:00:00Z")), date(2028, 2, 29));
        assert_eq!(uk_day(at("2028-02-29T23:59:59Z")), date(2028, 2, 29));
        assert_eq!(uk_day(at("2028-03-01T00:00:00Z")), date(2028, 3, 1));
        assert_eq!(
            next_uk_midnight(at("2028-02-28T12:00:00Z")),
            at("2028-02-29T00:00:00Z")
        );
        assert_eq!(
            next_uk_midnight(at("2027-02-28T12:00:00Z")),
            at("2027-03-01T00:00:00Z")
        );
        assert_eq!(
            next_uk_midnight(at("2026-12-31T23:59:59.999Z")),
            at("2027-01-01T00:00:00Z")
        );
    }

    #[test]
    fn midnight_in_summer_time_is_an_hour_before_that_of_greenwich() {
        assert_eq!(
            start_of_uk_day(date(2026, 7, 2)),
            at("2026-07-01T23:00:00Z")
        );
        assert_eq!(
            next_uk_midnight(at("2026-07-01T22:59:59Z")),
            at("2026-07-01T23:00:00Z")
        );
        assert_eq!(
            next_uk_midnight(at("2026-07-01T23:00:00Z")),
            at("2026-07-02T23:00:00Z"),
            "at midnight itself the next one is a day away"
        );
    }

    #[test]
    fn the_days_on_which_clocks_change_have_23_and_25_hours() {
        let length = |year, month, day| {
            let start = start_of_uk_day(date(year, month, day));
            next_uk_midnight(start).as_second() - start.as_second()
        };
        assert_eq!(length(2026, 3, 29), 23 * 3_600);
        assert_eq!(length(2026, 10, 25), 25 * 3_600);
        assert_eq!(length(2026, 10, 26), 24 * 3_600);
    }

    #[test]
    fn a_day_is_typed_with_all_four_digits_of_its_year() {
        use DayRefused::{NoDay, YearOfFourDigits, YearOutOfReach};
        assert_eq!(typed_day("1", "12", "2026"), Ok(date(2026, 12, 1)));
        assert_eq!(typed_day("01", "03", "2100"), Ok(date(2100, 3, 1)));
        for (typed, why) in [
            (("1", "12", "26"), YearOfFourDigits),
            (("1", "12", "0"), YearOfFourDigits),
            (("1", "12", "206"), YearOfFourDigits),
            (("1", "12", "20266"), YearOfFourDigits),
            (("1", "12", "0026"), YearOutOfReach),
            (("1", "12", "1926"), YearOutOfReach),
            (("1", "12", "2101"), YearOutOfReach),
            (("1", "12", "9999"), YearOutOfReach),
            (("29", "2", "2027"), NoDay),
            (("0", "1", "2027"), NoDay),
            (("300", "1", "2027"), NoDay),
            (("1", "December", "2027"), NoDay),
            (("+1", "1", "2027"), NoDay),
            (("1", "1", "+202"), NoDay),
            (("1", "1", "-202"), NoDay),
            (("", "1", "2027"), NoDay),
            (("1", "1", ""), NoDay),
        ] {
            assert_eq!(typed_day(typed.0, typed.1, typed.2), Err(why), "{typed:?}");
        }
    }

    #[test]
    fn a_time_on_the_clock_is_a_moment_unless_spring_leaves_it_out() {
        let shown = |text: &str| uk_moment(text.parse().expect("a time of day"));
        assert_eq!(shown("2026-07-01T09:00"), Some(at("2026-07-01T08:00:00Z")));
        assert_eq!(shown("2026-03-29T01:30"), None);
        assert_eq!(shown("2026-10-25T01:30"), Some(at("2026-10-25T00:30:00Z")));
    }

    #[test]
    fn every_day_begins_on_itself_and_both_ends_of_time_are_held() {
        let mut day = date(2024, 1, 1);
        for _ in 0..1_500 {
            assert_eq!(uk_day(start_of_uk_day(day)), day);
            day = day.tomorrow().expect("a next day");
        }
        assert_eq!(start_of_uk_day(Date::MAX), Timestamp::MAX);
        assert_eq!(start_of_uk_day(Date::MIN), Timestamp::MIN);
        assert_eq!(next_uk_midnight(Timestamp::MAX), Timestamp::MAX);
    }
}
