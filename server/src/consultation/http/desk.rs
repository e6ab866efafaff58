//! The desk: list, begin, overview, and the steps from stage to stage.

use app::consultation::{forms, pages};
use app::messages::consultation as words;
use app::paths;
use app::ui::form::FormState;
use app::ui::shell::Shell;
use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use domain::account::{Member, NotPermitted, Role};
use domain::consultation::policy::{Act, may};
use domain::consultation::{Consultation, GateRefused, Stage, check_publication};
use domain::ids::TeamId;
use entity::{consultation, consultation_team, regime, team};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::App;
use crate::consultation::service::{self, NewDraft};
use crate::consultation::whole::{publication, whole};
use crate::consultation::{hub, permitted, queries};
use crate::http::{Error, Form, Visit, see_other};
use crate::secret;

const A_PAGE: u64 = 25;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/desk/consultations", get(list))
        .route("/desk/consultations/new", get(new_form).post(create))
        .route("/desk/consultations/{slug}", get(overview))
        .route("/desk/consultations/{slug}/preview", get(preview))
        .route("/desk/consultations/{slug}/submit", post(submit))
        .route("/desk/consultations/{slug}/approve", post(approve))
        .route(
            "/desk/consultations/{slug}/send-back",
            get(ask_send_back).post(send_back),
        )
        .route("/desk/consultations/{slug}/publish", post(publish))
        .route(
            "/desk/consultations/{slug}/withdraw",
            get(ask_withdraw).post(withdraw),
        )
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct Asked {
    page: String,
}

async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let member = visit.actor.signed_in()?;
    let db = visit.app.db.read();
    let mut find = consultation::Entity::find();
    let audits = member.holds_for(Role::Auditor, domain::account::OrganisationKind::Council);
    if !audits {
        let teams: Vec<i64> = member.roles.iter().map(|(team, _, _)| team.0).collect();
        let shared: Vec<i64> = consultation_team::Entity::find()
            .filter(consultation_team::Column::TeamId.is_in(teams.clone()))
            .select_only()
            .column(consultation_team::Column::ConsultationId)
            .into_tuple()
            .all(db)
            .await?;
        find = find.filter(
            Condition::any()
                .add(consultation::Column::TeamId.is_in(teams))
                .add(consultation::Column::Id.is_in(shared)),
        );
    }
    let pages = find.clone().count(db).await?.div_ceil(A_PAGE).max(1);
    let page = asked.page.parse::<u64>().unwrap_or(1).clamp(1, pages);
    let rows = find
        .order_by_desc(consultation::Column::CreatedAt)
        .order_by_desc(consultation::Column::Id)
        .offset((page - 1) * A_PAGE)
        .limit(A_PAGE)
        .all(db)
        .await?;
    let listed = hub::listed(db, rows, visit.now).await?;
    let may_create = member.holds_anywhere(Role::Officer);
    let shell = Shell {
        wide: true,
        ..visit.shell("Consultations of your teams")
    };
    Ok(visit.page_of(StatusCode::OK, shell, || {
        pages::desk(&listed, page, pages, may_create)
    }))
}

/// Regimes to choose from: code, name.
pub(super) async fn regimes(db: &impl ConnectionTrait) -> Result<Vec<(String, String)>, DbErr> {
    Ok(regime::Entity::find()
        .order_by_asc(regime::Column::Id)
        .all(db)
        .await?
        .into_iter()
        .map(|row| {
            (
                row.code,
                format!("{} (at least {} days)", row.name, row.minimum_days),
            )
        })
        .collect())
}

async fn officers_teams(
    db: &impl ConnectionTrait,
    member: &Member,
) -> Result<Vec<(String, String)>, DbErr> {
    let mine: Vec<i64> = member
        .teams_as(Role::Officer)
        .into_iter()
        .map(|team| team.0)
        .collect();
    Ok(team::Entity::find()
        .filter(team::Column::Id.is_in(mine))
        .order_by_asc(team::Column::Name)
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id.to_string(), row.name))
        .collect())
}

fn officer(visit: &Visit) -> Result<Member, Error> {
    let member = visit.actor.signed_in()?;
    if member.holds_anywhere(Role::Officer) {
        Ok(member.clone())
    } else {
        Err(NotPermitted::Forbidden.into())
    }
}

async fn new_page(visit: &Visit, member: &Member, state: FormState) -> Result<Response, Error> {
    let db = visit.app.db.read();
    let (teams, regimes) = (officers_teams(db, member).await?, regimes(db).await?);
    let refused = !state.errors.is_empty();
    let body = || pages::new(&state, &teams, &regimes);
    Ok(if refused {
        visit.refused("Begin a consultation", body)
    } else {
        visit.page("Begin a consultation", body)
    })
}

async fn new_form(visit: Visit) -> Result<Response, Error> {
    let member = officer(&visit)?;
    let key = secret::token().map_err(Error::unexpected)?;
    new_page(&visit, &member, FormState::new().with("key", key)).await
}

