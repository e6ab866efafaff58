//! A published consultation with its questions, held in memory so that a submission costs the
//! write and nothing else.
//!
//! Invariant: an entry is dropped when the public version changes, looked up at most twice a
//! second; the stage is never kept, it is computed from the milestones and the clock.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, RwLock};
use std::time::Instant;

use domain::consultation::read::OptionView;
use domain::consultation::{Consultation, Question, QuestionKind};
use domain::council::{Area, Postcode};
use domain::ids::AreaId;
use domain::response::read::About;
use sea_orm::{ConnectionTrait, DbErr};

use crate::consultation::rows;
use crate::council::rows::areas;
use crate::db::Db;
use crate::record::site;
use crate::vote::rows::approved;

const LOOK_AGAIN_AFTER_MILLIS: u64 = 500;
const MOST_ENTRIES: usize = 500;

/// A consultation as it is asked.
#[derive(Clone, Debug)]
pub struct Questionnaire {
    /// The consultation.
    pub consultation: Consultation,
    /// Its questions in order.
    pub questions: Vec<Question>,
    /// What can be decided, as its questions may offer it.
    pub options: Vec<OptionView>,
    /// The pages on which there are questions, in order.
    pub pages: Vec<i32>,
    /// Every ward, by name.
    pub wards: Vec<Area>,
    /// What its pages say of it.
    pub about: About,
}

/// The questionnaires in memory.
#[derive(Debug)]
pub struct Questionnaires {
    held: RwLock<HashMap<String, Arc<Questionnaire>>>,
    version: AtomicI64,
    looked_at: AtomicU64,
    began: Instant,
}

impl Default for Questionnaires {
    fn default() -> Self {
        Self {
            held: RwLock::default(),
            version: AtomicI64::new(-1),
            looked_at: AtomicU64::new(0),
            began: Instant::now(),
        }
    }
}

impl Questionnaires {
    /// The questionnaire of this slug; nothing where there is no such published consultation.
    pub async fn of(&self, db: &Db, slug: &str) -> Result<Option<Arc<Questionnaire>>, DbErr> {
        self.refresh(db).await?;
        if let Some(found) = self
            .held
            .read()
            .ok()
            .and_then(|held| held.get(slug).cloned())
        {
            return Ok(Some(found));
        }
        let version = self.version.load(Ordering::Acquire);
        let Some(read) = read(db, slug).await? else {
            return Ok(None);
        };
        let read = Arc::new(read);
        if let Ok(mut held) = self.held.write()
            && self.version.load(Ordering::Acquire) == version
        {
            if held.len() >= MOST_ENTRIES {
                held.clear();
            }
            held.insert(slug.to_owned(), Arc::clone(&read));
        }
        Ok(Some(read))
    }

    async fn refresh(&self, db: &Db) -> Result<(), DbErr> {
        let now = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let last = self.looked_at.load(Ordering::Relaxed);
        let first = self.version.load(Ordering::Acquire) < 0;
        if !first && now.saturating_sub(last) < LOOK_AGAIN_AFTER_MILLIS {
            return Ok(());
        }
        self.looked_at.store(now, Ordering::Relaxed);
        let (version, _) = site::state(db.read()).await?;
        if self.version.swap(version, Ordering::AcqRel) != version
            && let Ok(mut held) = self.held.write()
        {
            held.clear();
        }
        Ok(())
    }
}

async fn read(db: &Db, slug: &str) -> Result<Option<Questionnaire>, DbErr> {
    let db = db.read();
    let Some(consultation) = rows::by_slug(db, slug).await? else {
        return Ok(None);
    };
    if consultation.milestones.published.is_none() {
        return Ok(None);
    }
    let questions = rows::questions(db, consultation.id).await?;
    let mut pages: Vec<i32> = questions.iter().map(|question| question.page).collect();
    pages.dedup();
    let voting = consultation.voting_allowed
        && (consultation.statements_open
            || questions
                .iter()
                .any(|q| q.kind == QuestionKind::StatementBlock)
            || approved::any(db, consultation.id).await?);
    Ok(Some(Questionnaire {
        about: About {
            slug: consultation.slug.clone(),
            title: consultation.title.clone(),
            closes: consultation.milestones.closes,
            voting,
        },
        options: rows::options(db, consultation.id).await?,
        consultation,
        questions,
        pages,
        wards: areas::wards(db).await?,
    }))
}

/// The ward of a postcode as it was typed, if it is one of the borough's.
pub async fn ward_of(db: &impl ConnectionTrait, typed: &str) -> Result<Option<AreaId>, DbErr> {
    match Postcode::parse(typed) {
        Ok(postcode) => areas::of_postcode(db, &postcode).await,
        Err(_) => Ok(None),
    }
}
