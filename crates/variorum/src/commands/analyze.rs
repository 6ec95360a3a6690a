//! `variorum analyze`: what each report says, one analysis a line, in the order of the reports.

use anyhow::Result;
use variorum_model::Report;
use variorum_text::outlets::Outlets;

use crate::analyses::analyses;
use crate::args::Stream as Options;
use crate::input;
use crate::output::JsonLines;

/// Runs the command.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let outlets = input::outlets(&options.outlets)?;
    let mut out = JsonLines::new();
    let mut any = false;
    input::batches(&options.inputs, true, |reports| {
        any = true;
        print(reports, &outlets, &mut out)
    })?;
    out.finish()?;
    Ok(any)
}

fn print(reports: &[Report], outlets: &Outlets, out: &mut JsonLines) -> Result<()> {
    let analyses = analyses(reports, outlets, || ());
    analyses
        .iter()
        .try_for_each(|(_, analysis)| out.write(analysis))
}
