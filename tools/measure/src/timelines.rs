//! Timelines of entities over several reports, against SemEval-2015 Task 4 (track A: raw text in).
//!
//! For each entity of the gold the mentions of events in which it takes part are collected from all reports and
//! put in the order of their dates; one date is one order, and mentions of one stem on one day are one event.
//! Mentions without a date have order 0 and are not scored. An entity is matched by its name and usual short
//! forms (`entity`); `awareness` is the task's metric.

mod awareness;
mod entity;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use serde::Deserialize;
use serde_json::Value;
use variorum_analyze::EventMention;
use variorum_model::{CodePoints, PartialDate, Report, Span};
use variorum_text::outlets::Outlets;

use crate::data;
use crate::score::{Counts, row, shown};
use awareness::{Line, Node};
use entity::Entity;

#[derive(Deserialize)]
struct Gold {
    entity: String,
    timeline: String,
}

/// Scores all entities and prints the table.
pub(crate) fn measure(folder: &Path, verbose: bool) -> Result<()> {
    use rayon::prelude::*;
    let folder = folder.join("timelines");
    let rows: Vec<Value> = data::rows(&folder.join("corpus_1-reports.jsonl.gz"))?;
    let mut reports: Vec<Report> = rows.iter().map(data::report).collect();
    for report in &mut reports {
        report.text = joined(&report.text);
    }
    let golds: Vec<Gold> = data::rows(&folder.join("corpus_1-gold.jsonl"))?;
    let told: Vec<Vec<Told>> = reports.par_iter().map(told).collect();
    let (mut relations, mut mentions, mut same) = (Counts::default(), Counts::default(), 0);
    let mut steps = [0; 4];
    for gold in &golds {
        let wanted = awareness::parse(&gold.timeline);
        let entity = Entity::of(&gold.entity, reports.iter().map(|r| r.text.as_str()));
        let system = timeline(&entity, told.iter().flatten());
        for (all, one) in steps.iter_mut().zip(reached(&entity, &wanted, &told)) {
            *all += one;
        }
        let counts = awareness::awareness(&wanted, &system);
        let (found, dates) = awareness::mentions(&wanted, &system);
        relations += counts;
        mentions += found;
        same += dates;
        if verbose {
            row(&gold.entity, counts, "");
            row("  mentions", found, "");
            list(&wanted, &system);
        }
    }
    let anchor = "7.85 F1 best published, all corpora; next >= 0.12";
    row("timelines temporal awareness", relations, anchor);
    row("timelines mentions", mentions, "");
    let [wanted, told, taken, dated] = steps;
    row("timelines gold told at all", shown(told, wanted), "");
    row("timelines by who takes part", shown(taken, wanted), "");
    row("timelines with a date", shown(dated, wanted), "");
    row(
        "timelines dates of right mentions",
        shown(same, mentions.right),
        "",
    );
    Ok(())
}

/// A mention with its place in the task's form.
struct Told {
    node: Node,
    mention: EventMention,
}

/// The text with its marks back at the words: the task's reports have a space around each token, as no report
/// does that is read elsewhere. Lines and words stay.
fn joined(text: &str) -> String {
    let mut text = text.replace("`` ", "“").replace(" ''", "”");
    for (apart, together) in [
        (" 's", "'s"),
        (" n't", "n't"),
        (" ,", ","),
        (" .", "."),
        (" ;", ";"),
        (" :", ":"),
        (" ?", "?"),
        (" )", ")"),
        ("( ", "("),
        (" %", "%"),
        ("$ ", "$"),
        (" ' ", "' "),
    ] {
        text = text.replace(apart, together);
    }
    text
}

/// The mentions of a report.
fn told(report: &Report) -> Vec<Told> {
    let points = CodePoints::of(&report.text);
    let ends: Vec<usize> = report.text.match_indices('\n').map(|(at, _)| at).collect();
    let number = report.id.split('_').next().unwrap_or_default();
    variorum_analyze::mentions(report, Outlets::built_in())
        .into_iter()
        .map(|mention| {
            let span = Span {
                start: mention.start,
                end: mention.end,
            };
            let start = points.byte(mention.start);
            let node = Node {
                report: number.to_owned(),
                sentence: ends.partition_point(|&end| end < start),
                word: points.slice(span).to_lowercase().replace(' ', "_"),
            };
            Told { node, mention }
        })
        .collect()
}

/// How many mentions the gold wants, and of these how many are told at all, are told with the entity taking
/// part, and have a date besides: what is lost where.
fn reached(entity: &Entity, gold: &[Line], told: &[Vec<Told>]) -> [usize; 4] {
    let told: BTreeMap<&Node, &EventMention> = told
        .iter()
        .flatten()
        .map(|told| (&told.node, &told.mention))
        .collect();
    let mut steps = [0; 4];
    let scored = gold.iter().filter(|line| line.order > 0);
    for node in scored.flat_map(|line| &line.events) {
        let mention = told.get(node);
        let taken = mention.filter(|m| m.participants.iter().any(|name| entity.is(name)));
        let dated = taken.filter(|m| m.date.is_some());
        let reached = [true, mention.is_some(), taken.is_some(), dated.is_some()];
        for (all, one) in steps.iter_mut().zip(reached) {
            *all += usize::from(one);
        }
    }
    steps
}

/// The timeline of one entity.
fn timeline<'t>(entity: &Entity, told: impl Iterator<Item = &'t Told>) -> Vec<Line> {
    let mut days: BTreeMap<PartialDate, BTreeMap<&str, Vec<Node>>> = BTreeMap::new();
    for told in told {
        let takes_part = told.mention.participants.iter().any(|n| entity.is(n));
        if let (true, Some(date)) = (takes_part, told.mention.date) {
            let day = days.entry(date).or_default();
            let event = day.entry(&told.mention.stem).or_default();
            event.push(told.node.clone());
        }
    }
    let lines = days
        .into_iter()
        .enumerate()
        .flat_map(|(before, (date, day))| {
            day.into_values().map(move |events| Line {
                order: before + 1,
                date: Some(written(date)),
                events,
            })
        });
    lines.collect()
}

/// A date as the task writes it: `2007-10-XX`.
fn written(date: PartialDate) -> String {
    let mut text = date.to_string();
    while text.len() < "2007-10-XX".len() {
        text.push_str("-XX");
    }
    text
}

/// Lists what was missed, what was too much and what has another date.
fn list(gold: &[Line], system: &[Line]) {
    let dated = |lines: &[Line]| -> BTreeMap<Node, String> {
        let lines = lines.iter().flat_map(|line| {
            let date = line.date.clone().unwrap_or_default();
            line.events
                .iter()
                .map(move |event| (event.clone(), date.clone()))
        });
        lines.collect()
    };
    let (gold, system) = (dated(gold), dated(system));
    let shown = |node: &Node| format!("{}-{}-{}", node.report, node.sentence, node.word);
    for (node, date) in &gold {
        match system.get(node) {
            None if date.is_empty() => {}
            None => println!("    missed {} {date}", shown(node)),
            Some(other) if other != date => {
                println!("    date of {} is {other}, should be {date}", shown(node));
            }
            Some(_) => println!("    right {} {date}", shown(node)),
        }
    }
    for (node, date) in system.iter().filter(|(node, _)| !gold.contains_key(node)) {
        println!("    too much {} {date}", shown(node));
    }
}
