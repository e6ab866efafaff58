//! Invented concerns about places, some answered, some waiting.

use domain::account::Role;
use domain::edit::{CreationKey, Version};
use domain::ids::{ConcernId, PersonId};
use domain::neighbourhood::{Category, NewAnswer, NewConcern, Ownership, Saying, Status};
use entity::{area, concern, membership, team_area};
use jiff::SignedDuration;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use server::App;
use server::account::rows::member::member;
use server::cli::CliError;
use server::error::Refused;
use server::granted::Caller;
use server::neighbourhood::commands::{
    AnswerConcern, RaiseConcern, SayWhatWasDone, answer_concern, raise_concern, say_what_was_done,
};
use server::neighbourhood::key::ConcernKey;

/// Category, what, where, hours ago.
const CONCERNS: [(Category, &str, &str, i64); 9] = [
    (
        Category::Roads,
        "Cars race along the straight after ten at night, most Fridays.",
        "Priory Road, between the school and the roundabout",
        5,
    ),
    (
        Category::Lighting,
        "Three lamps in a row have been dark for a fortnight.",
        "The path behind the market hall",
        20,
    ),
    (
        Category::AntiSocialBehaviour,
        "Shouting and broken bottles at weekends.",
        "The bandstand in the park",
        50,
    ),
    (
        Category::Litter,
        "Mattresses and bags are left here every week.",
        "The lane beside the garages",
        66,
    ),
    (
        Category::FeelingUnsafe,
        "I don’t use the underpass any more. Nobody can see who is in it.",
        "The station underpass",
        80,
    ),
    (
        Category::Parks,
        "The gate is never locked at night any more.",
        "South gate of the park",
        120,
    ),
    (
        Category::DrinkAndDrugs,
        "Needles in the flower beds.",
        "Behind the clinic",
        140,
    ),
    (
        Category::Roads,
        "Parked cars block the pavement, so prams go on the road.",
        "In front of the parade of shops",
        170,
    ),
    (
        Category::Roads,
        "Motorbikes on the towpath.",
        "The canal between the two locks",
        200,
    ),
];

/// What somebody adds who raises the same again: each time in other words.
const AGAIN: [&str; 5] = [
    "It was like that again last night.",
    "My neighbours say the same.",
    "I have seen it three times this month.",
    "It began some weeks ago.",
    "It is worst at weekends.",
];

/// The number of the lamps that were mended: nobody has raised it since.
const MENDED: usize = 1;
/// What is raised in its place since then.
const SINCE: (&str, &str) = (
    "One lamp flickers all night and shines into our bedroom.",
    "The steps beside the library",
);

const MENDED_REPLY: &str = "Thank you for telling us. The council’s lighting team mended all six lamps on the \
    path this week, and we walked there after dark to see that they work.";

const REPLY: &str = "Thank you for telling us. We walked there on Thursday evening and spoke with \
    the people who live beside it. An officer passes twice each weekend evening until the end of \
    next month, and we look at it again with the council then.";

const PARKS: &str = "The park trust, which locks the gates (parks@voluntary.example)";

/// Raises and answers them; a second time changes nothing.
pub async fn concerns(app: &App) -> Result<(), CliError> {
    let db = app.db.read();
    if concern::Entity::find().count(db).await? > 0 {
        return Ok(());
    }
    let now = app.clock.now();
    let wards: Vec<String> = area::Entity::find()
        .filter(area::Column::Kind.eq("ward"))
        .filter(area::Column::Name.is_in([
            "Castle & Priory",
            "St. James's",
            "Netherton & Holly Hall",
        ]))
        .order_by_asc(area::Column::Name)
        .all(db)
        .await?
        .into_iter()
        .map(|row| row.code)
        .collect();
    // Enough in the first ward for its counts to be shown.
    for round in 0..5_i64 {
        for (number, (category, what, place, ago)) in CONCERNS.iter().enumerate() {
            let ward = if round < 4 {
                wards.first()
            } else {
                wards.get(number % wards.len().max(1))
            };
            let Some(ward) = ward else { continue };
            let (what, place) = if number == MENDED && round == 0 {
                SINCE
            } else {
                (*what, *place)
            };
            let again = usize::try_from(round)
                .ok()
                .and_then(|round| AGAIN.get(round));
            let what = format!("{what} {}", again.copied().unwrap_or_default());
            let hours = ago + round * 410;
            let at = now
                .saturating_sub(SignedDuration::from_hours(hours))
                .unwrap_or(now);
            let new = NewConcern {
                category: Some(*category),
                what,
                place: place.to_owned(),
                may_contact: false,
                name: String::new(),
                email: String::new(),
            };
            let command = RaiseConcern {
                area: ward.clone(),
                concern: new,
                key: ConcernKey::of(format!("demonstration concern {round} {number}")),
                invented: true,
            };
            raise_concern(app, &Caller::anyone(at), command)
                .await
                .map_err(gaps)?;
        }
    }
    answer(app).await
}

