//! `variorum read`: intake only, one report a line.

use anyhow::Result;

use crate::args::Read;
use crate::input::{self, Taken};
use crate::output::JsonLines;
use crate::resume::Journal;

/// Runs the command.
pub(crate) fn run(options: &Read) -> Result<bool> {
    match &options.output {
        Some(path) => to_file(options, Journal::open(path, options.resume)?),
        None => to_standard_output(options),
    }
}

fn to_standard_output(options: &Read) -> Result<bool> {
    let mut out = JsonLines::new();
    let mut any = false;
    input::each(
        &options.inputs.paths,
        &options.inputs.wanted,
        true,
        |report| {
            any = true;
            out.write(&report)
        },
    )?;
    out.finish()?;
    Ok(any)
}

fn to_file(options: &Read, (mut journal, done): (Journal, variorum_intake::Done)) -> Result<bool> {
    let nothing_before = done == variorum_intake::Done::default();
    let wanted = variorum_intake::Options {
        done,
        ..options.inputs.wanted.options()
    };
    let mut any = false;
    input::each_and_marks(&options.inputs.paths, &wanted, false, |taken| match taken {
        Taken::Report(report) => {
            any = true;
            journal.write(&report)
        }
        Taken::Mark(mark) => journal.mark(mark),
    })?;
    journal.finish()?;
    // A run that finds nothing new after an earlier one has not failed.
    Ok(any || !nothing_before)
}
