//! What invented people write, each sentence in one consultation and once: words belong to what was asked.

/// What people write about one consultation.
pub struct Words {
    /// Answers to “What would you change, and why?”.
    pub voices: &'static [&'static str],
    /// Places they think of.
    pub places: &'static [&'static str],
    /// What may matter most to them.
    pub matters: &'static [&'static str],
    /// Statements that they add; they wait for a moderator.
    pub statements: &'static [&'static str],
}

/// Nobody has answered yet.
pub const NONE: Words = Words {
    voices: &[],
    places: &[],
    matters: &[
        "Safety",
        "Trees and green space",
        "Getting about on foot or by wheelchair",
        "Cost",
        "Places to meet",
    ],
    statements: &[],
};

pub const STATION: Words = Words {
    voices: &[
        "My mother uses a wheelchair and the ramp to the footbridge is too steep. Rebuild it first.",
        "I walk through here at night after my shift and it is dark. Light the path first.",
        "If it is three storeys the sun still reaches our gardens. At six it does not.",
        "I do not mind more homes if the doctors’ surgery grows as well.",
        "The lime trees along the wall are the only shade in summer. Keep them.",
        "Put the bins where the lorry can reach them or it will be a mess again.",
        "We moved here for the quiet. Build the tall part along the railway, so that it keeps the noise off.",
        "The drawings look good but I could not find what it costs to clean the ground.",
        "Ask the people at the day centre, they never get these letters.",
        "Keep some of the old brick. It is what makes this place ours.",
        "Small workshops on the ground floor would bring work back to the yard.",
        "A third affordable is not enough. My children can’t stay here.",
        "Leave it empty for five more years and the fly-tippers will have it.",
        "Half a hectare of park is worth the height. I can see the hill from six storeys as well.",
        "There has to be a way for bicycles that is not the steps.",
        "Who looks after the green when the developer has gone? Say so in the brief.",
        "Trains start at five in the morning. Bedrooms must not face the line.",
        "The goods shed would make a good market hall.",
    ],
    places: &[
        "The footbridge steps",
        "Along the wall on Station Drive",
        "The old goods shed",
        "The gate on Castle Hill",
        "Where the sidings end",
        "The car park entrance",
        "The path to the canal",
        "Behind the signal box",
        "The bench under the lime tree",
        "Bus stop at the station",
    ],
    matters: &[
        "Safety",
        "Trees and green space",
        "Getting about on foot or by wheelchair",
        "Homes that people can afford",
        "Noise",
        "Places to meet",
    ],
    statements: &[
        "Build a pond in the new park so that the street does not flood.",
        "Keep two of the old rails as a path.",
        "Call 07700 900123 if you want to buy a flat.",
    ],
};

pub const LOCAL_PLAN: Words = Words {
    voices: &[
        "Say where the schools and surgeries come from before you say where the homes go.",
        "My bus stops at six in the evening. A plan that only draws roads leaves me at home.",
        "Empty shops in the high streets should become homes before a field does.",
        "The flood maps are ten years old. Find out first where water stands now.",
        "Please plan for bungalows. There is nowhere to move to when the stairs get hard.",
        "We have one park for nine streets. Count the people who share it.",
        "Industrial land keeps disappearing. Where are our children to work?",
        "A short plan sounds cheap, but developers read what is not in it.",
        "Ask young people. They will live with this plan longest.",
        "Keep the gap between our villages. Once it is built on it never comes back.",
        "Every new street needs trees and somebody who waters them.",
        "Warm homes matter more to me than large ones. Ask for that.",
        "The old plan was good. Change the dates and get on with it.",
        "Write it so that people who are not planners can read it.",
    ],
    places: &[
        "The fields behind Cotwall End",
        "The high street in Brierley Hill",
        "The trading estate at Pensnett",
        "Around the hospital",
        "The canal from Netherton to Tipton",
        "The top of the market place in Dudley",
        "Lye station",
        "The ring road in Stourbridge",
    ],
    matters: &[
        "Homes that people can afford",
        "Parks, trees and wildlife",
        "Buses and trains",
        "Work close to home",
        "Schools and surgeries",
        "Floods and heat",
    ],
    statements: &[
        "No new homes where there is no bus in the evening.",
        "The plan should say how much shade every new street has.",
    ],
};

pub const LIBRARY: Words = Words {
    voices: &[
        "I work until half past five. A library that closes at four is closed to me.",
        "Story time on Saturday is the one thing my twins ask for all week. Keep Saturdays.",
        "Close on Mondays if you must, but not all four on the same Monday.",
        "I do my job search on the library’s computers every morning at ten.",
        "Please think of the older people who come in to be warm. Mornings matter to them.",
        "Students need evenings from March to June more than in the rest of the year.",
        "Volunteers could open on Wednesday evenings. Our reading group would.",
        "Taking it from the book fund means a library without new books. Do not.",
        "Whatever you choose, print the hours large on the door and keep to them.",
        "Opening at ten is fine, the school run is over then.",
        "My father reads the newspapers there every day. It is where he meets people.",
        "Let us in with a card when there are no staff, as they do elsewhere.",
        "Seven o’clock on two days would let me come after work. Tuesday and Thursday, please.",
        "Saving on the smallest library saves least and takes most away.",
    ],
    places: &[
        "Dudley library",
        "Sedgley library, the children’s corner",
        "Gornal library",
        "Kingswinford library",
        "The computers at Dudley",
        "The reading room upstairs",
        "The bus stop outside Sedgley library",
        "The library in Netherton",
    ],
    matters: &[
        "Evenings",
        "Saturdays",
        "Hours for children",
        "Somewhere warm to sit",
        "Computers and printing",
        "New books",
    ],
    statements: &[],
};

