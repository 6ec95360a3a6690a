//! Learns the tagger's weights from treebanks: an averaged perceptron.
//!
//! Gold sentences (EWT, GUM), each twice, and machine-tagged news reports. The words are our own tokens;
//! each gets the tag of the treebank's word that begins where it begins.

use std::fs;
use std::path::Path;

use anyhow::Result;
use variorum_text::Document;
use variorum_text::tagger::{self, ROWS, Tag, Word};

use crate::machine;
use crate::perceptron::{quantized, shuffled};

const TAGS: usize = Tag::ALL.len();

/// How often all sentences are read.
const ROUNDS: usize = 5;

/// A sentence with the tag of each of its tokens, where one is known.
struct Example {
    text: String,
    tags: Vec<Option<Tag>>,
}

/// Reads the treebanks and writes the weights.
pub(crate) fn write(data: &Path, output: &Path) -> Result<()> {
    let folder = data.join("syntax");
    let mut examples = Vec::new();
    for name in ["ewt-train", "gum-train"] {
        examples.extend(treebank(&folder.join(format!("{name}.conllu.gz")))?);
    }
    let gold = examples.len();
    examples.extend(machine(data)?);
    println!(
        "{gold} gold sentences, {} of machine-tagged news",
        examples.len() - gold
    );
    let mut model = Model::new();
    for round in 0..ROUNDS {
        let (mut right, mut all) = (0, 0);
        // The gold sentences count twice.
        let twice = |i: usize| {
            if i < examples.len() {
                i
            } else {
                i - examples.len()
            }
        };
        let order = shuffled(examples.len() + gold, round as u64);
        for index in order.into_iter().map(twice) {
            let (r, a) = model.learn(&examples[index]);
            right += r;
            all += a;
        }
        println!(
            "round {round}: {:.4}",
            f64::from(right) / f64::from(all.max(1))
        );
    }
    let weights = model.quantized();
    fs::write(output, &weights)?;
    for name in ["ewt-dev", "gum-dev"] {
        let examples = treebank(&folder.join(format!("{name}.conllu.gz")))?;
        let (right, all) = score(&examples, &weights);
        println!(
            "{name}: {:.4} of {all}",
            f64::from(right) / f64::from(all.max(1))
        );
    }
    Ok(())
}

/// The sentences of a treebank in the CoNLL-U format.
fn treebank(path: &Path) -> Result<Vec<Example>> {
    let text = crate::read_gzip(path)?;
    let mut found = Vec::new();
    for block in text.split("\n\n") {
        let Some(sentence) = block
            .lines()
            .find_map(|line| line.strip_prefix("# text = "))
        else {
            continue;
        };
        let mut at = 0;
        let mut places = Vec::new();
        for line in block.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            if columns.len() < 5 || columns[0].contains(['-', '.']) {
                continue;
            }
            if let Some(offset) = sentence[at..].find(columns[1]) {
                let start = at + offset;
                at = start + columns[1].len();
                places.push((start, Tag::from_penn(columns[4])));
            }
        }
        found.push(example(sentence, &places));
    }
    Ok(found)
}

/// The machine-tagged news reports, sentence by sentence.
fn machine(data: &Path) -> Result<Vec<Example>> {
    let mut found = Vec::new();
    for report in machine::reports(data)? {
        for words in &report.sentences {
            let (Some(first), Some(last)) = (words.first(), words.last()) else {
                continue;
            };
            let places: Vec<_> = words
                .iter()
                .map(|word| (word.start - first.start, Tag::from_penn(&word.tag)))
                .collect();
            found.push(example(&report.text[first.start..last.end], &places));
        }
    }
    Ok(found)
}

/// Gives our tokens the tags of the words that begin where they begin.
fn example(text: &str, places: &[(usize, Tag)]) -> Example {
    let doc = Document::new(text, None);
    let tags = doc
        .tokens
        .iter()
        .map(|token| {
            let place = places
                .binary_search_by_key(&token.start, |place| place.0)
                .ok()?;
            Some(places[place].1)
        })
        .collect();
    Example {
        text: text.to_owned(),
        tags,
    }
}

struct Model {
    weights: Vec<f32>,
    /// Sums over time, and the step at which each was last brought up to date.
    totals: Vec<f64>,
    stamps: Vec<u32>,
    step: u32,
}

impl Model {
    fn new() -> Self {
        let size = ROWS * TAGS;
        Model {
            weights: vec![0.0; size],
            totals: vec![0.0; size],
            stamps: vec![0; size],
            step: 0,
        }
    }

    /// Reads one sentence; gives how many tags were right, of how many.
    fn learn(&mut self, example: &Example) -> (u32, u32) {
        let doc = Document::new(&example.text, None);
        let words: Vec<Word<'_>> = (0..doc.tokens.len()).map(|t| Word::of(&doc, t)).collect();
        let (mut right, mut all) = (0, 0);
        let mut before: Vec<Tag> = Vec::with_capacity(words.len());
        let mut rows = Vec::new();
        for at in 0..words.len() {
            if words[at].is_mark() {
                before.push(Tag::Mark);
                continue;
            }
            rows.clear();
            tagger::features(&words, at, &before, &mut rows);
            let guess = best(|tag| {
                rows.iter()
                    .map(|&r| self.weights[r as usize * TAGS + tag])
                    .sum()
            });
            if let Some(gold) = example.tags[at] {
                self.step += 1;
                all += 1;
                if gold as usize == guess {
                    right += 1;
                } else {
                    for &row in &rows {
                        self.update(row as usize * TAGS + gold as usize, 1.0);
                        self.update(row as usize * TAGS + guess, -1.0);
                    }
                }
            }
            before.push(Tag::ALL[guess]);
        }
        (right, all)
    }

    fn update(&mut self, at: usize, change: f32) {
        let waited = self.step - self.stamps[at];
        self.totals[at] += f64::from(waited) * f64::from(self.weights[at]);
        self.stamps[at] = self.step;
        self.weights[at] += change;
    }

    /// The averaged weights as whole numbers from -127 to 127.
    fn quantized(&mut self) -> Vec<u8> {
        for at in 0..self.weights.len() {
            self.update(at, 0.0);
        }
        let average: Vec<f64> = self
            .totals
            .iter()
            .map(|t| t / f64::from(self.step))
            .collect();
        quantized(&average)
    }
}

fn best(score: impl Fn(usize) -> f32) -> usize {
    let mut best = (f32::NEG_INFINITY, 0);
    for tag in 0..TAGS {
        let score = score(tag);
        if score > best.0 {
            best = (score, tag);
        }
    }
    best.1
}

fn score(examples: &[Example], weights: &[u8]) -> (u32, u32) {
    let (mut right, mut all) = (0, 0);
    for example in examples {
        let doc = Document::new(&example.text, None);
        let found = tagger::tags_with(weights, &doc, 0..doc.tokens.len());
        for (found, gold) in found.into_iter().zip(&example.tags) {
            if let Some(gold) = gold.filter(|gold| *gold != Tag::Mark) {
                all += 1;
                right += u32::from(found == gold);
            }
        }
    }
    (right, all)
}
