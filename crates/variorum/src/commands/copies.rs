//! `variorum copies`: pairs of reports that share text, one a line.
//!
//! Of each report only its print is kept, so memory grows with the number of words and not with the
//! texts. No report is analysed: quotations and credits are all that counts.

use anyhow::Result;
use rayon::prelude::*;
use variorum_collate::TextPrint;
use variorum_model::{Analysis, Report};
use variorum_text::outlets::Outlets;

use crate::args::Stream as Options;
use crate::output::JsonLines;
use crate::{input, progress};

/// Runs the command.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let outlets = input::outlets(&options.outlets)?;
    let mut prints: Vec<TextPrint> = Vec::new();
    input::batches(&options.inputs, false, |reports| {
        prints.par_extend(reports.par_iter().map(|report| print(report, &outlets)));
        Ok(())
    })?;
    let step = progress::step("comparing");
    let any = !prints.is_empty();
    let pairs = variorum_collate::copies(prints, &outlets);
    step.finish_and_clear();
    let mut out = JsonLines::new();
    pairs.iter().try_for_each(|pair| out.write(pair))?;
    out.finish()?;
    Ok(any)
}

fn print(report: &Report, outlets: &Outlets) -> TextPrint {
    let credited = Analysis {
        credits: variorum_analyze::credits(report, outlets),
        ..Analysis::bare(report)
    };
    TextPrint::of(report, &credited, outlets)
}
