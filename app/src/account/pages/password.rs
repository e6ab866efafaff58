//! Passwords: forgotten, set for the first time, changed.

use domain::account::MINIMUM_LENGTH;
use domain::account::read::{LinkView, OwnAccount};
use leptos::prelude::*;

use crate::paths;
use crate::ui::conflict::key_field;
use crate::ui::field::text_input;
use crate::ui::form::{ButtonKind, FormState, button, error_summary, hidden, post_form};
use crate::ui::label::Field;
use crate::ui::parts::{SummaryRow, heading, notification, summary_list};

/// Ask for a link.
pub fn reset(form: FormState) -> AnyView {
    let fields = view! {
        {key_field(&form)}
        {text_input(&form, Field::new("email", "Email address").kind("email").autocomplete("username"))}
        {button(ButtonKind::Primary, "Send me a link")}
    };
    view! {
        {error_summary(&form.errors)}
        {heading("For staff of the partnership", "Set a new password", "")}
        <p class="govuk-body">"We send you a link that works once, within one hour."</p>
        {post_form(paths::RESET, fields)}
    }
    .into_any()
}

/// The same words whoever asked.
pub fn reset_sent() -> AnyView {
    view! {
        {heading("", "Check your email", "")}
        <p class="govuk-body">
            "If the address you gave belongs to a member of staff here, a link is on its way. It works once, within one hour."
        </p>
        <p class="govuk-body">
            "If nothing comes, look in your spam or junk folder, then ask your administrator."
        </p>
        <p class="govuk-body"><a class="govuk-link" href=paths::SIGN_IN>"Go to sign in"</a></p>
    }
    .into_any()
}

/// Choose a password, after an invitation or a reset. With the address a browser can store both.
pub fn new_password(form: FormState, action: &str, invited: bool, view: &LinkView) -> AnyView {
    let (caption, title, label) = if invited {
        (
            "You have been invited",
            "Choose your password",
            "Choose password and sign in",
        )
    } else {
        ("", "Set a new password", "Set password and sign in")
    };
    let fields = view! {
        <input type="text" name="username" value=view.email.clone() autocomplete="username" hidden />
        {password_field(&form)}
        {button(ButtonKind::Primary, label)}
    };
    view! {
        {error_summary(&form.errors)}
        {heading(caption, title, "")}
        <p class="govuk-body">{format!("For {}, {}.", view.name, view.email)}</p>
        {post_form(action, fields)}
    }
    .into_any()
}

/// The link was used, has expired, or never was one.
pub fn link_over() -> AnyView {
    view! {
        {heading("", "This link no longer works", "")}
        <p class="govuk-body">
            "A link works once: within one hour to set a new password, within 7 days after an invitation."
        </p>
        <p class="govuk-body">
            <a class="govuk-link" href=paths::RESET>"Ask for a new link"</a>
            ", or ask your administrator to invite you again."
        </p>
    }
    .into_any()
}

/// One's own account.
pub fn account(form: FormState, view: &OwnAccount, roles: Vec<String>, changed: bool) -> AnyView {
    let changed = changed.then(|| {
        notification(
            true,
            "Done",
            view! { <p class="govuk-notification-banner__heading">"Your password is changed. You are signed out everywhere else."</p> },
        )
    });
    let fields = view! {
        {hidden("username", view.email.clone())}
        {key_field(&form)}
        {text_input(&form, Field::new("password", "Current password").kind("password").autocomplete("current-password"))}
        {password_field(&form)}
        {button(ButtonKind::Primary, "Change password")}
    };
    view! {
        {error_summary(&form.errors)}
        {changed}
        {heading("", "Your account", "")}
        {summary_list(vec![
            SummaryRow::text("Name", view.name.clone()),
            SummaryRow::text("Email address", view.email.clone()),
            SummaryRow::text("Roles", roles.join("\n")),
        ])}
        <h2 class="govuk-heading-l">"Change your password"</h2>
        <p class="govuk-body">"You stay signed in here. You are signed out everywhere else."</p>
        {post_form(paths::ACCOUNT, fields)}
    }
    .into_any()
}

fn password_field(form: &FormState) -> AnyView {
    text_input(
        form,
        Field::new("new-password", "New password")
            .hint(format!(
                "{MINIMUM_LENGTH} characters or more. Three words that don’t belong together are good. Spaces count."
            ))
            .kind("password")
            .autocomplete("new-password"),
    )
}
