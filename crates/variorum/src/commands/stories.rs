//! `variorum stories`: which story each report of a stream tells, and whose reporting it is.
//!
//! Reports are analysed as they are read, and what grouping and origins need of them is spooled; then
//! they are taken by date. A line is printed when its story can grow no more, so that it is final.

use std::path::PathBuf;

use anyhow::Result;
use rayon::prelude::*;
use variorum_analyze::analyze;
use variorum_collate::grouping::{Closed, Digest, Stems, Stream};
use variorum_collate::{TextPrint, origin_ids};
use variorum_model::{Moment, Report, StreamLine};

use crate::output::JsonLines;
use crate::spool::{Place, Spool};
use crate::{input, progress};

/// Reports are analysed side by side, this many bytes of text at a time.
const BATCH: usize = 4 << 20;

/// Runs the command.
pub(crate) fn run(paths: &[PathBuf]) -> Result<bool> {
    let mut gathered = Gathered {
        spool: Spool::new()?,
        waiting: Vec::new(),
        stream: Stream::default(),
    };
    let mut batch: Vec<Report> = Vec::new();
    let mut size = 0;
    input::each(paths, &progress::reading(false), |report| {
        size += report.text.len();
        batch.push(report);
        if size < BATCH {
            return Ok(());
        }
        size = 0;
        gathered.take(&std::mem::take(&mut batch))
    })?;
    gathered.take(&batch)?;
    gathered.print()
}

/// A report whose turn comes.
struct Waiting {
    id: String,
    published: Option<Moment>,
    digest: Place,
    print: Place,
}

/// All reports, with what is needed of them on disk.
struct Gathered {
    spool: Spool,
    waiting: Vec<Waiting>,
    stream: Stream,
}

impl Gathered {
    fn take(&mut self, reports: &[Report]) -> Result<()> {
        let read = |stems: &mut Stems, report: &Report| {
            let analysis = analyze(report);
            let digest = Digest::of(report, &analysis, stems);
            (digest, TextPrint::of(report, &analysis))
        };
        let found: Vec<(Digest, TextPrint)> =
            reports.par_iter().map_init(Stems::default, read).collect();
        for (digest, print) in found {
            self.stream.learn(&digest);
            self.waiting.push(Waiting {
                id: digest.id.clone(),
                published: digest.published,
                digest: self.spool.write(&digest)?,
                print: self.spool.write(&print)?,
            });
        }
        Ok(())
    }

    /// Takes the reports by date and prints each story as soon as it can grow no more.
    fn print(mut self) -> Result<bool> {
        self.waiting.sort_by(|a, b| {
            let order = |one: &Waiting| (one.published.is_none(), one.published);
            order(a).cmp(&order(b)).then_with(|| a.id.cmp(&b.id))
        });
        if self.waiting.iter().any(|one| one.published.is_none()) {
            self.stream.keep_all();
        }
        let mut out = JsonLines::new();
        let bar = progress::grouping(self.waiting.len());
        for number in 0..self.waiting.len() {
            let digest: Digest = self.spool.read(self.waiting[number].digest)?;
            self.stream.add(&digest);
            for story in self.stream.close() {
                write(&story, &self.waiting, &mut self.spool, &mut out)?;
            }
            bar.inc(1);
        }
        bar.finish_and_clear();
        for story in self.stream.finish() {
            write(&story, &self.waiting, &mut self.spool, &mut out)?;
        }
        out.finish()?;
        Ok(!self.waiting.is_empty())
    }
}

/// Writes the lines of one story, with the origins of its reports.
fn write(
    story: &Closed,
    waiting: &[Waiting],
    spool: &mut Spool,
    out: &mut JsonLines,
) -> Result<()> {
    let reports = || {
        story
            .reports
            .iter()
            .map(|&report| &waiting[report as usize])
    };
    let prints: Vec<TextPrint> = reports()
        .map(|report| spool.read(report.print))
        .collect::<Result<_>>()?;
    let origins = origin_ids(&prints.iter().collect::<Vec<_>>());
    reports().zip(origins).try_for_each(|(report, origin)| {
        out.write(&StreamLine {
            report: report.id.clone(),
            story: story.story.clone(),
            origin,
            linked: story.linked.clone(),
        })
    })
}
