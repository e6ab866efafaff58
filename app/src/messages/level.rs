//! What comes first, said so that it is true: of several that are level none is named before the others.
//!
//! Not here: which counts may be shown. What is passed in is shown already.

use super::poll::result::listed;
use crate::ui::chart::number_text;

/// The most names that a sentence lists; of more it says how many are level.
const MOST_NAMES: usize = 4;

/// “Most chosen: Safety”, or “Most chosen, level: Safety and Trees, 50 each”, of names and their counts.
/// `about` is “about ” where counts are rounded. Where nothing is counted it is `start` alone.
pub fn first(start: &str, known: &[(&str, u64)], about: &str) -> String {
    let highest = known.iter().map(|(_, count)| *count).max().unwrap_or(0);
    if highest == 0 {
        return start.to_owned();
    }
    let names: Vec<String> = known
        .iter()
        .filter(|(_, count)| *count == highest)
        .map(|(name, _)| (*name).to_owned())
        .collect();
    let each = number_text(highest);
    match names.as_slice() {
        [one] => format!("{start}: {one}"),
        many if many.len() <= MOST_NAMES => {
            format!("{start}, level: {}, {about}{each} each", listed(many))
        }
        many => format!(
            "{start}: {} are level, {about}{each} each",
            number_text(many.len() as u64)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_level_is_said_to_be_and_nothing_of_it_is_most() {
        let said = |known: &[(&str, u64)]| first("Most chosen", known, "about ");
        assert_eq!(
            said(&[("Safety", 50), ("Trees", 45)]),
            "Most chosen: Safety"
        );
        assert_eq!(
            said(&[("Safety", 50), ("Light", 10), ("Trees", 50)]),
            "Most chosen, level: Safety and Trees, about 50 each"
        );
        assert_eq!(
            said(&[("1", 10), ("2", 10), ("3", 10), ("4", 10), ("5", 10)]),
            "Most chosen: 5 are level, about 10 each"
        );
        assert_eq!(said(&[]), "Most chosen");
        assert_eq!(said(&[("Safety", 0), ("Trees", 0)]), "Most chosen");
    }
}
