//! What the pages of responding share: the questionnaire, one page of it, what was filled in, and
//! the page that says that nothing can be sent.

use std::sync::Arc;

use app::messages::response as words;
use app::pairs::Pairs;
use app::response::forms::{self, ABOUT_YOU, AboutYou, KEY, MalformedForm};
use app::response::pages;
use app::ui::form::FieldError;
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::{AreaId, QuestionId};
use domain::response::grace::{SendRefused, may_send};
use domain::response::read::RespondView;
use domain::response::{Answer, Publication};

use crate::http::{Error, RequestContext};
use crate::response::key::Key;
use crate::response::queries::questionnaire::{Questionnaire, ward_of};

impl From<MalformedForm> for Error {
    fn from(_: MalformedForm) -> Self {
        Error::Malformed
    }
}

/// The questionnaire of this slug, if anybody may know of it.
pub(super) async fn questionnaire(
    context: &RequestContext,
    slug: &str,
) -> Result<Arc<Questionnaire>, Error> {
    let found = context.app.questionnaires.of(&context.app.db, slug).await?;
    found
        .filter(|q| q.consultation.stage(context.now).is_public())
        .ok_or(Error::NotFound)
}

/// The key carried by the form, if it may still send.
pub(super) fn carried_key(
    context: &RequestContext,
    on: &Questionnaire,
    pairs: &Pairs,
) -> Option<Key> {
    let (secret, id) = (&context.app.config.secret, on.consultation.id);
    Key::read(secret, id, pairs.one(KEY))
        .filter(|key| may_send(&on.consultation.milestones, key.issued, context.now).is_ok())
}

/// The title of a page of the questionnaire.
pub(super) fn title(view: &RespondView) -> &'static str {
    if view.page == view.pages {
        "About you"
    } else {
        "Your views"
    }
}

/// A page of the questionnaire, from 1, with the fields of the others.
pub(super) fn page_view(
    on: &Questionnaire,
    page: usize,
    pairs: &Pairs,
    from_check: bool,
) -> RespondView {
    let pages = on.pages.len() + 1;
    let number = page.checked_sub(1).and_then(|at| on.pages.get(at));
    let questions: Vec<_> = on
        .questions
        .iter()
        .filter(|question| Some(&question.page) == number)
        .cloned()
        .collect();
    let shown = |name: &str| {
        if page == pages {
            return ABOUT_YOU.contains(&name);
        }
        name.split_once('.').is_some_and(|(_, id)| {
            questions
                .iter()
                .any(|question| question.id.0.to_string() == id)
        })
    };
    RespondView {
        about: on.about.clone(),
        page,
        pages,
        wards: if page == pages {
            on.wards.clone()
        } else {
            Vec::new()
        },
        options: on.options.clone(),
        publications: Publication::offered(&on.consultation.publication_profile),
        carried: forms::carried(pairs, shown),
        questions,
        from_check,
    }
}

/// A page of the questionnaire as it was filled in, with what is wrong on it.
pub(super) fn show(
    context: &RequestContext,
    on: &Questionnaire,
    page: usize,
    pairs: &Pairs,
    from_check: bool,
    errors: Vec<FieldError>,
) -> Response {
    let view = page_view(on, page, pairs, from_check);
    let title = title(&view);
    let refused = !errors.is_empty();
    let state = forms::state(pairs).refused(errors);
    let page = || pages::respond(view, &state);
    if refused {
        context.refused(title, page)
    } else {
        context.page(title, page)
    }
}

/// Nothing can be sent; what was written is shown so that it can be copied.
pub(super) fn closed(
    context: &RequestContext,
    on: &Questionnaire,
    refused: SendRefused,
    pairs: &Pairs,
) -> Response {
    let written = on
        .questions
        .iter()
        .flat_map(|question| {
            let answer = pairs
                .all(&forms::answer_field(question.id))
                .map(|value| {
                    let place = value.parse::<usize>().ok();
                    place
                        .and_then(|place| question.choices.items.get(place).cloned())
                        .unwrap_or_else(|| value.to_owned())
                })
                .chain([pairs.one(&forms::other_field(question.id)).to_owned()])
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>()
                .join("\n");
            (!answer.is_empty()).then(|| (question.prompt.clone(), answer))
        })
        .collect();
    let title = words::send(refused).0;
    context.page_with(StatusCode::FORBIDDEN, title, || {
        pages::closed(&on.about, refused, written)
    })
}

/// *About you* and where one lives, checked.
pub(super) struct Sender {
    /// Who, and what the public may see.
    pub about: AboutYou,
    /// The ward, where it was said.
    pub area: Option<AreaId>,
}

/// A whole form, checked.
pub(super) struct FilledIn {
    /// Answers in the order of the questions.
    pub answers: Vec<(QuestionId, Answer)>,
    /// Who sends it.
    pub sender: Sender,
}

/// Why a form is not filled in.
pub(super) enum NotFilledIn {
    /// Something is wrong on this page, from 1.
    Mistakes {
        /// Which page.
        page: usize,
        /// What is wrong, by field.
        errors: Vec<FieldError>,
    },
    /// It can't be read at all, or something under us failed.
    Failed(Error),
}

impl<E: Into<Error>> From<E> for NotFilledIn {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Everything checked, or the first page on which something is wrong.
pub(super) async fn filled_in(
    context: &RequestContext,
    on: &Questionnaire,
    pairs: &Pairs,
) -> Result<FilledIn, NotFilledIn> {
    let read = forms::answers(pairs, &on.questions)?;
    let page_of = |question: QuestionId| {
        let asked = on.questions.iter().find(|q| q.id == question);
        asked.and_then(|q| on.pages.iter().position(|page| *page == q.page))
    };
    let first = read.wrong.first().and_then(|wrong| page_of(wrong.question));
    if let Some(first) = first {
        let errors = read
            .wrong
            .into_iter()
            .filter(|wrong| page_of(wrong.question) == Some(first))
            .map(|wrong| wrong.error)
            .collect();
        return Err(NotFilledIn::Mistakes {
            page: first + 1,
            errors,
        });
    }
    Ok(FilledIn {
        answers: read.taken,
        sender: sender(context, on, pairs).await?,
    })
}

/// *About you* checked, or what is wrong on its page.
pub(super) async fn sender(
    context: &RequestContext,
    on: &Questionnaire,
    pairs: &Pairs,
) -> Result<Sender, NotFilledIn> {
    let offered = Publication::offered(&on.consultation.publication_profile);
    let about = forms::about_you(pairs, offered);
    let refuse = |field: &str, message: &str| FieldError {
        field: field.to_owned(),
        message: message.to_owned(),
    };
    let (postcode, ward) = (pairs.one("postcode"), pairs.one("ward"));
    let area = if !postcode.is_empty() {
        let found = ward_of(context.app.db.read(), postcode).await?;
        let unknown = || refuse("postcode", words::UNKNOWN_POSTCODE);
        found.map(Some).ok_or_else(unknown)
    } else if ward.is_empty() {
        Ok(None)
    } else {
        let id = ward.parse::<i64>().ok().map(AreaId);
        id.filter(|id| on.wards.iter().any(|known| known.id == *id))
            .map(Some)
            .ok_or_else(|| refuse("ward", words::UNKNOWN_WARD))
    };
    match (about, area) {
        (Ok(about), Ok(area)) => Ok(Sender { about, area }),
        (about, area) => {
            let first = area.err().into_iter();
            Err(NotFilledIn::Mistakes {
                page: on.pages.len() + 1,
                errors: first.chain(about.err().unwrap_or_default()).collect(),
            })
        }
    }
}
