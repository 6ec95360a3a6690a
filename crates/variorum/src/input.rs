//! Reports from the arguments; what cannot be read goes to standard error as it is met.

use std::io::stdin;
use std::ops::ControlFlow;
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow};
use indicatif::ProgressBar;
use variorum_intake::{Item, read_each};
use variorum_model::{Report, Unread};
use variorum_text::outlets::Outlets;

use crate::args::OutletList;
use crate::output::complain;

/// The built-in list of outlets, with those of a file.
pub(crate) fn outlets(list: &OutletList) -> Result<Outlets> {
    let Some(path) = &list.path else {
        return Ok(Outlets::built_in().clone());
    };
    let file = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    Outlets::with(&file).map_err(|reason| anyhow!("{}: {reason}", path.display()))
}

/// Hands over each report and returns what could not be read. Stops at the first error of `take`.
pub(crate) fn each(
    paths: &[PathBuf],
    progress: &ProgressBar,
    mut take: impl FnMut(Report) -> Result<()>,
) -> Result<Vec<Unread>> {
    let mut outcome = Ok(());
    let mut unread = Vec::new();
    let say = |path: &str, reason: &str| {
        progress.suspend(|| complain(&format!("{path}: {reason}")));
    };
    let mut sink = |item| {
        match item {
            Item::Report(report) => {
                progress.inc(1);
                outcome = take(*report);
                if outcome.is_err() {
                    return ControlFlow::Break(());
                }
            }
            Item::Notice(notice) => say(&notice.path, &notice.reason),
            Item::Unread(lost) => {
                say(&lost.path, &lost.reason);
                unread.push(lost);
            }
        }
        ControlFlow::Continue(())
    };
    let _ = read_each(paths, &mut stdin().lock(), &mut sink);
    progress.finish_and_clear();
    outcome.map(|()| unread)
}
