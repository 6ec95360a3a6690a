//! `variorum stories`: which story each report of a stream tells, and whose reporting it is.
//!
//! Reports are analysed as they are read, and what grouping and origins need of them is spooled; then
//! they are taken by date. A line is printed when its story can grow no more, so that it is final.

use anyhow::Result;
use rayon::prelude::*;
use variorum_collate::grouping::{self, Closed, Digest, Furniture, Stream};
use variorum_collate::{TextPrint, origin_ids};
use variorum_model::{Moment, Report, StreamLine};
use variorum_text::outlets::Outlets;

use crate::analyses::analyses;
use crate::args::Stream as Options;
use crate::output::JsonLines;
use crate::spool::{Place, Spool};
use crate::{input, progress};

/// So many reports are read back at a time.
const PREPARED: usize = 1024;

/// Runs the command.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let outlets = input::outlets(&options.outlets)?;
    let mut gathered = Gathered {
        spool: Spool::new()?,
        waiting: Vec::new(),
        furniture: Furniture::default(),
        stream: Stream::default(),
        outlets: &outlets,
    };
    input::batches(&options.inputs, false, |reports| gathered.take(reports))?;
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
struct Gathered<'o> {
    spool: Spool,
    waiting: Vec<Waiting>,
    furniture: Furniture,
    stream: Stream,
    outlets: &'o Outlets,
}

impl Gathered<'_> {
    fn take(&mut self, reports: &[Report]) -> Result<()> {
        let analyses = analyses(reports, self.outlets, None, || ());
        let entries: Vec<_> = analyses
            .iter()
            .map(|(report, one)| (*report, one))
            .collect();
        let prints: Vec<TextPrint> = entries
            .par_iter()
            .map(|(report, analysis)| TextPrint::of(report, analysis, self.outlets))
            .collect();
        for (digest, print) in grouping::digests(&entries).into_iter().zip(prints) {
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
        let places: Vec<Place> = self.waiting.iter().map(|one| one.digest).collect();
        // In the order of the stream, so that the order of the input tells nothing.
        for &place in &places {
            self.furniture.learn(&self.spool.read(place)?);
        }
        for places in places.chunks(PREPARED) {
            let read = places.iter().map(|&place| self.spool.read(place));
            let digests: Vec<Digest> = read.collect::<Result<_>>()?;
            let (stream, mut closed) = (&mut self.stream, Vec::new());
            grouping::add_all(&digests, &self.furniture, &mut |profile| {
                stream.add(profile);
                closed.extend(stream.close());
            });
            for story in closed {
                self.write(&story, &mut out)?;
            }
            bar.inc(places.len() as u64);
        }
        bar.finish_and_clear();
        for story in std::mem::take(&mut self.stream).finish() {
            self.write(&story, &mut out)?;
        }
        out.finish()?;
        Ok(!self.waiting.is_empty())
    }

    /// Writes the lines of one story, with the origins of its reports.
    fn write(&mut self, story: &Closed, out: &mut JsonLines) -> Result<()> {
        let waiting = &self.waiting;
        let reports = || {
            story
                .reports
                .iter()
                .map(|&report| &waiting[report as usize])
        };
        let prints: Vec<TextPrint> = reports()
            .map(|report| self.spool.read(report.print))
            .collect::<Result<_>>()?;
        let origins = origin_ids(&prints.iter().collect::<Vec<_>>(), self.outlets);
        reports().zip(origins).try_for_each(|(report, origin)| {
            out.write(&StreamLine {
                report: report.id.clone(),
                story: story.story.clone(),
                origin,
                linked: story.linked.clone(),
            })
        })
    }
}
