//! Changing what an option of a poll says.

use domain::edit::Version;
use domain::ids::PollOptionId;
use domain::poll::section::option_subject;
use domain::poll::{NewOption, PollAddress};
use domain::typed;

use super::option_refused::OptionRefused;
use super::{PollInHand, in_hand};
use crate::App;
use crate::consultation::commands::{CleanPicture, NewPicture, read_picture, store_picture};
use crate::consultation::rows::steps::record_edit;
use crate::error::Refused;
use crate::granted::Caller;
use crate::poll::rows::options;
use crate::record::revision::{Moved, advance};

/// Changes what an option says.
#[derive(Clone, Debug)]
pub struct ChangeOption {
    /// Which poll.
    pub poll: PollAddress,
    /// Which option.
    pub option: PollOptionId,
    /// The version that the person saw.
    pub seen: Version,
    /// What it says from now on. No words for the picture leave those that it has.
    pub says: NewOption,
    /// Another picture; none leaves the one that it has.
    pub picture: Option<NewPicture>,
}

/// Changes what an option says, where it stands.
///
/// # Errors
/// [`OptionRefused`]; that a colleague changed it since.
pub async fn change_option(
    app: &App,
    caller: &Caller,
    command: ChangeOption,
) -> Result<(), Refused<OptionRefused>> {
    // What takes long is done before anybody waits for the lock, and for nobody but staff.
    caller.actor.signed_in()?;
    let picture = read_picture(command.picture).await;
    let tx = app.db.begin().await?;
    let PollInHand { draft, poll } = in_hand(&tx, caller, &command.poll)
        .await
        .map_err(OptionRefused::of)?;
    let picture = picture.map_err(|why| Refused::Because(OptionRefused::Picture(why)))?;
    let before = poll
        .option_of(command.option)
        .ok_or(Refused::Because(OptionRefused::Gone))?;
    let mut says = command.says;
    says.cost = says.cost.filter(|_| poll.method.is_budget());
    let subject = option_subject(command.option);
    let content = (&says, picture.as_ref().map(CleanPicture::digest));
    if advance(&draft, &subject, command.seen, &content).await? == Moved::On {
        poll.takes_option(Some(command.option), &says, picture.is_some())
            .map_err(|why| Refused::Because(OptionRefused::Poll(why)))?;
        let (mut token, words) = before.picture.clone().unzip();
        if typed::is_blank(&says.alt) {
            says.alt = words.unwrap_or_default();
        }
        if let Some(picture) = picture {
            token = Some(store_picture(&draft, picture, &says.alt).await?);
        }
        options::change(&draft, command.option, &says, token).await?;
        record_edit(&draft, &format!("poll {}: change option", poll.number)).await?;
    }
    tx.commit().await?;
    Ok(())
}
