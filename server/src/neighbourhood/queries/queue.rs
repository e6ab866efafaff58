//! The queue of a neighbourhood team, and of the council's moderators.

use domain::neighbourhood::policy::Queue;
use domain::neighbourhood::read::{Part, QueueFilter, QueueView};
use domain::neighbourhood::{Ownership, Status};
use entity::concern;
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, Order, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select,
};

use crate::council::rows::{areas, care};
use crate::neighbourhood::queries::concern::listed;

const A_PAGE: u64 = 20;

async fn mine(db: &impl ConnectionTrait, queue: &Queue) -> Result<Select<concern::Entity>, DbErr> {
    let find = concern::Entity::find();
    Ok(match queue {
        Queue::Referred => find.filter(concern::Column::Ownership.eq(Ownership::Council.code())),
        Queue::Team(teams) => {
            let areas = care::areas_of(db, teams).await?;
            find.filter(concern::Column::AreaId.is_in(areas.iter().map(|area| area.id.0)))
        }
    })
}

fn ended() -> [&'static str; 2] {
    [Status::Done.code(), Status::NoAction.code()]
}

/// A page of the queue.
pub async fn queue(
    db: &impl ConnectionTrait,
    queue: &Queue,
    filter: QueueFilter,
    now: Timestamp,
) -> Result<QueueView, DbErr> {
    let all = mine(db, queue).await?;
    let unanswered = all.clone().filter(concern::Column::FirstReplyAt.is_null());
    let waiting = unanswered.clone().count(db).await?;
    let overdue = unanswered
        .clone()
        .filter(concern::Column::ReplyDueAt.lt(now.as_millisecond()))
        .count(db)
        .await?;
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
    let areas = areas::by_id(db).await?;
    let items = rows
        .iter()
        .map(|row| listed(row, &areas, now))
        .collect::<Result<_, _>>()?;
    Ok(QueueView {
        items,
        filter: QueueFilter { page, ..filter },
        total,
        waiting,
        overdue,
        pages,
    })
}
