//! Concerns as rows.

use std::collections::BTreeMap;

use domain::code::Code;
use domain::council::AreaInCare;
use domain::ids::{AreaId, ConcernId, TeamId};
use domain::insight::disclosure::People;
use domain::neighbourhood::read::ConcernReceipt;
use domain::neighbourhood::{
    Answer, Category, Concern, NewConcern, Ownership, Route, Status, reply_due,
};
use domain::typed;
use entity::concern;
use sea_orm::sea_query::{LockType, OnConflict, Query};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait,
    QueryFilter, QuerySelect, Select,
};

use crate::council::rows::care;
use crate::db::{Tx, count, moment, moment_if, stored};
use crate::granted::{Granted, Locked};
use crate::secret::code_hash;

/// What a concern is called where its versions are kept, and in the record.
pub fn subject(id: ConcernId) -> String {
    format!("concern/{id}")
}

/// How many concerns of each category there are about an area. They are for a release; nobody sees
/// them.
///
/// # Errors
/// A category that can't be read is a fault.
pub async fn by_category(
    db: &impl ConnectionTrait,
    id: AreaId,
) -> Result<Vec<(Category, People)>, DbErr> {
    let mut counted: BTreeMap<Category, People> = BTreeMap::new();
    for (word, number) in concern::Entity::find()
        .filter(concern::Column::AreaId.eq(id.0))
        .select_only()
        .column(concern::Column::Category)
        .column_as(concern::Column::Id.count(), "count")
        .group_by(concern::Column::Category)
        .into_tuple::<(String, i64)>()
        .all(db)
        .await?
    {
        let category = stored(Category::from_code(&word), "a concern", &word)?;
        counted.insert(category, People::counted(count(number, "concerns")?));
    }
    let of = |category: &Category| counted.get(category).copied().unwrap_or_default();
    Ok(Category::ALL
        .iter()
        .map(|category| (*category, of(category)))
        .collect())
}

/// The codes of the areas about which there are concerns.
pub async fn areas_with_concerns(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let any = Query::select()
        .column(concern::Column::AreaId)
        .from(concern::Entity)
        .to_owned();
    crate::council::rows::areas::codes_in(db, any).await
}

/// Whose a row says that it is.
pub(in crate::neighbourhood) fn route(row: &concern::Model) -> Result<Route, DbErr> {
    let ownership = Ownership::from_code(&row.ownership);
    let ownership = stored(
        ownership,
        format_args!("concern {}", row.id),
        &row.ownership,
    )?;
    let sent_to = row.sent_to.as_deref().unwrap_or_default();
    Ok(Route::new(ownership, sent_to))
}

/// How far a row says that it has come.
pub(in crate::neighbourhood) fn status(row: &concern::Model) -> Result<Status, DbErr> {
    let status = Status::from_code(&row.status);
    stored(status, format_args!("concern {}", row.id), &row.status)
}

/// What a row says that it is about.
pub(in crate::neighbourhood) fn category(row: &concern::Model) -> Result<Category, DbErr> {
    let category = Category::from_code(&row.category);
    stored(category, format_args!("concern {}", row.id), &row.category)
}

/// What a row means to a decision, with the teams of its area.
pub(in crate::neighbourhood) fn read(
    row: &concern::Model,
    teams: Vec<TeamId>,
) -> Result<Concern, DbErr> {
    Ok(Concern {
        id: ConcernId(row.id),
        area: AreaId(row.area_id),
        teams,
        route: route(row)?,
        status: status(row)?,
        replied: moment_if(row.first_reply_at)?,
    })
}

/// Locks this concern until the transaction ends.
pub async fn lock(tx: &Tx, id: ConcernId) -> Result<Option<Locked<Concern>>, DbErr> {
    let find = concern::Entity::find_by_id(id.0).lock(LockType::NoKeyUpdate);
    let Some(row) = find.one(tx).await? else {
        return Ok(None);
    };
    let teams = care::teams_of(tx, AreaId(row.area_id)).await?;
    read(&row, teams).map(Locked::new).map(Some)
}

