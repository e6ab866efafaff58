//! Rows as polls, and back.

pub mod lines;

use domain::ids::{AreaId, ConsultationId, PollId, PollOptionId};
use domain::poll::{Poll, PollOption};
use entity::{poll, poll_option};

/// A poll with its options; none where the stored rule can't be read.
pub fn poll(row: poll::Model, mut options: Vec<poll_option::Model>) -> Option<Poll> {
    options.sort_unstable_by_key(|one| one.position);
    Some(Poll {
        id: PollId(row.id),
        consultation: ConsultationId(row.consultation_id),
        number: row.number,
        question: row.question,
        help: row.help,
        method: serde_json::from_str(&row.method).ok()?,
        electorate: serde_json::from_str(&row.electorate).ok()?,
        sealed: row.sealed,
        binding: row.binding,
        options: options.into_iter().map(option).collect(),
        seed_hash: row.seed_hash,
        seed: row.seed,
    })
}

fn option(row: poll_option::Model) -> PollOption {
    PollOption {
        id: PollOptionId(row.id),
        position: row.position,
        name: row.name,
        description: row.description,
        cost: row.cost.and_then(|cost| u64::try_from(cost).ok()),
        area: row.area_id.map(AreaId),
        picture: row
            .picture
            .map(|token| (token, row.picture_alt.unwrap_or_default())),
    }
}
