//! The desk of polls: list, add, one poll, its sections, removal, publication.

use app::messages::poll::desk as words;
use app::paths;
use app::poll::{desk_forms as forms, pages};
use app::ui::form::FormState;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use domain::account::{Member, NotPermitted, Role};
use domain::consultation::Consultation;
use domain::consultation::policy::{Permission, may};
use domain::poll::policy::{may_keep_register, may_key_paper, may_publish};
use domain::poll::read::{DeskMay, DeskPoll, DeskPolls, Published};
use domain::poll::{Electorate, Method, Poll, PollRefused};
use leptos::prelude::AnyView;

use crate::App;
use crate::clock::from_millis;
use crate::consultation::queries::permitted;
use crate::consultation::queries::{detail, public_list};
use crate::http::{Error, Form, RequestContext, see_other};
use crate::poll::commands::{self, NewOption, NewPoll};
use crate::poll::queries;
use crate::poll::queries::results;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/desk/consultations/{slug}/polls", get(list))
        .route(
            "/desk/consultations/{slug}/polls/new",
            get(new_form).post(create),
        )
        .route("/desk/consultations/{slug}/polls/{number}", get(overview))
        .route(
            "/desk/consultations/{slug}/polls/{number}/remove",
            get(ask_remove).post(remove),
        )
        .route(
            "/desk/consultations/{slug}/polls/{number}/publish",
            get(ask_publish).post(publish),
        )
        .route(
            "/desk/consultations/{slug}/polls/{number}/{section}",
            get(show).post(save),
        )
}

/// The consultation for somebody of its teams, or an auditor.
pub(super) async fn seen(
    context: &RequestContext,
    slug: &str,
) -> Result<(Member, Consultation), Error> {
    context.actor.signed_in()?;
    let on = permitted(context.app.db.read(), context, slug, Permission::View).await?;
    let member = context.actor.signed_in()?.clone();
    if !member.belongs_to(&on.teams) && !member.holds_anywhere(Role::Auditor) {
        return Err(NotPermitted::Forbidden.into());
    }
    Ok((member, on))
}

/// The consultation for somebody who may change it.
pub(super) async fn editing(
    context: &RequestContext,
    slug: &str,
) -> Result<(Member, Consultation), Error> {
    let member = context.actor.signed_in()?.clone();
    Ok((
        member,
        permitted(context.app.db.read(), context, slug, Permission::Edit).await?,
    ))
}

/// The poll of a consultation that is in hand.
pub(super) async fn poll_of(
    context: &RequestContext,
    on: &Consultation,
    number: i32,
) -> Result<Poll, Error> {
    queries::poll(context.app.db.read(), on, number)
        .await?
        .ok_or(Error::NotFound)
}

/// What the register adds to a poll's own faults, and the regime.
fn faults(on: &Consultation, poll: &Poll, electors: Option<u64>) -> Vec<PollRefused> {
    let mut found = poll.faults();
    if electors == Some(0) {
        found.push(PollRefused::RegisterEmpty);
    }
    if !on.voting_allowed {
        found.push(PollRefused::NotUnderThisRegime);
    }
    found.sort_unstable();
    found
}

/// Everything about a poll that its desk shows.
pub(super) async fn desk_poll(
    context: &RequestContext,
    on: &Consultation,
    poll: &Poll,
) -> Result<DeskPoll, Error> {
    let db = context.app.db.read();
    let frame = results::frame(db, on, poll, context.now).await?;
    let published = queries::published(db, poll.id).await?;
    let open = published.is_none();
    let actor = &context.actor;
    let may = DeskMay {
        edit: may(actor, Permission::Edit, &on.context(context.now)).is_ok(),
        register: poll.electorate == Electorate::Register
            && may_keep_register(actor, on, context.now).is_ok(),
        key: open && may_key_paper(actor, on, context.now).is_ok(),
        publish: open && matches!(may_publish(actor, on, context.now), Ok(Ok(()))),
    };
    let regime = detail::consultation_detail(db, on.id, context.now)
        .await?
        .map(|view| view.regime.1)
        .unwrap_or_default();
    Ok(DeskPoll {
        faults: faults(on, poll, frame.turnout.electors),
        turnout: frame.turnout,
        issued: queries::issued(db, poll.id).await?,
        regime: (on.voting_allowed, regime),
        may,
        published: published.map(|row| Published {
            hash: row.list_hash,
            at: app::ui::dates::long(from_millis(row.published_at)),
            seed: poll.seed.clone(),
        }),
        wards: public_list::wards(db)
            .await?
            .into_iter()
            .map(|ward| (ward.id.to_string(), ward.name))
            .collect(),
        view: frame.view,
    })
}

