//! How the stories end that are decided: what was answered, decided, promised and kept.

use domain::insight::Outcome;

/// The end of a story. Days count from its closing.
pub struct Ending {
    pub answered: i64,
    pub decided: i64,
    pub decision: &'static str,
    pub themes: &'static [Answered],
}

/// A theme with its answer.
pub struct Answered {
    pub title: &'static str,
    pub asked: &'static str,
    pub said: &'static str,
    pub outcome: Outcome,
    pub did: &'static str,
    pub because: &'static str,
    pub promise: Option<Promised>,
}

/// What the council promises with an answer.
pub struct Promised {
    pub words: &'static str,
    pub due: i64,
    pub kept: Option<i64>,
}

pub const CROSSING: Ending = Ending {
    answered: 30,
    decided: 38,
    decision: "The Cabinet Member for Streets decided to build **a raised zebra crossing by the school gate**, with lights, and to keep six of the eleven parking places.\n\nThe report, the equality impact assessment and the minutes can be had from Democratic Services.",
    themes: &[
        Answered {
            title: "Where the crossing goes",
            asked: "By the school gate, at the shops, or nowhere?",
            said: "Most people want it by the school gate, where children cross. Traders at the shops worry about losing customers.",
            outcome: Outcome::Did,
            did: "The crossing goes to the school gate.",
            because: "Counts by the school showed 340 children crossing there in half an hour, and 60 at the shops.",
            promise: Some(Promised {
                words: "The crossing is built, lit and open",
                due: 100,
                kept: Some(94),
            }),
        },
        Answered {
            title: "Parking in front of the houses",
            asked: "Eleven parking places go. Is that right?",
            said: "People who live there need places in the evening. Others would give up all of them.",
            outcome: Outcome::Partly,
            did: "Six of the eleven places stay, on the other side of the road.",
            because: "The raised crossing needs clear sight of twelve metres, but not of twenty.",
            promise: Some(Promised {
                words: "Permits for residents are looked at again a year after the crossing opened",
                due: 465,
                kept: None,
            }),
        },
        Answered {
            title: "A second crossing at the shops",
            asked: "What else should we know?",
            said: "Older people find two hundred metres too far to walk to a crossing.",
            outcome: Outcome::DidNot,
            did: "",
            because: "The grant pays for one. A second one is on the list for the next grant, and we will ask again.",
            promise: None,
        },
    ],
};

pub const MARKET: Ending = Ending {
    answered: 28,
    decided: 42,
    decision: "The Cabinet Member for Regeneration decided that **the market stands in the arcade and along Stone Street** until the market place is finished, with eight food stalls by the fountain.",
    themes: &[
        Answered {
            title: "Dry stalls",
            asked: "In the arcade, in front of the town hall, or nowhere?",
            said: "Most traders and half of the customers want a roof. Others want room to sit outside.",
            outcome: Outcome::Did,
            did: "Forty stalls stand in the arcade, and tables outside it.",
            because: "The market lost every third wet Saturday where it stood in the open.",
            promise: Some(Promised {
                words: "The first market in the arcade is held",
                due: 75,
                kept: Some(66),
            }),
        },
        Answered {
            title: "Room to walk",
            asked: "What would you change, and why?",
            said: "Stalls have blocked the way for wheelchairs and prams.",
            outcome: Outcome::Did,
            did: "A way of two metres and a half is painted on the ground and kept free.",
            because: "The equality impact assessment asked for it, and the traders agreed.",
            promise: Some(Promised {
                words: "The width is measured on three Saturdays, and the results are published",
                due: 150,
                kept: Some(141),
            }),
        },
        Answered {
            title: "A Sunday market",
            asked: "At which hours should it be?",
            said: "Some families who work on Saturdays asked for Sundays.",
            outcome: Outcome::DidNot,
            did: "",
            because: "Too few traders could come: seven of forty-one.",
            promise: None,
        },
    ],
};

pub const ALLOTMENTS: Ending = Ending {
    answered: 80,
    decided: 101,
    decision: "The Cabinet Member for Communities decided on **half plots, with twelve of them for schools and groups**, by the waiting list. It took longer than we said, because the ground had to be tested for lead first.",
    themes: &[
        Answered {
            title: "Who comes first",
            asked: "By the waiting list alone?",
            said: "Most want the waiting list kept, and some of the plots for people without a garden.",
            outcome: Outcome::Partly,
            did: "The list stays as it is. Twelve half plots go to schools and groups.",
            because: "We may not ask people on the list whether they have a garden after they have joined it.",
            promise: Some(Promised {
                words: "Everybody on the list is told their place in it",
                due: 130,
                kept: Some(124),
            }),
        },
        Answered {
            title: "Water",
            asked: "What should be shared?",
            said: "One tap for forty plots is too few.",
            outcome: Outcome::Did,
            did: "Four taps and six tanks for rain are on the new field.",
            because: "Each tap costs £900, less than the pipes we would have had to mend.",
            promise: Some(Promised {
                words: "The four taps are in",
                due: 200,
                kept: Some(188),
            }),
        },
    ],
};

pub const SCHOOL_STREETS: Ending = Ending {
    answered: 35,
    decided: 63,
    decision: "The Cabinet Member for Streets decided on **two of the three streets**, half an hour twice a day in term time. The third is looked at again when its road works are over.",
    themes: &[
        Answered {
            title: "Clean air and safe ways to school",
            asked: "All three streets, one first, or none?",
            said: "Parents and schools want all three. Neighbours fear the traffic in the next street.",
            outcome: Outcome::Partly,
            did: "Two streets are closed to cars for half an hour twice a day.",
            because: "In the third, road works send lorries past the school until they are over.",
            promise: Some(Promised {
                words: "Both streets begin with the school term",
                due: 120,
                kept: Some(112),
            }),
        },
        Answered {
            title: "Carers and Blue Badge holders",
            asked: "Who may still drive in?",
            said: "Carers need to get in without asking each time.",
            outcome: Outcome::Did,
            did: "Carers get a permit for a year; Blue Badges are enough by themselves.",
            because: "Nobody should have to choose between a rule and somebody they look after.",
            promise: None,
        },
        Answered {
            title: "Traffic in the next street",
            asked: "What would you change, and why?",
            said: "Cars may only move one street further.",
            outcome: Outcome::Partly,
            did: "Counters were put up in four streets around each school.",
            because: "Without counting nobody can say whether it happened.",
            promise: Some(Promised {
                words: "A year’s counts are published street by street",
                due: 290,
                kept: None,
            }),
        },
    ],
};
