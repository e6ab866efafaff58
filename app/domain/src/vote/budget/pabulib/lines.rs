//! What every section of a `.pb` file is read with: its opening row, its header, money, points, a refusal.
//!
//! Deliberately not here: fields and quotes (`rows`), and what a section means.

use super::super::money::{MoneyRefused, Pennies};
use super::rows::{Row, Rows};
use super::{PbReason, PbRefusal, Section};

/// Most decimals that points may have.
pub(super) const MOST_DECIMALS: usize = 4;

/// Refuses the file at this line.
pub(super) fn refuse<T>(line: usize, reason: PbReason) -> Result<T, PbRefusal> {
    Err(PbRefusal { line, reason })
}

/// The section that a row opens.
pub(super) fn section(row: &Row<'_>) -> Option<Section> {
    let name = row.get(Some(0))?;
    [
        ("meta", Section::Meta),
        ("projects", Section::Projects),
        ("votes", Section::Votes),
    ]
    .into_iter()
    .find(|(known, _)| name.eq_ignore_ascii_case(known))
    .map(|(_, section)| section)
}

/// The header row of a section.
pub(super) fn header<'t>(rows: &mut Rows<'t>, section: Section) -> Result<Row<'t>, PbRefusal> {
    match rows.next_row()? {
        Some(row) => Ok(row),
        None => refuse(rows.line(), PbReason::SectionMissing { section }),
    }
}

/// An amount, or why the file is refused.
pub(super) fn money(field: &'static str, text: &str) -> Result<Pennies, PbReason> {
    Pennies::parse(text).map_err(|refused| {
        let value = text.to_owned();
        match refused {
            MoneyRefused::Ambiguous => PbReason::Ambiguous { field, value },
            MoneyRefused::NotAnAmount | MoneyRefused::TooLarge => {
                PbReason::BadNumber { field, value }
            }
        }
    })
}

/// A number with a sign and decimals, times `scale`.
pub(super) fn points(text: &str, scale: u32) -> Option<i32> {
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !is_number(whole) || !is_number(decimals) {
        return None;
    }
    let mut value = whole.parse::<i64>().ok()?.checked_mul(i64::from(scale))?;
    let mut unit = i64::from(scale);
    for digit in decimals.bytes() {
        if unit == 1 {
            if digit != b'0' {
                return None;
            }
            continue;
        }
        unit /= 10;
        value = value.checked_add(i64::from(digit - b'0') * unit)?;
    }
    i32::try_from(if negative { -value } else { value }).ok()
}
