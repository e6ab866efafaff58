//! What the demonstration borough votes on: invented, and marked so on every page.

use domain::poll::model::BudgetForm;
use domain::poll::{Electorate, Method};
use domain::vote::{ranked, tally};

/// A consultation with polls. Days count from now.
pub struct PollStory {
    pub title: &'static str,
    pub topic: &'static str,
    pub summary: &'static str,
    pub body: &'static str,
    pub team: &'static str,
    pub scope: [&'static str; 4],
    /// Title, description, whether it is to do nothing.
    pub options: [(&'static str, &'static str, bool); 2],
    pub opens: i64,
    pub closes: i64,
    pub closing_reason: &'static str,
    pub polls: &'static [Asked],
}

/// A poll to make.
pub struct Asked {
    pub question: &'static str,
    pub help: &'static str,
    pub kind: Kind,
    pub electorate: Electorate,
    /// How many invented people are on its register, where it has one.
    pub electors: u64,
    pub binding: bool,
    /// Name, description, pounds, ward, how well liked it is (0 to 100).
    pub options: &'static [(&'static str, &'static str, u64, &'static str, u64)],
    pub ballots: u64,
    /// Of these, how many look as if one person had sent them.
    pub set_aside: u64,
    pub publish: bool,
}

/// How it is voted on.
pub enum Kind {
    Budget(u64),
    Irv,
    Stv(u32),
    Approval,
}

impl Kind {
    /// As a poll has it.
    pub fn method(&self) -> Method {
        match self {
            Self::Budget(pounds) => Method::Budget {
                total: pounds * 100,
                form: BudgetForm::Knapsack,
                rule: "mes-add1".to_owned(),
            },
            Self::Irv => Method::Ranked {
                rule: ranked::Rule::Irv,
                seats: 1,
            },
            Self::Stv(seats) => Method::Ranked {
                rule: ranked::Rule::StvScotland,
                seats: *seats,
            },
            Self::Approval => Method::Points {
                form: tally::Rule::Approval { most: None },
                seats: 1,
            },
        }
    }
}

const PROJECTS: &[(&str, &str, u64, &str, u64)] = &[
    (
        "A crossing at the Mill Street school",
        "A raised crossing with lights, where 300 children cross each morning.",
        62_000,
        "Castle & Priory",
        74,
    ),
    (
        "Benches along the canal path",
        "Twelve benches with backs and arms, one every two hundred metres.",
        18_000,
        "St. Thomas's",
        66,
    ),
    (
        "A pump track for bikes and scooters",
        "A looped track of packed earth, beside the car park of the leisure centre.",
        48_000,
        "St. James's",
        52,
    ),
    (
        "Fifty street trees",
        "Planted and watered for three years, on the streets with the least shade.",
        35_000,
        "",
        61,
    ),
    (
        "A warm room in the library",
        "New heating, thick curtains and forty chairs, so that the reading room can stay open all winter.",
        22_000,
        "St. James's",
        58,
    ),
    (
        "New lights in the underpass",
        "Bright, even light, and a mirror at the bend.",
        14_500,
        "Castle & Priory",
        55,
    ),
    (
        "A garden for the health centre",
        "Raised beds that patients and neighbours look after together.",
        12_000,
        "Netherton & Holly Hall",
        40,
    ),
    (
        "A repair café",
        "Benches, tools and lockers in the old post office. Volunteers do the repairs.",
        9_500,
        "",
        37,
    ),
    (
        "Instruments for the youth centre",
        "Drums, keyboards and twenty guitars to borrow.",
        16_000,
        "Quarry Bank & Dudley Wood",
        34,
    ),
    (
        "A toilet in the park",
        "One accessible toilet with changing space, open from dawn to dusk.",
        78_000,
        "Sedgley",
        47,
    ),
    (
        "A map of the footpaths",
        "Signs at forty places, and a printed map for every library.",
        11_000,
        "",
        29,
    ),
    (
        "Goalposts and nets on the green",
        "For the two pitches that have none.",
        4_500,
        "Coseley",
        31,
    ),
];

