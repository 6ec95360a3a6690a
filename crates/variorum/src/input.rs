//! Reports from the arguments; what cannot be read goes to standard error as it is met.

use std::io::stdin;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use variorum_intake::{Item, Mark, Options, read_each};
use variorum_model::{Report, Unread, id};
use variorum_text::outlets::Outlets;

use crate::apart::{keep_apart, written};
use crate::args::{Inputs, OutletList, Wanted};
use crate::output::complain;
use crate::progress::Reading;

/// The built-in list of outlets, with those of a file.
pub(crate) fn outlets(list: &OutletList) -> Result<Outlets> {
    outlets_and_hash(list).map(|(outlets, _)| outlets)
}

/// The same, and the SHA-256 of the file.
pub(crate) fn outlets_and_hash(list: &OutletList) -> Result<(Outlets, Option<String>)> {
    let Some(path) = &list.path else {
        return Ok((Outlets::built_in().clone(), None));
    };
    let file = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let outlets = Outlets::with(&file).map_err(|reason| anyhow!("{}: {reason}", path.display()))?;
    Ok((outlets, Some(id::sha256(file.as_bytes()))))
}

/// Bytes of text in a batch.
const BATCH: usize = 4 << 20;

/// What comes of reading.
pub(crate) enum Taken {
    Report(Box<Report>),
    /// All before this is given.
    Mark(Mark),
}

/// Hands over each report and returns what could not be read. Stops at the first error of `take`. What goes to
/// `output`, or without one to standard output, is not read.
pub(crate) fn each(
    paths: &[PathBuf],
    wanted: &Wanted,
    output: Option<&Path>,
    results_follow: bool,
    mut take: impl FnMut(Report) -> Result<()>,
) -> Result<Vec<Unread>> {
    keep_apart(paths, output)?;
    let options = Options {
        outputs: written(output),
        ..wanted.options()
    };
    each_and_marks(paths, &options, results_follow, |taken| match taken {
        Taken::Report(report) => take(*report),
        Taken::Mark(_) => Ok(()),
    })
}

/// Hands over each report, and how far reading has come in between.
pub(crate) fn each_and_marks(
    paths: &[PathBuf],
    options: &Options,
    results_follow: bool,
    mut take: impl FnMut(Taken) -> Result<()>,
) -> Result<Vec<Unread>> {
    let progress = Reading::of(paths, options, results_follow);
    let mut outcome = Ok(());
    let mut unread = Vec::new();
    let say = |path: &str, reason: &str| {
        progress.suspend(|| complain(&format!("{path}: {reason}")));
    };
    let mut sink = |item| {
        // The first error counts; how far reading has come is told even then.
        if outcome.is_err() {
            return ControlFlow::Break(());
        }
        match item {
            Item::Report(report) => {
                progress.one_more();
                outcome = take(Taken::Report(report));
            }
            Item::Mark(mark) => outcome = take(Taken::Mark(mark)),
            Item::Notice(notice) => say(&notice.path, &notice.reason),
            Item::Unread(lost) => {
                say(&lost.path, &lost.reason);
                unread.push(lost);
            }
        }
        if outcome.is_err() {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    };
    let _ = read_each(paths, options, &mut stdin().lock(), &mut sink);
    progress.finish();
    outcome.map(|()| unread)
}

/// Hands over the reports in batches large enough to be worked on side by side, the last one whatever its
/// size; an empty input gives none.
pub(crate) fn batches(
    inputs: &Inputs,
    results_follow: bool,
    mut take: impl FnMut(&[Report]) -> Result<()>,
) -> Result<()> {
    let mut batch: Vec<Report> = Vec::new();
    let mut size = 0;
    let (paths, wanted) = (&inputs.paths, &inputs.wanted);
    each(paths, wanted, None, results_follow, |report| {
        size += report.text.len();
        batch.push(report);
        if size < BATCH {
            return Ok(());
        }
        size = 0;
        take(&std::mem::take(&mut batch))
    })?;
    if batch.is_empty() {
        Ok(())
    } else {
        take(&batch)
    }
}
