//! Giving out ballot papers: one transaction that says of an elector that a paper was issued, and
//! puts an unmarked paper beside all the others. Nothing joins the two.
//!
//! Invariant: an elector has one paper; the same form sent twice gives the same paper; a form that
//! another elector's paper came from gives none.

use app::messages::poll::voter as words;
use domain::account::Email;
use domain::consultation::Consultation;
use domain::ids::PollId;
use domain::poll::Poll;
use entity::{poll, poll_ballot, poll_elector};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait,
    PaginatorTrait, QueryFilter, QuerySelect,
};

use crate::App;
use crate::http::Error;
use crate::limits::Try;
use crate::mail::Letter;
use crate::poll::code::{self, letter_hash};
use crate::record::outbox::{self, Effect};
use crate::secret;

/// Days for which a link works, after that on which it was asked for.
const LINK_DAYS: i32 = 3;

/// Why no paper is issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IssueRefused {
    /// No letter or link of this poll is like that.
    Unknown,
    /// The link has run out.
    Expired,
    /// A paper was issued for it before, and not by this form.
    Used,
    /// This form has given a paper to somebody else: it needs another code.
    StaleForm,
    /// The list of ballots has been published.
    Published,
}

/// What shows that somebody may have a paper.
#[derive(Clone, Copy, Debug)]
pub enum Proof<'a> {
    /// The code of a letter.
    Letter(&'a str),
    /// The token of a link that was sent by email.
    Link(&'a str),
}

/// The day, no finer.
pub(super) fn day(now: Timestamp) -> String {
    app::ui::dates::day_of(now).to_string()
}

/// Issues the paper of this voting code to whoever shows this proof.
///
/// # Errors
/// Those of the writer; inside, why not.
pub async fn issue(
    app: &App,
    poll: &Poll,
    proof: Proof<'_>,
    voting_code: &str,
    now: Timestamp,
) -> Result<Result<(), IssueRefused>, Error> {
    let token_hash = match proof {
        Proof::Letter(code) => letter_hash(poll.id, code),
        Proof::Link(token) => match link_works(app, poll.id, token, now) {
            Ok(()) => secret::hash(token),
            Err(refused) => return Ok(Err(refused)),
        },
    };
    let (poll, hash, today) = (poll.id, code::hash(poll.id, voting_code), day(now));
    let issued = app
        .writer
        .write(move |tx| {
            let (token_hash, hash, today) = (token_hash.clone(), hash.clone(), today.clone());
            Box::pin(give(tx, poll, token_hash, hash, today))
        })
        .await?;
    if issued.is_ok() {
        app.pending_shuffles.add(poll);
    }
    Ok(issued)
}

async fn give(
    tx: &DatabaseTransaction,
    poll: PollId,
    token_hash: String,
    code_hash: String,
    today: String,
) -> Result<Result<(), IssueRefused>, DbErr> {
    if !open(tx, poll).await? {
        return Ok(Err(IssueRefused::Published));
    }
    let elector = poll_elector::Entity::find()
        .filter(poll_elector::Column::PollId.eq(poll.0))
        .filter(poll_elector::Column::TokenHash.eq(token_hash))
        .lock_exclusive()
        .one(tx)
        .await?;
    let Some(elector) = elector else {
        return Ok(Err(IssueRefused::Unknown));
    };
    let there = poll_ballot::Entity::find_by_id((poll.0, code_hash.clone()))
        .count(tx)
        .await?;
    match (elector.issued_on.is_some(), there > 0) {
        (true, true) => return Ok(Ok(())),
        (true, false) => return Ok(Err(IssueRefused::Used)),
        (false, true) => return Ok(Err(IssueRefused::StaleForm)),
        (false, false) => {}
    }
    poll_elector::Entity::update_many()
        .col_expr(poll_elector::Column::IssuedOn, Expr::value(today))
        .filter(poll_elector::Column::Id.eq(elector.id))
        .exec(tx)
        .await?;
    poll_ballot::Entity::insert(poll_ballot::ActiveModel {
        poll_id: Set(poll.0),
        code_hash: Set(code_hash),
        choices: Set(None),
        commitment: Set(None),
        paper: Set(false),
        set_aside: Set(false),
        source: Set(None),
    })
    .exec_without_returning(tx)
    .await?;
    Ok(Ok(()))
}

/// Whether ballots of this poll still change. Holds its row, so that nothing is laid anew or
/// published meanwhile.
pub(super) async fn open(tx: &impl ConnectionTrait, id: PollId) -> Result<bool, DbErr> {
    let there = poll::Entity::find_by_id(id.0).lock_shared().one(tx).await?;
    Ok(there.is_some() && crate::poll::queries::published(tx, id).await?.is_none())
}

const LINK: &str = "poll-link";

/// The token of the link for an elector on a day: asked for twice, it is the same.
fn token(app: &App, poll: PollId, key_hash: &str, today: &str) -> String {
    let mac = app.config.secret.mac(
        "poll-elector-link",
        format!("{poll}/{key_hash}/{today}").as_bytes(),
    );
    let own: String = secret::hex(&mac).chars().take(32).collect();
    app.config
        .secret
        .sign(LINK, &format!("{poll}.{today}.{own}"))
}

/// Whether a link is one of ours for this poll, and of these days.
///
/// # Errors
/// Why not.
pub fn link_works(
    app: &App,
    poll: PollId,
    token: &str,
    now: Timestamp,
) -> Result<(), IssueRefused> {
    let value = app
        .config
        .secret
        .verify(LINK, token)
        .ok_or(IssueRefused::Unknown)?;
    let mut parts = value.split('.');
    if parts.next() != Some(poll.to_string().as_str()) {
        return Err(IssueRefused::Unknown);
    }
    let made: jiff::civil::Date = parts
        .next()
        .and_then(|text| text.parse().ok())
        .ok_or(IssueRefused::Unknown)?;
    let today = app::ui::dates::day_of(now);
    let days = made.until(today).map_or(i32::MAX, |span| span.get_days());
    if (0..=LINK_DAYS).contains(&days) {
        Ok(())
    } else {
        Err(IssueRefused::Expired)
    }
}

/// Sends somebody the link to their paper. The same is done, and takes as long, whether or not
/// they have asked before and whether or not they have a paper.
///
/// # Errors
/// Those of the database.
pub async fn request(
    app: &App,
    on: &Consultation,
    poll: &Poll,
    email: &Email,
    now: Timestamp,
) -> Result<(), Error> {
    let mac = app.config.secret.mac(
        "poll-elector",
        format!("{}/{}", poll.id, email.as_str()).as_bytes(),
    );
    let key_hash = secret::hex(&mac);
    // Nobody's letter box is filled by somebody else: beyond a few, nothing more is sent.
    let counted = format!("poll {key_hash}");
    let silent = app.limits.reserve(&counted).map(Try::keep).is_err();
    let token = token(app, poll.id, &key_hash, &day(now));
    let tx = app.db.begin().await?;
    open(&tx, poll.id).await?;
    poll_elector::Entity::insert(poll_elector::ActiveModel {
        poll_id: Set(poll.id.0),
        name: Set(None),
        address: Set(None),
        key_hash: Set(key_hash.clone()),
        token_hash: Set(None),
        issued_on: Set(None),
        ..Default::default()
    })
    .on_conflict(
        OnConflict::columns([poll_elector::Column::PollId, poll_elector::Column::KeyHash])
            .do_nothing()
            .to_owned(),
    )
    .exec_without_returning(&tx)
    .await?;
    poll_elector::Entity::update_many()
        .col_expr(
            poll_elector::Column::TokenHash,
            Expr::value(secret::hash(&token)),
        )
        .filter(poll_elector::Column::PollId.eq(poll.id.0))
        .filter(poll_elector::Column::KeyHash.eq(&key_hash))
        .filter(poll_elector::Column::IssuedOn.is_null())
        .exec(&tx)
        .await?;
    let issued = poll_elector::Entity::find()
        .filter(poll_elector::Column::PollId.eq(poll.id.0))
        .filter(poll_elector::Column::KeyHash.eq(&key_hash))
        .filter(poll_elector::Column::IssuedOn.is_not_null())
        .count(&tx)
        .await?;
    let base = &app.config.base_url;
    let body = if issued > 0 {
        let page = app::paths::poll_part(&on.slug, poll.number, "paper");
        words::letter_again(&poll.question, &format!("{base}{page}"))
    } else {
        let page = app::paths::poll_part(&on.slug, poll.number, "link");
        words::letter(&poll.question, &format!("{base}{page}?token={token}"))
    };
    if !silent {
        let letter = Letter {
            to: email.as_str().to_owned(),
            subject: words::LETTER_SUBJECT.to_owned(),
            body,
        };
        outbox::push(&tx, now, &Effect::Mail(letter)).await?;
    }
    tx.commit().await?;
    Ok(())
}
