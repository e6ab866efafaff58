//! The form of a questionnaire, as long as its questions let people write: every page of it carries the
//! answers of all others.

use axum::extract::{FromRequest, FromRequestParts, Request};
use domain::response::answer::{MostSent, most_sent};

use crate::App;
use crate::http::{Bounds, Error, Form, Path};

/// A page of a questionnaire that was sent.
pub(super) struct AnswerForm(pub(super) Form);

impl FromRequest<App> for AnswerForm {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let (mut parts, body) = request.into_parts();
        let slug = Path::<String>::from_request_parts(&mut parts, app).await;
        let asked = match slug {
            Ok(Path(slug)) => app.questionnaires.of(&app.db, &slug).await,
            Err(_) => Ok(None),
        };
        let questions = match &asked {
            Ok(Some(asked)) => &asked.questions[..],
            _ => &[],
        };
        let MostSent { characters, fields } = most_sent(questions);
        let request = Request::from_parts(parts, body);
        let form = Form::within(request, app, Bounds::of(characters, fields)).await;
        // Where nobody could look what is asked, that is what is said, with the words that were read.
        asked?;
        form.map(Self)
    }
}
