//! The words and marks of `data/en/copying.toml`, ready to use.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;
use variorum_text::lexicon;
use variorum_text::regexes::LazyRegex;
use variorum_text::words::data;

/// Whether a sentence outside quotation marks is speech all the same, judged by its words (with
/// straight apostrophes) and its characters. "US" is not "us".
pub(super) fn is_speech<'a>(sentence: &str, mut words: impl Iterator<Item = &'a str>) -> bool {
    let speech = &RULES.speech;
    words.any(|word| word != "US" && speech.words.contains(&word.to_lowercase()))
        || speech
            .marks
            .iter()
            .any(|mark| sentence.contains(mark.as_str()))
}

/// Whether a paragraph is a post that is shown whole.
pub(super) fn is_post(paragraph: &str) -> bool {
    RULES.speech.signature.get().is_match(paragraph)
}

/// Whether a sentence belongs to the site, not to the report.
pub(super) fn is_furniture(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    RULES
        .furniture
        .phrases
        .iter()
        .any(|phrase| lower.contains(phrase.as_str()))
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

/// Agencies that some words name, each once, by their usual names.
pub(super) fn agencies_named(words: &str) -> BTreeSet<&'static str> {
    let names = AGENCIES
        .get()
        .find_iter(words)
        .filter_map(|found| lexicon::outlet(found.as_str()));
    names.map(|outlet| outlet.name.as_str()).collect()
}

#[derive(Deserialize)]
struct Rules {
    speech: Speech,
    furniture: Furniture,
    contribution: Contribution,
}

#[derive(Deserialize)]
struct Speech {
    words: BTreeSet<String>,
    marks: Vec<String>,
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

/// Names of agencies that can hardly mean anything else.
static AGENCIES: LazyLock<LazyRegex> = LazyLock::new(|| {
    let names: Vec<String> = lexicon::outlets()
        .iter()
        .filter(|outlet| outlet.agency)
        .flat_map(|outlet| std::iter::once(&outlet.name).chain(&outlet.also))
        .filter(|name| name.len() > 4 || matches!(name.as_str(), "AP" | "AFP" | "UPI" | "TASS"))
        .map(|name| regex::escape(name))
        .collect();
    LazyRegex::new(&format!(r"\b(?:{})\b", names.join("|")))
});

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
        is_post(text) || is_speech(text, words)
    }

    #[test]
    fn the_examples_hold() {
        let table: std::collections::BTreeMap<String, Examples> = data("copying.toml", FILE);
        for name in ["speech", "furniture", "contribution"] {
            let rule = |text: &str| match name {
                "speech" => speech(text),
                "furniture" => is_furniture(text),
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
        assert_eq!(named.into_iter().collect::<Vec<_>>(), ["AFP", "AP"]);
    }
}
