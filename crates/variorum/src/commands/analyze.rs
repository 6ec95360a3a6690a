//! `variorum analyze`: what each report says, one analysis a line, in the order of the reports.

use anyhow::Result;
use variorum_model::Report;
use variorum_text::outlets::Outlets;

use crate::analyses::analyses;
use crate::args::Inputs;
use crate::input;
use crate::output::JsonLines;

/// Runs the command.
pub(crate) fn run(inputs: &Inputs) -> Result<bool> {
    let mut out = JsonLines::new();
    let mut any = false;
    input::batches(inputs, true, |reports| {
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
