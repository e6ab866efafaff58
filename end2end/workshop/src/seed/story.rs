//! What the demonstration borough consults on: invented, and marked so on every page.

use domain::consultation::{Choices, QuestionKind};

use crate::seed::endings::{self, Ending};
use crate::seed::voices::{self, Words};

/// A consultation to make. Days count from now: negative ones are past.
pub struct Story {
    pub title: &'static str,
    pub topic: &'static str,
    pub summary: &'static str,
    pub body: &'static str,
    pub team: &'static str,
    pub partners: &'static [&'static str],
    pub regime: &'static str,
    /// What is open, limited, fixed, and why.
    pub scope: [&'static str; 4],
    /// Title, description, whether it is to do nothing.
    pub options: &'static [(&'static str, &'static str, bool)],
    /// Wards by name; every ward where it is empty.
    pub wards: &'static [&'static str],
    pub opens: i64,
    pub closes: i64,
    pub closing_reason: &'static str,
    pub statements: &'static [&'static str],
    pub statements_open: bool,
    /// How far it has come.
    pub until: Until,
    /// What came of it, where it is decided.
    pub ending: Option<&'static Ending>,
    /// What people write.
    pub words: &'static Words,
    pub responses: u64,
    pub voters: u64,
}

/// How far a story is told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Until {
    Draft,
    InReview,
    Published,
    Decided,
}

/// A question: page, kind, prompt, hint, needed, choices.
pub type Asked = (i32, QuestionKind, &'static str, &'static str, bool, Choices);

pub(super) fn items(list: &[&str], other: bool) -> Choices {
    Choices {
        items: list.iter().map(|item| (*item).to_owned()).collect(),
        other,
        ..Choices::default()
    }
}

fn scale(low: &str, high: &str) -> Choices {
    Choices {
        from: 1,
        to: 5,
        low: low.to_owned(),
        high: high.to_owned(),
        ..Choices::default()
    }
}

/// The questions of every story; the first takes its choices from the options, and is not asked where
/// there are too few of them yet.
pub fn questions(story: &Story) -> Vec<Asked> {
    let titles: Vec<&str> = story.options.iter().map(|(title, _, _)| *title).collect();
    let first = (titles.len() >= 2).then(|| {
        (
            1,
            QuestionKind::SingleChoice,
            "Which option do you prefer?",
            "",
            true,
            items(&titles, false),
        )
    });
    let others = vec![
        (
            1,
            QuestionKind::Scale,
            "How well would your choice work for you and your household?",
            "",
            false,
            scale("not well", "very well"),
        ),
        (
            2,
            QuestionKind::MultipleChoice,
            "What matters most to you about it?",
            "Choose as many as you like.",
            false,
            items(story.words.matters, true),
        ),
        (
            2,
            QuestionKind::LongText,
            "What would you change, and why?",
            "Reasons count for more than numbers. Leave out names and anything private.",
            false,
            Choices::default(),
        ),
        (
            2,
            QuestionKind::ShortText,
            "Is there a place you are thinking of?",
            "A street, a landmark, between which streets.",
            false,
            Choices::default(),
        ),
    ];
    first.into_iter().chain(others).collect()
}

