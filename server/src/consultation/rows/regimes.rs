//! The regimes that consultations are held under: dated data with their sources,
//! installed where they are missing and never changed once used.

use entity::regime;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait};

struct Regime {
    code: &'static str,
    name: &'static str,
    minimum_days: i32,
    source: &'static str,
    effective_from: &'static str,
    publication_profile: &'static str,
    voting_allowed: bool,
    note: &'static str,
}

const REGIMES: [Regime; 9] = [
    Regime {
        code: "non-statutory",
        name: "Non-statutory consultation",
        minimum_days: 14,
        source: "The council’s own rule; two weeks until it sets another",
        effective_from: "2026-01-01",
        publication_profile: "choice",
        voting_allowed: true,
        note: "Answer within 12 weeks of closing, or say why not.",
    },
    Regime {
        code: "planning-application",
        name: "Planning application",
        minimum_days: 21,
        source: "Town and Country Planning (Development Management Procedure) (England) Order 2015, article 15",
        effective_from: "2015-04-15",
        publication_profile: "choice",
        voting_allowed: false,
        note: "21 days from the last of letter, site notice and press notice. Grounds decide, not numbers: there is no vote.",
    },
    Regime {
        code: "planning-application-eia",
        name: "Planning application with an Environmental Statement",
        minimum_days: 30,
        source: "Town and Country Planning (Development Management Procedure) (England) Order 2015, article 15",
        effective_from: "2015-04-15",
        publication_profile: "choice",
        voting_allowed: false,
        note: "30 days. Grounds decide, not numbers: there is no vote.",
    },
    Regime {
        code: "local-plan-reg-18",
        name: "Local plan, regulation 18 (legacy)",
        minimum_days: 0,
        source: "Town and Country Planning (Local Planning) (England) Regulations 2012, regulation 18",
        effective_from: "2012-04-06",
        publication_profile: "choice",
        voting_allowed: true,
        note: "The regulations set no minimum; six weeks is usual.",
    },
    Regime {
        code: "local-plan-reg-19",
        name: "Local plan, regulation 19 (legacy)",
        minimum_days: 42,
        source: "Town and Country Planning (Local Planning) (England) Regulations 2012, regulations 19 and 20",
        effective_from: "2012-04-06",
        publication_profile: "names-required",
        voting_allowed: false,
        note: "Representations on soundness, legal compliance and the duty to co-operate. Legacy plans must be submitted by 31 December 2026.",
    },
    Regime {
        code: "local-plan-scoping",
        name: "Local plan, scoping",
        minimum_days: 28,
        source: "Local Planning (England) Regulations 2026",
        effective_from: "2026-03-25",
        publication_profile: "choice",
        voting_allowed: true,
        note: "Four weeks. Notice at least four months before Gateway 1.",
    },
    Regime {
        code: "local-plan-content",
        name: "Local plan, content and evidence",
        minimum_days: 42,
        source: "Local Planning (England) Regulations 2026",
        effective_from: "2026-03-25",
        publication_profile: "choice",
        voting_allowed: true,
        note: "Six weeks.",
    },
    Regime {
        code: "local-plan-proposed",
        name: "Local plan, proposed plan",
        minimum_days: 56,
        source: "Local Planning (England) Regulations 2026; believed to be eight weeks, an administrator must confirm it",
        effective_from: "2026-03-25",
        publication_profile: "named",
        voting_allowed: false,
        note: "Believed to be eight weeks. Confirm it with your legal team before you publish.",
    },
    Regime {
        code: "supplementary-planning-document",
        name: "Supplementary planning document",
        minimum_days: 28,
        source: "Town and Country Planning (Local Planning) (England) Regulations 2012, regulations 12 and 13",
        effective_from: "2012-04-06",
        publication_profile: "choice",
        voting_allowed: true,
        note: "Four weeks, with a consultation statement: who was consulted, the main issues, how they were addressed.",
    },
];

/// Installs the regimes that are missing.
pub async fn ensure(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    regime::Entity::insert_many(REGIMES.iter().map(|r| regime::ActiveModel {
        code: Set(r.code.to_owned()),
        name: Set(r.name.to_owned()),
        minimum_days: Set(r.minimum_days),
        source: Set(r.source.to_owned()),
        effective_from: Set(r.effective_from.to_owned()),
        publication_profile: Set(r.publication_profile.to_owned()),
        voting_allowed: Set(r.voting_allowed),
        note: Set(r.note.to_owned()),
        ..Default::default()
    }))
    .on_conflict(
        OnConflict::column(regime::Column::Code)
            .do_nothing()
            .to_owned(),
    )
    .exec_without_returning(db)
    .await
    .map(drop)
}
