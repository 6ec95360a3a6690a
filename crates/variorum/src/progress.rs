//! How far the work has come, on standard error if that is a terminal; silent in a pipe.

use std::cell::Cell;
use std::io::{IsTerminal, stderr, stdout};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use variorum_intake::Options;

/// Counts reports as they are read, and how much of their files that is.
pub(crate) struct Reading {
    bar: ProgressBar,
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
        let target = if shown {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target((size > 0).then_some(size), target);
        let bytes = (size > 0).then(|| Arc::clone(&options.bytes_read));
        let bar = bar.with_style(style(if size > 0 {
            "{bar:30} {percent}% {msg}, {eta} left"
        } else {
            "{spinner} {msg}"
        }));
        Reading {
            bar,
            reports: Cell::new(0),
            bytes,
            since: Instant::now(),
        }
    }

    /// A report was read.
    pub(crate) fn one_more(&self) {
        let reports = self.reports.get() + 1;
        self.reports.set(reports);
        if self.bar.is_hidden() {
            return;
        }
        let rate = reports as f64 / self.since.elapsed().as_secs_f64().max(0.001);
        self.bar
            .set_message(format!("{reports} reports read ({rate:.0}/s)"));
        match &self.bytes {
            Some(bytes) => self.bar.set_position(bytes.load(Ordering::Relaxed)),
            None => self.bar.tick(),
        }
    }

    /// Takes the bar away while something is printed.
    pub(crate) fn suspend(&self, print: impl FnOnce()) {
        self.bar.suspend(print);
    }

    /// Takes the bar away for good.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// Counts reports of a known number as they are analysed.
pub(crate) fn analysing(reports: usize) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(reports as u64), ProgressDrawTarget::stderr());
    bar.with_style(style(
        "{bar:30} {human_pos} of {human_len} reports analysed ({per_sec}, {eta} left)",
    ))
}

/// Counts reports of a known number as they find their stories.
pub(crate) fn grouping(reports: usize) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(reports as u64), ProgressDrawTarget::stderr());
    bar.with_style(style(
        "{bar:30} {human_pos} of {human_len} reports grouped ({per_sec}, {eta} left)",
    ))
}

/// Tells that one long step is under way.
pub(crate) fn step(name: &'static str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let bar = bar
        .with_style(style("{spinner} {msg} ({elapsed})"))
        .with_message(name);
    bar.tick();
    bar
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner())
}