async fn list(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let (_, on) = seen(&context, &slug).await?;
    let db = context.app.db.read();
    let whole = detail::consultation_detail(db, on.id, context.now)
        .await?
        .ok_or(Error::NotFound)?;
    let mut polls = Vec::new();
    for poll in queries::polls(db, on.id).await? {
        let turnout = queries::turnout(db, &poll).await?;
        let faults = faults(&on, &poll, turnout.electors);
        let published = queries::published(db, poll.id).await?.is_some();
        polls.push((poll, faults, turnout, published));
    }
    let stage = on.stage(context.now);
    let view = DeskPolls {
        slug: on.slug.clone(),
        title: on.title.clone(),
        regime: (on.voting_allowed, whole.regime.1),
        editable: may(&context.actor, Permission::Edit, &on.context(context.now)).is_ok(),
        polls,
        closed: domain::poll::policy::may_cast(&on, context.now)
            == Err(domain::poll::policy::CastRefused::Closed),
        public: stage.is_public(),
    };
    Ok(context.page(&format!("Polls: {}", on.title), || {
        pages::desk_poll_list(&view)
    }))
}

async fn new_form(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let (_, on) = editing(&context, &slug).await?;
    if !on.voting_allowed {
        return Ok(see_other(&pages::desk_polls(&slug)));
    }
    let number = next_number(&context, &on).await?;
    Ok(context.page("Add a poll", || {
        pages::new_poll(&slug, &on.title, number, &FormState::new())
    }))
}

async fn next_number(context: &RequestContext, on: &Consultation) -> Result<i32, Error> {
    let polls = queries::polls(context.app.db.read(), on.id).await?;
    Ok(polls.iter().map(|poll| poll.number).max().unwrap_or(0) + 1)
}

async fn create(
    context: RequestContext,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let (member, on) = editing(&context, &slug).await?;
    let mut state = FormState::from_pairs(form.pairs.iter());
    question(&form, &mut state);
    let method = forms::beginning(form.pairs.one("kind"));
    if method.is_none() {
        state.refuse("kind", words::KIND_MISSING);
    }
    let asked: i32 = form.pairs.one("number").parse().unwrap_or(0);
    let free = next_number(&context, &on).await?;
    let Some(method) = method.filter(|_| !state.is_refused()) else {
        return Ok(context.refused("Add a poll", || {
            pages::new_poll(&slug, &on.title, free, &state)
        }));
    };
    let text = form.pairs.one("question");
    // The same form sent twice is one poll: its number is in the form.
    let before = queries::poll(context.app.db.read(), &on, asked).await?;
    if before.is_some_and(|poll| poll.question == text && poll.method == method) {
        return Ok(see_other(&paths::desk_poll(&slug, asked, "rule")));
    }
    let new = NewPoll {
        question: text.to_owned(),
        help: String::new(),
        method,
        electorate: Electorate::Open,
        sealed: true,
        binding: false,
        options: Vec::new(),
    };
    match commands::set_up(&context.app, &member, on.id, free, new, context.now).await? {
        Ok(()) => Ok(see_other(&paths::desk_poll(&slug, free, "rule"))),
        Err(fault) => {
            state.refuse("kind", words::fault(fault).1);
            Ok(context.refused("Add a poll", || {
                pages::new_poll(&slug, &on.title, free, &state)
            }))
        }
    }
}

fn question(form: &Form, state: &mut FormState) {
    match form.pairs.one("question") {
        "" => state.refuse("question", words::QUESTION_MISSING),
        long if long.chars().count() > 200 => {
            state.refuse("question", words::at_most(200));
        }
        _ => {}
    }
}

async fn overview(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
) -> Result<Response, Error> {
    let (_, on) = seen(&context, &slug).await?;
    let poll = poll_of(&context, &on, number).await?;
    let view = desk_poll(&context, &on, &poll).await?;
    Ok(context.page(&format!("Poll: {}", poll.question), || {
        pages::desk_poll(&view)
    }))
}

async fn ask_remove(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
) -> Result<Response, Error> {
    let (_, on) = editing(&context, &slug).await?;
    let poll = poll_of(&context, &on, number).await?;
    let view = desk_poll(&context, &on, &poll).await?;
    Ok(context.page("Remove this poll?", || pages::desk_remove(&view)))
}

async fn remove(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
) -> Result<Response, Error> {
    let (member, on) = editing(&context, &slug).await?;
    commands::remove(&context.app, &member, on.id, number, context.now).await?;
    Ok(see_other(&pages::desk_polls(&slug)))
}

/// A poll as its form would set it up, to be changed in one thing.
pub(super) fn as_new(poll: &Poll) -> NewPoll {
    NewPoll {
        question: poll.question.clone(),
        help: poll.help.clone(),
        method: poll.method.clone(),
        electorate: poll.electorate.clone(),
        sealed: poll.sealed,
        binding: poll.binding,
        options: poll
            .options
            .iter()
            .map(|one| NewOption {
                name: one.name.clone(),
                description: one.description.clone(),
                cost: one.cost,
                area: one.area,
                picture: one.picture.clone(),
            })
            .collect(),
    }
}

