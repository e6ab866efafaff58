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
use domain::consultation::policy::{Act, may};
use domain::poll::policy::{may_keep_register, may_key_paper, may_publish};
use domain::poll::read::{DeskMay, DeskPoll, DeskPolls, Published};
use domain::poll::{Electorate, Method, Poll, PollRefused};
use leptos::prelude::AnyView;

use crate::App;
use crate::clock::from_millis;
use crate::consultation::{hub, permitted, whole};
use crate::http::{Error, Form, Visit, see_other};
use crate::poll::service::{self, NewOption, NewPoll};
use crate::poll::{queries, results};

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
pub(super) async fn seen(visit: &Visit, slug: &str) -> Result<(Member, Consultation), Error> {
    visit.actor.signed_in()?;
    let on = permitted(visit, slug, Act::View).await?;
    let member = visit.actor.signed_in()?.clone();
    if !member.belongs_to(&on.teams) && !member.holds_anywhere(Role::Auditor) {
        return Err(NotPermitted::Forbidden.into());
    }
    Ok((member, on))
}

/// The consultation for somebody who may change it.
pub(super) async fn editing(visit: &Visit, slug: &str) -> Result<(Member, Consultation), Error> {
    let member = visit.actor.signed_in()?.clone();
    Ok((member, permitted(visit, slug, Act::Edit).await?))
}

/// The poll of a consultation that is in hand.
pub(super) async fn poll_of(visit: &Visit, on: &Consultation, number: i32) -> Result<Poll, Error> {
    queries::poll(visit.app.db.read(), on, number)
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
    visit: &Visit,
    on: &Consultation,
    poll: &Poll,
) -> Result<DeskPoll, Error> {
    let db = visit.app.db.read();
    let frame = results::frame(db, on, poll, visit.now).await?;
    let published = queries::published(db, poll.id).await?;
    let open = published.is_none();
    let actor = &visit.actor;
    let may = DeskMay {
        edit: may(actor, Act::Edit, &on.context(visit.now)).is_ok(),
        register: poll.electorate == Electorate::Register
            && may_keep_register(actor, on, visit.now).is_ok(),
        key: open && may_key_paper(actor, on, visit.now).is_ok(),
        publish: open && matches!(may_publish(actor, on, visit.now), Ok(Ok(()))),
    };
    let regime = whole::whole(db, on.id, visit.now)
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
        wards: hub::wards(db)
            .await?
            .into_iter()
            .map(|ward| (ward.id.to_string(), ward.name))
            .collect(),
        view: frame.view,
    })
}

async fn list(visit: Visit, Path(slug): Path<String>) -> Result<Response, Error> {
    let (_, on) = seen(&visit, &slug).await?;
    let db = visit.app.db.read();
    let whole = whole::whole(db, on.id, visit.now)
        .await?
        .ok_or(Error::NotFound)?;
    let mut polls = Vec::new();
    for poll in queries::polls(db, on.id).await? {
        let turnout = queries::turnout(db, &poll).await?;
        let faults = faults(&on, &poll, turnout.electors);
        let published = queries::published(db, poll.id).await?.is_some();
        polls.push((poll, faults, turnout, published));
    }
    let stage = on.stage(visit.now);
    let view = DeskPolls {
        slug: on.slug.clone(),
        title: on.title.clone(),
        regime: (on.voting_allowed, whole.regime.1),
        editable: may(&visit.actor, Act::Edit, &on.context(visit.now)).is_ok(),
        polls,
        closed: domain::poll::policy::may_cast(&on, visit.now)
            == Err(domain::poll::policy::CastRefused::Closed),
        public: stage.is_public(),
    };
    Ok(visit.page(&format!("Polls: {}", on.title), || {
        pages::desk_poll_list(&view)
    }))
}

async fn new_form(visit: Visit, Path(slug): Path<String>) -> Result<Response, Error> {
    let (_, on) = editing(&visit, &slug).await?;
    if !on.voting_allowed {
        return Ok(see_other(&pages::desk_polls(&slug)));
    }
    let number = next_number(&visit, &on).await?;
    Ok(visit.page("Add a poll", || {
        pages::new_poll(&slug, &on.title, number, &FormState::new())
    }))
}

async fn next_number(visit: &Visit, on: &Consultation) -> Result<i32, Error> {
    let polls = queries::polls(visit.app.db.read(), on.id).await?;
    Ok(polls.iter().map(|poll| poll.number).max().unwrap_or(0) + 1)
}

