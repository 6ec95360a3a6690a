//! Whole stories annotated by hand: the story file against the labels.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value;
use variorum_model::{Evidence, Report, Span, Story};

use crate::score::{Counts, brief, row, shown};
use crate::{data, gold_events, gold_figures, gold_statements};

/// One story's labels.
#[derive(Deserialize)]
pub(crate) struct Gold {
    pub statements: Vec<GoldStatement>,
    pub figures: Vec<GoldFigure>,
    pub events: Vec<GoldEvent>,
    pub disagreements: Vec<GoldDisagreement>,
}

/// One utterance.
#[derive(Deserialize)]
pub(crate) struct GoldStatement {
    pub speaker: String,
    pub variants: Vec<Quote>,
}

/// Words of one report.
#[derive(Deserialize, Clone)]
pub(crate) struct Quote {
    pub report: String,
    #[serde(rename = "quote")]
    pub words: String,
    pub start: usize,
    pub end: usize,
}

impl Quote {
    pub(crate) fn span(&self) -> Span {
        Span {
            start: self.start,
            end: self.end,
        }
    }
}

/// One quantity.
#[derive(Deserialize)]
pub(crate) struct GoldFigure {
    pub what: String,
    pub values: Vec<GoldValue>,
}

/// One report's value of it.
#[derive(Deserialize)]
pub(crate) struct GoldValue {
    #[serde(flatten)]
    pub at: Quote,
    pub min: Option<f64>,
    pub max: Option<f64>,
}

/// One happening.
#[derive(Deserialize)]
pub(crate) struct GoldEvent {
    pub what: String,
    pub mentions: Vec<GoldMention>,
}

/// One report's mention of it.
#[derive(Deserialize)]
pub(crate) struct GoldMention {
    #[serde(flatten)]
    pub at: Quote,
    pub time_start: usize,
    pub time_end: usize,
    pub date: String,
}

impl GoldMention {
    pub(crate) fn time(&self) -> Span {
        Span {
            start: self.time_start,
            end: self.time_end,
        }
    }
}

/// Something that reports differ on.
#[derive(Deserialize)]
pub(crate) struct GoldDisagreement {
    pub kind: String,
    pub what: String,
    pub reports: Vec<String>,
}

/// One annotated story beside what the system made of its reports.
pub(crate) struct Case {
    pub name: String,
    pub gold: Gold,
    pub reports: Vec<Report>,
    /// Usually one; more when grouping took the reports apart.
    pub stories: Vec<Story>,
}

/// The spans of some evidence.
pub(crate) fn spans(evidence: &[Evidence]) -> Vec<Span> {
    evidence
        .iter()
        .map(|e| Span {
            start: e.start,
            end: e.end,
        })
        .collect()
}

/// Scores all stories and prints the table.
pub(crate) fn measure(folder: &Path, verbose: bool) -> Result<()> {
    let cases = cases(&folder.join("gold"))?;
    let mut total = Totals::default();
    for case in &cases {
        if verbose {
            println!("=== {} ({} stories)", case.name, case.stories.len());
        }
        total.add(case, verbose);
    }
    println!(
        "{} stories of {} reports",
        cases.len(),
        cases.iter().map(|c| c.reports.len()).sum::<usize>()
    );
    total.print();
    Ok(())
}

#[derive(Default)]
struct Totals {
    statements: gold_statements::Score,
    figures: gold_figures::Score,
    events: gold_events::Score,
    disagreements: Counts,
}

impl Totals {
    fn add(&mut self, case: &Case, verbose: bool) {
        self.statements.add(case, verbose);
        self.figures.add(case, verbose);
        self.events.add(case, verbose);
        self.disagreements += disagreements(case, verbose);
    }

    fn print(&self) {
        let statements = &self.statements;
        row(
            "statement pairs (half of shorter)",
            statements.pairs,
            ">= 0.35, next 0.50",
        );
        row("statement pairs (IoU >= 0.5)", statements.pairs_strict, "");
        row(
            "statement recall",
            shown(statements.found, statements.gold),
            "next >= 0.80",
        );
        row(
            "speaker right",
            shown(statements.speaker_right, statements.found),
            ">= 0.75, next 0.90",
        );
        let figures = &self.figures;
        row(
            "figure recall",
            shown(figures.found, figures.gold),
            "next >= 0.85",
        );
        row(
            "figure values right",
            shown(figures.right, figures.found),
            "next >= 0.92",
        );
        row("figure pairs", figures.pairs, "next >= 0.65");
        let events = &self.events;
        row(
            "event recall",
            shown(events.found, events.gold),
            "next >= 0.75",
        );
        row(
            "event dates right",
            shown(events.right, events.found),
            ">= 0.80, next 0.92",
        );
        row("event pairs", events.pairs, "");
        row("timeline lines", events.shown, "");
        let d = &self.disagreements;
        row(
            "disagreements",
            format!("{} shown, {} of {} found", d.shown, d.found, d.gold),
            "next: a third found",
        );
    }
}

fn cases(folder: &Path) -> Result<Vec<Case>> {
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .with_context(|| folder.display().to_string())?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".gold.json").map(str::to_owned))
        .collect();
    names.sort();
    names.into_iter().map(|name| case(folder, name)).collect()
}

fn case(folder: &Path, name: String) -> Result<Case> {
    let labels = std::fs::read_to_string(folder.join(format!("{name}.gold.json")))?;
    let gold = serde_json::from_str(&labels).with_context(|| name.clone())?;
    let rows: Vec<Value> = data::rows(&folder.join(format!("{name}.reports.jsonl")))?;
    let reports: Vec<Report> = rows.iter().map(data::report).collect();
    let analysed = data::analysed(&reports);
    let stories = variorum_collate::collate(&data::pairs(&analysed));
    Ok(Case {
        name,
        gold,
        reports,
        stories,
    })
}

/// Disagreements matched by kind and by at least two of their reports.
fn disagreements(case: &Case, verbose: bool) -> Counts {
    let shown: Vec<_> = case.stories.iter().flat_map(|s| &s.disagreements).collect();
    let mut counts = Counts {
        shown: shown.len(),
        gold: case.gold.disagreements.len(),
        ..Counts::default()
    };
    for gold in &case.gold.disagreements {
        let found = shown.iter().any(|d| {
            let same_kind =
                serde_json::to_value(d.kind).is_ok_and(|kind| kind == gold.kind.as_str());
            let reports: BTreeSet<&str> = d
                .sides
                .iter()
                .flat_map(|s| &s.reports)
                .map(String::as_str)
                .collect();
            let shared = gold
                .reports
                .iter()
                .filter(|r| reports.contains(r.as_str()))
                .count();
            same_kind && shared >= 2.min(gold.reports.len())
        });
        counts.found += usize::from(found);
        if verbose && !found {
            println!("  disagreement missed [{}]: {}", gold.kind, gold.what);
        }
    }
    if verbose {
        for d in shown {
            println!("  disagreement shown [{:?}]: {}", d.kind, brief(&d.what));
            for side in &d.sides {
                let words: Vec<_> = side.evidence.iter().map(|e| brief(&e.exact)).collect();
                println!(
                    "      {} ({} reports): {}",
                    side.value,
                    side.reports.len(),
                    words.join(" | ")
                );
            }
        }
    }
    counts
}
