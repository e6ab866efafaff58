//! The desk of polls: list, add, one poll, its sections, removal, publication.

use app::messages::poll::desk as words;
use app::paths;
use app::poll::{desk_forms as forms, pages};
use app::ui::conflict::{KEY, READ, VERSION, not_now, with_newer};
use app::ui::form::FormState;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use domain::edit::{AsRead, Changed, CreationKey, Version};
use domain::poll::policy::{may_publish, may_see_desk, may_see_form, may_set_up};
use domain::poll::read::DeskPoll;
use domain::poll::{Method, NewPoll, PollAddress, PollRefused, Section, check_question};

use crate::App;
use crate::error::{Answerable, Denied, Refused};
use crate::http::{Error, Form, Path, RequestContext, fresh_form, see_other};
use crate::poll::commands::{
    self, AddPoll, ChangeElectorate, ChangeKind, ChangeQuestion, ChangeRule, ChangeWeight,
    PublishBallots, RemovePoll,
};
use crate::poll::queries::desk;

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

/// The title of a page of a poll's desk.
pub(super) fn title(view: &DeskPoll) -> String {
    format!("Poll: {}", view.view.poll.name())
}

async fn list(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let view = desk::list(context.app.db.read(), &context, &slug, may_see_desk).await?;
    Ok(context.page(&format!("Polls: {}", view.title), || {
        pages::desk_poll_list(&view)
    }))
}

async fn new_form(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let view = desk::list(context.app.db.read(), &context, &slug, may_set_up).await?;
    if !view.regime.voting_allowed {
        return Ok(see_other(&pages::desk_polls(&slug)));
    }
    let state = fresh_form()?;
    Ok(context.page("Add a poll", || pages::new_poll(&slug, &view.title, &state)))
}

/// The form of a new poll again, every word kept.
async fn new_again(
    context: &RequestContext,
    slug: &str,
    state: FormState,
) -> Result<Response, Error> {
    let view = desk::list(context.app.db.read(), context, slug, may_see_form).await?;
    Ok(context.refused("Add a poll", || pages::new_poll(slug, &view.title, &state)))
}

async fn create(
    context: RequestContext,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let mut state = FormState::from_pairs(form.pairs.iter());
    let question = form.pairs.one("question");
    let Some(method) = Method::beginning(form.pairs.one("kind")) else {
        forms::refuse(
            &mut state,
            check_question(question, "").err().unwrap_or_default(),
        );
        state.refuse("kind", words::KIND_MISSING);
        return new_again(&context, &slug, state).await;
    };
    let command = AddPoll {
        on: slug.clone(),
        poll: NewPoll::beginning(question, method),
        key: CreationKey::typed(form.pairs.one(KEY)),
    };
    let refused = match commands::add_poll(&context.app, &context, command).await {
        Ok(number) => return Ok(see_other(&paths::desk_poll(&slug, number, "rule"))),
        Err(refused) => refused,
    };
    match refused.answerable()? {
        Answerable::Rule(why) => forms::refuse(&mut state, why),
        Answerable::NotNow => state = not_now(state),
        // What is not there yet has no version.
        Answerable::Changed(changed) => return Err(Error::Changed(changed)),
    }
    new_again(&context, &slug, state).await
}

async fn overview(context: RequestContext, Path(at): Path<PollAddress>) -> Result<Response, Error> {
    let view = desk::poll(context.app.db.read(), &context, &at, may_see_desk).await?;
    Ok(context.page(&title(&view), || pages::desk_poll(&view)))
}

async fn ask_remove(
    context: RequestContext,
    Path(at): Path<PollAddress>,
) -> Result<Response, Error> {
    let view = desk::poll(context.app.db.read(), &context, &at, may_set_up).await?;
    Ok(context.page("Remove this poll?", || pages::desk_remove(&view, None)))
}

async fn remove(
    context: RequestContext,
    Path(at): Path<PollAddress>,
    form: Form,
) -> Result<Response, Error> {
    let command = RemovePoll {
        poll: at.clone(),
        read: AsRead::typed(form.pairs.one(READ)),
    };
    match commands::remove_poll(&context.app, &context, command).await {
        Ok(()) => Ok(see_other(&pages::desk_polls(&at.slug))),
        Err(Denied::Changed(changed)) => {
            let view = desk::poll(context.app.db.read(), &context, &at, may_set_up).await?;
            Ok(context.refused("Remove this poll?", || {
                pages::desk_remove(&view, Some(&changed))
            }))
        }
        Err(denied) => Err(denied.into()),
    }
}

/// The section of an address, and the poll.
fn section_of(slug: String, number: i32, section: &str) -> Result<(PollAddress, Section), Error> {
    let section = Section::from_code(section).ok_or(Error::NotFound)?;
    Ok((PollAddress { slug, number }, section))
}

async fn show(
    context: RequestContext,
    Path((slug, number, section)): Path<(String, i32, String)>,
) -> Result<Response, Error> {
    let (at, section) = section_of(slug, number, &section)?;
    let view = desk::poll(context.app.db.read(), &context, &at, may_set_up).await?;
    let state = forms::of_section(&view, section);
    Ok(context.page(&title(&view), || {
        pages::desk_section(&view, section, &state, None)
    }))
}

