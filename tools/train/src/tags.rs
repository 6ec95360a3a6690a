//! Learns the tagger's weights from treebanks: an averaged perceptron.
//!
//! Gold sentences (EWT, GUM), each twice, and machine-tagged news reports. The words are our own tokens;
//! each gets the tag of the treebank's word that begins where it begins.

use std::fs;
use std::path::Path;

use anyhow::Result;
use variorum_text::Document;
use variorum_text::forms::Forms;
use variorum_text::tagger::{self, BITS, Tag};

use crate::conllu::{self, Sentence, Word, column};
use crate::machine;
use crate::perceptron::{Perceptron, best, shuffled};

const TAGS: usize = Tag::ALL.len();

/// How often all sentences are read.
const ROUNDS: u64 = 5;

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
    let mut model = Perceptron::new(BITS);
    for round in 0..ROUNDS {
        let (mut right, mut all) = (0, 0);
        // The gold sentences, which stand first, count twice.
        for index in shuffled(examples.len() + gold, round) {
            let (r, a) = learn(&mut model, &examples[index % examples.len()]);
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
    let content = crate::read_gzip(path)?;
    let example = |sentence: Sentence<'_>| {
        let tag = |word: &Word<'_>| Tag::from_penn(word.columns[column::PENN_TAG]);
        let places: Vec<_> = sentence
            .words
            .iter()
            .map(|word| (word.bytes.start, tag(word)))
            .collect();
        example(sentence.text, &places)
    };
    Ok(conllu::sentences(&content).map(example).collect())
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

/// Reads one sentence; gives how many tags were right, of how many.
fn learn(model: &mut Perceptron<TAGS>, example: &Example) -> (u32, u32) {
    let doc = Document::new(&example.text, None);
    let sentence = tagger::Sentence {
        forms: &Forms::of(&doc),
        tokens: 0..doc.tokens.len(),
    };
    let (mut right, mut all) = (0, 0);
    let mut before: Vec<Tag> = Vec::with_capacity(doc.tokens.len());
    let mut found = Vec::new();
    for token in sentence.tokens.clone() {
        if sentence.is_mark(token) {
            before.push(Tag::Mark);
            continue;
        }
        sentence.features(token, &before, &mut found);
        let guess = best(&model.sums(&found));
        if let Some(gold) = example.tags[token] {
            model.learn(&found, gold as usize, guess);
            all += 1;
            right += u32::from(gold as usize == guess);
        }
        before.push(Tag::ALL[guess]);
    }
    (right, all)
}

fn score(examples: &[Example], weights: &[u8]) -> (u32, u32) {
    let (mut right, mut all) = (0, 0);
    for example in examples {
        let doc = Document::new(&example.text, None);
        let found = tagger::tags_with(weights, &Forms::of(&doc), 0..doc.tokens.len());
        for (found, gold) in found.into_iter().zip(&example.tags) {
            if let Some(gold) = gold.filter(|gold| *gold != Tag::Mark) {
                all += 1;
                right += u32::from(found == gold);
            }
        }
    }
    (right, all)
}
