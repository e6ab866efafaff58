//! Putting an option on the paper of a poll.

use domain::edit::CreationKey;
use domain::poll::{NewOption, PollAddress};

use super::option_refused::OptionRefused;
use super::{PollInHand, in_hand};
use crate::App;
use crate::consultation::commands::{NewPicture, read_picture, store_picture};
use crate::consultation::rows::steps::record_edit;
use crate::error::Refused;
use crate::granted::Caller;
use crate::poll::rows::options;
use crate::record::creation;

/// Puts an option on the paper, after those that are there.
#[derive(Clone, Debug)]
pub struct AddOption {
    /// Which poll.
    pub poll: PollAddress,
    /// What it says. Its cost counts in a budget only.
    pub option: NewOption,
    /// Its picture.
    pub picture: Option<NewPicture>,
    /// The key of the form.
    pub key: CreationKey,
}

/// Puts an option at the end of the paper.
///
/// # Errors
/// [`OptionRefused`].
pub async fn add_option(
    app: &App,
    caller: &Caller,
    command: AddOption,
) -> Result<(), Refused<OptionRefused>> {
    // What takes long is done before anybody waits for the lock, and for nobody but staff.
    caller.actor.signed_in()?;
    let picture = read_picture(command.picture).await;
    let tx = app.db.begin().await?;
    let PollInHand { draft, poll } = in_hand(&tx, caller, &command.poll)
        .await
        .map_err(OptionRefused::of)?;
    let picture = picture.map_err(|why| Refused::Because(OptionRefused::Picture(why)))?;
    let pictured = picture.as_ref().map(|picture| picture.digest());
    let key = creation::key_with(&command.key, &(&command.option, pictured));
    if creation::made(&draft, &key).await?.is_some() {
        return Ok(());
    }
    let mut option = command.option;
    option.cost = option.cost.filter(|_| poll.method.is_budget());
    poll.takes_option(None, &option, picture.is_some())
        .map_err(|why| Refused::Because(OptionRefused::Poll(why)))?;
    let token = match picture {
        Some(picture) => Some(store_picture(&draft, picture, &option.alt).await?),
        None => None,
    };
    let last = poll.options.iter().map(|one| one.position).max();
    let position = last.unwrap_or(0) + 1;
    let id = options::insert(&draft, poll.id, position, &option, token).await?;
    creation::keep(&draft, &key, id).await?;
    record_edit(&draft, &format!("poll {}: add option", poll.number)).await?;
    tx.commit().await?;
    Ok(())
}