fn of_code(code: &Code) -> Select<concern::Entity> {
    concern::Entity::find().filter(concern::Column::ReceiptHash.eq(code_hash(code)))
}

/// The row of the concern of this code.
pub(in crate::neighbourhood) async fn by_code(
    db: &impl ConnectionTrait,
    code: &Code,
) -> Result<Option<concern::Model>, DbErr> {
    of_code(code).one(db).await
}

fn receipt_of(row: &concern::Model, code: &Code) -> Result<ConcernReceipt, DbErr> {
    Ok(ConcernReceipt {
        code: code.to_string(),
        due: moment(row.reply_due_at)?,
        mailed: false,
    })
}

/// The receipt of the concern of this code: only what is stored is acknowledged.
pub async fn receipt(
    db: &impl ConnectionTrait,
    code: &Code,
) -> Result<Option<ConcernReceipt>, DbErr> {
    let row = of_code(code).one(db).await?;
    row.map(|row| receipt_of(&row, code)).transpose()
}

/// The same, with its concern locked until the transaction ends.
pub async fn lock_receipt(tx: &Tx, code: &Code) -> Result<Option<Locked<ConcernReceipt>>, DbErr> {
    let row = of_code(code).lock(LockType::NoKeyUpdate).one(tx).await?;
    row.map(|row| receipt_of(&row, code).map(Locked::new))
        .transpose()
}

/// What is stored of a concern's key and of its code.
#[derive(Clone, Debug)]
pub struct Hashes {
    /// Of the key.
    pub key: String,
    /// Of the code.
    pub receipt: String,
}

/// Adds a concern; nothing where its key was taken before.
pub async fn insert(
    granted: &Granted<'_, AreaInCare>,
    category: Category,
    new: &NewConcern,
    hashes: Hashes,
    invented: bool,
) -> Result<Option<ConcernId>, DbErr> {
    let now = granted.now();
    let key = hashes.key.clone();
    let added = concern::Entity::insert(concern::ActiveModel {
        area_id: Set(granted.root().area.id.0),
        category: Set(category.code().to_owned()),
        what: Set(typed::trimmed(&new.what).to_owned()),
        place: Set(typed::trimmed(&new.place).to_owned()),
        may_contact: Set(new.may_contact),
        idempotency_key: Set(hashes.key),
        receipt_hash: Set(hashes.receipt),
        submitted_at: Set(now.as_millisecond()),
        reply_due_at: Set(reply_due(now).as_millisecond()),
        ownership: Set(Ownership::Open.code().to_owned()),
        status: Set(Status::New.code().to_owned()),
        invented: Set(invented),
        ..Default::default()
    })
    .on_conflict(
        OnConflict::column(concern::Column::IdempotencyKey)
            .do_nothing()
            .to_owned(),
    )
    .exec_without_returning(granted.tx())
    .await?;
    if added == 0 {
        return Ok(None);
    }
    Ok(concern::Entity::find()
        .select_only()
        .column(concern::Column::Id)
        .filter(concern::Column::IdempotencyKey.eq(key))
        .into_tuple::<i64>()
        .one(granted.tx())
        .await?
        .map(ConcernId))
}

/// Writes whose the concern is, how far it has come, and that it was replied to.
pub async fn update(granted: &Granted<'_, Concern>, answer: &Answer) -> Result<(), DbErr> {
    let before = granted.root();
    let replied = before
        .replied
        .or((!answer.reply.is_empty()).then(|| granted.now()));
    let sent_to = Some(answer.route.sent_to.clone()).filter(|text| !text.is_empty());
    concern::ActiveModel {
        id: Set(before.id.0),
        ownership: Set(answer.route.ownership.code().to_owned()),
        sent_to: Set(sent_to),
        status: Set(answer.status.code().to_owned()),
        first_reply_at: Set(replied.map(|at| at.as_millisecond())),
        ..Default::default()
    }
    .update(granted.tx())
    .await
    .map(drop)
}
