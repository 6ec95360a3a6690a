//! The words and marks of `data/en/copying.toml`, ready to use.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use serde::Deserialize;
use variorum_text::lexicon;
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

/// Agencies that a text names, by their usual names, each with the byte where its name begins.
pub(super) fn agencies_named(text: &str) -> impl Iterator<Item = (usize, &'static str)> {
    let agencies = &*AGENCIES;
    agencies.finder.find_iter(text).filter_map(|found| {
        let is_whole = !text[..found.start()].ends_with(char::is_alphanumeric)
            && !text[found.end()..].starts_with(char::is_alphanumeric);
        is_whole.then_some((found.start(), agencies.usual[found.pattern().as_usize()]))
    })
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

static SIGNS: LazyLock<AhoCorasick> = LazyLock::new(|| any_of(&RULES.speech.signs, true));

static FURNITURE: LazyLock<AhoCorasick> = LazyLock::new(|| any_of(&RULES.furniture.phrases, true));

/// Names of agencies that can hardly mean anything else.
struct Agencies {
    finder: AhoCorasick,
    /// The usual name for each.
    usual: Vec<&'static str>,
}

static AGENCIES: LazyLock<Agencies> = LazyLock::new(|| {
    let clear = |name: &str| name.len() > 4 || matches!(name, "AP" | "AFP" | "UPI" | "TASS");
    let (names, usual): (Vec<&str>, Vec<&str>) = lexicon::outlets()
        .iter()
        .filter(|outlet| outlet.agency)
        .flat_map(|outlet| {
            let names = std::iter::once(&outlet.name).chain(&outlet.also);
            names.map(|name| (name.as_str(), outlet.name.as_str()))
        })
        .filter(|(name, _)| clear(name))
        .unzip();
    Agencies {
        finder: any_of(&names, false),
        usual,
    }
});

/// Finds any of some phrases, the longest where several begin.
#[allow(clippy::panic, reason = "the phrases of the data files are tested")]
fn any_of<P: AsRef<[u8]>>(phrases: &[P], any_case: bool) -> AhoCorasick {
    let finder = AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .match_kind(MatchKind::LeftmostLongest)
        .ascii_case_insensitive(any_case)
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

    #[test]
    fn agencies_are_named_by_their_usual_names() {
        let named = agencies_named("Parker told The Associated Press, AFP and the apes.");
        assert_eq!(named.collect::<Vec<_>>(), [(12, "AP"), (34, "AFP")]);
    }
}
