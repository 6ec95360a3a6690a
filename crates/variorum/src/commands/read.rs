//! `variorum read`: intake only, one report a line.

use std::path::Path;

use anyhow::Result;

use crate::apart;
use crate::args::Read;
use crate::input::{self, Taken};
use crate::output::{self, JsonLines};
use crate::resume::Journal;

/// Runs the command.
pub(crate) fn run(options: &Read) -> Result<bool> {
    let file = output::file(options.output.as_ref());
    apart::keep_apart(&options.inputs.paths, file)?;
    match file.filter(|path| !output::is_written_through(path)) {
        Some(path) => to_file(options, path),
        None if options.resume => Err(apart::misuse(
            "--resume: what goes through a pipe cannot be gone on with; name a file".to_owned(),
        )),
        None => through(options, file),
    }
}

/// To standard output, or to a pipe or device.
fn through(options: &Read, file: Option<&Path>) -> Result<bool> {
    let mut out = JsonLines::to(file)?;
    let mut any = false;
    let (paths, wanted) = (&options.inputs.paths, &options.inputs.wanted);
    input::each(paths, wanted, file, file.is_none(), |report| {
        any = true;
        out.write(&report)
    })?;
    out.finish()?;
    Ok(any)
}

fn to_file(options: &Read, file: &Path) -> Result<bool> {
    let (mut journal, done) = Journal::open(file, options.resume)?;
    let nothing_before = done == variorum_intake::Done::default();
    let wanted = variorum_intake::Options {
        done,
        outputs: apart::written(Some(file)),
        ..options.inputs.wanted.options()
    };
    let mut any = false;
    let read = input::each_and_marks(&options.inputs.paths, &wanted, false, |taken| match taken {
        Taken::Report(report) => {
            any = true;
            journal.write(&report)
        }
        Taken::Mark(mark) => journal.mark(mark),
    });
    if let Err(error) = read {
        journal.give_up();
        return Err(error);
    }
    journal.finish()?;
    // A run that finds nothing new after an earlier one has not failed.
    Ok(any || !nothing_before)
}
