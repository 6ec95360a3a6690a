//! Analyses of some reports, made on all processors. A text that several reports have is analysed once.

use std::collections::HashMap;

use rayon::prelude::*;
use variorum_analyze::analyze_with;
use variorum_model::{Analysis, Moment, Report};
use variorum_text::outlets::Outlets;

/// The analysis of each report, in their order; `done` is called as each is ready.
pub(crate) fn analyses(
    reports: &[Report],
    outlets: &Outlets,
    done: impl Fn() + Sync,
) -> Vec<Analysis> {
    let mut first: HashMap<(&str, Option<Moment>), usize> = HashMap::new();
    let same_as: Vec<usize> = reports
        .iter()
        .enumerate()
        .map(|(at, report)| {
            let first = *first
                .entry((&report.sha256, report.published))
                .or_insert(at);
            if is_read_alike(&reports[first], report) {
                first
            } else {
                at
            }
        })
        .collect();
    let found: Vec<Option<Analysis>> = reports
        .par_iter()
        .enumerate()
        .map(|(at, report)| {
            let found = (same_as[at] == at).then(|| analyze_with(report, outlets));
            done();
            found
        })
        .collect();
    let of = |at: usize| {
        let analysis = found[same_as[at]].clone();
        let bare = || Analysis::bare(&reports[at]);
        Analysis {
            report: reports[at].id.clone(),
            ..analysis.unwrap_or_else(bare)
        }
    };
    (0..reports.len()).map(of).collect()
}

/// Whether two reports with one text and date are told apart by nothing that an analysis reads.
fn is_read_alike(a: &Report, b: &Report) -> bool {
    (&a.text, &a.language, a.analysed, &a.credits) == (&b.text, &b.language, b.analysed, &b.credits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_report_has_its_own_analysis() {
        let rows = "{\"id\": \"a\", \"text\": \"Ada Lovel said it rained.\"}\n\
            {\"id\": \"b\", \"text\": \"Ada Lovel said it rained.\"}\n\
            {\"id\": \"c\", \"text\": \"Ada Lovel said it rained.\", \"published\": \"2026-03-02\"}";
        let reports = variorum_intake::read(&["-".into()], &mut rows.as_bytes()).reports;
        let outlets = Outlets::built_in();
        let alone: Vec<Analysis> = reports.iter().map(|r| analyze_with(r, outlets)).collect();
        assert_eq!(alone.len(), 3);
        assert_eq!(analyses(&reports, outlets, || ()), alone);
    }
}
