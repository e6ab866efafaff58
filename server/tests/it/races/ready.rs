//! What residents hold before two of them come at once, and what the program has begun: a receipt, a
//! ballot paper, letters, a link, voters whom nobody has looked at. All of it by use cases.

use domain::code::Code;
use domain::edit::{CreationKey, Version};
use domain::ids::{ConcernId, ConsultationId, PersonId, QuestionId, StatementId};
use domain::letter::Trouble;
use domain::neighbourhood::{Category, NewAnswer, NewConcern, Ownership, Status};
use domain::poll::{Choices, PollAddress};
use domain::response::{Answer, Channel, Publication, Respondent};
use domain::vote::statement::Vote;
use domain::vote::stuffing::Flag;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use server::account::commands::{AskReset, Disable, SignHead, ask_reset, disable, sign_head};
use server::client::ClientAddress;
use server::council::rows::locks;
use server::granted::{Caller, Granted};
use server::mail::Letter;
use server::neighbourhood::commands::{AnswerConcern, RaiseConcern, answer_concern, raise_concern};
use server::neighbourhood::key::ConcernKey;
use server::poll::commands::{CastBallot, IssuePaper, Proof, cast_ballot, issue_paper};
use server::record::outbox::{self, Attempt, Effect, NEVER, Taken};
use server::response::commands::{SendResponse, send_response};
use server::response::key::Key;
use server::vote::commands::{
    CastVote, LetVotersBack, LookForStuffing, Origin, cast_vote, let_voters_back, look_for_stuffing,
};

use super::town::consultation;
use super::world::{OPEN, caller};
use crate::consultation::OFFICER;
use crate::support::{TestApp, link};

/// What residents hold, and what the program has begun.
pub struct Ready {
    /// Somebody who was disabled.
    pub disabled: PersonId,
    /// The token of a link by which an officer sets a password.
    pub reset_token: String,
    /// The receipt code of a response.
    pub receipt: Code,
    /// A question of the open consultation that is answered in words.
    pub asks_for_words: QuestionId,
    /// A concern that somebody raised.
    pub raised: ConcernKey,
    /// A voting code whose paper was issued.
    pub paper: Code,
    /// Letters that nobody has used.
    pub letters: (String, String),
    /// An attempt at telling those who took part.
    pub attempt: Attempt,
    /// The number of a letter that did not leave.
    pub failed_letter: i64,
}

/// Makes it, in this ward and with these letters.
pub async fn made(app: &TestApp, letters: [String; 3], ward: &str) -> Ready {
    // What comes after it is on the record too, so there is a head to mail and another to sign.
    sign_head(&app.app, &anyone(app), SignHead)
        .await
        .expect("a signed head");
    let open = consultation(app, OPEN).await;
    voters(app, open).await;
    let asks_for_words = entity::question::Entity::find()
        .filter(entity::question::Column::ConsultationId.eq(open.0))
        .filter(entity::question::Column::Kind.eq("long-text"))
        .order_by_asc(entity::question::Column::Id)
        .one(app.app.db.read())
        .await
        .expect("reads")
        .expect("a question that is answered in words");
    let asks_for_words = QuestionId(asks_for_words.id);
    let [issued, one, two] = letters;
    let paper = Code::typed("1123-4567-89AB-CDEF");
    let issue = IssuePaper {
        poll: at(OPEN),
        proof: Proof::Letter(issued),
        code: paper.clone(),
    };
    issue_paper(&app.app, &anyone(app), issue)
        .await
        .expect("a paper");
    Ready {
        disabled: disabled(app).await,
        reset_token: reset_token(app).await,
        receipt: response(app, asks_for_words).await,
        asks_for_words,
        raised: raised(app, ward).await,
        paper,
        letters: (one, two),
        attempt: attempt(app).await,
        failed_letter: failed_letter(app).await,
    }
}

fn anyone(app: &TestApp) -> Caller {
    Caller::anyone(app.app.clock.now())
}

fn at(on: &str) -> PollAddress {
    PollAddress {
        slug: on.to_owned(),
        number: 1,
    }
}

/// A ballot in a poll that is open to everybody.
pub async fn ballot(app: &TestApp, on: &str) {
    let cast = CastBallot {
        poll: at(on),
        code: Code::typed("2123-4567-89AB-CDEF"),
        choices: Choices::default(),
        from: ClientAddress::new(std::net::Ipv4Addr::LOCALHOST.into()),
    };
    cast_ballot(&app.app, &anyone(app), cast)
        .await
        .expect("a ballot");
}

/// Somebody who may not sign in.
async fn disabled(app: &TestApp) -> PersonId {
    let person = app.person("sam@council.example").await;
    let by = caller(app, "administrator@council.example").await;
    disable(&app.app, &by, Disable { person })
        .await
        .expect("disabled");
    person
}

async fn reset_token(app: &TestApp) -> String {
    let ask = AskReset {
        email: OFFICER.to_owned(),
        key: CreationKey::typed("before"),
    };
    ask_reset(&app.app, &anyone(app), ask)
        .await
        .expect("a link");
    let letters = app.letters().await;
    let letter = letters
        .iter()
        .rev()
        .find(|letter| letter.to == OFFICER)
        .expect("a letter");
    let path = link(letter);
    let (_, token) = path.rsplit_once('/').expect("a path");
    token.to_owned()
}

/// A response whose author left an address; its receipt.
async fn response(app: &TestApp, question: QuestionId) -> Code {
    let key = Key::issue(app.app.clock.now()).expect("random");
    let receipt = key.receipt(&app.app.config.secret);
    let send = SendResponse {
        on: OPEN.to_owned(),
        key,
        channel: Channel::Online,
        area: None,
        publication: Publication::Anonymous,
        respondent: Respondent {
            email: Some("mo@example.org".to_owned()),
            ..Respondent::default()
        },
        answers: vec![(question, Answer::Text("More trees".to_owned()))],
        invented: true,
    };
    send_response(&app.app, &anyone(app), send)
        .await
        .expect("a response");
    receipt
}

