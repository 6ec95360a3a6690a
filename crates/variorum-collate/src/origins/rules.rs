//! The words and marks of `data/en/copying.toml`, ready to use.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use serde::Deserialize;
use variorum_text::regexes::LazyRegex;
use variorum_text::words::data;

use super::print::Word;

/// Whether a word outside quotation marks makes its sentence speech all the same ("I", "our"). "US"
/// is not "us".
pub(super) fn is_speech_word(word: Word, written: &str) -> bool {
    SPEECH_WORDS.binary_search(&word.hash()).is_ok() && written != "US"
}

/// Whether a sentence is speech by its characters, which are ASCII.
pub(super) fn has_speech_mark(sentence: &str) -> bool {
    let marks = RULES.speech.marks.as_bytes();
    sentence.bytes().any(|byte| marks.contains(&byte))
}

/// Where posts that are shown whole are signed, as bytes of the text.
pub(super) fn signatures(text: &str) -> impl Iterator<Item = usize> {
    let found = SIGNS.is_match(text).then_some(&RULES.speech.signature);
    found
        .into_iter()
        .flat_map(|signature| signature.get().find_iter(text).map(|found| found.start()))
}

/// Where words stand that belong to the site and not to the report, as bytes of the text.
pub(super) fn furniture(text: &str) -> impl Iterator<Item = usize> {
    FURNITURE.find_iter(text).map(|found| found.start())
}

/// Whether the words of a credit tell of a contribution only.
pub(super) fn is_contribution(credit: &str) -> bool {
    let lower = credit.to_lowercase();
    RULES
        .contribution
        .words
        .iter()
        .any(|word| lower.contains(word.as_str()))
}

#[derive(Deserialize)]
struct Rules {
    speech: Speech,
    furniture: Furniture,
    contribution: Contribution,
}

#[derive(Deserialize)]
struct Speech {
    words: Vec<String>,
    marks: String,
    /// What no signature is without.
    signs: Vec<String>,
    signature: LazyRegex,
}

#[derive(Deserialize)]
struct Furniture {
    phrases: Vec<String>,
}

#[derive(Deserialize)]
struct Contribution {
    words: Vec<String>,
}

const FILE: &str = include_str!("../../data/en/copying.toml");

static RULES: LazyLock<Rules> = LazyLock::new(|| data("copying.toml", FILE));

static SPEECH_WORDS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let words = RULES.speech.words.iter();
    let mut hashes: Vec<u32> = words.map(|word| Word::of(word).hash()).collect();
    hashes.sort_unstable();
    hashes
});

static SIGNS: LazyLock<AhoCorasick> = LazyLock::new(|| any_of(&RULES.speech.signs));

static FURNITURE: LazyLock<AhoCorasick> = LazyLock::new(|| any_of(&RULES.furniture.phrases));

/// Finds any of some phrases in any case, the longest where several begin.
#[allow(clippy::panic, reason = "the phrases of the data files are tested")]
fn any_of<P: AsRef<[u8]>>(phrases: &[P]) -> AhoCorasick {
    let finder = AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .match_kind(MatchKind::LeftmostLongest)
        .ascii_case_insensitive(true)
        .build(phrases);
    match finder {
        Ok(finder) => finder,
        Err(error) => panic!("phrases of a data file: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Examples {
        examples: Vec<String>,
        not: Vec<String>,
    }

    fn speech(text: &str) -> bool {
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'');
        signatures(text).next().is_some()
            || has_speech_mark(text)
            || words.into_iter().any(|w| is_speech_word(Word::of(w), w))
    }

    #[test]
    fn the_examples_hold() {
        let table: std::collections::BTreeMap<String, Examples> = data("copying.toml", FILE);
        for name in ["speech", "furniture", "contribution"] {
            let rule = |text: &str| match name {
                "speech" => speech(text),
                "furniture" => furniture(text).next().is_some(),
                _ => is_contribution(text),
            };
            for text in &table[name].examples {
                assert!(rule(text), "{name}: {text:?}");
            }
            for text in &table[name].not {
                assert!(!rule(text), "not {name}: {text:?}");
            }
        }
    }
}
