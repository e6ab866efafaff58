//! The Gunning gates before a step forward, asked of what is read once behind the lock. The gates
//! themselves are in the domain.

use domain::consultation::read::ConsultationDetail;
use domain::consultation::{Consultation, GateRefused};

use crate::consultation::queries::detail::consultation_detail;
use crate::error::{Denied, Refused};
use crate::granted::Granted;

/// What the gates miss, in the order of the principles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatesRefused(pub Vec<GateRefused>);

/// What the gates look at, read once behind the lock.
pub(super) async fn behind_the_lock(
    granted: &Granted<'_, Consultation>,
) -> Result<ConsultationDetail, Denied> {
    consultation_detail(granted.tx(), granted.root().id, granted.now())
        .await?
        .ok_or(Denied::NotFound)
}

/// What the gates miss, as the refusal of a step.
pub(super) fn gates(missing: Vec<GateRefused>) -> Refused<GatesRefused> {
    Refused::Because(GatesRefused(missing))
}
