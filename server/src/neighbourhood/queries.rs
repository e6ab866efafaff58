//! Reads of concerns. Who raised one is read only for the page of its team.

use std::collections::{BTreeMap, HashMap};

use domain::code::Code;
use domain::ids::{AreaId, ConcernId};
use domain::insight::disclosure::PUBLIC;
use domain::neighbourhood::policy::Queue;
use domain::neighbourhood::read::{
    AreaPanel, ConcernView, Event, Listed, Part, QueueFilter, QueueView,
};
use domain::neighbourhood::{Category, Ownership, Route, Status, reply_clock};
use entity::{area, area_promise, concern, concern_contact, concern_event, team, team_area};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, Order, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select,
};

use crate::clock::{from_millis, from_millis_opt};
use crate::secret;

const A_PAGE: u64 = 20;

async fn mine(db: &impl ConnectionTrait, queue: &Queue) -> Result<Select<concern::Entity>, DbErr> {
    let find = concern::Entity::find();
    Ok(match queue {
        Queue::Referred => find.filter(concern::Column::Ownership.eq(Ownership::Council.code())),
        Queue::Team(teams) => {
            let areas: Vec<i64> = team_area::Entity::find()
                .filter(team_area::Column::TeamId.is_in(teams.iter().map(|team| team.0)))
                .all(db)
                .await?
                .into_iter()
                .map(|link| link.area_id)
                .collect();
            find.filter(concern::Column::AreaId.is_in(areas))
        }
    })
}

fn ended() -> [&'static str; 2] {
    [Status::Done.code(), Status::NoAction.code()]
}

/// A page of the queue.
///
/// # Errors
/// Those of the database.
pub async fn queue(
    db: &impl ConnectionTrait,
    queue: &Queue,
    filter: QueueFilter,
    now: Timestamp,
) -> Result<QueueView, DbErr> {
    let all = mine(db, queue).await?;
    let unanswered = all.clone().filter(concern::Column::FirstReplyAt.is_null());
    let waiting = (
        unanswered.clone().count(db).await?,
        unanswered
            .clone()
            .filter(concern::Column::ReplyDueAt.lt(now.as_millisecond()))
            .count(db)
            .await?,
    );
    let answered = all.filter(concern::Column::FirstReplyAt.is_not_null());
    let mut find = match filter.part {
        Part::Waiting => unanswered,
        Part::Answered => answered.filter(concern::Column::Status.is_not_in(ended())),
        Part::Ended => answered.filter(concern::Column::Status.is_in(ended())),
    };
    if let Some(ownership) = filter.ownership {
        find = find.filter(concern::Column::Ownership.eq(ownership.code()));
    }
    if let Some(status) = filter.status {
        find = find.filter(concern::Column::Status.eq(status.code()));
    }
    let total = find.clone().count(db).await?;
    let pages = total.div_ceil(A_PAGE).max(1);
    let page = filter.page.clamp(1, pages);
    let order = match filter.part {
        Part::Ended => Order::Desc,
        Part::Waiting | Part::Answered => Order::Asc,
    };
    let rows = find
        .order_by(concern::Column::ReplyDueAt, order.clone())
        .order_by(concern::Column::Id, order)
        .offset((page - 1) * A_PAGE)
        .limit(A_PAGE)
        .all(db)
        .await?;
    let wards = wards(db).await?;
    let items = rows
        .into_iter()
        .filter_map(|row| listed(&row, &wards, now))
        .collect();
    Ok(QueueView {
        items,
        filter: QueueFilter { page, ..filter },
        total,
        waiting,
        pages,
    })
}

async fn wards(db: &impl ConnectionTrait) -> Result<HashMap<i64, String>, DbErr> {
    Ok(area::Entity::find()
        .select_only()
        .columns([area::Column::Id, area::Column::Name])
        .into_tuple()
        .all(db)
        .await?
        .into_iter()
        .collect())
}

