//! Words of the page of what people think.

use domain::insight::disclosure::{PUBLIC, Shown};
use domain::insight::opinion::{Opinion, Shows, StatementOpinion};
use domain::vote::opinion::{Stance, TooFew};

use crate::ui::chart::number_text;

/// Above common ground.
pub const COMMON_GROUND: &str = "Most people in every group say the same about these.";
/// Above consensus.
pub const CONSENSUS: &str = "Most of the people who voted on these say the same.";
/// No common ground.
pub const NO_COMMON_GROUND: &str =
    "There is no statement yet about which most people in every group say the same.";
/// Nothing divisive.
pub const NOTHING_DIVIDES: &str =
    "There is no statement that most of one group are for and most of another against.";
/// Above what people pass on.
pub const UNCERTAIN: &str =
    "At least one in four passed on these: they are not sure, or the words are not clear.";
/// Above what one group says that the others do not.
pub const APART: &str = "On these one group says something more often than the others do.";
/// Above the picture.
pub const PICTURE: &str = "People who vote alike are put in one group. The larger a circle, the more \
     people are in the group; the nearer two circles are, the more alike their votes. Only the distance \
     counts: up, down, left and right mean nothing. No single person is shown.";
/// A group that says nothing that the others do not.
pub const SAYS_NOTHING_OF_ITS_OWN: &str = "Nothing that the other groups do not also say.";
/// Where votes are not published yet.
pub const VOTES_LATER: &str = "When voting has ended and at least 20 people have voted, the votes themselves are published \
     here, shuffled and without names or times, so that anyone can count them again.";
/// How it is done.
pub const METHOD: [&str; 2] = [
    "Groups are found from the votes alone, by the method of Polis (Small and others, 2021): the two \
     directions in which votes differ most, then groups of people who stand close together, two to \
     five of them. Nobody is asked who they are.",
    "Counts below 10 are held back and others rounded to the nearest 5, so that nobody can be \
     recognised; percentages are of what is shown, with 5 for each count that is held back. No group of fewer than 10 people is shown. \
     While voting is open these figures change at most once a day, and only when at least 10 more people \
     have voted; where almost everyone in a group says the same, how many do is not shown until voting has \
     ended.",
];

/// Nothing to show.
pub fn too_early(need: u64, open: bool) -> String {
    if open {
        format!(
            "What people think appears here once at least {need} have voted, so that nobody can be \
             recognised. It is worked out at most once a day."
        )
    } else {
        format!(
            "Fewer than {need} people voted, so what they think is not shown, or it is still being \
             worked out."
        )
    }
}

/// What the picture says.
pub fn sentence(opinion: &Opinion) -> String {
    let common = opinion.common_ground.len();
    let Some(groups) = groups(opinion) else {
        let on = |stance: Stance| {
            let same = |one: &&Shows| one.stance == stance;
            opinion.consensus.iter().filter(same).count()
        };
        return match (on(Stance::Agree), on(Stance::Disagree)) {
            (0, 0) => "It is too early to say what people think".to_owned(),
            (agree, 0) => format!("Most people agree with {}", statements(agree)),
            (0, disagree) => format!("Most people disagree with {}", statements(disagree)),
            (agree, disagree) => format!(
                "Most people agree with {} and disagree with {}",
                statements(agree),
                match disagree {
                    1 => "another".to_owned(),
                    many => number(many),
                }
            ),
        };
    };
    match common {
        0 => format!("{groups} groups of opinion, and nothing yet that all of them agree on"),
        n => format!(
            "{groups} groups of opinion, and {} on which they say the same",
            statements(n)
        ),
    }
}

fn groups(opinion: &Opinion) -> Option<&'static str> {
    match opinion.groups.len() {
        2 => Some("Two"),
        3 => Some("Three"),
        4 => Some("Four"),
        5 => Some("Five"),
        _ => None,
    }
}

fn statements(count: usize) -> String {
    match count {
        1 => "one statement".to_owned(),
        many => format!("{} statements", number(many)),
    }
}

fn number(count: usize) -> String {
    let word = match count {
        1 => "one",
        2 => "two",
        3 => "three",
        4 => "four",
        5 => "five",
        6 => "six",
        7 => "seven",
        8 => "eight",
        9 => "nine",
        many => return many.to_string(),
    };
    word.to_owned()
}

/// The picture for those who cannot see it.
pub fn picture(opinion: &Opinion) -> String {
    let groups: Vec<String> = opinion
        .groups
        .iter()
        .map(|group| {
            let size = group.size.number().map_or_else(
                || "held back".to_owned(),
                |n| format!("about {} people", number_text(n)),
            );
            format!("group {}, {size}", group.letter)
        })
        .collect();
    format!(
        "A picture of the groups: {}. The table below says the same.",
        groups.join("; ")
    )
}