/// The page of a section again, every word kept; also for somebody who may only look by now.
async fn again(
    context: &RequestContext,
    at: &PollAddress,
    section: Section,
    state: FormState,
    changed: Option<&Changed>,
) -> Result<Response, Error> {
    let view = desk::poll(context.app.db.read(), context, at, may_see_form).await?;
    Ok(context.refused(&title(&view), || {
        pages::desk_section(&view, section, &state, changed)
    }))
}

async fn save(
    context: RequestContext,
    Path((slug, number, section)): Path<(String, i32, String)>,
    form: Form,
) -> Result<Response, Error> {
    let (at, section) = section_of(slug, number, &section)?;
    let mut state = FormState::from_pairs(form.pairs.iter());
    let Some(command) = typed(&context, &at, section, &form, &mut state).await? else {
        return again(&context, &at, section, state, None).await;
    };
    let Err(refused) = command.run(&context).await else {
        let next = match section {
            Section::Kind => "rule",
            Section::Electorate if form.pairs.one("electorate") == "register" => "register",
            _ => "",
        };
        return Ok(see_other(&paths::desk_poll(&at.slug, at.number, next)));
    };
    match refused.answerable()? {
        Answerable::Rule(why) => {
            forms::refuse(&mut state, why);
            again(&context, &at, section, state, None).await
        }
        Answerable::Changed(changed) => {
            let state = with_newer(state, &changed);
            again(&context, &at, section, state, Some(&changed)).await
        }
        Answerable::NotNow => again(&context, &at, section, not_now(state), None).await,
    }
}

/// What the form of a section asks for.
enum Change {
    Question(ChangeQuestion),
    Kind(ChangeKind),
    Rule(ChangeRule),
    Electorate(ChangeElectorate),
    Weight(ChangeWeight),
}

impl Change {
    async fn run(self, context: &RequestContext) -> Result<(), Refused<Vec<PollRefused>>> {
        let app = &context.app;
        match self {
            Self::Question(command) => commands::change_question(app, context, command).await,
            Self::Kind(command) => commands::change_kind(app, context, command).await,
            Self::Rule(command) => commands::change_rule(app, context, command).await,
            Self::Electorate(command) => commands::change_electorate(app, context, command).await,
            Self::Weight(command) => commands::change_weight(app, context, command).await,
        }
    }
}

/// What was typed; nothing where the form is refused, with the reasons in its state.
async fn typed(
    context: &RequestContext,
    at: &PollAddress,
    section: Section,
    form: &Form,
    state: &mut FormState,
) -> Result<Option<Change>, Error> {
    let (poll, pairs) = (at.clone(), &form.pairs);
    let seen = Version::typed(pairs.one(VERSION));
    let change = match section {
        Section::Question => Some(Change::Question(ChangeQuestion {
            poll,
            seen,
            question: pairs.one("question").to_owned(),
            help: pairs.one("help").to_owned(),
        })),
        Section::Kind => {
            let begins = Method::beginning(pairs.one("kind"));
            if begins.is_none() {
                state.refuse("kind", words::KIND_MISSING);
            }
            begins.map(|begins| Change::Kind(ChangeKind { poll, seen, begins }))
        }
        Section::Rule => forms::method(pairs, state)
            .map(|method| Change::Rule(ChangeRule { poll, seen, method })),
        Section::Electorate => {
            let wards = desk::wards(context.app.db.read()).await?;
            forms::electorate(pairs, &wards, state).map(|electorate| {
                Change::Electorate(ChangeElectorate {
                    poll,
                    seen,
                    electorate,
                })
            })
        }
        Section::Weight => Some(Change::Weight(ChangeWeight {
            poll,
            seen,
            binding: pairs.one("binding") == "yes",
        })),
        // It has doors of its own.
        Section::Register => return Err(Error::NotFound),
    };
    Ok(change.filter(|_| !state.is_refused()))
}

async fn ask_publish(
    context: RequestContext,
    Path(at): Path<PollAddress>,
) -> Result<Response, Error> {
    let view = desk::poll(context.app.db.read(), &context, &at, may_publish).await?;
    if view.published.is_some() {
        let result = paths::poll_part(&at.slug, at.number, "result");
        return Ok(see_other(&result));
    }
    Ok(context.page("Count and publish", || {
        pages::desk_publish(&view, &FormState::new())
    }))
}

async fn publish(
    context: RequestContext,
    Path(poll): Path<PollAddress>,
    form: Form,
) -> Result<Response, Error> {
    if form.pairs.one("confirm") != "yes" {
        let mut state = FormState::from_pairs(form.pairs.iter());
        state.refuse("confirm", words::NOT_CONFIRMED);
        let view = desk::poll(context.app.db.read(), &context, &poll, may_publish).await?;
        return Ok(context.refused("Count and publish", || pages::desk_publish(&view, &state)));
    }
    let result = paths::poll_part(&poll.slug, poll.number, "result");
    commands::publish_ballots(&context.app, &context, PublishBallots { poll }).await?;
    Ok(see_other(&result))
}