async fn create(visit: Visit, Path(slug): Path<String>, form: Form) -> Result<Response, Error> {
    let (member, on) = editing(&visit, &slug).await?;
    let mut state = FormState::from_pairs(form.pairs.iter());
    question(&form, &mut state);
    let method = forms::beginning(form.pairs.one("kind"));
    if method.is_none() {
        state.refuse("kind", words::KIND_MISSING);
    }
    let asked: i32 = form.pairs.one("number").parse().unwrap_or(0);
    let free = next_number(&visit, &on).await?;
    let Some(method) = method.filter(|_| !state.is_refused()) else {
        return Ok(visit.refused("Add a poll", || {
            pages::new_poll(&slug, &on.title, free, &state)
        }));
    };
    let text = form.pairs.one("question");
    // The same form sent twice is one poll: its number is in the form.
    let before = queries::poll(visit.app.db.read(), &on, asked).await?;
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
    match service::set_up(&visit.app, &member, on.id, free, new, visit.now).await? {
        Ok(()) => Ok(see_other(&paths::desk_poll(&slug, free, "rule"))),
        Err(fault) => {
            state.refuse("kind", words::fault(fault).1);
            Ok(visit.refused("Add a poll", || {
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
    visit: Visit,
    Path((slug, number)): Path<(String, i32)>,
) -> Result<Response, Error> {
    let (_, on) = seen(&visit, &slug).await?;
    let poll = poll_of(&visit, &on, number).await?;
    let view = desk_poll(&visit, &on, &poll).await?;
    Ok(visit.page(&format!("Poll: {}", poll.question), || {
        pages::desk_poll(&view)
    }))
}

async fn ask_remove(
    visit: Visit,
    Path((slug, number)): Path<(String, i32)>,
) -> Result<Response, Error> {
    let (_, on) = editing(&visit, &slug).await?;
    let poll = poll_of(&visit, &on, number).await?;
    let view = desk_poll(&visit, &on, &poll).await?;
    Ok(visit.page("Remove this poll?", || pages::desk_remove(&view)))
}

async fn remove(
    visit: Visit,
    Path((slug, number)): Path<(String, i32)>,
) -> Result<Response, Error> {
    let (member, on) = editing(&visit, &slug).await?;
    service::remove(&visit.app, &member, on.id, number, visit.now).await?;
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
    visit: Visit,
    Path((slug, number, section)): Path<(String, i32, String)>,
) -> Result<Response, Error> {
    let (_, on) = editing(&visit, &slug).await?;
    let poll = poll_of(&visit, &on, number).await?;
    let state = forms::of_poll(&poll);
    page(&visit, &on, &poll, &section, state).await
}

async fn page(
    visit: &Visit,
    on: &Consultation,
    poll: &Poll,
    section: &str,
    state: FormState,
) -> Result<Response, Error> {
    let view = desk_poll(visit, on, poll).await?;
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
        visit.refused(&title, || body(&view, &state))
    } else {
        visit.page(&title, || body(&view, &state))
    })
}

async fn save(
    visit: Visit,
    Path((slug, number, section)): Path<(String, i32, String)>,
    form: Form,
) -> Result<Response, Error> {
    let (member, on) = editing(&visit, &slug).await?;
    let poll = poll_of(&visit, &on, number).await?;
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
            let wards: Vec<(String, String)> = hub::wards(visit.app.db.read())
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
        match service::set_up(&visit.app, &member, on.id, number, new, visit.now).await? {
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
    page(&visit, &on, &poll, &section, state).await
}

/// Somebody who may publish, and the poll.
async fn publishing(
    visit: &Visit,
    slug: &str,
    number: i32,
) -> Result<(Member, Consultation, Poll), Error> {
    let (member, on) = seen(visit, slug).await?;
    let may = may_publish(&visit.actor, &on, visit.now)?;
    let poll = poll_of(visit, &on, number).await?;
    if may.is_err() {
        return Err(NotPermitted::Forbidden.into());
    }
    Ok((member, on, poll))
}

async fn ask_publish(
    visit: Visit,
    Path((slug, number)): Path<(String, i32)>,
) -> Result<Response, Error> {
    let (_, on, poll) = publishing(&visit, &slug, number).await?;
    let view = desk_poll(&visit, &on, &poll).await?;
    if view.published.is_some() {
        return Ok(see_other(&paths::poll_part(&slug, number, "result")));
    }
    Ok(visit.page("Count and publish", || {
        pages::desk_publish(&view, &FormState::new())
    }))
}

async fn publish(
    visit: Visit,
    Path((slug, number)): Path<(String, i32)>,
    form: Form,
) -> Result<Response, Error> {
    let (member, on, poll) = publishing(&visit, &slug, number).await?;
    let mut state = FormState::from_pairs(form.pairs.iter());
    if form.pairs.one("confirm") != "yes" {
        state.refuse("confirm", words::NOT_CONFIRMED);
        let view = desk_poll(&visit, &on, &poll).await?;
        return Ok(visit.refused("Count and publish", || pages::desk_publish(&view, &state)));
    }
    match service::publish(&visit.app, &member, &on, &poll, visit.now).await? {
        Ok(_) => Ok(see_other(&paths::poll_part(&slug, number, "result"))),
        Err(_) => Err(NotPermitted::Forbidden.into()),
    }
}
