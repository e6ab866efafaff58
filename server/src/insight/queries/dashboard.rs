//! How the council is doing: every consultation that was held, newest closing first.
//!
//! Invariant: what was imported from somebody else is named apart and in no figure.

use std::collections::HashMap;

use domain::calendar::{uk_day, whole_uk_days};
use domain::consultation::Stage;
use domain::council::Team;
use domain::ids::{ConsultationId, TeamId};
use domain::insight::disclosure::Shown;
use domain::insight::read::{Ballots, Decisions, OutcomeLine, OutcomesView, Promises};
use domain::insight::release::Of;
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ConnectionTrait, DbErr};

use super::ballots;
use crate::consultation::rows::overview::{self, PublicLine};
use crate::council::rows::{residents, teams};
use crate::db::there;
use crate::insight::rows::{release, theme};

const A_PAGE: u64 = 20;
/// In which government’s consultation principles ask for a response.
const TWELVE_WEEKS: SignedDuration = SignedDuration::from_hours(84 * 24);

/// A page of the dashboard, from 1.
pub async fn outcomes(
    db: &impl ConnectionTrait,
    page: u64,
    now: Timestamp,
) -> Result<OutcomesView, DbErr> {
    let total = overview::count_held(db, now).await?;
    let pages = total.div_ceil(A_PAGE).max(1);
    let page = page.clamp(1, pages);
    let lines = overview::held_lines(db, now, (page - 1) * A_PAGE, A_PAGE).await?;
    let ids: Vec<ConsultationId> = lines.iter().map(|line| line.id).collect();
    let answered = overview::answered(db).await?;
    let mut promises = theme::promises(db, uk_day(now)).await?;
    promises.retain(|id, _| answered.contains(id));
    let all = Promises {
        made: promises.values().map(|one| one.made).sum(),
        due: promises.values().map(|one| one.due).sum(),
        kept: promises.values().map(|one| one.kept).sum(),
    };
    let shown = Lines {
        teams: teams::teams(db, lines.iter().map(|line| line.team)).await?,
        responses: released(db, &ids, Of::Responses).await?,
        voters: released(db, &ids, Of::Votes).await?,
        ballots: ballots::of(db, &ids).await?,
        reach: reach(db, &ids).await?,
        promises,
        now,
    };
    Ok(OutcomesView {
        lines: lines
            .into_iter()
            .map(|line| shown.line(line))
            .collect::<Result<_, _>>()?,
        page,
        pages,
        total,
        // Of what is shown alone, it says nothing more.
        responses: released(db, &overview::every_held(db, now).await?, Of::Responses)
            .await?
            .values()
            .filter_map(|shown| shown.number())
            .sum(),
        promises: all,
        decided: decisions(db, now).await?,
        imported: overview::imported(db, A_PAGE).await?,
    })
}

/// What the lines of a page show, by consultation or team.
struct Lines {
    teams: HashMap<TeamId, Team>,
    responses: HashMap<ConsultationId, Shown>,
    voters: HashMap<ConsultationId, Shown>,
    ballots: HashMap<ConsultationId, Ballots>,
    reach: HashMap<ConsultationId, u64>,
    promises: HashMap<ConsultationId, Promises>,
    now: Timestamp,
}

impl Lines {
    fn line(&self, line: PublicLine) -> Result<OutcomeLine, DbErr> {
        let count = |counts: &HashMap<ConsultationId, Shown>| {
            counts.get(&line.id).copied().unwrap_or(Shown::Hidden)
        };
        let milestones = line.milestones;
        let stage = milestones.stage(self.now);
        let undecided = matches!(stage, Stage::Closed | Stage::Answered);
        Ok(OutcomeLine {
            stage,
            reach: self.reach.get(&line.id).copied().unwrap_or_default(),
            responses: count(&self.responses),
            voters: count(&self.voters),
            ballots: self.ballots.get(&line.id).copied(),
            days_to_outcome: milestones
                .closes
                .zip(milestones.decided)
                .map(|(from, to)| whole_uk_days(from, to)),
            days_waiting: milestones
                .closes
                .filter(|_| undecided)
                .map(|from| whole_uk_days(from, self.now)),
            promises: self.promises.get(&line.id).copied().unwrap_or_default(),
            team: there(
                self.teams.get(&line.team),
                format_args!("team {}", line.team),
            )?
            .name
            .clone(),
            slug: line.slug,
            title: line.title,
        })
    }
}

/// How many people are in what was released of each of these.
async fn released(
    db: &impl ConnectionTrait,
    ids: &[ConsultationId],
    of: fn(ConsultationId) -> Of,
) -> Result<HashMap<ConsultationId, Shown>, DbErr> {
    let wanted: Vec<Of> = ids.iter().copied().map(of).collect();
    let shown = release::shown(db, &wanted).await?;
    let of_each = |id: &ConsultationId| Some((*id, *shown.get(&of(*id))?));
    Ok(ids.iter().filter_map(of_each).collect())
}

/// How many live where each of these is about.
async fn reach(
    db: &impl ConnectionTrait,
    ids: &[ConsultationId],
) -> Result<HashMap<ConsultationId, u64>, DbErr> {
    let residents = residents::by_area(db).await?;
    let mut reach = HashMap::new();
    for (id, area) in overview::areas(db, ids).await? {
        *reach.entry(id).or_default() += residents.get(&area).copied().unwrap_or_default();
    }
    Ok(reach)
}

async fn decisions(db: &impl ConnectionTrait, now: Timestamp) -> Result<Decisions, DbErr> {
    let waits = overview::waits_for_decision(db, now).await?;
    let in_time = waits
        .iter()
        .filter(|(closed, decided)| {
            closed.is_some_and(|closed| decided.duration_since(closed) <= TWELVE_WEEKS)
        })
        .count();
    Ok(Decisions {
        all: waits.len() as u64,
        in_time: in_time as u64,
    })
}