async fn show(
    context: RequestContext,
    Path((slug, number, section)): Path<(String, i32, String)>,
) -> Result<Response, Error> {
    let (_, on) = editing(&context, &slug).await?;
    let poll = poll_of(&context, &on, number).await?;
    let state = forms::of_poll(&poll);
    page(&context, &on, &poll, &section, state).await
}

async fn page(
    context: &RequestContext,
    on: &Consultation,
    poll: &Poll,
    section: &str,
    state: FormState,
) -> Result<Response, Error> {
    let view = desk_poll(context, on, poll).await?;
    let body: fn(&DeskPoll, &FormState) -> AnyView = match section {
        "question" => pages::desk_question,
        "kind" => pages::desk_kind,
        "rule" => pages::desk_rule,
        "electorate" => pages::desk_electorate,
        "weight" => pages::desk_weight,
        _ => return Err(Error::NotFound),
    };
    let title = format!("Poll: {}", poll.question);
    Ok(if state.is_refused() {
        context.refused(&title, || body(&view, &state))
    } else {
        context.page(&title, || body(&view, &state))
    })
}

async fn save(
    context: RequestContext,
    Path((slug, number, section)): Path<(String, i32, String)>,
    form: Form,
) -> Result<Response, Error> {
    let (member, on) = editing(&context, &slug).await?;
    let poll = poll_of(&context, &on, number).await?;
    let mut state = FormState::from_pairs(form.pairs.iter());
    let mut new = as_new(&poll);
    match section.as_str() {
        "question" => {
            question(&form, &mut state);
            if form.pairs.one("help").chars().count() > 5_000 {
                state.refuse("help", words::at_most(5_000));
            }
            form.pairs.one("question").clone_into(&mut new.question);
            form.pairs.one("help").clone_into(&mut new.help);
        }
        "kind" => match forms::beginning(form.pairs.one("kind")) {
            None => state.refuse("kind", words::KIND_MISSING),
            Some(method) => {
                if !matches!(method, Method::Budget { .. }) {
                    new.options.iter_mut().for_each(|one| one.cost = None);
                }
                // The kind it has already keeps its settings.
                if words::kind_code(&method) != words::kind_code(&poll.method) {
                    new.method = method;
                }
            }
        },
        "rule" => {
            if let Some(method) = forms::method(&form.pairs, &poll.method, &mut state) {
                new.method = method;
            }
        }
        "electorate" => {
            let wards: Vec<(String, String)> = public_list::wards(context.app.db.read())
                .await?
                .into_iter()
                .map(|ward| (ward.id.to_string(), ward.name))
                .collect();
            if let Some(electorate) = forms::electorate(&form.pairs, &wards, &mut state) {
                new.electorate = electorate;
            }
        }
        "weight" => {
            new.binding = form.pairs.one("binding") == "yes";
            new.sealed = form.pairs.one("sealed") != "no";
        }
        _ => return Err(Error::NotFound),
    }
    if !state.is_refused() {
        match commands::set_up(&context.app, &member, on.id, number, new, context.now).await? {
            Ok(()) => {
                let next = match section.as_str() {
                    "kind" => "rule",
                    "electorate" if form.pairs.one("electorate") == "register" => "register",
                    _ => "",
                };
                return Ok(see_other(&paths::desk_poll(&slug, number, next)));
            }
            Err(fault) => state.refuse("", words::fault(fault).1),
        }
    }
    page(&context, &on, &poll, &section, state).await
}

/// Somebody who may publish, and the poll.
async fn publishing(
    context: &RequestContext,
    slug: &str,
    number: i32,
) -> Result<(Member, Consultation, Poll), Error> {
    let (member, on) = seen(context, slug).await?;
    let may = may_publish(&context.actor, &on, context.now)?;
    let poll = poll_of(context, &on, number).await?;
    if may.is_err() {
        return Err(NotPermitted::Forbidden.into());
    }
    Ok((member, on, poll))
}

async fn ask_publish(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
) -> Result<Response, Error> {
    let (_, on, poll) = publishing(&context, &slug, number).await?;
    let view = desk_poll(&context, &on, &poll).await?;
    if view.published.is_some() {
        return Ok(see_other(&paths::poll_part(&slug, number, "result")));
    }
    Ok(context.page("Count and publish", || {
        pages::desk_publish(&view, &FormState::new())
    }))
}

async fn publish(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
    form: Form,
) -> Result<Response, Error> {
    let (member, on, poll) = publishing(&context, &slug, number).await?;
    let mut state = FormState::from_pairs(form.pairs.iter());
    if form.pairs.one("confirm") != "yes" {
        state.refuse("confirm", words::NOT_CONFIRMED);
        let view = desk_poll(&context, &on, &poll).await?;
        return Ok(context.refused("Count and publish", || pages::desk_publish(&view, &state)));
    }
    match commands::publish(&context.app, &member, &on, &poll, context.now).await? {
        Ok(_) => Ok(see_other(&paths::poll_part(&slug, number, "result"))),
        Err(_) => Err(NotPermitted::Forbidden.into()),
    }
}
