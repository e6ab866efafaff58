//! Who may have a ballot paper, as rows.
//!
//! Invariant: of a letter's code the hash is stored; of a paper that was issued the day, no finer.

use std::collections::HashMap;

use domain::consultation::Consultation;
use domain::ids::PollId;
use domain::poll::NewElector;
use domain::typed::is_seen;
use entity::poll_elector;
use jiff::civil::Date;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Value,
};
use unicase::UniCase;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::db::sql;
use crate::granted::Granted;
use crate::poll::code::letter_hash;
use crate::secret;

/// Rows written in one statement.
const AT_ONCE: usize = 500;

/// What makes one elector different from another within a poll: their name and address, whatever
/// their case, their white space, their punctuation and the form of their accents.
pub fn elector_key(elector: &NewElector) -> String {
    secret::hash(format!(
        "{}\n{}",
        words(&elector.name),
        words(&elector.address)
    ))
}

/// The words of a text as they are compared.
fn words(text: &str) -> String {
    let seen = |c: &char| c.is_whitespace() || is_seen(*c);
    let seen: String = text.nfd().filter(seen).collect();
    let folded: String = UniCase::new(seen).to_folded_case().nfc().collect();
    folded
        .split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c))
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// How many may have a paper, and how many were given one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Issued {
    /// All of them.
    pub electors: u64,
    /// Those with a paper.
    pub issued: u64,
}

/// The electors of these polls, counted.
pub async fn counts(
    db: &impl ConnectionTrait,
    polls: &[PollId],
) -> Result<HashMap<PollId, Issued>, DbErr> {
    if polls.is_empty() {
        return Ok(HashMap::new());
    }
    let found: Vec<(i64, i64, i64)> = poll_elector::Entity::find()
        .select_only()
        .column(poll_elector::Column::PollId)
        .column_as(poll_elector::Column::Id.count(), "electors")
        .column_as(poll_elector::Column::IssuedOn.count(), "issued")
        .filter(poll_elector::Column::PollId.is_in(polls.iter().map(|id| id.0)))
        .group_by(poll_elector::Column::PollId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(found
        .into_iter()
        .map(|(poll, electors, issued)| {
            let issued = Issued {
                electors: electors.unsigned_abs(),
                issued: issued.unsigned_abs(),
            };
            (PollId(poll), issued)
        })
        .collect())
}

/// Somebody on a register who has no paper yet.
#[derive(Clone)]
pub struct Waiting {
    /// Which row.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// Their address.
    pub address: String,
    /// What makes them different from others.
    pub key_hash: String,
    /// The hash of the code of their letter.
    pub token_hash: Option<String>,
}

/// Everybody on the register of a poll who has no paper yet.
pub async fn waiting(db: &impl ConnectionTrait, poll: PollId) -> Result<Vec<Waiting>, DbErr> {
    Ok(poll_elector::Entity::find()
        .filter(poll_elector::Column::PollId.eq(poll.0))
        .filter(poll_elector::Column::IssuedOn.is_null())
        .order_by_asc(poll_elector::Column::Id)
        .all(db)
        .await?
        .into_iter()
        .map(|row| Waiting {
            id: row.id,
            name: row.name.unwrap_or_default(),
            address: row.address.unwrap_or_default(),
            key_hash: row.key_hash,
            token_hash: row.token_hash,
        })
        .collect())
}

/// An elector with the code of their letter, to be stored.
pub struct Lettered {
    /// Who.
    pub elector: NewElector,
    /// What is stored of the code.
    pub token_hash: String,
}

/// Puts these electors in the place of those there are.
pub async fn replace(
    granted: &Granted<'_, Consultation>,
    poll: PollId,
    electors: &[Lettered],
) -> Result<(), DbErr> {
    remove_all(granted, poll).await?;
    for some in electors.chunks(AT_ONCE) {
        let rows = some.iter().map(|one| poll_elector::ActiveModel {
            poll_id: Set(poll.0),
            name: Set(Some(one.elector.name.clone())),
            address: Set(Some(one.elector.address.clone())),
            key_hash: Set(elector_key(&one.elector)),
            token_hash: Set(Some(one.token_hash.clone())),
            issued_on: Set(None),
            ..Default::default()
        });
        poll_elector::Entity::insert_many(rows)
            .exec_without_returning(granted.tx())
            .await?;
    }
    Ok(())
}

/// Writes the hashes of new letters: row, hash. One statement for many.
pub async fn set_letters(
    granted: &Granted<'_, Consultation>,
    letters: &[(i64, String)],
) -> Result<(), DbErr> {
    let tx = granted.tx();
    for some in letters.chunks(AT_ONCE) {
        // PostgreSQL takes the types of the columns from the first row.
        let rest = ", (?, ?)".repeat(some.len().saturating_sub(1));
        let text = format!(
            "UPDATE poll_elector SET token_hash = letter.column2 \
             FROM (VALUES (CAST(? AS BIGINT), CAST(? AS TEXT)){rest}) AS letter \
             WHERE poll_elector.id = letter.column1"
        );
        let values = some
            .iter()
            .flat_map(|(id, hash)| [Value::from(*id), Value::from(hash.as_str())]);
        tx.execute_raw(sql(tx.get_database_backend(), &text, values))
            .await?;
    }
    Ok(())
}

/// What is known of the letter with a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterState {
    /// No letter of this poll has it.
    Unknown,
    /// Nobody has had a paper for it; the row of its elector.
    Unused(i64),
    /// A paper was issued for it.
    Used,
}

