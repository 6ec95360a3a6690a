//! Pairs of reports that share text: copies against the rest, and where they come from; copies made
//! on purpose among many others; and what that costs, beside datasketch.

mod made;
mod rival;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::Value;
use variorum_collate::TextPrint;
use variorum_model::{Analysis, Origin, OriginKind, Report, SharedKind, SharedText};
use variorum_text::outlets::Outlets;

use crate::data;
use crate::score::{Counts, row, shown};

#[derive(Deserialize)]
struct Pair {
    a: String,
    b: String,
    label: String,
    origin: Option<String>,
}

/// Scores the labelled pairs and the made copies, and prints the tables.
pub(crate) fn measure(folder: &Path, python: &Path) -> Result<()> {
    labelled(folder)?;
    synthetic(folder, python)
}

/// Scores every labelled pair, as a story of two reports and as a line of `copies`.
fn labelled(folder: &Path) -> Result<()> {
    let pairs: Vec<Pair> = data::rows(&folder.join("copies/pairs.jsonl"))?;
    let rows: Vec<Value> = data::rows(&folder.join("copies/reports.jsonl.gz"))?;
    let reports: BTreeMap<String, Report> = rows
        .iter()
        .map(data::report)
        .map(|report| (report.id.clone(), report))
        .collect();
    let (mut in_story, mut in_stream) = (Scores::default(), Scores::default());
    for pair in &pairs {
        let (Some(a), Some(b)) = (reports.get(&pair.a), reports.get(&pair.b)) else {
            continue;
        };
        let reports = [a.clone(), b.clone()];
        let origins = variorum_collate::origins(&data::pairs(&data::analysed(&reports)));
        let shared = origins.iter().find(|origin| origin.reports.len() == 2);
        in_story.add(pair, shared.map(source));
        let found = copies(&reports);
        let taken = found.iter().find(|found| is_taken(found));
        in_stream.add(pair, taken.map(|t| t.origin.clone().unwrap_or_default()));
    }
    in_story.print(
        "story of two",
        "7-gram containment 0.82 with quotes masked; next >= 0.88",
    );
    in_stream.print("copies", "the same");
    Ok(())
}

#[derive(Default)]
struct Scores {
    counts: Counts,
    right: usize,
    known: usize,
}

impl Scores {
    fn add(&mut self, pair: &Pair, found: Option<String>) {
        let is_copy = matches!(pair.label.as_str(), "copy" | "partial");
        self.counts += Counts::of(
            usize::from(is_copy),
            usize::from(found.is_some()),
            usize::from(is_copy && found.is_some()),
        );
        if let (Some(gold), true) = (&pair.origin, is_copy) {
            self.known += 1;
            self.right += usize::from(found.is_some_and(|origin| origin == *gold));
        }
    }

    fn print(&self, name: &str, anchor: &str) {
        row(&format!("{name}: copy or partial"), self.counts, anchor);
        let right = shown(self.right, self.known);
        row(&format!("{name}: right origin"), right, "next >= 0.75");
    }
}

/// The origin as the labels write it: a report's id, or `agency:AP`.
fn source(origin: &Origin) -> String {
    match (&origin.agency, origin.kind) {
        (Some(agency), OriginKind::Agency) => format!("agency:{agency}"),
        _ => origin
            .edges
            .first()
            .and_then(|edge| edge.from.clone())
            .unwrap_or_default(),
    }
}

fn is_taken(found: &SharedText) -> bool {
    matches!(found.kind, SharedKind::Copy | SharedKind::Partial)
}

/// What the command does, from reports in memory.
fn copies(reports: &[Report]) -> Vec<SharedText> {
    let outlets = Outlets::built_in();
    let print = |report: &Report| {
        let credited = Analysis {
            credits: variorum_analyze::credits(report, outlets),
            ..Analysis::bare(report)
        };
        TextPrint::of(report, &credited, outlets)
    };
    let prints: Vec<TextPrint> = reports.par_iter().map(print).collect();
    variorum_collate::copies(prints, outlets)
}

/// Scores copies that were made on purpose, and times them.
fn synthetic(folder: &Path, python: &Path) -> Result<()> {
    let rows: Vec<Value> = data::rows(&folder.join("stories/allsides-2012-2017.jsonl.gz"))?;
    let stream: Vec<Report> = rows.iter().map(data::report).collect();
    let made = made::made(&stream);
    // Lists load on first use; that is not the cost of a report.
    copies(&made.reports[..2]);
    let start = Instant::now();
    let found = copies(&made.reports);
    let seconds = start.elapsed().as_secs_f64();
    let taken = found.iter().filter(|found| is_taken(found));
    let taken: Vec<(String, String)> = taken.map(|t| (t.a.clone(), t.b.clone())).collect();
    println!(
        "{} made copies among {} reports",
        made.pairs.len(),
        made.reports.len()
    );
    let judged = judged(&made.pairs, &taken);
    row(
        "pairs with a made copy",
        judged.with_copy,
        "next: R >= 0.95, P >= 0.97",
    );
    row("strict: all other pairs are wrong", judged.strict, "");
    row("pairs of two real reports", judged.real, "to be read");
    let rate = made.reports.len() as f64 / seconds;
    row(
        "copies, all processors",
        format!("{rate:.0} reports/s ({seconds:.2} s)"),
        "",
    );
    match rival::rival(python, &made.reports) {
        Err(error) => println!("no comparison with datasketch: {error}"),
        Ok(rival) => {
            for (way, took) in [
                ("in batches", rival.seconds),
                ("as documented", rival.documented),
            ] {
                let rate = made.reports.len() as f64 / took;
                let rate = format!("{rate:.0} reports/s ({took:.2} s)");
                row(&format!("datasketch MinHashLSH, {way}"), rate, "");
                let times = format!("{:.1}", took / seconds);
                row("times faster than that", times, "next >= 10");
            }
            for (threshold, pairs) in &rival.pairs {
                let counts = self::judged(&made.pairs, pairs).with_copy;
                row(&format!("datasketch, Jaccard >= {threshold}"), counts, "");
            }
        }
    }
    Ok(())
}

/// How found pairs compare with the made ones.
struct Judged {
    /// Of the pairs that hold a made copy.
    with_copy: Counts,
    /// Of all pairs.
    strict: Counts,
    /// How many pairs hold none: copies that were in the stream already, or mistakes.
    real: usize,
}

fn judged(made: &[(String, String)], found: &[(String, String)]) -> Judged {
    let pair = |(a, b): &(String, String)| {
        if a < b {
            (a.clone(), b.clone())
        } else {
            (b.clone(), a.clone())
        }
    };
    let gold: BTreeSet<_> = made.iter().map(pair).collect();
    let copies: BTreeSet<&str> = made.iter().map(|(_, copy)| copy.as_str()).collect();
    let found: BTreeSet<_> = found.iter().map(pair).collect();
    let right = found.intersection(&gold).count();
    let is_copy =
        |(a, b): &&(String, String)| copies.contains(a.as_str()) || copies.contains(b.as_str());
    let with_copy = found.iter().filter(is_copy).count();
    Judged {
        with_copy: Counts::of(gold.len(), with_copy, right),
        strict: Counts::of(gold.len(), found.len(), right),
        real: found.len() - with_copy,
    }
}
