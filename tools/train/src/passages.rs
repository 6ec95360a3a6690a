//! Writes what the training of the encoder reads: the tokens and sentences of reports as the program sees them.
//!
//! One line a report: its `id`, its `text`, its `tokens` (start and end, in code points) and `sentences` (first token, one
//! past the last, paragraph).

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use rayon::prelude::*;
use serde::Serialize;
use variorum_model::{CodePoints, Moment, Report};
use variorum_text::Document;

/// What is written of it.
#[derive(Serialize)]
struct Passage {
    id: String,
    text: String,
    tokens: Vec<[usize; 2]>,
    sentences: Vec<[usize; 3]>,
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
    let doc = Document::new(&report.text, report.published.map(Moment::date));
    let points = CodePoints::of(&report.text);
    let span = |bytes| {
        let span = points.span(bytes);
        [span.start, span.end]
    };
    let sentences = doc.sentences.iter();
    Passage {
        tokens: doc.tokens.iter().map(|t| span(t.range())).collect(),
        sentences: sentences
            .map(|s| [s.tokens.start, s.tokens.end, s.paragraph])
            .collect(),
        id: report.id,
        text: report.text,
    }
}
