//! Learns how to weigh what speaks for and against a statement of the encoder, from stories whose statements are
//! labelled by hand.
//!
//! Each story must be read by an encoder that was trained without it: the built-in one, where it was, or those in the
//! folders `0` to `5` that are given, story `n` in order of names by `n % 6`. A statement is right when its words are
//! those of a labelled one with the same speaker. The table that is printed tells, for statements of held-out stories by how certain they are, how many are right.

use std::path::{Path, PathBuf};

use anyhow::Result;
use variorum_analyze::certainty::{FEATURES, NAMES, weighed};
use variorum_encoder::{Encoder, side_by_side};
use variorum_model::{Proposition, Span};

use crate::logistic;
use crate::stories::{self, Gold, Variant};

/// Parts of the stories, each of which is held out once.
const FOLDS: usize = 6;
/// Weights: one for each feature and the bias.
const WEIGHTS: usize = FEATURES + 1;

type Line = logistic::Pair<WEIGHTS>;

/// Learns and writes the weights, and prints how well they tell.
pub(crate) fn write(data: &Path, encoders: Option<&Path>, output: &Path) -> Result<()> {
    let paths = stories::paths(data)?;
    let mut lines: Vec<Line> = Vec::new();
    for fold in 0..FOLDS {
        let given = encoders.map(|folder| Encoder::load(&folder.join(fold.to_string())));
        let given = given.transpose()?;
        let encoder = match &given {
            Some(given) => given,
            None => Encoder::built_in()?,
        };
        let of_fold: Vec<&PathBuf> = paths.iter().skip(fold).step_by(FOLDS).collect();
        for story in side_by_side(&of_fold, |path| of_story(path, fold, encoder)) {
            lines.extend(story?);
        }
    }
    let held_out: Vec<(f64, bool)> = (0..FOLDS)
        .flat_map(|fold| {
            let weights = logistic::learn(&lines, Some(fold));
            let of_fold = lines.iter().filter(move |line| line.folds.contains(&fold));
            of_fold
                .map(move |line| (line.likelihood(&weights), line.is_same))
                .collect::<Vec<_>>()
        })
        .collect();
    print(&held_out);
    let weights = logistic::learn(&lines, None);
    let about = "# How much each of the features of `certainty.rs` speaks for a statement's being right in all.\n\
         # Written by `cargo run --release -p variorum-train -- certainty`.\n";
    logistic::write(output, about, &NAMES, &weights)
}

/// Of the statements that are so certain, how many are right.
fn print(lines: &[(f64, bool)]) {
    println!("certainty  statements  right");
    for tenth in 0..10 {
        let (from, to) = (f64::from(tenth) / 10.0, f64::from(tenth + 1) / 10.0);
        let inside = |certainty: f64| certainty >= from && (certainty < to || tenth == 9);
        let these: Vec<bool> = lines.iter().filter(|l| inside(l.0)).map(|l| l.1).collect();
        let right = these.iter().filter(|right| **right).count();
        let share = right as f64 / these.len().max(1) as f64;
        println!("{from:.1}-{to:.1}    {:10}  {share:.3}", these.len());
    }
    let all = lines.len();
    let right = lines.iter().filter(|l| l.1).count();
    println!(
        "all        {all:10}  {:.3}",
        right as f64 / all.max(1) as f64
    );
}

/// The statements of one story, right or wrong.
fn of_story(path: &Path, fold: usize, encoder: &Encoder) -> Result<Vec<Line>> {
    let (gold, reports) = stories::story(path)?;
    let mut lines = Vec::new();
    for report in &reports {
        for (one, given) in weighed(report, encoder) {
            lines.push(Line {
                features: logistic::with_bias(given),
                is_same: is_right(&gold, &report.id, &one),
                counts: 1.0,
                folds: [fold, fold],
            });
        }
    }
    Ok(lines)
}

/// Whether a statement is one of the labelled ones, with the same speaker.
fn is_right(gold: &Gold, report: &str, one: &Proposition) -> bool {
    let (Some(first), Some(last)) = (one.content.first(), one.content.last()) else {
        return false;
    };
    let span = Span {
        start: first.start,
        end: last.end,
    };
    let speaker = one.speaker.as_ref().map_or("", |speaker| &speaker.name);
    gold.statements.iter().any(|labelled| {
        let mut here = labelled.variants.iter().filter(|v| v.report == report);
        same_speaker(speaker, &labelled.speaker) && here.any(|v| is_close(span, v))
    })
}

/// Whether a name can be that of a label such as "Roy Cooper, governor of North Carolina": its last word stands in
/// the label, or the last word of the label's name in it.
fn same_speaker(shown: &str, gold: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let name = gold.split([',', '(']).next().unwrap_or_default();
    let (shown, name) = (words(shown), words(name));
    let (Some(last), Some(last_of_name)) = (shown.last(), name.last()) else {
        return false;
    };
    words(gold).contains(last) || shown.contains(last_of_name)
}

/// Whether two places tell of the same words.
fn is_close(a: Span, b: &Variant) -> bool {
    let both = a.end.min(b.end).saturating_sub(a.start.max(b.start)) as f64;
    let hull = (a.end.max(b.end) - a.start.min(b.start)) as f64;
    let (a, b) = ((a.end - a.start) as f64, (b.end - b.start) as f64);
    both > 0.0 && (both / hull >= 0.4 || both / a.min(b) >= 0.8 && both / a.max(b) >= 0.25)
}
