//! The register of a poll and the codes of its letters.
//!
//! Invariant: a code leaves here once, for its letter; the table keeps its hash. A register is
//! replaced only while nobody on it was given a ballot paper.

use domain::account::{Actor, Member};
use domain::code::Code;
use domain::consultation::Consultation;
use domain::poll::Poll;
use domain::poll::policy::may_keep_register;
use domain::poll::read::LetterView;
use entity::{poll, poll_elector};
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::App;
use crate::db::Tx;
use crate::http::Error;
use crate::poll::code::letter_hash;
use crate::record::audit;
use crate::secret;

/// Rows written in one statement.
const AT_ONCE: usize = 500;

/// Somebody who may vote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewElector {
    /// Their name.
    pub name: String,
    /// Their address, a line each.
    pub address: String,
}

/// Why a register is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegisterRefused {
    /// Somebody has been given a ballot paper.
    InUse,
}

/// What tells one elector from another within a poll.
pub fn elector_key(elector: &NewElector) -> String {
    let plain = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect::<Vec<_>>()
            .join(" ")
    };
    secret::hash(&format!(
        "{}\n{}",
        plain(&elector.name),
        plain(&elector.address)
    ))
}

/// A fresh code that people can read aloud.
fn fresh_code() -> Result<String, Error> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(Error::unexpected)?;
    Ok(Code::of_digest(&bytes).to_string())
}

async fn keeping(
    app: &App,
    member: &Member,
    on: &Consultation,
    poll: &Poll,
    now: Timestamp,
) -> Result<Tx, Error> {
    may_keep_register(&Actor::Member(member.clone()), on, now)?;
    let tx = app.db.begin().await?;
    // Nobody is given a paper while the register changes.
    poll::Entity::find_by_id(poll.id.0)
        .lock_exclusive()
        .one(&tx)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(tx)
}

/// Puts this register in the place of the one there is, and makes a letter for each elector.
///
/// # Errors
/// Permission and those of the database; inside, that it is in use.
pub async fn replace_register(
    app: &App,
    member: &Member,
    on: &Consultation,
    poll: &Poll,
    electors: Vec<NewElector>,
    now: Timestamp,
) -> Result<Result<Vec<LetterView>, RegisterRefused>, Error> {
    let tx = keeping(app, member, on, poll, now).await?;
    let of_poll =
        || poll_elector::Entity::find().filter(poll_elector::Column::PollId.eq(poll.id.0));
    let issued = of_poll()
        .filter(poll_elector::Column::IssuedOn.is_not_null())
        .count(&tx)
        .await?;
    if issued > 0 {
        return Ok(Err(RegisterRefused::InUse));
    }
    poll_elector::Entity::delete_many()
        .filter(poll_elector::Column::PollId.eq(poll.id.0))
        .exec(&tx)
        .await?;
    let mut letters = Vec::with_capacity(electors.len());
    let mut rows = Vec::with_capacity(electors.len());
    for elector in electors {
        let code = fresh_code()?;
        rows.push(poll_elector::ActiveModel {
            poll_id: Set(poll.id.0),
            name: Set(Some(elector.name.clone())),
            address: Set(Some(elector.address.clone())),
            key_hash: Set(elector_key(&elector)),
            token_hash: Set(Some(letter_hash(poll.id, &code))),
            issued_on: Set(None),
            ..Default::default()
        });
        letters.push(LetterView {
            name: elector.name,
            address: elector.address,
            code,
        });
    }
    for chunk in rows.chunks(AT_ONCE) {
        poll_elector::Entity::insert_many(chunk.to_vec())
            .exec_without_returning(&tx)
            .await?;
    }
    let detail = format!("poll {}, {} electors", poll.number, letters.len());
    audit::append(&tx, now, Some(member.person), "register", &on.slug, &detail).await?;
    tx.commit().await?;
    Ok(Ok(letters))
}

/// Makes new letters for everybody who has not been given a ballot paper; letters made before
/// open nothing any more.
///
/// # Errors
/// Permission and those of the database.
pub async fn new_letters(
    app: &App,
    member: &Member,
    on: &Consultation,
    poll: &Poll,
    now: Timestamp,
) -> Result<Vec<LetterView>, Error> {
    let tx = keeping(app, member, on, poll, now).await?;
    let waiting = poll_elector::Entity::find()
        .filter(poll_elector::Column::PollId.eq(poll.id.0))
        .filter(poll_elector::Column::IssuedOn.is_null())
        .order_by_asc(poll_elector::Column::Id)
        .all(&tx)
        .await?;
    let mut letters = Vec::with_capacity(waiting.len());
    for row in waiting {
        let code = fresh_code()?;
        let (name, address) = (row.name.clone(), row.address.clone());
        let mut row: poll_elector::ActiveModel = row.into();
        row.token_hash = Set(Some(letter_hash(poll.id, &code)));
        row.update(&tx).await?;
        letters.push(LetterView {
            name: name.unwrap_or_default(),
            address: address.unwrap_or_default(),
            code,
        });
    }
    let detail = format!("poll {}, {} new letters", poll.number, letters.len());
    audit::append(&tx, now, Some(member.person), "register", &on.slug, &detail).await?;
    tx.commit().await?;
    Ok(letters)
}