async fn create(visit: Visit, form: Form) -> Result<Response, Error> {
    let member = officer(&visit)?;
    let mut state = FormState::from_pairs(form.pairs.iter());
    forms::needed(&mut state, &form.pairs, "title", "Give it a title", 150);
    let team = form.pairs.one("team").parse().map(TeamId).ok();
    if team.is_none_or(|team| !member.holds(Role::Officer, team)) {
        state.refuse("team", words::TEAM_MISSING);
    }
    let known = regimes(visit.app.db.read()).await?;
    if !known
        .iter()
        .any(|(code, _)| code == form.pairs.one("regime"))
    {
        state.refuse("regime", words::REGIME_MISSING);
    }
    let (Some(team), true) = (team, state.errors.is_empty()) else {
        return new_page(&visit, &member, state).await;
    };
    let draft = NewDraft {
        title: form.pairs.one("title").to_owned(),
        team,
        regime: form.pairs.one("regime").to_owned(),
        invented: visit.demonstration,
    };
    let key: String = form.pairs.one("key").chars().take(64).collect();
    let (_, slug) = service::create_once(&visit.app, &member, draft, &key, visit.now).await?;
    Ok(see_other(&paths::desk_consultation(&slug, "")))
}

async fn overview(visit: Visit, Path(slug): Path<String>) -> Result<Response, Error> {
    visit.actor.signed_in()?;
    let on = permitted(&visit, &slug, Act::View).await?;
    let member = visit.actor.signed_in()?;
    if !member.belongs_to(&on.teams) && !member.holds_anywhere(Role::Auditor) {
        return Err(NotPermitted::Forbidden.into());
    }
    let db = visit.app.db.read();
    let view = whole(db, on.id, visit.now).await?.ok_or(Error::NotFound)?;
    let missing = check_publication(&publication(&view), visit.now)
        .err()
        .unwrap_or_default();
    let context = on.context(visit.now);
    let able: Vec<Act> = Act::ALL
        .into_iter()
        .filter(|act| may(&visit.actor, *act, &context).is_ok())
        .collect();
    let note = if on.stage(visit.now) == Stage::Draft {
        queries::sent_back(db, &slug).await?
    } else {
        None
    };
    let title = view.listed.title.clone();
    Ok(visit.page(&title, || {
        pages::overview(&view, &missing, &able, note.as_deref())
    }))
}

async fn preview(visit: Visit, Path(slug): Path<String>) -> Result<Response, Error> {
    visit.actor.signed_in()?;
    let on = permitted(&visit, &slug, Act::View).await?;
    let view = whole(visit.app.db.read(), on.id, visit.now)
        .await?
        .ok_or(Error::NotFound)?;
    let title = view.listed.title.clone();
    Ok(visit.page(&title, || pages::preview(view)))
}

/// After a step: the overview, or what the gates miss.
fn stepped(visit: &Visit, on: &Consultation, outcome: Result<(), Vec<GateRefused>>) -> Response {
    match outcome {
        Ok(()) => see_other(&paths::desk_consultation(&on.slug, "")),
        Err(gaps) => visit.refused(&on.title, || pages::missing(&on.slug, &on.title, &gaps)),
    }
}

async fn acting(visit: &Visit, slug: &str, act: Act) -> Result<(Member, Consultation), Error> {
    let member = visit.actor.signed_in()?.clone();
    Ok((member, permitted(visit, slug, act).await?))
}

async fn submit(visit: Visit, Path(slug): Path<String>) -> Result<Response, Error> {
    let (member, on) = acting(&visit, &slug, Act::SubmitForReview).await?;
    let outcome = service::submit_for_review(&visit.app, &member, on.id, visit.now).await?;
    Ok(stepped(&visit, &on, outcome))
}

async fn approve(visit: Visit, Path(slug): Path<String>) -> Result<Response, Error> {
    let (member, on) = acting(&visit, &slug, Act::Approve).await?;
    let outcome = service::approve(&visit.app, &member, on.id, visit.now).await?;
    Ok(stepped(&visit, &on, outcome))
}

async fn ask_send_back(visit: Visit, Path(slug): Path<String>) -> Result<Response, Error> {
    let (_, on) = acting(&visit, &slug, Act::Approve).await?;
    Ok(visit.page("Send it back to be changed", || {
        pages::send_back(&slug, &on.title, &FormState::new())
    }))
}

async fn send_back(visit: Visit, Path(slug): Path<String>, form: Form) -> Result<Response, Error> {
    let (member, on) = acting(&visit, &slug, Act::Approve).await?;
    let mut state = FormState::from_pairs(form.pairs.iter());
    forms::needed(&mut state, &form.pairs, "note", words::NOTE_MISSING, 2_000);
    if state.is_refused() {
        return Ok(visit.refused("Send it back to be changed", || {
            pages::send_back(&slug, &on.title, &state)
        }));
    }
    let note = form.pairs.one("note");
    service::send_back(&visit.app, &member, on.id, note, visit.now).await?;
    Ok(see_other(&paths::desk_consultation(&slug, "")))
}

async fn publish(visit: Visit, Path(slug): Path<String>) -> Result<Response, Error> {
    let (member, on) = acting(&visit, &slug, Act::Publish).await?;
    let outcome = service::publish(&visit.app, &member, on.id, visit.now).await?;
    Ok(stepped(&visit, &on, outcome))
}

async fn ask_withdraw(visit: Visit, Path(slug): Path<String>) -> Result<Response, Error> {
    let (_, on) = acting(&visit, &slug, Act::Withdraw).await?;
    Ok(visit.page("Withdraw it?", || pages::withdraw(&slug, &on.title)))
}

async fn withdraw(visit: Visit, Path(slug): Path<String>) -> Result<Response, Error> {
    let (member, on) = acting(&visit, &slug, Act::Withdraw).await?;
    service::withdraw(&visit.app, &member, on.id, visit.now).await?;
    Ok(see_other(&paths::desk_consultation(&slug, "")))
}
