//! How much two wordings share: their content words, weighted by rarity.
//!
//! Words are compared by stem, and some paraphrases count as one word (`data/en/paraphrases.toml`).
//! A word that most of a story's statements hold tells little in that story and weighs less.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use variorum_text::words::{data, fold, is_function_word};
use variorum_text::{TokenKind, rarity, stem, tokens, vectors};

#[derive(Deserialize)]
struct File {
    groups: Vec<Vec<String>>,
    #[cfg(test)]
    example: Vec<Example>,
}

#[cfg(test)]
#[derive(Deserialize)]
struct Example {
    a: String,
    b: String,
    same: bool,
}

/// For each stem of a group, the stem that leads it.
static PARAPHRASES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let file: File = data(
        "paraphrases.toml",
        include_str!("../data/en/paraphrases.toml"),
    );
    let mut leaders = BTreeMap::new();
    for group in &file.groups {
        let leader = group
            .first()
            .map(|word| stem::stem(word))
            .unwrap_or_default();
        for word in group {
            leaders
                .entry(stem::stem(word))
                .or_insert_with(|| leader.clone());
        }
    }
    leaders
});

/// The content words of a text: stem and weight, each stem once.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Bag {
    /// Where the words lie in the space of word vectors, as one direction.
    vector: Vec<f32>,
    /// Stems in order, with their weights.
    words: Vec<(String, f32)>,
    /// The stems that are written with a capital inside the text, as names are, in order.
    names: Vec<String>,
    /// Their weights together.
    pub weight: f32,
}

impl Bag {
    /// How many different content words.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The stems, in order.
    pub(crate) fn stems(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|(stem, _)| stem.as_str())
    }

    fn shared(&self, other: &Bag) -> (f32, usize) {
        let (mut i, mut j, mut weight, mut count) = (0, 0, 0.0, 0);
        while let (Some(a), Some(b)) = (self.words.get(i), other.words.get(j)) {
            match a.0.cmp(&b.0) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    weight += a.1.min(b.1);
                    count += 1;
                    i += 1;
                    j += 1;
                }
            }
        }
        (weight, count)
    }

    /// How close the meanings of all words together are, from -1 to 1 (cosine of their word vectors).
    pub(crate) fn nearness(&self, other: &Bag) -> f32 {
        vectors::cosine(&self.vector, &other.vector)
    }

    /// Whether both hold a content word that is no name.
    pub(crate) fn share_plain_word(&self, other: &Bag) -> bool {
        self.plain(other).any(|stem| other.holds(stem))
    }

    /// Which share of the plain words of the one with fewer the other one holds: content words that are no names.
    pub(crate) fn shared_plain(&self, other: &Bag) -> f32 {
        let shared = self.plain(other).filter(|stem| other.holds(stem)).count();
        let fewer = self.plain(other).count().min(other.plain(self).count());
        shared as f32 / fewer.max(1) as f32
    }

    /// The stems that are names in neither.
    fn plain<'a>(&'a self, other: &'a Bag) -> impl Iterator<Item = &'a str> {
        self.stems()
            .filter(move |stem| !self.names(stem) && !other.names(stem))
    }

    fn holds(&self, stem: &str) -> bool {
        let words = &self.words;
        words
            .binary_search_by(|word| word.0.as_str().cmp(stem))
            .is_ok()
    }

    fn names(&self, stem: &str) -> bool {
        let names = &self.names;
        names
            .binary_search_by(|name| name.as_str().cmp(stem))
            .is_ok()
    }

    /// How many content words both hold.
    pub(crate) fn shared_words(&self, other: &Bag) -> usize {
        self.shared(other).1
    }

    /// Likeness from 0 to 1: the mean of the share of both in what they hold together (Dice) and of
    /// the share of the smaller one in the other (containment), so that a fragment of a long
    /// quotation is still found. Two wordings that share one word only are hardly alike.
    pub(crate) fn likeness(&self, other: &Bag) -> f32 {
        let (shared, count) = self.shared(other);
        let (both, least) = (self.weight + other.weight, self.weight.min(other.weight));
        if least <= 0.0 {
            return 0.0;
        }
        let dice = 2.0 * shared / both;
        let contained = shared / least;
        let likeness = 0.55 * dice + 0.45 * contained;
        match count {
            0 => 0.0,
            1 if self.len().max(other.len()) > 2 => likeness * 0.3,
            1 if self.len().max(other.len()) > 1 => likeness * 0.5,
            2 if self.len().max(other.len()) > 4 => likeness * 0.8,
            _ => likeness,
        }
    }
}