async fn concern(app: &TestApp, ward: &str, key: &str) -> ConcernKey {
    let raise = RaiseConcern {
        area: ward.to_owned(),
        concern: NewConcern {
            category: Some(Category::Roads),
            what: "A lamp is out".to_owned(),
            place: "Mill Street".to_owned(),
            may_contact: false,
            name: String::new(),
            email: String::new(),
        },
        key: ConcernKey::of(key),
        invented: true,
    };
    raise_concern(&app.app, &anyone(app), raise)
        .await
        .expect("a concern")
}

/// A concern that waits for an answer, after one that has ended.
async fn raised(app: &TestApp, ward: &str) -> ConcernKey {
    for number in 0..10 {
        concern(app, ward, &format!("one of many {number}")).await;
    }
    let waiting = concern(app, ward, "raised before").await;
    ended(app, ward).await;
    waiting
}

/// A concern that has ended, and whose author can still be reached.
async fn ended(app: &TestApp, ward: &str) {
    let raise = RaiseConcern {
        area: ward.to_owned(),
        concern: NewConcern {
            category: Some(Category::Roads),
            what: "The sign was bent".to_owned(),
            place: "Mill Street".to_owned(),
            may_contact: true,
            name: "Jo Bright".to_owned(),
            email: "jo@example.org".to_owned(),
        },
        key: ConcernKey::of("ended before"),
        invented: true,
    };
    raise_concern(&app.app, &anyone(app), raise)
        .await
        .expect("a concern");
    let last = entity::concern::Entity::find()
        .order_by_desc(entity::concern::Column::Id)
        .one(app.app.db.read())
        .await
        .expect("reads")
        .expect("a concern");
    let answer = AnswerConcern {
        concern: ConcernId(last.id),
        answer: NewAnswer {
            ownership: Some(Ownership::Ours),
            sent_to: String::new(),
            status: Some(Status::Done),
            reply: "It is straight again".to_owned(),
        },
        seen: Version::default(),
        key: CreationKey::typed("ended"),
    };
    answer_concern(&app.app, &caller(app, "north@police.example").await, answer)
        .await
        .expect("an answer");
}

/// Voters who had never been given the page: one of them let back, one set aside, one at whom nobody
/// has looked.
async fn voters(app: &TestApp, on: ConsultationId) {
    let statement = entity::statement::Entity::find()
        .filter(entity::statement::Column::ConsultationId.eq(on.0))
        .filter(entity::statement::Column::State.eq("approved"))
        .order_by_asc(entity::statement::Column::Id)
        .one(app.app.db.read())
        .await
        .expect("reads")
        .expect("an open statement");
    let vote = async |name: &str| {
        let cast = CastVote {
            on: OPEN.to_owned(),
            token: name.to_owned(),
            statement: StatementId(statement.id),
            vote: Vote::Agree,
            from: Some(Origin {
                client: ClientAddress::new(std::net::Ipv4Addr::LOCALHOST.into()),
                page_read: false,
            }),
        };
        cast_vote(&app.app, &anyone(app), cast)
            .await
            .expect("a vote");
    };
    let look = async || {
        look_for_stuffing(&app.app, &anyone(app), LookForStuffing { on })
            .await
            .expect("looks");
    };
    vote("let back").await;
    look().await;
    let back = LetVotersBack {
        on: OPEN.to_owned(),
        flag: Flag::Unread,
    };
    let moderator = caller(app, "moderator@council.example").await;
    let_voters_back(&app.app, &moderator, back)
        .await
        .expect("let back");
    vote("set aside").await;
    look().await;
    vote("new").await;
}

/// An attempt at telling those who took part in what is open, as the jobs begin one.
async fn attempt(app: &TestApp) -> Attempt {
    let effect = Effect::TellTakenPart {
        consultation: consultation(app, OPEN).await.0,
    };
    let (effect, taken) = begun(app, &effect).await;
    Attempt {
        effect,
        number: taken.attempt,
    }
}

/// A letter that the jobs could not send.
async fn failed_letter(app: &TestApp) -> i64 {
    let letter = Letter::to_resident(
        "nobody@example.org".to_owned(),
        "A letter".to_owned(),
        "That did not leave.".to_owned(),
    );
    let (id, taken) = begun(app, &Effect::Mail(letter)).await;
    let why = Trouble::Answered(550).to_string();
    outbox::failed(app.app.db.writing(), taken, NEVER, why)
        .await
        .expect("writes");
    id
}

/// An effect that the jobs have taken: its number.
async fn begun(app: &TestApp, effect: &Effect) -> (i64, Taken) {
    let (db, now) = (app.app.db.read(), app.app.clock.now());
    let tx = app.app.db.begin().await.expect("begins");
    let locked = locks::lock_partnership(&tx).await.expect("locks");
    let granted = Granted::to_the_program(&tx, now, locked).await;
    outbox::push(&granted, effect).await.expect("an effect");
    tx.commit().await.expect("commits");
    let due = outbox::due(db, now.as_millisecond(), 1_000)
        .await
        .expect("reads");
    let due = due.iter().max_by_key(|due| due.id).expect("it is due");
    let until = now.as_millisecond() + outbox::LEASE_MILLIS;
    let taken = outbox::take(app.app.db.writing(), due, until)
        .await
        .expect("writes");
    (due.id, taken.expect("nobody else has it"))
}
