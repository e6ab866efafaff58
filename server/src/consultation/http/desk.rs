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
use domain::consultation::policy::{Permission, may};
use domain::consultation::{Consultation, GateRefused, Stage, check_publication};
use domain::ids::TeamId;
use entity::{consultation, consultation_team, regime, team};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::App;
use crate::consultation::commands::{self, NewDraft};
use crate::consultation::queries::detail::{consultation_detail, publication};
use crate::consultation::queries::permitted;
use crate::consultation::queries::public_list;
use crate::consultation::rows;
use crate::http::{Error, Form, RequestContext, see_other};
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

async fn list(context: RequestContext, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let member = context.actor.signed_in()?;
    let db = context.app.db.read();
    let mut find = consultation::Entity::find();
    let audits = member.holds_for(Role::Auditor, domain::account::OrganisationKind::Council);
    if !audits {
        let teams: Vec<i64> = member.roles.iter().map(|held| held.team.0).collect();
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
    let listed = public_list::listed(db, rows, context.now).await?;
    let may_create = member.holds_anywhere(Role::Officer);
    let shell = Shell {
        wide: true,
        ..context.shell("Consultations of your teams")
    };
    Ok(context.page_of(StatusCode::OK, shell, || {
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

fn officer(context: &RequestContext) -> Result<Member, Error> {
    let member = context.actor.signed_in()?;
    if member.holds_anywhere(Role::Officer) {
        Ok(member.clone())
    } else {
        Err(NotPermitted::Forbidden.into())
    }
}

async fn new_page(
    context: &RequestContext,
    member: &Member,
    state: FormState,
) -> Result<Response, Error> {
    let db = context.app.db.read();
    let (teams, regimes) = (officers_teams(db, member).await?, regimes(db).await?);
    let refused = !state.errors.is_empty();
    let body = || pages::new(&state, &teams, &regimes);
    Ok(if refused {
        context.refused("Begin a consultation", body)
    } else {
        context.page("Begin a consultation", body)
    })
}

async fn new_form(context: RequestContext) -> Result<Response, Error> {
    let member = officer(&context)?;
    let key = secret::token().map_err(Error::unexpected)?;
    new_page(&context, &member, FormState::new().with("key", key)).await
}

async fn create(context: RequestContext, form: Form) -> Result<Response, Error> {
    let member = officer(&context)?;
    let mut state = FormState::from_pairs(form.pairs.iter());
    forms::needed(&mut state, &form.pairs, "title", "Give it a title", 150);
    let team = form.pairs.one("team").parse().map(TeamId).ok();
    if team.is_none_or(|team| !member.holds(Role::Officer, team)) {
        state.refuse("team", words::TEAM_MISSING);
    }
    let known = regimes(context.app.db.read()).await?;
    if !known
        .iter()
        .any(|(code, _)| code == form.pairs.one("regime"))
    {
        state.refuse("regime", words::REGIME_MISSING);
    }
    let (Some(team), true) = (team, state.errors.is_empty()) else {
        return new_page(&context, &member, state).await;
    };
    let draft = NewDraft {
        title: form.pairs.one("title").to_owned(),
        team,
        regime: form.pairs.one("regime").to_owned(),
        invented: context.demonstration,
    };
    let key: String = form.pairs.one("key").chars().take(64).collect();
    let (_, slug) = commands::create_once(&context.app, &member, draft, &key, context.now).await?;
    Ok(see_other(&paths::desk_consultation(&slug, "")))
}

async fn overview(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    context.actor.signed_in()?;
    let on = permitted(context.app.db.read(), &context, &slug, Permission::View).await?;
    let member = context.actor.signed_in()?;
    if !member.belongs_to(&on.teams) && !member.holds_anywhere(Role::Auditor) {
        return Err(NotPermitted::Forbidden.into());
    }
    let db = context.app.db.read();
    let view = consultation_detail(db, on.id, context.now)
        .await?
        .ok_or(Error::NotFound)?;
    let missing = check_publication(&publication(&view), context.now)
        .err()
        .unwrap_or_default();
    let phase = on.context(context.now);
    let able: Vec<Permission> = Permission::ALL
        .into_iter()
        .filter(|permission| may(&context.actor, *permission, &phase).is_ok())
        .collect();
    let note = if on.stage(context.now) == Stage::Draft {
        rows::sent_back(db, &slug).await?
    } else {
        None
    };
    let title = view.listed.title.clone();
    Ok(context.page(&title, || {
        pages::overview(&view, &missing, &able, note.as_deref())
    }))
}

async fn preview(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    context.actor.signed_in()?;
    let on = permitted(context.app.db.read(), &context, &slug, Permission::View).await?;
    let view = consultation_detail(context.app.db.read(), on.id, context.now)
        .await?
        .ok_or(Error::NotFound)?;
    let title = view.listed.title.clone();
    Ok(context.page(&title, || pages::preview(view)))
}

/// After a step: the overview, or what the gates miss.
fn stepped(
    context: &RequestContext,
    on: &Consultation,
    outcome: Result<(), Vec<GateRefused>>,
) -> Response {
    match outcome {
        Ok(()) => see_other(&paths::desk_consultation(&on.slug, "")),
        Err(gaps) => context.refused(&on.title, || pages::missing(&on.slug, &on.title, &gaps)),
    }
}

async fn acting(
    context: &RequestContext,
    slug: &str,
    permission: Permission,
) -> Result<(Member, Consultation), Error> {
    let member = context.actor.signed_in()?.clone();
    Ok((
        member,
        permitted(context.app.db.read(), context, slug, permission).await?,
    ))
}

async fn submit(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let (member, on) = acting(&context, &slug, Permission::SubmitForReview).await?;
    let outcome = commands::submit_for_review(&context.app, &member, on.id, context.now).await?;
    Ok(stepped(&context, &on, outcome))
}

async fn approve(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let (member, on) = acting(&context, &slug, Permission::Approve).await?;
    let outcome = commands::approve(&context.app, &member, on.id, context.now).await?;
    Ok(stepped(&context, &on, outcome))
}

async fn ask_send_back(
    context: RequestContext,
    Path(slug): Path<String>,
) -> Result<Response, Error> {
    let (_, on) = acting(&context, &slug, Permission::Approve).await?;
    Ok(context.page("Send it back to be changed", || {
        pages::send_back(&slug, &on.title, &FormState::new())
    }))
}

async fn send_back(
    context: RequestContext,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let (member, on) = acting(&context, &slug, Permission::Approve).await?;
    let mut state = FormState::from_pairs(form.pairs.iter());
    forms::needed(&mut state, &form.pairs, "note", words::NOTE_MISSING, 2_000);
    if state.is_refused() {
        return Ok(context.refused("Send it back to be changed", || {
            pages::send_back(&slug, &on.title, &state)
        }));
    }
    let note = form.pairs.one("note");
    commands::send_back(&context.app, &member, on.id, note, context.now).await?;
    Ok(see_other(&paths::desk_consultation(&slug, "")))
}

async fn publish(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let (member, on) = acting(&context, &slug, Permission::Publish).await?;
    let outcome = commands::publish(&context.app, &member, on.id, context.now).await?;
    Ok(stepped(&context, &on, outcome))
}

async fn ask_withdraw(
    context: RequestContext,
    Path(slug): Path<String>,
) -> Result<Response, Error> {
    let (_, on) = acting(&context, &slug, Permission::Withdraw).await?;
    Ok(context.page("Withdraw it?", || pages::withdraw(&slug, &on.title)))
}

async fn withdraw(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let (member, on) = acting(&context, &slug, Permission::Withdraw).await?;
    commands::withdraw(&context.app, &member, on.id, context.now).await?;
    Ok(see_other(&paths::desk_consultation(&slug, "")))
}