/// The neighbourhood teams have answered whatever is older than three days, but for one.
async fn answer(app: &App) -> Result<(), CliError> {
    let now = app.clock.now();
    let db = app.db.read();
    let rows = concern::Entity::find()
        .order_by_asc(concern::Column::Id)
        .all(db)
        .await?;
    for row in rows {
        let submitted = server::db::moment(row.submitted_at)?;
        let age = (now.as_second() - submitted.as_second()) / 3_600;
        if age < 75 || age == 80 {
            continue;
        }
        let Some(officer) = officer_of(app, row.area_id).await? else {
            continue;
        };
        let category = Category::from_code(&row.category);
        let (ownership, sent_to) = match category {
            Some(Category::Litter | Category::Lighting) => (Ownership::Council, ""),
            Some(Category::Parks) => (Ownership::Another, PARKS),
            _ => (Ownership::Ours, ""),
        };
        let status = if age > 400 {
            Status::Done
        } else {
            Status::LookingInto
        };
        let command = AnswerConcern {
            concern: ConcernId(row.id),
            answer: NewAnswer {
                ownership: Some(ownership),
                sent_to: sent_to.to_owned(),
                status: Some(status),
                reply: if category == Some(Category::Lighting) {
                    MENDED_REPLY
                } else {
                    REPLY
                }
                .to_owned(),
            },
            seen: Version::default(),
            key: CreationKey::default(),
        };
        let at = submitted
            .saturating_add(SignedDuration::from_hours(40))
            .unwrap_or(now);
        answer_concern(app, &Caller::member(officer, at), command)
            .await
            .map_err(gaps)?;
    }
    let first = area::Entity::find()
        .filter(area::Column::Name.eq("Castle & Priory"))
        .one(db)
        .await?;
    if let Some(ward) = first
        && let Some(officer) = officer_of(app, ward.id).await?
    {
        let said = "The path behind the market hall was dark, and people walked round it.";
        let done = "The council mended all six lamps, and we walk there after the market closes.";
        let command = SayWhatWasDone {
            area: ward.code,
            saying: Saying {
                said: said.to_owned(),
                done: done.to_owned(),
            },
            key: CreationKey::default(),
        };
        say_what_was_done(app, &Caller::member(officer, now), command)
            .await
            .map_err(gaps)?;
    }
    Ok(())
}

fn gaps<R: std::fmt::Debug>(refused: Refused<R>) -> CliError {
    CliError::Failed(format!("A concern was refused: {refused:?}."))
}

async fn officer_of(app: &App, area: i64) -> Result<Option<domain::account::Member>, CliError> {
    let db = app.db.read();
    let Some(link) = team_area::Entity::find()
        .filter(team_area::Column::AreaId.eq(area))
        .one(db)
        .await?
    else {
        return Ok(None);
    };
    let held = membership::Entity::find()
        .filter(membership::Column::TeamId.eq(link.team_id))
        .filter(membership::Column::Role.eq(Role::NeighbourhoodOfficer.code()))
        .one(db)
        .await?;
    Ok(match held {
        Some(held) => member(app.db.read(), PersonId(held.person_id)).await?,
        None => None,
    })
}
