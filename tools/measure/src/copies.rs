//! Pairs of reports that share text: copies against the rest, and where they come from.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use serde::Deserialize;
use serde_json::Value;
use variorum_model::{Origin, OriginKind, Report};

use crate::data;
use crate::score::{Counts, row, shown};

#[derive(Deserialize)]
struct Pair {
    a: String,
    b: String,
    label: String,
    origin: Option<String>,
}

/// Scores every pair as a story of two reports and prints the table.
pub(crate) fn measure(folder: &Path) -> Result<()> {
    let pairs: Vec<Pair> = data::rows(&folder.join("copies/pairs.jsonl"))?;
    let rows: Vec<Value> = data::rows(&folder.join("copies/reports.jsonl.gz"))?;
    let reports: BTreeMap<String, Report> = rows
        .iter()
        .map(data::report)
        .map(|report| (report.id.clone(), report))
        .collect();
    let mut counts = Counts::default();
    let (mut right, mut known) = (0, 0);
    for pair in &pairs {
        let (Some(a), Some(b)) = (reports.get(&pair.a), reports.get(&pair.b)) else {
            continue;
        };
        let reports = [a.clone(), b.clone()];
        let analyses = data::analyses(&reports);
        let origins = variorum_collate::origins(&reports, &analyses);
        let shared = origins.iter().find(|origin| origin.reports.len() == 2);
        let is_copy = matches!(pair.label.as_str(), "copy" | "partial");
        counts += Counts::of(
            usize::from(is_copy),
            usize::from(shared.is_some()),
            usize::from(is_copy && shared.is_some()),
        );
        if let (Some(gold), true) = (&pair.origin, is_copy) {
            known += 1;
            right += usize::from(shared.is_some_and(|origin| source(origin) == *gold));
        }
    }
    row(
        "copy or partial",
        counts,
        "7-gram containment 0.82 with quotes masked; next >= 0.88",
    );
    row("right origin", shown(right, known), "next >= 0.75");
    Ok(())
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
