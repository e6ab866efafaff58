//! Tables of one release, gated together.
//!
//! Small categories are merged, or hidden where each has a place of its own, and the smallest of the
//! others with them, always one: so nobody knows which of them is not small, and that it is there says
//! nothing. Then the tables are attacked as somebody would who knows these rules: all that is shown
//! bounds what is not, and where one of the small ones could not be every number from nought to the
//! threshold, the table is left out. What decides that is published, so that a table that is there tells
//! nothing by being there.
//!
//! In such tables, each a partition of a total that is shown rounded, the bounds are sums, and no
//! linear programme is needed to find them. The tests try every state of small worlds.

use super::super::disclosure::{Line, PUBLIC, People, Shown};

/// What becomes of small categories.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Small {
    /// They become one, called so, with how many categories it is made of.
    Merge {
        /// What they are called together, in the plural.
        others: &'static str,
    },
    /// They are hidden where they stand.
    Hide,
    /// The same where somebody may be in several categories, so that they add up to no total.
    HideOverlapping,
}

/// A category with its people.
pub type Category = (String, People);

/// Of whom a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Everybody who responded.
    All,
    /// So many of them, shown beside it.
    Some(People),
}

/// A table of categories that make up a total. All that there are stand in it, with nobody too.
#[derive(Clone, Debug)]
pub struct Table {
    /// Of whom.
    pub of: Of,
    /// The categories in their order.
    pub rows: Vec<Category>,
    /// What becomes of small ones.
    pub small: Small,
}

/// From, to; both may be.
type Bounds = (u64, u64);

/// The tables of so many people as they may be shown together. An empty one may not be shown.
pub fn released(all: People, tables: &[Table]) -> Vec<Vec<Line>> {
    let drawn: Vec<Drawn> = tables.iter().map(Drawn::of).collect();
    let of_all = drawn.iter().filter(|table| table.of == Of::All);
    let everybody = narrowed(shown(all), of_all);
    drawn
        .iter()
        .map(|table| {
            let total = match table.of {
                Of::All => everybody,
                Of::Some(people) => {
                    let own = narrowed(shown(people), [table].into_iter());
                    (own.0, own.1.min(everybody.1))
                }
            };
            if table.is_safe(total) {
                table.lines.clone()
            } else {
                Vec::new()
            }
        })
        .collect()
}

/// A table as it would be shown.
struct Drawn {
    of: Of,
    small: Small,
    lines: Vec<Line>,
    /// How many small categories it has.
    smalls: u64,
    /// How many others are kept back with them.
    joined: u64,
}

/// What a reader knows of a number that is shown, or hidden, by itself.
fn shown(people: People) -> Bounds {
    match PUBLIC.people(people).number() {
        Some(number) => PUBLIC.behind(number),
        None => (0, PUBLIC.threshold.saturating_sub(1)),
    }
}

/// The same with what every table in which each category is counted adds up to.
fn narrowed<'a>(mut bounds: Bounds, tables: impl Iterator<Item = &'a Drawn>) -> Bounds {
    for table in tables {
        if table.small == Small::HideOverlapping || table.lines.is_empty() {
            continue;
        }
        let counted: Vec<Bounds> = table.lines.iter().filter_map(behind).collect();
        if counted.len() == table.lines.len() {
            let low: u64 = counted.iter().map(|(low, _)| low).sum();
            let high: u64 = counted.iter().map(|(_, high)| high).sum();
            bounds = (bounds.0.max(low), bounds.1.min(high));
        }
    }
    bounds
}

fn behind(line: &Line) -> Option<Bounds> {
    line.count.number().map(|shown| PUBLIC.behind(shown))
}

impl Drawn {
    fn of(table: &Table) -> Self {
        let mut places: Vec<usize> = (0..table.rows.len()).collect();
        let people = |place: &usize| table.rows.get(*place).map(|(_, people)| *people);
        places.sort_by_key(|place| (people(place), *place));
        let smalls = places
            .iter()
            .filter(|place| people(place).is_some_and(|people| !people.at_least(PUBLIC.threshold)))
            .count();
        let joined = match table.small {
            Small::Merge { .. } | Small::Hide => usize::from(smalls > 0),
            // They add up to nothing from which one could be taken.
            Small::HideOverlapping => 0,
        };
        places.truncate(smalls + joined);
        Self {
            lines: lines(table, &places),
            of: table.of,
            small: table.small,
            smalls: smalls as u64,
            joined: joined as u64,
        }
    }

    /// Whether each of the small ones may be any number from nought to the threshold, as far as
    /// anybody can tell.
    fn is_safe(&self, total: Bounds) -> bool {
        let shown: Vec<Bounds> = self
            .lines
            .iter()
            .filter(|line| line.merges == 0)
            .filter_map(behind)
            .collect();
        let most_small = PUBLIC.threshold.saturating_sub(1);
        if self.small == Small::HideOverlapping {
            // Where everybody could be in small ones alone, and in each of them then, a table that is
            // left out would say so: it is left out whatever it says.
            let all_small = most_small * (self.lines.len() as u64);
            if (1..=most_small).contains(&(all_small + 1).saturating_sub(total.0)) {
                return false;
            }
        }
        if self.smalls == 0 {
            return true;
        }
        // The one that joined is no larger than any that is shown.
        let Some(most_joined) = shown.iter().map(|(_, high)| *high).min() else {
            return false;
        };
        let rest = rest(total, &shown);
        let merged = self.lines.iter().find(|line| line.merges > 0);
        let (low, high) = match self.small {
            // Their sum is shown.
            Small::Merge { .. } => match merged.and_then(behind) {
                Some(sum) => (sum.0.max(rest.0), sum.1.min(rest.1)),
                None => return false,
            },
            Small::Hide => rest,
            // Everybody is in one at least; in how many more, nobody knows.
            Small::HideOverlapping => (rest.0, u64::MAX),
        };
        let others = most_small * (self.smalls - 1) + most_joined * self.joined;
        low <= others && high >= most_small + PUBLIC.threshold * self.joined
    }
}

/// What is left of the total for what is not shown.
fn rest(total: Bounds, shown: &[Bounds]) -> Bounds {
    let low: u64 = shown.iter().map(|(low, _)| low).sum();
    let high: u64 = shown.iter().map(|(_, high)| high).sum();
    (total.0.saturating_sub(high), total.1.saturating_sub(low))
}

/// The lines without the categories in these places.
fn lines(table: &Table, unshown: &[usize]) -> Vec<Line> {
    let mut lines: Vec<Line> = table
        .rows
        .iter()
        .enumerate()
        .filter_map(|(place, (label, people))| {
            let count = match (unshown.contains(&place), table.small) {
                (true, Small::Merge { .. }) => return None,
                (true, _) => Shown::Hidden,
                (false, _) => PUBLIC.people(*people),
            };
            Some(Line {
                label: label.clone(),
                count,
                merges: 0,
            })
        })
        .collect();
    if let Small::Merge { others } = table.small
        && !unshown.is_empty()
    {
        let people = unshown
            .iter()
            .filter_map(|place| table.rows.get(*place))
            .fold(People::default(), |sum, (_, people)| sum.and(*people));
        lines.push(Line {
            label: others.to_owned(),
            count: PUBLIC.people(people),
            merges: unshown.len() as u64,
        });
    }
    lines
}
