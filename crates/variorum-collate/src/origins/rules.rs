//! The words and marks of `data/en/copying.toml`, ready to use.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;
use variorum_text::lexicon;
use variorum_text::regexes::LazyRegex;
use variorum_text::words::data;

/// Whether a sentence outside quotation marks is speech all the same, judged by its words and its
/// characters. "US" is not "us".
pub(super) fn is_speech(sentence: &str, words: &[&str]) -> bool {
    let speech = &RULES.speech;
    let said = |word: &str| {
        word != "US"
            && word.len() <= LONGEST_SPEECH_WORD
            && speech
                .words
                .contains(&word.replace('’', "'").to_lowercase())
    };
    words.iter().any(|word| said(word))
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

/// Agencies that a text names, by their usual names, each with the byte where its name begins.
pub(super) fn agencies_named(text: &str) -> impl Iterator<Item = (usize, &'static str)> {
    AGENCIES.get().find_iter(text).filter_map(|found| {
        let outlet = lexicon::outlet(found.as_str())?;
        Some((found.start(), outlet.name.as_str()))
    })
}

/// No word of the list is longer, in bytes.
const LONGEST_SPEECH_WORD: usize = 12;

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
        let words: Vec<&str> = text
            .split(|c: char| !c.is_alphanumeric() && c != '\'')
            .collect();
        is_post(text) || is_speech(text, &words)
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
        assert_eq!(named.collect::<Vec<_>>(), [(12, "AP"), (34, "AFP")]);
    }
}
