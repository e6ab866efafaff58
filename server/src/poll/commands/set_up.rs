//! Setting up a poll in a draft.
//!
//! Invariant: a poll changes only while its consultation may be edited, so no ballot was ever
//! marked on another paper than the one that is counted.

use domain::account::{Actor, Member};
use domain::consultation::Consultation;
use domain::consultation::policy::{Permission, may};
use domain::ids::{AreaId, ConsultationId};
use domain::poll::{Electorate, Method, PollRefused};
use entity::{poll, poll_elector, poll_option};
use jiff::Timestamp;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use crate::App;
use crate::db::Tx;
use crate::http::Error;
use crate::record::audit;
use crate::secret;

/// A poll as an officer describes it.
#[derive(Clone, Debug)]
pub struct NewPoll {
    /// What is asked.
    pub question: String,
    /// What a voter should know; Markdown.
    pub help: String,
    /// How ballots are marked and counted.
    pub method: Method,
    /// Who may vote.
    pub electorate: Electorate,
    /// Whether no result is seen before the close.
    pub sealed: bool,
    /// Whether the result binds the owner.
    pub binding: bool,
    /// The paper, in its order.
    pub options: Vec<NewOption>,
}

/// An option as an officer describes it.
#[derive(Clone, Debug, Default)]
pub struct NewOption {
    /// Its name.
    pub name: String,
    /// A sentence or two.
    pub description: String,
    /// What it costs, in pence.
    pub cost: Option<u64>,
    /// The area it is for.
    pub area: Option<AreaId>,
    /// The stored picture and its description.
    pub picture: Option<(String, String)>,
}

async fn editing(
    app: &App,
    member: &Member,
    id: ConsultationId,
    now: Timestamp,
) -> Result<(Tx, Consultation), Error> {
    let tx = app.db.begin().await?;
    let on = crate::consultation::rows::by_id(&tx, id)
        .await?
        .ok_or(Error::NotFound)?;
    may(
        &Actor::Member(member.clone()),
        Permission::Edit,
        &on.context(now),
    )?;
    Ok((tx, on))
}

/// Makes the poll of this number, or replaces it with its options. Faults that a draft may have
/// ([`domain::poll::Poll::faults`]) do not stop it: a poll with faults is not put to voters.
///
/// # Errors
/// Permission, the database; inside, that the regime allows no vote.
pub async fn set_up(
    app: &App,
    member: &Member,
    id: ConsultationId,
    number: i32,
    new: NewPoll,
    now: Timestamp,
) -> Result<Result<(), PollRefused>, Error> {
    let (tx, on) = editing(app, member, id, now).await?;
    if !on.voting_allowed {
        return Ok(Err(PollRefused::NotUnderThisRegime));
    }
    if new.options.len() > domain::poll::faults::MOST_OPTIONS {
        return Ok(Err(PollRefused::TooManyOptions));
    }
    let before = poll::Entity::find()
        .filter(poll::Column::ConsultationId.eq(id.0))
        .filter(poll::Column::Number.eq(number))
        .one(&tx)
        .await?;
    let mut row = poll::ActiveModel {
        consultation_id: Set(id.0),
        number: Set(number),
        question: Set(new.question.trim().to_owned()),
        help: Set(new.help.trim().to_owned()),
        method: Set(serde_json::to_string(&new.method).map_err(Error::unexpected)?),
        electorate: Set(serde_json::to_string(&new.electorate).map_err(Error::unexpected)?),
        sealed: Set(new.sealed),
        binding: Set(new.binding),
        ..Default::default()
    };
    let poll_id = match before {
        Some(before) => {
            row.id = Set(before.id);
            row.update(&tx).await?;
            poll_option::Entity::delete_many()
                .filter(poll_option::Column::PollId.eq(before.id))
                .exec(&tx)
                .await?;
            before.id
        }
        None => {
            let seed = secret::token().map_err(Error::unexpected)?;
            row.seed_hash = Set(secret::hash(&seed));
            row.seed = Set(seed);
            row.insert(&tx).await?.id
        }
    };
    let options: Vec<_> = (1..)
        .zip(new.options)
        .map(|(position, one)| option(poll_id, position, one))
        .collect();
    if !options.is_empty() {
        poll_option::Entity::insert_many(options)
            .exec_without_returning(&tx)
            .await?;
    }
    done(tx, member, &on, &format!("poll {number}"), now).await?;
    Ok(Ok(()))
}

fn option(poll_id: i64, position: i32, one: NewOption) -> poll_option::ActiveModel {
    let (picture, picture_alt) = one.picture.unzip();
    poll_option::ActiveModel {
        poll_id: Set(poll_id),
        position: Set(position),
        name: Set(one.name.trim().to_owned()),
        description: Set(one.description.trim().to_owned()),
        cost: Set(one.cost.and_then(|cost| i64::try_from(cost).ok())),
        area_id: Set(one.area.map(|area| area.0)),
        picture: Set(picture),
        picture_alt: Set(picture_alt),
        ..Default::default()
    }
}

/// Takes a poll out of a draft, with its register.
///
/// # Errors
/// Permission, the database.
pub async fn remove(
    app: &App,
    member: &Member,
    id: ConsultationId,
    number: i32,
    now: Timestamp,
) -> Result<(), Error> {
    let (tx, on) = editing(app, member, id, now).await?;
    let Some(row) = poll::Entity::find()
        .filter(poll::Column::ConsultationId.eq(id.0))
        .filter(poll::Column::Number.eq(number))
        .one(&tx)
        .await?
    else {
        return Ok(());
    };
    poll_option::Entity::delete_many()
        .filter(poll_option::Column::PollId.eq(row.id))
        .exec(&tx)
        .await?;
    poll_elector::Entity::delete_many()
        .filter(poll_elector::Column::PollId.eq(row.id))
        .exec(&tx)
        .await?;
    poll::Entity::delete_by_id(row.id).exec(&tx).await?;
    done(tx, member, &on, &format!("remove poll {number}"), now).await
}

async fn done(
    tx: Tx,
    member: &Member,
    on: &Consultation,
    what: &str,
    now: Timestamp,
) -> Result<(), Error> {
    audit::append(
        &tx,
        now,
        Some(member.person),
        crate::consultation::rows::EDIT,
        &on.slug,
        what,
    )
    .await?;
    tx.commit().await?;
    Ok(())
}