pub const CROSSING: Words = Words {
    voices: &[
        "Children cross here twice a day. Safety comes first for me.",
        "I run a shop on the corner. Loading from seven to nine in the morning has to stay possible.",
        "The bus turns here and the street is too narrow for parked cars.",
        "My knees do not do two hundred metres. Put it where people already cross.",
        "Drivers only slow down where the road rises. Please raise it.",
        "We lose eleven places and the teachers will park in our road instead.",
        "I stand there every morning in a yellow coat. A crossing would do it better.",
        "A signal crossing makes the queue back up to the roundabout.",
        "Lights at the zebra, please. In December it is dark when school ends.",
        "The island is useless with a pram: half of it stands in the road.",
        "My grandson is blind. He needs the bleeps of a signal crossing.",
        "Move the bus stop too, it hides the children from the cars.",
        "I would give up my parking place for it.",
        "Leave the road alone and put a warden there. It costs less.",
        "Cars come down the hill at forty. Measure it before you choose.",
        "Both places need one. If it is only one, then the school.",
    ],
    places: &[
        "By the school gate",
        "Between the school and the shops",
        "The corner by the post office",
        "The traffic island",
        "Bus stop at the clinic",
        "Where Priory Road bends",
        "In front of the bakery",
        "The lane to the playing field",
    ],
    matters: &[
        "Children’s safety",
        "How far it is to walk",
        "Parking for residents",
        "Buses and traffic",
        "Access for disabled people",
        "Loading for shops",
    ],
    statements: &[],
};

pub const MARKET: Words = Words {
    voices: &[
        "In front of the town hall it rains into every stall. The arcade is dry.",
        "I sell eggs and cheese, and I need to drive up to the stall.",
        "The market keeps our street alive. Do not move it away from the bus stops.",
        "Stalls block the way for wheelchairs. Leave two metres and a half.",
        "I come for the plants and stay for the coffee. Put tables beside it.",
        "Noise from seven in the morning under my bedroom is too early.",
        "Sunday would bring families who work on Saturdays.",
        "Fewer phone covers, more food from here.",
        "There is no toilet near the market place on a Saturday afternoon.",
        "Let young people try a stall for five pounds.",
    ],
    places: &[
        "The market place",
        "The arcade",
        "In front of the town hall",
        "The taxi rank",
        "The steps of the fountain",
        "Stone Street",
    ],
    matters: &[
        "Food from nearby",
        "Dry stalls",
        "Room to walk",
        "Quiet for neighbours",
        "Buses close by",
        "Cheap stalls for beginners",
    ],
    statements: &[],
};

pub const SCHOOL_STREETS: Words = Words {
    voices: &[
        "My daughter has asthma and the engines run outside her classroom.",
        "I care for my mother in that road. Give carers a permit.",
        "It moves the cars one street further, to us.",
        "Since the trial week we walk. It takes nine minutes.",
        "Blue Badge holders must get in, and the school bus too.",
        "Half an hour is enough. Not the whole morning.",
        "Who stands at the barrier when it rains?",
        "The shop on the corner loses its morning trade.",
        "Children played on the road while they waited. I had not seen that for years.",
        "Put up a sign that says when, large enough to read from a car.",
    ],
    places: &[
        "Outside the infants’ entrance",
        "The turning circle",
        "The corner of the next street",
        "The car park of the church",
        "The zebra by the nursery",
        "The bend at the top of the hill",
    ],
    matters: &[
        "Clean air",
        "Safe ways to school",
        "Access for residents",
        "Access for carers and disabled people",
        "Trade",
        "Traffic in the next street",
    ],
    statements: &[],
};

pub const ALLOTMENTS: Words = Words {
    voices: &[
        "I have waited six years. Half a plot now is better than a whole one when I am eighty.",
        "Give some to schools. Mine would take one tomorrow.",
        "Raised beds near the gate for people who can’t dig.",
        "If a plot is bramble for a year it should go to the next on the list.",
        "There is one tap for forty plots.",
        "A shared shed would save each of us a hundred pounds.",
        "People in flats should come first. I have a garden and still got one.",
        "Bonfires in the evening smoke out the whole street.",
        "Let two families share a plot and put both names on the list.",
        "The rent is fair. Do not raise it for pensioners.",
    ],
    places: &[
        "The plots by the canal",
        "The gate on Hill Street",
        "The row below the water tower",
        "The corner with the brambles",
        "The tap at the end",
        "The new field",
    ],
    matters: &[
        "A short wait",
        "Low rent",
        "People without a garden",
        "Schools and groups",
        "Water",
        "Access for disabled people",
    ],
    statements: &[],
};

/// What people write to the police team, whose questions are its own.
pub const PRIORITIES: Words = Words {
    voices: &[
        "On Fridays after ten they race from the roundabout to the school. Every week the same.",
        "I walk home from the last train and nobody can see into the underpass. A lamp would help more than anything.",
        "Thank you for coming to the beat meeting. It was good to hear what was done about the parking.",
        "The bandstand is where my grandchildren play in the morning. There is glass every Sunday.",
        "Please come at different times, they know when you come.",
        "The mattresses are back a week after they are taken away. Somebody must see the van.",
        "Most of us feel safe here. Do not make it sound worse than it is.",
        "Children need somewhere to go in the evening, then they would not be in the park.",
        "We would help with the speed checks if somebody shows us how.",
        "A different officer comes each time. It would help to know one name.",
        "The shops close their shutters at five because of the shouting.",
        "I told you about the parking in spring and it was better within a week. Thank you.",
    ],
    places: &[
        "The station underpass",
        "The bandstand",
        "Priory Road by the school",
        "The lane beside the garages",
        "The parade of shops",
        "The lower gate of the park",
        "Between the library and the bus station",
        "Behind the market hall",
    ],
    matters: &[],
    statements: &[],
};