/// The stories: one that is open, one that has closed.
pub const POLL_STORIES: [PollStory; 2] = [
    PollStory {
        title: "Neighbourhood fund: what should we pay for?",
        topic: "Neighbourhoods",
        summary: "There is £200,000 for small projects that people suggested. Vote for the ones you want, and help us name the new park. The Cabinet decides in January.",
        body: "In spring people sent us 140 ideas. Twelve of them can be built or begun within a year, and each has a cost that an engineer or an officer has checked.\n\nThe money comes from the levy that developers pay. The vote shows the Cabinet which projects people want most. **The Cabinet decides in January**, and says why if it funds others. We publish every ballot, without names, so that anybody can count again.",
        team: "Sustainability",
        scope: [
            "Which projects are funded, within £200,000.",
            "Where exactly each thing stands: engineers check pipes, roots and sight lines first.",
            "The sum, and that it is spent on things that last.",
            "The levy may only be spent on what growth makes necessary: things that are built or bought, not wages or events.",
        ],
        options: [
            (
                "Spend the fund, with this vote as the guide",
                "The projects that the Cabinet chooses are begun within a year.",
                false,
            ),
            (
                "Do nothing with it this year",
                "The fund is kept, and asked about again next year.",
                true,
            ),
        ],
        opens: -9,
        closes: 19,
        closing_reason: "In time for the projects to be in the council’s next budget.",
        polls: &[
            Asked {
                question: "Which projects should the fund pay for?",
                help: "Choose projects until the money is used up, or stop before. A project that few people want can still be funded: everybody has an equal share of the money to give.",
                kind: Kind::Budget(200_000),
                electorate: Electorate::Open,
                electors: 0,
                binding: false,
                options: PROJECTS,
                ballots: 212,
                set_aside: 0,
                publish: false,
            },
            Asked {
                question: "What shall we call the new park on Mill Street?",
                help: "Put the names in the order you like them. You can stop when you like.",
                kind: Kind::Irv,
                electorate: Electorate::Open,
                electors: 0,
                binding: false,
                options: &[
                    (
                        "Chainmakers’ Green",
                        "After the women who went on strike for fair pay in 1910.",
                        0,
                        "",
                        66,
                    ),
                    (
                        "Foundry Park",
                        "After the foundry that stood there until 1978.",
                        0,
                        "",
                        60,
                    ),
                    (
                        "Skylark Park",
                        "Skylarks nested on the empty site for twenty years.",
                        0,
                        "",
                        58,
                    ),
                    (
                        "Mill Street Park",
                        "Because that is where it is.",
                        0,
                        "",
                        45,
                    ),
                    (
                        "Wren’s Nest View",
                        "You can see the hill from the top bench.",
                        0,
                        "",
                        34,
                    ),
                ],
                ballots: 174,
                set_aside: 0,
                publish: false,
            },
        ],
    },
    PollStory {
        title: "Youth centre: what should it be for?",
        topic: "Young people",
        summary: "The old swimming baths become a youth centre. People voted on what goes into it, on three priorities for the first year, and on the evenings.",
        body: "The building is safe and empty. There is £150,000 to fit it out, and money for two youth workers.\n\nEverybody could vote, on the web, on paper at the library and in schools. The three priorities were put to the 1,204 young people who live nearby, by letter.",
        team: "Sustainability",
        scope: [
            "What is built inside, what the workers do first, and on which evenings it opens.",
            "The pool itself: it can be covered, but not filled in.",
            "That it becomes a youth centre.",
            "The Cabinet decided that in March, after a consultation of its own.",
        ],
        options: [
            (
                "Fit it out as people vote",
                "Work begins in the new year.",
                false,
            ),
            (
                "Do nothing for now",
                "The building stays empty until there is more money.",
                true,
            ),
        ],
        opens: -44,
        closes: -9,
        closing_reason: "Long enough for every school nearby to hold an afternoon of voting.",
        polls: &[
            Asked {
                question: "What should we build inside the youth centre?",
                help: "Choose things until the money is used up.",
                kind: Kind::Budget(150_000),
                electorate: Electorate::Open,
                electors: 0,
                binding: false,
                options: &[
                    (
                        "A kitchen to cook together",
                        "Six hobs, two ovens, a long table.",
                        38_000,
                        "",
                        68,
                    ),
                    (
                        "A music and sound studio",
                        "Two rooms that nobody outside can hear.",
                        46_000,
                        "",
                        59,
                    ),
                    (
                        "A climbing wall",
                        "Nine metres, in the old diving hall.",
                        55_000,
                        "",
                        61,
                    ),
                    (
                        "A quiet room",
                        "Lamps, sofas, a door that shuts. For homework, and for when it is all too much.",
                        9_000,
                        "",
                        57,
                    ),
                    (
                        "A repair and bike workshop",
                        "Benches, tools, a stand for ten bikes.",
                        21_000,
                        "",
                        44,
                    ),
                    (
                        "A stage with lights",
                        "It folds away, and holds forty people.",
                        33_000,
                        "",
                        42,
                    ),
                    (
                        "A room for young parents",
                        "With a sink, a mat, and a place to park prams.",
                        12_000,
                        "",
                        26,
                    ),
                    (
                        "Dark sky telescope on the roof",
                        "With a dome that opens by hand.",
                        17_500,
                        "",
                        23,
                    ),
                    (
                        "Showers and lockers",
                        "For those who come from sport, and those who have none at home.",
                        26_000,
                        "",
                        39,
                    ),
                ],
                ballots: 438,
                set_aside: 23,
                publish: true,
            },
            Asked {
                question: "Which three things should the youth workers do first?",
                help: "Put them in order. Three places are filled.",
                kind: Kind::Stv(3),
                electorate: Electorate::Register,
                electors: 1_204,
                binding: true,
                options: &[
                    (
                        "Somebody to talk to",
                        "A worker who listens, with no appointment.",
                        0,
                        "",
                        70,
                    ),
                    (
                        "Help to find work",
                        "Applications, interviews, a first placement.",
                        0,
                        "",
                        63,
                    ),
                    (
                        "Sport in the evenings",
                        "Football, basketball, dance.",
                        0,
                        "",
                        60,
                    ),
                    (
                        "Homework club",
                        "With computers and somebody who can explain.",
                        0,
                        "",
                        49,
                    ),
                    (
                        "Trips out of the borough",
                        "To the sea, the hills, a university.",
                        0,
                        "",
                        46,
                    ),
                    (
                        "Young people’s council",
                        "Elected by everybody under 18, with a budget.",
                        0,
                        "",
                        32,
                    ),
                ],
                ballots: 386,
                set_aside: 0,
                publish: true,
            },
            Asked {
                question: "On which evening should it always be open?",
                help: "Tick every evening on which you could come.",
                kind: Kind::Approval,
                electorate: Electorate::Open,
                electors: 0,
                binding: false,
                options: &[
                    ("Monday", "", 0, "", 30),
                    ("Tuesday", "", 0, "", 38),
                    ("Wednesday", "", 0, "", 41),
                    ("Thursday", "", 0, "", 52),
                    ("Friday", "", 0, "", 64),
                    ("Saturday", "", 0, "", 58),
                ],
                ballots: 151,
                set_aside: 0,
                publish: false,
            },
        ],
    },
];

/// A poll in a consultation that is a draft, by its title.
pub const DRAFTED: (&str, Asked) = (
    "Bicycle routes to the hospital",
    Asked {
        question: "Which route should be built first?",
        help: "Those who live on the routes get a letter with a code.",
        kind: Kind::Irv,
        electorate: Electorate::Register,
        electors: 3,
        binding: false,
        options: &[
            (
                "Along the canal",
                "Flat and quiet, and 400 metres longer.",
                0,
                "",
                0,
            ),
            (
                "Along Tipton Road",
                "Straight, with two crossings.",
                0,
                "",
                0,
            ),
            ("Through the park", "Closed at night.", 0, "", 0),
        ],
        ballots: 0,
        set_aside: 0,
        publish: false,
    },
);
