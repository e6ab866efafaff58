//! A stream whose other end has to take what is written to it.

use std::io::{self, ErrorKind, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

/// A stream on which a write fails that gets nowhere for a while. Reading waits as long as it takes.
pub(super) struct Patient<S> {
    stream: S,
    patience: Duration,
    /// Runs while a write waits.
    waits: bool,
    over: Pin<Box<Sleep>>,
}

impl<S> Patient<S> {
    /// Waits so long for any progress.
    pub fn new(stream: S, patience: Duration) -> Self {
        Self {
            stream,
            patience,
            waits: false,
            over: Box::pin(sleep(patience)),
        }
    }

    /// What became of a write, or that it has waited too long.
    fn bounded<T>(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.waits = false;
            return written;
        }
        if !self.waits {
            self.waits = true;
            self.over.as_mut().reset(Instant::now() + self.patience);
        }
        ready!(self.over.as_mut().poll(context));
        Poll::Ready(Err(ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.bounded(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.bounded(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        self.bounded(context, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let shut = Pin::new(&mut self.stream).poll_shutdown(context);
        self.bounded(context, shut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    #[tokio::test]
    async fn a_write_fails_that_nobody_takes_and_one_that_is_taken_slowly_does_not() {
        let (near, mut far) = duplex(16);
        let mut near = Patient::new(near, Duration::from_millis(200));
        let taken = tokio::spawn(async move {
            let mut all = Vec::new();
            while all.len() < 64 {
                tokio::time::sleep(Duration::from_millis(60)).await;
                let mut some = [0; 8];
                far.read_exact(&mut some).await.expect("written");
                all.extend(some);
            }
            (far, all)
        });
        near.write_all(&[7; 64]).await.expect("taken, if slowly");
        let (far, all) = taken.await.expect("read");
        assert_eq!(all, [7; 64]);
        let refused = near.write_all(&[7; 64]).await.expect_err("nobody reads");
        assert_eq!(refused.kind(), ErrorKind::TimedOut);
        drop(far);
    }
}
