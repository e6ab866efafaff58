//! A letter that an administrator has sent again.

use jiff::Timestamp;
use sea_orm::DbErr;

use crate::db::Tx;
use crate::granted::Locked;
use crate::record::letters::{self, SoughtLetter};

/// Locks a letter until the transaction ends; nothing where there is none of this number any more.
pub async fn lock(tx: &Tx, id: i64, now: Timestamp) -> Result<Option<Locked<SoughtLetter>>, DbErr> {
    Ok(letters::hold(tx, id, now).await?.map(Locked::new))
}