/// The bags of some texts that belong to one story.
pub(crate) fn bags<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<Bag> {
    let words: Vec<Vec<ContentWord>> = texts.map(content_words).collect();
    let stems: Vec<Vec<String>> = words.iter().map(|words| stems_of(words)).collect();
    let mut frequency: BTreeMap<&str, usize> = BTreeMap::new();
    for stem in stems.iter().flatten() {
        *frequency.entry(stem).or_default() += 1;
    }
    let count = stems.len().max(1) as f32;
    let weight = |stem: &str| {
        let common = (frequency[stem] as f32 / count).min(1.0);
        let damped = 1.0 - (3.0 * common).min(0.7);
        rarity::of_stem(stem).min(8.0) * damped
    };
    stems
        .iter()
        .zip(&words)
        .map(|(stems, words)| {
            let vector = vectors::mean(
                words
                    .iter()
                    .map(|word| (word.lower.as_str(), weight(&word.stem))),
            );
            let mut names: Vec<String> = words
                .iter()
                .filter(|word| word.is_name)
                .map(|word| word.stem.clone())
                .collect();
            names.sort_unstable();
            names.dedup();
            let words: Vec<(String, f32)> = stems
                .iter()
                .map(|stem| (stem.clone(), weight(stem)))
                .collect();
            let weight = words.iter().map(|(_, weight)| weight).sum();
            Bag {
                vector,
                words,
                names,
                weight,
            }
        })
        .collect()
}

/// The stem of a word, or that of the paraphrase group it is in.
pub(crate) fn content_stem(lower: &str) -> String {
    let stem = stem::stem(lower);
    PARAPHRASES.get(&stem).cloned().unwrap_or(stem)
}

/// A content word of a text.
struct ContentWord {
    lower: String,
    stem: String,
    /// Whether it has a capital inside the text.
    is_name: bool,
}

/// The content words of a text.
fn content_words(text: &str) -> Vec<ContentWord> {
    let word = |(at, token): (usize, tokens::Token)| {
        let word = token.of(text);
        let lower = fold(word);
        let stem = content_stem(&lower.replace('-', ""));
        ContentWord {
            is_name: at > 0 && word.starts_with(char::is_uppercase),
            lower,
            stem,
        }
    };
    tokens::tokens(text)
        .into_iter()
        .filter(|token| token.kind != TokenKind::Mark)
        .enumerate()
        .filter(|(_, token)| !is_function_word(&fold(token.of(text))))
        .map(word)
        .collect()
}

/// The different stems of content words, sorted.
fn stems_of(words: &[ContentWord]) -> Vec<String> {
    let mut stems: Vec<String> = words.iter().map(|word| word.stem.clone()).collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_of_the_data_file() {
        let file: File = data(
            "paraphrases.toml",
            include_str!("../data/en/paraphrases.toml"),
        );
        for Example { a, b, same } in file.example {
            assert_eq!(
                stems_of(&content_words(&a)) == stems_of(&content_words(&b)),
                same,
                "{a:?} and {b:?}"
            );
        }
    }

    #[test]
    fn a_paraphrase_is_closer_than_another_thought() {
        let texts = [
            "We must be prepared for the failure of diplomacy",
            "the alliance must be prepared in case diplomatic efforts fail",
            "Russia has massed troops near the border",
        ];
        let bags = bags(texts.into_iter());
        assert!(
            bags[0].likeness(&bags[1]) > 0.35,
            "{}",
            bags[0].likeness(&bags[1])
        );
        assert!(
            bags[0].likeness(&bags[2]) < 0.1,
            "{}",
            bags[0].likeness(&bags[2])
        );
        assert!((bags[0].likeness(&bags[0]) - 1.0).abs() < 1e-5);
    }
}
