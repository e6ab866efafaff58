//! Text in a cell of a table that a spreadsheet opens.
//!
//! A cell that begins like a formula is run by spreadsheets (CWE-1236). One apostrophe before it
//! makes it text; a text that begins with an apostrophe gets one too, so that taking one off gives
//! back exactly what was written.

use std::borrow::Cow;

/// The text as it is written to a cell.
pub fn guard(text: &str) -> Cow<'_, str> {
    if text.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '\'', '＝', '＋', '－', '＠',
    ]) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text that was guarded.
pub fn unguard(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_formula_becomes_text() {
        for text in ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "\r=1", "'=1"] {
            assert_eq!(guard(text), format!("'{text}"));
        }
        assert_eq!(guard("a=b"), "a=b");
        assert_eq!(guard(""), "");
    }

    proptest! {
        #[test]
        fn what_was_written_comes_back(text in "[='+@\\-a\t\r\n]{0,6}|.*") {
            let cell = guard(&text);
            prop_assert_eq!(unguard(&cell), &text);
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
        }
    }
}
