//! What the officers' desk shows of polls. Each read asks permission first.

use domain::consultation::Consultation;
use domain::edit::Versions;
use domain::poll::policy::{
    CastRefused, Policy, may_cast, may_keep_register, may_key_paper, may_publish, may_set_up,
};
use domain::poll::read::{DeskMay, DeskPoll, DeskPollLine, DeskPolls, Published};
use domain::poll::section::{as_read, subjects};
use domain::poll::{Electorate, Poll, PollAddress, Section};
use sea_orm::{ConnectionTrait, DbErr};

use crate::consultation;
use crate::consultation::queries::permitted_by;
use crate::council;
use crate::error::Denied;
use crate::granted::Caller;
use crate::poll::queries;
use crate::poll::rows::{ballots, counts, electors, polls};
use crate::record::revision;

/// The polls of a consultation, if the policy lets the caller see them.
///
/// # Errors
/// Not found, or why it is not permitted.
pub async fn list(
    db: &impl ConnectionTrait,
    caller: &Caller,
    slug: &str,
    policy: Policy,
) -> Result<DeskPolls, Denied> {
    let on = permitted_by(db, caller, slug, policy).await?;
    let found = polls::all(db, on.id).await?;
    let ids: Vec<_> = found.iter().map(|poll| poll.id).collect();
    let cast = ballots::cast(db, &ids).await?;
    let register = electors::counts(db, &ids).await?;
    let published = counts::published_of(db, &ids).await?;
    let polls = found
        .into_iter()
        .map(|mut poll| {
            let mut turnout = cast.get(&poll.id).copied().unwrap_or_default();
            if poll.electorate == Electorate::Register {
                let issued = register.get(&poll.id).copied().unwrap_or_default();
                turnout.electors = Some(issued.electors);
            }
            poll.seed.clear();
            DeskPollLine {
                faults: poll.faults_with(on.voting_allowed, turnout.electors),
                published: published.contains(&poll.id),
                turnout,
                poll,
            }
        })
        .collect();
    Ok(DeskPolls {
        slug: on.slug.clone(),
        title: on.title.clone(),
        regime: consultation::rows::facts::held_under(db, on.id).await?,
        editable: may_set_up(&caller.actor, &on, caller.now).is_ok(),
        polls,
        closed: may_cast(&on, caller.now) == Err(CastRefused::Closed),
    })
}

/// Everything about a poll that its desk shows, if the policy lets the caller see it.
///
/// # Errors
/// Not found, or why it is not permitted.
pub async fn poll(
    db: &impl ConnectionTrait,
    caller: &Caller,
    at: &PollAddress,
    policy: Policy,
) -> Result<DeskPoll, Denied> {
    let on = permitted_by(db, caller, &at.slug, policy).await?;
    let parts = polls::find(db, on.id, at.number)
        .await?
        .ok_or(Denied::NotFound)?;
    let versions = versions(db, &parts).await?;
    // Its words once more, now that the versions are known.
    let poll = polls::find(db, on.id, at.number)
        .await?
        .ok_or(Denied::NotFound)?;
    shown(db, caller, &on, poll, versions).await
}

/// The same, for somebody who keeps the register of a poll that has one.
///
/// # Errors
/// Not found, or why it is not permitted.
pub async fn register(
    db: &impl ConnectionTrait,
    caller: &Caller,
    at: &PollAddress,
) -> Result<DeskPoll, Denied> {
    let view = poll(db, caller, at, may_keep_register).await?;
    if view.view.poll.electorate == Electorate::Register {
        Ok(view)
    } else {
        Err(Denied::NotFound)
    }
}

/// Wards to choose from: number, name.
pub async fn wards(db: &impl ConnectionTrait) -> Result<Vec<(String, String)>, DbErr> {
    Ok(council::rows::areas::wards(db)
        .await?
        .into_iter()
        .map(|ward| (ward.id.to_string(), ward.name))
        .collect())
}

async fn shown(
    db: &impl ConnectionTrait,
    caller: &Caller,
    on: &Consultation,
    mut poll: Poll,
    versions: Versions,
) -> Result<DeskPoll, Denied> {
    let turnout = queries::turnout(db, &poll).await?;
    let issued = queries::on_register(db, poll.id).await?.issued;
    let published = counts::head(db, poll.id).await?;
    let may = may(caller, on, &poll, published.is_none());
    let read = as_read(&poll, versions.of(&Section::Register.subject(poll.id)));
    let seed = std::mem::take(&mut poll.seed);
    Ok(DeskPoll {
        read,
        faults: poll.faults_with(on.voting_allowed, turnout.electors),
        turnout,
        issued,
        regime: consultation::rows::facts::held_under(db, on.id).await?,
        contact: consultation::rows::facts::contact(db, on.id).await?,
        may,
        published: published.map(|list| Published {
            hash: list.list_hash,
            at: app::ui::dates::long(list.published_at),
            seed,
        }),
        wards: wards(db).await?,
        versions,
        view: queries::view(db, on, poll, caller.now).await?,
    })
}

fn may(caller: &Caller, on: &Consultation, poll: &Poll, open: bool) -> DeskMay {
    let (actor, now) = (&caller.actor, caller.now);
    DeskMay {
        edit: may_set_up(actor, on, now).is_ok(),
        register: poll.electorate == Electorate::Register
            && may_keep_register(actor, on, now).is_ok(),
        key: open && may_key_paper(actor, on, now).is_ok(),
        publish: open && may_publish(actor, on, now).is_ok(),
    }
}

async fn versions(db: &impl ConnectionTrait, poll: &Poll) -> Result<Versions, DbErr> {
    revision::versions(db, &subjects(poll)).await
}
