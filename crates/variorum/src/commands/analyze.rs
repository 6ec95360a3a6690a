//! `variorum analyze`: what each report says, one analysis a line, in the order of the reports.

use anyhow::Result;
use variorum_encoder::Encoder;
use variorum_model::Report;
use variorum_text::outlets::Outlets;

use crate::analyses::analyses;
use crate::args::Analyze as Options;
use crate::input;
use crate::output::JsonLines;
use crate::reader::choose;

/// Runs the command.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let outlets = input::outlets(&options.stream.outlets)?;
    let mut reader = None;
    let mut out = JsonLines::new();
    let mut any = false;
    input::batches(&options.stream.inputs, true, |reports| {
        any = true;
        // More than one batch is more than the accurate reader is given unasked: the first one tells.
        let reader = match &reader {
            Some(reader) => reader,
            None => reader.insert(choose(&options.reader, reports)?),
        };
        print(reports, &outlets, reader.encoder(), &mut out)
    })?;
    out.finish()?;
    Ok(any)
}

fn print(
    reports: &[Report],
    outlets: &Outlets,
    encoder: Option<&Encoder>,
    out: &mut JsonLines,
) -> Result<()> {
    let analyses = analyses(reports, outlets, encoder, || ());
    analyses
        .iter()
        .try_for_each(|(_, analysis)| out.write(analysis))
}
