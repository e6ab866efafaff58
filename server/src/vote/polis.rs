//! Open-data conversations of Polis as consultations, with their statements and latest votes.
//!
//! Invariant: safe to run twice (the import key is unique), and the tallies that are stored equal
//! those of the published matrix. Format: `comments.csv` and `participants-votes.csv` of the
//! repository compdemocracy/openData; `summary.csv` where it is there.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use domain::ids::ConsultationId;
use entity::{consultation, regime, statement, statement_vote, team, voter};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use crate::App;
use crate::consultation::search;
use crate::record::{audit, site};
use crate::secret;

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

/// A statement of the file.
#[derive(Debug, Clone)]
struct Comment {
    id: i64,
    at: i64,
    text: String,
    /// 1 accepted, 0 not moderated, −1 rejected.
    moderated: i64,
    author: String,
}

/// A conversation in memory.
#[derive(Debug, Default)]
struct Conversation {
    topic: String,
    description: String,
    comments: Vec<Comment>,
    /// Latest votes: for each participant, `(comment, vote)`.
    votes: Vec<(String, Vec<(i64, i32)>)>,
}

/// The texts of a conversation's files.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// The conversation's name, from which its key and its address are made.
    pub name: String,
    /// `summary.csv`, empty where it is missing.
    pub summary: String,
    /// `comments.csv`.
    pub comments: String,
    /// `participants-votes.csv`.
    pub votes: String,
}

impl Files {
    /// Reads a folder.
    ///
    /// # Errors
    /// The file that can't be read.
    pub fn of(folder: &Path) -> Result<Self, PolisRefused> {
        let text = |file: &str| {
            std::fs::read_to_string(folder.join(file)).map_err(|error| PolisRefused::File {
                file: file.to_owned(),
                why: error.to_string(),
            })
        };
        let name = folder
            .canonicalize()
            .unwrap_or_else(|_| folder.to_path_buf());
        let name = name.file_name().map(|n| n.to_string_lossy().into_owned());
        let summary = if folder.join("summary.csv").exists() {
            text("summary.csv")?
        } else {
            String::new()
        };
        Ok(Self {
            name: name.unwrap_or_default(),
            summary,
            comments: text("comments.csv")?,
            votes: text("participants-votes.csv")?,
        })
    }
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
        .filter(consultation::Column::ImportKey.eq(&key))
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

impl Conversation {
    fn counts(&self) -> [usize; 5] {
        let all = || self.votes.iter().flat_map(|(_, votes)| votes);
        let of = |value: i32| all().filter(|(_, v)| *v == value).count();
        [self.votes.len(), self.comments.len(), of(1), of(-1), of(0)]
    }
}

fn read(files: &Files) -> Result<Conversation, PolisRefused> {
    let mut conversation = Conversation::default();
    for row in rows("summary.csv", &files.summary) {
        let (_, row) = row?;
        match (row.get(0), row.get(1)) {
            (Some("topic"), Some(topic)) => conversation.topic = topic.to_owned(),
            (Some("conversation-description"), Some(text)) => {
                conversation.description = text.to_owned();
            }
            _ => {}
        }
    }
    read_comments(&files.comments, &mut conversation)?;
    read_votes(&files.votes, &mut conversation)?;
    Ok(conversation)
}

type Row = (u64, csv::StringRecord);

fn rows<'a>(
    file: &'static str,
    text: &'a str,
) -> impl Iterator<Item = Result<Row, PolisRefused>> + use<'a> {
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    reader.into_records().map(move |record| {
        let record = record.map_err(|error| PolisRefused::File {
            file: file.to_owned(),
            why: error.to_string(),
        })?;
        Ok((record.position().map_or(0, csv::Position::line), record))
    })
}

fn read_comments(text: &str, into: &mut Conversation) -> Result<(), PolisRefused> {
    const FILE: &str = "comments.csv";
    let mut rows = rows(FILE, text);
    let (line, header) = rows.next().ok_or(PolisRefused::Line {
        file: FILE,
        line: 1,
        why: "there is no header",
    })??;
    let column = |name: &str| header.iter().position(|cell| cell == name);
    let missing = |why| PolisRefused::Line {
        file: FILE,
        line,
        why,
    };
    let id = column("comment-id").ok_or(missing("there is no column comment-id"))?;
    let body = column("comment-body").ok_or(missing("there is no column comment-body"))?;
    let moderated = column("moderated").ok_or(missing("there is no column moderated"))?;
    let (at, author) = (column("timestamp"), column("author-id"));
    for row in rows {
        let (line, row) = row?;
        let wrong = |why| PolisRefused::Line {
            file: FILE,
            line,
            why,
        };
        let number = |place: usize, why| {
            row.get(place)
                .and_then(|cell| cell.trim().parse::<i64>().ok())
                .ok_or(wrong(why))
        };
        into.comments.push(Comment {
            id: number(id, "comment-id is not a number")?,
            at: at
                .and_then(|at| row.get(at)?.trim().parse().ok())
                .unwrap_or(0),
            text: row
                .get(body)
                .ok_or(wrong("there is no comment-body"))?
                .trim()
                .to_owned(),
            moderated: number(moderated, "moderated is not a number")?,
            author: author
                .and_then(|at| row.get(at))
                .unwrap_or_default()
                .to_owned(),
        });
    }
    Ok(())
}

fn read_votes(text: &str, into: &mut Conversation) -> Result<(), PolisRefused> {
    const FILE: &str = "participants-votes.csv";
    let mut rows = rows(FILE, text);
    let (line, header) = rows.next().ok_or(PolisRefused::Line {
        file: FILE,
        line: 1,
        why: "there is no header",
    })??;
    let participant =
        header
            .iter()
            .position(|cell| cell == "participant")
            .ok_or(PolisRefused::Line {
                file: FILE,
                line,
                why: "there is no column participant",
            })?;
    let columns: Vec<(usize, i64)> = header
        .iter()
        .enumerate()
        .filter_map(|(place, cell)| Some((place, cell.trim().parse().ok()?)))
        .collect();
    for row in rows {
        let (line, row) = row?;
        let wrong = |why| PolisRefused::Line {
            file: FILE,
            line,
            why,
        };
        let who = row
            .get(participant)
            .ok_or(wrong("there is no participant"))?
            .to_owned();
        let mut votes = Vec::new();
        for (place, comment) in &columns {
            match row.get(*place).map_or("", str::trim) {
                "" => {}
                "1" => votes.push((*comment, 1)),
                "-1" => votes.push((*comment, -1)),
                "0" => votes.push((*comment, 0)),
                _ => return Err(wrong("a vote is not 1, -1, 0 or empty")),
            }
        }
        into.votes.push((who, votes));
    }
    Ok(())
}

async fn insert_consultation(
    tx: &DatabaseTransaction,
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
        import_key: Set(Some(key)),
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
    tx: &DatabaseTransaction,
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
    tx: &DatabaseTransaction,
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
