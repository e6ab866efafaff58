//! Open-data conversations of Polis as consultations, with their statements and latest votes.
//!
//! Invariant: safe to run twice (the import key is unique), and the tallies that are stored equal
//! those of the published matrix. Format: `comments.csv` and `participants-votes.csv` of the
//! repository compdemocracy/openData; `summary.csv` where it is there.

use std::collections::{BTreeMap, HashMap};

use domain::ids::ConsultationId;
use entity::{consultation, opinion, regime, statement, statement_vote, team, voter};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

mod read;

pub use read::Files;

use read::{Comment, Conversation, read};

use crate::App;
use crate::consultation::rows::search;
use crate::db::Tx;
use crate::record::{audit, site};
use crate::secret;
use crate::vote::queries::routing;

/// Why a folder was not imported.
#[derive(Debug, thiserror::Error)]
pub enum PolisRefused {
    /// A file can't be read.
    #[error("{file} can't be read: {why}")]
    File {
        /// Its name.
        file: String,
        /// Why.
        why: String,
    },
    /// A line is not what the format says.
    #[error("{file}, line {line}: {why}")]
    Line {
        /// The file.
        file: &'static str,
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        why: &'static str,
    },
    /// There is no team to own it, or the regime is missing.
    #[error("no {0} in this database; make one first")]
    Missing(&'static str),
    /// The database refused.
    #[error("{0}")]
    Database(#[from] sea_orm::DbErr),
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The consultation's address name.
    pub slug: String,
    /// Whether it was there already.
    pub already: bool,
    /// Participants, statements, agrees, disagrees, passes.
    pub counts: [usize; 5],
}

/// Imports a conversation as a closed consultation of this team (by slug), or of the first team.
///
/// # Errors
/// See [`PolisRefused`]; nothing is stored then.
pub async fn import(
    app: &App,
    files: &Files,
    owner: Option<&str>,
    now: Timestamp,
) -> Result<Imported, PolisRefused> {
    let conversation = read(files)?;
    let counts = conversation.counts();
    let name = &files.name;
    let key = format!("polis:{name}");
    let tx = app.db.begin().await?;
    if let Some(found) = consultation::Entity::find()
        .filter(consultation::Column::CreationKey.eq(&key))
        .one(&tx)
        .await?
    {
        return Ok(Imported {
            slug: found.slug,
            already: true,
            counts,
        });
    }
    let slug = slug_of(name);
    let id = insert_consultation(&tx, &conversation, &slug, key, owner, now).await?;
    search::index(&tx, ConsultationId(id)).await?;
    let statements = insert_statements(&tx, id, &conversation).await?;
    insert_votes(&tx, id, &conversation, &statements).await?;
    let row = opinion::ActiveModel {
        consultation_id: Set(id),
        version: Set(1),
        routing_seed: Set(routing::seed(&app.config.secret, ConsultationId(id))),
        routing_rule: Set(routing::RULE.to_owned()),
    };
    opinion::Entity::insert(row)
        .exec_without_returning(&tx)
        .await?;
    audit::append(
        &tx,
        now,
        None,
        "import-polis",
        &slug,
        &format!("{counts:?}"),
    )
    .await?;
    site::changed(&tx).await?;
    tx.commit().await?;
    Ok(Imported {
        slug,
        already: false,
        counts,
    })
}

fn slug_of(name: &str) -> String {
    let parts: Vec<String> = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    format!("conversation-{}", parts.join("-"))
}

async fn insert_consultation(
    tx: &Tx,
    from: &Conversation,
    slug: &str,
    key: String,
    owner: Option<&str>,
    now: Timestamp,
) -> Result<i64, PolisRefused> {
    let mut teams = team::Entity::find();
    if let Some(owner) = owner {
        teams = teams.filter(team::Column::Slug.eq(owner));
    }
    let team = teams.one(tx).await?.ok_or(PolisRefused::Missing("team"))?;
    let regime = regime::Entity::find()
        .filter(regime::Column::Code.eq("non-statutory"))
        .one(tx)
        .await?
        .ok_or(PolisRefused::Missing("non-statutory regime"))?;
    let times = || from.comments.iter().map(|c| c.at).filter(|at| *at > 0);
    let opened = times().min().unwrap_or(now.as_millisecond());
    let closed = times().max().unwrap_or(opened).max(opened + 1) + 86_400_000;
    let closed = closed.min(now.as_millisecond());
    let said = |text: &str, otherwise: &str| {
        if text.trim().is_empty() {
            otherwise.to_owned()
        } else {
            text.trim().to_owned()
        }
    };
    let row = consultation::ActiveModel {
        slug: Set(slug.to_owned()),
        title: Set(said(&from.topic, "An opinion conversation")),
        summary: Set(
            "A real conversation, imported from open data to show how opinion groups are \
                      found. It was not held here and nothing is decided by it."
                .to_owned(),
        ),
        body: Set(said(
            &from.description,
            "People agreed or disagreed with one another’s statements.",
        )),
        topic: Set("Imported conversation".to_owned()),
        team_id: Set(team.id),
        regime_id: Set(regime.id),
        open_scope: Set("Nothing: this conversation is over.".to_owned()),
        limited_scope: Set(String::new()),
        fixed_scope: Set("Everything: it is shown as it was published.".to_owned()),
        scope_reason: Set("It was held by somebody else and is open data.".to_owned()),
        closing_reason: Set("The day after the last statement in the published file.".to_owned()),
        contact_name: Set(team.name),
        contact_email: Set(team.email),
        opens_at: Set(Some(opened)),
        closes_at: Set(Some(closed)),
        statements_open: Set(false),
        created_at: Set(now.as_millisecond()),
        submitted_at: Set(Some(opened)),
        approved_at: Set(Some(opened)),
        published_at: Set(Some(opened)),
        attribution: Set(Some(
            "Data was gathered using the Polis software (see: compdemocracy.org/polis and \
             github.com/compdemocracy/polis) and is sub-licensed under CC BY 4.0 with Attribution \
             to The Computational Democracy Project."
                .to_owned(),
        )),
        creation_key: Set(Some(key)),
        invented: Set(false),
        ..Default::default()
    };
    Ok(consultation::Entity::insert(row)
        .exec(tx)
        .await?
        .last_insert_id)
}

/// Stores the statements with their tallies; returns the stored id of each comment id.
async fn insert_statements(
    tx: &Tx,
    consultation: i64,
    from: &Conversation,
) -> Result<HashMap<i64, i64>, PolisRefused> {
    let mut tallies: BTreeMap<i64, [i64; 3]> = BTreeMap::new();
    for (comment, vote) in from.votes.iter().flat_map(|(_, votes)| votes) {
        let place = match vote {
            1 => 0,
            -1 => 1,
            _ => 2,
        };
        if let Some(count) = tallies.entry(*comment).or_default().get_mut(place) {
            *count += 1;
        }
    }
    // The matrix may have columns that the list of comments lacks; their votes count all the same.
    let mut comments: BTreeMap<i64, Comment> =
        from.comments.iter().map(|c| (c.id, c.clone())).collect();
    for id in tallies.keys() {
        comments.entry(*id).or_insert_with(|| Comment {
            id: *id,
            at: 0,
            text: String::new(),
            moderated: -1,
            author: String::new(),
        });
    }
    let rows: Vec<statement::ActiveModel> = comments
        .into_values()
        .map(|comment| {
            let [agrees, disagrees, passes] = tallies.get(&comment.id).copied().unwrap_or_default();
            let state = match comment.moderated {
                1 => "approved",
                0 => "held",
                _ => "rejected",
            };
            statement::ActiveModel {
                consultation_id: Set(consultation),
                text: Set(comment.text),
                source: Set(if comment.author == "0" {
                    "seed"
                } else {
                    "resident"
                }
                .to_owned()),
                state: Set(state.to_owned()),
                import_ref: Set(Some(comment.id)),
                agrees: Set(agrees),
                disagrees: Set(disagrees),
                passes: Set(passes),
                created_at: Set(comment.at),
                reason_code: Set(None),
                voter_id: Set(None),
                idempotency_key: Set(None),
                ..Default::default()
            }
        })
        .collect();
    for chunk in rows.chunks(500) {
        statement::Entity::insert_many(chunk.to_vec())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(statement::Entity::find()
        .filter(statement::Column::ConsultationId.eq(consultation))
        .all(tx)
        .await?
        .into_iter()
        .filter_map(|row| Some((row.import_ref?, row.id)))
        .collect())
}

async fn insert_votes(
    tx: &Tx,
    consultation: i64,
    from: &Conversation,
    statements: &HashMap<i64, i64>,
) -> Result<(), PolisRefused> {
    let hash = |who: &str| secret::hash(&format!("import/{consultation}/{who}"));
    let voters: Vec<voter::ActiveModel> = from
        .votes
        .iter()
        .map(|(who, _)| voter::ActiveModel {
            consultation_id: Set(consultation),
            token_hash: Set(hash(who)),
            joined_on: Set(String::new()),
            ..Default::default()
        })
        .collect();
    for chunk in voters.chunks(2_000) {
        voter::Entity::insert_many(chunk.to_vec())
            .exec_without_returning(tx)
            .await?;
    }
    let ids: HashMap<String, i64> = voter::Entity::find()
        .filter(voter::Column::ConsultationId.eq(consultation))
        .all(tx)
        .await?
        .into_iter()
        .map(|row| (row.token_hash, row.id))
        .collect();
    let mut votes = Vec::new();
    for (who, cast) in &from.votes {
        let Some(voter) = ids.get(&hash(who)) else {
            continue;
        };
        for (comment, value) in cast {
            let Some(statement) = statements.get(comment) else {
                continue;
            };
            votes.push(statement_vote::ActiveModel {
                voter_id: Set(*voter),
                statement_id: Set(*statement),
                value: Set(*value),
            });
        }
    }
    for chunk in votes.chunks(3_000) {
        statement_vote::Entity::insert_many(chunk.to_vec())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}
