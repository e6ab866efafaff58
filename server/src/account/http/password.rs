//! One's own password: forgotten, set by a link, changed.

use app::account::{forms, pages};
use app::messages::account as words;
use app::paths;
use app::ui::conflict::KEY;
use app::ui::form::FormState;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use domain::edit::CreationKey;

use super::role_words::role_words;
use super::session;
use crate::App;
use crate::account::commands::ask_reset::{self, AskReset};
use crate::account::commands::change_password::{self, ChangePassword, ChangePasswordRefused};
use crate::account::commands::set_password_by_link::{self, LinkRefused, SetPasswordByLink};
use crate::account::queries::own;
use crate::account::rows::links::Purpose;
use crate::error::Refused;
use crate::http::{Error, Form, Path, Query, RequestContext, fresh_form, see_other};
use crate::limits::{Guessed, Limited};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/reset", get(show_reset).post(ask_reset))
        .route("/reset/sent", get(reset_sent))
        .route("/reset/{token}", get(show_reset_link).post(use_reset_link))
        .route(
            "/invitation/{token}",
            get(show_invitation).post(use_invitation),
        )
        .route("/account", get(show_account).post(change_password))
}

async fn show_reset(context: RequestContext) -> Result<Response, Error> {
    let state = fresh_form()?;
    Ok(context.page("Set a new password", || pages::reset(state)))
}

async fn ask_reset(context: RequestContext, form: Form) -> Result<Response, Error> {
    context.app.limits.check(Limited::Letter, context.client)?;
    let email = form.pairs.one("email");
    if email.is_empty() {
        let mut form = forms::state(&form.pairs);
        form.refuse("email", words::EMAIL_REFUSED);
        return Ok(context.refused("Set a new password", || pages::reset(form)));
    }
    let command = AskReset {
        email: email.to_owned(),
        key: CreationKey::typed(form.pairs.one(KEY)),
    };
    ask_reset::ask_reset(&context.app, &context, command).await?;
    Ok(see_other("/reset/sent"))
}

async fn reset_sent(context: RequestContext) -> Response {
    context.page("Check your email", pages::reset_sent)
}

async fn show_reset_link(
    context: RequestContext,
    Path(token): Path<String>,
) -> Result<Response, Error> {
    show_link(&context, &token, Purpose::Reset).await
}

async fn show_invitation(
    context: RequestContext,
    Path(token): Path<String>,
) -> Result<Response, Error> {
    show_link(&context, &token, Purpose::Invitation).await
}

async fn use_reset_link(
    context: RequestContext,
    Path(token): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    use_link(&context, &token, Purpose::Reset, form).await
}

async fn use_invitation(
    context: RequestContext,
    Path(token): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    use_link(&context, &token, Purpose::Invitation, form).await
}

fn link_title(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Invitation => "Choose your password",
        Purpose::Reset => "Set a new password",
    }
}

fn link_over(context: &RequestContext) -> Response {
    context.page_with(
        axum::http::StatusCode::GONE,
        "This link no longer works",
        pages::link_over,
    )
}

async fn show_link(
    context: &RequestContext,
    token: &str,
    purpose: Purpose,
) -> Result<Response, Error> {
    let limits = &context.app.limits;
    let guess = limits.guess(Guessed::Password, context.client).await?;
    let found = own::link(context.app.db.read(), context.now, token, purpose).await;
    let Some(view) = guess.looked_up(found)? else {
        return Ok(link_over(context));
    };
    let invited = purpose == Purpose::Invitation;
    Ok(context.page(link_title(purpose), || {
        pages::new_password(FormState::new(), &context.path, invited, &view)
    }))
}

async fn use_link(
    context: &RequestContext,
    token: &str,
    purpose: Purpose,
    form: Form,
) -> Result<Response, Error> {
    let limits = &context.app.limits;
    let guess = limits.guess(Guessed::Password, context.client).await?;
    let command = SetPasswordByLink {
        token: token.to_owned(),
        purpose,
        password: forms::raw(&form.pairs, "new-password"),
    };
    let done = set_password_by_link::set_password_by_link(&context.app, context, command).await;
    // What was wrong is a link that is over, and nothing else: a link that a password is refused for
    // is one.
    let done = match done {
        Err(Refused::Because(LinkRefused::Password(why))) => {
            guess.give_back();
            Err(Refused::Because(LinkRefused::Password(why)))
        }
        done => guess.answered(done),
    };
    match done {
        Ok(holder) => {
            session::open(&context.session, &holder.signed_in).await?;
            let response = see_other(paths::DESK);
            Ok(session::remember(&context.app, response, &holder.email))
        }
        Err(refused) => {
            let LinkRefused::Password(why) = refused.because()? else {
                return Ok(link_over(context));
            };
            let db = context.app.db.read();
            let Some(view) = own::link(db, context.now, token, purpose).await? else {
                return Ok(link_over(context));
            };
            let mut form = forms::state(&form.pairs);
            form.refuse("new-password", words::password(why));
            let invited = purpose == Purpose::Invitation;
            Ok(context.refused(link_title(purpose), || {
                pages::new_password(form, &context.path, invited, &view)
            }))
        }
    }
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct AccountQuery {
    changed: Option<String>,
}

async fn show_account(
    context: RequestContext,
    Query(query): Query<AccountQuery>,
) -> Result<Response, Error> {
    let view = own::account(context.app.db.read(), &context.actor).await?;
    let state = fresh_form()?;
    let changed = query.changed.is_some();
    Ok(context.page("Your account", || {
        pages::account(state, &view, role_words(&view), changed)
    }))
}

async fn change_password(context: RequestContext, form: Form) -> Result<Response, Error> {
    let command = ChangePassword {
        present: forms::raw(&form.pairs, "password"),
        new: forms::raw(&form.pairs, "new-password"),
        key: CreationKey::typed(form.pairs.one(KEY)),
    };
    let done = change_password::change_password(&context.app, &context, command).await;
    let refused = match done {
        Ok(who) => {
            session::open(&context.session, &who).await?;
            return Ok(see_other("/account?changed=1"));
        }
        Err(refused) => refused,
    };
    let mut state = forms::state(&form.pairs);
    match refused.because()? {
        ChangePasswordRefused::PresentWrong => {
            state.refuse("password", words::PRESENT_PASSWORD_WRONG);
        }
        ChangePasswordRefused::New(why) => state.refuse("new-password", words::password(why)),
    }
    let view = own::account(context.app.db.read(), &context.actor).await?;
    Ok(context.refused("Your account", || {
        pages::account(state, &view, role_words(&view), false)
    }))
}
