//! `variorum analyze`: what each report says, one analysis a line, in the order of the reports.

use std::path::PathBuf;

use anyhow::Result;
use variorum_model::Report;
use variorum_text::outlets::Outlets;

use crate::analyses::analyses;
use crate::output::JsonLines;
use crate::{input, progress};

/// Reports are analysed side by side, this many bytes of text at a time.
const BATCH: usize = 4 << 20;

/// Runs the command.
pub(crate) fn run(paths: &[PathBuf]) -> Result<bool> {
    let mut out = JsonLines::new();
    let mut any = false;
    let mut batch: Vec<Report> = Vec::new();
    let mut size = 0;
    input::each(paths, &progress::reading(true), |report| {
        any = true;
        size += report.text.len();
        batch.push(report);
        if size < BATCH {
            return Ok(());
        }
        size = 0;
        print(&std::mem::take(&mut batch), &mut out)
    })?;
    print(&batch, &mut out)?;
    out.finish()?;
    Ok(any)
}

fn print(reports: &[Report], out: &mut JsonLines) -> Result<()> {
    let analyses = analyses(reports, Outlets::built_in(), || ());
    analyses.iter().try_for_each(|analysis| out.write(analysis))
}
