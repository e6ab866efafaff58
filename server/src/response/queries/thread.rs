//! *My thread* of a response: from sending to decision.

use domain::moderation::{State, SubjectKind};
use domain::response::Publication;
use domain::response::read::{About, Said, ThreadView};
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, DbErr};

use crate::consultation::rows::{self, outcome};
use crate::insight::rows::theme;
use crate::moderation::rows::decision::latest_reasons;
use crate::response::queries::questionnaire::Questionnaire;
use crate::response::rows::stored::{self, StoredResponse};

/// *My thread* of a response.
pub async fn thread(
    db: &impl ConnectionTrait,
    on: &Questionnaire,
    response: &StoredResponse,
    now: Timestamp,
) -> Result<ThreadView, DbErr> {
    let answers = stored::answers(db, &on.questions, response.id).await?;
    let texts = answers.iter().filter_map(|answer| Some(answer.text?.id));
    let reasons = latest_reasons(db, SubjectKind::Answer, texts.collect()).await?;
    let mut said = Vec::with_capacity(answers.len());
    for stored in answers {
        let Some(question) = on.questions.iter().find(|q| q.id == stored.question) else {
            continue;
        };
        let moderation = stored.text.map(|text| text.state);
        said.push(Said {
            prompt: question.prompt.clone(),
            text: app::response::pages::in_words(question, &stored.answer),
            reason: stored
                .text
                .filter(|text| text.state == State::Rejected)
                .and_then(|text| reasons.get(&text.id).copied()),
            public: moderation == Some(State::Approved)
                && question.published
                && response.publication != Publication::Private,
            moderation,
        });
    }
    let on = &on.consultation;
    // What is held in memory may be a moment old; how far it has come is read.
    let read = rows::by_id(db, on.id).await?;
    let milestones = read.map_or(on.milestones, |read| read.milestones);
    let decision = outcome::decision(db, on.id).await?;
    let themes = match milestones.answered {
        Some(_) => theme::of(db, on.id).await?,
        None => Vec::new(),
    };
    Ok(ThreadView {
        about: About {
            slug: on.slug.clone(),
            title: on.title.clone(),
            closes: on.milestones.closes,
            voting: false,
        },
        at: response.at,
        stage: milestones.stage(now),
        publication: response.publication,
        said,
        themes,
        decision: milestones.decided.zip(decision),
    })
}
