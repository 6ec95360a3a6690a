//! Reports as sparse vectors of stems.

use std::collections::HashMap;

use variorum_model::{Analysis, Report};
use variorum_text::rarity;
use variorum_text::stem::stem;
use variorum_text::tokens::{TokenKind, tokens};
use variorum_text::words::fold;

/// How many texts the rarity in English at large counts for, against those of the batch.
const BACKGROUND: f32 = 300.0;
/// Words of the opening, which says what a report is about.
const OPENING: usize = 120;
/// How many times a word of the opening counts.
const OPENING_WEIGHT: f32 = 2.0;
/// How many times a word of the title counts.
const TITLE_WEIGHT: f32 = 2.0;
/// How much more a word weighs that always has a capital letter.
const NAME_WEIGHT: f32 = 1.3;
/// The most stems that a vector keeps.
const KEPT: usize = 250;

/// A report's stems with their weights; the weights' squares sum to 1.
pub(super) struct Vector {
    /// Sorted by stem.
    weights: Vec<(u32, f32)>,
    /// Sorted by weight, the heaviest first.
    ranked: Vec<(u32, f32)>,
}

impl Vector {
    /// Its heaviest stems.
    pub(super) fn heaviest(&self, count: usize) -> &[(u32, f32)] {
        &self.ranked[..count.min(self.ranked.len())]
    }

    /// The weight of one stem; 0 when it is not there.
    pub(super) fn weight(&self, stem: u32) -> f32 {
        self.weights
            .binary_search_by_key(&stem, |w| w.0)
            .map_or(0.0, |at| self.weights[at].1)
    }

    /// Cosine of two vectors, 0 to 1.
    pub(super) fn cosine(&self, other: &Vector) -> f32 {
        let (mut i, mut j, mut sum) = (0, 0, 0.0);
        while let (Some(a), Some(b)) = (self.weights.get(i), other.weights.get(j)) {
            match a.0.cmp(&b.0) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    sum += a.1 * b.1;
                    i += 1;
                    j += 1;
                }
            }
        }
        sum
    }
}

/// One stem of one report while it is counted.
#[derive(Default, Clone, Copy)]
struct Tally {
    count: f32,
    lower: bool,
}

/// Numbers the stems in the order in which they are met.
#[derive(Default)]
struct Stems {
    numbers: HashMap<String, u32>,
    /// Word forms seen before, so that each is stemmed once.
    forms: HashMap<String, u32>,
    /// Of each stem, its share of texts in English at large.
    background: Vec<f32>,
    /// Of each stem, how many reports of the batch have it.
    reports: Vec<u32>,
}

impl Stems {
    fn number(&mut self, lower: String) -> u32 {
        if let Some(&number) = self.forms.get(&lower) {
            return number;
        }
        let stem = stem(&lower);
        let next = self.background.len() as u32;
        let number = *self.numbers.entry(stem).or_insert_with_key(|stem| {
            self.background.push((-rarity::of_stem(stem)).exp());
            self.reports.push(0);
            next
        });
        self.forms.insert(lower, number);
        number
    }
}

/// The vectors of all reports.
pub(super) fn vectors(entries: &[(&Report, &Analysis)]) -> Vec<Vector> {
    let mut stems = Stems::default();
    let tallies: Vec<Vec<(u32, Tally)>> = entries
        .iter()
        .map(|(report, _)| tally(report, &mut stems))
        .collect();
    for &(stem, _) in tallies.iter().flatten() {
        stems.reports[stem as usize] += 1;
    }
    let all = entries.len() as f32 + BACKGROUND;
    let rarity: Vec<f32> = stems
        .background
        .iter()
        .zip(&stems.reports)
        .map(|(share, &reports)| (all / (share * BACKGROUND + reports as f32)).ln().max(0.0))
        .collect();
    tallies
        .into_iter()
        .map(|tally| vector(tally, &rarity))
        .collect()
}

fn vector(tally: Vec<(u32, Tally)>, rarity: &[f32]) -> Vector {
    let mut ranked: Vec<(u32, f32)> = tally
        .into_iter()
        .map(|(stem, tally)| {
            let name = if tally.lower { 1.0 } else { NAME_WEIGHT };
            (
                stem,
                (1.0 + tally.count.ln()).max(0.1) * rarity[stem as usize] * name,
            )
        })
        .filter(|(_, weight)| *weight > 0.0)
        .collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked.truncate(KEPT);
    let norm = ranked.iter().map(|w| w.1 * w.1).sum::<f32>().sqrt();
    for weight in &mut ranked {
        weight.1 /= norm;
    }
    let mut weights = ranked.clone();
    weights.sort_by_key(|w| w.0);
    Vector { weights, ranked }
}

/// The stems of one report with their counts, sorted.
fn tally(report: &Report, stems: &mut Stems) -> Vec<(u32, Tally)> {
    let mut found: Vec<(u32, Tally)> = Vec::new();
    if let Some(title) = &report.title {
        // Titles may have capitals throughout, so that these tell nothing.
        words(title, |word, _| {
            found.push((
                stems.number(fold(word)),
                Tally {
                    count: TITLE_WEIGHT,
                    lower: true,
                },
            ));
        });
    }
    words(&report.text, |word, nth| {
        let count = if nth < OPENING { OPENING_WEIGHT } else { 1.0 };
        let lower = !word.starts_with(char::is_uppercase);
        found.push((stems.number(fold(word)), Tally { count, lower }));
    });
    found.sort_by_key(|(stem, _)| *stem);
    let mut merged: Vec<(u32, Tally)> = Vec::new();
    for (stem, tally) in found {
        match merged.last_mut() {
            Some((last, sum)) if *last == stem => {
                sum.count += tally.count;
                sum.lower |= tally.lower;
            }
            _ => merged.push((stem, tally)),
        }
    }
    merged
}

/// Words and numbers, each with its place among them. Scripts that put no spaces between words give
/// pairs of characters instead.
fn words<'a>(text: &'a str, mut each: impl FnMut(&'a str, usize)) {
    let mut nth = 0;
    for token in tokens(text) {
        let word = token.of(text);
        if token.kind == TokenKind::Mark || word.starts_with(['\'', '’']) {
            continue;
        }
        if word.chars().any(is_unspaced) {
            let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
            for (i, &at) in starts.iter().enumerate() {
                let end = starts.get(i + 2).copied().unwrap_or(word.len());
                each(&word[at..end], nth);
                nth += 1;
            }
        } else {
            each(word, nth);
            nth += 1;
        }
    }
}

/// Han, kana, Thai, Lao, Khmer and Burmese letters.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}
