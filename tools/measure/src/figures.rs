//! Quantities against the numeric expressions of MEANTIME. Its labels also cover what is no claim
//! ("A380"), so this tells what is missed, not how much is too much.

use std::path::Path;

use anyhow::Result;
use serde::Deserialize;
use serde_json::Value;
use variorum_model::{CodePoints, Span};

use crate::data;
use crate::score::{row, shown};

#[derive(Deserialize)]
struct Gold {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
}

/// Prints recall by kind of quantity.
pub(crate) fn measure(folder: &Path, verbose: bool) -> Result<()> {
    let rows: Vec<Value> = data::rows(&folder.join("times/meantime-en.jsonl.gz"))?;
    let reports: Vec<_> = rows.iter().map(data::report).collect();
    let analyses = data::analyses(&reports);
    let mut counts = std::collections::BTreeMap::<String, (usize, usize)>::new();
    let mut found = 0;
    for ((row, report), analysis) in rows.iter().zip(&reports).zip(&analyses) {
        let points = CodePoints::of(&report.text);
        found += analysis.figures.len();
        let gold: Vec<Gold> = serde_json::from_value(row["values"].clone())?;
        for value in gold {
            let span = Span {
                start: value.start,
                end: value.end,
            };
            let hit = analysis.figures.iter().any(|f| f.span().overlap(span) > 0);
            let entry = counts.entry(value.kind).or_default();
            entry.0 += usize::from(hit);
            entry.1 += 1;
            if verbose && !hit {
                println!("  missed {:?} in {}", points.slice(span), report.id);
            }
        }
    }
    for (kind, (hit, all)) in counts {
        row(
            &format!("recall of {}", kind.to_lowercase()),
            shown(hit, all),
            "nothing published",
        );
    }
    row("figures found", found, "");
    Ok(())
}
