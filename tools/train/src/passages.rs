//! Writes what the training of the encoder reads: the tokens and sentences of reports as the program sees them.
//!
//! One line a report: its `id`, its `tokens` (start and end), `sentences` (first token, one past the last, paragraph),
//! `quoted` (first and one past the last token of what stands between quotation marks), and `analysis`, as
//! `variorum analyze` prints it. Offsets are code points.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use rayon::prelude::*;
use serde::Serialize;
use variorum_model::{Analysis, CodePoints, Moment, Report};
use variorum_text::Document;
use variorum_text::quotations::quotations;

/// What is written of it.
#[derive(Serialize)]
struct Passage {
    id: String,
    text: String,
    tokens: Vec<[usize; 2]>,
    sentences: Vec<[usize; 3]>,
    quoted: Vec<[usize; 2]>,
    analysis: Analysis,
}

/// Writes the reports of a file of JSON Lines.
pub(crate) fn write(input: &Path, output: &Path) -> Result<()> {
    let name = || input.display().to_string();
    let text = if input.extension().is_some_and(|e| e == "gz") {
        crate::read_gzip(input)?
    } else {
        std::fs::read_to_string(input).with_context(name)?
    };
    let reports = variorum_intake::read(&["-".into()], &mut text.as_bytes()).reports;
    let passages: Vec<Passage> = reports.into_par_iter().map(passage).collect();
    let mut file = BufWriter::new(File::create(output)?);
    for passage in &passages {
        serde_json::to_writer(&mut file, passage)?;
        file.write_all(b"\n")?;
    }
    file.flush()?;
    Ok(())
}

fn passage(report: Report) -> Passage {
    let analysis = variorum_analyze::analyze(&report);
    let doc = Document::new(&report.text, report.published.map(Moment::date));
    let points = CodePoints::of(&report.text);
    let span = |bytes| {
        let span = points.span(bytes);
        [span.start, span.end]
    };
    let sentences = doc.sentences.iter();
    let quoted = quotations(&doc).into_iter().map(|quotation| {
        let tokens = doc.tokens_in(quotation.inner);
        [tokens.start, tokens.end]
    });
    Passage {
        tokens: doc.tokens.iter().map(|t| span(t.range())).collect(),
        sentences: sentences
            .map(|s| [s.tokens.start, s.tokens.end, s.paragraph])
            .collect(),
        quoted: quoted.collect(),
        id: report.id.clone(),
        analysis,
        text: report.text,
    }
}
