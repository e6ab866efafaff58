//! A file as it is downloaded.

use domain::consultation::policy::{Permission, may};
use sea_orm::ConnectionTrait;

use crate::consultation::rows;
use crate::consultation::rows::documents::{DownloadedFile, by_token};
use crate::error::Denied;
use crate::granted::Caller;
use crate::poll::rows::lines;

/// The file of this token, if the caller may read the consultation that it belongs to: as a document,
/// or as a picture of one of its polls.
///
/// # Errors
/// Not found, also where even the consultation must not be known.
pub async fn file(
    db: &impl ConnectionTrait,
    caller: &Caller,
    token: &str,
) -> Result<DownloadedFile, Denied> {
    let file = by_token(db, token).await?.ok_or(Denied::NotFound)?;
    let of = match file.of {
        Some(id) => id,
        None => lines::of_picture(db, token)
            .await?
            .ok_or(Denied::NotFound)?,
    };
    let on = rows::by_id(db, of).await?.ok_or(Denied::NotFound)?;
    may(&caller.actor, Permission::View, &on.context(caller.now))?;
    Ok(file)
}
