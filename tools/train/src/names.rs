//! Learns the weights that find names: from news labelled by a machine (CoreNLP), and from GUM's
//! hand-made entities, of which those count that are proper nouns.

use std::fs;
use std::ops::Range;
use std::path::Path;

use anyhow::Result;
use variorum_text::Document;
use variorum_text::namer::{Kind, LABELS, LAYOUT, View, label};
use variorum_text::outlets::Outlets;
use variorum_text::sequence::Observed;
use variorum_text::syntax::Syntax;

use crate::chain::{self, Example};
use crate::conllu::{self, column};
use crate::machine;

const ROUNDS: u64 = 10;
/// How often the hand-made examples are read in each round.
const WEIGHT: usize = 3;

/// A name in a text, in bytes.
type Place = (Range<usize>, Kind);

/// Reads both sets and writes the weights.
pub(crate) fn write(data: &Path, output: &Path) -> Result<()> {
    let mut examples = Vec::new();
    for (text, names) in by_hand(data)? {
        for _ in 0..WEIGHT {
            add(&text, &names, &mut examples);
        }
        // On the web many write names in small letters.
        let small = text.to_lowercase();
        if small.len() == text.len() {
            add(&small, &names, &mut examples);
        }
    }
    let hand = examples.len();
    for report in machine::reports(data)? {
        let names: Vec<Place> = report
            .sentences
            .iter()
            .flat_map(|s| by_machine(s))
            .collect();
        add(&report.text, &names, &mut examples);
    }
    println!(
        "{hand} sentences by hand, {} by machine",
        examples.len() - hand
    );
    let weights = chain::learn::<LABELS>(&examples, LAYOUT, ROUNDS);
    fs::write(output, weights)?;
    println!("see `cargo run --release -p variorum-measure -- names`");
    Ok(())
}

/// Makes an example of each sentence of a text.
fn add(text: &str, names: &[Place], examples: &mut Vec<Example>) {
    let doc = Document::new(text, None);
    let syntax = Syntax::of(&doc);
    let view = View::of(&doc, &syntax, Outlets::built_in());
    let labels = labels(&doc, names);
    for sentence in &doc.sentences {
        let mut observed = Observed::default();
        view.observe(sentence.tokens.clone(), &mut observed);
        let labels = labels[sentence.tokens.clone()].to_vec();
        examples.push(Example { observed, labels });
    }
}

/// The label of each token.
fn labels(doc: &Document<'_>, names: &[Place]) -> Vec<usize> {
    let mut labels = vec![0; doc.tokens.len()];
    for (bytes, kind) in names {
        let first = doc.tokens.partition_point(|t| t.end <= bytes.start);
        let last = doc.tokens.partition_point(|t| t.start < bytes.end);
        for (at, place) in labels[first..last].iter_mut().enumerate() {
            *place = label(*kind, at == 0);
        }
    }
    labels
}

/// The names of a sentence that CoreNLP read.
fn by_machine(sentence: &[machine::Word]) -> Vec<Place> {
    let mut found: Vec<Place> = Vec::new();
    let mut before = None;
    for word in sentence {
        let kind = match word.name.as_str() {
            "PERSON" => Some(Kind::Person),
            "ORGANIZATION" => Some(Kind::Organization),
            "LOCATION" | "COUNTRY" | "CITY" | "STATE_OR_PROVINCE" => Some(Kind::Place),
            _ => None,
        };
        match (kind, found.last_mut()) {
            (Some(kind), Some(last)) if before == Some(kind) => last.0.end = word.end,
            (Some(kind), _) => found.push((word.start..word.end, kind)),
            _ => {}
        }
        before = kind;
    }
    found
}

/// The documents of GUM with their names: the outermost entities that are proper nouns.
fn by_hand(data: &Path) -> Result<Vec<(String, Vec<Place>)>> {
    let content = crate::read_gzip(&data.join("syntax/gum-train.conllu.gz"))?;
    Ok(content
        .split("# newdoc")
        .map(document)
        .filter(|d| !d.0.is_empty())
        .collect())
}

/// A word of the treebank.
struct Word {
    bytes: Range<usize>,
    proper: bool,
    small: bool,
}

fn document(block: &str) -> (String, Vec<Place>) {
    let mut text = String::new();
    let mut words: Vec<Word> = Vec::new();
    // Entities that are still open: number, kind, first word.
    let mut open: Vec<(String, Option<Kind>, usize)> = Vec::new();
    let mut entities: Vec<(Range<usize>, Kind)> = Vec::new();
    for sentence in conllu::sentences(block) {
        text.push_str(if text.is_empty() { "" } else { "\n" });
        let start = text.len();
        text.push_str(sentence.text);
        for word in sentence.words {
            let columns = &word.columns;
            words.push(Word {
                bytes: start + word.bytes.start..start + word.bytes.end,
                proper: columns[column::PENN_TAG].starts_with("NNP"),
                small: matches!(
                    columns[column::UNIVERSAL_TAG],
                    "ADP" | "DET" | "CCONJ" | "PART"
                ) || matches!(columns[column::FORM], "." | "-" | "'" | "&"),
            });
            let entity = columns[column::MISC]
                .split('|')
                .find_map(|part| part.strip_prefix("Entity="));
            entities.extend(brackets(
                entity.unwrap_or_default(),
                words.len() - 1,
                &mut open,
            ));
        }
    }
    let mut names: Vec<Place> = Vec::new();
    // Outermost first.
    entities.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    for (range, kind) in entities {
        let Some(bytes) = named(&words, range) else {
            continue;
        };
        if names.last().is_none_or(|last| last.0.end <= bytes.start) {
            names.push((bytes, kind));
        }
    }
    (text, names)
}

/// Reads the brackets of one word and gives the entities that close at it.
fn brackets(
    entity: &str,
    word: usize,
    open: &mut Vec<(String, Option<Kind>, usize)>,
) -> Vec<(Range<usize>, Kind)> {
    let mut closed = Vec::new();
    let mut rest = entity;
    while !rest.is_empty() {
        let opens = rest.starts_with('(');
        let body = rest.trim_start_matches('(');
        let end = body.find(['(', ')']).unwrap_or(body.len());
        let parts: Vec<&str> = body[..end].split('-').collect();
        let number = parts[0].to_owned();
        let closes = body[end..].starts_with(')');
        if opens {
            let kind = match parts.get(1) {
                Some(&"person") => Some(Kind::Person),
                Some(&"organization") => Some(Kind::Organization),
                Some(&"place") => Some(Kind::Place),
                _ => None,
            };
            open.push((number.clone(), kind, word));
        }
        if closes && let Some(at) = open.iter().rposition(|one| one.0 == number) {
            let (_, kind, first) = open.remove(at);
            closed.extend(kind.map(|kind| (first..word + 1, kind)));
        }
        rest = &body[end + usize::from(closes)..];
    }
    closed
}

/// The bytes of an entity when it is a name: proper nouns, with small words only between them.
fn named(words: &[Word], range: Range<usize>) -> Option<Range<usize>> {
    let first = range.clone().find(|&w| words[w].proper)?;
    let last = range.clone().rfind(|&w| words[w].proper)?;
    let only_article = (range.start..first).all(|w| words[w].small);
    let only_names = (first..=last).all(|w| words[w].proper || words[w].small);
    let at_end = last + 1 == range.end || (last + 1..range.end).all(|w| words[w].small);
    let short = last - first < 7;
    (only_article && only_names && at_end && short)
        .then(|| words[first].bytes.start..words[last].bytes.end)
}
