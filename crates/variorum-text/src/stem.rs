//! Stems: one form for the forms of a word, so that "prepared" meets "prepare" and "failure" meets
//! "fail".
//!
//! The Porter2 stemmer does the regular endings. `data/en/stems.toml` sends irregular forms and
//! derived nouns to their base first, and keeps apart the words that Porter2 would confuse.

use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::words::data;

/// The stem of a lower-case word. It need not be a word itself; what it gives for words of other
/// languages is stable but without meaning.
pub fn stem(lower: &str) -> String {
    let stems = &*STEMS;
    let base = stems.base.get(lower).map_or(lower, String::as_str);
    if stems.apart.contains(base) {
        return base.to_owned();
    }
    PORTER.stem(base).into_owned()
}

#[derive(Deserialize)]
struct Stems {
    /// Words that keep their own stem.
    apart: FxHashSet<String>,
    /// A word and the word whose stem it gets.
    base: FxHashMap<String, String>,
    #[cfg(test)]
    example: Vec<Example>,
}

#[cfg(test)]
#[derive(Deserialize)]
struct Example {
    same: Vec<String>,
    other: Vec<String>,
}

static PORTER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

static STEMS: LazyLock<Stems> =
    LazyLock::new(|| data("stems.toml", include_str!("../data/en/stems.toml")));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_of_the_data_file() {
        for example in &STEMS.example {
            let expected = stem(&example.same[0]);
            for word in &example.same {
                assert_eq!(stem(word), expected, "{word} and {}", example.same[0]);
            }
            for word in &example.other {
                assert_ne!(stem(word), expected, "{word} and {}", example.same[0]);
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn any_word_has_a_stem(word in "\\PC{1,12}") {
            stem(&word);
        }
    }
}
