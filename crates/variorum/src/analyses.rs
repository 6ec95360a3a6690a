//! Analyses of some reports, made on all processors. A text that several reports have is analysed once.

use std::collections::HashMap;

use rayon::prelude::*;
use variorum_analyze::{Reading, analyze_with};
use variorum_encoder::{Encoder, side_by_side};
use variorum_model::{Analysis, Report};
use variorum_text::outlets::Outlets;

/// Each report with its analysis, in their order; `done` is called as each is ready.
pub(crate) fn analyses<'r>(
    reports: &'r [Report],
    outlets: &Outlets,
    encoder: Option<&Encoder>,
    done: impl Fn() + Sync,
) -> Vec<(&'r Report, Analysis)> {
    let mut first: HashMap<Reading<'_>, usize> = HashMap::new();
    let same_as: Vec<usize> = reports
        .iter()
        .enumerate()
        .map(|(at, report)| *first.entry(Reading::of(report)).or_insert(at))
        .collect();
    let read = |at: &usize| {
        let found = (same_as[*at] == *at).then(|| analyze_with(&reports[*at], outlets, encoder));
        done();
        found
    };
    let all: Vec<usize> = (0..reports.len()).collect();
    let found: Vec<Option<Analysis>> = match encoder {
        Some(_) => side_by_side(&all, read),
        None => all.par_iter().map(read).collect(),
    };
    let of = |at: usize| {
        let report = &reports[at];
        let analysis = found[same_as[at]].clone();
        let analysis = Analysis {
            report: report.id.clone(),
            ..analysis.unwrap_or_else(|| Analysis::bare(report))
        };
        (report, analysis)
    };
    (0..reports.len()).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_report_has_its_own_analysis() {
        let rows = "{\"id\": \"a\", \"text\": \"Ada Lovel said it rained.\"}\n\
            {\"id\": \"b\", \"text\": \"Ada Lovel said it rained.\"}\n\
            {\"id\": \"c\", \"text\": \"Ada Lovel said it rained.\", \"published\": \"2026-03-02\"}\n\
            {\"id\": \"d\", \"text\": \"Ada Lovel said it rained.\", \"author\": \"Tom Hale, Reuters\"}\n\
            {\"id\": \"e\", \"text\": \"Ada Lovel said it rained.\", \"language\": \"xx\"}";
        let reports = variorum_intake::read(&["-".into()], &mut rows.as_bytes()).reports;
        let outlets = Outlets::built_in();
        let alone: Vec<_> = reports
            .iter()
            .map(|r| (r, analyze_with(r, outlets, None)))
            .collect();
        assert_eq!(alone.len(), 5);
        assert_eq!(alone[3].1.credits.len(), 1, "the byline names an agency");
        assert_eq!(analyses(&reports, outlets, None, || ()), alone);
    }
}