/// The letter of this code.
pub async fn letter(
    db: &impl ConnectionTrait,
    poll: PollId,
    code: &str,
) -> Result<LetterState, DbErr> {
    let found = poll_elector::Entity::find()
        .filter(poll_elector::Column::PollId.eq(poll.0))
        .filter(poll_elector::Column::TokenHash.eq(letter_hash(poll, code)))
        .one(db)
        .await?;
    Ok(match found {
        None => LetterState::Unknown,
        Some(row) if row.issued_on.is_some() => LetterState::Used,
        Some(row) => LetterState::Unused(row.id),
    })
}

/// Says that an elector was given a paper on this day.
pub async fn set_issued(
    granted: &Granted<'_, Consultation>,
    elector: i64,
    day: Date,
) -> Result<(), DbErr> {
    poll_elector::Entity::update_many()
        .col_expr(poll_elector::Column::IssuedOn, Expr::value(day.to_string()))
        .filter(poll_elector::Column::Id.eq(elector))
        .exec(granted.tx())
        .await
        .map(drop)
}

/// Takes everybody off the register.
pub async fn remove_all(granted: &Granted<'_, Consultation>, poll: PollId) -> Result<(), DbErr> {
    poll_elector::Entity::delete_many()
        .filter(poll_elector::Column::PollId.eq(poll.0))
        .exec(granted.tx())
        .await
        .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str, address: &str) -> String {
        elector_key(&NewElector {
            name: name.to_owned(),
            address: address.to_owned(),
        })
    }

    #[test]
    fn a_person_is_one_however_their_name_is_written() {
        for [one, other] in [
            ["Zo\u{eb} Lee", "ZOE\u{308} LEE"],
            ["Zo\u{eb} Lee", "zoe\u{308}\u{a0} lee"],
            ["Anna Groß", "ANNA GROSS"],
            ["Νίκος", "ΝΊΚΟΣ"],
            ["Nguy\u{1ec5}n", "Nguye\u{302}\u{303}n"],
            ["Jo\u{ad}hn Smith", "\u{200b}JOHN\tSMITH "],
            ["Jo\u{61c}hn Smith", "Jo\u{34f}hn Smith\u{3164}"],
            ["Ann-Marie O’Neil", "ANN MARIE O'NEIL"],
        ] {
            assert_eq!(key(one, "1 A St"), key(other, "1 a  st."), "{one} {other}");
        }
    }

    #[test]
    fn two_people_are_two() {
        for [one, other] in [
            ["Zoë Lee", "Zoe Lee"],
            ["John Smith", "John Smith (senior)"],
            ["An Lee", "Anlee"],
            ["கமலா", "கமல"],
        ] {
            assert_ne!(key(one, "1 A St"), key(other, "1 A St"), "{one} {other}");
        }
        assert_ne!(key("Ann", "Lee 1 A St"), key("Ann Lee", "1 A St"));
    }
}
