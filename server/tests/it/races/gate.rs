//! Holds one use case at one point inside it, until somebody lets it go on.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use server::db::{Gate, Point};
use tokio::sync::Notify;

/// Holds the first use case that comes to this point.
#[derive(Debug)]
pub struct Hold {
    at: Point,
    taken: AtomicBool,
    reached: Notify,
    released: Notify,
}

impl Hold {
    /// A gate that is closed at this point.
    pub fn at(at: Point) -> Arc<Self> {
        Arc::new(Self {
            at,
            taken: AtomicBool::new(false),
            reached: Notify::new(),
            released: Notify::new(),
        })
    }

    /// Returns when somebody stands at the point.
    pub async fn reached(&self) {
        self.reached.notified().await;
    }

    /// Opens the gate.
    pub fn release(&self) {
        // Nobody else is held from here on, and who stands there goes.
        self.taken.store(true, Ordering::SeqCst);
        self.released.notify_one();
    }
}

impl Gate for Hold {
    fn pass(&self, at: Point) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        let held = at == self.at && !self.taken.swap(at == self.at, Ordering::SeqCst);
        Box::pin(async move {
            if held {
                self.reached.notify_one();
                self.released.notified().await;
            }
        })
    }
}

/// Notes the points that a use case comes to, and holds nobody.
#[derive(Debug, Default)]
pub struct Trail(Mutex<Vec<Point>>);

impl Trail {
    /// The points, in their order.
    pub fn points(&self) -> Vec<Point> {
        self.0.lock().expect("nobody panicked").clone()
    }
}

impl Gate for Trail {
    fn pass(&self, at: Point) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        self.0.lock().expect("nobody panicked").push(at);
        Box::pin(std::future::ready(()))
    }
}