/// Every story, the open ones first.
pub const STORIES: [Story; 7] = [
    Story {
        title: "Station Quarter: a brief for the old goods yard",
        topic: "Housing and development",
        summary: "The old goods yard beside the station can be built on at last. Help write the brief that any developer has to follow.",
        body: "## What is happening\n\nThe goods yard has stood empty for eleven years. The council owns two thirds of it. Before anybody is asked to build, three of our teams are writing one brief together: what may be built, how high, what stays green, and how people get through on foot.\n\n## What we know\n\n- There is room for **between 90 and 160 homes**.\n- The ground near the line has to be cleaned first, which costs about £1.4 million.\n- The footbridge is to stay.\n\n## What happens with your answer\n\nEvery response is read. Each matter that people raise gets an answer in public before councillors decide.",
        team: "Planning Policy",
        partners: &["Urban Design", "Sustainability"],
        regime: "supplementary-planning-document",
        scope: [
            "How high it may be, where the green space lies, the way through on foot and by bicycle, what the ground floors are for.",
            "The number of homes: between 90 and 160. Fewer would not pay for cleaning the ground.",
            "That homes are built here at all: the site is in the adopted plan.",
            "The plan was adopted in 2021, and the grant for cleaning the ground is lost if fewer than 90 homes are built.",
        ],
        options: &[
            (
                "A green middle, higher edges",
                "A park of half a hectare in the middle, houses of up to six storeys along the line.",
                false,
            ),
            (
                "Lower all over",
                "Three storeys everywhere, a smaller green at the footbridge.",
                false,
            ),
            (
                "Do nothing now",
                "Leave the yard as it is and look again in five years. The grant is lost.",
                true,
            ),
        ],
        wards: &["St. James's", "St. Thomas's", "Castle & Priory"],
        opens: -12,
        closes: 23,
        closing_reason: "Longer than the four weeks that the rule asks for, so that a letter to every neighbour can be answered.",
        statements: &[
            "The park matters more to me than the number of homes.",
            "Six storeys are fine beside the railway line.",
            "At least a third of the homes should be affordable.",
            "There should be no parking spaces for new homes this close to a station.",
            "The way to the footbridge has to be lit and open all night.",
            "The old goods shed should be kept and used.",
            "New homes should have no gas.",
            "I would rather have workshops than shops on the ground floor.",
        ],
        statements_open: true,
        until: Until::Published,
        ending: None,
        words: &voices::STATION,
        responses: 148,
        voters: 240,
    },
    Story {
        title: "Local plan: what should the next one be about?",
        topic: "Local plan",
        summary: "Every few years we write a plan for where homes, jobs and parks go. Tell us what it has to deal with before we start.",
        body: "## What a local plan does\n\nIt decides where things may be built in the whole borough, and where not. It is used for every planning application.\n\n## What we ask now\n\nThis is the first step, called scoping. Nothing is drawn on a map yet. We ask **what the plan should deal with** and what we should find out first.",
        team: "Planning Policy",
        partners: &["Sustainability"],
        regime: "local-plan-scoping",
        scope: [
            "Which matters the plan deals with, which evidence we gather, how we ask you later.",
            "When it has to be ready: within 30 months of the first gateway.",
            "That there has to be a plan, and the number of homes that the government asks for.",
            "The law sets the time and the government sets the number.",
        ],
        options: &[
            (
                "A short plan",
                "Few policies, quick to write and to read. National rules for the rest.",
                false,
            ),
            (
                "A full plan",
                "Own policies for streets, trees, health and shops. It takes longer.",
                false,
            ),
            (
                "Do nothing: keep the old plan",
                "The old plan stays until it runs out. Decisions then follow national rules alone.",
                true,
            ),
        ],
        wards: &[],
        opens: -5,
        closes: 30,
        closing_reason: "Longer than the four weeks that the rule asks for, because it is about the whole borough.",
        statements: &[
            "We should build on brownfield land first even if it costs more.",
            "Every home should be within ten minutes’ walk of a park.",
            "Town centres need more homes and fewer shops.",
            "I want the plan to say more about buses.",
            "Farmland at the edge of the borough should never be built on.",
        ],
        statements_open: true,
        until: Until::Published,
        ending: None,
        words: &voices::LOCAL_PLAN,
        responses: 64,
        voters: 25,
    },
    Story {
        title: "Library opening hours",
        topic: "Services",
        summary: "We can keep all four libraries open if we change their hours. Which hours work for you?",
        body: "## Why we ask\n\nThe libraries cost £60,000 more a year than we have. We looked at closing one and do not want to. Different hours would save as much.",
        team: "Planning Policy",
        partners: &[],
        regime: "non-statutory",
        scope: [
            "Which hours, and on which days each library is open.",
            "How many hours: 120 a week for all four together.",
            "That all four stay open, and the amount to be saved.",
            "The budget was set by the full council in February.",
        ],
        options: &[
            (
                "Later evenings, no Mondays",
                "All four close on Mondays and stay open until 7pm on two days.",
                false,
            ),
            (
                "Shorter every day",
                "All four open at 10am and close at 4pm.",
                false,
            ),
            (
                "Do nothing",
                "Keep today’s hours and take the money from the book fund.",
                true,
            ),
        ],
        wards: &[],
        opens: -40,
        closes: -6,
        closing_reason: "Long enough for two story times in each library to be visited.",
        statements: &[
            "Evening hours matter more to me than mornings.",
            "I would use a library that opens without staff.",
            "Children’s hours should be the last to go.",
        ],
        statements_open: false,
        until: Until::Published,
        ending: None,
        words: &voices::LIBRARY,
        responses: 96,
        voters: 40,
    },
    Story {
        title: "A crossing for Priory Road",
        topic: "Streets",
        summary: "Where should the new crossing on Priory Road go, and what kind should it be?",
        body: "## Why we asked\n\nParents of the primary school asked for a crossing in a petition of 412 names. There is money for one.",
        team: "Transport and Streets",
        partners: &["Urban Design"],
        regime: "non-statutory",
        scope: [
            "Where it goes and of which kind it is.",
            "The budget: £85,000.",
            "That there is one crossing and not two.",
            "The grant is for one crossing.",
        ],
        options: &[
            (
                "A zebra by the school gate",
                "Raised, with lights. Eleven parking places go.",
                false,
            ),
            (
                "A signal crossing at the shops",
                "Two hundred metres further down. No parking goes.",
                false,
            ),
            ("Do nothing", "Keep the island that is there.", true),
        ],
        wards: &["Castle & Priory"],
        opens: -160,
        closes: -130,
        closing_reason: "Long enough for every family at the school to have a letter and to answer it.",
        statements: &[],
        statements_open: false,
        until: Until::Decided,
        ending: Some(&endings::CROSSING),
        words: &voices::CROSSING,
        responses: 120,
        voters: 0,
    },
    Story {
        title: "Parks and play: the next five years",
        topic: "Parks",
        summary: "Which parks should be repaired first, and what should there be for teenagers?",
        body: "## What is coming\n\nWe have £900,000 for parks over five years. Soon you can tell us where it should go.",
        team: "Sustainability",
        partners: &[],
        regime: "non-statutory",
        scope: [
            "Which parks come first and what is built in them.",
            "The money: £900,000 over five years.",
            "That no park is sold.",
            "The council decided so in 2024.",
        ],
        options: &[
            ("Repair the worst first", "By the state they are in.", false),
            ("One for each ward", "A little in every ward.", false),
            (
                "Do nothing",
                "Keep the money for repairs as they come.",
                true,
            ),
        ],
        wards: &[],
        opens: 9,
        closes: 51,
        closing_reason: "Long enough for schools to take part.",
        statements: &[
            "Every park needs a toilet.",
            "There is too little for girls to do in parks.",
        ],
        statements_open: true,
        until: Until::Published,
        ending: None,
        words: &voices::NONE,
        responses: 0,
        voters: 0,
    },
    Story {
        title: "Shade and trees in the town centre",
        topic: "Streets",
        summary: "Where should forty new trees go?",
        body: "## Forty trees\n\nA fund pays for forty trees and three years of care.",
        team: "Urban Design",
        partners: &["Sustainability"],
        regime: "non-statutory",
        scope: [
            "Where they go.",
            "Not over pipes and cables: about half of the pavement.",
            "How many: forty.",
            "The fund pays for forty.",
        ],
        options: &[
            ("Along the bus streets", "Shade at the stops.", false),
            ("Around the market place", "One grove.", false),
            ("Do nothing", "Give the money back.", true),
        ],
        wards: &["St. James's"],
        opens: 20,
        closes: 50,
        closing_reason: "Long enough to visit every shop in the town centre.",
        statements: &[],
        statements_open: false,
        until: Until::InReview,
        ending: None,
        words: &voices::NONE,
        responses: 0,
        voters: 0,
    },
    Story {
        title: "Bicycle routes to the hospital",
        topic: "Streets",
        summary: "Two ways to ride to the hospital safely.",
        body: "## Still being written\n\nThe drawings are not ready.",
        team: "Transport and Streets",
        partners: &[],
        regime: "non-statutory",
        scope: ["Which of the two ways.", "", "", ""],
        options: &[("Along the canal", "Flat, but dark.", false)],
        wards: &[],
        opens: 40,
        closes: 80,
        closing_reason: "",
        statements: &[],
        statements_open: false,
        until: Until::Draft,
        ending: None,
        words: &voices::NONE,
        responses: 0,
        voters: 0,
    },
];