/// Of whom the groups are, and who is in none.
pub fn in_groups(opinion: &Opinion) -> String {
    let Some(grouped) = opinion.grouped() else {
        return "Shares are of the people in the groups that are shown.".to_owned();
    };
    let of = format!(
        "Shares are of the about {} people in groups.",
        number_text(grouped)
    );
    let outside = opinion
        .participants
        .number()
        .map(|all| all.saturating_sub(grouped));
    match outside {
        None | Some(0) => of,
        Some(outside) => {
            let outside = match outside {
                few if few < PUBLIC.threshold => "A few others who voted".to_owned(),
                many => format!("About {} others who voted", number_text(many)),
            };
            format!(
                "{of} {outside} are in no group, because they voted on too few statements to be placed \
                 (seven, or all there are, is enough), or because too few people vote as they do. Their \
                 votes are not in the counts of the groups."
            )
        }
    }
}

/// What there is to say of one statement: what groups or people say to it, and whether many pass.
pub fn about(opinion: &Opinion, one: &StatementOpinion) -> String {
    let typical = |all: &[Shows]| {
        let found = all.iter().find(|shows| shows.statement == one.id);
        found.map(|shows| shows.stance)
    };
    let mut said = Vec::new();
    if let Some(stance) = typical(&opinion.common_ground) {
        said.push(format!("Most of every group {}", says(stance)));
    } else if let Some(divides) = opinion.divisive.iter().find(|it| it.statement == one.id) {
        said.push(format!(
            "Group {} agrees, group {} disagrees",
            divides.for_it, divides.against
        ));
    } else {
        for group in &opinion.groups {
            if let Some(stance) = typical(&group.says) {
                said.push(format!(
                    "Sets group {} apart: more {} than in other groups",
                    group.letter,
                    says(stance)
                ));
            }
        }
    }
    if opinion.groups.is_empty()
        && let Some(stance) = typical(&opinion.consensus)
    {
        said.push(format!("Most people {}", says(stance)));
    }
    if one.many_pass(PUBLIC) {
        said.push(MANY_PASS.to_owned());
    }
    said.join(" · ")
}

fn says(stance: Stance) -> &'static str {
    match stance {
        Stance::Agree => "agree",
        Stance::Disagree => "disagree",
    }
}

/// Why no groups are shown.
pub fn too_few(why: TooFew) -> String {
    match why {
        TooFew::Statements { need } => {
            format!("Groups can be told apart once at least {need} statements have votes.")
        }
        TooFew::People { need } => format!(
            "Groups can be told apart once at least {need} people have voted on enough statements \
             (seven, or all there are). Not enough people have yet."
        ),
        TooFew::NothingTellsApart => {
            "Everyone votes much the same way: there are no groups to tell apart.".to_owned()
        }
        TooFew::GroupsTooSmall { need } => format!(
            "People differ, but all but one of the groups have fewer than {need} people. Groups \
             that small \
             are not shown, so that nobody can be recognised."
        ),
    }
}

/// Whose votes are left out.
pub fn aside(people: Shown) -> String {
    let how_many = match people {
        Shown::Count(number) => format!("About {} voters", number_text(number)),
        Shown::Hidden => "Fewer than 10 voters, or none,".to_owned(),
    };
    format!(
        "{how_many} are left out, because their votes look as if a program had cast them. Their votes \
         are kept, and a moderator looks at them."
    )
}

/// What is said to a statement.
pub fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Agree => "Agree",
        Stance::Disagree => "Disagree",
    }
}

/// What is said to a statement that many pass on.
pub const MANY_PASS: &str = "Many pass";
/// A group with too few votes on a statement.
pub const TOO_FEW_VOTES: &str = "Too few votes to show";

/// Above what a group says.
pub fn group_lead(size: &str) -> String {
    format!(
        "{} people. These are the statements on which they agree with one another and differ from \
         the others.",
        capital(size)
    )
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// Officers and voters are told before a vote is cast.
pub const VOTES_ARE_PUBLISHED: &str = "When voting ends all votes are published, shuffled and \
     without names or times, so that anyone can count them again.";

/// A statement much like one that is there.
pub const ALIKE: &str = "Other people have said something close to it. A vote on what is already \
     there counts for more than saying the same thing twice.";
/// How many of those who voted are in a group, and why the others are not; nothing where a size is held
/// back, or where everybody is in one.
pub fn grouped(opinion: &Opinion) -> Option<String> {
    let sizes: Option<Vec<u64>> = opinion.groups.iter().map(|one| one.size.number()).collect();
    let grouped: u64 = sizes?.into_iter().sum();
    let all = opinion.participants.number().filter(|all| *all > grouped)?;
    Some(format!(
        "About {} of the {} people who voted are in a group, and shares are of these. The others voted on \
         too few statements to be placed.",
        number_text(grouped),
        number_text(all)
    ))
}
