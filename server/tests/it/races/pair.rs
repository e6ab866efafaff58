//! Two use cases on one thing at one moment: one is stopped inside, the other comes; and what the end
//! must be.
//!
//! The oracle: the end equals one of the two orders, or one of the two was refused and the end is what
//! the other one alone leaves. A fault is never right.

use std::sync::Arc;
use std::time::Duration;

use server::db::{Gate, Point};

use super::gate::{Hold, Trail};
use super::samples::{Said, Sample, Scene, Who};
use super::state::{State, difference};
use super::world::{Copy, World};

/// What was said to somebody.
pub type Answer = Result<(), Said>;

/// How long the other one may take before the held one goes on.
const HEAD_START: Duration = Duration::from_millis(200);
/// How long both may take in all.
const PATIENCE: Duration = Duration::from_secs(40);

/// What became of a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As if one had come after the other.
    InOrder,
    /// One of them was refused.
    OneRefused,
    /// Both were refused, or could not be done here at all.
    NothingDone,
    /// None of these.
    Wrong(String),
}

/// What one use case does by itself.
#[derive(Clone, Debug)]
pub struct Alone {
    /// What it answers.
    pub answer: Answer,
    /// The points inside it to which it comes.
    pub points: Vec<Point>,
    /// Whether anything is different afterwards.
    pub changes: bool,
}

/// What two use cases leave, one after the other.
struct Orders {
    first_then_second: (State, Answer, Answer),
    second_then_first: (State, Answer, Answer),
    first_alone: State,
    second_alone: State,
}

async fn done(copy: &Copy, sample: &Sample, who: Who, home: &str) -> Answer {
    let scene = Scene::new(copy.app.clone(), copy.facts.clone(), who, home);
    (sample.run)(&scene).await
}

/// Tries one use case by itself.
pub async fn alone(world: &World, sample: &Sample, who: Who, home: &str) -> Alone {
    let trail = Arc::new(Trail::default());
    let copy = world.copy(Some(Arc::clone(&trail) as Arc<dyn Gate>)).await;
    let before = copy.state().await;
    let answer = done(&copy, sample, who, home).await;
    let changes = copy.state().await != before;
    copy.remove().await;
    Alone {
        answer,
        points: trail.points(),
        changes,
    }
}

async fn orders(world: &World, first: &Sample, second: &Sample, home: &str) -> Orders {
    let one = world.copy(None).await;
    let a = done(&one, first, Who::First, home).await;
    let first_alone = one.state().await;
    let b = done(&one, second, Who::Second, home).await;
    let first_then_second = (one.state().await, a, b);
    one.remove().await;
    let two = world.copy(None).await;
    let b = done(&two, second, Who::Second, home).await;
    let second_alone = two.state().await;
    let a = done(&two, first, Who::First, home).await;
    let second_then_first = (two.state().await, a, b);
    two.remove().await;
    Orders {
        first_then_second,
        second_then_first,
        first_alone,
        second_alone,
    }
}

/// Tries two use cases at one moment: the first is held at each of these points while the second comes.
/// Points to which it does not come by itself are no use: there it would only be first.
pub async fn pair(
    world: &World,
    first: &Sample,
    second: &Sample,
    home: &str,
    points: &[Point],
) -> Verdict {
    if points.is_empty() {
        return Verdict::NothingDone;
    }
    let orders = orders(world, first, second, home).await;
    let mut verdict = Verdict::NothingDone;
    for at in points {
        let (end, a, b) = at_once(world, first, second, home, *at).await;
        match judge(&orders, &end, &a, &b) {
            Verdict::Wrong(why) => {
                return Verdict::Wrong(format!(
                    "{first} ∥ {second} at {home}, the first held at {at:?}: {why}"
                ));
            }
            Verdict::InOrder => verdict = Verdict::InOrder,
            Verdict::OneRefused if verdict == Verdict::NothingDone => verdict = Verdict::OneRefused,
            _ => {}
        }
    }
    verdict
}

async fn at_once(
    world: &World,
    first: &Sample,
    second: &Sample,
    home: &str,
    at: Point,
) -> (State, Answer, Answer) {
    let hold = Hold::at(at);
    let copy = world.copy(Some(Arc::clone(&hold) as Arc<dyn Gate>)).await;
    let other = copy.another().await;
    let held = Scene::new(copy.app.clone(), copy.facts.clone(), Who::First, home);
    let comes = Scene::new(other.clone(), copy.facts.clone(), Who::Second, home);
    let both = async {
        let one = (first.run)(&held);
        let two = async {
            let mut two = (second.run)(&comes);
            match tokio::time::timeout(HEAD_START, &mut two).await {
                Ok(said) => {
                    hold.release();
                    said
                }
                // It waits for the first one, as it should: let that go on.
                Err(_) => {
                    hold.release();
                    two.await
                }
            }
        };
        let mut one = one;
        // The second one comes when the first stands at its point, or has ended without coming there.
        tokio::select! {
            said = &mut one => (said, two.await),
            () = hold.reached() => {
                let (a, b) = tokio::join!(one, two);
                (a, b)
            }
        }
    };
    let (a, b) = tokio::time::timeout(PATIENCE, both)
        .await
        .unwrap_or_else(|_| {
            let late = || Err(Said::Fault("no answer in time".to_owned()));
            (late(), late())
        });
    let end = copy.state().await;
    other.db.close().await;
    copy.remove().await;
    (end, a, b)
}

fn judge(orders: &Orders, end: &State, a: &Answer, b: &Answer) -> Verdict {
    for said in [a, b] {
        if let Err(Said::Fault(fault)) = said {
            return Verdict::Wrong(format!("a fault: {fault}"));
        }
    }
    let same = |order: &(State, Answer, Answer)| order.0 == *end && order.1 == *a && order.2 == *b;
    if same(&orders.first_then_second) || same(&orders.second_then_first) {
        return match (a, b) {
            (Ok(()), Ok(())) => Verdict::InOrder,
            (Err(_), Err(_)) => Verdict::NothingDone,
            _ => Verdict::OneRefused,
        };
    }
    // Refused though neither order refuses it: right where nothing of it is left.
    let left_alone = match (a, b) {
        (Ok(()), Err(_)) => Some(&orders.first_alone),
        (Err(_), Ok(())) => Some(&orders.second_alone),
        _ => None,
    };
    if left_alone == Some(end) {
        return Verdict::OneRefused;
    }
    Verdict::Wrong(format!(
        "the end is neither order: {a:?}, {b:?}\n against first then second ({:?}, {:?}):\n{} \
         against second then first ({:?}, {:?}):\n{}",
        orders.first_then_second.1,
        orders.first_then_second.2,
        difference(&orders.first_then_second.0, end),
        orders.second_then_first.1,
        orders.second_then_first.2,
        difference(&orders.second_then_first.0, end),
    ))
}
