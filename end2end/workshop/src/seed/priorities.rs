//! The police priorities round of the demonstration: what the neighbourhood team should work on
//! first in the next quarter, asked in a ward that the council asks about too.

use domain::consultation::{Choices, QuestionKind};

use crate::seed::story::{Asked, Story, Until, items};
use crate::seed::voices;

/// The round.
pub const PRIORITIES: Story = Story {
    title: "Castle & Priory: what should the police work on first?",
    topic: "Neighbourhood policing",
    summary: "Every three months the neighbourhood team sets its priorities with the people who live here. Choose what it works on first in the next quarter.",
    body: "## Why we ask\n\nThe neighbourhood team promises to look at its priorities again at least every three months, together with the people who live here. What you choose is where officers spend the time that is not taken up by calls.\n\n## What we know\n\n- The list below comes from the concerns raised in the ward since the last round and from the last two beat meetings.\n- There is time for **one first priority and one second**.\n\n## What this is not\n\nTo report a crime, call 101 or report it on the police website. In an emergency call 999. Answers here are not read as reports.",
    team: "Neighbourhood Team North",
    partners: &["Transport and Streets"],
    regime: "non-statutory",
    scope: [
        "Which of these comes first and which second, and at which hours officers are there.",
        "How much time there is: about sixty hours a month.",
        "That calls for help come before everything else.",
        "The number of officers in the team is set by the force for the whole year.",
    ],
    options: &[
        (
            "Speeding by the school",
            "Checks of speed on Priory Road with volunteers, at school times and on Friday nights.",
            false,
        ),
        (
            "Shouting and broken glass in the park",
            "Walks through the park on weekend evenings, with the park trust.",
            false,
        ),
        (
            "The station underpass",
            "Officers there when the last trains come in, and a walk with the council to look at the lamps.",
            false,
        ),
        (
            "Dumped mattresses behind the garages",
            "Find out who leaves them, with the council’s street team.",
            false,
        ),
        (
            "Change nothing",
            "Keep the priorities of this quarter: parking at the shops, and bicycles that are stolen.",
            true,
        ),
    ],
    wards: &["Castle & Priory"],
    opens: -9,
    closes: 12,
    closing_reason: "In time for the new priorities to begin when the old ones are three months old.",
    statements: &[],
    statements_open: false,
    until: Until::Published,
    ending: None,
    words: &voices::PRIORITIES,
    responses: 87,
    voters: 0,
};

/// What it asks.
pub fn asked(story: &Story) -> Vec<Asked> {
    let titles: Vec<&str> = story.options.iter().map(|(title, _, _)| *title).collect();
    let when = [
        "Before school and work",
        "In the afternoon",
        "In the evening",
        "At night",
        "At weekends",
    ];
    vec![
        (
            1,
            QuestionKind::SingleChoice,
            "Which should be our first priority for the next three months?",
            "",
            true,
            items(&titles, true),
        ),
        (
            1,
            QuestionKind::MultipleChoice,
            "What else should we spend time on?",
            "Choose as many as you like.",
            false,
            items(&titles, false),
        ),
        (
            1,
            QuestionKind::MultipleChoice,
            "When does it happen?",
            "Choose as many as you like.",
            false,
            items(&when, false),
        ),
        (
            2,
            QuestionKind::ShortText,
            "Where should officers walk?",
            "A street, a landmark, between which streets.",
            false,
            Choices::default(),
        ),
        (
            2,
            QuestionKind::LongText,
            "Is there anything the team should know?",
            "Leave out names and number plates. In an emergency call 999.",
            false,
            Choices::default(),
        ),
    ]
}
