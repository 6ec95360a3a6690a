//! How far the work has come, on standard error if that is a terminal; silent in a pipe, and silent about what
//! takes no longer than a second.

use std::cell::Cell;
use std::io::{IsTerminal, stderr, stdout};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use variorum_intake::Options;

use crate::output::complain;

/// Nothing is said of what takes no longer.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often a bar is drawn while nothing moves it on.
const TICK: Duration = Duration::from_millis(200);

/// A bar that shows itself after a while.
pub(crate) struct Bar {
    bar: ProgressBar,
    /// Until it is gone the bar may still show itself.
    waiting: Option<Sender<()>>,
}

impl Bar {
    fn of(length: Option<u64>, template: &str, shown: bool) -> Self {
        let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template(template);
        let bar = bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        let later = bar.clone();
        let waiting = shown.then(|| {
            after_a_while(move || {
                later.set_draw_target(ProgressDrawTarget::stderr());
                later.enable_steady_tick(TICK);
            })
        });
        Bar { bar, waiting }
    }

    /// One more is done.
    pub(crate) fn inc(&self, done: u64) {
        self.bar.inc(done);
    }

    /// Takes the bar away for good.
    pub(crate) fn finish_and_clear(mut self) {
        self.waiting = None;
        self.bar.finish_and_clear();
    }
}

/// Does something after a while, unless what it returns is dropped before.
fn after_a_while(act: impl FnOnce() + Send + 'static) -> Sender<()> {
    let (sender, receiver) = channel();
    // Where there is no thread left there is only no bar.
    let _ = thread::Builder::new().spawn(move || {
        if receiver.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            act();
        }
    });
    sender
}

/// Says that nothing comes in, unless it is dropped before long.
pub(crate) fn waiting() -> Option<Sender<()>> {
    stderr()
        .is_terminal()
        .then(|| after_a_while(|| complain("-: waiting for standard input")))
}

/// Counts reports as they are read, and how much of their files that is.
pub(crate) struct Reading {
    bar: Bar,
    reports: Cell<u64>,
    /// Bytes of files that were read; `None` where it is not known how many there are.
    bytes: Option<Arc<AtomicU64>>,
    since: Instant,
}

impl Reading {
    /// Results that scroll over the same terminal are progress enough.
    pub(crate) fn of(paths: &[PathBuf], options: &Options, results_follow: bool) -> Self {
        let shown = stderr().is_terminal() && !(results_follow && stdout().is_terminal());
        // Folders are not walked for what nobody sees.
        let size = if shown {
            variorum_intake::size(paths)
        } else {
            0
        };
        let bytes = (size > 0).then(|| Arc::clone(&options.bytes_read));
        let template = if size > 0 {
            "{bar:30} {percent}% {msg}, {eta} left"
        } else {
            "{spinner} {msg}"
        };
        Reading {
            bar: Bar::of((size > 0).then_some(size), template, shown),
            reports: Cell::new(0),
            bytes,
            since: Instant::now(),
        }
    }

    /// A report was read.
    pub(crate) fn one_more(&self) {
        let reports = self.reports.get() + 1;
        self.reports.set(reports);
        let bar = &self.bar.bar;
        if bar.is_hidden() {
            return;
        }
        let rate = reports as f64 / self.since.elapsed().as_secs_f64().max(0.001);
        bar.set_message(format!("{reports} reports read ({rate:.0}/s)"));
        match &self.bytes {
            Some(bytes) => bar.set_position(bytes.load(Ordering::Relaxed)),
            None => bar.tick(),
        }
    }

    /// Takes the bar away while something is printed.
    pub(crate) fn suspend(&self, print: impl FnOnce()) {
        self.bar.bar.suspend(print);
    }

    /// Takes the bar away for good.
    pub(crate) fn finish(self) {
        self.bar.finish_and_clear();
    }
}

/// Counts reports of a known number as they are analysed.
pub(crate) fn analysing(reports: usize) -> Bar {
    let template = "{bar:30} {human_pos} of {human_len} reports analysed ({per_sec}, {eta} left)";
    Bar::of(Some(reports as u64), template, stderr().is_terminal())
}

/// Counts reports of a known number as they find their stories.
pub(crate) fn grouping(reports: usize) -> Bar {
    let template = "{bar:30} {human_pos} of {human_len} reports grouped ({per_sec}, {eta} left)";
    Bar::of(Some(reports as u64), template, stderr().is_terminal())
}

/// Tells that one long step is under way.
pub(crate) fn step(name: &'static str) -> Bar {
    let bar = Bar::of(None, "{spinner} {msg} ({elapsed})", stderr().is_terminal());
    bar.bar.set_message(name);
    bar
}
