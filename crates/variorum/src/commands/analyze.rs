//! `variorum analyze`: what each report says, one analysis a line, in the order of the reports.

use std::path::PathBuf;

use anyhow::Result;
use variorum_model::Report;
use variorum_text::outlets::Outlets;

use crate::analyses::analyses;
use crate::output::JsonLines;
use crate::{input, progress};

/// Runs the command.
pub(crate) fn run(paths: &[PathBuf]) -> Result<bool> {
    let mut out = JsonLines::new();
    let mut any = false;
    input::batches(paths, &progress::reading(true), |reports| {
        any = true;
        print(reports, &mut out)
    })?;
    out.finish()?;
    Ok(any)
}

fn print(reports: &[Report], out: &mut JsonLines) -> Result<()> {
    let analyses = analyses(reports, Outlets::built_in(), || ());
    analyses.iter().try_for_each(|analysis| out.write(analysis))
}
