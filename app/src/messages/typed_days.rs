//! Words about days and times as they are typed.

use domain::calendar::DayRefused;

/// Day, month and year that make no day.
pub fn day(refused: DayRefused) -> &'static str {
    year(refused).unwrap_or("Enter a real date in numbers, like 27 3 2027")
}

/// Day, month, year and time that make no moment.
pub fn moment(refused: DayRefused) -> &'static str {
    year(refused).unwrap_or("Enter a real date and time, like 27 3 2027 at 17:00")
}

fn year(refused: DayRefused) -> Option<&'static str> {
    match refused {
        DayRefused::NoDay => None,
        DayRefused::YearOfFourDigits => Some("Year must have 4 numbers, like 2027"),
        DayRefused::YearOutOfReach => Some("Year must be between 2000 and 2100"),
    }
}