fn listed(row: &concern::Model, wards: &HashMap<i64, String>, now: Timestamp) -> Option<Listed> {
    Some(Listed {
        id: ConcernId(row.id),
        category: Category::from_code(&row.category)?,
        place: row.place.clone(),
        ward: wards.get(&row.area_id).cloned().unwrap_or_default(),
        submitted: from_millis(row.submitted_at),
        route: Route::new(
            Ownership::from_code(&row.ownership)?,
            row.sent_to.as_deref().unwrap_or_default(),
        ),
        status: Status::from_code(&row.status)?,
        clock: reply_clock(
            from_millis(row.reply_due_at),
            from_millis_opt(row.first_reply_at),
            now,
        ),
    })
}

/// A concern with what happened to it; `with_contact` for its team only.
///
/// # Errors
/// Those of the database.
pub async fn view(
    db: &impl ConnectionTrait,
    row: &concern::Model,
    with_contact: bool,
    now: Timestamp,
) -> Result<Option<ConcernView>, DbErr> {
    let wards = wards(db).await?;
    let Some(listed) = listed(row, &wards, now) else {
        return Ok(None);
    };
    let events = concern_event::Entity::find()
        .filter(concern_event::Column::ConcernId.eq(row.id))
        .order_by_asc(concern_event::Column::Id)
        .all(db)
        .await?
        .into_iter()
        .map(|event| Event {
            at: from_millis(event.at),
            kind: event.kind,
            text: event.text,
        })
        .collect();
    let contact = if with_contact {
        concern_contact::Entity::find_by_id(row.id)
            .one(db)
            .await?
            .map(|c| (c.name.unwrap_or_default(), c.email.unwrap_or_default()))
    } else {
        None
    };
    Ok(Some(ConcernView {
        listed,
        what: row.what.clone(),
        due: from_millis(row.reply_due_at),
        events,
        may_contact: row.may_contact,
        contact,
    }))
}

/// The concern of a receipt code.
///
/// # Errors
/// Those of the database.
pub async fn by_receipt(
    db: &impl ConnectionTrait,
    code: &str,
) -> Result<Option<concern::Model>, DbErr> {
    concern::Entity::find()
        .filter(concern::Column::ReceiptHash.eq(secret::code_hash(&Code::typed(code))))
        .one(db)
        .await
}

/// The ward of this code.
///
/// # Errors
/// Those of the database.
pub async fn ward(db: &impl ConnectionTrait, code: &str) -> Result<Option<area::Model>, DbErr> {
    area::Entity::find()
        .filter(area::Column::Code.eq(code))
        .one(db)
        .await
}

/// What everybody sees about a ward: counts through the disclosure gate, and what was done.
///
/// # Errors
/// Those of the database.
pub async fn area_panel(db: &impl ConnectionTrait, id: AreaId) -> Result<Option<AreaPanel>, DbErr> {
    let Some(ward) = area::Entity::find_by_id(id.0).one(db).await? else {
        return Ok(None);
    };
    let counted: BTreeMap<String, i64> = concern::Entity::find()
        .filter(concern::Column::AreaId.eq(id.0))
        .select_only()
        .column(concern::Column::Category)
        .column_as(concern::Column::Id.count(), "count")
        .group_by(concern::Column::Category)
        .into_tuple::<(String, i64)>()
        .all(db)
        .await?
        .into_iter()
        .collect();
    let counts: Vec<u64> = Category::ALL
        .iter()
        .map(|c| {
            counted
                .get(c.code())
                .and_then(|n| u64::try_from(*n).ok())
                .unwrap_or(0)
        })
        .collect();
    let shown = PUBLIC.table(&counts);
    let teams: Vec<i64> = team_area::Entity::find()
        .filter(team_area::Column::AreaId.eq(id.0))
        .all(db)
        .await?
        .into_iter()
        .map(|link| link.team_id)
        .collect();
    Ok(Some(AreaPanel {
        counts: Category::ALL.iter().copied().zip(shown).collect(),
        promises: area_promise::Entity::find()
            .filter(area_promise::Column::AreaId.eq(id.0))
            .order_by_desc(area_promise::Column::At)
            .limit(20)
            .all(db)
            .await?
            .into_iter()
            .map(|row| (row.you_said, row.we_did, from_millis(row.at)))
            .collect(),
        teams: team::Entity::find()
            .filter(team::Column::Id.is_in(teams))
            .all(db)
            .await?
            .into_iter()
            .map(|row| row.name)
            .collect(),
        code: ward.code,
        name: ward.name,
    }))
}
