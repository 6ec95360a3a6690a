//! How far the work has come, on standard error if that is a terminal; silent in a pipe.

use std::io::{IsTerminal, stdout};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Counts reports as they are read. Results that scroll over the same terminal are progress enough.
pub(crate) fn reading(results_follow: bool) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    if results_follow && stdout().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    bar.with_style(style("{spinner} {human_pos} reports read ({per_sec})"))
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
